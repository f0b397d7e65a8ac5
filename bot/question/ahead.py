"""Days to come: of milestones a question means the nearest such days, where another means those gone by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.question.lexicon import pattern
from bot.question.query import Kind, Query
from store.words.holidays import Holidays
from store.words.normalise import fold
from store.words.ranges import DateRange, find_range
from store.words.regex import regex

NEXT_WEEK = 7  # days from a Monday to the next one: goals that begin later are no next week's
_DEADLINE = regex(r"\bbefore\b|前$")


def of_plans(query: Query, holidays: Holidays | None) -> Query:
    """Milestones of the nearest such days; what is due before the end of a month is due from today on.

    What is done, or which projects there are, on days to come is asked of their milestones: 月底前要完成哪些.
    """
    asked = query.range
    if query.kind in (Kind.DONE, Kind.PROJECTS) and query.project is None and days_ahead(query, holidays) == asked:
        query = replace(query, kind=Kind.MILESTONES, states=()) if asked else query
    if query.kind is Kind.PLAN and asked and _is_far(asked, query.as_of, holidays):
        query = replace(query, kind=Kind.MILESTONES, aspect=None)  # goals reach no further than a week: 6月有什么计划
    if query.kind is Kind.PLAN and query.aspect == "kept" and asked and asked.start and asked.start > query.as_of:
        query = replace(query, aspect=None)  # 说好的下周目标 can't have been kept yet
    if query.kind is not Kind.MILESTONES or asked is None:
        return query
    begun = asked.start is not None and asked.start < query.as_of < asked.end
    past = pattern("words", "past").search(fold(query.question))
    if begun and not asked.weeks and not past and pattern("words", "still ahead").search(fold(query.question)):
        return replace(query, range=replace(asked, start=query.as_of), states=())
    if begun and _DEADLINE.search(fold(asked.text)) and not past:
        return replace(query, range=replace(asked, start=query.as_of), states=())
    ahead = days_ahead(query, holidays)
    if ahead and _DEADLINE.search(fold(ahead.text)):
        ahead = replace(ahead, start=query.as_of)
    # What lies ahead is open, whatever 完成的 stands in the question.
    return replace(query, range=ahead, states=()) if ahead else query


def days_ahead(query: Query, holidays: Holidays | None = None) -> DateRange | None:
    """The days to come that the question means, if it does: mid-May asked in April is next month's, though a day
    without a year prefers the past."""
    asked = query.range
    if asked is None or asked.weeks or pattern("words", "past").search(fold(query.question)):
        return None
    if asked.start and asked.start > query.as_of:
        return asked
    near = find_range(asked.text, query.as_of, holidays, lean="near") if asked.end < query.as_of else None
    if near is None or near.start is None or near.start <= query.as_of:
        return None
    return replace(near, span=asked.span, text=asked.text)


def _is_far(asked: DateRange, as_of: date, holidays: Holidays | None) -> bool:
    """Whether the days lie behind next week, or are more than a week; by the nearest such days, since
    11/24 beside 下周 is that of a report."""
    near = find_range(asked.text, as_of, holidays, lean="near")
    if near is None or near.start is None or near.start <= as_of:
        return False
    return max((near.start - as_of).days, (near.end - near.start).days) > NEXT_WEEK
