"""Incidents that several reports tell: which are one, which stay two, and in what order they come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from support.written import written

from store.library import Library
from store.viewer import EVERYONE

LATER = date(2023, 12, 31)
PUT = Callable[..., None]
WEEK_39 = "# 第39周 2023-09-22"
APART = [
    ("9/14 18:02 撤销报错", "9/14 18:25 撤销报错"), ("9/14 18:02 撤销报错", "9/13 18:02 撤销报错"),
    ("9/14 撤销接口报错", "9/14 清算文件延迟到达"), ("9/14 18:02 撤销接口报错", "9/14 清算文件延迟到达"),
    ("撤销接口报错", "撤销接口报错"), ("9/14 18:02 网联超时", "9/14 18:05 报表导出失败"),
    ("9/14 网联通道超时", "9/14 网联证书过期"), ("9/14 银联超时", "9/14 清算文件延迟（上周已报）"),
]  # fmt: skip
TOGETHER = [
    ("9/14 18:02 撤销报错", "9/14 18:02 撤销报错"), ("9/14 18:02 撤销接口报错", "2023-09-14 18:02 修复了撤销的问题"),
    ("9/14 18:02 撤销报错", "9/14 18:05 撤销报错"), ("9/14 18:02 网联代付通道超时", "9/14 18:00 网联代付通道不可用"),
    ("9/14 18:02 拉卡拉退货通知丢失3笔", "9/14 退货通知（上周已报）"), ("撤销接口报错", "撤销接口报错（上周已报）"),
    ("9/14 18:02 Gateway timeout", "9/14 18:02 POS gateway timeout, reported last week"),
    ("9/14 18:02 海棠退款重试导致重复入账5笔", "9/14重复退款事件:剩余2笔已追回"),
    ("9/14 18:02 timeouts at the vendor Lumen", "Lumen timeouts of 14 September: a pool was too small. Closed."),
    ("9/14 18:02 撤销接口报错", "9/14 撤销接口报错，影响2笔"), ("9/14 撤销接口报错", "9月14日 撤销接口报错复盘"),
]  # fmt: skip


def told(*incidents: str, title: str = "# 第38周 2023-09-15") -> str:
    """A report that tells these incidents."""
    return written("## 生产稳定性事件", *(f"- {incident}" for incident in incidents), title=title)


def groups(library: Library, start: date | None = None, end: date = LATER) -> list[list[tuple[str, int]]]:
    """Where each incident is told, newest first."""
    found = library.incidents(EVERYONE, LATER, start, end)
    return [[(mention.report.source, mention.record.line) for mention in group] for group in found]


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_the_same_incident_in_two_reports_is_one(library: Library, put: PUT, one: str, other: str) -> None:
    """The same minute; some minutes off with a like title or system; the same day with a like title and a time on one
    side at most; and what says of itself that it was told before, with less."""
    put(told(one), name="a.md")
    put(told(other, title=WEEK_39), name="b.md")
    assert groups(library) == [[("b.md", 4), ("a.md", 4)]]


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_incidents_stay_apart(library: Library, put: PUT, one: str, other: str) -> None:
    """Another time, another day, another title of the same day, or no date at all: two incidents."""
    put(told(one), name="a.md")
    put(told(other, title=WEEK_39), name="b.md")
    assert sorted(groups(library)) == [[("a.md", 4)], [("b.md", 4)]]


def test_another_teams_incident_is_its_own(library: Library, put: PUT) -> None:
    """Two teams that tell of the same minute are counted apart: identity is per team."""
    put(told("9/14 18:02 撤销报错"), team="甲组", name="a.md")
    put(told("9/14 18:02 撤销报错"), team="乙组", name="b.md")
    assert sorted(groups(library)) == [[("a.md", 4)], [("b.md", 4)]]


@pytest.mark.parametrize("incidents", [
    ("9/14 18:02 撤销报错", "9/14 18:02 清算文件延迟"),
    ("9/14 网联通道超时，影响3笔", "9/14 银联通道超时，影响5笔"),
])  # fmt: skip
def test_two_bullets_of_one_report_are_two_incidents(library: Library, put: PUT, incidents: tuple[str, str]) -> None:
    """A report that lists two incidents of one day has two, however like they sound."""
    put(told(*incidents))
    assert len(groups(library)) == 2


def test_a_range_holds_what_happened_in_it(library: Library, put: PUT) -> None:
    """An incident counts by its own day, both ends of the range included, and not by its report's date."""
    put(told("9/8 10:00 对账中断", "9/11 10:00 登录超时", "9/14 18:02 撤销报错"))
    assert groups(library, date(2023, 9, 11), date(2023, 9, 14)) == [[("report.md", 6)], [("report.md", 5)]]
    assert groups(library, date(2023, 9, 12), date(2023, 9, 13)) == []


