"""One incident asked for in other words than its report's, and what is told of it: causes, closings, amounts."""

from __future__ import annotations

import pytest
from support.made_up import ask, weekly

from bot.answers.model import words_of
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library

TODAY = "2023-10-09"
PROJECTS = ["- 海棠平台：进度40%"]
TEXTS = {
    "w38.md": weekly("第38周", "2023-09-15", PROJECTS, [
        "- 9/12 16:40 白桦银行代付重复入账6笔，金额4.6万元，C级。",
        "处置：联系用户追回，已追回4笔，剩余2笔跟进。",
        "- 9/13 08:05 优惠券多发，影响30名用户，D级，初步判断为幂等键缺失。",
        "处置：当晚修复。",
        "- 9/14 11:00 密钥证书过期导致绑卡页白屏，持续26分钟，影响312个用户。",
        "处置：换证书恢复，9/15关闭。",
    ]),
    "w39.md": weekly("第39周", "2023-09-22", PROJECTS, [
        "- 9/12重复入账事件：剩余2笔已追回，6笔全部追回，事件关闭",
        "- 9/21 09:30 Lumen汇率源断连，报价停止11分钟，D级。原因排查中。",
    ]),
    "w40.md": weekly("第40周", "2023-09-29", PROJECTS, ["- 9/21汇率源断连：经查为专线割接，9/27关闭"]),
}  # fmt: skip

ANSWERED = [
    ("绑卡白屏影响多少人来着", "312"), ("how many users saw the blank page", "312"), ("白屏那次持续多久", "26分钟"),
    ("why did coupons go out twice", "幂等键缺失"), ("优惠券多发什么原因", "幂等键缺失"),
    ("how long was the Lumne outage", "11分钟"), ("汇率源断了那次什么原因", "专线割接"),
    ("重复入账那次追回了几笔", "6笔全部追回"), ("白桦银行重复入账那次涉及多少钱", "4.6万元"),
    ("证书那次关了没", "9/15关闭"), ("重复入账那事关闭了没", "关闭"), ("汇率源断连关了吗", "9/27关闭"),
    ("优惠券多发那次修好了吗", "当晚修复"),
]  # fmt: skip
UNKNOWN = [
    "量子网关宕机影响多少笔", "how many users were hit by the Quantexa page outage", "证书那次赔了多少钱",
    "9/14那次赔了商户多少钱", "机房断电那次什么原因",
]  # fmt: skip


@pytest.mark.parametrize(("question", "told"), ANSWERED)
def test_the_incident_that_says_most_of_the_words_is_meant(reports: Library, question: str, told: str) -> None:
    """Other forms, the other language and slips name an incident; what is asked of it stands in the first line."""
    answer = ask(reports, question, TODAY)
    assert (answer.kind, answer.found) == (Kind.INCIDENTS, True)
    assert told in words_of(answer.head)


@pytest.mark.parametrize("question", UNKNOWN)
def test_what_no_report_says_is_not_found(reports: Library, question: str) -> None:
    """A name that no report has is no other incident, and what was paid isn't told by what was hit."""
    assert not ask(reports, question, TODAY).found


def test_an_incident_told_again_by_its_day_counts_once(reports: Library) -> None:
    """`9/12重复入账事件：…` of the next week goes on with the one of 9/12, whatever its words."""
    assert ask(reports, "9月几起事故", TODAY).data["count"] == 4


def test_mended_is_no_closing(reports: Library) -> None:
    """当晚修复 is said as told, and that nobody wrote that it was closed."""
    assert "没有写是否已关闭" in render_text(ask(reports, "优惠券多发关了吗", TODAY))


def test_none_of_a_severity_that_reports_use_is_an_answer(reports: Library) -> None:
    """Reports grade C and D: that none is of A is well founded, and so is 有没有 of a word that they know."""
    assert ask(reports, "有没有A级事故", TODAY).found
    assert ask(reports, "上周又出什么事故了", "2023-09-26").data["count"] == 1
