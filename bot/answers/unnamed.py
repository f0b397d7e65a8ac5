"""A status without a project to show: which there are, which come near, or what the lines say of an unknown name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.answers.context import Context
from bot.answers.model import Answer, Para, plain
from bot.answers.search import answer_search, of_stage
from bot.question.lexicon import pattern
from bot.question.likeness import is_another
from bot.question.query import Kind
from bot.question.subject import versions
from store.library import Library
from store.viewer import Viewer
from store.words.names import key
from store.words.normalise import fold
from store.words.regex import regex

# A line that holds so much of an unknown name speaks of it: 数据库打标 in "数据库195个，…打标进度77.04%".
SPEAKS_OF = 0.8
MOST_NAMES = 12
_RUN = regex(r"[\u3400-\u9fff]{2,}")


def answer_unnamed(context: Context) -> Answer:
    """`/status` without a name: which projects there are to ask about."""
    names = recent_projects(context)
    head = context.say("status.which") if names else context.none_known()
    return context.not_found(head, data={"names": names}, **_offer(context, "current", names))


def _offer(context: Context, key: str, names: Sequence[str]) -> dict[str, Any]:
    """The names, as many as a line holds, and questions about the first of them."""
    shown = "、".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    return {
        "blocks": (Para(plain(context.say(f"status.{key}", names=shown))),) if names else (),
        "suggestions": tuple(context.say("status.example", name=name) for name in names[:3]),
    }


def recent_projects(context: Context) -> list[str]:
    """The top-level projects of the last two weeks of reports, as they are called now."""
    return recent_names(context.library, context.viewer, context.as_of)


def recent_names(library: Library, viewer: Viewer, as_of: date) -> list[str]:
    """The same on any day, for whoever looks."""
    projects = [p for p in library.projects(viewer, as_of) if p.parent is None and p.firm]
    told = library.updates(viewer, as_of, [p.subject for p in projects])
    newest = told[0].report.report_date if told else as_of
    recent = {m.subject for m in told if (newest - m.report.report_date).days < 14}
    return [p.name for p in projects if p.subject in recent]


def is_unheard(context: Context) -> bool:
    """Whether the name that is asked for is one that no report knows: none writes any two characters of it, or it is
    another than the nearest one, as 交行直连 is no 招行直连."""
    query = context.query
    pairs = {run[at : at + 2] for run in _RUN.findall(key(query.words)) for at in range(len(run) - 1)}
    if pairs and not any(map(context.told, pairs)):
        return True
    same = (near.name for near in query.near if len(key(near.name)) == len(key(query.words)))
    return any(is_another(query.words, name) for name in same)


def tells_another(context: Context, answer: Answer) -> bool:
    """Whether the line that answers speaks of another thing than a question without a project of its own: it lacks the
    bank, the place or the stage of its name (建行存管, 网联一期)."""
    words = fold(context.query.text or context.query.words)
    said = fold(" ".join(citation.quote for citation in answer.citations[:1]))
    apart = [found[0] for found in pattern("words", "told apart").finditer(words)]
    if any(not re.search(f"{each[0]}.{{0,3}}{each[-1]}", said) for each in apart):
        return True
    return any(stage not in said for stage in versions(words)) or not of_stage(context.query, said)


def answer_unknown_name(context: Context) -> Answer:
    """A name that no project has: the lines that speak of it all the same, else the nearest names."""
    words = context.query.words
    if context.library.span(context.viewer, context.as_of) is None:
        return context.not_found(context.none_known(), data={"words": words, "near": []})
    hits = context.library.search(context.viewer, context.as_of, words, None, context.as_of, 1)
    if not is_unheard(context) and (hits.exact or any(hit.coverage >= SPEAKS_OF for hit in hits.hits)):
        searched = answer_search(replace(context, query=replace(context.query, kind=Kind.SEARCH)))
        note = Para(plain(context.say("status.no_project", words=words)))
        if not (searched.found and tells_another(context, searched)):
            return replace(searched, blocks=(note, *searched.blocks) if searched.found else searched.blocks)
    near = [project.name for project in context.query.near]
    offer = _offer(context, "near", near) if near else _offer(context, "current", recent_projects(context))
    return context.not_found(context.say("status.not_found", words=words), data={"words": words, "near": near}, **offer)
