"""The record of one incident: which pages are one, when it began, and what it says of impact and handling."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from support.written import read

from store.reading import read_report
from store.records import Incident, Report

TABLE = (
    "| Time (UTC) | Event |", "|---|---|", "| 2023-09-10 09:00 | Deploy of the new gateway |",
    "| 2023-09-10 09:08 | First errors |", "| 2023-09-10 09:20 | Alert fires |", "| 2023-09-10 09:53 | Rolled back |",
)  # fmt: skip
HEADINGS = (
    "### 2023-09-10 09:00", "", "Deploy of the new gateway", "", "### 09:08", "", "First errors", "", "### 09:20", "",
    "Alert fires", "", "### 09:53", "", "Rolled back",
)  # fmt: skip
BULLETS = (
    "- 2023-09-10 09:00 Deploy of the new gateway",
    "- 09:08 First errors",
    "- 09:20 Alert fires",
    "- 09:53 Rolled back",
)
SUMMARY = ("## Summary", "", "All was calm. Logins were unavailable for an hour. We rolled back the gateway.", "")


def page(*timeline: str, title: str = "# Login gateway down", stats: tuple[str, ...] = ()) -> Report:
    """The record of an incident with this timeline, and with these statistics where there are some."""
    lines = [*SUMMARY, *(["## Stats", "", *stats, ""] if stats else []), "## Timeline", "", *timeline]
    return read(*lines, "", "## Root cause", "", "A full pool.", title=title)


def only(report: Report) -> Incident:
    """The one incident of a report."""
    (found,) = report.incidents
    return found


@pytest.mark.parametrize("timeline", [TABLE, HEADINGS, BULLETS])
def test_it_begins_with_its_first_moment(timeline: tuple[str, ...]) -> None:
    """From a table, from headings and from bullets; a time alone is of the day before it."""
    found = only(page(*timeline))
    assert (found.occurred_at, found.title, found.line) == (datetime(2023, 9, 10, 9, 0), "Login gateway down", 1)


@pytest.mark.parametrize("timeline", [TABLE, HEADINGS, BULLETS])
@pytest.mark.parametrize(("stats", "minute"), [
    (("- Time to detection: 12 minutes", "- Time to recovery: 45 minutes"), 8),
    (("检测：12分钟", "", "恢复：45分钟"), 8),
    (("Detected after 20 minutes", "", "Recovered after 53 min"), 0), (("Detected after 33 minutes",), 20),
])  # fmt: skip
def test_it_begins_where_its_own_spans_say(timeline: tuple[str, ...], stats: tuple[str, ...], minute: int) -> None:
    """Detected after 12 minutes and over after 45 means 09:08, for alert and end stand at 09:20 and 09:53."""
    assert only(page(*timeline, stats=stats)).occurred_at == datetime(2023, 9, 10, 9, minute)


@pytest.mark.parametrize(
    "planned", ["Planned maintenance begins", "Scheduled upgrade of the gateway", "计划内变更开始"]
)
def test_planned_work_is_no_beginning(planned: str) -> None:
    """Without spans the first moment counts that is no work that was planned."""
    lines = (f"- 2023-09-10 08:00 {planned}", "- 09:08 First errors", "- 09:53 Rolled back")
    assert only(page(*lines)).occurred_at == datetime(2023, 9, 10, 9, 8)


def test_the_night_goes_on_into_the_next_day() -> None:
    """A moment that writes a new day begins it, and the times behind it are of that day."""
    lines = ("- 2023-09-10 23:50 Errors", "- 2023-09-11 00:10 Alert", "- 00:40 Rolled back")
    assert only(page(*lines, stats=("- Recovery: 30 minutes",))).occurred_at == datetime(2023, 9, 11, 0, 10)


@pytest.mark.parametrize(
    ("clock", "hour"), [("9:08 AM", 9), ("9:08 PM", 21), ("12:08 AM", 0), ("12:08 PM", 12), ("21:08", 21)]
)
def test_half_a_day_has_twelve_hours(clock: str, hour: int) -> None:
    """am and pm, noon and midnight."""
    assert only(page(f"- 2023-09-10 {clock} First errors")).occurred_at == datetime(2023, 9, 10, hour, 8)


@pytest.mark.parametrize(("title", "said"), [
    ("# Login gateway down", "Login gateway down"), ("# 2023-09-10, Login gateway down", "Login gateway down"),
    ("# 2023-09-10: Login gateway down", "Login gateway down"),
    ("# 2023-09-10 - Login gateway down", "Login gateway down"),
    ("# 2023-09-10 9:00AM UTC, Login gateway down", "Login gateway down"),
    ("# Login gateway down (2023-09-10)", "Login gateway down (2023-09-10)"),
])  # fmt: skip
def test_the_title_is_the_pages_without_its_day(title: str, said: str) -> None:
    """A day that opens the title is no part of what happened; one behind it stays."""
    assert only(page(*BULLETS, title=title)).title == said


def test_the_day_of_the_title_dates_bare_times() -> None:
    """Where the timeline has no day, its times are of the day in the title, and so is the report."""
    report = page("- 09:08 First errors", "- 09:53 Rolled back", title="# 2023-09-10, Login gateway down")
    assert (only(report).occurred_at, report.report_date) == (datetime(2023, 9, 10, 9, 8), date(2023, 9, 10))


def test_a_record_without_a_date_is_of_the_day_when_it_began() -> None:
    """The timeline's first day dates the report, whose week is the one around it."""
    report = page(*TABLE)
    assert report.report_date == date(2023, 9, 10)
    assert (report.period_start, report.period_end) == (date(2023, 9, 4), date(2023, 9, 10))
    assert [n.code for n in report.notices if n.code == "undated"] == []


