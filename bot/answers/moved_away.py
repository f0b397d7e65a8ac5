"""Milestones that were planned for the asked days once and have another day by now: is the 12th still on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.context import Context
from bot.answers.dates import Dates, cite_telling, overlaps
from bot.answers.model import Para, Span, Style, plain
from store.linking.milestones import Telling
from store.records import Citation, ReportRef

MOST_MOVED = 5
LONGEST = 31  # days: over a longer time moves are what /slips tells


@dataclass(frozen=True, slots=True)
class Away:
    """A milestone by its full name, the last telling that had it in the asked days, and its newest one."""

    name: str
    old: Telling
    new: Telling


def moved_away(dates: Dates, start: date | None, end: date) -> tuple[Away, ...]:
    """Those that the question may mean, by the old day; none of ones that were reached, or of a long time."""
    if start is None or (end - start).days >= LONGEST:
        return ()
    found = []
    for project, series in dates.series():
        newest = series.tellings[-1]
        there = [told for told in series.tellings[:-1] if _within(told, start, end)]
        if there and not _within(newest, start, end) and not newest.milestone.done:
            found.append(Away(dates.called(project), there[-1], newest))
    return tuple(sorted(found, key=lambda away: (away.old.milestone.start, away.name))[:MOST_MOVED])


def _within(told: Telling, start: date, end: date) -> bool:
    return overlaps(told.milestone.start, told.milestone.end, start, end)


def moved_words(context: Context, away: Away) -> str:
    """`聚合码升级 上线 11/12 → 11/18`."""
    old, new = away.old.milestone, away.new.milestone
    days = f"{context.days(old.start, old.end)} → {context.days(new.start, new.end)}"
    return f"{away.name} {context.event(new)} {days}"


def moved_notes(context: Context, moved: Sequence[Away]) -> list[Para]:
    """A line for each, under one that says what they are."""
    if not moved:
        return []
    rows = [Para((*plain(moved_words(context, one)), Span(_source(context, one), Style.DIM)), 0, True) for one in moved]
    return [Para(plain(context.say("milestones.moved"))), *rows]


def _source(context: Context, away: Away) -> str:
    report: ReportRef = away.new.mention.report
    return f"  {context.report(report)} {context.say('answer.line', line=away.new.milestone.line)}"


def cite_moved(context: Context, moved: Sequence[Away]) -> tuple[Citation, ...]:
    """The line with the new day of each, then that with the old one."""
    return tuple(cite_telling(context, told) for away in moved for told in (away.new, away.old))
