"""A question in, an answer out: the one way for every channel."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any

from bot.answers.context import Context
from bot.answers.corrected import with_corrections
from bot.answers.model import Answer, words_of
from bot.answers.unnamed import is_unheard, tells_another
from bot.catalogue import sayer
from bot.question.ahead import days_ahead
from bot.question.content import asks_day, asks_number
from bot.question.following import Before, follow
from bot.question.known import Known
from bot.question.lexicon import pattern
from bot.question.qualifiers import telling_pieces
from bot.question.query import Kind, Query
from bot.question.short_names import in_full
from bot.question.sought import meets_demand
from bot.question.spelling import spelled
from bot.question.text import without
from store.library import Library
from store.viewer import EVERYONE, Viewer
from store.words.holidays import Holidays
from store.words.names import key
from store.words.normalise import fold
from store.words.ranges import find_range
from store.words.speaking import SCATTERED, most

_RATE = re.compile(r"[\u4e00-\u9fff]{2}率$")
# Where each kind is answered, by `answer_` and its name: imported when first asked, since a start needs only one.
ANSWERS: dict[Kind, str] = {
    Kind.STATUS: "status",
    Kind.PROJECTS: "projects",
    Kind.TEAM: "team",
    Kind.HISTORY: "history",
    Kind.MISSING: "missing",
    Kind.COVERAGE: "coverage",
    Kind.TEAMS: "coverage",
    Kind.DONE: "done",
    Kind.MILESTONES: "milestones",
    Kind.SLIPS: "slips",
    Kind.OVERDUE: "overdue",
    Kind.SILENT: "silent",
    Kind.RISKS: "risks",
    Kind.INCIDENTS: "incidents",
    Kind.METRICS: "metrics",
    Kind.PLAN: "plan",
    Kind.CHANGES: "changes",
    Kind.SEARCH: "search",
    Kind.REPORT: "report",
    Kind.HELP: "other",
    Kind.CHOICE: "other",
    Kind.UNKNOWN: "other",
}


@cache
def answering(kind: Kind) -> Callable[[Context], Answer]:
    """The function that answers questions of a kind."""
    found: Callable[[Context], Answer] = _function(ANSWERS[kind], f"answer_{kind}")
    return found


def _function(module: str, name: str) -> Any:
    return getattr(import_module(f"bot.answers.{module}"), name)


# What these can't answer may stand in a line all the same: 费率谈判第二轮哪天.
FALLS_BACK = frozenset({Kind.STATUS, Kind.INCIDENTS, Kind.METRICS, Kind.MILESTONES, Kind.DONE, Kind.PLAN, Kind.RISKS})

OF_NAMES = frozenset({Kind.STATUS, Kind.MILESTONES, Kind.DONE})


@dataclass(frozen=True, slots=True)
class Turn:
    """A question understood, and its answer: what the next question may go on with."""

    query: Query
    answer: Answer


@dataclass(frozen=True, slots=True)
class Asker:
    """Answers questions over one library. `language` is `auto`, `zh` or `en`."""

    library: Library
    holidays: Holidays | None = None
    language: str = "auto"

    def ask(self, question: str, today: date, viewer: Viewer = EVERYONE) -> Answer:
        """The answer to `question` for `viewer` on the day `today`, standing alone."""
        return self.converse(question, today, viewer).answer

    def converse(self, question: str, today: date, viewer: Viewer = EVERYONE, before: Turn | None = None) -> Turn:
        """The same as the next turn of a conversation: `那风控呢?` takes the rest from the turn before."""
        with self.library.at_rest():
            return self._turn(question, today, viewer, before)

    def _turn(self, question: str, today: date, viewer: Viewer, before: Turn | None) -> Turn:
        known = self._known(today, viewer)
        last = _before(before) if before else None
        asked = spelled(question, lambda word: self.library.says(viewer, today, word, spelled=True))
        query = follow(asked, last, today, known, self.holidays, self.language)
        seen = viewer.only(query.team) if query.team else viewer
        answer = _answered(Context(query, self.library, seen, today))
        unheard = _names_the_unheard(Context(query, self.library, seen, today))
        if not answer.found and query.instead is not None and not unheard:
            theirs = viewer.only(query.instead.team) if query.instead.team else viewer
            other = _answered(Context(query.instead, self.library, theirs, today))
            query, answer = (query.instead, other) if other.found else (query, answer)
        if not answer.found and not query.named and before is None:
            query, answer = self._in_full(asked, query, answer, known, viewer, today)
        if not answer.found:
            answer = _by_line(Context(query, self.library, seen, today), answer)
        return Turn(query, with_corrections(replace(answer, question=question), self.library, seen))

    def _in_full(
        self, asked: str, query: Query, answer: Answer, known: Known, viewer: Viewer, today: date
    ) -> tuple[Query, Answer]:
        """The answer to the same question with the full name of a project that it shortens: 引擎二期, bfj盘点."""
        said = in_full(asked, known.projects)
        if said == asked:
            return query, answer
        full = replace(follow(said, None, today, known, self.holidays, self.language), question=query.question)
        seen = viewer.only(full.team) if full.team else viewer
        other = _answered(Context(full, self.library, seen, today))
        return (full, other) if full.named and (other.found or full.kind is Kind.STATUS) else (query, answer)

    def _known(self, today: date, viewer: Viewer) -> Known:
        library = self.library
        return Known(
            projects=library.projects(viewer, today),
            teams=library.teams(viewer, today),
            metrics=library.metric_names(viewer, today),
            owners=library.owners(viewer, today),
            incidents=library.incident_texts(viewer, today),
            told=lambda word: library.says(viewer, today, word),
        )


def _by_line(context: Context, answer: Answer) -> Answer:
    """The line that answers where the question's kind has no answer."""
    said: Answer | None = _function("by_line", "answer_by_line")(context, answer)
    return said or answer


