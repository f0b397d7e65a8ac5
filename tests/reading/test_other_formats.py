"""HTML, Word documents and e-mails → what the report says, and where."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.files import mail, word

from store.errors import UnreadableFile
from store.reading import read_reports
from store.reading.formats import to_document
from store.records import Report

NOTION = """<html><head><meta charset="utf-8"/><title>第38周 2023-09-15</title><style>
p { margin: 0 }
</style></head><body><article class="page sans"><header><h1 class="page-title">第38周 2023-09-15</h1>\
<table class="properties"><tbody><tr><th>Created</th><td><time>@November 29, 2023 8:54 PM</time></td></tr>\
<tr><th>Team</th><td>支付中心</td></tr></tbody></table></header><div class="page-body">
<h2>【系统运行数据】</h2><p>支付成功率：</p><ul class="bulleted-list"><li>入金有效成功率：99.997%</li></ul>
<h2>【O1 服务业务】</h2>
<ul class="bulleted-list"><li><strong>家家盈平台（小贝项目）</strong>：开发进度85%，<a href="x">预计9/27提测</a><ul>
<li>二级清分：开发进度20%</li></ul></li></ul>
<ol start="1"><li>POS收单系统建设：进度40%</li></ol><ol start="2"><li>机房双活：进度30%</li></ol>
<p>1. 生产稳定性事件：</p>
<ul><li>9/10 09:29 监控发现ES分片异常，对业务无影响<br/>
处置：停止刷数</li></ul>
<h1>下周工作及目标</h1><ul class="to-do-list"><li><div class="checkbox checkbox-off"></div> <span>灾备演练</span>\
</li></ul>
</div></article><script>alert("进度99%")</script></body></html>"""


def reading(content: bytes | str, name: str) -> Report:
    """The one report in a file."""
    (report,) = read_reports(to_document(content.encode() if isinstance(content, str) else content, name), name)
    return report


def projects(report: Report) -> list[tuple[Any, ...]]:
    """Name, parent, progress and line of each project."""
    return [(u.name, u.parent, u.progress, u.line) for u in report.updates]


def markdown(content: str, name: str = "a.html") -> list[tuple[int, str]]:
    """The texts of a document without the empty ones."""
    return [(t.line, t.markdown) for t in to_document(content.encode(), name).texts if t.markdown]


# ---- HTML ------------------------------------------------------------------------------------------------------
def test_a_notion_page_says_what_its_markdown_would() -> None:
    """Title, properties, headings, metrics, nested projects, incident with handling and goals, each on its line."""
    report = reading(NOTION, "a.html")
    assert (report.label, report.team, str(report.report_date)) == ("第38周", "支付中心", "2023-09-15")
    assert report.created_at == datetime(2023, 11, 29, 20, 54)
    assert projects(report) == [
        ("家家盈平台（小贝项目）", None, 85, 6), ("二级清分", "家家盈平台（小贝项目）", 20, 7),
        ("POS收单系统建设", None, 40, 8), ("机房双活", None, 30, 8),
    ]  # fmt: skip
    assert [(m.event, m.line) for m in report.updates[0].milestones] == [("提测", 6)]
    assert [(m.name, m.value, m.line) for m in report.metrics] == [("入金有效成功率", 99.997, 4)]
    assert [(i.occurred_at, i.handling, i.line, i.line_end) for i in report.incidents] == [
        (datetime(2023, 9, 10, 9, 29), "停止刷数", 10, 11)
    ]
    assert [(g.text, g.line) for g in report.goals] == [("灾备演练", 12)]


def test_a_minified_page_says_the_same_on_line_one() -> None:
    """Without line ends every fact is the same and stands on the only line there is."""
    spread, minified = reading(NOTION, "a.html"), reading(NOTION.replace("\n", ""), "a.html")
    assert [row[:3] for row in projects(minified)] == [row[:3] for row in projects(spread)]
    assert {row[3] for row in projects(minified)} == {1}
    assert [(i.occurred_at, i.handling, i.line_end) for i in minified.incidents] == [
        (datetime(2023, 9, 10, 9, 29), "停止刷数", 1)
    ]
    assert len(minified.lines) == 1


def test_lines_are_what_a_person_sees() -> None:
    """Each source line holds its visible text without markup, several below each other, and nothing of scripts."""
    lines = to_document(NOTION.encode(), "a.html").lines
    assert len(lines) == NOTION.count("\n") + 1
    assert lines[5] == "家家盈平台（小贝项目）：开发进度85%，预计9/27提测"
    assert lines[7] == "POS收单系统建设：进度40%\n机房双活：进度30%"
    assert lines[1] == ""


TABLE = """<table><tr><th>项目</th><th>进度</th></tr>
<tr><td rowspan=2><b>海风</b> 平台</td><td>4|5</td></tr>
<tr><td><p>二</p><p>期</p></td></tr>
<tr><td colspan="2">合计</td></tr></table>"""


def test_a_table_becomes_rows() -> None:
    """A row is `| a | b |`, the rule follows the first, covered places are empty, and a bar in a cell is no column."""
    assert markdown(TABLE) == [
        (1, "| 项目 | 进度 |"), (1, "|---|---|"), (2, "| **海风** 平台 | 4¦5 |"),
        (3, "|  | 二 期 |"), (4, "| 合计 |  |")
    ]  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), [
    ("<table><tr><th>日期</th><td>2023-09-15</td></tr><tr><th>团队</th><td>甲组</td></tr></table>",
     ["日期: 2023-09-15", "团队: 甲组"]),
    ("<dl><dt>日期</dt><dd>2023-09-15</dd><dt>团队：</dt><dd>甲组</dd></dl>", ["日期: 2023-09-15", "团队： 甲组"]),
    ("<table><tr><td><h2>O1</h2><ul><li>甲</li></ul></td></tr></table>", ["## O1", "- 甲"]),
    ("<p>一行\n接着 and\nmore</p>", ["一行接着 and more"]),
    ("<ol><li>a<li>b<ol><li>c</ol><li value=9>d</ol>", ["1. a", "2. b", "    1. c", "9. d"]),
    ("<ul><li><input type=checkbox checked>做完</li><li><p>a</p><p>b</p></li></ul>", ["- [x] 做完", "- a", "  b"]),
    ("<p><b>重</b><b>点</b></p><p><span style='font-weight:700'> 粗 </span>x</p>", ["**重点**", "**粗** x"]),
    ("<pre>- a\n- b</pre>", ["- a", "- b"]),
    ("<div hidden>x</div><p style='display: none'>y</p><nav>z</nav><p>看得见</p>", ["看得见"]),
    ("<div id='breadcrumb-section'><ol><li>x</ol></div><h1>周报</h1><div class='page-metadata'>2020-01-01</div>",
     ["# 周报"]),
    ("<title>第38周 2023-09-15</title><p>- 海风</p>", ["# 第38周 2023-09-15", "- 海风"]),
    ("<title>第36周 模板</title><p><b>第38周 2023-09-15</b></p>", ["**第38周 2023-09-15**"]),
    ("<h2></h2><p>x</p>", ["x"]),
])  # fmt: skip
def test_html_as_markdown(html: str, expected: list[str]) -> None:
    """Key-value tables and lists, frames, wrapped lines, lists, boxes, bold, hidden parts and titles."""
    assert [text for _, text in markdown(html)] == expected


@pytest.mark.parametrize("encoding", ["gb2312", "utf-8", "utf-16", "windows-1252"])
def test_html_in_its_declared_encoding(encoding: str) -> None:
    """A page is read by the encoding that it declares, and by its bytes where the declaration is wrong."""
    text = "café “ok”" if encoding == "windows-1252" else "支付成功率"
    page = f"<html><meta charset={encoding}><p>{text}</p></html>"
    assert to_document(page.encode(encoding), "a.html").lines == (text,)
    wrong = "<html><meta charset=gb2312><p>支付成功率：按周统计</p></html>".encode()
    assert "支付成功率：按周统计" in to_document(wrong, "a.html").lines


@pytest.mark.parametrize(("page", "reason"), [
    ("<div>" * 100_000 + "x", "too_complex"), ("<ul><li>" * 10_000 + "x", "too_complex"),
    ("<b>" * 500_000, "too_complex"),
    ("<script>x</script>", "empty"), ("<html></html>", "empty"), ("<a " * 100_000, "empty"),
    ("<!--" * 9_000, "empty"),
])  # fmt: skip
def test_hostile_html_is_refused(page: str, reason: str) -> None:
    """Nesting without end, floods of tags and pages without text are refused with their reason."""
    with pytest.raises(UnreadableFile) as error:
        to_document(page.encode(), "a.html")
    assert error.value.reason == reason


# ---- Word ------------------------------------------------------------------------------------------------------
WORD = word(
    ("Title", "第38周 2023-09-15"), ("Normal", ""), ("Heading 2", "【O1 服务业务】"),
    ("List Bullet", "家家盈平台：开发进度85%，预计9/27提测"), ("List Bullet 2", "二级清分：开发进度20%"),
    ("Normal", ""), ("List Number", "POS收单系统建设：进度40%"), ("List Number", "机房双活：进度30%"),
    [["环境", "结果"], ["生产", "99%"]], ("Heading 1", "下周工作及目标"), ("List Number", "灾备演练"),
)  # fmt: skip


def test_a_word_document_is_read_by_its_styles() -> None:
    """Headings and lists by style; a line is a paragraph, empty ones count, and each row of a table is one."""
    report = reading(WORD, "a.docx")
    assert (report.label, str(report.report_date)) == ("第38周", "2023-09-15")
    assert projects(report)[:4] == [
        ("家家盈平台", None, 85, 4), ("二级清分", "家家盈平台", 20, 5), ("POS收单系统建设", None, 40, 7),
        ("机房双活", None, 30, 8),
    ]  # fmt: skip
    assert [(g.text, g.line) for g in report.goals] == [("灾备演练", 12)]
    assert report.lines[8:11] == ("环境 | 结果", "生产 | 99%", "下周工作及目标")
    assert [t.markdown for t in to_document(WORD, "a.docx").texts if t.line in (9, 10) and t.markdown] == [
        "| 环境 | 结果 |", "|---|---|", "| 生产 | 99% |"
    ]  # fmt: skip


def test_merged_cells_are_empty_below_and_beside() -> None:
    """A cell merged over two rows or columns stands once."""
    import io

    import docx

    document = docx.Document()
    table = document.add_table(3, 2)
    for row, texts in zip(table.rows, [["项目", "进度"], ["甲", "1"], ["乙", "2"]], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(2, 0).text = ""
    table.cell(1, 0).merge(table.cell(2, 0))
    buffer = io.BytesIO()
    document.save(buffer)
    texts = [t.markdown for t in to_document(buffer.getvalue(), "a.docx").texts if t.markdown]
    assert texts == ["| 项目 | 进度 |", "|---|---|", "| 甲 | 1 |", "|  | 2 |"]


def test_a_word_document_is_known_by_its_bytes() -> None:
    """Under another suffix it is read as what it is."""
    assert reading(WORD, "export.txt").label == "第38周"


@pytest.mark.parametrize(("content", "reason"), [
    (b"PK\x03\x04", "bad_document"), (b"", "bad_document"), (WORD[: len(WORD) // 2], "bad_document"),
    (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "encrypted"), (word(("Normal", " ")), "empty"),
])  # fmt: skip
def test_a_broken_word_document_is_refused(content: bytes, reason: str) -> None:
    """Halves, empty files, protected and blank documents each have their reason."""
    with pytest.raises(UnreadableFile) as error:
        to_document(content, "a.docx")
    assert error.value.reason == reason


# ---- mail ------------------------------------------------------------------------------------------------------
HEADER = "发件人：王\n发送时间：2023年9月18日 9:00\n收件人：all\n主题：回复：支付中心周报 第38周（2023-09-15）"
BODY = "各位好：\n\n## O1 服务业务\n- 海风平台：进度85%\n\n# 下周工作及目标\n1. 灾备演练\n\n谢谢！\n王\n13800000000\n"
OLDER = "- 旧项目：进度10%\n"
QUOTES = [
    f"-----原始邮件-----\n发件人：李\n主题：x\n\n{OLDER}", f"-----Original Message-----\n{OLDER}",
    f"在 2023年9月8日，李 <li@example.org> 写道：\n> {OLDER}",
    f"On Fri, Sep 8, 2023 at 5:00 PM Li <li@x.org>\nwrote:\n{OLDER}",
    f"From: Li\nSent: Friday, September 8, 2023 5:00 PM\nSubject: x\n\n{OLDER}", f"> {OLDER}",
]  # fmt: skip


@pytest.mark.parametrize("quote", QUOTES)
def test_a_pasted_mail_is_its_subject_and_its_own_body(quote: str) -> None:
    """Team, label and date come from the subject; greeting, signature and the quoted mail say nothing."""
    report = reading(f"{HEADER}\n\n{BODY}\n{quote}", "a.txt")
    assert (report.team, report.label, str(report.report_date)) == ("支付中心", "第38周", "2023-09-15")
    assert projects(report) == [("海风平台", None, 85, 9)]
    assert [(g.text, g.line) for g in report.goals] == [("灾备演练", 12)]
    assert "旧项目" in "".join(report.lines)


def test_the_day_it_was_sent_dates_a_mail_that_says_no_other() -> None:
    """From the header where neither subject nor body has a day; a day in the body's title wins over it."""
    header = "From: Li\nDate: Fri, 15 Sep 2023 18:02:00 +0800\nSubject: Weekly report W38\n\n"
    assert str(reading(header + "- 海风平台：进度85%\n", "a.txt").report_date) == "2023-09-15"
    assert str(reading(header + "# 周报 2023-09-14\n- 海风平台\n", "a.txt").report_date) == "2023-09-14"


