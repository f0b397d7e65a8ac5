"""`/changes`: what one report of a team changes against an earlier one, each change with both lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bot.answers.amounts import far
from bot.answers.compared import Compared, Further, Told, as_of_report
from bot.answers.consulted import consulted_data
from bot.answers.context import Context
from bot.answers.courses import Course, called, courses
from bot.answers.dates import cite_telling
from bot.answers.glance import Figure, exact, number
from bot.answers.listing import Entry, answer_list
from bot.answers.model import Answer, Para, Span, Style, Text, join, plain, shortened
from bot.answers.moves import Moved
from bot.answers.period import Period, period
from bot.answers.spoken_of import only_spoken_of
from bot.answers.standing import note
from bot.answers.weeks import cite_head
from bot.question.content import content
from store.linking.milestones import Direction, Telling
from store.records import Citation, Mention, ReportRef, Update
from store.words.ranges import DateRange
from store.words.speaking import SCATTERED, Wanted, most

KINDS = ("finished", "reached", "moved", "turned", "back", "new", "further", "gone", "figures")
SHOWN_OF_MANY = 5
LAST_WEEK = 53  # since W36 is (36, 53)
WORDS_LENGTH = 60
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:\.\d+)?(?![\d,.]*\d)")


@dataclass(frozen=True, slots=True)
class Change:
    """One change as it is shown, with its proof."""

    text: str
    citations: tuple[Citation, ...]
    data: dict[str, Any]
    about: str = ""


def answer_changes(context: Context) -> Answer:
    """What the newer of two reports changes, team by team; without a range the newest against the one before."""
    reports = context.library.reports_between(context.viewer, context.as_of, None, context.as_of)
    if not reports:
        return context.not_found(context.none_known(), data=_empty())
    asked = _Asked(context, reports)
    pairs = asked.pairs()
    if not pairs:
        return _no_pair(asked)
    return _answer(asked, [_Shown(context, each) for each in _compared(context, pairs)])


def _compared(context: Context, pairs: Sequence[tuple[ReportRef, ReportRef]]) -> tuple[Compared, ...]:
    """The reports side by side, kept: every project over all its weeks is looked at for it."""

    def made() -> tuple[Compared, ...]:
        known = courses(context)
        return tuple(Compared(context, old, new, as_of_report(known, new)) for old, new in pairs)

    project = context.query.project.subject if context.query.project else None
    ids = tuple((old.id, new.id) for old, new in pairs)
    return context.library.remembered(
        "changes", context.viewer, context.as_of, context.query.team, project, ids, make=made
    )


class _Asked:
    """Which reports the question means, per team."""

    def __init__(self, context: Context, reports: Sequence[ReportRef]) -> None:
        self.context = context
        self.reports = reports
        self.slid = False

    def pairs(self) -> list[tuple[ReportRef, ReportRef]]:
        """The old and the new report of each team that has both."""
        by_team: dict[str | None, list[ReportRef]] = {}
        for report in self.reports:
            by_team.setdefault(report.team, []).append(report)
        project = self.context.query.project
        teams = [t for t in sorted(by_team, key=lambda team: team or "") if project is None or t == project.team]
        found = [self._pair(by_team[team]) for team in teams]
        return [pair for pair in found if pair is not None]

    def _pair(self, told: Sequence[ReportRef]) -> tuple[ReportRef, ReportRef] | None:
        query = self.context.query
        if query.range is None:
            return _with_before(told[0], told)
        first, second = _two_weeks(query.range) or (query.range, query.beside)
        if second is not None:
            two = [self._within(asked, told) for asked in (first, second)]
            if not two[0] or not two[1]:
                return self._slid(query.range, told) if two[1] else None
            old, new = sorted((two[0][0], two[1][0]), key=lambda r: r.report_date)
            return (old, new) if old.id != new.id else None
        found = self._within(query.range, told)
        if not found:
            return self._slid(query.range, told)
        old, new = found[-1], found[0]
        since = not query.range.relative and query.range.end == self.context.as_of
        if old.id != new.id and (query.range.weeks or since or old.report_date == query.range.start):
            return old, new
        return _with_before(new, told, old)

    def _within(self, asked: DateRange, told: Sequence[ReportRef]) -> list[ReportRef]:
        """The team's reports of these days, newest first; a single day stands for its week."""
        days = period(replace(self.context, query=replace(self.context.query, range=asked)))
        found = [r for r in told if (r in days.labelled if days.labelled else days.holds(r.report_date))]
        if found or days.labelled or days.start != days.end:
            return found
        monday = days.end - timedelta(days=days.end.weekday())
        return [r for r in told if Period(monday, monday + timedelta(days=6)).holds(r.report_date)]

    def _slid(self, asked: DateRange, told: Sequence[ReportRef]) -> tuple[ReportRef, ReportRef] | None:
        """`这周` before this week's report is there: the newest one. A week or a day that is named isn't replaced."""
        if asked.weeks or re.search(r"\d", asked.text) or asked.end < told[0].report_date:
            return None
        if asked.end < self.context.as_of - timedelta(days=7):
            return None
        self.slid = True
        return _with_before(told[0], told)


