"""What narrows a question, one by one: owner, percentages, states, event, aspect, severities."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.question.details import (
    owner_in,
    take_aspect,
    take_details,
    take_event,
    take_grades,
    take_owner,
    take_states,
)
from bot.question.percentages import NEARLY_DONE, has_bounds, take_bounds
from bot.question.query import Kind, Query
from store.words.normalise import fold

OWNERS = ("叶知秋", "陆川", "Hanna Oyelaran", "Jun Castellano", "Lea Brandt", "Risk team", "清算中心")


def query(text: str, kind: Kind = Kind.PROJECTS) -> Query:
    """A question of that kind of which nothing is understood yet."""
    return Query(text, kind, "zh", date(2023, 11, 15))


def words(text: str) -> str:
    """What is left, with single blanks."""
    return " ".join(text.split())


@pytest.mark.parametrize(("text", "owner", "left"), [
    ("叶知秋负责的项目", "叶知秋", "负责的项目"),
    ("哪些是陆川的", "陆川", "哪些是 的"),
    ("what does Hanna Oyelaran own", "Hanna Oyelaran", "what does own"),
    ("what does hanna own", "Hanna Oyelaran", "what does own"),
    ("ＨＡＮＮＡ's projects", "Hanna Oyelaran", "'s projects"),
    ("which are Lea's", "Lea Brandt", "which are 's"),
    ("Risk team负责的有哪些", "Risk team", "负责的有哪些"),
    ("清算中心负责哪些", "清算中心", "负责哪些"),
    ("what is released in June", None, "what is released in June"),
    ("which risks are open", None, "which risks are open"),
    ("lead time of the release", None, "lead time of the release"),
    ("有哪些项目", None, "有哪些项目"),
    ("", None, ""),
])  # fmt: skip
def test_an_owner_is_named_in_full_or_by_the_first_name(text: str, owner: str | None, left: str) -> None:
    """A person or team by its full name or a first name as a whole word: no Lea in released, no Jun in June."""
    found, rest = take_owner(query(text), text, OWNERS)
    assert (found.owner, words(rest)) == (owner, left)


def test_a_first_name_of_two_people_is_nobodys() -> None:
    """Where two people have the first name, neither is guessed at; the full name still tells them apart."""
    both = ("Hanna Oyelaran", "Hanna Lindqvist")
    assert owner_in("what does Hanna own", both) is None
    assert owner_in("what does Hanna Lindqvist own", both) == ("Hanna Lindqvist", (10, 25))


def test_the_longest_of_two_owners_is_meant() -> None:
    """The name that holds another one is the one meant."""
    assert owner_in("清算中心二组负责什么", ("清算中心", "清算中心二组")) == ("清算中心二组", (0, 6))


@pytest.mark.parametrize(("text", "least", "most", "inside", "outside"), [
    ("90%以上的项目", 90, None, (90, 95, 100), (89, 0)),
    ("９０％以上的项目", 90, None, (90,), (89,)),
    ("90%及以上", 90, None, (90,), (89,)),
    ("超过80%的", 80, None, (81, 80.5), (80, 79)),
    ("进度大于80%", 80, None, (81,), (80,)),
    ("不低于80%", 80, None, (80,), (79,)),
    ("不少于80%", 80, None, (80,), (79,)),
    ("no less than 80%", 80, None, (80,), (79,)),
    ("at least 75%", 75, None, (75,), (74,)),
    ("above 75 percent", 75, None, (76,), (75,)),
    ("over 62.5%", 62.5, None, (63,), (62.5,)),
    ("80% or more", 80, None, (80,), (79,)),
    (">=80%", 80, None, (80,), (79,)),
    (">80%", 80, None, (81,), (80,)),
    ("80%+", 80, None, (80,), (79,)),
    ("不到50%的项目", None, 50, (49, 0), (50, 51)),
    ("低于50%", None, 50, (49,), (50,)),
    ("50%以下", None, 50, (50, 10), (51,)),
    ("不超过50%", None, 50, (50,), (51,)),
    ("不高于50%", None, 50, (50,), (51,)),
    ("no more than 50%", None, 50, (50,), (51,)),
    ("最多50%", None, 50, (50,), (51,)),
    ("under 50%", None, 50, (49,), (50,)),
    ("at most 50%", None, 50, (50,), (51,)),
    ("less than 50%", None, 50, (49,), (50,)),
    ("50% or less", None, 50, (50,), (51,)),
    ("<50%", None, 50, (49,), (50,)),
    ("<=50%", None, 50, (50,), (51,)),
    ("between 20% and 60%", 20, 60, (20, 40, 60), (19, 61)),
    ("between 20 and 60%", 20, 60, (20, 60), (19, 61)),
    ("20%到60%之间", 20, 60, (20, 60), (19, 61)),
    ("20-60%的", 20, 60, (20, 60), (19, 61)),
    ("20%~60%", 20, 60, (20, 60), (19, 61)),
    ("进度80%", 80, 80, (80,), (79, 81)),
    ("有哪些项目", None, None, (0, 100), ()),
    ("超过3个项目", None, None, (0, 100), ()),
])  # fmt: skip
def test_the_least_and_the_most_progress(
    text: str, least: float | None, most: float | None, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    """Words of at least and above, at most and below, and between: `以上` holds the number itself, `超过` doesn't; a
    bare percentage is both, since lines with it may tell of another figure; a number of something else is none."""
    found, _ = take_bounds(query(text), text)
    assert (found.least, found.most) == (
        least if least is None else pytest.approx(least),
        most if most is None else pytest.approx(most),
    )
    low = found.least if found.least is not None else 0
    high = found.most if found.most is not None else 100
    assert all(low <= value <= high for value in inside)
    assert not any(low <= value <= high for value in outside)


@pytest.mark.parametrize(("text", "left"), [
    ("进度90%以上的项目", "进度 的项目"), ("不到50%的有哪些", "的有哪些"), ("projects between 20% and 60%", "projects"),
    ("projects over 80% done", "projects"), ("进度80%", "进度"), ("接近80%", "接近80%"),
])  # fmt: skip
def test_bounds_are_taken_out_of_the_words(text: str, left: str) -> None:
    """The bound is no word to look for, and what is no bound stays."""
    assert words(take_bounds(query(text), text)[1]) == left


@pytest.mark.parametrize("text", ["哪些快完成了", "接近尾声的项目", "which are nearly done", "almost finished ones"])
def test_nearly_done_is_open_and_far_on(text: str) -> None:
    """快完成 and "nearly done": from the percentage on that the answer names, and not done."""
    found, _ = take_bounds(query(text), text)
    assert (found.least, found.most, found.states) == (NEARLY_DONE, None, ("open",))


@pytest.mark.parametrize(("text", "asks"), [
    ("90%以上", True), ("over 90%", True), ("低于10%", True), ("成功率99.9%", False), ("超过3个", False), ("", False),
])  # fmt: skip
def test_whether_a_bound_is_asked_for(text: str, asks: bool) -> None:
    """A percentage with a word of more or less beside it; neither of them alone."""
    assert has_bounds(fold(text)) is asks


@pytest.mark.parametrize(("text", "states"), [
    ("还没上线的", ("open",)), ("未完成的项目", ("open",)), ("which are in progress", ("open",)),
    ("not live yet", ("open",)), ("what is still under way", ("open",)),
    ("已上线的", ("done",)), ("做完的有哪些", ("done",)), ("already live ones", ("done",)), ("completed", ("done",)),
    ("开发中的", ("in_progress",)), ("研发中", ("in_progress",)), ("in development", ("in_progress",)),
    ("在测试的", ("testing",)), ("测试中的项目", ("testing",)), ("in QA", ("testing",)),
    ("阻塞的", ("blocked",)), ("卡住的项目", ("blocked",)), ("blocked ones", ("blocked",)),
    ("暂停的", ("paused",)), ("on hold", ("paused",)), ("延期的项目", ("delayed",)), ("delayed", ("delayed",)),
    ("还没开始的", ("planned",)), ("待启动", ("planned",)), ("not started", ("planned",)),
    ("有哪些项目", ()), ("the opening of the shop", ()), ("unblocked", ()),
])  # fmt: skip
def test_the_state_that_narrows_a_list(text: str, states: tuple[str, ...]) -> None:
    """Each state by the words people use for it; 没上线 is not 上线 and a part of another word is none."""
    found, left = take_states(query(text), text)
    assert found.states == states
    assert bool(states) is (left != text)


@pytest.mark.parametrize(("text", "event"), [
    ("要上线的", "上线"), ("下周提测的有哪些", "提测"), ("投产的项目", "投产"), ("评审的", "评审"),
    ("going live in May", "上线"), ("有哪些项目", None), ("the liveliest team", None),
])  # fmt: skip
def test_the_event_that_narrows_a_list(text: str, event: str | None) -> None:
    """An event in either language, and what is left doesn't hold it."""
    found, left = take_event(query(text, Kind.MILESTONES), text)
    assert found.event == event
    assert take_event(query(left, Kind.MILESTONES), left)[0].event is None


