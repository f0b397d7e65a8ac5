"""What people corrected by hand in what was read: pure, applied anew to the facts as found, which stay as they are.

A correction is known by its report, the text of the fact's lines, the fact's name, and which one it is where a report
has several alike; so it outlives every rereading, and holds as long as the same lines stand in the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from store.errors import BadCorrection
from store.quotes import quoted
from store.records import Incident, Mention, Metric, Milestone, State, Update

Record = TypeVar("Record", Update, Metric, Incident)


class Fact(StrEnum):
    """What kind of fact is corrected."""

    PROJECT = "project"
    MILESTONE = "milestone"
    METRIC = "metric"
    INCIDENT = "incident"


class Field(StrEnum):
    """What of a fact is corrected."""

    PROGRESS = "progress"
    STATE = "state"
    OWNER = "owner"
    DATE = "date"
    EVENT = "event"
    REACHED = "reached"
    VALUE = "value"
    TIME = "time"
    SEVERITY = "severity"
    CLOSED = "closed"

    @property
    def fact(self) -> Fact:
        """The kind of fact that has it."""
        return _FACTS[self]


_FACTS = {
    Field.PROGRESS: Fact.PROJECT, Field.STATE: Fact.PROJECT, Field.OWNER: Fact.PROJECT, Field.DATE: Fact.MILESTONE,
    Field.EVENT: Fact.MILESTONE, Field.REACHED: Fact.MILESTONE, Field.VALUE: Fact.METRIC, Field.TIME: Fact.INCIDENT,
    Field.SEVERITY: Fact.INCIDENT, Field.CLOSED: Fact.INCIDENT,
}  # fmt: skip
NONE = "none"  # what is written for a value that a report doesn't give


@dataclass(frozen=True, slots=True)
class Correction:
    """What `decided_by` said at `decided_at` (UTC): `field` of the fact `name` is `value`, where `read` was read.

    `quote` is the text of the fact's lines; it is the `nth` (from 0) of `among` facts of the report that have this
    name and text. Values are written as `written_value` does.
    """

    number: int
    report_id: int
    field: Field
    name: str
    quote: str
    nth: int
    among: int
    read: str
    value: str
    reason: str
    decided_by: str
    decided_at: datetime

    @property
    def key(self) -> tuple[object, ...]:
        """By what it is known: of two with the same key the newer one holds."""
        return self.report_id, self.field, self.name, self.quote, self.nth


@dataclass(frozen=True, slots=True)
class Amended:
    """A correction that holds, and the lines of the fact where it stands now."""

    correction: Correction
    line: int
    line_end: int


@dataclass(frozen=True, slots=True)
class Found:
    """What was read in one report, and its lines."""

    report_id: int
    report_date: date
    lines: Sequence[str] = ()
    updates: tuple[Update, ...] = ()
    metrics: tuple[Metric, ...] = ()
    incidents: tuple[Incident, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A fact that can be corrected; `holder` is the record to be replaced, `at` which of its milestones it is."""

    fact: Fact
    name: str
    line: int
    line_end: int
    quote: str
    holder: Update | Metric | Incident
    at: int = 0

    @property
    def record(self) -> Any:
        """The record that has the fields."""
        if self.fact is Fact.MILESTONE and isinstance(self.holder, Update):
            return self.holder.milestones[self.at]
        return self.holder


@dataclass(frozen=True, slots=True)
class Amendments:
    """All that is corrected: each record as found → as corrected, by report, and what holds in each report."""

    records: Mapping[tuple[int, object], Any] = field(default_factory=dict)
    holding: Mapping[int, tuple[Amended, ...]] = field(default_factory=dict)

    def of(self, mentions: Iterable[Mention[Record]]) -> tuple[Mention[Record], ...]:
        """The mentions, corrected."""
        return tuple(
            replace(m, record=self.one(m.report.id, m.record)) if m.report.id in self.holding else m for m in mentions
        )

    def one(self, report_id: int, record: Record) -> Record:
        """A record of a report, corrected."""
        if report_id not in self.holding:
            return record
        found: Record = self.records.get((report_id, record), record)
        return found

    @property
    def moved(self) -> tuple[int, ...]:
        """The reports with an incident whose time is corrected."""
        return tuple(report for report, holding in self.holding.items()
                     if any(one.correction.field is Field.TIME for one in holding))  # fmt: skip


def targets(found: Found) -> tuple[Target, ...]:
    """Every fact of a report that can be corrected, in the order of reading."""

    def target(fact: Fact, name: str, first: int, last: int, holder: Update | Metric | Incident, at: int = 0) -> Target:
        return Target(fact, name, first, last, quoted(found.lines[first - 1 : last]), holder, at)

    return (
        *(target(Fact.PROJECT, u.name, u.line, u.line_end, u) for u in found.updates),
        *(target(Fact.MILESTONE, m.event, m.line, m.line, u, at)
          for u in found.updates for at, m in enumerate(u.milestones)),
        *(target(Fact.METRIC, m.name, m.line, m.line, m) for m in found.metrics),
        *(target(Fact.INCIDENT, i.title, i.line, i.line_end, i) for i in found.incidents),
    )  # fmt: skip