def _before(turn: Turn) -> Before:
    """What a follow-up may go on with; an answer that offers more has more than it has shown."""
    answer = turn.answer
    offers = sayer(answer.lang)("answer.ask_more") in answer.suggestions
    return Before(turn.query, answer.expands, answer.shown, answer.shown + offers)


def _answered(context: Context) -> Answer:
    """The answer of the question's kind; where it has none to a question in plain words, the line that says it all."""
    query = context.query
    first = answering(query.kind)(context) if _answers_first(query) else None
    if not (first and first.found) and (tally := _tally(context)) is not None:
        return tally
    of_list = query.kind is Kind.RISKS and query.project is None  # it names the lines that speak of its words itself
    if query.kind is Kind.SEARCH and query.free and (rate := _unsaid_rate(context)):
        return answering(Kind.METRICS)(replace(context, query=replace(query, kind=Kind.METRICS, words=rate)))
    answer = first or answering(query.kind)(context)
    if query.kind is Kind.HISTORY and query.project and not _meets_demand(context, answer):
        return answering(Kind.STATUS)(replace(context, query=replace(query, kind=Kind.STATUS)))
    if (of_one := _of_an_incident(context, answer)) is not None:
        return of_one
    if not answer.found and query.kind in COUNTED_OTHERWISE:
        tally = _tally(replace(context, query=replace(query, kind=Kind.SEARCH)))
        if tally is not None:
            return tally
    if not answer.found and (on_day := _day_ahead(query)):
        planned = answering(Kind.MILESTONES)(replace(context, query=on_day))
        answer = planned if planned.found else answer
    if not answer.found and query.text and (section := _titled(context)):
        return section
    if query.kind not in FALLS_BACK or of_list or not key(query.text) or not _leaves_open(query, answer):
        return answer
    if query.kind is Kind.METRICS and _is_figure(query.words) and not _written(context, query.words):
        return answer  # no line speaks of 退款成功率, and one that has 退款 and 成功率 doesn't say it
    if _names_the_unheard(context) or (query.project is None and not answer.found and _unsaid_rate(context)):
        return answer
    if query.instead is not None and query.instead.project is not None and not query.named:
        return answer  # the other reading, which names a project, goes before any line
    said = _line(context, query.text)
    counted = asks_day(query.question) or asks_number(query.question)
    if not said.found and query.kind is Kind.STATUS and not query.named and not counted:
        said = _line(context, without("cues", "status", query.text))  # no line holds the 进展 of 补充协议进展
    if said.found and query.kind in OF_NAMES and not query.named and tells_another(context, said):
        return answer
    return said if said.found else _as_goal(context) or answer


# Of these a number that lines give may be all that is asked: 铺了多少家, 接入数每周拉一下.
ANSWER_FIRST = frozenset({Kind.HISTORY, Kind.METRICS, Kind.INCIDENTS, Kind.REPORT})
COUNTED = frozenset({
    Kind.STATUS, Kind.SEARCH, Kind.HISTORY, Kind.CHANGES, Kind.METRICS, Kind.INCIDENTS, Kind.REPORT,
})  # fmt: skip
# Of these a number is taken from lines where its unit or thing is asked for, from any where they find nothing.
COUNTED_OTHERWISE = frozenset({Kind.STATUS, Kind.HISTORY, Kind.CHANGES})


def _answers_first(query: Query) -> bool:
    """Whether the kind's own answer goes before a number of lines: not 这周比3/7多了多少户, which is no course."""
    return query.kind in ANSWER_FIRST and not (query.kind is Kind.HISTORY and asks_number(query.question))


