"""A week of the department on one page: who handed in, highlights, what slipped, incidents, figures, coverage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.answers.consulted import consulted_data
from bot.answers.context import Context
from bot.answers.courses import courses
from bot.answers.glance import Figure, Glance, Told, figures, glances
from bot.answers.glance_lines import figure_line, incident_line, move_text
from bot.answers.incident_view import iso_minute
from bot.answers.lines import readable
from bot.answers.model import Answer, Block, Para, Span, Style, Text, join, plain, shortened
from bot.answers.period import period
from bot.answers.underway import cite_telling, named
from bot.answers.weeks import Week, by_team, cite_head, missing_weeks, week_around, week_text, weeks_between
from store.linking.milestones import Direction
from store.records import HEADING, Citation, Item, ReportRef, SectionKind
from store.reminders import ReminderBook
from store.words.names import key as folded
from store.words.normalise import fold

MOST_HIGHLIGHTS = 3  # of one team
MOST_MOVES = 8
MOST_INCIDENTS = 8
MOST_FIGURES = 3  # of one team: those that changed most against what they were
LINE_LENGTH = 90
COVERED_WEEKS = 4


def answer_digest(context: Context) -> Answer:
    """The asked week of every team, or of the one that is asked for; without a week, that of the newest report."""
    reports = context.library.reports_between(context.viewer, context.as_of, None, context.as_of)
    known = by_team(reports)
    if not known:
        return context.not_found(context.none_known(), data={"week": None, "teams": []})
    if context.query.words:
        return _unknown(context, known)
    week = _week(context, reports)
    end = min(week.sunday, context.as_of)
    then = replace(context, query=replace(context.query, as_of=end, range=None))
    told = [report for report in reports if report.report_date <= end]
    found = [one for one in glances(then, courses(then), told) if one.team and week.covered_by(one.newest)]
    return _Digest(context, then, week, found, known).answer() if found else _nothing(context, week, reports)


def _unknown(context: Context, known: Mapping[str, object]) -> Answer:
    """Words that are no team and no week: what there is."""
    teams = context.say("team.known", teams=named(context, list(known), 12))
    head = context.say("team.unknown", words=context.query.words)
    return context.not_found(head, blocks=(Para(plain(teams)),), data={"week": None, "teams": list(known)})


def _week(context: Context, reports: Sequence[ReportRef]) -> Week:
    """The last week of the days asked for; else that of the newest report."""
    if context.query.range is not None:
        return week_around(min(period(context).end, context.as_of))
    return week_around(max(report.report_date for report in reports))


def _nothing(context: Context, week: Week, reports: Sequence[ReportRef]) -> Answer:
    near = max(reports, key=lambda report: (-abs((report.report_date - week.friday).days), report.report_date))
    head = context.say("digest.none", week=week_text(context, week), near=near.report_date)
    asks = context.say("digest.ask", day=near.report_date)
    return context.not_found(head, data={"week": week.monday.isoformat(), "teams": []}, suggestions=(asks,))


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the digest: what it says, what shows it, and the same as JSON values."""

    text: Text
    citations: tuple[Citation, ...]
    data: dict[str, Any]


