"""Which team a question names: in full, shortened, by its first word, or as it sounds."""

from __future__ import annotations

from datetime import date

import pytest

from bot.question.query import Kind, Query
from bot.question.teams import take_team

TEAMS = (
    "风控中台", "支付中心", "Issuing Platform", "Merchant Services", "跨境结算组", "数据中心", "数据平台部", "Kite组",
    "Loan-Desk",
)  # fmt: skip
REPORTED = {"跨境收", "支付失", "银行卡", "kite钱"}  # words that stand in reports


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
        ("跨境卡在哪", "跨境结算组", "卡在哪"),
        ("跨境结算现状", "跨境结算组", "现状"),
        ("kuajing组现状", "跨境结算组", "现状"),
        ("现在跨境第45周周报", "跨境结算组", "现在 第45周周报"),
        ("show me 跨境's report", "跨境结算组", "show me  's report"),
        ("Kite手上有什么", "Kite组", "手上有什么"),
        ("fk中台概况", "风控中台", "概况"),
        ("结算组最近怎么样", "跨境结算组", "最近怎么样"),
        ("how is Loan Desk doing", "Loan-Desk", "how is   doing"),
        ("what did the loan team ship", "Loan-Desk", "what did the   ship"),
        ("which loan is late", None, "which loan is late"),
        ("上周Kite周报", "Kite组", "上周 周报"),
        ("is a kite in the air", None, "is a kite in the air"),
        ("Kite钱包", None, "Kite钱包"),
        ("跨境收款成功率", None, "跨境收款成功率"),
        ("支付失败的原因", None, "支付失败的原因"),
        ("数据怎么样", "数据中心", "怎么样"),
        ("反洗钱风控规则", None, "反洗钱风控规则"),
        ("银行卡办理", None, "银行卡办理"),
        ("chargeback automation", None, "chargeback automation"),
    ],
)
def test_a_team_is_found_by_what_people_call_it(question: str, team: str | None, left: str) -> None:
    """The team is taken out of the question; a word of a longer name, or of anything else, is no team."""
    asked = Query(question, Kind.UNKNOWN, "zh", date(2023, 12, 11))
    query, rest = take_team(asked, question, TEAMS, REPORTED.__contains__)
    assert (query.team, rest.strip()) == (team, left)


@pytest.mark.parametrize(
    ("text", "team"),
    [("hyzt现在什么情况", "海运中台"), ("MS团队一页纸", "Merchant Services"), ("ms团队", None), ("hyz怎么样", None)],
)
def test_initials_name_a_team(text: str, team: str | None) -> None:
    """All of a Chinese name's initials, or those of an English one in capitals, name the team; parts of them none."""
    query = Query(question=text, kind=Kind.UNKNOWN, lang="zh", as_of=date(2023, 9, 25))
    found, _ = take_team(query, text, ("海运中台", "Merchant Services"), lambda word: False)
    assert found.team == team
