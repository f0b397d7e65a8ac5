"""A team that is called by a first word that stands in many lines too: 渠道 of 渠道服务, loan of Loan Desk."""

from __future__ import annotations

from datetime import date

import pytest

from bot.question.leading_team import first_words, leading_team
from bot.question.query import Kind, Query

TEAMS = ("渠道服务", "票务中台", "Loan Desk", "Risk Platform")


@pytest.mark.parametrize(
    ("kind", "question", "words", "found"),
    [
        (Kind.PLAN, "渠道 计划", "渠道 计划", ("渠道服务", "计划")),
        (Kind.PLAN, "渠道W18说网关测到65", "渠道 网关 65", ("渠道服务", "网关 65")),
        (Kind.PLAN, "did 渠道 get the approval", "渠道 approval", ("渠道服务", "approval")),
        (Kind.REPORT, "who wrote the loan report", "loan", ("Loan Desk", "")),
        (Kind.CHOICE, "what changed in loan", "loan", ("Loan Desk", "")),
        (Kind.HISTORY, "渠道W17到W18换证进度", "", ("渠道服务", "")),
        (Kind.METRICS, "渠道W18投诉多少", "渠道 投诉", None),
        (Kind.INCIDENTS, "渠道 故障", "渠道", None),
        (Kind.RISKS, "渠道风险有哪些", "渠道", None),
        (Kind.PLAN, "新渠道接入的计划", "新渠道接入", None),
        (Kind.PLAN, "loans planned", "loans", None),
    ],
)
def test_a_first_word_left_over_in_what_is_asked_of_a_team_names_it(
    kind: Kind, question: str, words: str, found: tuple[str, str] | None
) -> None:
    """The team, and what is left of the words; never where it is a part of another word, or things are counted."""
    query = Query(question, kind, "zh", date(2024, 5, 13), words=words)
    led = leading_team(query, question, TEAMS)
    assert (led and (led[0], led[2])) == found


def test_a_first_word_of_two_teams_names_none() -> None:
    """渠道 may be either of two teams; 票务 is the whole name without its ending, and firm already."""
    assert dict(first_words(("渠道服务", "渠道建设部", "票务中台", "Loan Desk"))) == {"loan": "Loan Desk"}
