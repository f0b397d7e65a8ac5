"""A status without a project to show: which there are, which come near, or what the lines say of an unknown name."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.context import Context
from bot.answers.model import Answer, Para, plain
from bot.answers.search import answer_search
from bot.question.query import Kind

# A line that holds so much of an unknown name speaks of it: 数据库打标 in "数据库195个，…打标进度77.04%".
SPEAKS_OF = 0.8


def answer_unnamed(context: Context) -> Answer:
    """`/status` without a name: which projects there are to ask about."""
    names = recent_projects(context)
    head = context.say("status.which") if names else context.say("answer.no_reports")
    blocks = (Para(plain(context.say("status.current", names="、".join(names)))),) if names else ()
    examples = tuple(context.say("status.example", name=name) for name in names[:3])
    return context.not_found(head, blocks=blocks, suggestions=examples, data={"names": names})


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
        return context.not_found(context.say("answer.no_reports"), data={"words": words, "near": []})
    hits = context.library.search(context.viewer, context.as_of, words, None, context.as_of, 1)
    if hits.exact or any(hit.coverage >= SPEAKS_OF for hit in hits.hits):
        searched = answer_search(replace(context, query=replace(context.query, kind=Kind.SEARCH)))
        note = Para(plain(context.say("status.no_project", words=words)))
        return replace(searched, blocks=(note, *searched.blocks) if searched.found else searched.blocks)
    near = [project.name for project in context.query.near]
    names = near or recent_projects(context)
    blocks = (
        (Para(plain(context.say(f"status.{'near' if near else 'current'}", names="、".join(names)))),) if names else ()
    )
    return context.not_found(
        context.say("status.not_found", words=words),
        blocks=blocks,
        suggestions=tuple(context.say("status.example", name=name) for name in names[:3]),
        data={"words": words, "near": near},
    )
