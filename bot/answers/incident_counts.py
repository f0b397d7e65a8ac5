"""Incidents counted: by system, severity, week and month, what came back, and which were the worst."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.answers.context import Context
from bot.answers.incident_cases import Case, scale
from bot.answers.incident_times import clocked
from bot.answers.model import Block, Para, Style, Table, plain
from store.reading.clauses import clauses
from store.records import Mention
from store.words.names import BRACKETS, key
from store.words.normalise import fold

MOST_ROWS = 16
MOST_NAMED = 3
MOST_DAYS = 6
# Units of time, in minutes. What is counted in them lasted so long only where the words beside it say so: 最长26分钟
# is how late a payment was.
MINUTES = {
    "分钟": 1.0, "小时": 60.0, "秒": 1 / 60, "天": 1440.0,
    "min": 1.0, "minutes": 1.0, "hours": 60.0, "seconds": 1 / 60,
}  # fmt: skip
_TIME = re.compile(
    r"\d+(?:\.\d+)?\s*(?:分钟|小时|秒|天|minutes?|mins?|hours?|seconds?|h)(?![a-z])"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|half an?|an) (?:minutes|hours?|days)\b",
    re.ASCII,
)
_LASTED = re.compile(
    r"(?:持续|历时|中断|lasted)(?:了|约|近|about|some|\s)*(\d+(?:\.\d+)?)\s*"
    r"(分钟|小时|秒|天|min|minutes|hours|seconds)(?![a-z])"
    r"|(\d+(?:\.\d+)?)\s*(分钟|小时)(?:内|不可用|无法)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a count: what is counted under `name` (empty where the reports don't say)."""

    name: str
    cases: tuple[Case, ...]

    @property
    def count(self) -> int:
        """How many incidents."""
        return len(self.cases)


