"""What a team reported before: what a new report's form is made from, and what its text is held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from store.library import Library
from store.records import Goal, Incident, Item, Mention, Metric, ReportRef, Section, SectionKind, Update
from store.viewer import Viewer
from store.words.names import key
from store.words.normalise import has_cjk

WEEKS = 12  # that a metric's usual range is taken from
COMPARED = 4  # reports whose sections are expected


@dataclass(frozen=True, slots=True)
class Before:
    """The newest report of a team before a week, with what it tells, and what the ones before it had.

    `sections` are those of up to four reports, newest first; `values` the values of each metric in the last twelve
    weeks, by its group and name as compared, newest first; `open` the incidents that were told as open and not as over
    since.
    """

    report: ReportRef | None = None
    lines: tuple[str, ...] = ()
    items: tuple[tuple[Item, SectionKind | None], ...] = ()
    sections: tuple[tuple[Section, ...], ...] = ()
    updates: tuple[Mention[Update], ...] = ()
    metrics: tuple[Metric, ...] = ()
    goals: tuple[Mention[Goal], ...] = ()
    open: tuple[Mention[Incident], ...] = ()
    values: dict[tuple[str, str], tuple[float, ...]] | None = None

    @property
    def lang(self) -> str:
        """The language that the team writes in; "" without a report."""
        return ("zh" if any(map(has_cjk, self.lines[:40])) else "en") if self.report else ""


def reports_before(library: Library, viewer: Viewer, team: str, day: date) -> Before:
    """What `team` reported before the week of `day`, as far as the viewer may see it."""
    eve = day - timedelta(days=day.weekday() + 1)  # the Sunday before
    known = [r for r in library.reports_between(viewer, eve, None, eve) if r.team == team]
    if not known:
        return Before()
    last = known[0]
    start = last.report_date
    return Before(
        report=last,
        lines=library.lines(viewer, last),
        items=library.items(viewer, last),
        sections=tuple(library.sections(viewer, report) for report in known[:COMPARED]),
        updates=tuple(m for m in library.updates_between(viewer, eve, start, start) if m.report.id == last.id),
        metrics=library.metrics(viewer, last),
        goals=tuple(m for m in library.goals_between(viewer, eve, start, start) if m.report.id == last.id),
        open=_open(library, viewer, last, eve),
        values=_values(library, viewer, team, eve),
    )


def _open(library: Library, viewer: Viewer, last: ReportRef, eve: date) -> tuple[Mention[Incident], ...]:
    groups = library.incidents(viewer, eve, last.report_date - timedelta(weeks=4), eve)
    newest = [group[0] for group in groups if any(one.report.id == last.id for one in group)]
    return tuple(one for one in newest if one.report.team == last.team and one.record.closed is False)


def _values(library: Library, viewer: Viewer, team: str, eve: date) -> dict[tuple[str, str], tuple[float, ...]]:
    found: dict[tuple[str, str], tuple[float, ...]] = {}
    for mention in library.values_between(viewer, eve, eve - timedelta(weeks=WEEKS), eve):
        metric = mention.record
        if mention.report.team == team and metric.about is None:
            found[named(metric)] = (*found.get(named(metric), ()), metric.value)
    return found


def named(metric: Metric) -> tuple[str, str]:
    """A metric's group and name as they are compared."""
    return key(metric.group or ""), key(metric.name)
