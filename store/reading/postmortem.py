"""The record of one incident: a page with a summary, a timeline, causes and actions, instead of a week's report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from store.reading.columns import read_columns
from store.reading.incidents import read_fields, read_severity
from store.reading.layout import Layout
from store.reading.marks import plain
from store.reading.vocabulary import pattern, vocabulary
from store.records import HEADING, Incident, Section, SectionKind
from store.words.dates import find_dates
from store.words.normalise import fold

_OF_A_WEEK = (SectionKind.PROJECTS, SectionKind.GOALS, SectionKind.METRICS)
_ANY_DAY = date(2000, 1, 1)  # only days that write their year count until one is known
_YEARED = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?::\d\d)?\s*(?:([ap])\.?m)?", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|(?<=[。！？])|\n")
_SPAN = re.compile(r"(\d+)\s*(minute|min|hour|hr|h\b|day|分钟|小时|天)", re.IGNORECASE)
_MINUTES = {"m": 1, "h": 60, "d": 1440, "分": 1, "小": 60, "天": 1440}


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of the timeline: when, what, and its line."""

    at: datetime
    text: str
    line: int


def is_postmortem(sections: Sequence[Section]) -> bool:
    """Whether these are the sections of an incident's record: a timeline, and a summary, causes or actions."""
    titles = [fold(section.title) for section in sections]
    rules = vocabulary()["postmortem"]
    if any(section.named and section.kind in _OF_A_WEEK for section in sections):
        return False
    return _any(rules["timeline"], titles) and sum(_any([rule], titles) for rule in rules["others"]) >= 1


def _any(rules: Iterable[str], titles: Iterable[str]) -> bool:
    return any(re.search(rule, title) for rule in rules for title in titles)


def read_postmortem(layout: Layout, title: str, line: int) -> Incident | None:
    """The incident of the record, or None where it tells no moment. `title` is the page's, on `line`."""
    summary, told = _told(layout, "summary"), _told(layout, "timeline")
    moments = _timeline(layout, title, summary)
    began = _moment_in(summary) or (_start(moments, _told(layout, "stats")).at if moments else None)
    if began is None:
        return None
    fields = read_fields(summary)
    story = [s for part in (summary, told) for s in _SENTENCE.split(part) if s.strip()]
    head = "\n".join(item.text for item in layout.items if item.section is None)
    return Incident(
        occurred_at=began,
        title=_without_day(title),
        impact=fields.get("impact") or _sentence(story, "impact"),
        handling=fields.get("handling") or _sentence(story, "handled"),
        severity=read_severity(fields.get("severity_label", "")) or read_severity(head),
        line=line,
        line_end=max(item.line_end for item in layout.items),
        cause=fields.get("cause") or _told(layout, "causes") or None,
    )


def _sentence(story: Sequence[str], what: str) -> str | None:
    return next((s.strip() for s in story if pattern("postmortem", what).search(fold(s))), None)


def _moment_in(summary: str) -> datetime | None:
    """The first day with a year and a time that the summary tells."""
    dated = (m for m in find_dates(summary, _ANY_DAY) if _YEARED.search(m.text) and m.start == m.end and m.time)
    return next((datetime.combine(m.start, m.time) for m in dated if m.time), None)


def _without_day(title: str) -> str:
    """`2017-11-30 4:23PM PST, OOM (Out of Memory) Proxy` → `OOM (Out of Memory) Proxy`."""
    mentions = [m for m in find_dates(title, _ANY_DAY, likely=True) if m.start == m.end]
    rest = title[mentions[0].span[1] :] if mentions and mentions[0].span[0] <= 16 else title
    return re.sub(r"^\s*(?:[A-Z]{2,5}\b)?\s*[,，:：–—-]\s*", "", rest).strip() or title


def _told(layout: Layout, part: str) -> str:
    """The text of the sections of one part of the record."""
    rules = [*vocabulary()["postmortem"][part]]
    inside: set[int] = set()
    for at, section in enumerate(layout.sections):
        above = next((p for p in range(at - 1, -1, -1) if layout.sections[p].level < section.level), -1)
        if _any(rules, [fold(section.title)]) or above in inside:
            inside.add(at)
    return "\n".join(
        plain(item.text) for item in layout.items if item.section in inside and item.mark not in (HEADING,)
    )


def _timeline(layout: Layout, title: str, summary: str) -> list[Moment]:
    """The moments of the timeline, in its order: rows of a table, sub-headings or items that begin with a time. A time
    alone is of the day before it, which the page's title or its summary may give."""
    found: list[Moment] = []
    day = _day_in(title) or _day_in(summary)
    for text, line in _entries(layout):
        day = _day_in(text[:40]) or day
        clock = _CLOCK.search(text[:40])
        if day and clock:
            found.append(Moment(datetime.combine(day, datetime.min.time()) + _since_midnight(clock), text, line))
    return found


def _entries(layout: Layout) -> Iterable[tuple[str, int]]:
    rules = vocabulary()["postmortem"]["timeline"]
    for at, section in enumerate(layout.sections):
        if not _any(rules, [fold(section.title)]):
            continue
        end = next((s.line for s in layout.sections[at + 1 :] if s.level <= section.level), 10**9)
        for placed in layout.tables:
            dated = read_columns(placed.table.header).first("when", "date") is not None
            if dated and section.line < placed.table.header.line < end:
                yield from ((" ".join(map(plain, row.cells)), row.line) for row in placed.table.rows)
        for item in layout.items:
            if section.line < item.line < end and item.mark != "|":
                yield plain(item.text), item.line


def _day_in(text: str) -> date | None:
    dated = (m for m in find_dates(text, _ANY_DAY, likely=True) if _YEARED.search(m.text) and m.start == m.end)
    return next((m.start for m in dated), None)


def _since_midnight(clock: re.Match[str]) -> timedelta:
    hour = int(clock[1]) % 12 + (12 if (clock[3] or "").lower() == "p" else 0) if clock[3] else int(clock[1])
    return timedelta(hours=hour, minutes=int(clock[2]))


def _start(moments: Sequence[Moment], stats: str) -> Moment:
    """When it began: the first moment that the record's own spans agree with (time to detection, to recovery), else
    the first that is no planned work."""
    spans = [_minutes(span) for line in stats.split("\n") if line.strip() and (span := _SPAN.search(line))]
    times = {moment.at for moment in moments}
    fits = [[m.at + span in times for span in spans] for m in moments]
    if spans and (best := max(map(sum, fits))):
        return next(m for m, fit in zip(moments, fits, strict=True) if sum(fit) == best)
    unplanned = (m for m in moments if not pattern("postmortem", "planned_work").search(fold(m.text)))
    return next(unplanned, moments[0])


def _minutes(span: re.Match[str]) -> timedelta:
    return timedelta(minutes=int(span[1]) * _MINUTES[span[2][0].lower()])
