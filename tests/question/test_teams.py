"""Which team a question names: in full, shortened, by its first word, or as it sounds."""

from __future__ import annotations

from datetime import date

import pytest

from bot.question.details import take_team
from bot.question.query import Kind, Query

TEAMS = ("风控中台", "支付中心", "Issuing Platform", "Merchant Services")


@pytest.mark.parametrize(
    ("question", "team", "left"),
    [
        ("风控中台怎么样", "风控中台", "怎么样"),
        ("风控的项目", "风控中台", "的项目"),
        ("fengkong概况", "风控中台", "概况"),
        ("zhifu中心的事故", "支付中心", "的事故"),
        ("any incidents on Issuing in week 12", "Issuing Platform", "any incidents on   in week 12"),
        ("Issuing: what is late", "Issuing Platform", ": what is late"),
        ("how is Issuing doing", "Issuing Platform", "how is   doing"),
        ("what did issuing platform do", "Issuing Platform", "what did   do"),
        ("is the merchant portal live", None, "is the merchant portal live"),
        ("merchants still on the old gateway", None, "merchants still on the old gateway"),
        ("反洗钱风控规则", None, "反洗钱风控规则"),
        ("银行卡办理", None, "银行卡办理"),
        ("chargeback automation", None, "chargeback automation"),
    ],
)
def test_a_team_is_found_by_what_people_call_it(question: str, team: str | None, left: str) -> None:
    """The team is taken out of the question; a word of a longer name, or of anything else, is no team."""
    query, rest = take_team(Query(question, Kind.UNKNOWN, "zh", date(2023, 12, 11)), question, TEAMS)
    assert (query.team, rest.strip()) == (team, left)
