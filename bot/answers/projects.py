"""Which projects there are: those under way now by team and state, or those that the question's bounds let through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from bot.answers.amounts import far
from bot.answers.consulted import consulted_data
from bot.answers.context import Context
from bot.answers.courses import Course, called, courses
from bot.answers.listing import MOST_SHOWN, Entry, answer_list, narrowed
from bot.answers.model import Answer, Block, Cell, Para, Style, Table, plain
from bot.answers.new_projects import answer_new
from bot.answers.period import Period, period, slid
from bot.answers.rows import Row, cells, cite_row, row_data
from bot.answers.section import is_titled
from bot.answers.underway import (
    FIGURE_DAYS,
    OpenDate,
    figure,
    named,
    newest_reports,
    no_reports,
    open_dates,
    over,
    owner_of,
    reports_told,
    short_names,
    since,
    state_of,
    wholes,
)
from bot.question.kinds import BY_PROGRESS
from store.records import Citation, Mention, ReportRef, SectionKind, State, Update
from store.words.names import key
from store.words.normalise import fold

NAMED = 6  # finished projects that the last lines name
MOST_NAMED = 5  # projects that the first line of a filtered list names
# What needs looking after stands first.
ORDER = (State.BLOCKED, State.DELAYED, State.PAUSED, State.NO_UPDATE, State.TESTING, State.IN_PROGRESS, State.PLANNED,
         None, State.DONE)  # fmt: skip


def answer_projects(context: Context) -> Answer:
    """The projects that the question asks for; without any bound those under way now, with a count of the others."""
    if context.query.aspect == "new":
        return answer_new(context)
    asked = period(context)
    end = min(context.as_of, asked.end)
    reports, told = reports_told(context, asked, end)
    if not told:
        return no_reports(context, asked, bool(reports), "projects")
    then = replace(context, query=replace(context.query, as_of=end))
    chosen = Chosen(then, courses(then), told, newest_reports(reports))
    return _Listed(context, chosen, asked).answer()


class Chosen:
    """Which of the courses that `told` reports speak of a question asks for. `then` is the question with the last day
    of its range for its day, `newest` the newest report of each team."""

    def __init__(
        self, then: Context, found: Sequence[Course], told: Sequence[ReportRef], newest: dict[str | None, ReportRef]
    ) -> None:
        self.then, self.query, self.told, self.newest = then, then.query, told, newest
        self.known = then.library.projects(then.viewer, then.as_of)
        ids = {report.id for report in told}
        in_range = [c for c in found if any(m.report.id in ids for m in c.mentions)] if self.query.range else found
        self.found = sorted(in_range, key=lambda course: _place(course, stale=self._stale(course)))
        self.by_subject = {course.project.subject: course for course in self.found}
        self.parts: dict[int | None, list[Course]] = {}
        for course in self.found:
            self.parts.setdefault(course.project.parent, []).append(course)

    def _stale(self, course: Course) -> bool:
        """Whether its team's reports haven't spoken of it for weeks."""
        newest = self.newest.get(course.mentions[0].report.team)
        return newest is not None and (newest.report_date - course.last_told).days > FIGURE_DAYS

    @property
    def bounded(self) -> bool:
        """Whether the question says which projects by more than team, project, range and words."""
        query = self.query
        limits = (query.owner, query.least, query.most)
        return bool(query.states or query.event or query.tied) or any(limit is not None for limit in limits)

    @property
    def current(self) -> bool:
        """Whether those under way now are asked for."""
        return not self.bounded and self.query.range is None and self.query.project is None

    @cached_property
    def passed(self) -> list[Course]:
        """Those that the bounds let through; without bounds those under way now, or of the range, or of the project."""
        if self.query.tied:
            return [course for course in self.found if self._fits(course)]
        if self.bounded:
            return [course for course in self.found if self._fits(course) and not self._forgotten(course)]
        if self.current:
            return [course for course in self.found if self.now(course) or self._stands_there(course)]
        whole = self.query.project.subject if self.query.project else None
        return [course for course in self.found if course.project.subject != whole] or self.found

    def rows(self) -> list[Row]:
        """Each project with its parts; a part stands for itself where bounds choose among projects and parts."""
        short = self.short_names
        kept = [course for course in self.passed if self.query.tied or course.project.subject not in short]
        if self.query.aspect in BY_PROGRESS:
            far = [(known[0], course) for course in kept if (known := figure(course))]
            far.sort(key=lambda each: each[0], reverse=self.query.aspect == "highest")
            return [self._row(course, self._title(course)) for _, course in far]
        if self.bounded or self.query.project:
            return [self._row(course, self._title(course)) for course in kept]
        return [replace(self._row(whole.course, called(whole.course, self.known)),
                        parts=tuple(self._row(part, part.project.name) for part in whole.parts))
                for whole in wholes(kept)]  # fmt: skip

    def _title(self, course: Course) -> str:
        of_one = self.query.project is not None and course.project.parent == self.query.project.subject
        return course.project.name if of_one else called(course, self.known)

    def in_section(self, course: Course) -> bool:
        """Whether the words of the question are the title of the section that the project stands under, or its
        number: O1, 业务需求."""
        titles = {m.record.section for m in course.standing.mentions if m.record.kind is SectionKind.PROJECTS}
        return bool(self.query.words) and any(is_titled(self.query.words, title) for title in titles if title)

    def _stands_there(self, course: Course) -> bool:
        """Whether the newest report lists it under the section that is asked for, finished or not."""
        newest = self.newest[course.mentions[0].report.team].report_date
        return course.project.parent is None and course.last_told == newest and self.in_section(course)

    @cached_property
    def short_names(self) -> dict[int, Course]:
        """Those that pass but look like another project under a short name."""
        asked = {course.project.subject for course in self.passed} | {course.project.parent for course in self.passed}
        return short_names([course for course in self.found if course.project.subject in asked], self.found)

    def over(self, course: Course) -> bool:
        """Whether it is finished, or was a part of what is."""
        return over(course, self.by_subject.get(course.project.parent or 0))

    def now(self, course: Course) -> bool:
        """Whether it is under way: not finished, and spoken of in the last weeks; a part as long as it tells something
        or stands in the newest report, and its project isn't finished."""
        if self.over(course) or course.last_told < since(self.then.as_of):
            return False
        if course.project.parent is None:
            return True
        above = self.by_subject.get(course.project.parent)
        in_newest = course.last_told == self.newest[course.mentions[0].report.team].report_date
        return not (above and self.over(above)) and (in_newest or course.standing.telling)

    def now_told(self, course: Course) -> bool:
        """Whether a highlight speaks of it in the last weeks, and doesn't call it finished."""
        return course.finished is None and course.last_told >= since(self.then.as_of)

    def _forgotten(self, course: Course) -> bool:
        """Whether it is a part of which no report has spoken for weeks: that is no longer how the project stands."""
        return course.project.parent is not None and course.last_told < since(self.then.as_of)

    def _fits(self, course: Course) -> bool:
        query, owner = self.query, owner_of(course)
        return (
            self._between(course)
            and (not query.tied or course.project in query.tied)
            and (query.owner is None or _is_of(query.owner, owner[0] if owner else ""))
            and (query.event is None or bool(self._dates(course)))
            and (not query.states or any(self._stands(course, state) for state in query.states))
        )

    def _between(self, course: Course) -> bool:
        low, high, known = self.query.least, self.query.most, figure(course)
        if low is None and high is None:
            return True
        return known is not None and (low is None or known[0] >= low) and (high is None or known[0] <= high)

    def _stands(self, course: Course, state: str) -> bool:
        """Whether it stands so; what isn't finished and has no other word is in progress."""
        if state == "open":
            return not self.over(course)
        if state == State.IN_PROGRESS and not self.over(course):
            return state_of(course) in (State.IN_PROGRESS, None)
        return state_of(course) == state

    def _dates(self, course: Course) -> tuple[OpenDate, ...]:
        if self.over(course):
            return ()
        above = self.by_subject.get(course.project.parent or 0)
        beside = self.parts.get(course.project.parent, []) if above else []
        family = [course, *self.parts.get(course.project.subject, []), *beside, *([above] if above else [])]
        dates = open_dates(course, family, self.then.as_of)
        # 特征平台迁移 is handed to test 12月中旬; of its parts an older report said 12/15.
        told = {d.milestone.event for d in open_dates(above, family, self.then.as_of)} if above else set()
        asked = (d for d in dates if self.query.event in (None, d.milestone.event))
        return tuple(d for d in asked if d.milestone.event not in told
                     or d.telling.mention.report.report_date == course.last_told)  # fmt: skip

    def _row(self, course: Course, title: str) -> Row:
        return Row(course, title, self.newest[course.mentions[0].report.team], self._dates(course))