@pytest.mark.parametrize(("text", "grades", "left"), [
    ("P1事件", "P1", "事件"), ("p2 incidents", "P2", "incidents"), ("P2s last month", "P2", "last month"),
    ("Sev 2 outages", "Sev2", "outages"), ("sev-1", "Sev1", ""), ("severity 3 outages", "Sev3", "outages"),
    ("AB级事故", "AB级", "事故"), ("a级的故障", "A级", "的故障"), ("P1和P2的事故", "P1 P2", "和 的事故"),
    ("P0/P1事件", "P0 P1", "/ 事件"), ("P1 p1", "P1", ""), ("S1事件", "S1", "事件"),
    ("P95耗时", "", "P95耗时"), ("p99 latency", "", "p99 latency"), ("P2P业务的故障", "", "P2P业务的故障"),
    ("iPhone 4s", "", "iPhone 4s"), ("高级别事故", "", "高级别事故"), ("超级故障", "", "超级故障"), ("", "", ""),
])  # fmt: skip
def test_the_severities_that_are_asked_for(text: str, grades: str, left: str) -> None:
    """P1, Sev 2, AB级 and their plurals, each once and as answers compare them; P95, P2P and 4s are no severities."""
    found, rest = take_grades(text)
    assert (found, words(rest)) == (grades, left)


