"""The words of a question → what it asks for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.question.known import Known
from bot.question.query import Kind, Query
from bot.question.understand import LONGEST_QUESTION, language_of, understand
from store.records import ProjectName
from store.words.holidays import ChineseHolidays
from store.words.names import bracketed, key, spoken

TODAY = date(2023, 11, 15)  # a Wednesday
NAMES = ("POS收单系统建设", "家家盈平台（小贝项目）", "分账升级", "济南公积金对接", "机房双活")
TEAMS = ("支付中心", "清算中心")


def known(*names: str, teams: tuple[str, ...] = TEAMS) -> Known:
    """Projects of these names, without parents, and teams."""
    projects = []
    for number, name in enumerate(names, 1):
        outer, aliases = bracketed(name)
        said = tuple((part, spoken(key(part))) for part in dict.fromkeys((name, outer, *aliases)))
        projects.append(ProjectName(number, None, name, said, None))
    return Known(projects, teams)


KNOWN = known(*NAMES)
POS, BEI, SPLIT, FUND, TWIN = NAMES


def asked(question: str, lang: str = "auto") -> Query:
    """The question as understood among the projects above."""
    return understand(question, TODAY, KNOWN, ChineseHolidays(), lang)


STATUS = [
    ("/status POS", POS), ("status POS", POS), ("POS 进度", POS), ("POS进度", POS), ("POS现在到哪了?", POS),
    ("pos怎么样了", POS), ("ＰＯＳ 进展", POS), ("how is POS going?", POS), ("where are we with POS", POS),
    ("/project POS", POS), ("/report POS", POS), ("/report status POS", POS), ("/STATUS pos", POS), ("POS", POS),
    ("POS收单系统建设", POS), ("请问POS项目的进度", POS), ("/status 小贝", BEI), ("小贝进展如何了", BEI),
    ("家家盈平台 进度", BEI), ("/status 分帐升级", SPLIT), ("分账升级完成了吗", SPLIT), ("/status jngjj", FUND),
    ("/status jinangongjijin", FUND), ("济南公积金对接怎么样了", FUND), ("双活进度", TWIN), ("进度 双活", TWIN),
    ("/ status POS", POS), ("  /status   POS  ", POS), ("／status POS", POS), ("what's the progress of POS?", POS),
    ("状态：POS", POS), ("机房雙活 進度", TWIN), ("/status\nPOS", POS), ("双活什么时候启动", TWIN),
]  # fmt: skip


@pytest.mark.parametrize(("question", "project"), STATUS)
def test_a_question_about_a_project(question: str, project: str) -> None:
    """With and without the slash, in either language, by name, alias, pinyin or slip of the pen: the project meant."""
    query = asked(question)
    assert (query.kind, query.project.name if query.project else None) == (Kind.STATUS, project)
    assert (query.range, query.as_of, query.tied) == (None, TODAY, ())


RANGES = [
    ("/incidents last 4 weeks", Kind.INCIDENTS, "2023-10-19", "2023-11-15"),
    ("最近四周的事故", Kind.INCIDENTS, "2023-10-19", "2023-11-15"),
    ("过去四周出过几次事故?", Kind.INCIDENTS, "2023-10-19", "2023-11-15"),
    ("/report incidents last 4 weeks", Kind.INCIDENTS, "2023-10-19", "2023-11-15"),
    ("what went down in the last 2 weeks?", Kind.INCIDENTS, "2023-11-02", "2023-11-15"),
    ("any outages last week?", Kind.INCIDENTS, "2023-11-06", "2023-11-12"),
    ("上周有什么故障", Kind.INCIDENTS, "2023-11-06", "2023-11-12"),
    ("10月的生产事件", Kind.INCIDENTS, "2023-10-01", "2023-10-31"),
    ("10/9到10/15线上问题", Kind.INCIDENTS, "2023-10-09", "2023-10-15"),
    ("/report 第44周", Kind.REPORT, "2023-10-30", "2023-11-05"),
    ("/report W44", Kind.REPORT, "2023-10-30", "2023-11-05"),
    ("第44周周报", Kind.REPORT, "2023-10-30", "2023-11-05"),
    ("上周周报", Kind.REPORT, "2023-11-06", "2023-11-12"),
    ("/report last week", Kind.REPORT, "2023-11-06", "2023-11-12"),
    ("/report 2023-10-27", Kind.REPORT, "2023-10-27", "2023-10-27"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "kind", "start", "end"), RANGES)
def test_a_range_is_taken_out_of_the_question(question: str, kind: Kind, start: str, end: str) -> None:
    """The range is understood, and neither it nor the filler around it is left as words to look for."""
    query = asked(question)
    assert query.range is not None
    assert (query.kind, query.words) == (kind, "")
    assert (str(query.range.start), str(query.range.end)) == (start, end)


PLAIN = [
    ("/incidents", Kind.INCIDENTS, ""), ("事故", Kind.INCIDENTS, ""), ("有哪些故障吗", Kind.INCIDENTS, ""),
    ("/incidents 银联", Kind.INCIDENTS, "银联"), ("银联的事故", Kind.INCIDENTS, "银联"),
    ("银联那次故障怎么处理的", Kind.INCIDENTS, "银联"),
    ("/search 存管 提测", Kind.SEARCH, "存管 提测"), ("搜索 存管", Kind.SEARCH, "存管"),
    ("搜 存管", Kind.SEARCH, "存管"),
    ("find 存管", Kind.SEARCH, "存管"), ("哪里提到存管", Kind.SEARCH, "存管"), ("谁提到过存管?", Kind.SEARCH, "存管"),
    ("/search the status of it", Kind.SEARCH, "the status of it"), ("/search", Kind.SEARCH, ""),
    ("存管衍生品", Kind.SEARCH, "存管衍生品"), ("/report search 存管", Kind.SEARCH, "存管"),
    ("/report", Kind.REPORT, ""), ("/report latest", Kind.REPORT, ""), ("周报", Kind.REPORT, ""),
    ("最新周报", Kind.REPORT, ""), ("weekly report", Kind.REPORT, ""),
    ("/help", Kind.HELP, ""), ("help", Kind.HELP, ""), ("帮助", Kind.HELP, ""), ("怎么用", Kind.HELP, ""),
    ("/status", Kind.STATUS, ""), ("/status 区块链", Kind.STATUS, "区块链"), ("区块链进度", Kind.STATUS, "区块链"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "kind", "words"), PLAIN)
def test_the_kind_and_what_is_left(question: str, kind: Kind, words: str) -> None:
    """Commands and cue words give the kind; what is left without them and filler is what is looked for."""
    query = asked(question)
    assert (query.kind, query.words.strip(), query.project) == (kind, words, None)


@pytest.mark.parametrize(("question", "as_of"), [
    ("status POS as of 1 Nov", "2023-11-01"), ("/status POS as of 2023-10-13", "2023-10-13"),
    ("截至10月底POS的进度", "2023-10-31"), ("POS 进度 截至11/1", "2023-11-01"),
    ("/status POS as of today", "2023-11-15"), ("/status POS as of 2030-01-01", "2023-11-15"),
])  # fmt: skip
def test_as_of_takes_the_place_of_today(question: str, as_of: str) -> None:
    """As of a day: that day is the answer's today, never one after the real one, and it is no range."""
    query = asked(question)
    assert (query.kind, query.project.name if query.project else None) == (Kind.STATUS, POS)
    assert (str(query.as_of), query.range) == (as_of, None)