def _two_weeks(asked: DateRange) -> tuple[DateRange, DateRange] | None:
    """W22 and W23 as the two weeks that they are: where one of them has no report, no other stands in for it."""
    if asked.weeks is None or asked.start is None or not asked.weeks[0] < asked.weeks[1] < LAST_WEEK:
        return None
    first, last = asked.weeks
    return (replace(asked, weeks=(first, first), end=asked.start + timedelta(days=6)),
            replace(asked, weeks=(last, last), start=asked.end - timedelta(days=6)))  # fmt: skip


def _with_before(
    new: ReportRef, told: Sequence[ReportRef], first: ReportRef | None = None
) -> tuple[ReportRef, ReportRef] | None:
    """The report with the one before it, or before the `first` of a range."""
    day = (first or new).report_date
    old = next((r for r in told if r.report_date < day), None)
    return (old, new) if old else (first, new) if first and first.id != new.id else None


class _Shown:
    """What changed for one team, as entries by kind of change."""

    def __init__(self, context: Context, compared: Compared) -> None:
        self.context = context
        self.compared = compared
        self.known = context.library.projects(context.viewer, context.as_of)
        over = [one.course for one in compared.finished]
        make: dict[str, Callable[[], Iterator[Change]]] = {
            "finished": lambda: map(self._finished, self.compared.finished),
            "reached": lambda: (self._reached(*one) for one in self.compared.reached if one[0] not in over),
            "moved": lambda: (self._moved(*one) for one in self.compared.moves),
            "turned": lambda: map(self._told, self.compared.turned),
            "back": lambda: (self._further(one) for one in self.compared.progress if one.change < 0),
            "new": lambda: map(self._told, self.compared.created),
            "further": lambda: (self._further(one) for one in self.compared.progress if one.change > 0),
            "gone": lambda: map(self._told, self.compared.gone),
            "figures": lambda: map(self._figure, self.compared.changed_figures),
        }
        one_project = context.query.project is not None
        kinds = [kind for kind in KINDS if not (one_project and kind == "figures")]
        self.changes = {kind: found for kind in kinds if (found := tuple(make[kind]()))}

    def only(self, wanted: Sequence[Wanted]) -> None:
        """Leaves those changes alone that speak of any of the things asked for: P99, or 收银台、分账、码牌."""
        kept = {kind: tuple(c for c in found if _speaks(c, wanted)) for kind, found in self.changes.items()}
        self.changes = {kind: found for kind, found in kept.items() if found}

    @property
    def title(self) -> str:
        """The team and both reports."""
        old, new = self.context.report(self.compared.old), self.context.report(self.compared.new)
        return " ".join(filter(None, [self.compared.new.team, f"{old} → {new}"]))

    @property
    def counts(self) -> str:
        """How many changes there are of each kind."""
        between = "，" if self.context.query.lang == "zh" else ", "
        return between.join(self._count(kind, found) for kind, found in self.changes.items())

    def _count(self, kind: str, changes: Sequence[Change]) -> str:
        say = self.context.say
        return say("changes.count", kind=say(f"changes.{kind}"), count=len(changes))

    def entries(self) -> list[Entry]:
        """One entry per kind of change."""
        return [self._entry(kind, changes) for kind, changes in self.changes.items()]

    def _entry(self, kind: str, changes: Sequence[Change]) -> Entry:
        return Entry(
            text=plain(self._count(kind, changes), Style.STRONG),
            below=tuple(plain(change.text) for change in changes),
            citations=tuple(c for change in changes for c in change.citations),
            data={"kind": kind, "team": self.compared.new.team, "changes": [c.data for c in changes]},
            about=tuple(change.about for change in changes),
        )

    def brief(self) -> Entry:
        """The team among others: its counts, and the first few changes."""
        say = self.context.say
        few = [(kind, c) for kind, found in self.changes.items() for c in found][:SHOWN_OF_MANY]
        data = [{"kind": kind, **change.data} for kind, found in self.changes.items() for change in found]
        team = self.compared.new.team or ""
        cited = tuple(c for _, change in few for c in change.citations) or self.none_cited()
        return Entry(
            text=join([plain(self.title, Style.STRONG), plain(self.counts or say("changes.nothing"))], " "),
            below=tuple(plain(say("changes.line", kind=say(f"changes.{kind}"), text=one.text)) for kind, one in few),
            citations=cited, data={"team": team, "changes": data}, asks=say("changes.ask", team=team),
            about=tuple(change.about for found in self.changes.values() for change in found),
        )  # fmt: skip

    def none_cited(self) -> tuple[Citation, ...]:
        """Both reports, where nothing changed."""
        return tuple(cite_head(self.context, report) for report in (self.compared.new, self.compared.old))

    def _called(self, course: Course) -> str:
        return called(course, self.known)

    def _at(self, report: ReportRef, line: int) -> str:
        return f"{report.label or report.report_date} {self.context.say('answer.line', line=line)}"

    def _told(self, one: Told) -> Change:
        update, report = one.mention.record, one.mention.report
        words = shortened(note(update), WORDS_LENGTH)
        name = self._called(one.course)
        text = "  ".join(filter(None, [name, words, self._at(report, update.line)]))
        return Change(text, (self._cite(one.mention),), {"project": name, "now": _place(report, update.line)}, name)

    def _finished(self, one: Told) -> Change:
        """A project that is over, with the days that it reached now."""
        told = self._told(one)
        days = [telling for course, telling in self.compared.reached if course is one.course]
        spans = [(telling.milestone.start, telling.milestone.end) for telling in days]
        reached = [f"{self.context.days(*span)} {self.context.event(t.milestone)}"
                   for span, t in zip(spans, days, strict=True)]  # fmt: skip
        name, *rest = told.text.split("  ")
        cited = dict.fromkeys([*told.citations, *(cite_telling(self.context, telling) for telling in days)])
        return replace(told, text="  ".join([name, *reached, *rest]), citations=tuple(cited))

    def _further(self, one: Further) -> Change:
        name, before, now = self._called(one.course), one.before[0], one.now[0]
        step = number(exact(now) - exact(before), signed=True)
        places = f"{self._at(one.before[1].report, one.before[1].record.line)} → " + self._at(
            one.now[1].report, one.now[1].record.line
        )
        text = f"{name}  {far(one.before[1].record)} → {far(one.now[1].record)}  {step} pp  {places}"
        data = {"project": name, "before": before, "after": now, "change": one.change,
                "old": _place(one.before[1].report, one.before[1].record.line),
                "now": _place(one.now[1].report, one.now[1].record.line)}  # fmt: skip
        return Change(text, (self._cite(one.now[1]), self._cite(one.before[1])), data, name)

    def _moved(self, course: Course, move: Moved) -> Change:
        context, name = self.context, self._called(course)
        sign = "+" if move.direction is Direction.SLIP else "−"
        days = f"{context.days(move.start, move.end)} → {context.days(move.to.start, move.to.end)}"
        report = move.new.mention.report
        text = context.say("changes.move", name=name, event=context.event(move.to), days=days, sign=sign,
                           count=move.days, place=self._at(report, move.to.line))  # fmt: skip
        cited = (cite_telling(context, move.new), *((cite_telling(context, move.old),) if move.old else ()))
        old = _place(move.old.mention.report, move.old.milestone.line) if move.old else None
        data = {"project": name, "event": move.to.event, "days": move.days, "direction": move.direction.value,
                "from": move.end.isoformat(), "to": move.to.end.isoformat(), "old": old,
                "now": _place(report, move.to.line)}  # fmt: skip
        return Change(text, cited, data, name)

    def _reached(self, course: Course, told: Telling) -> Change:
        context, name, milestone = self.context, self._called(course), told.milestone
        report = told.mention.report
        day = context.days(milestone.start, milestone.end)
        text = f"{name}  {day} {context.event(milestone)}  {self._at(report, milestone.line)}"
        data = {"project": name, "event": milestone.event, "day": milestone.end.isoformat(),
                "now": _place(report, milestone.line)}  # fmt: skip
        return Change(text, (cite_telling(context, told),), data, name)

    def _figure(self, one: Figure) -> Change:
        metric, report, source = one.now.record, one.now.report, one.source or one.now
        unit = metric.unit or ""
        unit = f" {unit}" if unit[:1].isascii() and unit[:1].isalpha() else unit
        change = exact(metric.value) - exact(source.record.value)
        step = number(change, signed=True) + (" pp" if unit == "%" else unit)
        places = f"{self._at(source.report, source.record.line)} → {self._at(report, metric.line)}"
        cited = tuple(self.context.cite(m.report, m.record.line, about=m.record.name) for m in (one.now, source))
        now, was = (_as_written(exact(m.record.value), c.quote)
                    for m, c in zip((one.now, source), cited, strict=True))  # fmt: skip
        text = f"{metric.name}  {was}{unit} → {now}{unit}  {step}  {places}"
        data = {"metric": metric.name, "before": source.record.value, "after": metric.value, "unit": metric.unit,
                "change": float(change), "old": _place(source.report, source.record.line),
                "now": _place(report, metric.line)}  # fmt: skip
        return Change(text, cited, data, metric.name)

    def _cite(self, mention: Mention[Update]) -> Citation:
        return self.context.cite(mention.report, mention.record.line, mention.record.line_end, mention.record.text)


