"""What strangers' exams found misunderstood in questions: each mistake with names of its own."""

from __future__ import annotations

from datetime import date

import pytest

from bot.question.known import Known
from bot.question.linking import link
from bot.question.query import Kind, Query
from bot.question.understand import language_of, understand
from store.records import ProjectName
from store.words.holidays import ChineseHolidays
from store.words.names import bracketed, key, spoken

TODAY = date(2023, 5, 10)  # a Wednesday


def project(number: int, name: str, parent: int | None = None) -> ProjectName:
    """A project with its names; those in brackets are names too."""
    outer, aliases = bracketed(name)
    said = tuple((part, spoken(key(part))) for part in dict.fromkeys((name, outer, *aliases)))
    return ProjectName(number, "支付中心", name, said, parent)


ENGINE, POS, SCAN = project(1, "路由引擎"), project(2, "POS收单系统建设"), project(3, "代扣扫描出问题表")
CLEARING, OTHER = project(4, "清结算中台"), project(5, "收银中台")
CHECKING, CHECKING_TOO = project(6, "对账模块", 4), project(7, "对账模块", 5)
YEAR, DEBIT, FORMER = project(8, "2024额度规划"), project(9, "海州公积金代扣"), project(10, "跨境直联（原跨境收汇）")
DATA, WALLET = project(11, "数据归档升级"), project(12, "数字人民币钱包")
ALL = (ENGINE, POS, SCAN, CLEARING, OTHER, CHECKING, CHECKING_TOO, YEAR, DEBIT, FORMER, DATA, WALLET)


def asked(question: str) -> Query:
    """The question as understood among the projects above."""
    return understand(question, TODAY, Known(ALL, ("支付中心",)), ChineseHolidays())


@pytest.mark.parametrize("question", [
    "最近一次事故", "last incident", "上一次事故", "最近一次故障是什么", "latest incident", "the most recent outage",
    "/incidents last", "最近一次生产事件怎么处理的",
])  # fmt: skip
def test_the_newest_incident_is_asked_for_without_a_filter(question: str) -> None:
    """最近一次 asks for the newest, and is neither a word that the incident must hold nor a range."""
    query = asked(question)
    assert (query.kind, query.newest, query.words, query.range) == (Kind.INCIDENTS, True, "", None)


@pytest.mark.parametrize(
    "question", ["最近四周的事故", "last 4 weeks incidents", "/incidents last 4 weeks", "上周有什么故障"]
)
def test_a_range_of_incidents_is_not_only_the_newest(question: str) -> None:
    """The 最近 and last of a range ask for all of it, again without a filter."""
    query = asked(question)
    assert (query.kind, query.newest, query.words) == (Kind.INCIDENTS, False, "")
    assert query.range is not None


@pytest.mark.parametrize(("question", "words"), [
    ("青禾行相关的故障", "青禾行"), ("跟青禾行有关的事故", "青禾行"), ("青禾行的故障怎么处理的", "青禾行"),
    ("涉及青禾行的生产事件", "青禾行"), ("incidents related to 青禾行", "青禾行"), ("影响最大的事故", ""),
    ("最严重的故障是哪个", ""),
])  # fmt: skip
def test_function_words_are_no_filter(question: str, words: str) -> None:
    """相关的, 跟 and 怎么处理 are no words that an incident must hold; the bank's name is."""
    query = asked(question)
    assert (query.kind, query.words) == (Kind.INCIDENTS, words)


@pytest.mark.parametrize(
    "question", ["上次故障是什么时候", "最近一次事故什么时候发生的", "最近三次事故", "latest 3 incidents"]
)
def test_when_and_how_many_are_no_filter(question: str) -> None:
    """Asking when the last one was, or for the last three, leaves no word that an incident must hold."""
    query = asked(question)
    assert (query.kind, query.words) == (Kind.INCIDENTS, "")


@pytest.mark.parametrize("question", ["W16", "w16", "第16周", "/report W16"])
def test_a_week_alone_asks_for_its_report(question: str) -> None:
    """A bare week number is the report of that week."""
    query = asked(question)
    assert query.kind is Kind.REPORT
    assert query.range is not None
    assert query.range.weeks == (16, 16)