def alike(fact: Fact, name: str, quote: str, known: Sequence[Target]) -> list[Target]:
    """The facts of this text and name; where a later reader found another name, the facts of this text."""
    same = [one for one in known if (one.fact, one.quote) == (fact, quote)]
    return [one for one in same if one.name == name] or same


def place(correction: Correction, known: Sequence[Target]) -> Target | None:
    """The fact that a correction means; None where its lines are gone, or stand there more or less often than then."""
    found = alike(correction.field.fact, correction.name, correction.quote, known)
    return found[correction.nth] if len(found) == correction.among else None


def amend(found: Iterable[Found], corrections: Sequence[Correction]) -> Amendments:
    """Apply the corrections (oldest first) to what was read in their reports."""
    records: dict[tuple[int, object], Any] = {}
    holding: dict[int, tuple[Amended, ...]] = {}
    for report in found:
        known = targets(report)
        for one in (c for c in corrections if c.report_id == report.report_id):
            if target := place(one, known):
                key = (report.report_id, target.holder)
                records[key] = _amended(records.get(key, target.holder), target, one, report.report_date)
                amended = Amended(one, target.line, target.line_end)
                holding[report.report_id] = (*holding.get(report.report_id, ()), amended)
    return Amendments(records, holding)


def _amended(holder: Any, target: Target, one: Correction, on: date) -> Any:
    value = read_value(one.field, one.value)
    if target.fact is not Fact.MILESTONE:
        return replace(holder, **{_ATTRIBUTES.get(one.field, one.field.value): value})
    milestones = list(holder.milestones)
    milestones[target.at] = _milestone(milestones[target.at], one.field, value, on)
    return replace(holder, milestones=tuple(milestones))


_ATTRIBUTES = {Field.TIME: "occurred_at"}


def _milestone(old: Milestone, what: Field, value: Any, on: date) -> Milestone:
    if what is Field.EVENT:
        return replace(old, event=value)
    start, end = value if what is Field.DATE else (old.start, old.end)
    done = bool(value) if what is Field.REACHED else old.done
    return replace(old, start=start, end=end, done=done, doubtful=not done and end < on)


def happened(told: Iterable[Mention[Incident]], start: date | None, end: date) -> tuple[Mention[Incident], ...]:
    """The incidents of the range by their corrected times, newest first; the order of those of one time stays."""

    def when(mention: Mention[Incident]) -> str:
        return (mention.record.occurred_at or mention.report.report_date).isoformat()

    first, last = (start or date.min).isoformat(), end.isoformat()
    return tuple(sorted((m for m in told if first <= when(m)[:10] <= last), key=when, reverse=True))


# ---- values as text ----------------------------------------------------------------------------------------------


def written_value(what: Field, record: Any) -> str:
    """The value of a field of a record as text, which `read_value` reads."""
    if what is Field.DATE:
        return "..".join(dict.fromkeys((record.start.isoformat(), record.end.isoformat())))
    if what is Field.REACHED:
        return "yes" if record.done else "no"
    return _written(getattr(record, _ATTRIBUTES.get(what, what.value)))


def _written(value: Any) -> str:
    if value is None:
        return NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return f"{value:.12g}"
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def checked_value(what: Field, text: str) -> str:
    """The text of a value as it is kept: `80 %` is 80; raises `BadCorrection` for one that the field can't have."""
    try:
        value = read_value(what, text.strip())
    except ValueError as error:
        raise BadCorrection(what.value, text) from error
    return "..".join(dict.fromkeys(day.isoformat() for day in value)) if what is Field.DATE else _written(value)


def read_value(what: Field, text: str) -> Any:
    """The value that a text says; ValueError for one that the field can't have."""
    if text.casefold() == NONE and what in _MAY_BE_NONE:
        return None
    return _READERS[what](text)


_MAY_BE_NONE = (Field.PROGRESS, Field.STATE, Field.OWNER, Field.SEVERITY, Field.CLOSED, Field.TIME)


def _number(text: str) -> float:
    found = re.fullmatch(r"(-?\d{1,15}(?:\.\d{1,10})?)\s*[%％]?", text.replace(",", ""), re.ASCII)
    if found is None:
        raise ValueError(text)
    return float(found[1])


def _progress(text: str) -> float:
    value = _number(text)
    if not 0 <= value <= 100:
        raise ValueError(text)
    return value


def _days(text: str) -> tuple[date, date]:
    first, _, last = text.partition("..")
    start, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    if end < start:
        raise ValueError(text)
    return start, end


def _moment(text: str) -> datetime | date:
    text = text.replace(" ", "T")
    moment = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        raise ValueError(text)  # incident times are local, as written
    return moment


def _yes(text: str) -> bool:
    if text.casefold() not in _ANSWERS:
        raise ValueError(text)
    return _ANSWERS[text.casefold()]


_ANSWERS = {"yes": True, "no": False, "是": True, "否": False}


def _words(text: str) -> str:
    if not text or len(text) > 100 or not text.isprintable():
        raise ValueError(text)
    return text


_READERS: dict[Field, Callable[[str], Any]] = {
    Field.PROGRESS: _progress, Field.STATE: State, Field.OWNER: _words, Field.DATE: _days, Field.EVENT: _words,
    Field.REACHED: _yes, Field.VALUE: _number, Field.TIME: _moment, Field.SEVERITY: _words, Field.CLOSED: _yes,
}  # fmt: skip