def test_a_forwarded_report_is_the_report() -> None:
    """Where the mail is only an envelope, the older mail is what is read."""
    text = f"{HEADER.replace('回复：', '转发：')}\n\n请查收\n\n-----原始邮件-----\n发件人：李\n主题：x\n\n{BODY}"
    assert projects(reading(text, "a.txt")) == [("海风平台", None, 85, 15)]


@pytest.mark.parametrize("text", [
    "# 第38周 2023-09-15\n\n发件人：王\n主题：x\n\n- 海风平台：进度85%",
    "日期：2023-09-15\n主题：周报\n\n- 海风平台：进度85%",
    "From: the payments team\n\n# 第38周 2023-09-15\n- 海风平台：进度85%",
])  # fmt: skip
def test_a_report_is_no_mail(text: str) -> None:
    """Only a header at the very top, with a sender and a subject or date, makes a mail."""
    report = reading(text, "a.txt")
    assert str(report.report_date) == "2023-09-15"
    assert [text.markdown for text in to_document(text.encode(), "a.txt").texts] == text.split("\n")


@pytest.mark.parametrize("body", ["## O1 服务业务\n- 海风平台：进度85%\n", "\n"])
def test_an_eml_is_read_by_its_text_else_its_html(body: str) -> None:
    """Encoded headers and bodies are decoded; lines are header, an empty one, and the body."""
    sent = datetime(2023, 9, 15, 18, tzinfo=UTC)
    report = reading(
        mail("支付中心 第38周周报", body, "<h2>O1 服务业务</h2>\n<ul><li>海风平台：进度85%</li></ul>", sent), "a.eml"
    )
    assert (report.team, report.label, str(report.report_date)) == ("支付中心", "第38周", "2023-09-15")
    assert projects(report) == [("海风平台", None, 85, 6)]
    assert report.lines[0].startswith("From: 支付中心")
    assert report.lines[3] == ""
    assert report.lines[5] == ("- 海风平台：进度85%" if body.strip() else "海风平台：进度85%")


