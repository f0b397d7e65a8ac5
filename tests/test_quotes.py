"""What a citation quotes: the lines as written, and of a line that holds a whole page the part that is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command import run
from support.files import word

from store.quotes import LONGEST_LINE, quoted

PAGE = "第38周\n海风平台：进度85%\n预计9/27提测\n云帆平台：进度20%"


@pytest.mark.parametrize(("lines", "about", "expected"), [
    (["- 海风", "  处置：x "], "别的", "- 海风\n  处置：x"),
    ([PAGE], "海风平台：进度85%", "海风平台：进度85%"),
    ([PAGE], "海风平台：进度85% 预计9/27提测", "海风平台：进度85%\n预计9/27提测"),
    ([PAGE], "**海风平台**：进度85%\n预计9/27提测", "海风平台：进度85%\n预计9/27提测"),
    ([PAGE], "没有的", "第38周"), ([PAGE], "", PAGE), ([], "x", ""), (["", ""], "", ""),
    (["甲" * 900 + "海风" + "乙" * 900], "海风", "海风" + "乙" * 900),
    (["甲" * 3000], "", "甲" * LONGEST_LINE),
])  # fmt: skip
def test_a_quote_is_what_is_meant(lines: list[str], about: str, expected: str) -> None:
    """Lines of a sensible length whole, of a page the wanted texts, of an endless line a part that begins there."""
    assert quoted(lines, about) == expected


PROJECTS = "".join(f"<li>项目{chr(0x4E00 + n)}平台：进度{n}%，预计12/20上线</li>" for n in range(10, 60))
MINIFIED = (
    f"<html><body><h1>第49周 2023-12-08</h1><h2>【O1 服务业务】</h2><ul>{PROJECTS}</ul>"
    "<h2>生产稳定性事件</h2><ul><li>12/5 09:29 银联超时，影响7笔<br>处置：切换通道</li></ul>"
    "<h1>下周工作及目标</h1><ul><li>灾备演练</li></ul></body></html>"
)


def test_a_minified_page_is_cited_shortly(tmp_path: Path) -> None:
    """Of a page on one line each answer quotes what it is about, and the report shows every section's items."""
    (tmp_path / "a.html").write_text(MINIFIED, encoding="utf-8")
    assert run("ingest", "a.html", "--team", "支付中心", "--db", "a.db").code == 0

    def quotes(question: str) -> list[str]:
        asked = run("ask", question, "--db", "a.db", "--today", "2023-12-11", "--json").json
        assert all((c["line_start"], c["line_end"]) == (1, 1) for c in asked["citations"])
        return [citation["quote"] for citation in asked["citations"]]

    name = f"项目{chr(0x4E00 + 20)}平台"
    assert quotes(f"/status {name}") == [f"{name}：进度20%，预计12/20上线"]
    assert quotes("/incidents last 4 weeks") == ["12/5 09:29 银联超时，影响7笔\n处置：切换通道"]
    assert quotes("/search 灾备演练") == ["灾备演练"]
    text = run("ask", "/report W49", "--db", "a.db", "--today", "2023-12-11", "--json").json["text"]
    assert "灾备演练" in text
    assert f"项目{chr(0x4E00 + 10)}平台" in text


def test_a_word_document_is_cited_by_its_paragraph(tmp_path: Path) -> None:
    """The quote is the paragraph's text, at its number."""
    document = word(("Title", "第49周 2023-12-08"), ("Heading 2", "O1 服务业务"), ("List Bullet", "海风平台：进度85%"))
    (tmp_path / "a.docx").write_bytes(document)
    assert run("ingest", "a.docx", "--team", "支付中心", "--db", "a.db").code == 0
    (cited,) = run("ask", "/status 海风", "--db", "a.db", "--today", "2023-12-11", "--json").json["citations"]
    assert cited == {"source": "a.docx", "line_start": 3, "line_end": 3, "quote": "海风平台：进度85%"}
