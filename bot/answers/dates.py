"""Dated events over all projects that a question may mean, as the lists of dates need them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from bot.answers.context import Context
from bot.answers.courses import Course
from bot.answers.listing import MOST_SHOWN, Entry
from bot.answers.model import Answer, Span, Style, Text, shortened
from bot.answers.settled import SHORTEST_NAMED, End, Fates, fates_of, spoken_since, told_elsewhere
from bot.answers.standing import newer_words, standings
from bot.question.lexicon import lexicon
from bot.question.query import Kind
from store.linking.milestones import Series, Telling
from store.reading.clauses import clauses
from store.reading.events import event_in
from store.reading.vocabulary import pattern
from store.records import Citation, Mention, Milestone, ProjectName, ReportRef, SectionKind, State, Update
from store.words.dates import find_dates
from store.words.names import key
from store.words.normalise import fold, has_cjk

QUOTE_LENGTH = 60
MOST_LINES = 3
SHORTEST_IN_LINE = 3  # characters; a shorter name may stand within other words
ALIKE = 2  # characters with which two names of one day begin alike
SHORT_CLAUSE = 12  # characters
LEAST_DETAIL, MOST_DETAIL = 3, 20  # characters
_CUT = re.compile(r"[：:，,；;】）)、]|\d{1,2}/\d{1,2}")
_NO_DETAIL = re.compile(r"[由从将已于在为到至（(【]|时间|今日|今天|答复|不变|仍|原")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Since:
    """A line newer than a plan that speaks of its project or event, and gives it no day; `done` where it says that the
    event happened, `missed` where it says that it didn't."""

    report: ReportRef
    line: int
    line_end: int
    text: str
    done: bool = False
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """One milestone of a project, by its newest telling, and what became of it."""

    project: ProjectName
    called: str
    series: Series
    end: End | None

    @property
    def newest(self) -> Telling:
        """The newest telling: the only date that still holds."""
        return self.series.tellings[-1]

    @property
    def milestone(self) -> Milestone:
        """What the newest telling says."""
        return self.newest.milestone

    @property
    def report(self) -> ReportRef:
        """The report of the newest telling."""
        return self.newest.mention.report


class Dates:
    """The milestones that a question may mean: those of its team, project with parts, owner, event, and progress."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.known: Mapping[int, ProjectName] = {
            project.subject: project for project in context.library.projects(context.viewer, context.as_of)
        }

    @cached_property
    def fates(self) -> Fates:
        """What became of every plan."""
        return fates_of(self.context)

    @cached_property
    def mentions(self) -> Mapping[int, Sequence[Mention[Update]]]:
        """What was reported of each project, newest report first."""
        context, found = self.context, defaultdict[int, list[Mention[Update]]](list)
        for mention in context.library.updates_between(context.viewer, context.as_of, None, context.as_of):
            found[mention.subject or 0].append(mention)
        return found

    def series(self) -> Iterator[tuple[ProjectName, Series]]:
        """The milestones that the question may mean, with the project of each."""
        for series in self.context.library.milestones(self.context.viewer, self.context.as_of):
            project = self.known.get(series.subject or 0)
            if project and event_meant(self.context, series.event) and self.meant(project):
                yield project, series

    def dated(self, project: ProjectName, series: Series) -> Dated:
        """The milestone with what became of it."""
        return Dated(project, self.called(project), series, self.fates.end_of(series))

    def called(self, project: ProjectName) -> str:
        """Its name, behind that of the project that it is a part of."""
        above = self.whole(project)
        return f"{above.name} / {project.name}" if above is not project else project.name

    def whole(self, project: ProjectName) -> ProjectName:
        """The project that it is a part of; itself where it is none."""
        return self.known.get(project.parent or 0, project)

    def course(self, project: ProjectName) -> Course:
        """The project over the weeks."""
        return Course(project, tuple(self.mentions.get(project.subject, ())), ())

    def meant(self, project: ProjectName) -> bool:
        """Whether the question may mean this project, by its name, owner, and figures."""
        query = self.context.query
        if query.project is not None and query.project.subject not in (project.subject, project.parent):
            return False
        if query.team is not None and project.team != query.team:
            return False
        if query.owner is None and query.least is None and query.most is None:
            return True
        course = self.course(project)
        return bool(course.mentions) and self._owned(course) and self._far_enough(course)

    def _owned(self, course: Course) -> bool:
        owner = self.context.query.owner
        return owner is None or any(fold(owner) in fold(m.record.owner or "") for m in course.mentions)

    def _far_enough(self, course: Course) -> bool:
        least, most = self.context.query.least, self.context.query.most
        if least is None and most is None:
            return True
        told = course.progress
        return told is not None and (least is None or told[0] >= least) and (most is None or told[0] <= most)

    def since(self, dated: Dated) -> Since | None:
        """What newer reports say of a plan that nothing ended: its event told as done in any section, a newer line
        of the project without the day, else a line that names it; None where the plan is the last word."""
        told = told_elsewhere(self.context, dated.project.name, dated.newest)
        if told:
            hit, words = told
            return Since(hit.report, hit.line, hit.line_end, words, done=True)
        if late := self.fates.missed(dated.series):
            return Since(late.report, late.record.line, late.record.line_end, late.record.text, missed=True)
        newer = self.fates.since(dated.series)
        if newer is not None:
            return Since(newer.report, newer.record.line, newer.record.line_end, newer.record.text)
        return self._words_since(dated)

    def _words_since(self, dated: Dated) -> Since | None:
        context, name = self.context, dated.project.name
        if len(key(name)) <= SHORTEST_NAMED:
            return None
        whole = self.whole(dated.project)
        if whole is not dated.project:
            (standing, *_) = standings(self.mentions[dated.project.subject])
            if found := newer_words(standing, self.mentions.get(whole.subject, ())):
                return Since(found[1].report, found[1].record.line, found[1].record.line_end, found[0])
        for hit in spoken_since(context, name, self.mentions[dated.project.subject][0].report, context.as_of):
            line = next((line for line in hit.text.split("\n") if name in line), hit.text)
            return Since(hit.report, hit.line, hit.line_end, line.strip())
        return None


def names_in_lines(dates: Dates, subject: int) -> list[str]:
    """The names of a project by which a line can be known to speak of it, folded."""
    return [fold(name) for name, _ in dates.known[subject].names if len(key(name)) >= SHORTEST_IN_LINE]


@lru_cache(maxsize=4096)  # the same few lines of reports, for every question about dates
def gives(text: str, on: date, milestone: Milestone) -> bool:
    """Whether a line of a report of that day gives the milestone's day, whatever it says of it: 10 Nov holds."""
    days = (milestone.start, milestone.end)
    return any((found.start, found.end) == days for found in find_dates(fold(text), on, likely=True))


