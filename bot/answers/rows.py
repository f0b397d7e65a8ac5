"""A project as a row: its name, how far it is, its next date and who has it, where that stands; and as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.answers.amounts import bar_of
from bot.answers.context import Context
from bot.answers.courses import Course
from bot.answers.model import Cell, Span, Style, Text, join, plain, shortened
from bot.answers.standing import milestone_data, note
from bot.answers.underway import (
    OpenDate,
    cite_mention,
    cite_telling,
    figure,
    nearest,
    owner_of,
    state_of,
)
from store.records import Citation, Milestone, ReportRef, State

NAME_LENGTH = 26
NOTE_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Row:
    """A project or part as a list shows it: `title` is how it is called beside the others, `newest` the newest report
    of its team, `dates` are the planned days that no report tells as reached, and `parts` its parts."""

    course: Course
    title: str
    newest: ReportRef
    dates: tuple[OpenDate, ...] = ()
    parts: tuple[Row, ...] = ()

    @property
    def family(self) -> tuple[Row, ...]:
        """The project and its parts."""
        return (self, *self.parts)

    @property
    def next(self) -> OpenDate | None:
        """The next date ahead, else the last one that has passed."""
        return nearest(self.dates)


def cells(context: Context, row: Row) -> list[tuple[Cell, ...]]:
    """The row and those of its parts: name, progress, state with dates and owner, source."""
    return [_cells(context, row, ""), *(_cells(context, part, "└ ") for part in row.parts)]


def _cells(context: Context, row: Row, lead: str) -> tuple[Cell, ...]:
    course, known = row.course, figure(row.course)
    source = context.say("answer.line", line=course.newest.record.line)
    label = course.newest.report.label or str(course.last_told)
    name, bar = plain(lead + shortened(row.title, NAME_LENGTH)), bar_of(known[1].record if known else None)
    return name, bar, about(context, row), plain(f"{label} {source}", Style.DIM)


def about(context: Context, row: Row) -> Text:
    """State, next and overdue dates, owner, and how old the news is, as far as reports say so; else what the line
    says."""
    owner = owner_of(row.course)
    return join([
        plain(state_words(context, row.course)),
        *dates(context, row),
        *_figure_age(context, row.course),
        plain(context.say("projects.has", owner=owner[0])) if owner else (),
        *age(context, row),
    ]) or plain(shortened(note(row.course.newest.record), NOTE_LENGTH), Style.DIM)  # fmt: skip


def state_words(context: Context, course: Course) -> str:
    """Its state, where it says more than that it goes on."""
    state = state_of(course)
    return context.say(f"status.{state}") if state not in (None, State.IN_PROGRESS) else ""


def dates(context: Context, row: Row) -> list[Text]:
    """The last date that has passed, and the next one ahead."""
    passed = [d for d in row.dates if d.overdue][-1:]
    ahead = [d for d in row.dates if not d.overdue][:1]
    return [*(plain(f"{_day(context, d.milestone)} ⚠", Style.WARN) for d in passed),
            *(plain(_day(context, d.milestone)) for d in ahead)]  # fmt: skip


def _day(context: Context, milestone: Milestone) -> str:
    name = "doubtful" if milestone.doubtful else "upcoming_own"
    return context.say(
        f"status.{name}", day=context.days(milestone.start, milestone.end), event=context.event(milestone)
    )


def _figure_age(context: Context, course: Course) -> list[Text]:
    """Which report the figure is from, where the newest one that speaks of the project has none."""
    known = figure(course)
    if known is None or known[1].report.report_date == course.last_told:
        return []
    report = known[1].report
    words = context.say("projects.figure_of", report=report.label or report.report_date, line=known[1].record.line)
    return [(Span(words, Style.DIM),)]


def age(context: Context, row: Row) -> list[Text]:
    """How old the news is, where its team has reported since."""
    if row.course.last_told == row.newest.report_date:
        return []
    days = (row.newest.report_date - row.course.last_told).days
    return [(Span(context.say("projects.older", day=context.day(row.course.last_told), days=days), Style.WARN),)]


def cite_row(context: Context, row: Row) -> tuple[Citation, ...]:
    """The lines that say what the row shows, for its parts too."""
    found = []
    for each in row.family:
        known, owner = figure(each.course), owner_of(each.course)
        told = [each.course.newest, *([known[1]] if known else []), *([owner[1]] if owner else [])]
        found += [cite_mention(context, mention) for mention in told]
        found += [cite_telling(context, d.telling) for d in each.dates]
        if each.course.finished:
            found.append(cite_mention(context, each.course.finished))
    return tuple(dict.fromkeys(found))


def row_data(row: Row) -> dict[str, Any]:
    """The row as JSON values, its parts too."""
    return {**_facts(row), "parts": [_facts(part) for part in row.parts]}


def _facts(row: Row) -> dict[str, Any]:
    course, known, owner = row.course, figure(row.course), owner_of(row.course)
    report = course.newest.report
    return {
        "name": row.title, "team": course.project.team, "state": state_of(course),
        "progress": known[0] if known else None,
        "progress_from": row_place(known[1].report, known[1].record.line) if known else None,
        "owner": owner[0] if owner else None,
        "dates": [date_data(d) for d in row.dates],
        "text": course.newest.record.text, **row_place(report, course.newest.record.line),
    }  # fmt: skip


def date_data(one: OpenDate) -> dict[str, Any]:
    """A planned day as JSON values."""
    report = one.telling.mention.report
    return {**milestone_data(one.milestone), "overdue": one.overdue, **row_place(report, one.milestone.line)}


def row_place(report: ReportRef, line: int) -> dict[str, Any]:
    """Where a row's line stands, as JSON values."""
    return {"label": report.label, "report_date": report.report_date.isoformat(), "source": report.source, "line": line}