def test_an_undated_incident_counts_by_its_report(library: Library, put: PUT) -> None:
    """Without a date of its own an incident belongs to the day of the report that tells it."""
    put(told("登录页面打不开"))
    assert groups(library, date(2023, 9, 15), date(2023, 9, 15)) == [[("report.md", 4)]]
    assert groups(library, None, date(2023, 9, 14)) == []


@pytest.mark.parametrize("incidents", [
    ("9/10 09:00 甲系统登录超时", "9/14 18:02 乙系统撤销报错"),
    ("9/14 18:02 乙系统撤销报错", "9/10 09:00 甲系统登录超时"),
])  # fmt: skip
def test_the_newest_incident_comes_first(library: Library, put: PUT, incidents: tuple[str, str]) -> None:
    """Incidents run newest first by when they happened, in whatever order a report lists them."""
    put(told(*incidents))
    moments = [str(group[0].record.occurred_at) for group in library.incidents(EVERYONE, LATER, None, LATER)]
    assert moments == ["2023-09-14 18:02:00", "2023-09-10 09:00:00"]


def test_a_report_that_says_none_is_the_proof(library: Library, put: PUT) -> None:
    """The line 本周无生产事件 is known with its report, and a report that tells of an incident says no such thing."""
    put(told("本周无生产事件"), name="a.md")
    put(told("9/21 10:00 登录超时", title=WEEK_39), name="b.md")
    refs = library.reports_between(EVERYONE, LATER, None, LATER)
    said = library.says_no_incident(EVERYONE, LATER, [ref.id for ref in refs])
    assert {ref.source: said.get(ref.id) for ref in refs} == {"a.md": 4, "b.md": None}


@pytest.mark.parametrize(("listed", "retold"), [
    (("9/14 网联通道超时", "9/14 银联通道超时"), "9/14 网联通道超时复盘"),
    (("9/14 18:02 撤销报错", "9/14 18:02 清算文件延迟"), "9/14 18:02 撤销报错已修复"),
])  # fmt: skip
def test_a_retelling_never_draws_two_together(library: Library, put: PUT, listed: tuple[str, str], retold: str) -> None:
    """What one report lists as two stays two when a later report tells one of them again."""
    put(told(*listed), name="a.md")
    put(told(retold, title=WEEK_39), name="b.md")
    assert sorted(groups(library)) == [[("a.md", 5)], [("b.md", 4), ("a.md", 4)]]


def test_contradicting_figures_are_both_kept(library: Library, put: PUT) -> None:
    """98 in one report and 103 in the next: one incident, told by both, each with its own figure and line."""
    put(told("9/14 02:10 网联超时，影响98笔"), name="a.md")
    put(told("9/14 02:12 网联超时，影响103笔（上周已报）", title=WEEK_39), name="b.md")
    (group,) = library.incidents(EVERYONE, LATER, None, LATER)
    assert [(mention.report.source, "98" in str(mention.record)) for mention in group] == [
        ("b.md", False), ("a.md", True)
    ]  # fmt: skip