def _place(course: Course, *, stale: bool) -> tuple[str, bool, int, float, str]:
    """By team, what its newest reports speak of first."""
    state, known = state_of(course), figure(course)
    return course.project.team or "", stale, ORDER.index(state), -(known[0] if known else -1), course.project.name


class _Listed:
    """The list of the chosen projects in the making."""

    def __init__(self, context: Context, chosen: Chosen, asked: Period) -> None:
        self.context, self.chosen, self.asked, self.query = context, chosen, asked, context.query
        self.several = len(self._consulted()) > 1

    def answer(self) -> Answer:
        """The rows that speak of all words of the question, ten at a time."""
        rows = {id(entry): (entry, row) for row in self.chosen.rows() for entry in [self._entry(row)]}
        of_section = [entry for entry, row in rows.values() if self.chosen.in_section(row.course)]
        entries = of_section or narrowed(self.chosen.then, [entry for entry, _ in rows.values()])
        shown = [rows[id(entry)][1] for entry in entries]
        # Quoting a line costs more than all the rest, so that only what is shown is quoted.
        first = self.query.skip
        for at in range(first, min(first + MOST_SHOWN, len(shown))):
            entries[at] = self._in_full(entries[at], shown[at])
        unanswered = self.query.words or self.query.owner or self.query.project
        return answer_list(
            self.context, self._head(shown), entries, found=bool(entries) or not unanswered, name="projects",
            notes=tuple(self._notes(shown)), data=self._data(shown), draw=self._table, citations=self._cite_finished(),
        )  # fmt: skip

    def _entry(self, row: Row) -> Entry:
        mentions = [m for each in row.family for m in each.course.standing.mentions]
        names = [name for each in row.family for name, _ in each.course.project.names]
        return Entry(
            text=plain(row.title), citations=(),
            asks=self.context.say("status.example", name=row.course.project.name),
            about=(*names, *(m.record.text for m in mentions), row.course.project.team or ""),
        )  # fmt: skip

    def _in_full(self, entry: Entry, row: Row) -> Entry:
        rows = tuple(cells(self.context, row))
        return replace(entry, citations=cite_row(self.context, row), data=row_data(row), rows=rows)

    def _table(self, entries: Sequence[Entry]) -> list[Block]:
        """One table, the name of each team above its projects where there are several."""
        columns = [self.context.say(f"columns.{name}") for name in ("project", "progress", "dates", "source")]
        rows: list[tuple[Cell, ...]] = []
        team = None
        for entry in entries:
            if self.several and entry.data["team"] != team:
                team = entry.data["team"]
                rows.append((plain(team or "", Style.STRONG), (), (), ()))
            rows += entry.rows
        return [Table(tuple(columns), tuple(rows))] if rows else []

    def _head(self, rows: Sequence[Row]) -> str:
        say, asked = self.context.say, self._asked()
        if not rows:
            key = "none_about" if self.query.words else "none"
            return say(f"projects.{key}", asked=asked, words=self.query.words)
        head = say("projects.head", asked=asked, count=len(rows))
        stop = "：" if self.query.lang == "zh" else ": "
        if self.chosen.bounded or self.query.words or self.query.project or self.query.aspect in BY_PROGRESS:
            return head + stop + named(self.context, [self._named(row) for row in rows], MOST_NAMED)
        teams = Counter(row.course.project.team for row in rows if row.course.project.team)
        return head + (stop + named(self.context, [f"{team} {n}" for team, n in teams.items()]) if teams else "")

    def _named(self, row: Row) -> str:
        """A project in the first line, with what the bounds asked of it."""
        known = figure(row.course)
        if self.query.event and row.next:
            milestone = row.next.milestone
            return f"{row.title} {self.context.days(milestone.start, milestone.end)}"
        return f"{row.title} {far(known[1].record)}" if known else row.title

    def _asked(self) -> str:
        """What was understood: the range with its dates, bounds, state, owner and event."""
        say, query = self.context.say, self.query
        parts = [say("projects.now")] if self.chosen.current else []
        parts += [say("projects.asked")] if query.tied else []
        parts += [say("projects.parts_of", name=query.project.name)] if query.project else []
        if query.range:
            parts.append(say("projects.in_range", range=self.context.range_text(self.asked.start, self.asked.end)))
        parts += [say("projects.least", percent=f"{query.least:g}")] if query.least is not None else []
        parts += [say("projects.most", percent=f"{query.most:g}")] if query.most is not None else []
        parts += [say("projects.open") if state == "open" else say(f"status.{state}") for state in query.states]
        parts += [say("projects.owner", owner=query.owner)] if query.owner else []
        parts += [say("projects.no_owner")] if query.owner == "" else []
        parts += [say("projects.event", event=say(f"event.{query.event}"))] if query.event else []
        parts += [say("projects.about", words=query.words)] if query.words else []
        return ("、" if query.lang == "zh" else ", ").join(parts)

    def _notes(self, rows: Sequence[Row]) -> list[Block]:
        """What the count leaves out, and what it rests on."""
        say, chosen, notes = self.context.say, self.chosen, []
        short = chosen.short_names
        listed = {row.course.project.subject for row in rows}
        tops = [c for c in chosen.passed if c.project.subject in short and c.project.parent not in short]
        for course in tops:
            other = short[course.project.subject].project
            if other.subject in listed:
                day = self.context.day(course.last_told)
                notes.append(say("projects.short", name=course.project.name, day=day, other=other.name))
        if chosen.current and not self.query.words:
            notes += self._finished()
            notes += self._highlighted()
        newest = [f"{r.team or ''} {self.context.report(r)}".strip() for r in self._consulted()]
        notes.append(say("projects.consulted", reports=named(self.context, newest)))
        return [*slid(self.context, self.asked), *(Para(plain(note, Style.DIM)) for note in notes)]

    def _finished(self) -> list[str]:
        """How many are finished, and which were it last."""
        done = self._over()
        names = named(self.context, [course.project.name for course in done], NAMED)
        return [self.context.say("projects.finished", count=len(done), names=names)] if done else []

    def _highlighted(self) -> list[str]:
        """Which go on and are told of in highlights only."""
        names = named(self.context, [course.project.name for course in self._recurring], NAMED)
        return [self.context.say("projects.highlighted", count=len(self._recurring), names=names)] if names else []

    @cached_property
    def _recurring(self) -> list[Course]:
        """The highlights of several of the last reports that tell a figure, a day or a state: no passing news."""
        chosen = self.chosen
        told = [c for c in courses(chosen.then, highlights=True) if not c.project.firm and chosen.now_told(c)]
        return [c for c in told if len({m.report.id for m in c.mentions}) > 1 and any(map(_is_work, c.mentions))]

    def _over(self) -> list[Course]:
        """The finished projects, the last one first."""
        chosen = self.chosen
        done = [c for c in chosen.found if c.project.parent is None and chosen.over(c)]
        return sorted(done, key=lambda c: (-_ended(c).toordinal(), c.project.name))

    def _cite_finished(self) -> list[Citation]:
        """The lines by which those that are named are over."""
        if not self.chosen.current or self.query.words:
            return []
        over = [course.finished for course in self._over()[:NAMED] if course.finished]
        over += [course.newest for course in self._recurring[:NAMED]]
        return [self.context.cite(one.report, one.record.line, one.record.line_end, one.record.text) for one in over]

    def _consulted(self) -> list[ReportRef]:
        teams = {report.team for report in self.chosen.told if self.query.project is None
                 or report.team == self.query.project.team}  # fmt: skip
        return [report for team, report in self.chosen.newest.items() if team in teams]

    def _data(self, rows: Sequence[Row]) -> dict[str, Any]:
        chosen = self.chosen
        teams = Counter(row.course.project.team or "" for row in rows)
        return {
            "start": self.asked.start.isoformat() if self.asked.start else None,
            "end": chosen.then.as_of.isoformat(),
            "teams": dict(teams),
            "finished": sum(c.project.parent is None and chosen.over(c) for c in chosen.found),
            "consulted": consulted_data(self._consulted()),
        }


def _ended(course: Course) -> date:
    """The day of the report by which it is over; of a part that fell silent the last that speaks of it."""
    return course.finished.report.report_date if course.finished else course.last_told


def _is_work(mention: Mention[Update]) -> bool:
    update = mention.record
    return update.progress is not None or update.state is not None or bool(update.milestones)


def _is_of(asked: str, owner: str) -> bool:
    """Whether the owner is the one asked for; "" asks for what has none."""
    return fold(asked) in fold(owner) if asked else not key(owner)
