"""`/silent`: projects that were reported for weeks and then no more, without a word that they were finished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from bot.answers.amounts import far
from bot.answers.consulted import consulted_data, consulted_notes
from bot.answers.context import Context
from bot.answers.courses import Course, called, courses
from bot.answers.dates import QUOTE_LENGTH, entries_of, source_text
from bot.answers.listing import Entry, answer_list
from bot.answers.model import Answer, Para, Span, Style, Text, plain, shortened
from bot.answers.period import Period, period
from bot.answers.spoken_of import only_spoken_of
from bot.answers.underway import cite_mention, figure, named, over, owner_of, short_names
from store.records import Citation, ReportRef
from store.words.normalise import fold

FEWEST_TOLD = 2  # reports that speak of a project before it counts as one that is reported
FEWEST_SINCE = 2  # reports of its team without a word of it: one report leaves out much in a short week
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Silence:
    """A project that isn't finished, and the reports of its team since the last one that speaks of it, newest first.

    `aside` is a newer line that names it all the same, outside of what is reported on projects (a goal, a highlight).
    """

    course: Course
    title: str
    since: tuple[ReportRef, ...]
    aside: Citation | None = None

    @property
    def last_word(self) -> date:
        """The date of the last report that names it, wherever in it."""
        return self.aside.report.report_date if self.aside else self.course.last_told

    @property
    def last(self) -> ReportRef:
        """The last report that speaks of it."""
        return self.course.mentions[0].report

    @property
    def told(self) -> int:
        """How many reports speak of it."""
        return len({mention.report.id for mention in self.course.mentions})


def answer_silent(context: Context) -> Answer:
    """The projects that went silent, the last heard of first; of one project, when it was last heard of."""
    asked = period(context)
    end = min(context.as_of, asked.end)
    reports = context.library.reports_between(context.viewer, end, None, end)
    if not any(asked.holds(report.report_date) for report in reports):
        return _no_reports(context, asked, bool(reports))
    then = replace(context, query=replace(context.query, as_of=end))
    found = _silences(then, reports)
    if context.query.project is not None:
        return _One(then, found, reports).answer()
    quiet = [_heard(then, one) for one in found if _is_silent(then, one, asked)]
    quiet = [one for one in quiet if _is_silent(then, one, asked)]
    entries, unknown = only_spoken_of(context, entries_of(context, quiet, partial(_entry, then)))
    if unknown:
        return unknown
    return answer_list(
        context, _head(context, entries, asked), entries, found=True, name="projects",
        notes=[*consulted_notes(context, reports), Para(plain(_rule(context, asked), Style.DIM))],
        data={"as_of": end.isoformat(), "consulted": consulted_data(reports)},
    )  # fmt: skip


def _no_reports(context: Context, asked: Period, any_known: bool) -> Answer:
    span = context.range_text(asked.start, asked.end)
    head = context.say("projects.no_reports", range=span) if any_known else context.none_known(asked.end)
    return context.not_found(head, data={"count": 0, "projects": []})


def _silences(then: Context, reports: Sequence[ReportRef]) -> list[Silence]:
    """Every project that isn't finished, with the reports of its team that came after its last word."""
    known, query = then.library.projects(then.viewer, then.as_of), then.query
    found = [course for course in courses(then) if _owned(course, query.owner)]
    by_subject = {course.project.subject: course for course in found}
    short = short_names(found, found)
    return [
        Silence(course, called(course, known), _since(course, reports))
        for course in found
        if not over(course, by_subject.get(course.project.parent or 0)) and course.project.subject not in short
    ]  # fmt: skip


def _since(course: Course, reports: Sequence[ReportRef]) -> tuple[ReportRef, ...]:
    team = course.mentions[0].report.team
    return tuple(r for r in reports if r.team == team and r.report_date > course.last_told)


def _owned(course: Course, owner: str | None) -> bool:
    known = owner_of(course) if owner else None
    return owner is None or (known is not None and fold(owner) in fold(known[0]))


def _is_silent(then: Context, one: Silence, asked: Period) -> bool:
    """Whether it was reported for weeks, or once as under way, and then no report of the range speaks of it.

    A part isn't asked for: a project goes on when one of its parts is done without a word.
    """
    if one.course.project.parent is not None or (one.told < FEWEST_TOLD and not _is_under_way(one.course)):
        return False
    if asked.start is None or then.query.range is None:
        return len(one.since) >= FEWEST_SINCE
    return one.last_word < asked.start and any(asked.holds(report.report_date) for report in one.since)


def _is_under_way(course: Course) -> bool:
    """Whether what one report alone tells is begun and not done, by its progress or a date ahead: 15%, 11/3 模型评审.
    A chore of one week (完成2022年数据归档) has neither, and nobody waits for it."""
    known = figure(course)
    plans = [m for mention in course.mentions for m in mention.record.milestones
             if not m.done and m.end > mention.report.report_date]  # fmt: skip
    return bool(plans) or (known is not None and 0 < known[0] < 100)


