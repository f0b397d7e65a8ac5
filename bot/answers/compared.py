"""Two reports of one team side by side: which projects are new, further, finished or gone, which days moved, and what
the figures were and are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.answers.context import Context
from bot.answers.courses import Course
from bot.answers.glance import Figure, exact
from bot.answers.moves import Moved, moves_of
from store.linking.milestones import Telling
from store.records import Mention, Metric, ReportRef, SectionKind, State, Update
from store.words.normalise import fold

TURNS = (State.BLOCKED, State.PAUSED, State.DELAYED)


@dataclass(frozen=True, slots=True)
class Further:
    """A progress that changed: what it was and is, with the lines that say so."""

    course: Course
    before: tuple[float, Mention[Update]]
    now: tuple[float, Mention[Update]]

    @property
    def change(self) -> float:
        """In percentage points."""
        return self.now[0] - self.before[0]


@dataclass(frozen=True, slots=True)
class Told:
    """A project with the line by which it is what it is listed as."""

    course: Course
    mention: Mention[Update]


@dataclass(frozen=True)
class Compared:
    """What changed from the report `old` to the report `new` of one team, with all that was told up to `new`."""

    context: Context
    old: ReportRef
    new: ReportRef
    courses: tuple[Course, ...]

    def _between(self, day: date) -> bool:
        return self.old.report_date < day <= self.new.report_date

    @cached_property
    def _then(self) -> dict[int, Course]:
        """Each project as it was by the old report; those that are newer are missing."""
        found = {}
        for course in self.courses:
            mentions = tuple(m for m in course.mentions if m.report.report_date <= self.old.report_date)
            if mentions:
                found[course.project.subject] = Course(course.project, mentions, course.series)
        return found

    @cached_property
    def _now(self) -> tuple[Course, ...]:
        """Each project that a report after the old one speaks of."""
        return tuple(course for course in self.courses if self._between(course.last_told))

    @cached_property
    def created(self) -> tuple[Told, ...]:
        """Projects of which no earlier report speaks; a part only where it has a figure or a day of its own."""
        new = (c for c in self._now if c.project.subject not in self._then)
        return tuple(Told(c, c.newest) for c in new if c.project.parent is None or c.standing.telling)

    @cached_property
    def finished(self) -> tuple[Told, ...]:
        """Projects that are over now and weren't before."""
        found = []
        for course in self._now:
            then = self._then.get(course.project.subject)
            if course.finished and (then is None or then.finished is None):
                found.append(Told(course, course.finished))
        return tuple(found)

    @cached_property
    def progress(self) -> tuple[Further, ...]:
        """Every project whose progress differs, by how much, the largest step first."""
        found = []
        for course in self._now:
            then = self._then.get(course.project.subject)
            before, now = (then.progress if then else None), course.progress
            if before and now and self._between(now[1].report.report_date) and now[0] != before[0]:
                found.append(Further(course, before, now))
        return tuple(sorted(found, key=lambda one: -abs(one.change)))

    @cached_property
    def moves(self) -> tuple[tuple[Course, Moved], ...]:
        """The days that moved."""
        found = [(c, move) for c in self._now for series in c.series for move in moves_of(series)]
        return tuple((c, move) for c, move in found if self._between(move.reported))

    @cached_property
    def reached(self) -> tuple[tuple[Course, Telling], ...]:
        """The days that are told as reached now and weren't before, planned or not."""
        found = []
        for course in self._now:
            for series in course.series:
                done = next((t for t in series.tellings if t.milestone.done), None)
                if done and self._between(done.mention.report.report_date):
                    found.append((course, done))
        return tuple(found)

    @cached_property
    def turned(self) -> tuple[Told, ...]:
        """Projects that are blocked, paused or put off now and weren't before; a day that moved says so by itself."""
        moved, found = [course for course, _ in self.moves], []
        for course in self._now:
            then, state = self._then.get(course.project.subject), course.newest.record.state
            told = state is State.DELAYED and course in moved
            if then and state in TURNS and then.newest.record.state != state and not told:
                found.append(Told(course, course.newest))
        return tuple(found)

    @cached_property
    def gone(self) -> tuple[Told, ...]:
        """Projects of the old report that no line of the new one speaks of, though they weren't over. A part that
        isn't told of by itself (正式演练) is no project that is gone."""
        text = fold("\n".join(self.context.library.lines(self.context.viewer, self.new)))
        return tuple(
            Told(c, c.newest) for c in self.courses
            if c.project.parent is None and c.mentions[0].report.id == self.old.id and c.finished is None
            and any(m.record.kind is SectionKind.PROJECTS for m in c.standing.mentions)
            and not any(fold(name) in text for name, _ in c.project.names)
        )  # fmt: skip

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The metrics that both reports give, in the order of the new one."""
        library, viewer = self.context.library, self.context.viewer
        told = library.values_between(viewer, self.context.as_of, self.old.report_date, self.new.report_date)
        now = [m for m in told if m.report.id == self.new.id and m.record.about is None]
        then = [m for m in told if m.report.id == self.old.id and m.record.about is None]
        found = [(m, _same(m, then, told)) for m in now]
        return tuple(Figure(m, exact(old.record.value), old) for m, old in found if old is not None)

    @property
    def changed_figures(self) -> tuple[Figure, ...]:
        """Those of them that differ."""
        return tuple(figure for figure in self.figures if figure.change)

    @property
    def anything(self) -> bool:
        """Whether anything at all changed."""
        return bool(self.created or self.finished or self.progress or self.moves or self.reached or self.turned
                    or self.gone or self.changed_figures)  # fmt: skip


def _same(
    now: Mention[Metric], then: Sequence[Mention[Metric]], told: Sequence[Mention[Metric]]
) -> Mention[Metric] | None:
    """The old report's value of the figure, or what a later report put right."""
    metric = now.record
    old = next((m for m in then if m.subject == now.subject
                and (m.record.name, m.record.unit) == (metric.name, metric.unit)), None)  # fmt: skip
    if old is None:
        return None
    right = (m for m in told if m.subject == now.subject and m.record.corrects == old.record.value)
    return next(right, old)


def as_of_report(courses: Sequence[Course], new: ReportRef) -> tuple[Course, ...]:
    """The team's projects with what was told up to the report `new`."""
    found = []
    for course in courses:
        if course.project.team != new.team:
            continue
        mentions = tuple(m for m in course.mentions if m.report.report_date <= new.report_date)
        if mentions:
            found.append(Course(course.project, mentions, course.series))
    return tuple(found)
