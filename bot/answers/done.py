"""`/done RANGE`: the projects that were finished and those that went live, each with its day and its line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from bot.answers.consulted import consulted, consulted_data, consulted_notes, missing_weeks
from bot.answers.context import Context
from bot.answers.courses import Course, is_final, says_over
from bot.answers.dates import (
    Dated,
    Dates,
    cite_telling,
    dated_data,
    entries_of,
    event_name,
    names_of,
    overlaps,
    place,
    source_text,
    told_words,
    without_reports,
)
from bot.answers.days_told import cite_told, told_days, told_notes
from bot.answers.listing import Entry, answer_list
from bot.answers.model import Answer, Style, Text, plain, words_of
from bot.answers.period import Period, period, slid
from bot.answers.spoken_of import only_spoken_of
from bot.question.content import asks_day
from bot.question.lexicon import pattern
from store.reading.events import as_written
from store.records import Citation, Mention, Milestone, ProjectName, Update

# A report tells of its own week: what was reached so long before it may be what it calls finished.
WEEK = timedelta(days=7)
NAMED_IN_HEAD = 3


@dataclass(frozen=True, slots=True)
class _Reached:
    """Something that is done: a milestone that was reached (`dated`), or a project that a report calls finished."""

    project: ProjectName
    called: str
    start: date
    end: date
    dated: Dated | None = None
    over: Mention[Update] | None = None
    final: bool = True


@dataclass(frozen=True, slots=True)
class _Whole:
    """A project with what of it and of its parts is done, newest first."""

    project: ProjectName
    reached: tuple[_Reached, ...]

    @property
    def firm(self) -> bool:
        """Whether more than a highlight tells of it."""
        return any(one.project.firm for one in self.reached)

    @property
    def final(self) -> bool:
        """Whether it is finished or live, or a part of it is, and has not only come to a stage on the way there."""
        return any(one.final for one in self.reached)


def answer_done(context: Context) -> Answer:
    """What was finished or went live in the range, newest first; a project counts once, with its parts below it."""
    if nothing := without_reports(context):
        return nothing
    dates, days = Dates(context), period(context)
    wholes = sorted(_wholes(dates, days), key=_place)
    made = entries_of(context, wholes, partial(_entry, dates))
    entries, unknown = only_spoken_of(context, made)
    if unknown:
        return unknown
    entries = entries[: context.query.newest] if context.query.newest else entries
    reports = consulted(context, days.start, days.end)
    missing = missing_weeks(context, reports, days.start, days.end)
    told = told_days(context, days.start, days.end, entries)
    return answer_list(
        context, _head(context, entries, days, covered=bool(reports)), entries, found=bool(entries or reports),
        name="done", citations=cite_told(context, told),
        notes=[*told_notes(context, told), *slid(context, days),
               *consulted_notes(context, reports, () if entries else missing)],
        data={
            "start": days.start.isoformat() if days.start else None, "end": days.end.isoformat(),
            "projects": sum(entry.data["firm"] and entry.data["final"] for entry in entries),
            "consulted": consulted_data(reports), "missing_weeks": [monday.isoformat() for monday in missing],
        },
    )  # fmt: skip


def _wholes(dates: Dates, days: Period) -> Iterator[_Whole]:
    found: dict[int, list[_Reached]] = defaultdict(list)
    finals: dict[int, list[_Reached]] = defaultdict(list)
    for one in _milestones(dates):
        finals[one.project.subject].append(one)
    stages = [one for told in finals.values() for one in told]
    for reached in [*stages, *_finished(dates, finals)]:
        if overlaps(reached.start, reached.end, days.start, days.end):
            found[dates.fates.whole_of(reached.project.subject)].append(reached)
    for subject, told in found.items():
        over = {(one.project.subject, one.start, one.end) for one in told if one.over}
        told = [one for one in told if one.over or (one.project.subject, one.start, one.end) not in over]
        # What went live stands before a later stage of another part: 风控策略 10/21投产 before 额度中心 10/30提测.
        newest = sorted(
            told, key=lambda one: (not one.final, -one.end.toordinal(), one.project.subject != subject, one.called)
        )
        yield _Whole(dates.known[subject], tuple(newest))


def _milestones(dates: Dates) -> Iterator[_Reached]:
    """The milestones that were reached: all of them, or those of the event that is asked for."""
    asked = _asked_event(dates.context)
    for project, series in dates.series():
        newest = series.tellings[-1].milestone
        if newest.done and not dates.fates.retold(series):
            dated = dates.dated(project, series)
            yield _Reached(project, dated.called, newest.start, newest.end, dated=dated,
                           final=asked or _ends(newest))  # fmt: skip


def _ends(milestone: Milestone) -> bool:
    """Whether it ends its project: live, or released to everybody (12/5全量), and not to a tenth (切量10%)."""
    written = as_written(milestone.event, milestone.text)
    return is_final(milestone) or pattern("words", "everywhere").search(written) is not None


def _asked_event(context: Context) -> bool:
    return context.query.event not in (None, "完成")


def _finished(dates: Dates, finals: dict[int, list[_Reached]]) -> Iterator[_Reached]:
    """The projects that a report calls finished, where no final milestone has told their day already."""
    if _asked_event(dates.context):
        return
    for subject, project in dates.known.items():
        if not (project.firm and dates.meant(project)):
            continue
        course = dates.course(project)
        if not course.mentions or course.finished is None:
            continue
        first, before = _first_over(course)
        told = (one.end for one in finals[subject] if one.final)
        if any(before is None or day >= before - WEEK for day in told):
            continue
        day = first.report.report_date
        own = [m for m in first.record.milestones if m.done]
        start, end = (own[-1].start, own[-1].end) if own else (day, day)
        yield _Reached(project, dates.called(project), start, end, over=first)


def _first_over(course: Course) -> tuple[Mention[Update], date | None]:
    """The first mention of those that say that it is over, since 已上线 is said for weeks, and when the last report
    before said otherwise."""
    first, before = course.mentions[0], None
    for mention in course.mentions:
        update = mention.record
        if says_over(update):
            first = mention
        elif update.state is not None or update.progress is not None or update.milestones:
            before = mention.report.report_date
            break
    return first, before


def _place(whole: _Whole) -> tuple[bool, bool, int, str]:
    return not whole.firm, not whole.final, -whole.reached[0].end.toordinal(), whole.project.name


def _head(context: Context, entries: Sequence[Entry], days: Period, *, covered: bool) -> str:
    say, span = context.say, context.range_text(days.start, days.end)
    event = context.query.event if _asked_event(context) else None
    about = say(f"event.{event}") if event else say("done.any")
    if not entries:
        return say("done.none" if covered else "done.uncovered", range=span, event=about)
    if context.query.words and len(entries) == 1 and asks_day(context.query.question):
        return say("done.of_words", range=span, told=words_of(entries[0].text))
    firm = [entry for entry in entries if entry.data["firm"] and entry.data["final"]]
    stages = sum(entry.data["firm"] and not entry.data["final"] for entry in entries)
    highlights = sum(not entry.data["firm"] for entry in entries)
    if not firm and stages:
        return say("done.head_stages", range=span, count=stages, event=about)
    if not firm:
        return say("done.head_highlights", range=span, count=len(entries), event=about)
    names = "、".join(entry.about[0] for entry in firm)
    named = f"{'：' if context.query.lang == 'zh' else ': '}{names}" if len(firm) <= NAMED_IN_HEAD else ""
    head = say("done.head", range=span, count=len(firm), event=about) + named
    rest = (("done.rest_stages", stages), ("done.head_rest", highlights))
    return head + "".join(say(key, count=count) for key, count in rest if count)


def _entry(dates: Dates, whole: _Whole, cited: bool) -> Entry:
    context, first = dates.context, whole.reached[0]
    below: list[Text] = [_source(context, first)]
    for one in whole.reached[1:]:
        below += [plain(_words(context, one)), _source(context, one)]
    if not whole.firm:
        below.append(plain(context.say("done.highlight"), Style.DIM))
    return Entry(
        text=plain(_words(context, first), Style.STRONG),
        citations=tuple(dict.fromkeys(_cite(context, one) for one in whole.reached)) if cited else (),
        below=tuple(below),
        data={"project": whole.project.name, "team": whole.project.team, "firm": whole.firm, "final": whole.final,
              "date": first.end.isoformat(), "reached": [_data(one) for one in whole.reached]},
        asks=context.say("status.example", name=whole.project.name),
        about=(_words(context, first), *(n for one in whole.reached for n in names_of(dates, one.project))),
    )  # fmt: skip


def _words(context: Context, one: _Reached) -> str:
    day = context.days(one.start, one.end)
    if one.dated is not None:
        return context.say("done.reached", day=day, name=one.called, event=event_name(context, one.dated))
    assert one.over is not None
    reported = one.end == one.over.report.report_date
    return context.say("done.reported" if reported else "done.finished", day=day, name=one.called)


def _source(context: Context, one: _Reached) -> Text:
    if one.dated is not None:
        return source_text(context, one.dated.report, one.dated.milestone.line, told_words(one.dated.newest))
    assert one.over is not None
    return source_text(context, one.over.report, one.over.record.line, one.over.record.text)


def _cite(context: Context, one: _Reached) -> Citation:
    if one.dated is not None:
        return cite_telling(context, one.dated.newest)
    assert one.over is not None
    return context.cite(one.over.report, one.over.record.line, one.over.record.line_end, one.over.record.text)


def _data(one: _Reached) -> dict[str, Any]:
    if one.dated is not None:
        return {**dated_data(one.dated), "finished": False}
    assert one.over is not None
    report, update = one.over.report, one.over.record
    return {
        "project": one.project.name, "event": None, "date_start": one.start.isoformat(),
        "date_end": one.end.isoformat(), "text": update.text, "finished": True, **place(report, update.line),
    }  # fmt: skip