def test_relative_words_count_from_the_day_asked_for() -> None:
    """With an as-of day "last week" is the week before that day."""
    query = asked("incidents last week as of 1 Nov")
    assert query.range is not None
    assert (str(query.range.start), str(query.range.end)) == ("2023-10-23", "2023-10-29")


@pytest.mark.parametrize(("question", "project", "event"), [
    ("小贝什么时候上线?", BEI, "上线"), ("小贝几号提测", BEI, "提测"), ("when will POS go live?", POS, "上线"),
    ("分账升级哪天评审", SPLIT, "评审"), ("when is 小贝 handed to test?", BEI, "提测"), ("POS何时投产", POS, "投产"),
])  # fmt: skip
def test_the_event_whose_day_is_asked_for(question: str, project: str, event: str) -> None:
    """ "When" with an event asks for that event's day."""
    query = asked(question)
    assert (query.kind, query.project.name if query.project else None) == (Kind.STATUS, project)
    assert query.event == event


@pytest.mark.parametrize("question", [
    "小贝上线了吗?", "小贝提测完成了吗", "has 小贝 gone live?",
    "小贝上线进度",
])  # fmt: skip
def test_an_event_without_when_leaves_the_name(question: str) -> None:
    """Whether a project has gone live is a question about that project."""
    query = asked(question)
    assert (query.kind, query.project.name if query.project else None) == (Kind.STATUS, BEI)


@pytest.mark.parametrize(("question", "kind", "team"), [
    ("/report 清算中心", Kind.REPORT, "清算中心"), ("清算中心的事故", Kind.INCIDENTS, "清算中心"),
    ("支付中心上周周报", Kind.REPORT, "支付中心"), ("/search 支付中心 存管", Kind.SEARCH, "支付中心"),
    ("支付中心 POS 进度", Kind.STATUS, "支付中心"), ("上周的事故", Kind.INCIDENTS, None),
])  # fmt: skip
def test_a_team_that_reports_is_taken_out(question: str, kind: Kind, team: str | None) -> None:
    """The name of a team narrows the question and isn't left as a word to look for."""
    query = asked(question)
    assert (query.kind, query.team) == (kind, team)
    assert not team or team not in query.words


def test_the_longest_team_name_wins() -> None:
    """Where one team's name holds another's, the longer one is meant."""
    query = understand("支付中心二组的事故", TODAY, known(teams=("支付中心", "支付中心二组")), None)
    assert (query.team, query.words) == ("支付中心二组", "")