def confirmed(dates: Dates, dated: Dated) -> Citation | None:
    """The newest line that gives the day of the milestone and names its project, after the one that dates it."""
    context, report = dates.context, dated.report
    names = names_in_lines(dates, dated.project.subject)
    since = report.report_date + timedelta(days=1)
    for newer in context.library.reports_between(context.viewer, context.as_of, since, context.as_of):
        if newer.team != report.team:
            continue
        for item, kind in context.library.items(context.viewer, newer):
            named = kind is not SectionKind.GOALS and any(name in fold(item.text) for name in names)
            if named and gives(item.text, newer.report_date, dated.milestone):
                return context.cite(newer, item.line, item.line_end, item.text)
    return None


def retells(one: Dated, other: Dated, *, newest: bool = True) -> bool:
    """Whether a highlight tells the day that a row of its report gives, under a name that goes on (路由V3 5/7 灰度扩 of
    路由引擎V3): one plan, not two. Without `newest` only names and event are compared."""
    alike = fold(one.project.name)[:ALIKE] == fold(other.project.name)[:ALIKE]
    if one.project.firm or not other.project.firm or not alike or one.series.event != other.series.event:
        return False
    days = (one.milestone.start, one.milestone.end, one.report.id)
    return not newest or days == (other.milestone.start, other.milestone.end, other.report.id)


def event_meant(context: Context, event: str) -> bool:
    """Whether the question means this event; 上线 is asked for where reports write 投产. By 没完成 and 完成了什么 any
    event is meant."""
    asked = context.query.event
    if asked == "完成" and context.query.kind is not Kind.MILESTONES:
        return True
    return asked is None or event in lexicon()["events"].get(asked, [asked])


def event_name(context: Context, dated: Dated) -> str:
    """The event as its report calls it, with what tells it from others of its kind, or of what in the project it is:
    `上线（支付侧）`, `上线（ES聚合桶数限制）`."""
    word, mark = context.event(dated.milestone), dated.series.mark
    if not has_cjk(mark):
        mark = _detail(dated) or mark
    known = fold(f"{word} {dated.called}")
    return word if not mark or fold(mark) in known else context.say("dates.marked", event=word, mark=mark)


def event_asked(context: Context) -> str:
    """The event that the question asks for, for a sentence that goes on with a noun; "" without one."""
    event = context.query.event
    if event == "完成" and context.query.kind is not Kind.MILESTONES:
        return ""  # 没完成 means any event
    return f" {context.say(f'event.{event}')}" if event else ""