# ---- all -------------------------------------------------------------------------------------------------------
NAMES = ["a.md", "a.txt", "a.html", "a.docx", "a.eml", "第38周 2023-09-15.html"]
PIECES = st.sampled_from([
    b"<table><tr><td rowspan=9>", b"<ul><li>", b"</ul>", b"<h1>", "第38周 2023-09-15".encode(), b"<pre>\n",
    b"<br>", b"</b>",
    b"From: x\nSubject: y\n\n", b"\n", b"# Week 45 2023-11-10\n", b"# Week 44 2023-11-03\n", b"<!--", b"\xff\xfe",
    b"Content-Type: multipart/mixed; boundary=x\n\n--x\n", b"| a | b |\n", "- 海风：进度85%\n".encode(),
    b"\x00", b"<dt>",
    b"> ", "在 x 写道：\n".encode(), b"&#0;&#xD800;", b"<title>",
])  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=12), max_size=14).map(b"".join), st.sampled_from(NAMES))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    """No bytes raise anything but a refusal; what is read is the same each time, and every record's line exists."""
    try:
        document = to_document(content, name)
    except UnreadableFile:
        return
    assert to_document(content, name) == document
    reports = read_reports(document, name)
    assert read_reports(document, name) == reports
    for report in reports:
        assert len(report.lines) == len(document.lines)
        records = (report.sections, report.items, report.updates, report.metrics, report.incidents, report.goals)
        lines = [record.line for kind in records for record in kind]
        assert all(1 <= line <= len(document.lines) for line in lines)
