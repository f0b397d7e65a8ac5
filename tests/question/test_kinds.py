"""Which kind of question plain words ask: every kind in both languages, and which cue goes before another."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.naming import named

from bot.question.kinds import Said, blanked, is_long, kinds
from bot.question.query import Kind, Query
from bot.question.understand import Known, understand
from store.words.holidays import ChineseHolidays
from store.words.ranges import DateRange

TODAY = date(2023, 11, 15)  # a Wednesday
KNOWN = Known(
    projects=(named(1, "收银台改版"), named(2, "分账升级"), named(3, "Merchant portal", "Issuing Platform")),
    teams=("支付中心", "风控中台", "Issuing Platform"),
    metrics=(named(4, "入金成功率"), named(5, "Gateway latency", "Issuing Platform")),
    owners=("叶知秋", "Hanna Oyelaran"),
)


def asked(question: str) -> Query:
    """The question as understood among the names above."""
    return understand(question, TODAY, KNOWN, ChineseHolidays())


KINDS = [
    (Kind.HELP, [
        "你能做什么", "可以问什么呀", "怎么用", "what can you do", "what can I ask you", "how do I use this",
    ]),
    (Kind.STATUS, [
        "收银台改版怎么样了", "分账升级到哪一步了", "收银台改版什么时候上线", "分账升级做完了吗", "收银台",
        "收银台改版有没有进展", "分账升级有没有完成",
        "how is the merchant portal going", "when does the merchant portal go live", "merchant portal status?",
        "is the merchant portal live yet",
    ]),
    (Kind.PROJECTS, [
        "支付中心有哪些项目", "现在在做什么", "哪些还没上线", "90%以上的有哪些", "叶知秋负责什么", "哪些在测试中",
        "快完成的项目有哪些", "which projects are in testing", "what is Issuing working on", "what does Hanna own",
        "list all projects", "projects over 80%",
    ]),
    (Kind.DONE, [
        "上个月上线了什么", "十月完成了哪些", "上周哪些已经上线了",
        "what shipped last month", "what did we finish in October",
        "what went live last week",
    ]),
    (Kind.TEAM, ["风控中台整体怎么样", "支付中心概况", "how is Issuing doing", "overview of Issuing"]),
    (Kind.HISTORY, [
        "分账升级从头到尾怎么走的", "收银台改版每周进度", "分账升级最近两个月的进展",
        "merchant portal week by week",
        "history of the merchant portal", "progress of the merchant portal over the last 8 weeks",
    ]),
    (Kind.MILESTONES, [
        "下周有哪些上线", "月底前要提测的有哪些", "近期里程碑", "什么快上线了",
        "what's due next week", "upcoming deadlines",
        "which go-lives are coming up", "what launches in December",
    ]),
    (Kind.SLIPS, [
        "收银台改版延了多少天", "分账升级晚了几天",
        "哪些项目延期了", "为什么又推迟了", "有没有提前的", "十月谁跳票了",
        "what slipped", "which projects were delayed last month",
        "what got pushed back",
    ]),
    (Kind.OVERDUE, [
        "哪些逾期了", "到期没完成的有哪些", "过了日子还没上线的",
        "what is overdue", "which milestones are past due",
        "what should have been live by now",
    ]),
    (Kind.SILENT, [
        "哪些项目好久没提了", "谁没动静了", "哪些没下文了",
        "which projects have gone quiet", "what hasn't been mentioned lately",
        "who stopped reporting",
    ]),
    (Kind.RISKS, [
        "哪些项目有风险", "什么卡住了", "在等谁", "哪些没进展",
        "what is blocked", "any risks", "who are we waiting for",
        "what's stuck",
    ]),
    (Kind.INCIDENTS, [
        "上周出过什么事故", "最近三次故障", "P1有几起", "系统挂了几次",
        "any outages last week", "how many incidents in October",
        "what broke yesterday", "P2s in November",
    ]),
    (Kind.METRICS, [
        "入金成功率多少", "上周各项指标", "成功率跌了吗", "运行数据怎么样",
        "gateway latency last week", "show me the metrics",
        "did gateway latency go up",
    ]),
    (Kind.PLAN, [
        "下周计划做什么", "上周说要做的做了没", "计划外做了什么", "下周目标是什么", "plan for next week",
        "did we do what we promised", "unplanned work last week",
    ]),
    (Kind.REPORT, [
        "上周的周报", "最新周报", "发我第44周的周报", "last week's report", "show me the latest weekly report",
    ]),
    (Kind.CHANGES, [
        "这周和上周比有什么变化", "有什么新的变化", "两周之间变了什么",
        "what changed since last week", "anything new this week",
        "difference between W43 and W44",
    ]),
    (Kind.MISSING, [
        "谁没交周报", "周报都交了吗", "谁交晚了", "风控有没有交周报", "哪几周没有周报",
        "who hasn't submitted", "which reports are missing",
        "any late reports",
    ]),
    (Kind.SEARCH, ["哪里提到过存管", "有没有提到数据湖", "anything about custody", "mentions of the data lake"]),
    (Kind.COVERAGE, ["数据最新到哪天", "一共收录了多少份周报", "what weeks do you have", "how far back do you go"]),
    (Kind.DIGEST, ["周报汇总", "上周的周报汇总", "digest of last week"]),
    (Kind.TEAMS, ["有哪些团队", "哪些部门在交周报", "which teams are there", "how many teams report"]),
]  # fmt: skip
PAIRS = [(question, kind) for kind, questions in KINDS for question in questions]


@pytest.mark.parametrize(("question", "kind"), PAIRS)
def test_the_kind_that_plain_words_ask(question: str, kind: Kind) -> None:
    """What people say is understood as the kind that answers it, without any command."""
    assert asked(question).kind is kind


def test_every_kind_is_asked_for_in_both_languages() -> None:
    """The table above leaves out no kind but the two that are no question, and asks for each in both languages."""
    assert {kind for kind, _ in KINDS} == set(Kind) - {Kind.CHOICE, Kind.UNKNOWN}
    assert len(PAIRS) >= 80
    for kind, questions in KINDS:
        assert {question.isascii() for question in questions} == {True, False}, kind


@pytest.mark.parametrize(("question", "kind"), [
    ("下周有哪些要上线的延期了", Kind.SLIPS), ("延期的事故", Kind.SLIPS), ("哪些项目没交周报", Kind.MISSING),
    ("哪些项目有风险", Kind.RISKS), ("项目里程碑", Kind.MILESTONES), ("what changed in the report", Kind.CHANGES),
    ("which projects slipped", Kind.SLIPS), ("risks in the weekly report", Kind.RISKS),
    ("入金成功率的变化", Kind.METRICS), ("谁没交周报里的指标", Kind.MISSING), ("哪里提到入金成功率", Kind.SEARCH),
    ("AB级事故入金成功率", Kind.METRICS), ("分账升级的进度变化", Kind.HISTORY), ("哪些计划延期了", Kind.SLIPS),
    ("overdue plans", Kind.OVERDUE), ("how do I use the metrics", Kind.HELP),
])  # fmt: skip
def test_which_of_two_cues_goes_first(question: str, kind: Kind) -> None:
    """Where cues of two kinds stand in a question, the one that says more: slips before plans, a figure's name before
    all but help, search and missing reports."""
    assert asked(question).kind is kind


@pytest.mark.parametrize(("words", "project", "first"), [
    ("上个月上线了什么", False, Kind.DONE), ("哪些要上线", False, Kind.MILESTONES),
    ("哪些还没上线", False, Kind.PROJECTS),
    ("哪些项目快上线了", False, Kind.MILESTONES), ("进度变化", True, Kind.HISTORY), ("进度变化", False, Kind.HISTORY),
    ("what's due next week", False, Kind.MILESTONES), ("next week", False, Kind.PLAN),
    ("90%以上", False, Kind.PROJECTS),
    ("哪些阻塞", False, Kind.RISKS), ("哪些在测", False, Kind.PROJECTS), ("合同", False, None), ("", False, None),
])  # fmt: skip
def test_the_likeliest_kind_of_words(words: str, project: bool, first: Kind | None) -> None:
    """Of words whose names are blanked out: the kind that is tried first, by events, states, bounds and cues."""
    assert next(kinds(Said(words, None, project, False)), None) is first


def test_a_status_over_weeks_is_a_course() -> None:
    """Words of status with a range of weeks ask for the course first, with a week or a day for the status."""
    weeks = DateRange(date(2023, 10, 1), date(2023, 11, 15), (0, 0), "", False)
    week = DateRange(date(2023, 11, 6), date(2023, 11, 12), (0, 0), "", False)
    assert next(kinds(Said("进展", weeks, False, False))) is Kind.HISTORY
    assert next(kinds(Said("进展", week, False, False))) is Kind.STATUS
    assert [is_long(asked) for asked in (weeks, week, None)] == [True, False, False]


def test_the_words_of_a_name_are_no_cues() -> None:
    """Names are blanked out, whatever their order: the 风险 of a name asks for no risks."""
    assert blanked("风险大盘和计划平台怎么样", [(0, 4), (5, 9)]).split() == ["和", "怎么样"]
    assert blanked("怎么样", []) == "怎么样"
    known = Known((named(1, "风险大盘"), named(2, "计划平台")), ())
    assert understand("风险大盘怎么样了", TODAY, known, None).kind is Kind.STATUS
    assert understand("计划平台什么时候上线", TODAY, known, None).kind is Kind.STATUS


@given(st.lists(st.sampled_from([q for q, _ in PAIRS]), min_size=2, max_size=3).map("，".join))
@settings(max_examples=80, deadline=None)
def test_several_questions_at_once_are_one_of_some_kind(question: str) -> None:
    """Questions run together are read as one of the kinds, and the question stays as it was."""
    assert asked(question).question == question


@pytest.mark.parametrize("question", ["how is 路由引擎 doing", "路由引擎那边怎么样", "路由引擎这边进展怎么样"])
def test_how_it_is_doing_asks_for_its_status(question: str) -> None:
    """The commonest of all questions: how something is doing, over there or here."""
    assert asked(question).kind is Kind.STATUS


@pytest.mark.parametrize("question", [
    "证件过期的还剩多少户", "过期证书张数怎么降下来的", "how many expired certificates are left",
])  # fmt: skip
def test_papers_that_ran_out_are_no_days_overdue(question: str) -> None:
    """过期 said of a certificate or a contract asks for no milestones that are overdue."""
    assert asked(question).kind is not Kind.OVERDUE


def test_two_weeks_side_by_side_are_one_range() -> None:
    """However two weeks are set side by side (w18 vs w19, w18 w19 两期), both are meant."""
    for question in ("diff w18 vs w19 P99", "w18 w19 两期P99差多少"):
        found = asked(question).range
        assert found is not None
        assert found.weeks == (18, 19)
