"""A figure during an incident (lowest success rate during the misrelease), and what one cost, by its own lines."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers.context import Context
from bot.answers.incident_asked import asks_money
from bot.answers.incidents import answer_incidents
from bot.answers.model import Answer
from bot.question.content import telling
from bot.question.lexicon import lexicon, pattern
from bot.question.query import Kind
from bot.question.text import standard, without
from store.words.normalise import fold

_DAYS = re.compile(r"\d{1,2}\s*[/月-]\s*\d{1,2}[日号]?")
LOST = ("loss", "losses", "lost", "资损", "损失")
_DURING = re.compile(r"\bduring (?:the |that )?(?P<en>.+)|^(?P<zh>.+?)(?:期间|当时|那次|的?那时候|的时候)")


def answer_during(context: Context) -> Answer | None:
    """The figure that a single incident's lines give; None where the question names no such incident."""
    found, left = _DURING.search(fold(standard(context.query.question))), fold(context.query.text)
    if not found:
        return None
    named = found["en"] or found["zh"]
    said = named if found["zh"] else " ".join(word for word in re.findall(r"[\w-]+", named) if word in left)
    said = _DAYS.sub(" ", said)
    is_incident = pattern("cues", "incidents").search(named) is not None
    return _of_one(context, said, "figure", bare=is_incident)


def answer_cost(context: Context) -> Answer | None:
    """What a single incident cost, asked without calling it one: loss from the card-testing attack."""
    if not asks_money(context):
        return None
    return _of_one(context, fold(standard(context.query.text)), None)


def _of_one(context: Context, text: str, aspect: str | None, bare: bool = False) -> Answer | None:
    words = telling(without("words", "incident fields", without("cues", Kind.INCIDENTS, text)), context.told)
    if aspect is None:
        words = " ".join(word for word in words.split() if word not in lexicon()["words"]["spent"] and word not in LOST)
    if not words and not (context.query.range and bare):
        return None
    query = replace(context.query, kind=Kind.INCIDENTS, aspect=aspect, words=words, project=None)
    answer = answer_incidents(replace(context, query=query))
    return answer if answer.found and answer.data.get("count") == 1 and answer.data.get("answers") else None