def _heard(then: Context, one: Silence) -> Silence:
    """The same with the newest line behind its last word that holds its name, and only the reports behind that."""
    if not one.since:
        return one
    start, team = one.course.last_told + timedelta(days=1), one.course.project.team
    seen = then.viewer.only(team) if team else then.viewer
    holding = [
        hit for name, _ in one.course.project.names
        for hit in then.library.search(seen, then.as_of, name, start, then.as_of).hits if fold(name) in fold(hit.text)
    ]  # fmt: skip
    if not holding:
        return one
    hit = max(holding, key=lambda each: each.report.report_date)
    since = tuple(report for report in one.since if report.report_date > hit.report.report_date)
    return replace(one, since=since, aside=then.cite(hit.report, hit.line, hit.line_end, hit.text))


def _rule(context: Context, asked: Period) -> str:
    """What counts as silent, so that nobody has to guess."""
    if context.query.range is not None and asked.start is not None:
        span = context.range_text(asked.start, asked.end)
        return context.say("silent.rule_range", range=span, told=FEWEST_TOLD)
    return context.say("silent.rule", told=FEWEST_TOLD, since=FEWEST_SINCE)


def _head(context: Context, entries: Sequence[Entry], asked: Period) -> str:
    span = context.range_text(asked.start, asked.end)
    if not entries:
        return context.say("silent.none", range=span)
    names = named(context, [f"{e.data['name']} ({context.day(date.fromisoformat(e.data['report_date']))})"
                            for e in entries], MOST_NAMED)  # fmt: skip
    return context.say("silent.head", range=span, count=len(entries), names=names)


def _entry(then: Context, one: Silence, cited: bool) -> Entry:
    newest, known = one.course.newest, figure(one.course)
    key = "entry" if one.since else "entry_told"
    text = then.say(f"silent.{key}", day=then.day(one.last_word), count=len(one.since),
                    days=(then.as_of - one.last_word).days)  # fmt: skip
    aside = [_aside_text(then, one.aside)] if one.aside else []
    return Entry(
        text=(*plain(f"{one.title} ", Style.STRONG), *plain(text, Style.WARN),
              *plain(f" · {far(known[1].record)}" if known else "")),
        citations=_citations(then, one) if cited else (),
        below=(source_text(then, one.last, newest.record.line, newest.record.text), *aside),
        data=_data(one),
        asks=then.say("status.example", name=one.course.project.name),
        about=(*(name for name, _ in one.course.project.names), newest.record.text, one.course.project.team or ""),
    )  # fmt: skip


def _aside_text(then: Context, aside: Citation) -> Text:
    words = shortened(" ".join(aside.quote.split()), QUOTE_LENGTH)
    return (Span(then.say("silent.aside", report=then.report(aside.report), line=aside.line, quote=words), Style.DIM),)


def _citations(then: Context, one: Silence) -> tuple[Citation, ...]:
    known = figure(one.course)
    told = [one.course.newest, *([known[1]] if known else [])]
    cited = [cite_mention(then, mention) for mention in told]
    return tuple(dict.fromkeys([*cited, *([one.aside] if one.aside else [])]))


def _data(one: Silence) -> dict[str, Any]:
    newest, first, known = one.course.newest, one.course.mentions[-1].report, figure(one.course)
    return {
        "name": one.title, "team": one.course.project.team, "progress": known[0] if known else None,
        "text": newest.record.text, "label": one.last.label, "report_date": one.last.report_date.isoformat(),
        "source": one.last.source, "line": newest.record.line, "reports": one.told,
        "last_named": one.last_word.isoformat(), "first_told": first.report_date.isoformat(),
        "reports_since": [report.report_date.isoformat() for report in one.since],
    }  # fmt: skip


class _One:
    """How long nobody spoke of one project."""

    def __init__(self, then: Context, found: Sequence[Silence], reports: Sequence[ReportRef]) -> None:
        project = then.query.project
        assert project is not None
        self.then, self.reports, self.project = then, [r for r in reports if r.team == project.team], project
        self.one = next((one for one in found if one.course.project.subject == project.subject), None)
        self.course = next((c for c in courses(then) if c.project.subject == project.subject), None)

    def answer(self) -> Answer:
        """Its last word first, with the reports since; that it is finished, or still spoken of."""
        course = self.course
        if course is None:
            head = self.then.say("silent.unknown", name=self.project.name)
            return self.then.not_found(head, data={"count": 0, "projects": []})
        one = _heard(self.then, self.one or Silence(course, course.project.name, _since(course, self.reports)))
        return answer_list(
            self.then, self._head(one, course), [_entry(self.then, one, True)], found=True, name="projects",
            notes=consulted_notes(self.then, self.reports),
            citations=[cite_mention(self.then, course.finished)] if course.finished else [],
            data={"as_of": self.then.as_of.isoformat(), "consulted": consulted_data(self.reports)},
        )  # fmt: skip

    def _head(self, one: Silence, course: Course) -> str:
        days = (self.then.as_of - one.last_word).days
        key = "one_finished" if course.finished or self.one is None else "one_silent" if one.since else "one_told"
        return self.then.say(f"silent.{key}", name=course.project.name, day=self.then.day(one.last_word), days=days,
                             count=len(one.since))  # fmt: skip
