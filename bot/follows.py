"""What somebody who follows a project is told of a new report: dates that moved, a state that changed, incidents.

Pure: what a report changes is told by the library before and after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answers.context import Context
from bot.answers.courses import Course, courses
from bot.answers.glance_lines import incident_line, move_text
from bot.answers.model import Span, Style, Text, plain
from bot.answers.rows import state_words
from bot.question.query import Kind, Query
from store.follows import Follow
from store.library import Library
from store.records import ReportRef
from store.viewer import Viewer
from store.words.names import key

LOOKED_AT = timedelta(days=35)  # incidents of a report happened before it


@dataclass(frozen=True, slots=True)
class News:
    """What one report says of the projects that one person follows there, a line each."""

    user: str
    report: ReportRef
    lines: tuple[Text, ...]
    projects: tuple[str, ...]


def newest_day(library: Library, viewer: Viewer, team: str, today: date) -> date | None:
    """The day of a team's newest report, None where it has none: what is told begins after it."""
    reports = library.reports_between(viewer, today, None, today)
    return max((report.report_date for report in reports if report.team == team), default=None)


def news(library: Library, followed: Sequence[Follow], user: str, today: date, lang: str) -> Iterator[News]:
    """What `user` is to be told: of each team its newest report, where that is newer than what was there when they
    began to follow, and changes one of their projects."""
    context = Context(Query("", Kind.STATUS, lang, today), library, Viewer(user), today)
    reports = library.reports_between(context.viewer, today, None, today)
    found = courses(context, highlights=True)
    for team in dict.fromkeys(one.team for one in followed):
        newest = next((report for report in reports if report.team == team), None)
        wanted = [one.name for one in followed if one.team == team and newest and newest.report_date > one.since]
        meant = [course for course in found if course.project.team == team and _is_meant(course, found, wanted)]
        lines = tuple(_lines(context, newest, meant, wanted)) if newest and meant else ()
        if newest and lines:
            yield News(user, newest, lines, tuple(wanted))


def _is_meant(course: Course, found: Sequence[Course], wanted: Sequence[str]) -> bool:
    """Whether one of the names is the project's or that of what it is a part of."""
    names = {key(name) for name in wanted}
    parents = [other for other in found if other.project.subject == course.project.parent]
    return any(key(name) in names for one in (course, *parents) for name, _ in one.project.names)


def _lines(context: Context, report: ReportRef, meant: Sequence[Course], wanted: Sequence[str]) -> Iterator[Text]:
    for course in meant:
        yield from _moved(context, report, course)
        if changed := _changed(context, report, course):
            yield changed
    names = {key(name) for course in meant for name, _ in course.project.names} | {key(name) for name in wanted}
    first = report.report_date - LOOKED_AT
    for told in context.library.incidents(context.viewer, context.today, first, context.today):
        if told[0].report.id == report.id and any(name in key(told[0].record.title) for name in names):
            yield incident_line(context, told)


def _moved(context: Context, report: ReportRef, course: Course) -> Iterator[Text]:
    for series in course.series:
        for move in series.moves:
            if move.new.mention.report.id == report.id:
                days = context.say(f"digest.{move.direction}", days=abs(move.days))
                where = context.say("answer.line", line=move.new.milestone.line)
                yield (*plain(f"{move_text(context, course, move)} "), Span(days, Style.WARN), Span(f"  {where}"))


def _changed(context: Context, report: ReportRef, course: Course) -> Text:
    """The state after the report where it isn't the one before it; empty where the report says nothing of it."""
    mentions = tuple(m for m in course.mentions if m.report.id != report.id)
    told = [m for m in course.mentions if m.report.id == report.id]
    if not told or not mentions:
        return ()
    before = Course(course.project, mentions, course.series)
    old, new = state_words(context, before), state_words(context, course)
    if not new or old == new:
        return ()
    where = context.say("answer.line", line=told[0].record.line)
    return (*plain(f"{course.project.name} "), Span(f"{old or '–'} → {new}", Style.STRONG), Span(f"  {where}"))
