"""Production incidents: when, what, impact, handling, severity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from store.reading.clauses import clauses
from store.reading.marks import plain
from store.reading.vocabulary import alternatives, pattern, vocabulary, words
from store.records import HEADING, Incident, Item, Section, SectionKind
from store.words.dates import DateMention, find_dates
from store.words.normalise import fold

OPENING = 200  # characters of an incident in which its date must stand
_LABELLED = ("title", "impact", "cause", "handling")
_EDGES = " \n，。；、,;：:"


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incidents of a report, the lines that say there was none, and the lines of incidents without a time."""

    incidents: tuple[Incident, ...]
    none: tuple[int, ...]


def read_incidents(items: Sequence[Item], sections: Sequence[Section], on: date) -> Incidents:
    """Every first-level item of an incidents section, with what stands below it, in the order of the report."""
    found, none = [], []
    for at, item in enumerate(items):
        if (
            item.mark == HEADING
            or item.parent is not None
            or item.section is None
            or sections[item.section].kind is not SectionKind.INCIDENTS
        ):
            continue
        text, last = _with_children(items, at)
        if says_none(text):
            none.append(item.line)
        elif item.mark or _when(text, on):
            found.append(read_incident(text, item.line, last, on))
    return Incidents(tuple(found), tuple(none))


def _with_children(items: Sequence[Item], at: int) -> tuple[str, int]:
    below, text, last = {at}, items[at].text, items[at].line_end
    for position in range(at + 1, len(items)):
        if items[position].parent not in below:
            break
        below.add(position)
        text += "\n" + items[position].text
        last = items[position].line_end
    return text, last


def says_none(text: str) -> bool:
    """Whether a line of an incidents section says that there was none: short, without a date, "本周无…"."""
    bare = fold(text).strip(" 。.！!")
    return (
        len(bare) <= 20
        and not re.search(r"\d[/月.-]\d", bare)
        and pattern("incidents", "none").search(bare) is not None
    )


def read_incident(text: str, line: int, line_end: int, on: date) -> Incident:
    """One incident from its text, with labels (处置：…, 影响：…) where there are some and by its clauses elsewhere."""
    when = _when(text, on)
    body = plain(text[when.span[1] :] if when else text)
    fields = _fields(body)
    story = fields.get("", "").strip(_EDGES)
    title = fields.get("title") or _title(story)
    return Incident(
        occurred_at=_moment(when),
        title=title.strip(_EDGES),
        impact=fields.get("impact") or _impact(story),
        handling=fields.get("handling"),
        severity=_severity(text),
        line=line,
        line_end=line_end,
    )


def _when(text: str, on: date) -> DateMention | None:
    """The date that the item begins with; within its first words (【P2】, 时间：) and never later in the story."""
    mentions = find_dates(text[:OPENING], on)
    return mentions[0] if mentions and mentions[0].span[0] <= 12 and mentions[0].start == mentions[0].end else None


def _moment(when: DateMention | None) -> datetime | date | None:
    if when is None:
        return None
    return datetime.combine(when.start, when.time) if when.time else when.start


@cache
def _label() -> re.Pattern[str]:
    names = "|".join(f"(?P<{name}>{alternatives(words('incidents', name))})" for name in _LABELLED)
    return re.compile(rf"(?:^|(?<=[\n。；;，,\s]))(?:\*\*)?(?:{names})\s*[:：]", re.MULTILINE)


def _fields(body: str) -> dict[str, str]:
    """The text under each label, and under "" what stands before the first."""
    folded = fold(body)
    if len(folded) != len(body):
        body = folded
    marks = list(_label().finditer(folded))
    fields = {"": body[: marks[0].start()] if marks else body}
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(body)
        name = str(mark.lastgroup)
        text = body[mark.end() : end].strip(" \n；;，,")
        fields[name] = f"{fields[name]}\n{text}" if fields.get(name) else text
    return {name: text for name, text in fields.items() if text or not name}


def _title(story: str) -> str:
    """The first clause, and more of them while it isn't yet what happened ("…入金成功后，POS撤销出现报错")."""
    end = 0
    for clause in clauses(story):
        end = clause.end
        bare = fold(re.sub(r"[(（].*?[)）]", "", clause.text)).strip()
        if len(bare) >= 6 and not any(re.search(rule, bare) for rule in vocabulary()["incidents"]["unfinished"]):
            break
    return story[:end]


def _impact(story: str) -> str | None:
    parts = clauses(story)
    cued = [at for at, clause in enumerate(parts) if pattern("incidents", "impact_cues").search(fold(clause.text))]
    if not cued:
        return None
    return story[parts[cued[0]].start : parts[cued[-1]].end].strip(_EDGES)


def _severity(text: str) -> str | None:
    head = fold(text)
    hits = (re.search(rule, head, re.ASCII) for rule in vocabulary()["incidents"]["severity"])
    return next((hit[1].upper() for hit in hits if hit), None)
