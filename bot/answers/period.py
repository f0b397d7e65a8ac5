"""Which days a question speaks of: its range, by the reports' own week labels, and slid back where nothing is newer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.answers.context import Context
from bot.answers.model import Para, Style, plain
from store.records import ReportRef

# A label stands for a week of the year around the asked one, and not for last year's week of the same number.
SAME_YEAR_DAYS = 190
LAST_WEEK = 53


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day (a start of None is since ever). `slid` where "last 4 weeks" lie after the newest report and
    the same span up to that report was taken. `labelled` are the reports that call themselves by the asked weeks."""

    start: date | None
    end: date
    slid: bool = False
    labelled: tuple[ReportRef, ...] = ()

    def holds(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return (self.start is None or self.start <= day) and day <= self.end


def period(context: Context, team: str | None = None) -> Period:
    """The period of the question; up to its day where it names none.

    Week 12 is that of the report that calls itself so: of the `team`, else of the team whose project or figure is asked
    for, since another team's week 12 may be other days; of every team where none is meant.
    """
    asked = context.query.range
    if asked is None:
        return Period(None, context.as_of)
    labelled = _labelled(context, {team} if team else _teams(context))
    if labelled:
        open_ended = asked.weeks is not None and asked.weeks[1] == LAST_WEEK
        end = asked.end if open_ended else max(report.period_end for report in labelled)
        return Period(min(report.period_start for report in labelled), end, labelled=labelled)
    span = context.library.span(context.viewer, context.as_of)
    newest = span[2] if span else context.as_of
    if asked.relative and asked.start and asked.start > newest:
        return Period(asked.start - (asked.end - newest), newest, slid=True)
    return Period(asked.start, asked.end)


def _teams(context: Context) -> set[str]:
    query = context.query
    meant = [query.project] if query.project else query.metrics
    return {one.team for one in meant if one.team}


def _labelled(context: Context, teams: set[str]) -> tuple[ReportRef, ...]:
    asked = context.query.range
    if asked is None or asked.weeks is None:
        return ()
    numbers = range(asked.weeks[0], asked.weeks[1] + 1)
    found = context.library.reports_labelled(context.viewer, context.as_of, numbers)
    near = (report for report in found if abs((report.report_date - asked.end).days) < SAME_YEAR_DAYS)
    return tuple(report for report in near if not teams or report.team in teams)


def slid(context: Context, days: Period) -> list[Para]:
    """That "last 4 weeks" was taken to end with the newest report, where it was."""
    asked = context.query.range
    if not days.slid or asked is None:
        return []
    words = context.range_text(asked.start, asked.end)
    return [Para(plain(context.say("answer.shifted", asked=words, end=days.end), Style.WARN))]
