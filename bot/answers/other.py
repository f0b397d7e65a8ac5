"""Help, a choice between readings, and what wasn't understood."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.context import Context
from bot.answers.model import Answer, Para, Style, Table, plain
from bot.answers.unnamed import recent_projects
from bot.question.query import Kind
from store.records import ProjectName

EXAMPLES = {
    "zh": {
        Kind.STATUS: "{name} 进度",
        Kind.INCIDENTS: "最近四周的事故",
        Kind.SEARCH: "搜索 {name}",
        Kind.REPORT: "上周周报",
        Kind.HELP: "帮助",
    },
    "en": {
        Kind.STATUS: "/status {name}",
        Kind.INCIDENTS: "/incidents last 4 weeks",
        Kind.SEARCH: "/search {name}",
        Kind.REPORT: "/report last week",
        Kind.HELP: "/help",
    },
}


def examples(context: Context) -> dict[Kind, str]:
    """One real question of each kind, with a project that the reports know."""
    names = recent_projects(context)
    return {kind: text.format(name=names[0] if names else "POS") for kind, text in EXAMPLES[context.query.lang].items()}


def answer_help(context: Context) -> Answer:
    """What can be asked, each kind with an example that works here, and which weeks there are."""
    say, query = context.say, context.query
    asked = examples(context)
    rows = tuple((plain(text), plain(say(f"help.{kind}"), Style.DIM)) for kind, text in asked.items())
    span = context.library.span(context.viewer, context.as_of)
    covered = say("help.coverage", count=span[0], start=span[1], end=span[2]) if span else say("answer.no_reports")
    return Answer(
        question=query.question,
        kind=Kind.HELP,
        lang=query.lang,
        found=True,
        head=plain(say("help.head"), Style.STRONG),
        blocks=(Table(("", ""), rows), Para(plain(say("help.ranges"))), Para(plain(covered, Style.DIM))),
        data={"kinds": list(asked), "examples": list(asked.values())},
        suggestions=tuple(asked.values())[:3],
    )


def answer_choice(context: Context) -> Answer:
    """Several projects fit the words about as well: all are offered, none is guessed."""
    say, names = context.say, _told_apart(context, context.query.tied)
    return context.not_found(
        say("choice.head", words=context.query.words),
        blocks=tuple(Para(plain(name), 0, True) for name in names),
        suggestions=tuple(say("status.example", name=name) for name in names),
        data={"words": context.query.words, "options": names},
    )


def _told_apart(context: Context, projects: Sequence[ProjectName]) -> list[str]:
    """The names, with their team or the project above where two have the same name."""
    names = [project.name for project in projects]
    above = {p.subject: p.name for p in context.library.projects(context.viewer, context.as_of)}
    teams = {project.team for project in projects}
    found = []
    for project in projects:
        beside = [project.team or "" if len(teams) > 1 else "", above.get(project.parent or -1, "")]
        found.append(" ".join(filter(None, [*beside, project.name])) if names.count(project.name) > 1 else project.name)
    return found


def answer_unknown(context: Context) -> Answer:
    """What wasn't understood, and how to ask instead."""
    say, query = context.say, context.query
    if query.command:
        head = say("unknown.command", command=query.command)
    else:
        head = say("unknown.head", question=_short(query.question)) if query.question.strip() else say("unknown.empty")
    tries = tuple(examples(context).values())
    return context.not_found(
        head, blocks=(Para(plain(say("answer.try", examples="；".join(tries)))),), suggestions=tries[:3]
    )


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= 60 else bare[:59] + "…"