@pytest.mark.parametrize(
    ("question", "command"), [("/nosuch", "nosuch"), ("/nosuch POS", "nosuch"), ("/删除 POS", "删除")]
)
def test_an_unknown_command_is_kept(question: str, command: str) -> None:
    """A slash and a word that is no command: unknown, with the word; it isn't guessed at."""
    query = asked(question)
    assert (query.kind, query.command) == (Kind.UNKNOWN, command)


@pytest.mark.parametrize(("question", "kind"), [
    ("", Kind.HELP), ("   \n\t ", Kind.HELP), ("/", Kind.HELP), ("?", Kind.HELP), ("😀", Kind.UNKNOWN),
    ("😀🎉", Kind.UNKNOWN), ("!!!", Kind.UNKNOWN), ("\x00\x1b\x07", Kind.UNKNOWN), ("……", Kind.UNKNOWN),
])  # fmt: skip
def test_nothing_to_go_by(question: str, kind: Kind) -> None:
    """An empty question gets help, and signs without a word aren't understood."""
    assert asked(question).kind is kind


@pytest.mark.parametrize("question", [
    "'; DROP TABLE reports; --", "存管' OR '1'='1", "bi:(存管) NEAR/2 x*", '"', "SELECT * FROM items",
    "{name} %s {0}", "\x1b[31mPOS\x1b[0m", "<!channel> <@U1>", "a" * 10_000, "存" * 10_000, "/status " + "9/" * 5_000,
    "\u202ePOS", "ﷺ" * 300, "İ" * 600, "第" * 600, "/incidents " + "1" * 600 + "周",
])  # fmt: skip
def test_hostile_text_is_only_text(question: str) -> None:
    """SQL, search syntax, control characters, braces, very long text: a query of some kind, with the question as it
    was and no more words than it has room for."""
    query = asked(question)
    assert query.question == question
    assert len(query.words) <= LONGEST_QUESTION


@pytest.mark.parametrize(("question", "lang"), [
    ("/status POS", "zh"), ("POS 进度", "zh"), ("how is POS going", "en"), ("/incidents last 4 weeks", "en"),
    ("最近 4 weeks 的事故", "zh"), ("/status POS as of 1 Nov", "en"), ("/help", "zh"), ("", "zh"),
])  # fmt: skip
def test_the_language_is_the_questions_own(question: str, lang: str) -> None:
    """Any Chinese is Chinese, English words are English; a bare command with a name goes by the reports' language."""
    assert language_of(question) == lang
    assert asked(question).lang == lang
    assert asked(question, "en").lang == "en"


WORDS = st.sampled_from([
    "/status", "/incidents", "/search", "/report", "POS", "小贝", "进度", "事故", "最近四周", "as of", "1 Nov", "9/15",
    "第38周", "什么时候", "上线", "支付中心", "last", "week", "W36-W38", "截至",
    "\u2028", "％", "/", " ", "的", "？", "-1",
    "99999999999", "2月30日", "国庆前", "ﬁ", "İ",
])  # fmt: skip
MIXED = st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=12).map("".join)


@given(MIXED)
@example("第0周")
@example("as of 0")
@example("/report W99-W1")
@example("最近9999999999周的事故")
@settings(max_examples=300, deadline=None)
def test_any_text_is_understood_as_something(question: str) -> None:
    """Whatever is asked, there is a query: the question unchanged, as of no later day, its range in order."""
    query = asked(question)
    assert query.question == question
    assert query.lang in ("zh", "en")
    assert query.as_of <= TODAY
    assert query.range is None or query.range.start is None or query.range.start <= query.range.end
    assert query.kind is not Kind.CHOICE or len(query.tied) > 1
    assert query.project is None or query.kind not in (Kind.SEARCH, Kind.METRICS, Kind.REPORT, Kind.HELP, Kind.UNKNOWN)


@pytest.mark.parametrize(
    ("question", "kind", "start", "end"),
    [
        ("what was 支付中心 planning for the week after 3 November?", Kind.PLAN, "2023-11-06", "2023-11-12"),
        ("what does 支付中心 want to get done this week?", Kind.PLAN, "2023-11-13", "2023-11-19"),
        ("what changed between the reports of 3 and 10 November?", Kind.CHANGES, "2023-11-03", "2023-11-10"),
        ("which dates do we have next week (20-26 Nov)", Kind.MILESTONES, "2023-11-20", "2023-11-26"),
        ("what slipped in last weeks reports", Kind.SLIPS, "2023-11-06", "2023-11-12"),
    ],
)
def test_days_as_people_say_them_in_a_hurry(question: str, kind: Kind, start: str, end: str) -> None:
    """Weeks beside a day, two days of one month, days said twice and a lost apostrophe; no word of them is left."""
    query = understand(question, TODAY, known(*NAMES), None)
    assert (query.kind, query.words) == (kind, "")
    assert query.range is not None
    assert (str(query.range.start), str(query.range.end)) == (start, end)
