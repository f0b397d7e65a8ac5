"""What is under way: each whole project with its parts, how far it is by now, and its dates that are still open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answers.context import Context
from bot.answers.courses import Course
from bot.answers.model import Answer, Span, Style, Text
from bot.answers.period import Period
from bot.answers.settled import says_open
from store.linking.milestones import Series, Telling
from store.records import Citation, Mention, Milestone, ReportRef, State, Update
from store.words.names import key
from store.words.normalise import fold, has_cjk

CURRENT_DAYS = 42  # six weeks: what no report has spoken of for so long isn't "now" any more
FIGURE_DAYS = 14  # an older figure than that is history once newer lines speak of the project without one


@dataclass(frozen=True, slots=True)
class Whole:
    """A project that is part of none in the list, with the parts that reports name."""

    course: Course
    parts: tuple[Course, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenDate:
    """A milestone that no report tells as reached: its last telling, and whether its day has passed."""

    telling: Telling
    overdue: bool

    @property
    def milestone(self) -> Milestone:
        """The date as last told."""
        return self.telling.milestone


def wholes(found: Sequence[Course]) -> list[Whole]:
    """The courses as projects with their parts, in the order in which they come; a part whose project isn't among
    them stands for itself."""
    known = {course.project.subject for course in found}
    parts: dict[int, list[Course]] = defaultdict(list)
    for course in found:
        if course.project.parent in known:
            parts[course.project.parent or 0].append(course)
    return [Whole(c, tuple(parts[c.project.subject])) for c in found if c.project.parent not in known]


def over(course: Course, above: Course | None = None) -> bool:
    """Whether it is finished, or is a part of which nothing was told since its project was."""
    if course.finished is not None:
        return True
    ended = above.finished if above else None
    return ended is not None and course.last_told <= ended.report.report_date


def state_of(course: Course) -> State | None:
    """How it stands: done once it is finished, else as its newest report says."""
    return State.DONE if course.finished is not None else stated(course)


def stated(course: Course) -> State | None:
    """The state that the newest report that speaks of it gives, in any of its lines; `done` of a part of the work
    isn't the state of what goes on."""
    told = (course.newest, *course.standing.mentions)
    states = (m.record.state for m in told if m.record.state is not None)
    return next((state for state in states if course.finished is not None or state is not State.DONE), None)


def figure(course: Course) -> tuple[float, Mention[Update]] | None:
    """Its progress by now: the newest report's, else one of the last weeks that nothing newer contradicts."""
    found = course.progress
    if found is None:
        return None
    value, mention = found
    if course.finished is not None and value < 100 and mention.report.id != course.finished.report.id:
        return None  # 90 % of the week before isn't how far a finished project is
    age = (course.last_told - mention.report.report_date).days
    return found if age == 0 or (value < 100 and age <= FIGURE_DAYS) else None


def owner_of(course: Course) -> tuple[str, Mention[Update]] | None:
    """Who is responsible, by the newest report that says so."""
    told = ((m.record.owner, m) for m in course.mentions)
    return next(((owner, m) for owner, m in told if owner), None)


def open_dates(course: Course, family: Sequence[Course], as_of: date) -> tuple[OpenDate, ...]:
    """Its planned dates that no report tells as reached, by day; none of a project that is over.

    A passed one counts only where no newer report speaks of the project: that work on 用户权限 begins on 11/20 is told
    once, and the 25 % of the next report are the proof that it did.
    """
    if course.finished is not None:
        return ()
    last = [(series, series.tellings[-1]) for series in course.series]
    found = [
        OpenDate(telling, telling.milestone.end < as_of)
        for series, telling in last
        if not telling.milestone.done and not _reached(series, telling, family)
        and (_newest(telling, course) or (_current(telling, course) and telling.milestone.end >= as_of))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda o: (o.milestone.end, o.milestone.start)))


def _newest(telling: Telling, course: Course) -> bool:
    return telling.mention.report.report_date == course.last_told


def _current(telling: Telling, course: Course) -> bool:
    return (course.last_told - telling.mention.report.report_date).days <= CURRENT_DAYS


def _reached(series: Series, telling: Telling, family: Sequence[Course]) -> bool:
    """Whether a line that isn't older tells the event as done: of the whole, of another part (POS试点 is 全量 as
    POS推广), or by the state that comes after it."""
    told, milestone = telling.mention.report.report_date, telling.milestone
    for course in family:
        own = course.project.subject == series.subject
        for mention in course.mentions:
            if mention.report.report_date < told:
                break
            if any(m.done and m.event == series.event and (own or m.start == milestone.start)
                   for m in mention.record.milestones):  # fmt: skip
                return True
            later = mention.report.report_date > told
            if own and later and says_open(mention.record.text, series.event):
                return True  # 发布时间待定
            if own and later and series.event == "提测" and mention.record.state is State.TESTING:
                return True
    return False


