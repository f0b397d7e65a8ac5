"""Dated events of a project: which event, which days, done or planned, and which dates no longer hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.written import ON, update, updates

from store.records import Milestone

EVENTS = [
    ("9/26提测", "提测"), ("9/26提交测试", "提测"), ("9/26上线", "上线"), ("9/26发布", "上线"),
    ("9/26生产试单", "试单"),
    ("9/26投产", "投产"), ("9/26方案评审", "评审"), ("9/26验收", "验收"), ("9/26灰度", "灰度"), ("9/26切流20%", "切量"),
    ("9/26全量", "切量"), ("9/26立项", "立项"), ("预计9/26封板", "封板"), ("9/26联调", "联调"), ("9/26交付", "交付"),
    ("9/26主备切换", "演练"), ("9/26启动研发", "启动"), ("9/26开发完成", "开发完成"), ("9/26完成测试", "测试完成"),
    ("9/26完成", "完成"), ("9/26完成上线", "上线"), ("上线时间：9/26", "上线"), ("提测（9/26）", "提测"),
    ("预计9/26，提测", "提测"),
    ("handed to test on 9/26", "提测"), ("go live on Sep 26", "上线"), ("UAT by 9/26", "验收"),
    ("9/26封板", "封板"),
    ("9/26，提测", "提测"),
]  # fmt: skip
WINDOWS = [
    ("10月中上线", "2023-10-11", "2023-10-20"), ("10月初上线", "2023-10-01", "2023-10-10"),
    ("10月上旬上线", "2023-10-01", "2023-10-10"), ("10月底上线", "2023-10-21", "2023-10-31"),
    ("9月底完成", "2023-09-21", "2023-09-30"), ("下周评审", "2023-09-18", "2023-09-24"),
    ("下周三评审", "2023-09-20", "2023-09-20"), ("9/18-9/22联调", "2023-09-18", "2023-09-22"),
    ("11月上线", "2023-11-01", "2023-11-30"), ("Q4启动", "2023-10-01", "2023-12-31"),
    ("年底投产", "2023-12-01", "2023-12-31"), ("mid-October release", "2023-10-11", "2023-10-20"),
    ("明年1月上线", "2024-01-01", "2024-01-31"),
]  # fmt: skip
MOVES = [
    ("上线由11/10调整至11/24", "11-24"), ("上线由11/10推迟到11/24", "11-24"), ("上线从11/10延至11/24", "11-24"),
    ("上线由11/24提前至11/10", "11-10"), ("原计划11/10上线，调整至11/24上线", "11-24"),
    ("原定11/10提测，延期至11/24提测", "11-24"),
    ("上线由11月10日调整为11月24日", "11-24"), ("提测时间由11/10改为11/24", "11-24"),
    ("上周写的11/10上线为笔误，实际11/24上线", "11-24"),
]  # fmt: skip
NO_PLAN = [
    "上线日期下周定", "上线时间11/10确认", "提测排期下周给出", "本周完成联调", "上周已上线", "9/26沟通",
    "上线日期待定",
    "原计划11/10上线", "9/26与业务侧开会", "联调中",
]  # fmt: skip
DONE = [
    "9/14完成上线",
    "9/14已上线",
    "9/14上线",
    "9/14提测完成",
    "9/12顺利投产",
    "9/15如期提测",
    "shipped on 9/14, release done on 9/14",
]
PLANNED = [
    "预计9/26上线",
    "9/26上线",
    "计划9月底上线",
    "预计9/15上线",
    "将于9/20提测",
    "预计9/5上线",
    "will release on 9/26",
]


def only(text: str) -> Milestone:
    """The one milestone of a project's text."""
    (milestone,) = update(f"- 海风平台：{text}").milestones
    return milestone


@pytest.mark.parametrize(("text", "event"), EVENTS)
def test_the_event_is_known_by_its_words(text: str, event: str) -> None:
    """Each word for an event, before or after its day; a general word (完成) gives way to any other."""
    found = only(text)
    assert (found.event, found.start, found.end, found.line) == (event, date(2023, 9, 26), date(2023, 9, 26), 4)


@pytest.mark.parametrize(("text", "start", "end"), WINDOWS)
def test_a_fuzzy_date_is_a_window(text: str, start: str, end: str) -> None:
    """月中 is the 11th to the 20th, 月底 the 21st to the end, 下周 a Monday to a Sunday; all of it is kept."""
    found = only(text)
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)


@pytest.mark.parametrize(("text", "day"), MOVES)
def test_a_move_leaves_only_the_new_date(text: str, day: str) -> None:
    """`由11/10调整至11/24` plans one event, on the new day; the old one no longer holds."""
    assert only(text).start == date.fromisoformat(f"2023-{day}")


@pytest.mark.parametrize("text", NO_PLAN)
def test_what_sets_no_date_is_no_milestone(text: str) -> None:
    """An undecided date, this week's doings, an event without a day and a day without an event are no milestones."""
    assert update(f"- 海风平台：{text}").milestones == ()


@pytest.mark.parametrize("text", DONE)
def test_what_happened_is_done(text: str) -> None:
    """A day up to the report's with a word of success, or without any word of a plan, is done and not doubtful."""
    assert [(m.done, m.doubtful) for m in update(f"- 海风平台：{text}").milestones][:1] == [(True, False)]


@pytest.mark.parametrize("text", PLANNED)
def test_what_is_planned_is_not_done(text: str) -> None:
    """预计 and a day to come are plans, even where the planned day has come or passed."""
    assert only(text).done is False


def test_several_events_in_one_item_are_all_found() -> None:
    """Each date takes the event of its own clause, in order, on its own line."""
    (found,) = updates("- 海风平台：9/14已提测，预计9/26上线", "二期10月中评审。")
    assert [(m.event, m.start.isoformat(), m.line, m.done) for m in found.milestones] == [
        ("提测", "2023-09-14", 4, True), ("上线", "2023-09-26", 4, False), ("评审", "2023-10-11", 5, False)
    ]  # fmt: skip


def test_two_sides_may_share_an_event() -> None:
    """`支付侧9/26、业务侧10/12上线` is two days of going live."""
    found = update("- 海风平台：支付侧9/26、业务侧10/12上线").milestones
    assert [(m.event, m.start.isoformat()) for m in found] == [("上线", "2023-09-26"), ("上线", "2023-10-12")]


def test_a_milestone_told_twice_in_an_item_is_one() -> None:
    """The same event on the same day in two clauses of an item is one milestone, on the line that says it first."""
    (milestone,) = update("- 海风平台：预计9/26上线", "如无意外9/26上线").milestones
    assert milestone.line == 4


def test_a_milestone_quotes_its_clause_as_written() -> None:
    """The text of a milestone is the clause it stands in, character by character."""
    assert only("联调中，支付侧９／２６上线不变，业务侧待定").text == "支付侧９／２６上线不变"


@settings(max_examples=100, deadline=None)
@given(st.integers(-170, 170), st.sampled_from(["上线", "提测", "评审", "投产"]), st.booleans())
def test_every_day_is_read_as_written(offset: int, event: str, planned: bool) -> None:
    """Any day within half a year keeps its day and the near year, and is done, due or doubtful by the rule."""
    day = ON + timedelta(days=offset)
    found = only(f"{'预计' if planned else ''}{day.month}/{day.day}{event}")
    assert (found.event, found.start, found.end) == (event, day, day)
    assert found.done is (not planned and day <= ON)
    assert found.doubtful is (planned and day < ON)
