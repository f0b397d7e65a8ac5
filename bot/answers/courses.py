"""Projects over the weeks: each with all that was reported on it, where it stands, and how its dates moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from bot.answers.context import Context
from bot.answers.standing import Standing, standings
from store.linking.milestones import Series
from store.reading.vocabulary import vocabulary
from store.records import Mention, Milestone, ProjectName, State, Update


@dataclass(frozen=True)
class Course:
    """One project up to the day of the question: every mention newest report first, and its milestones' series.

    Without slots, so that what lists ask of each project over and over is found once.
    """

    project: ProjectName
    mentions: tuple[Mention[Update], ...]
    series: tuple[Series, ...]

    @cached_property
    def standing(self) -> Standing:
        """Where it stands by the newest report that speaks of it."""
        return standings(self.mentions)[0]

    @property
    def newest(self) -> Mention[Update]:
        """The mention of that report that says most."""
        return self.standing.newest

    @property
    def last_told(self) -> date:
        """The date of the newest report that speaks of it."""
        return self.mentions[0].report.report_date

    @cached_property
    def finished(self) -> Mention[Update] | None:
        """The mention that says that it is over, unless a newer one says how it goes on."""
        for _, told in groupby(self.mentions, key=lambda mention: mention.report.id):
            of_report = list(told)
            over = next((mention for mention in of_report if says_over(mention.record)), None)
            if over and not any(_goes_on(mention.record) for mention in of_report):
                return over  # the highlight of its day (4/2 全部完成) beside the row (100% | 已完成)
            if any(_tells(mention.record) for mention in of_report):
                return None  # what waits for the assessors' visit (等待测评机构进场) goes on
        return None

    @cached_property
    def progress(self) -> tuple[float, Mention[Update]] | None:
        """The newest progress, with the mention that states it, however old it is."""
        told = ((m.record.progress, m) for m in self.mentions)
        return next(((value, m) for value, m in told if value is not None), None)


def _tells(update: Update) -> bool:
    return bool(update.state is not None or update.progress is not None or update.milestones or update.risks)


def _goes_on(update: Update) -> bool:
    """Whether the update tells what is still to come, or how far the work is short of its end."""
    planned = any(not milestone.done for milestone in update.milestones)
    return not says_over(update) and (
        planned or bool(update.risks) or update.state not in (None, State.DONE) or (update.progress or 100) < 100
    )


def says_over(update: Update) -> bool:
    """Whether the update by itself says that the project is over, and plans nothing more."""
    if any(not milestone.done for milestone in update.milestones):
        return False
    if update.state is State.DONE or (update.progress == 100 and update.state in (None, State.IN_PROGRESS)):
        return True
    return update.state is None and update.progress is None and any(map(is_final, update.milestones))


def is_final(milestone: Milestone) -> bool:
    """Whether the event ends a project (上线, 投产, 交付): then it is over without another word."""
    return milestone.event in vocabulary()["event_rules"]["live"]


def courses(context: Context, *, highlights: bool = False) -> tuple[Course, ...]:
    """Every project that is more than a highlight (with `highlights` those too), in the order of the newest reports:
    those of the query's team, and of its project with the parts where it names one."""
    projects = context.library.projects(context.viewer, context.as_of)
    known = {p.subject: p for p in projects if _meant(context, p, highlights)}
    mentions: dict[int, list[Mention[Update]]] = defaultdict(list)
    for mention in context.library.updates_between(context.viewer, context.as_of, None, context.as_of):
        if mention.subject in known:
            mentions[mention.subject].append(mention)
    series: dict[int, list[Series]] = defaultdict(list)
    for one in context.library.milestones(context.viewer, context.as_of):
        series[one.subject or 0].append(one)
    found = [Course(known[at], tuple(told), tuple(series[at])) for at, told in mentions.items()]
    return tuple(sorted(found, key=_place))


def _meant(context: Context, project: ProjectName, highlights: bool) -> bool:
    query = context.query
    if query.project is not None:
        return query.project.subject in (project.subject, project.parent)
    return (project.firm or highlights) and query.team in (None, project.team)


def _place(course: Course) -> tuple[int, str, str, int]:
    report = course.mentions[0].report
    return -report.report_date.toordinal(), report.team or "", report.source, course.newest.record.line


def called(course: Course, known: Sequence[ProjectName]) -> str:
    """Its name as reports write it now, behind that of the project that it is a part of."""
    above = next((p.name for p in known if p.subject == course.project.parent), None)
    return f"{above} / {course.project.name}" if above else course.project.name