def nearest(dates: Sequence[OpenDate]) -> OpenDate | None:
    """The next date ahead, else the last one that has passed."""
    return next((one for one in dates if not one.overdue), dates[-1] if dates else None)


def short_names(asked: Sequence[Course], found: Sequence[Course]) -> dict[int, Course]:
    """By its subject, each of the `asked` courses that looks like another one under a short name of a week or two:
    特征迁移 stands in one report, and 特征平台迁移 in all others. It is told only in reports between those that tell of
    the other."""
    beside: dict[tuple[str | None, int | None], list[Course]] = defaultdict(list)
    for course in found:
        beside[course.project.team, course.project.parent].append(course)
    alike: dict[int, Course] = {}
    for short in asked:
        among = beside[short.project.team, short.project.parent]
        fits = [long for long in among if _within(short, long) and _shortens(short.project.name, long.project.name)
                and not _reports(short) & _reports(long)]  # fmt: skip
        if len(fits) == 1:
            alike[short.project.subject] = fits[0]
    for part in asked:
        if part.project.parent in alike:
            alike[part.project.subject] = alike[part.project.parent]
    return alike


def _reports(course: Course) -> set[int]:
    return {mention.report.id for mention in course.mentions}


def _within(short: Course, long: Course) -> bool:
    if len(short.mentions) >= len(long.mentions):
        return False
    first, last = long.mentions[-1].report.report_date, long.last_told
    return first < short.mentions[-1].report.report_date and short.last_told < last


def _shortens(short: str, long: str) -> bool:
    if has_cjk(short):
        rest = iter(key(long))
        return len(key(short)) < len(key(long)) and all(char in rest for char in key(short))
    words = iter(re.findall(r"[a-z0-9.]+", fold(long)))
    asked = re.findall(r"[a-z0-9.]+", fold(short))
    return len(asked) > 1 and all(any(w.startswith(a.removesuffix("s")) for w in words) for a in asked)


def newest_reports(reports: Sequence[ReportRef]) -> dict[str | None, ReportRef]:
    """The newest report of each team, of reports that come newest first."""
    found: dict[str | None, ReportRef] = {}
    for report in reports:
        found.setdefault(report.team, report)
    return found


def since(as_of: date) -> date:
    """The first day that still counts as now."""
    return as_of - timedelta(days=CURRENT_DAYS)


def cite_mention(context: Context, mention: Mention[Update]) -> Citation:
    """The lines of an update as written."""
    update = mention.record
    return context.cite(mention.report, update.line, update.line_end, update.text)


def cite_telling(context: Context, telling: Telling) -> Citation:
    """The line that gives the date; the whole update where it stands in it."""
    update, line = telling.mention.record, telling.milestone.line
    if update.line <= line <= update.line_end:
        return cite_mention(context, telling.mention)
    return context.cite(telling.mention.report, line, about=telling.milestone.text)


def place(context: Context, report: ReportRef, line: int, *, team: bool = True) -> Text:
    """Where something stands, for the end of its row: `支付中心 · 第50周 · 43 行`."""
    words = [report.team or "" if team else "", report.label or str(report.report_date)]
    return (Span(" · ".join([*filter(None, words), context.say("answer.line", line=line)]), Style.DIM),)


def named(context: Context, names: Sequence[str], most: int = 6) -> str:
    """Names one after the other, the first few of many."""
    between = "、" if context.query.lang == "zh" else ", "
    return between.join(names[:most]) + (" …" if len(names) > most else "")


def reports_told(context: Context, asked: Period, end: date) -> tuple[tuple[ReportRef, ...], tuple[ReportRef, ...]]:
    """Every report up to `end`, newest first, and those of the days asked for."""
    reports = tuple(context.library.reports_between(context.viewer, end, None, end))
    return reports, tuple(report for report in reports if asked.holds(report.report_date))


def no_reports(context: Context, asked: Period, any_known: bool, name: str) -> Answer:
    """That there is no report of these days, or none at all; `name` is that of the list in the answer's data."""
    span = context.range_text(asked.start, asked.end)
    head = context.say("projects.no_reports", range=span) if any_known else context.none_known(asked.end)
    return context.not_found(head, data={"count": 0, name: []})
