"""Lines that go on with an incident that an earlier report told."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from store.reading.follow_ups import read_follow_up
from store.reading.incidents import read_incident

ON = date(2023, 9, 29)


def _told(text: str) -> tuple[date | None, str, str | None]:
    found = read_incident(text, 9, 9, ON)
    return found.occurred_at, found.title, found.cause


@pytest.mark.parametrize(("text", "title", "cause"), [
    ("9/12海棠网关超时根因：线程池过小，已扩容。", "海棠网关超时根因", "线程池过小，已扩容。"),
    ("9/12 海棠网关超时后续：原因为线程池过小", "海棠网关超时后续", "原因为线程池过小"),
    ("9/12海棠网关超时原因已查明，系线程池过小", "海棠网关超时原因已查明", "系线程池过小"),
    ("9/12海棠网关超时根因为线程池过小", "海棠网关超时根因", "为线程池过小"),
    ("9/12海棠网关超时处理进展：客户已全部回访", "海棠网关超时处理进展", None),
])  # fmt: skip
def test_a_line_that_goes_on_has_the_day_the_name_and_the_cause(text: str, title: str, cause: str | None) -> None:
    """`9/12海棠网关超时根因：…` speaks of the 9/12, names the incident, and gives its cause where it tells one."""
    assert _told(text) == (date(2023, 9, 12), title, cause)


@pytest.mark.parametrize("text", [
    "Follow-up on the 12 Sep gateway failure: the cause was a small thread pool",
    "Root cause of the 12 Sep gateway failure: a small thread pool",
    "Post-mortem for the 12 Sep gateway failure: caused by a small thread pool",
])  # fmt: skip
def test_the_same_in_english(text: str) -> None:
    """`Follow-up on the 12 Sep …` is of 12 September, and what it tells of the cause is the cause."""
    day, title, cause = _told(text)
    assert (day, title) == (date(2023, 9, 12), text.partition(":")[0])
    assert cause == text.partition(": ")[2]


def test_what_it_counts_is_no_count_of_the_incident() -> None:
    """剩余1笔 in a later report contradicts no 2笔 of the first."""
    found = read_incident("9/12重复付款后续：剩余1笔9/27追回，事件关闭", 9, 9, ON)
    assert (found.counts, found.impact) == ((), None)


@pytest.mark.parametrize("text", [
    "海棠网关超时，持续6分钟，影响30笔", "根本原因：线程池过小", "原因：线程池过小", "gateway down: 30 payments failed",
    "Updated gateway refused logins for 6 minutes",
])  # fmt: skip
def test_what_tells_an_incident_itself_goes_on_with_none(text: str) -> None:
    """A story, a bare label and a title with its effect are no follow-ups."""
    assert read_follow_up(text) is None


def test_a_time_of_its_own_tells_an_incident_anew() -> None:
    """With day and time the line is an incident, whatever its first clause ends in."""
    assert _told("9/12 08:05 海棠网关超时原因：线程池过小")[0] == datetime(2023, 9, 12, 8, 5)
