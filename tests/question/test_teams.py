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
    ("question", "team", "left"),
    [
        ("库结下周目标", "库存与结算", "下周目标"),
        ("物流7月上了什么", "物流接入", "7月上了什么"),
        ("物流现在卡着的", "物流接入", "现在卡着的"),
        ("物流对账自动化到哪了", None, "物流对账自动化到哪了"),
        ("看一下票务9/20的", "线上票务", "看一下 9/20的"),
        ("票务接下来的目标", "线上票务", "接下来的目标"),
        ("票务退款失败几笔", None, "票务退款失败几笔"),
        ("票务上线了吗", None, "票务上线了吗"),
        ("这周 lending 有什么节点", "Student Lending", "这周   有什么节点"),
        ("how is lending doing", "Student Lending", "how is   doing"),
        ("the lending rate rose", None, "the lending rate rose"),
        ("风险有哪些", None, "风险有哪些"),
        ("平台的事故", None, "平台的事故"),
    ],
)
def test_a_part_of_a_name_that_is_one_teams_own_names_it(question: str, team: str | None, left: str) -> None:
    """A beginning, the first characters of its words, or its last word name a team that has no word for one at its
    end, where it stands by itself; never a word that asks, or that many teams have in their names."""
    teams = ("库存与结算", "物流接入", "线上票务", "Student Lending", "风险模型", "运营平台")
    asked = Query(question, Kind.UNKNOWN, "zh", date(2023, 12, 11))
    query, rest = take_team(asked, question, teams, {"物流对", "票务退"}.__contains__)
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


FOREIGN = ("票据钱包组", "极光风控部", "cross-border", "数据湖部")


@pytest.mark.parametrize(("question", "team"), [
    ("wallet report 2024-11-08", "票据钱包组"), ("any incident at wallet", "票据钱包组"),
    ("wallet W46 report", "票据钱包组"), ("wallet balance of shops", None), ("is the wallet live", None),
    ("what is risk doing next", "极光风控部"), ("risk team projects", "极光风控部"), ("projects at risk", None),
    ("what did risk finish", "极光风控部"), ("why did risk scoring fall", None), ("什么风险", None),
    ("跨境组最近怎么样", "cross-border"), ("跨境上周干了什么", "cross-border"), ("跨境收款成功率", None),
    ("how is the data team doing", "数据湖部"), ("data is late", None),
])  # fmt: skip
def test_a_team_is_asked_for_in_the_other_language(question: str, team: str | None) -> None:
    """A word of its name in the other language means the team where it stands like a team's name; one that is a word of
    asking or of many things only where somebody does something, or before a team's ending."""
    asked = Query(question, Kind.UNKNOWN, "zh", date(2024, 12, 9))
    found = take_team(asked, question, FOREIGN, {"跨境收"}.__contains__)
    assert found[0].team == team