def _tally(context: Context) -> Answer | None:
    """The number that lines give week by week, where the question asks for one and names no figure."""
    query = context.query
    other = query.instead is not None and bool(query.instead.metrics)
    if asks_day(query.question) and not asks_number(query.question):
        return None  # when it goes live is no number
    if query.kind not in COUNTED or query.metrics or other or not key(query.text) or query.aspect in ("first", "last"):
        return None
    if query.kind is Kind.HISTORY and asks_number(query.question):
        context = replace(context, query=replace(query, kind=Kind.STATUS))
    found: Answer | None = _function("tallies", "answer_tally")(context)
    return found


def _of_an_incident(context: Context, answer: Answer) -> Answer | None:
    """What an incident's lines say of a figure while it lasted, or of what it cost, where the figures don't."""
    if context.query.kind is Kind.METRICS and not answer.found:
        found: Answer | None = _function("incident_during", "answer_during")(context)
    elif context.query.kind is Kind.SEARCH and context.query.free:
        found = _function("incident_during", "answer_cost")(context)
    else:
        return None
    return found


def _names_the_unheard(context: Context) -> bool:
    """Whether a status is asked of a name that no report knows: what is much like it is another thing."""
    query = context.query
    return query.kind is Kind.STATUS and not query.named and is_unheard(context)


def _meets_demand(context: Context, answer: Answer) -> bool:
    """Whether the cited lines tell of what the question asks by a word of its own: what DEv2 cost is no matter of its
    progress."""
    return meets_demand(context.query.question, "\n".join(citation.quote for citation in answer.citations))


def _as_goal(context: Context) -> Answer | None:
    """What became of a goal of the project, where its words ask whether that is done: 网关压测第46周做了吗."""
    query = context.query
    if query.kind is not Kind.STATUS or query.project is None or not query.beyond:
        return None
    if not pattern("aspects.plan", "kept").search(fold(query.question)):
        return None
    words = " ".join(one[0] for one in query.beyond)
    goal = replace(query, kind=Kind.PLAN, aspect="kept", words=words, event=None)
    answer = answering(Kind.PLAN)(replace(context, query=goal))
    return answer if answer.found else None


def _titled(context: Context) -> Answer | None:
    """The section whose title is all that was asked: 风险与问题, which speaks of no project at risk."""
    found: Answer | None = _function("section", "answer_titled")(context)
    return found


def _unsaid_rate(context: Context) -> str:
    """The rate that is asked for and stands in no line: 退款率 isn't told by a line of 退款."""
    said = telling_pieces(fold(context.query.text)) if asks_number(context.query.question) else ()
    return next((piece for piece in said if _RATE.search(piece) and not context.told(piece)), "")


def _is_figure(words: str) -> bool:
    return any(found.end() == len(words) for found in pattern("words", "figures").finditer(fold(words)))


def _written(context: Context, words: str) -> bool:
    """Whether any line holds the words as they stand."""
    return bool(context.library.search(context.viewer, context.as_of, words, None, context.as_of, 1, near=False).hits)


def _day_ahead(query: Query) -> Query | None:
    """What a day to come holds (12月14日有什么事): its milestones, where the words ask for nothing else."""
    beside = without("words", "on a day", query.text)
    if beside == query.text or pattern("cues", "incidents").search(fold(beside)):
        return None  # 11月中旬有什么故障 asks for incidents
    ahead = days_ahead(replace(query, range=query.range or find_range(query.question, query.as_of)))
    return replace(query, kind=Kind.MILESTONES, range=ahead, words="", aspect=None) if ahead else None


def _line(context: Context, words: str) -> Answer:
    """What the lines say of these words."""
    query = replace(context.query, kind=Kind.SEARCH, words=words, free=True)
    said: Answer = _function("search", "answer_lines")(replace(context, query=query))
    return said


def _leaves_open(query: Query, answer: Answer) -> bool:
    """Whether a line may answer better: nothing is found, or a project's answer doesn't speak of what is asked beside.

    That a project's date isn't known is an answer; old lines that name one would be a worse. So is an incident of which
    no report says what is asked, and that a named figure isn't given in a week: a line of any other week would pass for
    it.
    """
    if query.metrics or (query.kind is Kind.PLAN and not key(query.words)):
        return False  # that no report has goals of a week is no matter of words
    if query.kind is Kind.METRICS and query.aspect == "target" and not query.words:
        return False
    if query.kind is Kind.INCIDENTS and answer.data.get("count"):
        return False
    if query.kind is not Kind.STATUS or not query.named:
        return not answer.found or query.kind is Kind.STATUS
    said = (words_of(answer.head), *(citation.quote for citation in answer.citations))
    return any(most(one, said) < SCATTERED for one in query.beyond)