@pytest.mark.parametrize("question", ["4月15日时路由引擎的进度", "路由引擎 4月15日的进度", "截至4月15日路由引擎的进度"])
def test_how_it_stood_on_a_day_is_as_of_that_day(question: str) -> None:
    """A single day gone by in a question about a project is the day it speaks of, not a range of reports."""
    query = asked(question)
    assert (query.kind, query.project, query.as_of, query.range) == (Kind.STATUS, ENGINE, date(2023, 4, 15), None)


@pytest.mark.parametrize("words", ["海州公积金三期", "海州公积金二期", "海州公积金2.0", "海州公积金 phase 2"])
def test_a_number_must_stand_in_the_name(words: str) -> None:
    """海州公积金三期 isn't 海州公积金代扣: the name is offered at most."""
    assert not link(words, (DEBIT, ENGINE)).named


@pytest.mark.parametrize("words", [
    "海州公积金三期", "海州公积金二期", "海州公积金2.0",
    "海州公积金 phase 2",
])  # fmt: skip
def test_a_question_with_a_number_that_no_name_has_names_nothing(words: str) -> None:
    """Asked for the progress of a phase that no report names, nothing else is taken for it."""
    assert asked(f"{words} 进度").project is None


def test_without_a_number_the_same_words_name_it() -> None:
    """海州公积金 alone names 海州公积金代扣."""
    assert link("海州公积金", (DEBIT, ENGINE)).project == DEBIT


@pytest.mark.parametrize(("question", "part"), [
    ("清结算中台 对账模块", CHECKING), ("收银中台 对账模块", CHECKING_TOO), ("清结算中台 对账模块 进度", CHECKING),
    ("/status 收银中台 对账模块", CHECKING_TOO), ("对账模块 清结算中台 进度", CHECKING),
    ("清结算中台的对账模块怎么样了", CHECKING),
])  # fmt: skip
def test_a_part_is_named_by_the_project_above(question: str, part: ProjectName) -> None:
    """Of two parts of one name the one is meant whose project stands beside it."""
    query = asked(question)
    assert (query.kind, query.project) == (Kind.STATUS, part)


def test_a_part_of_two_projects_is_not_guessed() -> None:
    """The name of the part alone is a choice between both."""
    query = asked("对账模块 进度")
    assert (query.kind, query.project, set(query.tied)) == (Kind.CHOICE, None, {CHECKING, CHECKING_TOO})


@pytest.mark.parametrize(
    "question", ["数据归档升级上线了没", "数据归档上线了没", "数据归档 全量了没", "数据归档升级提测了吗"]
)
def test_whether_it_has_happened_asks_for_the_project(question: str) -> None:
    """了没 behind an event asks how the project stands, and leaves nothing of itself in the name."""
    query = asked(question)
    assert (query.kind, query.project) == (Kind.STATUS, DATA)
    assert query.event is not None


@pytest.mark.parametrize(
    "question", ["what can I ask you?", "What can I ask", "能问什么", "what can you do?", "你能做什么"]
)
def test_what_can_be_asked_is_help(question: str) -> None:
    """Asking what may be asked is no search."""
    assert asked(question).kind is Kind.HELP


@pytest.mark.parametrize(("question", "lang"), [
    ("when was 路由引擎 launched", "en"), ("/report status POS", "zh"), ("incidents W14", "en"), ("/status POS", "zh"),
    ("how is 数字人民币钱包 going", "en"), ("路由引擎 when", "en"), ("POS 进度", "zh"),
    ("路由引擎什么时候 launch", "zh"),
    ("/incidents last 4 weeks", "en"), ("POS", "zh"),
])  # fmt: skip
def test_the_language_is_that_of_the_words_around_the_names(question: str, lang: str) -> None:
    """Names and commands with a slash are in no language; the words around them decide."""
    assert (language_of(question), asked(question).lang) == (lang, lang)


def test_has_it_launched_is_english_and_asks_of_the_event() -> None:
    """`has X launched` is English and asks of the launch, as `when was X launched` does."""
    query = asked("has 路由引擎 launched")
    assert (query.project, query.lang, query.event) == (ENGINE, "en", "上线")