def _speaks(change: Change, wanted: Sequence[Wanted]) -> bool:
    return any(most(one, (change.text, change.about)) >= SCATTERED for one in wanted)


def _about(asked: _Asked, shown: Sequence[_Shown]) -> list[_Shown]:
    """The teams with those of their changes that the words left over name; without such words all of them."""
    wanted = content(asked.context.query.words, asked.context.told)
    if wanted and all(any(_speaks(c, [one]) for each in shown for found in each.changes.values() for c in found)
                      for one in wanted):  # fmt: skip
        for each in shown:
            each.only(wanted)
        return [each for each in shown if each.changes]
    return list(shown)


def _answer(asked: _Asked, compared: Sequence[_Shown]) -> Answer:
    context, shown = asked.context, _about(asked, compared)
    one = len(shown) == 1
    entries = shown[0].entries() if one else [each.brief() for each in shown]
    unknown = None
    if context.query.words:
        entries, unknown = only_spoken_of(context, entries)
    if unknown:
        return unknown
    reports = [report for each in shown for report in (each.compared.new, each.compared.old)]
    total = sum(len(found) for each in shown for found in each.changes.values())
    key = "changes.head_one" if one and total else "changes.head_none" if one else "changes.head_many"
    first = shown[0]
    head = context.say(key, title=first.title, counts=first.counts, teams=len(shown), count=total)
    return answer_list(
        context, head, entries, found=True, name="changes", before=_notes(asked, shown),
        data={"pairs": [{"team": each.compared.new.team, "old": each.compared.old.source,
                         "new": each.compared.new.source} for each in shown],
              "consulted": consulted_data(reports)},
        citations=() if total else [c for each in shown for c in each.none_cited()],
    )  # fmt: skip