def by_system(cases: Sequence[Case]) -> list[Row]:
    """The systems with most incidents first; an incident counts for each of its systems, and those without last."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    held: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        for system in case.systems or ("",):
            written[key(system)][system] += 1
            held[key(system)].append(case)
    return _ordered(held, lambda name: written[name].most_common(1)[0][0])


def by_severity(cases: Sequence[Case]) -> list[Row]:
    """The severities, the gravest of each scale first, and those without one last."""
    held: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        held[case.grade].append(case)
    ranked = sorted(held.items(), key=lambda item: _rank(item[0]))
    rows = [Row(told[0].severity or "", tuple(told)) for _, told in ranked]
    return [*(row for row in rows if row.name), *(row for row in rows if not row.name)]


def _rank(grade: str) -> tuple[str, str]:
    return scale(grade), grade


def _ordered(held: dict[str, list[Case]], called: Callable[[str], str]) -> list[Row]:
    rows = [Row(called(name), tuple(told)) for name, told in held.items()]
    return sorted(rows, key=lambda row: (not row.name, -row.count, -row.cases[0].day.toordinal(), row.name))


def by_team(cases: Sequence[Case]) -> list[Row]:
    """The teams that tell of them, most often first."""
    held: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        held[case.newest.report.team or ""].append(case)
    return _ordered(held, str)


def by_week(cases: Sequence[Case]) -> list[tuple[date, int]]:
    """How many in each week that has any, by its Monday, oldest first."""
    return sorted(Counter(case.day - timedelta(days=case.day.weekday()) for case in cases).items())


def by_month(cases: Sequence[Case]) -> list[tuple[date, int]]:
    """How many in each month that has any, by its first day, oldest first."""
    return sorted(Counter(case.day.replace(day=1) for case in cases).items())


def recurrent(cases: Sequence[Case]) -> list[Row]:
    """What happened more than once to one team: at the same system, or under the same title; most often first."""
    systems: dict[str, list[Case]] = defaultdict(list)
    titles: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        team = case.newest.report.team or ""
        for system in case.systems:
            systems[f"{team}\n{key(system)}"].append(case)
        titles[f"{team}\n{key(BRACKETS.sub('', case.title))}"].append(case)
    rows = _repeated(systems, lambda case, name: next(s for s in case.systems if key(s) == name))
    seen = {frozenset(map(id, row.cases)) for row in rows}
    rows += [row for row in _repeated(titles, lambda case, _: case.title)
             if not any(set(map(id, row.cases)) <= known for known in seen)]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.count, -row.cases[0].day.toordinal(), row.name))


def _repeated(held: dict[str, list[Case]], called: Callable[[Case, str], str]) -> list[Row]:
    return [Row(called(told[0], of.split("\n")[1]), tuple(told)) for of, told in held.items() if len(told) > 1]


def counts_data(cases: Sequence[Case]) -> dict[str, Any]:
    """Every count as JSON values, for charts."""
    return {
        "by_system": [{"system": row.name or None, "count": row.count} for row in by_system(cases)],
        "by_severity": [{"severity": row.name or None, "count": row.count} for row in by_severity(cases)],
        "by_week": [{"week": monday.isoformat(), "count": count} for monday, count in by_week(cases)],
        "by_month": [{"month": f"{first:%Y-%m}", "count": count} for first, count in by_month(cases)],
    }


def graded(context: Context, cases: Sequence[Case]) -> str:
    """How many of each severity, in a line: `P2 1 起、P3 3 起、未写级别 1 起`; empty where none is graded."""
    rows = by_severity(cases)
    if not any(row.name for row in rows):
        return ""
    return context.say("incidents.between").join(_counted(context, row, "incidents.ungraded") for row in rows)


def _counted(context: Context, row: Row, unnamed: str) -> str:
    return context.say("incidents.of", name=row.name or context.say(unnamed), count=row.count)


def most(context: Context, rows: Sequence[Row]) -> str:
    """The names that have most, with their count; empty where no name has more than one incident."""
    named = [row for row in rows if row.name]
    top = [row for row in named if row.count == named[0].count] if named and named[0].count > 1 else []
    between = context.say("incidents.between")
    return between.join(_counted(context, row, "incidents.unsaid") for row in top) if len(top) <= MOST_NAMED else ""


def count_table(context: Context, rows: Sequence[Row], column: str, unnamed: str) -> list[Block]:
    """Each name with its count and the days, newest first; and the rows that are left out."""
    say = context.say
    shown = tuple(
        (plain(row.name or say(unnamed), Style.STRONG), plain(say("incidents.number", count=row.count)),
         plain(days_of(context, row.cases), Style.DIM)) for row in rows[:MOST_ROWS]
    )  # fmt: skip
    head = (say(column), say("columns.count"), say("columns.days"))
    return [Table(head, shown), *_left(context, len(rows) - len(shown))]


def days_of(context: Context, cases: Sequence[Case]) -> str:
    """The days of incidents, newest first, as many as a row holds."""
    days = [context.day(case.day) for case in sorted(cases, key=lambda case: case.day, reverse=True)]
    return context.say("incidents.between").join(days[:MOST_DAYS]) + (" …" if len(days) > MOST_DAYS else "")


def time_table(context: Context, counted: Sequence[tuple[date, int, str]], column: str) -> list[Block]:
    """Counts by week or month, oldest first: those of the newest weeks where there are many. An entry is (first day,
    count, note)."""
    say = context.say
    shown = counted[-MOST_ROWS:]
    rows = tuple(
        (plain(_span(context, first, column), Style.STRONG), plain(note or say("incidents.number", count=count)))
        for first, count, note in shown
    )
    return [*_left(context, len(counted) - len(shown)), Table((say(column), say("columns.count")), rows)]


def _span(context: Context, first: date, column: str) -> str:
    if column == "columns.week":
        return context.days(first, first + timedelta(days=6))
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return context.days(first, after - timedelta(days=1))


def _left(context: Context, count: int) -> list[Block]:
    return [Para(plain(context.say("incidents.rows_left", count=count), Style.DIM))] if count > 0 else []


def spans_told(text: str) -> tuple[str, ...]:
    """The clauses of a text that name a length of time, as written."""
    return tuple(c.text.strip() for c in clauses(text) if _TIME.search(fold(c.text)))


def lasted(context: Context, case: Case) -> tuple[float, Mention[Any]] | None:
    """How many minutes it lasted, where a report says that of the incident itself and not of a payment's delay."""
    for mention in case.tellings:
        text = fold(" ".join(filter(None, (mention.record.title, mention.record.impact))))
        if found := _LASTED.search(text):
            value, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
            return float(value) * MINUTES[unit], mention
    by_clock = clocked(context, case)
    return (float(by_clock[1]), by_clock[2]) if by_clock else None


def gravest(cases: Sequence[Case]) -> list[Row]:
    """The incidents of the highest severity, for each scale of severities that is in use."""
    scales: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if case.grade:
            scales[scale(case.grade)].append(case)
    return [_top(told) for _, told in sorted(scales.items())]


def _top(told: Iterable[Case]) -> Row:
    ordered = sorted(told, key=lambda case: case.grade)
    return Row(ordered[0].severity or "", tuple(case for case in ordered if case.grade == ordered[0].grade))


def largest(cases: Sequence[Case]) -> list[tuple[str, float, Case]]:
    """For each unit in which two incidents and more are counted, the incident with most of it; most told first."""
    units: dict[str, list[tuple[float, Case]]] = defaultdict(list)
    for case in cases:
        best: dict[str, float] = {}
        for count in case.counts:
            if count.unit not in MINUTES:
                best[count.unit] = max(count.value, best.get(count.unit, 0.0))
        for unit, value in best.items():
            units[unit].append((value, case))
    many = sorted((told for told in units.items() if len(told[1]) > 1), key=lambda told: -len(told[1]))
    return [(unit, *max(told, key=lambda one: one[0])) for unit, told in many]