@pytest.mark.parametrize("question", [SCAN.name, f"{SCAN.name} 进度", f"/status {SCAN.name}", f"{SCAN.name}怎么样了"])
def test_a_cue_inside_a_name_is_no_cue(question: str) -> None:
    """出问题 in the name of a project doesn't make the question one about incidents."""
    query = asked(question)
    assert (query.kind, query.project) == (Kind.STATUS, SCAN)


def test_a_cue_beside_such_a_name_still_is_one() -> None:
    """The same project's name with 事故 beside it asks for incidents."""
    assert asked(f"{SCAN.name}的事故").kind is Kind.INCIDENTS


@pytest.mark.parametrize(
    "question", [YEAR.name, f"{YEAR.name} 进度", f"/status {YEAR.name}", f"{YEAR.name}什么时候上线"]
)
def test_a_year_in_a_name_is_no_range(question: str) -> None:
    """2024 in 2024额度规划 is part of the name, and no range or day."""
    query = asked(question)
    assert (query.kind, query.project, query.range, query.as_of) == (Kind.STATUS, YEAR, None, TODAY)


@pytest.mark.parametrize("words", ["跨境直联", "跨境收汇", "跨境直联（原跨境收汇）", "跨境收汇 进度"])
def test_a_former_name_leads_to_its_project(words: str) -> None:
    """Both the name and the one in the bracket behind 原 are names."""
    assert asked(words).project == FORMER


@pytest.mark.parametrize(
    ("question", "attribute"),
    [("路由引擎的预算是多少", "预算"), ("路由引擎谁负责", "谁负责"), ("budget of 路由引擎", "budget")],
)
def test_something_else_asked_of_a_project_is_kept(question: str, attribute: str) -> None:
    """预算 is what is asked of the project, and no part of its name."""
    query = asked(question)
    assert (query.kind, query.project, query.attribute) == (Kind.STATUS, ENGINE, attribute)


@pytest.mark.parametrize("question", [
    "why was the 路由引擎 launch moved to 6/27", "why did 路由引擎 go-live move to 27 June",
    "路由引擎上线为什么推迟到6/27", "路由引擎上线怎么又改到6/27了",
])  # fmt: skip
def test_the_day_that_a_move_led_to_is_no_range(question: str) -> None:
    """Who asks why a day moved to another names that one for the move, and means no reports of it."""
    found = asked(question)
    assert (found.kind, found.aspect, found.project, found.range) == (Kind.SLIPS, "why", ENGINE, None)


@pytest.mark.parametrize("question", ["which projects moved to 5/8", "5/8那周为什么没有上线"])
def test_without_a_reason_and_a_move_a_day_is_a_range(question: str) -> None:
    """Only the reason of a move to a day takes that day for itself."""
    assert asked(question).range is not None


@pytest.mark.parametrize("question", [
    "支付中心缺哪一周的周报", "哪一周的周报支付中心没有", "which week's report is missing from 支付中心",
])  # fmt: skip
def test_which_week_lacks_a_report_asks_for_all_weeks(question: str) -> None:
    """Which week it is that lacks a report is looked for among all, and not in the week that is due."""
    found = asked(question)
    assert (found.kind, found.aspect, found.team, found.words) == (Kind.MISSING, "weeks", "支付中心", "")


@pytest.mark.parametrize("question", ["哪些项目已经上线或结项了", "which projects went live or wrapped up"])
def test_one_of_two_endings_is_any_ending(question: str) -> None:
    """What went live or was closed is whatever ended, and not only what went live."""
    found = asked(question)
    assert (found.kind, found.event) == (Kind.DONE, None)


@pytest.mark.parametrize("question", [
    "how did 路由引擎 develop", "how has 路由引擎 evolved", "路由引擎的前因后果", "路由引擎的始末",
    "路由引擎每周做了多少",
])  # fmt: skip
def test_a_course_is_asked_for_in_many_words(question: str) -> None:
    """How a project developed, and what it did each week, is its history."""
    found = asked(question)
    assert (found.kind, found.project) == (Kind.HISTORY, ENGINE)


@pytest.mark.parametrize("question", [
    "which deadlines have passed without being reported done", "哪些截止日过了还没说完成", "which due dates passed",
])  # fmt: skip
def test_deadlines_that_passed_are_overdue(question: str) -> None:
    """A deadline that has passed is a date that is overdue, of whatever event."""
    assert asked(question).kind is Kind.OVERDUE