def _notes(asked: _Asked, shown: Sequence[_Shown]) -> list[Para]:
    """That nothing newer is there than the reports compared."""
    context = asked.context
    if not asked.slid or context.query.range is None:
        return []
    words = context.range_text(context.query.range.start, context.query.range.end)
    newest = max(each.compared.new.report_date for each in shown)
    return [Para(plain(context.say("changes.slid", asked=words, day=newest), Style.WARN))]


def _no_pair(asked: _Asked) -> Answer:
    """A named week without a report, or the first one of all: said, with the newest that there is."""
    context, query = asked.context, asked.context.query
    spans = [context.range_text(one.start, one.end) for one in (query.range, query.beside) if one]
    newest = asked.reports[0]
    head = context.say("changes.no_pair", range=" / ".join(spans) or str(context.as_of))
    text: Text = (Span(context.say("plan.newest", reports=context.report(newest)), Style.DIM),)
    return context.not_found(head, blocks=(Para(text),), data={**_empty(), "consulted": consulted_data([newest])})


def _empty() -> dict[str, Any]:
    return {"count": 0, "changes": [], "pairs": [], "consulted": []}


def _as_written(value: Decimal, line: str) -> str:
    """The number as its line writes it: 44.0, and not the 44 that it is stored as."""
    written = (found for found in _NUMBER.findall(line) if Decimal(found) == value)
    return next(written, number(value))


def _place(report: ReportRef, line: int) -> dict[str, Any]:
    return {"source": report.source, "line": line, "report_date": report.report_date.isoformat()}
