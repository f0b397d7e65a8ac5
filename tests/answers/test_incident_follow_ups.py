"""Incidents that a later report goes on with, and what is asked of one incident in people's own words."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly
from support.truth import false_quotes

from bot.answers.model import words_of
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library

TODAY = "2023-10-09"
TEXTS = {
    "w38.md": weekly("第38周", "2023-09-15", ["- 海棠平台：进度40%"], [
        "- 9/12 16:40 发现2笔重复付款，合计4.6万元，影响3家商户，定级CD。",
        "处置：已追回1笔，另1笔追索中，原因排查中。",
        "- 9/13 08:05 海棠网关超时，持续26分钟，影响30笔，12家商户，定级AB。",
        "处置：扩容网关，08:31恢复；原因为线程池过小。",
    ]),
    "w39.md": weekly("第39周", "2023-09-22", ["- 海棠平台：进度50%"], [
        "- 本周无生产稳定性事件。", "- 9/12重复付款根因：接口缺少幂等键；剩余1笔9/20追回，事件关闭。",
    ]),
    "w40.md": weekly("第40周", "2023-09-29", ["- 海棠平台：进度60%"], [
        "- 9/27 15:42 云帆通道返回繁忙，持续9分钟，影响58笔。", "处置：15:51恢复，原因待云帆侧反馈。",
    ]),
}  # fmt: skip


def test_a_follow_up_is_no_incident_of_its_own(reports: Library) -> None:
    """Three happened; the cause told a week later belongs to the first, and both lines are cited."""
    answer = ask(reports, "哪些事故", TODAY)
    assert answer.data["count"] == 3
    told = next(one for one in answer.data["incidents"] if one["occurred_at"] == "2023-09-12T16:40")
    assert (told["title"], told["source"], told["also"][0]["source"]) == ("发现2笔重复付款", "w38.md", "w39.md")
    assert told["disputed"] == []
    assert not false_quotes(answer, TEXTS.__getitem__)


def test_its_week_has_no_new_incident_and_says_what_was_told(reports: Library) -> None:
    """第39周 has none by its own words; that it goes on with an earlier one is said, and cited."""
    answer = ask(reports, "第39周有事故吗", TODAY)
    assert (answer.found, answer.data["count"]) == (True, 0)
    assert "有后续，不算新的" in render_text(answer)
    assert [c.quote for c in answer.citations] == [
        "- 9/12重复付款根因：接口缺少幂等键；剩余1笔9/20追回，事件关闭。", "- 本周无生产稳定性事件。",
    ]  # fmt: skip


def test_the_cause_is_that_of_the_newest_report(reports: Library) -> None:
    """Why it happened is answered by the later line first, with the earlier one beside it."""
    answer = ask(reports, "重复付款是什么原因", TODAY)
    assert words_of(answer.head).startswith("原因：接口缺少幂等键")
    assert [c.report.source for c in answer.citations] == ["w39.md", "w38.md"]


def test_an_english_follow_up_finds_its_incident(library: Library, put: Put) -> None:
    """`Follow-up on the 20 Oct Adler failure` names it in other words, and with its day only."""
    put("# Week 43 2023-10-27\n\n## Incidents\n\n- SEV2, 20 Oct 08:45 UTC: card payments through Adler failed for 18 "
        "minutes. Cause: still unknown\n", name="a.md")  # fmt: skip
    put("# Week 44 2023-11-03\n\n## Incidents\n\n- None this week\n- Follow-up on the 20 Oct Adler failure: the cause "
        "was an expired certificate\n", name="b.md")  # fmt: skip
    answer = ask(library, "why did Adler fail on 20 Oct", "2023-11-06")
    assert "expired certificate" in words_of(answer.head)
    assert answer.data["count"] == 1
    assert [c.report.source for c in answer.citations] == ["b.md", "a.md"]


@pytest.mark.parametrize(("question", "first"), [
    ("重复付款的钱追回来了吗", "剩余1笔9/20追回"), ("海棠网关几点恢复的", "08:31恢复"), ("哪次最久", "26 分钟"),
    ("哪次影响的商户数最多", "12 家"), ("which incident affected the most merchants", "12 家"),
    ("云帆通道那次原因查明了吗", "原因待云帆侧反馈"), ("哪些事故原因还没查明", "还在查的 1 起；没写原因的 0 起"),
    ("哪个团队事故最多", "支付中心 3 起"),
    ("wich incidents are AB级", "1 起与“AB级”有关的生产事件"), ("最近安全吗", "3 起生产事件"),
])  # fmt: skip
def test_what_people_ask_of_incidents(reports: Library, question: str, first: str) -> None:
    """The first line holds what was asked, in the words of the reports."""
    answer = ask(reports, question, TODAY)
    assert (answer.kind, answer.found) == (Kind.INCIDENTS, True)
    assert first in words_of(answer.head)
    assert not false_quotes(answer, TEXTS.__getitem__)


@pytest.mark.parametrize("question", [
    "重复付款的合同签了吗", "海棠网关的备件到货了吗", "was the gateway insured", "海棠网关超时那次是谁发的版",
])
def test_what_no_incident_tells_is_not_answered_by_one(reports: Library, question: str) -> None:
    """A question for something that the lines of the incident don't say isn't answered with the incident."""
    answer = ask(reports, question, TODAY)
    assert not answer.found