def _detail(dated: Dated) -> str:
    """What in the project the event is of, as it stands before the day: `规则引擎12/21上线`; "" where nothing does."""
    text, milestone = dated.milestone.text, dated.milestone
    if not has_cjk(text):
        return ""
    found = find_dates(text, dated.report.report_date, likely=True)
    own = next((d for d in found if (d.start, d.end) == (milestone.start, milestone.end)), None)
    before = _CUT.split(text[: own.span[0]] if own else "")[-1].replace(dated.newest.mention.record.name, "").strip()
    if not (LEAST_DETAIL <= len(before) <= MOST_DETAIL) or event_in(fold(before)) or _NO_DETAIL.search(before):
        return ""
    return "" if pattern("event_rules", "planned").search(fold(before)) else before


def source(context: Context, report: ReportRef, line: int) -> str:
    """Where a fact stands: `支付中心 · 第38周 (2023-09-15) · 64 行`."""
    return " · ".join(filter(None, [report.team, context.report(report), context.say("answer.line", line=line)]))


def source_text(context: Context, report: ReportRef, line: int, words: str = "") -> Text:
    """The same as a line of its own, with the words that stand there."""
    quote = f"  “{shortened(' '.join(words.split()), QUOTE_LENGTH)}”" if words else ""
    return (
        (Span(source(context, report, line), Style.DIM), Span(quote, Style.DIM))
        if quote
        else (Span(source(context, report, line), Style.DIM),)
    )


def cite_telling(context: Context, telling: Telling) -> Citation:
    """The line that tells a date."""
    return context.cite(telling.mention.report, telling.milestone.line, about=telling.milestone.text)


def cite_end(context: Context, end: End) -> Citation:
    """The line by which a plan is over."""
    if end.milestone:
        return context.cite(end.mention.report, end.milestone.line, about=end.milestone.text)
    update = end.mention.record
    return context.cite(end.mention.report, update.line, update.line_end, end.text)


def cite_since(context: Context, since: Since) -> Citation:
    """The line that a newer report has."""
    return context.cite(since.report, since.line, since.line_end, since.text)


def place(report: ReportRef, line: int) -> dict[str, Any]:
    """Where a fact stands, as JSON values."""
    return {"source": report.source, "line": line, "label": report.label, "report_date": report.report_date.isoformat()}


def dated_data(dated: Dated) -> dict[str, Any]:
    """A milestone by its newest telling, as JSON values."""
    milestone, whole = dated.milestone, dated.called.removesuffix(dated.project.name).removesuffix(" / ")
    return {
        "project": dated.project.name, "whole": whole or None, "team": dated.project.team,
        "event": dated.series.event, "mark": dated.series.mark or None,
        "date_start": milestone.start.isoformat(), "date_end": milestone.end.isoformat(),
        "done": milestone.done, "doubtful": milestone.doubtful, "text": milestone.text,
        **place(dated.report, milestone.line),
    }  # fmt: skip


def asks_of(context: Context, dated: Dated) -> str:
    """The question that tells more of the project."""
    return context.say("status.example", name=dated.project.name)


def names_of(dates: Dates, project: ProjectName) -> tuple[str, ...]:
    """Every name that a word of the question may mean it by."""
    return (*(name for name, _ in project.names), *(name for name, _ in dates.whole(project).names), project.team or "")


def entries_of(context: Context, found: Sequence[Found], make: Callable[[Found, bool], Entry]) -> list[Entry]:
    """The entries of a list, with their citations only where they are shown or words are looked for in them: to quote
    a line its report is read."""
    first = context.query.skip
    shown = range(first, first + MOST_SHOWN)
    return [make(one, bool(context.query.words) or at in shown) for at, one in enumerate(found)]


def told_words(telling: Telling) -> str:
    """What stands at the date; where that is little more than it, with the clause before: 规则引擎联调中，12/21上线."""
    text, parts = telling.milestone.text, [part.text.strip() for part in clauses(telling.mention.record.text)]
    at = parts.index(text) if text in parts else 0
    return f"{parts[at - 1]}，{text}" if at and len(text) < SHORT_CLAUSE and has_cjk(text) else text


def span_text(context: Context) -> str:
    """The range that was asked for, else up to when the reports are known."""
    asked = context.query.range
    return context.range_text(asked.start, asked.end) if asked else context.range_text(None, context.as_of)


def without_reports(context: Context) -> Answer | None:
    """The answer where there is no report at all."""
    if context.library.span(context.viewer, context.as_of) is not None:
        return None
    return context.not_found(context.none_known(), data={"count": 0})


def overlaps(start: date, end: date, first: date | None, last: date) -> bool:
    """Whether two spans of days share a day."""
    return (first is None or first <= end) and start <= last


def state_fits(context: Context, reached: bool, course: Course) -> bool:
    """Whether a milestone is of the states asked for: reached, still open, or of a project in that state."""
    states = context.query.states
    if not states:
        return True
    if (reached and State.DONE in states) or (not reached and "open" in states):
        return True
    return bool(course.mentions) and course.newest.record.state in set(states) - {State.DONE}