@pytest.mark.parametrize(("kind", "text", "aspect"), [
    (Kind.INCIDENTS, "上月出过几次故障", "count"), (Kind.INCIDENTS, "how many outages", "count"),
    (Kind.INCIDENTS, "影响最大的事故", "worst"), (Kind.INCIDENTS, "根因是什么", "cause"),
    (Kind.INCIDENTS, "why did it happen", "cause"), (Kind.INCIDENTS, "按系统统计故障", "by_system"),
    (Kind.INCIDENTS, "每个月几起", "by_month"), (Kind.INCIDENTS, "恢复了吗", "open"),
    (Kind.INCIDENTS, "持续了多久", "duration"), (Kind.INCIDENTS, "怎么处理的", "handling"),
    (Kind.METRICS, "成功率最低是哪周", "lowest"), (Kind.METRICS, "when was it highest", "highest"),
    (Kind.METRICS, "平均多少", "mean"), (Kind.METRICS, "达标了吗", "target"), (Kind.METRICS, "为什么跌了", "why"),
    (Kind.METRICS, "比上周涨了吗", "against"), (Kind.METRICS, "did it go up", "change"),
    (Kind.SLIPS, "为什么延期", "why"), (Kind.SLIPS, "推迟最多的", "most"), (Kind.SLIPS, "不止一次延期的", "repeated"),
    (Kind.SLIPS, "提前了的", "forward"),
    (Kind.PLAN, "没完成的", "undone"), (Kind.PLAN, "计划外的", "unplanned"), (Kind.PLAN, "后来没下文的", "dropped"),
    (Kind.RISKS, "在等谁", "waiting"), (Kind.RISKS, "没进展的", "stalled"), (Kind.RISKS, "blocked", "blocked"),
    (Kind.MISSING, "谁交晚了", "late"), (Kind.SILENT, "好久没提的", "long"),
    (Kind.STATUS, "为什么", None), (Kind.INCIDENTS, "银联的", None),
])  # fmt: skip
def test_what_is_asked_of_a_kind(kind: Kind, text: str, aspect: str | None) -> None:
    """The aspect by its words; they are taken away, and a kind without a table has none."""
    found, left = take_aspect(query(text, kind), text)
    assert found.aspect == aspect
    assert (left != text) is (aspect is not None)


def test_details_are_taken_together() -> None:
    """Owner, bound and state of one question: each is understood, and no word of them is left."""
    found, left = take_details(query("?"), "叶知秋 90%以上 还没上线的", OWNERS)
    assert (found.owner, found.least, found.states, words(left)) == ("叶知秋", 90, ("open",), "的")


def test_what_will_soon_be_live_is_not_live() -> None:
    """快上线了 lists dates of the event and asks for nothing that is done."""
    found, _ = take_details(query("?", Kind.MILESTONES), "快上线了的", OWNERS)
    assert (found.event, found.states) == ("上线", ())


PIECES = st.sampled_from(["90%以上", "不到", "%", "叶知秋", "Lea", "P1", "级", "还没上线", "快完成", "ﬁ", "İ", "0"])


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=8).map("".join), st.sampled_from(list(Kind)))
@settings(max_examples=150, deadline=None)
def test_any_words_are_narrowed_by_something_or_nothing(text: str, kind: Kind) -> None:
    """Whatever stands there: the kind stays, an owner is one of those known, bounds are percentages."""
    found, _ = take_details(query(text, kind), text, OWNERS)
    assert found.kind is kind
    assert found.owner in (None, *OWNERS)
    assert found.least is None or found.least >= 0
    assert found.most is None or found.most >= -1


@pytest.mark.parametrize(
    ("question", "grades"),
    [("CD incidents in November", "CD级"), ("any AB outages", "AB级"), ("an incident", ""), ("db incident", "")],
)
def test_a_grade_without_its_sign_in_english(question: str, grades: str) -> None:
    """CD before incidents is the grade CD级; an article or another word of two letters is none."""
    assert take_grades(question)[0] == grades


@pytest.mark.parametrize(
    ("text", "grade"), [("any B-level incident", "B级"), ("level C incidents", "C级"), ("grade A outages", "A级")]
)
def test_a_grade_of_letters_in_english(text: str, grade: str) -> None:
    """A B-level incident is one of B级, as reports write it."""
    assert take_grades(text)[0] == grade
