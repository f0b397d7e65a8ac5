"""What lines outside an incident's own say of it, and numbers that nobody wrote."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly

from bot.answers.model import words_of
from bot.render.text import render_text
from store.library import Library

TODAY = "2023-10-16"
TEXTS = {
    "w38.md": weekly("第38周", "2023-09-15", ["- 海棠平台：进度40%"], [
        "- 9/12 16:40 海棠网关雪崩，定级B级，持续26分钟，30户商户下单失败，成功率最低跌到91.4%。",
        "原因：线程池过小。",
        "处置：扩容网关，9/14复盘，改进项4条（限流、线程池隔离、告警、演练），9/30前完成。未关闭。",
    ], highlights=["- 9/12 海棠网关雪崩，B级故障，全组支援"]),
    "w39.md": weekly("第39周", "2023-09-22", ["- 海棠平台：进度50%"], ["- 本周无生产稳定性事件。"],
                     highlights=["- 9/12故障改进项4条全部完成，故障关闭"]),
    "w41.md": weekly("第41周", "2023-10-13", ["- 海棠平台：进度60%"], ["- 本周无生产稳定性事件。"],
                     highlights=["- 国庆期间零故障，峰值创新高"]),
}  # fmt: skip


def test_a_highlight_of_the_same_report_is_no_second_incident(reports: Library) -> None:
    """Told with its time in the list and with its day in a highlight, it happened once."""
    assert ask(reports, "9月出过几次故障", TODAY).data["count"] == 1


def test_a_highlight_closes_it(reports: Library) -> None:
    """未关闭 of its own report is over where a later line names its day and that it is closed."""
    answer = ask(reports, "9/12故障关了吗", TODAY)
    assert words_of(answer.head).startswith("已关闭")
    assert answer.citations[0].report.source == "w39.md"
    assert answer.citations[0].quote == "- 9/12故障改进项4条全部完成，故障关闭"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("9/12影响了多少商户", "30户商户下单失败"),
        ("9/12的改进项完成几条了", "9/12故障改进项4条全部完成"),
    ],
)
def test_a_detail_stands_in_the_first_line(reports: Library, question: str, first: str) -> None:
    """What is asked of one incident is told by the clause that says it."""
    answer = ask(reports, question, TODAY)
    assert answer.found
    assert words_of(answer.head).startswith(first)


@pytest.mark.parametrize(
    "question", ["9/12故障赔付了多少钱", "cost of the 12 Sep incident in euros", "9/12故障资损多少"]
)
def test_a_number_that_nobody_wrote_is_not_found(reports: Library, question: str) -> None:
    """The incident is shown, and the answer says that the number isn't told."""
    answer = ask(reports, question, TODAY)
    assert not answer.found
    assert "海棠网关雪崩" in render_text(answer)


def test_a_quiet_holiday_is_told_by_the_report_after_it(reports: Library) -> None:
    """No report is of 3 October; the next one says that nothing happened in the holiday."""
    answer = ask(reports, "10月3号有没有故障", TODAY)
    assert (answer.found, answer.data["count"]) == (True, 0)
    assert [(c.report.source, c.quote) for c in answer.citations] == [("w41.md", "- 国庆期间零故障，峰值创新高")]


LATER = {
    "w45.md": weekly("第45周", "2023-11-10", ["- 海棠平台：进度70%"], [
        "- 11/8 10:20 青禾券错发，定级P2，配错面额，亏损720元，涉及金额3.4万，已追回2笔。",
        "处置：下架；面额校验还没做，下周补。",
    ]),
    "w46.md": weekly("第46周", "2023-11-17", ["- 海棠平台：进度80%"], ["- 本周无生产稳定性事件。"],
                     highlights=["- 11/8青禾券错发剩余1笔11/15追回，事件关闭"]),
}  # fmt: skip


@pytest.mark.parametrize(("question", "first", "source"), [
    ("青禾券错发都追回来没", "11/15追回", "w46.md"), ("青禾券错发亏了多少", "720元", "w45.md"),
    ("青禾券错发涉及多少钱", "3.4万", "w45.md"), ("11/8青禾券那个还有啥没做完", "面额校验还没做", "w45.md"),
])  # fmt: skip
def test_what_became_of_it_and_what_it_cost(library: Library, put: Put, question: str, first: str, source: str) -> None:
    """A later line that names its day tells how it ended; a sum, and what is still to do, its own lines."""
    for name, text in LATER.items():
        put(text, "支付中心", name)
    answer = ask(library, question, "2023-11-20")
    assert answer.found
    assert first in words_of(answer.head)
    assert answer.citations[0].report.source == source
