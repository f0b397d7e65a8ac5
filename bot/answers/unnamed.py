"""A status without a project to show: which there are, which come near, or what the lines say of an unknown name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.answers.context import Context
from bot.answers.model import Answer, Para, plain
from bot.answers.search import answer_search
from bot.question.query import Kind

# A line that holds so much of an unknown name speaks of it: 数据库打标 in "数据库195个，…打标进度77.04%".
SPEAKS_OF = 0.8
MOST_NAMES = 12


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
    known = context.library.projects(context.viewer, context.as_of)
    projects = [p for p in known if p.parent is None and p.firm]
    told = context.library.updates(context.viewer, context.as_of, [p.subject for p in projects])
    newest = told[0].report.report_date if told else context.as_of
    recent = {m.subject for m in told if (newest - m.report.report_date).days < 14}
    return [p.name for p in projects if p.subject in recent]


def answer_unknown_name(context: Context) -> Answer:
    """A name that no project has: the lines that speak of it all the same, else the nearest names."""
    words = context.query.words
    if context.library.span(context.viewer, context.as_of) is None:
        return context.not_found(context.none_known(), data={"words": words, "near": []})
    hits = context.library.search(context.viewer, context.as_of, words, None, context.as_of, 1)
    if hits.exact or any(hit.coverage >= SPEAKS_OF for hit in hits.hits):
        searched = answer_search(replace(context, query=replace(context.query, kind=Kind.SEARCH)))
        note = Para(plain(context.say("status.no_project", words=words)))
        return replace(searched, blocks=(note, *searched.blocks) if searched.found else searched.blocks)
    near = [project.name for project in context.query.near]
    offer = _offer(context, "near", near) if near else _offer(context, "current", recent_projects(context))
    return context.not_found(context.say("status.not_found", words=words), data={"words": words, "near": near}, **offer)