class _Digest:
    """The digest of a week. `then` is the question on the week's last day, `found` the teams that handed in."""

    def __init__(
        self, context: Context, then: Context, week: Week, found: Sequence[Glance],
        known: dict[str, list[ReportRef]],
    ) -> None:  # fmt: skip
        self.context, self.then, self.week, self.found, self.say = context, then, week, found, context.say
        self.known = {team: [r for r in told if r.report_date <= week.sunday] for team, told in known.items()}
        self.lacking = [team for team, told in self.known.items() if missing_weeks(told, [week])]

    def answer(self) -> Answer:
        """Numbers in the first line, then each part that has anything to say."""
        query = self.context.query
        moves, incidents = list(self._moves()), list(self._incidents())
        later = sum(line.data["direction"] == Direction.SLIP for line in moves)
        parts = {
            "handed_in": list(self._handed_in()), "highlights": list(self._highlights()),
            "moves": moves, "incidents": incidents, "figures": list(self._figures()),
        }  # fmt: skip
        head = self.say(
            "digest.head", week=week_text(self.context, self.week), handed=len(self.found),
            teams=len(self.found) + len(self.lacking), slips=later, incidents=len(incidents),
        )  # fmt: skip
        return Answer(
            query.question, query.kind, query.lang, found=True, head=plain(head, Style.STRONG),
            blocks=(*(block for name, lines in parts.items() for block in self._part(name, lines)), self._coverage()),
            citations=tuple(dict.fromkeys(c for lines in parts.values() for line in lines for c in line.citations)),
            range=self.context.asked_range(),
            data={
                "week": self.week.monday.isoformat(), "teams": [one.team for one in self.found],
                "missing": self.lacking, **{name: [line.data for line in lines] for name, lines in parts.items()},
                "consulted": consulted_data([one.newest for one in self.found]),
            },
            suggestions=tuple(self.say("team.ask", team=one.team) for one in self.found),
        )  # fmt: skip

    def _part(self, name: str, lines: Sequence[_Line]) -> list[Block]:
        if name == "handed_in":
            missing = self.say("digest.missing", teams=named(self.context, self._without_report(), 12))
            lacking = [Para(plain(missing, Style.WARN))] if self.lacking else []
            return [*lacking, Para(join([line.text for line in lines]))]
        if not lines:
            none = {"moves": "digest.no_moves", "incidents": "digest.no_incidents"}.get(name)
            return [Para(plain(self.say(none)))] if none else []
        head = Para(plain(self.say(f"digest.{name}"), Style.STRONG))
        return [head, *(Para(line.text, 0, True) for line in lines)]

    def _without_report(self) -> list[str]:
        """The teams that lack one, each with why, where somebody said so."""
        excuses = ReminderBook(self.context.library).excuses(self.week.monday)
        reasons = {folded(one.team): one.reason for one in excuses if one.week == self.week.monday}
        return [f"{team} ({reasons[folded(team)]})" if folded(team) in reasons else team for team in self.lacking]

    def _handed_in(self) -> Iterator[_Line]:
        for one in self.found:
            text = f"{one.team} {self.context.report(one.newest)}"
            data = {"team": one.team, "source": one.newest.source, "date": one.newest.report_date.isoformat()}
            yield _Line(plain(text), (cite_head(self.context, one.newest),), data)

    def _highlights(self) -> Iterator[_Line]:
        for one in self.found:
            for item in _top(self._told_as_highlights(one.newest))[:MOST_HIGHLIGHTS]:
                said = shortened(" ".join(readable(item.text).split()), LINE_LENGTH)
                cited = (self.context.cite(one.newest, item.line, item.line_end, item.text),)
                data = {"team": one.team, "text": said, "source": one.newest.source, "line": item.line}
                yield _Line(self._of(one, plain(said), item.line), cited, data)

    def _told_as_highlights(self, report: ReportRef) -> list[Item]:
        library, viewer = self.context.library, self.context.viewer
        titles = {section.line for section in library.sections(viewer, report)}
        told = [item for item, kind in library.items(viewer, report) if kind is SectionKind.HIGHLIGHTS]
        return [item for item in told if item.line not in titles]

    def _moves(self) -> Iterator[_Line]:
        every = [(one, course, move) for one in self.found for course, move in one.changes.moves]
        every.sort(key=lambda each: (each[2].direction is not Direction.SLIP, -abs(each[2].days)))
        for one, course, move in every[:MOST_MOVES]:
            days = self.say(f"digest.{move.direction}", days=abs(move.days))
            style = Style.WARN if move.direction is Direction.SLIP else Style.PLAIN
            text = (*plain(f"{move_text(self.then, course, move)} "), *plain(days, style))
            cited = (cite_telling(self.then, move.new), cite_telling(self.then, move.old))
            data = {"team": one.team, "project": course.project.name, "event": move.new.milestone.event,
                    "days": move.days, "direction": move.direction, "line": move.new.milestone.line}  # fmt: skip
            yield _Line(self._of(one, text, move.new.milestone.line), cited, data)

    def _incidents(self) -> Iterator[_Line]:
        for one in self.found:
            for told in [told for told in one.incidents if self._is_of_the_week(told)][:MOST_INCIDENTS]:
                incident, report = told[0].record, told[0].report
                cited = (self.context.cite(report, incident.line, incident.line_end, incident.title),)
                data = {"team": one.team, "title": incident.title, "occurred_at": iso_minute(incident.occurred_at),
                        "closed": incident.closed, "source": report.source, "line": incident.line}  # fmt: skip
                yield _Line((*plain(f"{one.team} "), *incident_line(self.then, told)), cited, data)

    def _is_of_the_week(self, told: Told) -> bool:
        at = told[0].record.occurred_at
        return at is not None and self.week == week_around(at.date() if isinstance(at, datetime) else at)

    def _figures(self) -> Iterator[_Line]:
        for one in self.found:
            for figure in _moved_most(figures(self.then, one.reports)):
                metric, report = figure.now.record, figure.now.report
                sources = [m for m in (figure.now, figure.source) if m]
                cited = tuple(self.context.cite(m.report, m.record.line, about=m.record.name) for m in sources)
                data = {"team": one.team, "name": metric.name, "value": metric.value, "unit": metric.unit,
                        "change": float(figure.change or 0), "source": report.source, "line": metric.line}  # fmt: skip
                yield _Line((*plain(f"{one.team} "), *figure_line(self.then, figure)), cited, data)

    def _of(self, one: Glance, text: Text, line: int) -> Text:
        """A line with whose it is in front and where it stands behind."""
        return (*plain(f"{one.team} "), *text, Span(f"  {self.say('answer.line', line=line)}", Style.DIM))

    def _coverage(self) -> Para:
        """How many of the reports of the last weeks are there."""
        first = self.week.monday - timedelta(weeks=COVERED_WEEKS - 1)
        weeks = weeks_between(first, self.week.sunday)
        lacks = sum(len(missing_weeks(told, weeks)) for told in self.known.values())
        handed = sum(any(map(week.covered_by, told)) for week in weeks for told in self.known.values())
        text = self.say("digest.coverage", weeks=COVERED_WEEKS, handed=handed, due=handed + lacks)
        return Para(plain(text, Style.DIM))


def _top(items: Sequence[Item]) -> list[Item]:
    """The entries of the outermost level, without headings."""
    entries = [item for item in items if item.mark != HEADING and fold(item.text).strip()]
    least = min((item.depth for item in entries), default=0)
    return [item for item in entries if item.depth == least]


def _moved_most(found: Sequence[Figure]) -> list[Figure]:
    """The figures that changed most against what they were, in the report's order."""
    changed = [one for one in found if one.change and one.before]
    most = sorted(changed, key=_share, reverse=True)[:MOST_FIGURES]
    return [one for one in changed if one in most]


def _share(one: Figure) -> Decimal:
    """The change as a share of what was before."""
    return abs(one.change / one.before) if one.change and one.before else Decimal()
