"""How a project stands where newer reports call it otherwise, and what is told of a name that none of them knows."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, put_all, weekly

from store.library import Library

W1 = weekly("第1周", "2024-01-05", [
    "- 渠道调度2.0：进度38%，计划2/9灰度", "- 终端云管平台XTM：开发38%，提测2/2", "- 白鹭直连：进度50%，2/20上线",
    "- 零存罐：进度35%", "- 报文加固：完成9/34个接口",
])  # fmt: skip
W2 = weekly("第2周", "2024-01-12", [
    "- 调度2.0：进度42%，灰度推迟到2/16", "- XTM：开发50%", "- 白鹭直连：进度60%，2/20上线", "- 报文加固：15/34",
])  # fmt: skip
W3 = weekly("第3周", "2024-01-19", [
    "- 渠道调度2.0：进度70%，灰度提前到2/12",
    "- 终端云管平台XTM：开发62%，提测由2/2调整至2/14", "- 白鹭直连：进度70%，2/20上线",
]) + "\n【其他】\n\n1. 零存罐：80%，提测1/26、上线 2/6 不变\n2. 准备零存罐提测\n"  # fmt: skip


@pytest.fixture
def three_weeks(library: Library, put: Put) -> Library:
    """Three reports of one team."""
    return put_all(library, put, {"w1.md": W1, "w2.md": W2, "w3.md": W3})


@pytest.mark.parametrize(
    ("question", "told"),
    [("调度2.0几号灰度", "2/12"), ("XTM哪天提测", "2/14"), ("零存罐哪天提测", "1/26"), ("lcg哪天提测", "1/26"),
     ("终端云管平台到多少了", "62%"), ("加固做到几个", "15/34")],
)  # fmt: skip
def test_the_newest_report_speaks_whatever_it_calls_it(three_weeks: Library, question: str, told: str) -> None:
    """The first line has the newest day or figure, told under any of the project's names."""
    answer = ask(three_weeks, question, "2024-01-22")
    assert answer.found
    assert told in "".join(span.text for span in answer.head)


@pytest.mark.parametrize("question", ["苍鹭直连啥时候上", "建行直连进展", "刷卡宝进展", "调度一期到哪了"])
def test_a_name_that_no_report_knows_has_no_answer(three_weeks: Library, question: str) -> None:
    """Nothing of a bank, a thing or a stage like it is told in its place."""
    assert not ask(three_weeks, question, "2024-01-22").found
