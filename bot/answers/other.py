"""Help, a choice between readings, and what wasn't understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.context import Context
from bot.answers.model import Answer, Para, Style, Table, plain, words_of
from bot.answers.status import answer_status
from bot.answers.unnamed import recent_projects
from bot.question.lexicon import command_words, lexicon, pattern
from bot.question.query import Kind
from store.records import ProjectName
from store.words.normalise import fold, has_cjk

EXAMPLES = {
    "zh": {
        Kind.STATUS: "{name} 进度",
        Kind.PROJECTS: "现在有哪些项目在做?",
        Kind.MILESTONES: "未来两周有哪些里程碑?",
        Kind.INCIDENTS: "最近四周的事故",
        Kind.METRICS: "上周指标怎么样",
        Kind.RISKS: "现在有哪些阻塞和依赖?",
        Kind.SLIPS: "哪些项目延期了?",
        Kind.OVERDUE: "哪些过期没完成?",
        Kind.DONE: "上个月上线了什么?",
        Kind.CHANGES: "这周有什么变化",
        Kind.PLAN: "上周说要做的做了吗?",
        Kind.HISTORY: "{name} 这两个月的进度",
        Kind.SILENT: "哪些项目好几周没提了?",
        Kind.TEAM: "{team}现在怎么样?",
        Kind.REPORT: "上周周报",
        Kind.MISSING: "谁还没交周报",
        Kind.SEARCH: "搜索 {name}",
        Kind.COVERAGE: "有哪些周的周报?",
        Kind.HELP: "帮助 延期",
    },
    "en": {
        Kind.STATUS: "status {name}",
        Kind.PROJECTS: "projects",
        Kind.MILESTONES: "milestones next 2 weeks",
        Kind.INCIDENTS: "incidents last 4 weeks",
        Kind.METRICS: "metrics last week",
        Kind.RISKS: "risks",
        Kind.SLIPS: "what slipped since last month",
        Kind.OVERDUE: "overdue",
        Kind.DONE: "what shipped last month",
        Kind.CHANGES: "what changed since last week",
        Kind.PLAN: "did we do what we promised",
        Kind.HISTORY: "history {name}",
        Kind.SILENT: "silent",
        Kind.TEAM: "team {team}",
        Kind.REPORT: "report last week",
        Kind.MISSING: "missing",
        Kind.SEARCH: "search {name}",
        Kind.COVERAGE: "coverage",
        Kind.HELP: "help slips",
    },
}
MOST_WORDS = 12
SHORTEST_BEGINNING = 3  # characters
MOST_READINGS = 4  # of a choice that say their day


def examples(context: Context) -> dict[Kind, str]:
    """One real question of each kind, with a project that the reports know."""
    names = recent_projects(context)
    teams = context.library.teams(context.viewer, context.as_of)
    known = {"name": names[0] if names else "POS", "team": teams[0] if teams else "风控"}
    return {kind: text.format(**known) for kind, text in EXAMPLES[context.query.lang].items()}


def answer_help(context: Context) -> Answer:
    """What can be asked, each kind with an example that works here, and which weeks there are."""
    say, query = context.say, context.query
    if query.needs:
        return Answer(query.question, Kind.HELP, query.lang, True, plain(say("help.thanks")))
    asked = examples(context)
    if wanted := _kind_named(query.words):
        return _help_with(context, wanted)
    rows = tuple((plain(text), plain(_said_of(context, kind), Style.DIM)) for kind, text in asked.items())
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


def _said_of(context: Context, kind: Kind) -> str:
    """What the answers of a kind hold."""
    return context.say("help.weeks" if kind is Kind.COVERAGE else f"help.{kind}")


def _kind_named(words: str) -> Kind | None:
    """The kind that `/help slips` and `帮助 延期` ask about."""
    word = fold(words.strip().lstrip("/"))
    if kind := command_words().get(word):
        return Kind(kind)
    return next((Kind(name) for name in lexicon()["cues"] if pattern("cues", name).fullmatch(word)), None)


def _help_with(context: Context, kind: Kind) -> Answer:
    """One kind of question: what its answer holds, an example that works here, and the words by which it is known."""
    say, query = context.say, context.query
    example = examples(context).get(kind, "")
    cues = lexicon()["cues"].get(kind.value, ())
    known = [word for word in cues if has_cjk(word) == (query.lang == "zh")][:MOST_WORDS]
    blocks = [Para(plain(say("help.example", example=example)))] if example else []
    blocks += [Para(plain(say("help.words", words="、".join(known)), Style.DIM))] if known else []
    return Answer(
        question=query.question,
        kind=Kind.HELP,
        lang=query.lang,
        found=True,
        head=plain(f"/{kind.value} · {_said_of(context, kind)}", Style.STRONG),
        blocks=(*blocks, Para(plain(say("help.ranges"), Style.DIM))),
        data={"kinds": [kind.value], "examples": [example] if example else []},
        suggestions=(example,) if example else (),
    )


def answer_choice(context: Context) -> Answer:
    """Several projects fit the words about as well: all are offered and none is guessed; where the day of an event is
    asked for, each with its day."""
    say, names = context.say, _told_apart(context, context.query.tied)
    tied = context.query.tied[:MOST_READINGS] if context.query.event else ()
    readings = [_reading(context, project) for project in tied]
    stands = [words_of(reading.head) for reading in readings] + [""] * len(names)
    lines = [
        (Para(plain(name), 0, True), Para(plain(told, Style.DIM), 1)) for name, told in zip(names, stands, strict=False)
    ]
    return context.not_found(
        say("choice.head", words=context.query.words),
        blocks=tuple(para for pair in lines for para in pair if para.text),
        citations=tuple(dict.fromkeys(c for reading in readings for c in reading.citations[:1])),
        suggestions=tuple(say("status.example", name=name) for name in names),
        data={"words": context.query.words, "options": names},
    )


def _reading(context: Context, project: ProjectName) -> Answer:
    """The answer, if this project is meant."""
    query = replace(context.query, kind=Kind.STATUS, project=project, tied=(), words=project.name)
    return answer_status(replace(context, query=query))


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
    if query.needs:
        head = say(f"unknown.{query.needs}", count=query.entries)
    elif query.command:
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
