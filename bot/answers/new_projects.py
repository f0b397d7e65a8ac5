"""Which projects were taken on in a range: those that a report says were, and those that reports speak of for the first
time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.consulted import consulted_data
from bot.answers.context import Context
from bot.answers.courses import Course, courses, says_over
from bot.answers.dates import source_text
from bot.answers.listing import Entry, answer_list, narrowed
from bot.answers.model import Answer, Style, plain
from bot.answers.period import Period, period
from bot.answers.rows import Row, row_data
from bot.answers.underway import cite_mention, named, newest_reports, no_reports, reports_told
from bot.question.lexicon import rule
from store.records import Mention, ReportRef, Update
from store.words.normalise import fold

MOST_NAMED = 6
BEGINNINGS = ("立项", "启动")


@dataclass(frozen=True, slots=True)
class _Begun:
    """A project with the line that has it first, the day, and whether that line says that it is new."""

    course: Course
    mention: Mention[Update]
    day: date
    said: bool


def answer_new(context: Context) -> Answer:
    """The projects taken on in the range, those that a report says so of first; without a range only those."""
    days = period(context)
    reports, told = reports_told(context, days, min(context.as_of, days.end))
    if not told:
        return no_reports(context, days, bool(reports), "projects")
    opening = {report.team: report.id for report in reports}  # newest first, so that the oldest stays
    begun = [one for course in courses(context, highlights=True) if (one := _begun(course, opening, days))]
    said = [one for one in begun if one.said]
    if said and rule("taken on").search(fold(context.query.question)):
        begun = said  # 立项 is asked for, and some reports say so
    begun.sort(key=lambda one: (not one.said, one.day, one.course.project.name))
    newest = newest_reports(reports)
    entries = narrowed(context, [_entry(context, one, newest) for one in begun])
    span, key = context.range_text(days.start, days.end), "projects.new" if said else "projects.new_none_said"
    head = context.say(key, range=span, count=len(entries))
    names = named(context, [entry.about[0] for entry in entries], MOST_NAMED)
    stop = "：" if context.query.lang == "zh" else ": "
    return answer_list(
        context, head + (stop + names if names else ""), entries, found=bool(entries) or not context.query.words,
        name="projects", data={"end": days.end.isoformat(), "consulted": consulted_data(told)},
    )  # fmt: skip


def _begun(course: Course, opening: dict[str | None, int], days: Period) -> _Begun | None:
    """How the project began, if that is told and lies in the range: a first report lists what went on before it."""
    for mention in reversed(course.mentions):
        if rule("taken on").search(fold(mention.record.text)):
            begun = [m for m in mention.record.milestones if m.event in BEGINNINGS]
            if any(not m.done for m in begun):
                continue  # 下周立项评审
            own = [m.start for m in begun]
            day = own[0] if own else mention.report.report_date
            return _Begun(course, mention, day, said=True) if days.holds(day) else None
    first = course.mentions[-1]
    appears = course.project.firm and course.project.parent is None and first.report.id != opening[first.report.team]
    if days.start is None or not appears or says_over(first.record) or not days.holds(first.report.report_date):
        return None
    return _Begun(course, first, first.report.report_date, said=False)


def _entry(context: Context, one: _Begun, newest: dict[str | None, ReportRef]) -> Entry:
    project, update = one.course.project, one.mention.record
    how = context.say("projects.new_said" if one.said else "projects.new_first", day=context.day(one.day))
    names: Sequence[str] = [name for name, _ in project.names]
    return Entry(
        text=(*plain(project.name, Style.STRONG), *plain(f" · {how}")),
        citations=(cite_mention(context, one.mention),),
        below=(source_text(context, one.mention.report, update.line, update.text),),
        data=row_data(Row(one.course, project.name, newest[one.mention.report.team])),
        asks=context.say("status.example", name=project.name),
        about=(project.name, *names, update.text, project.team or ""),
    )
