"""Rows of weeks: those that say nothing, and as many at once as a person reads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from bot.answers.context import Context
from store.records import ReportRef

Row = TypeVar("Row")

MOST_ROWS = 13  # the weeks of a quarter


@dataclass(frozen=True, slots=True)
class Gap:
    """A week that says nothing: its Monday, and its report where there is one."""

    monday: date
    report: ReportRef | None

    @property
    def day(self) -> date:
        """The day by which it stands among the reports."""
        return self.report.report_date if self.report else self.monday


def monday_of(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def gaps(told: Collection[date], reports: Sequence[ReportRef], first: date | None, last: date) -> tuple[Gap, ...]:
    """The weeks between `first` and `last` in which none of the days `told` lies, oldest first, as far as the reports
    (of one team) reach."""
    dated = [r.report_date for r in reports]
    if not dated:
        return ()
    start, end = max(first or min(dated), min(dated)), min(last, max(dated))
    known, by_week = set(map(monday_of, told)), {monday_of(r.report_date): r for r in reports}
    mondays = map(date.fromordinal, range(monday_of(start).toordinal(), end.toordinal() + 1, 7))
    found = (Gap(monday, by_week.get(monday)) for monday in mondays if monday not in known)
    return tuple(gap for gap in found if _inside(gap, start, end))


def _inside(gap: Gap, start: date, end: date) -> bool:
    """Whether the week's report lies in the range; of a week without one, the whole week."""
    if gap.report is not None:
        return start <= gap.report.report_date <= end
    return start <= gap.monday and gap.monday + timedelta(days=6) <= end


def week_page(context: Context, rows: Sequence[Row]) -> tuple[Sequence[Row], int]:
    """The rows (oldest first) that come after those that the asker has seen, and how many are left then.

    A range is read from its start; without one the newest weeks come first, and further pages go back in time.
    """
    seen = context.query.skip
    if context.query.range:
        shown = rows[seen : seen + MOST_ROWS]
    else:
        end = max(0, len(rows) - seen)
        shown = rows[max(0, end - MOST_ROWS) : end]
    return shown, max(0, len(rows) - seen - len(shown))


def team_reports(context: Context, team: str | None) -> tuple[ReportRef, ...]:
    """The reports of the team, newest first."""
    seen = context.viewer.only(team) if team else context.viewer
    return context.library.reports_between(seen, context.as_of, None, context.as_of)
