"""What is answered in the place of the question's own kind, each where that kind can't know it."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.asked import Asked
from bot.answers.kinds import function
from bot.answers.model import Answer
from bot.answers.settles import tells_demanded
from bot.question.ahead import days_ahead
from bot.question.lexicon import pattern
from bot.question.query import Kind
from bot.question.text import without
from store.words.normalise import fold
from store.words.ranges import find_range


def standing(asked: Asked) -> Answer | None:
    """How a project stands, where its course doesn't tell of what is asked."""
    query = asked.query
    if query.kind is not Kind.HISTORY or query.project is None or tells_demanded(query, asked.own):
        return None
    return asked.as_kind(replace(query, kind=Kind.STATUS))


def cost_of_incident(asked: Asked) -> Answer | None:
    """What an incident's lines say of a figure while it lasted, or of what it cost, where the figures don't."""
    found: Answer | None = None
    if asked.of_kind(Kind.METRICS) and not asked.own.found:
        found = function("incident_during", "answer_during")(asked.context)
    elif asked.of_kind(Kind.SEARCH) and asked.query.free:
        found = function("incident_during", "answer_cost")(asked.context)
    return found


def day_to_come(asked: Asked) -> Answer | None:
    """The milestones of a day to come (12月14日有什么事), where the words ask for nothing else."""
    query = asked.query
    beside = without("words", "on a day", query.text)
    if asked.own.found or beside == query.text or pattern("cues", "incidents").search(fold(beside)):
        return None  # 11月中旬有什么故障 asks for incidents
    ahead = days_ahead(replace(query, range=query.range or find_range(query.question, query.as_of)))
    on_day = replace(query, kind=Kind.MILESTONES, range=ahead, words="", aspect=None)
    return asked.found_as(on_day) if ahead else None


def titled_section(asked: Asked) -> Answer | None:
    """The section whose title is all that was asked: 风险与问题, which speaks of no project at risk."""
    if asked.own.found or not asked.query.text:
        return None
    found: Answer | None = function("section", "answer_titled")(asked.context)
    return found


def kept_goal(asked: Asked) -> Answer | None:
    """What became of a goal, where only the goal itself has the words of a question that asks how it came out."""
    query, context, own = asked.query, asked.context, asked.own
    if query.kind is not Kind.SEARCH or not query.free or not own.found:
        return None
    if not pattern("words", "yes or no").search(fold(query.question)):
        return None
    best = own.citations[0]
    if best.line not in {goal.line for goal in context.library.goals(context.viewer, best.report)}:
        return None
    return asked.found_as(replace(query, kind=Kind.PLAN, free=False))
