"""What the lines say of the words of a question that its own kind leaves open: 费率谈判第二轮哪天."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers.asked import Asked
from bot.answers.context import Context
from bot.answers.kinds import function
from bot.answers.model import Answer
from bot.answers.unnamed import is_unheard, tells_another
from bot.question.content import asks_day, asks_number
from bot.question.lexicon import pattern
from bot.question.qualifiers import telling_pieces
from bot.question.query import Kind, Query
from bot.question.text import without
from store.words.names import key
from store.words.normalise import fold

IN_LINES = frozenset({Kind.STATUS, Kind.INCIDENTS, Kind.METRICS, Kind.MILESTONES, Kind.DONE, Kind.PLAN, Kind.RISKS})
OF_NAMES = frozenset({Kind.STATUS, Kind.MILESTONES, Kind.DONE})
_RATE = re.compile(r"[\u4e00-\u9fff]{2}率$")


def by_lines(asked: Asked) -> Answer | None:
    """The best line that speaks of the words."""
    query, context = asked.query, asked.context
    if not _may_stand_in_lines(query, asked.own) or _is_of_what_none_tells(asked):
        return None
    said = _lines(context, query.text)
    if not said.found and _asks_standing(query):
        said = _lines(context, without("cues", "status", query.text))  # no line holds the 进展 of 补充协议进展
    another = query.kind in OF_NAMES and not query.named and said.found and tells_another(context, said)
    return said if said.found and not another else None


def _may_stand_in_lines(query: Query, own: Answer) -> bool:
    """Whether a line may say it. An incident of which no report says what is asked, and that a named figure isn't given
    in a week, are answers: a line of any other would pass for it."""
    if query.kind not in IN_LINES or not key(query.text) or query.metrics:
        return False
    if query.kind is Kind.RISKS and query.project is None:
        return False  # it names the lines that speak of its words itself
    if query.kind is Kind.PLAN and not key(query.words):
        return False  # that no report has goals of a week is no matter of words
    if query.kind is Kind.METRICS and query.aspect == "target" and not query.words:
        return False
    if query.kind is Kind.INCIDENTS and own.data.get("count"):
        return False
    # The other reading, which names a project, goes before any line.
    return query.named or query.instead is None or query.instead.project is None


def _is_of_what_none_tells(asked: Asked) -> bool:
    """Whether a name, a figure or a rate is asked for that no report knows: no line that is like it says it."""
    query, context = asked.query, asked.context
    if query.kind is Kind.METRICS and _is_figure(query.words) and not _written(context, query.words):
        return True  # no line speaks of 退款成功率, and one that has 退款 and 成功率 doesn't say it
    unsaid = query.project is None and not asked.own.found and _unsaid_rate(context)
    return names_the_unheard(context) or bool(unsaid)


def _unsaid_rate(context: Context) -> str:
    """The rate that is asked for and stands in no line: 退款率 isn't told by a line of 退款."""
    said = telling_pieces(fold(context.query.text)) if asks_number(context.query.question) else ()
    return next((piece for piece in said if _RATE.search(piece) and not context.told(piece)), "")


def names_the_unheard(context: Context) -> bool:
    """Whether a status is asked of a name that no report knows: what is much like it is another thing."""
    query = context.query
    return query.kind is Kind.STATUS and not query.named and is_unheard(context)


def _asks_standing(query: Query) -> bool:
    counted = asks_day(query.question) or asks_number(query.question)
    return query.kind is Kind.STATUS and not query.named and not counted


def _is_figure(words: str) -> bool:
    return any(found.end() == len(words) for found in pattern("words", "figures").finditer(fold(words)))


def _written(context: Context, words: str) -> bool:
    """Whether any line holds the words as they stand."""
    return bool(context.library.search(context.viewer, context.as_of, words, None, context.as_of, 1, near=False).hits)


def _lines(context: Context, words: str) -> Answer:
    query = replace(context.query, kind=Kind.SEARCH, words=words, free=True)
    said: Answer = function("search", "answer_lines")(replace(context, query=query))
    return said