def test_impact_and_handling_are_sentences_of_the_record() -> None:
    """The first sentence that tells an effect and the first that tells a repair, as written."""
    found = only(page(*BULLETS))
    assert (found.impact, found.handling) == ("Logins were unavailable for an hour.", "We rolled back the gateway.")


def test_a_chinese_record_is_one() -> None:
    """概述, 时间线, 根因 and 改进 are the headings of a record, too."""
    lines = ("## 概述", "", "登录不可用，影响7笔支付。", "", "## 时间线", "", "- 2023-09-10 09:08 登录开始报错",
             "- 09:53 网关回滚", "", "## 根因", "", "连接池满。", "", "## 改进", "", "- 加监控")  # fmt: skip
    found = only(read(*lines, title="# 登录网关雪崩"))
    assert (found.occurred_at, found.title) == (datetime(2023, 9, 10, 9, 8), "登录网关雪崩")
    assert found.impact == "登录不可用，影响7笔支付。"


@pytest.mark.parametrize("lines", [
    ("## Summary", "", "Calm.", "", "## Root cause", "", "None."), ("## Timeline", "", "- 2023-09-10 09:08 Errors"),
    ("## Summary", "", "Calm.", "", "## Timeline", "", "Nobody wrote one."),
    ("## Summary", "", "Calm.", "", "## Timeline", "", "- 09:08 Errors of an unknown day"),
])  # fmt: skip
def test_other_pages_are_no_record(lines: tuple[str, ...]) -> None:
    """Without a timeline, without a summary or causes, or without a moment that has a day, there is no incident."""
    report = read(*lines, title="# Login gateway down")
    assert (report.incidents, report.report_date) == ((), None)


def test_a_weekly_report_with_a_timeline_stays_a_report() -> None:
    """A record claims no projects, figures or goals, and a report without a record's headings is none."""
    report = read_report(
        "# 第38周 2023-09-15\n\n## 项目进展\n\n- 海风平台：进度40%\n\n## 里程碑\n\n- 2023-09-26 10:00 上线\n"
    )
    assert ([u.name for u in report.updates], report.incidents) == (["海风平台"], ())
