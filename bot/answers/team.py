"""A team at a glance: where its projects stand, what comes due, incidents, figures, what changed, and its goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.answers.consulted import consulted_data
from bot.answers.context import Context
from bot.answers.courses import courses
from bot.answers.glance import (
    AHEAD_DAYS,
    INCIDENT_DAYS,
    Changes,
    Figure,
    Glance,
    Told,
    figures,
    glances,
    goals,
)
from bot.answers.glance_lines import TITLE_LENGTH, due_line, figure_line, incident_line, move_text
from bot.answers.incident_view import iso_minute
from bot.answers.listing import Entry, answer_list
from bot.answers.model import Answer, Block, Para, Span, Style, Table, Text, join, plain, shortened
from bot.answers.period import Period, period
from bot.answers.rows import cells, cite_row, date_data, row_data
from bot.answers.underway import cite_mention, cite_telling, named
from store.records import Citation, Goal, ReportRef

MOST_ROWS = 8
MOST_FIGURES = 6
MOST_DATES = 6
MOST_INCIDENTS = 3
MOST_GOALS = 6
OLD_AFTER_DAYS = 10  # a team whose report is older has missed a Friday


def answer_team(context: Context) -> Answer:
    """The team that the question names; without one every team in a few lines."""
    asked = period(context)
    end = min(context.as_of, asked.end)
    reports = context.library.reports_between(context.viewer, end, None, end)
    not_yet = _is_not_yet_told(asked, reports, context.as_of)
    if not reports or not (not_yet or any(asked.holds(report.report_date) for report in reports)):
        return _no_reports(context, asked.start, asked.end)
    if context.query.words:
        return _unknown(context, reports)
    then = replace(context, query=replace(context.query, as_of=end))
    found = glances(then, courses(then), reports)
    answer = _One(then, found[0], context).answer() if len(found) == 1 else _every(context, then, found)
    return replace(answer, blocks=(_not_yet(context, asked), *answer.blocks)) if not_yet else answer


def _is_not_yet_told(asked: Period, reports: Sequence[ReportRef], today: date) -> bool:
    """Whether the days asked for are under way and no report speaks of them yet: 这周怎么样 on a Monday."""
    newest = max((report.report_date for report in reports), default=None)
    return newest is not None and asked.start is not None and newest < asked.start <= today <= asked.end


def _not_yet(context: Context, asked: Period) -> Para:
    days = context.range_text(asked.start, asked.end)
    return Para(plain(context.say("team.not_yet", range=days), Style.DIM))


def _no_reports(context: Context, start: date | None, end: date) -> Answer:
    known = context.library.span(context.viewer, context.as_of)
    if known is None and context.query.team is None:
        return context.not_found(context.none_known(end), data={"teams": []})
    team = context.query.team or context.say("team.all")
    head = context.say("team.no_report", team=team, range=context.range_text(start, end))
    return context.not_found(head, data={"teams": list(context.library.teams(context.viewer, context.as_of))})


def _unknown(context: Context, reports: Sequence[ReportRef]) -> Answer:
    """A team that no report is of: which there are."""
    teams = sorted({report.team for report in reports if report.team})
    head = context.say("team.unknown", words=context.query.words)
    offer = context.say("team.known", teams=named(context, teams, 12))
    asks = tuple(context.say("team.ask", team=team) for team in teams[:3])
    return context.not_found(head, blocks=(Para(plain(offer)),), data={"teams": teams}, suggestions=asks)


def _every(context: Context, then: Context, found: Sequence[Glance]) -> Answer:
    entries = [_Short(then, one).entry() for one in found]
    head = context.say("team.head_all", count=len(found), teams=named(context, [one.team or "" for one in found]))
    return answer_list(context, head, entries, found=True, name="teams")


class _Told:
    """What is said of a team, in one answer or in two lines."""

    def __init__(self, context: Context, glance: Glance) -> None:
        self.context, self.glance, self.say = context, glance, context.say
        self.stop = "；" if context.query.lang == "zh" else "; "

    def _title(self) -> str:
        return f"{self.glance.team or ''} · {self.context.report(self.glance.newest)}".removeprefix(" · ")

    def _numbers(self) -> str:
        """What is under way, due and broken, as numbers."""
        glance = self.glance
        ahead = len(glance.due) - len(glance.overdue)
        pieces = [self.say("team.projects", count=len(glance.rows)), self.say("team.due", count=ahead)]
        pieces += [self.say("team.overdue", count=len(glance.overdue))] if glance.overdue else []
        pieces.append(self.say("team.incidents", count=len(glance.incidents)))
        pieces += [self.say("team.open_incidents", count=len(glance.open_incidents))] if glance.open_incidents else []
        return ("，" if self.context.query.lang == "zh" else ", ").join(pieces)

    def _age(self) -> str:
        days = (self.context.as_of - self.glance.newest.report_date).days
        return self.say("team.age", days=days) if days > OLD_AFTER_DAYS else ""

    def _changed(self) -> str:
        """What the newest report changes, in one line."""
        changes: Changes = self.glance.changes
        pieces = [self.say(f"team.{key}", names=named(self.context, [c.project.name for c in found]))
                  for key, found in (("new", changes.new), ("finished", changes.finished), ("back", changes.back))
                  if found]  # fmt: skip
        pieces += [move_text(self.context, course, move) for course, move in changes.moves]
        pieces += [self.say("team.further", count=len(changes.further))] if changes.further else []
        return self.stop.join(pieces) or self.say("team.no_change")

    def _changes_cited(self) -> tuple[Citation, ...]:
        changes = self.glance.changes
        told = [c.newest for c in (*changes.new, *changes.finished, *changes.back)]
        moves = [telling for _, move in changes.moves for telling in (move.new, move.old)]
        return (*(cite_mention(self.context, m) for m in told), *(cite_telling(self.context, t) for t in moves))

    def _data(self) -> dict[str, Any]:
        glance, changes, newest = self.glance, self.glance.changes, self.glance.newest
        return {
            "team": glance.team,
            "report": {"label": newest.label, "date": newest.report_date.isoformat(), "source": newest.source},
            "reports": len(glance.reports),
            "under_way": len(glance.rows),
            "due": [{"project": d.row.title, **date_data(d.date)} for d in glance.due],
            "incidents": [_incident_data(told) for told in glance.incidents],
            "open_incidents": len(glance.open_incidents),
            "changes": {
                **{name: [c.project.name for c in getattr(changes, name)]
                   for name in ("new", "finished", "further", "back")},
                "moves": [{"project": c.project.name, "event": m.new.milestone.event, "days": m.days,
                           "direction": m.direction, "old": m.old.milestone.end.isoformat(),
                           "new": m.new.milestone.end.isoformat()} for c, m in changes.moves],
            },
        }  # fmt: skip


def _incident_data(told: Told) -> dict[str, Any]:
    incident, report = told[0].record, told[0].report
    return {"occurred_at": iso_minute(incident.occurred_at), "title": incident.title, "closed": incident.closed,
            "source": report.source, "line": incident.line}  # fmt: skip


class _Short(_Told):
    """A team among all the others."""

    def entry(self) -> Entry:
        """Its numbers, and what its newest report changes."""
        cited = (*self._changes_cited(), *(cite_telling(self.context, d.date.telling) for d in self.glance.due))
        cited = cited or self.context.cite_first(self.glance.newest)
        age = self._age()
        return Entry(
            text=join([plain(self._title(), Style.STRONG), plain(self._numbers()), plain(age, Style.WARN)], " "),
            below=(plain(self.say("team.changes", changes=self._changed())),),
            citations=tuple(dict.fromkeys(cited)),
            data=self._data(),
            asks=self.say("team.ask", team=self.glance.team or ""),
        )


class _One(_Told):
    """One team in full. `asked` is the question as it was asked."""

    def __init__(self, context: Context, glance: Glance, asked: Context) -> None:
        super().__init__(context, glance)
        self.asked = asked
        self.figures = figures(context, glance.reports)
        self.goals = goals(context, glance.newest)

    def answer(self) -> Answer:
        """The team's numbers in the first line, and what they are made of."""
        query, stop = self.asked.query, "：" if self.asked.query.lang == "zh" else ": "
        return Answer(
            question=query.question, kind=query.kind, lang=query.lang, found=True,
            head=plain(f"{self._title()}{stop}{self._numbers()}", Style.STRONG),
            blocks=tuple(self._blocks()), citations=self._citations(), range=self.asked.asked_range(),
            data={**self._data(), "projects": [row_data(row) for row in self.glance.rows[:MOST_ROWS]],
                  "figures": [_figure_data(f) for f in self.figures[:MOST_FIGURES]],
                  "goals": [{"text": g.text, "line": g.line, "source": self.glance.newest.source}
                            for g in self.goals],
                  "consulted": consulted_data(self._recent())},
            suggestions=(self.say("team.ask_projects", team=self.glance.team or ""),),
            expands=tuple(self.say("status.example", name=row.course.project.name)
                          for row in self.glance.rows[:MOST_ROWS]),
        )  # fmt: skip

    def _blocks(self) -> list[Block]:
        age = self._age()
        return [
            *([Para(plain(age, Style.WARN))] if age else []),
            Para(plain(self.say("team.changes", changes=self._changed()))),
            *self._projects(), *self._due(), *self._incidents(), *self._figures(), *self._goals(),
        ]  # fmt: skip

    def _projects(self) -> list[Block]:
        if not self.glance.rows:
            return []
        columns = [self.say(f"columns.{name}") for name in ("project", "progress", "dates", "source")]
        shown = [cells(self.context, row)[0] for row in self.glance.rows[:MOST_ROWS]]
        return [Table(tuple(columns), tuple(shown)), *self._rest(len(self.glance.rows) - MOST_ROWS, "ask_projects")]

    def _rest(self, left: int, ask: str) -> list[Block]:
        """How many more there are, and how to see them."""
        if left <= 0:
            return []
        text = self.say("team.rest", count=left, ask=self.say(f"team.{ask}", team=self.glance.team or ""))
        return [Para((Span(text, Style.DIM),), 1)]

    def _due(self) -> list[Block]:
        last = self.context.as_of + timedelta(days=AHEAD_DAYS - 1)
        days = self.context.days(self.context.as_of, last)
        if not self.glance.due:
            return [Para(plain(self.say("team.none_due", days=days)))]
        lines = [Para(due_line(self.context, due), 0, True) for due in self.glance.due[:MOST_DATES]]
        return [Para(plain(self.say("team.due_head", days=days), Style.STRONG)), *lines,
                *self._rest(len(self.glance.due) - MOST_DATES, "ask_dates")]  # fmt: skip

    def _incidents(self) -> list[Block]:
        first = self.context.as_of - timedelta(days=INCIDENT_DAYS - 1)
        days, found = self.context.days(first, self.context.as_of), self.glance.incidents
        recent = len(self._recent())
        if not found:
            key = "none_happened" if recent else "unknown_incidents"
            return [Para(plain(self.say(f"team.{key}", days=days, count=recent)))]
        head = self.say("team.incidents_head", days=days, count=len(found), open=len(self.glance.open_incidents))
        lines = [Para(incident_line(self.context, told), 0, True) for told in found[:MOST_INCIDENTS]]
        return [Para(plain(head, Style.STRONG)), *lines, *self._rest(len(found) - MOST_INCIDENTS, "ask_incidents")]

    def _recent(self) -> list[ReportRef]:
        first = self.context.as_of - timedelta(days=INCIDENT_DAYS - 1)
        return [report for report in self.glance.reports if report.report_date >= first]

    def _figures(self) -> list[Block]:
        if not self.figures:
            return []
        lines = [Para(figure_line(self.context, one), 0, True) for one in self.figures[:MOST_FIGURES]]
        return [Para(plain(self.say("team.figures"), Style.STRONG)), *lines,
                *self._rest(len(self.figures) - MOST_FIGURES, "ask_figures")]  # fmt: skip

    def _goals(self) -> list[Block]:
        if not self.goals:
            return []
        head = self.say("team.goals", report=self.context.report(self.glance.newest))
        lines = [Para(self._goal_line(goal), 0, True) for goal in self.goals[:MOST_GOALS]]
        return [Para(plain(head, Style.STRONG)), *lines, *self._rest(len(self.goals) - MOST_GOALS, "ask_goals")]

    def _goal_line(self, goal: Goal) -> Text:
        text = shortened(" ".join(goal.text.split()), 2 * TITLE_LENGTH)
        return (*plain(text), Span(f"  {self.say('answer.line', line=goal.line)}", Style.DIM))

    def _citations(self) -> tuple[Citation, ...]:
        glance, context = self.glance, self.context
        rows = [c for row in glance.rows[:MOST_ROWS] for c in cite_row(context, replace(row, parts=()))]
        due = [cite_telling(context, d.date.telling) for d in glance.due[:MOST_DATES]]
        told = [context.cite(t[0].report, t[0].record.line, t[0].record.line_end, t[0].record.title)
                for t in glance.incidents[:MOST_INCIDENTS]]  # fmt: skip
        metrics = [m for one in self.figures[:MOST_FIGURES] for m in (one.now, one.source) if m]
        figured = [context.cite(m.report, m.record.line, about=m.record.name) for m in metrics]
        promised = [context.cite(glance.newest, goal.line, about=goal.text) for goal in self.goals[:MOST_GOALS]]
        return tuple(dict.fromkeys([*rows, *due, *self._changes_cited(), *told, *figured, *promised])) or (
            context.cite_first(glance.newest)
        )


def _figure_data(one: Figure) -> dict[str, Any]:
    metric, report = one.now.record, one.now.report
    return {
        "name": metric.name, "value": metric.value, "unit": metric.unit,
        "previous": float(one.before) if one.before is not None else None,
        "previous_from": {"source": one.source.report.source, "line": one.source.record.line} if one.source else None,
        "change": float(one.change) if one.change is not None else None,
        "source": report.source, "line": metric.line,
    }  # fmt: skip
