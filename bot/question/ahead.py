"""Days to come: of milestones a question means the nearest such days, where another means those gone by."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.question.lexicon import pattern
from bot.question.query import Kind, Query
from store.words.holidays import Holidays
from store.words.normalise import fold
from store.words.ranges import DateRange, find_range

_DEADLINE = re.compile(r"\bbefore\b|前$")


def of_plans(query: Query, holidays: Holidays | None) -> Query:
    """Milestones of the nearest such days; what is due before the end of a month is due from today on."""
    asked = query.range
    if query.kind is not Kind.MILESTONES or asked is None:
        return query
    if ahead := days_ahead(query, holidays):
        return replace(query, range=ahead)
    if asked.start and asked.start > query.as_of and _DEADLINE.search(fold(asked.text)):
        return replace(query, range=replace(asked, start=query.as_of))
    return query


def days_ahead(query: Query, holidays: Holidays | None = None) -> DateRange | None:
    """The days to come that the question means, if it does: mid-May asked in April is next month's, though a day
    without a year prefers the past."""
    asked = query.range
    if asked is None or asked.weeks or pattern("words", "past").search(fold(query.question)):
        return None
    if asked.start and asked.start > query.as_of:
        return None if _DEADLINE.search(fold(asked.text)) else asked
    near = find_range(asked.text, query.as_of, holidays, lean="near") if asked.end < query.as_of else None
    if near is None or near.start is None or near.start <= query.as_of:
        return None
    return replace(near, span=asked.span, text=asked.text)
