"""Which weeks have a report: per team, week by week, with what was handed in late."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.answers.context import Context
from store.reading.vocabulary import pattern
from store.records import Citation, ReportRef
from store.words.holidays import has_working_day
from store.words.normalise import fold

FRIDAY = 4
HEAD_LINES = 15
EXPORTED_AFTER_DAYS = 14  # nobody hands in a weekly report so late; the page was exported then
MOST_WEEKS = 520
LAST_WEEK = 53


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A week by its Monday."""

    monday: date

    @property
    def friday(self) -> date:
        """The day on which its reports are due."""
        return self.monday + timedelta(days=FRIDAY)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    def covered_by(self, report: ReportRef) -> bool:
        """Whether the report is that week's: dated in it (a Thursday before a holiday, a make-up Sunday), or written
        for a period that holds its Friday."""
        dated = self.monday <= report.report_date <= self.sunday
        return dated or report.period_start <= self.friday <= report.period_end


@dataclass(frozen=True, slots=True)
class Late:
    """A report that says that it was handed in after its Friday; `line` is where it says so."""

    report: ReportRef
    at: datetime
    line: int


def week_around(day: date) -> Week:
    """The week that holds the day."""
    return Week(day - timedelta(days=day.weekday()))


def due_week(as_of: date) -> Week:
    """The newest week whose Friday has passed."""
    week = week_around(as_of)
    return week if week.friday < as_of else Week(week.monday - timedelta(days=7))


def weeks_between(start: date, end: date) -> list[Week]:
    """The weeks of the range, oldest first; of a very long one the newest."""
    mondays = range(week_around(start).monday.toordinal(), end.toordinal() + 1, 7)
    return [Week(date.fromordinal(monday)) for monday in mondays[-MOST_WEEKS:]]


def by_team(reports: Sequence[ReportRef]) -> dict[str, list[ReportRef]]:
    """The reports of each team by its name, newest first; those of nobody are left out."""
    found: dict[str, list[ReportRef]] = {}
    for report in reports:
        if report.team:
            found.setdefault(report.team, []).append(report)
    return dict(sorted(found.items()))


def missing_weeks(reports: Sequence[ReportRef], weeks: Sequence[Week]) -> list[Week]:
    """Those of the weeks for which none of a team's reports is, from its first report on; a week without any working
    day needs none."""
    first = min((week_around(min(r.period_start, r.report_date)) for r in reports), default=None)
    return [week for week in weeks if first is not None and first <= week
            and not any(map(week.covered_by, reports)) and has_working_day(week.monday, week.sunday)]  # fmt: skip


def handed_in_late(context: Context, reports: Sequence[ReportRef]) -> list[Late]:
    """The reports of one team that say that they were handed in after their week's Friday, newest first.

    A day that several reports give was the day of an export, and says nothing: `Created:` of a whole folder.
    """
    told = context.library.created(context.viewer, context.as_of, [report.id for report in reports])
    days = Counter(at.date() for at in told.values())
    late = [(report, told[report.id]) for report in reports if report.id in told]
    return [
        Late(report, at, line)
        for report, at in late
        if days[at.date()] == 1
        and 0 < (at.date() - _due(report)).days <= EXPORTED_AFTER_DAYS
        and (line := _line_of(context, report)) is not None
    ]


def _due(report: ReportRef) -> date:
    return max(report.report_date, week_around(report.report_date).friday)


def _line_of(context: Context, report: ReportRef) -> int | None:
    """The line of the head that gives the time."""
    said = pattern("head", "created", then=r"\s*\**\s*[:：]")
    lines = context.library.lines(context.viewer, report)
    return next((at for at, line in enumerate(lines[:HEAD_LINES], 1) if said.search(fold(line))), None)


def cite_head(context: Context, report: ReportRef) -> Citation:
    """The first line of a report that says anything: its title, with the week or the date."""
    lines = context.library.lines(context.viewer, report)
    return context.cite(report, next((at for at, line in enumerate(lines, 1) if line.strip("\ufeff \t#-=")), 1))


def week_text(context: Context, week: Week) -> str:
    """A week by its days: `12/4–12/10`."""
    return context.days(week.monday, week.sunday)


def week_label(reports: Sequence[ReportRef], week: Week) -> str:
    """What a team's report of a week without one would call itself, by the label of the nearest that it wrote: 第45周
    between 第44周 and 第46周. Empty where none has a number, or the year turned in between."""
    numbered = [(report, found) for report in reports if (found := re.search(r"\d+", report.label or ""))]
    if not numbered:
        return ""
    near, found = min(numbered, key=lambda each: abs((each[0].report_date - week.friday).days))
    number = int(found[0]) + (week.monday - week_around(near.report_date).monday).days // 7
    label = near.label or ""
    shown = str(number).zfill(len(found[0]))
    return f"{label[: found.start()]}{shown}{label[found.end() :]}" if 0 < number <= LAST_WEEK else ""


def week_names(context: Context, weeks: Sequence[Week], reports: Sequence[ReportRef], most: int = 8) -> str:
    """Weeks one after the other, the newest of many, each with the label that a report of the team would have."""
    between = "、" if context.query.lang == "zh" else ", "
    shown = [" ".join(filter(None, [week_label(reports, week), week_text(context, week)])) for week in weeks[-most:]]
    return ("… " if len(weeks) > most else "") + between.join(shown)
