"""A number that lines give week by week, where the question names no figure: 铺了多少家, 接入数每周拉一下."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.asked import Asked
from bot.answers.context import Context
from bot.answers.kinds import function
from bot.answers.model import Answer
from bot.question.content import asks_day, asks_number
from bot.question.query import Kind
from store.words.names import key

# Of these a number that lines give may be all that is asked, where their own answer finds nothing.
OWN_FIRST = frozenset({Kind.HISTORY, Kind.METRICS, Kind.INCIDENTS, Kind.REPORT})
COUNTED = OWN_FIRST | {Kind.STATUS, Kind.SEARCH, Kind.CHANGES}
# Of these a number is taken from lines where its unit or thing is asked for, from any where they find nothing.
OTHERWISE = frozenset({Kind.STATUS, Kind.HISTORY, Kind.CHANGES})


def own_before_numbers(asked: Asked) -> Answer | None:
    """The kind's own answer before a number of lines: not 这周比3/7多了多少户, which is no course."""
    if not asked.of_kind(*OWN_FIRST) or (asked.of_kind(Kind.HISTORY) and asks_number(asked.query.question)):
        return None
    return asked.own if asked.settled else None


def told_number(asked: Asked) -> Answer | None:
    """The number that is asked for, from the lines that give it."""
    return _tally(asked.context)


def any_number(asked: Asked) -> Answer | None:
    """The same from any line, where the kind's own answer finds nothing."""
    if asked.own.found or not asked.of_kind(*OTHERWISE):
        return None
    return _tally(replace(asked.context, query=replace(asked.query, kind=Kind.SEARCH)))


def _tally(context: Context) -> Answer | None:
    query = context.query
    other = query.instead is not None and bool(query.instead.metrics)
    if asks_day(query.question) and not asks_number(query.question):
        return None  # when it goes live is no number
    if query.kind not in COUNTED or query.metrics or other or not key(query.text) or query.aspect in ("first", "last"):
        return None
    if query.kind is Kind.HISTORY and asks_number(query.question):
        context = replace(context, query=replace(query, kind=Kind.STATUS))
    found: Answer | None = function("tallies", "answer_tally")(context)
    return found
