"""A team at a glance, as facts: its newest report, what is under way, what comes due, incidents, figures, changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from bot.answers.context import Context
from bot.answers.courses import Course
from bot.answers.projects import Chosen
from bot.answers.rows import Row
from bot.answers.underway import OpenDate, figure
from store.linking.milestones import Move
from store.records import Goal, Incident, Mention, Metric, ReportRef

AHEAD_DAYS = 14
INCIDENT_DAYS = 28
Told = tuple[Mention[Incident], ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A planned day of a project that comes within two weeks, or has passed."""

    row: Row
    date: OpenDate


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric of the newest report beside what it was before: as that report itself says (`stated`), else as the
    report before has it."""

    now: Mention[Metric]
    before: Decimal | None
    source: Mention[Metric] | None

    @property
    def change(self) -> Decimal | None:
        """The difference to the value before, exact."""
        return None if self.before is None else exact(self.now.record.value) - self.before


@dataclass(frozen=True, slots=True)
class Changes:
    """What the newest report changes against the ones before: projects that are new, finished, further, back, and dates
    that moved."""

    new: tuple[Course, ...]
    finished: tuple[Course, ...]
    further: tuple[Course, ...]
    back: tuple[Course, ...]
    moves: tuple[tuple[Course, Move], ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """One team on a day: `reports` are all of it, newest first."""

    team: str | None
    reports: tuple[ReportRef, ...]
    rows: tuple[Row, ...]
    due: tuple[Due, ...]
    incidents: tuple[Told, ...]
    changes: Changes

    @property
    def newest(self) -> ReportRef:
        """Its newest report."""
        return self.reports[0]

    @property
    def overdue(self) -> tuple[Due, ...]:
        """The planned days that have passed."""
        return tuple(due for due in self.due if due.date.overdue)

    @property
    def open_incidents(self) -> tuple[Told, ...]:
        """The incidents that the newest report on them says aren't over."""
        return tuple(told for told in self.incidents if told[0].record.closed is False)


def glances(context: Context, found: Sequence[Course], reports: Sequence[ReportRef]) -> list[Glance]:
    """Each team of these reports, by name."""
    by_team: dict[str | None, list[ReportRef]] = {}
    for report in reports:
        by_team.setdefault(report.team, []).append(report)
    now = replace(context, query=replace(context.query, range=None, words="", states=(), owner=None, event=None,
                                         least=None, most=None, project=None))  # fmt: skip
    chosen = Chosen(now, found, tuple(reports), {team: told[0] for team, told in by_team.items()})
    rows, first = chosen.rows(), context.as_of - timedelta(days=INCIDENT_DAYS - 1)
    incidents = context.library.incidents(context.viewer, context.as_of, first, context.as_of)
    return [
        _glance(context, team, tuple(told), [r for r in rows if r.newest.team == team],
                [i for i in incidents if i[0].report.team == team], [c for c in found if c.project.team == team],
                chosen)
        for team, told in sorted(by_team.items(), key=lambda each: each[0] or "")
    ]  # fmt: skip


def _glance(
    context: Context, team: str | None, reports: tuple[ReportRef, ...], rows: Sequence[Row],
    incidents: Sequence[Told], found: Sequence[Course], chosen: Chosen,
) -> Glance:  # fmt: skip
    last = context.as_of + timedelta(days=AHEAD_DAYS - 1)
    due = [Due(row, one) for whole in rows for row in whole.family for one in row.dates if one.milestone.start <= last]
    due.sort(key=lambda each: (each.date.milestone.end, each.date.milestone.start))
    counted = [course for course in found if course.project.subject not in chosen.short_names]
    return Glance(team, reports, tuple(rows), tuple(due), tuple(incidents), _changes(counted, reports))


def _changes(found: Sequence[Course], reports: Sequence[ReportRef]) -> Changes:
    newest = reports[0].id
    told = [course for course in found if any(m.report.id == newest for m in course.mentions)]
    before = {c.project.subject: earlier for c in told if (earlier := _before(c, newest)) is not None}
    finished = [c for c in told if c.finished and (c.project.subject not in before
                or before[c.project.subject].finished is None)]  # fmt: skip
    moved = [(_compared(c, before.get(c.project.subject)), c) for c in told]
    return Changes(
        new=tuple(c for c in told if c.project.subject not in before) if len(reports) > 1 else (),
        finished=tuple(finished),
        further=tuple(c for delta, c in moved if delta > 0),
        back=tuple(c for delta, c in moved if delta < 0),
        moves=tuple((c, s.moves[-1]) for c in told for s in c.series
                    if s.moves and s.moves[-1].new.mention.report.id == newest),
    )  # fmt: skip


def _before(course: Course, newest: int) -> Course | None:
    """The project as it was before the newest report; None where that is the first to speak of it."""
    mentions = tuple(m for m in course.mentions if m.report.id != newest)
    return Course(course.project, mentions, course.series) if mentions else None


def _compared(course: Course, before: Course | None) -> float:
    """By how much its progress rose against the last figure before."""
    now, then = figure(course), before.progress if before else None
    if now is None or then is None or now[1].report.id != course.mentions[0].report.id:
        return 0.0
    return now[0] - then[0]


def goals(context: Context, report: ReportRef) -> tuple[Goal, ...]:
    """What the report promises for the next week."""
    return context.library.goals(context.viewer, report)


def figures(context: Context, reports: Sequence[ReportRef]) -> list[Figure]:
    """The metrics of the newest report in its order, those that speak of another week left out."""
    newest, start = reports[0], reports[min(1, len(reports) - 1)].report_date
    told = context.library.values_between(context.viewer, context.as_of, start, newest.report_date)
    own = [m for m in told if m.report.team == newest.team]
    return [_figure(m, own) for m in own if m.report.id == newest.id and m.record.about is None]


def _figure(now: Mention[Metric], told: Sequence[Mention[Metric]]) -> Figure:
    metric = now.record
    if metric.previous is not None:
        return Figure(now, exact(metric.previous), now)
    older = [m for m in told if m.subject == now.subject and m.report.id != now.report.id
             and (m.record.unit, m.record.about, m.record.name) == (metric.unit, None, metric.name)]  # fmt: skip
    if not older:
        return Figure(now, None, None)
    source = older[0]
    corrected = (m for m in told if m.subject == now.subject and m.report.id == now.report.id
                 and m.record.corrects == source.record.value)  # fmt: skip
    source = next(corrected, source)
    return Figure(now, exact(source.record.value), source)


def exact(value: float) -> Decimal:
    """The number as it is written, without what binary fractions add to it."""
    return Decimal(str(value))


def number(value: Decimal, *, signed: bool = False) -> str:
    """`1467`, `99.36`, `+0.06`."""
    text = f"{value.normalize():f}"
    return f"+{text}" if signed and value > 0 else text


def week_of(day: date) -> tuple[date, date]:
    """The Monday and the Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
