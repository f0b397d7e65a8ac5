"""Other ways to understand a question that finds nothing as it was understood: in the order in which they are tried.

Each is a function that gives a turn of its own, or None. The first stands; without any, the question's own answer says
what isn't known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.context import Context
from bot.answers.in_lines import names_the_unheard
from bot.answers.kinds import function
from bot.answers.model import Answer
from bot.answers.readings import answered
from bot.question.following import follow
from bot.question.known import Known
from bot.question.query import Kind, Query
from bot.question.short_names import in_full
from store.library import Library
from store.viewer import Viewer
from store.words.holidays import Holidays


@dataclass(frozen=True, slots=True)
class Turn:
    """A question understood, and its answer: what the next question may go on with."""

    query: Query
    answer: Answer


@dataclass(frozen=True, slots=True)
class Turning:
    """A question with all that is needed to understand it in another way. `asked` is its text without misspellings,
    `alone` one that goes on with no turn before."""

    library: Library
    viewer: Viewer
    today: date
    asked: str
    query: Query
    known: Known
    holidays: Holidays | None
    language: str
    alone: bool

    def seen(self, query: Query) -> Viewer:
        """Who asks, for what a query may be answered from: its team's reports where it names one."""
        return self.viewer.only(query.team) if query.team else self.viewer

    def context(self, query: Query) -> Context:
        """The context in which a query is answered."""
        return Context(query, self.library, self.seen(query), self.today)

    def answered(self, query: Query) -> Turn:
        """A query with its answer."""
        return Turn(query, answered(self.context(query)))

    def as_asked(self) -> Turn:
        """The question as it was understood first."""
        return self.answered(self.query)


Otherwise = Callable[[Turning, Turn], Turn | None]


def second_reading(turning: Turning, first: Turn) -> Turn | None:
    """The other reading of the words, but for a name that no report knows: that is what is to be said."""
    if first.query.instead is None or names_the_unheard(turning.context(first.query)):
        return None
    other = turning.answered(first.query.instead)
    return other if other.answer.found else None


def name_in_full(turning: Turning, first: Turn) -> Turn | None:
    """The same question with the full name of a project that it shortens: 引擎二期, bfj盘点."""
    if first.query.named or not turning.alone:
        return None
    said = in_full(turning.asked, turning.known.projects)
    if said == turning.asked:
        return None
    full = follow(said, None, turning.today, turning.known, turning.holidays, turning.language)
    other = turning.answered(replace(full, question=first.query.question)) if full.named else None
    return other if other and (other.answer.found or full.kind is Kind.STATUS) else None


def last_line(turning: Turning, first: Turn) -> Turn | None:
    """The line that has all that the question is about."""
    said: Answer | None = function("by_line", "answer_by_line")(turning.context(first.query), first.answer)
    return Turn(first.query, said) if said else None


OTHERWISE: tuple[Otherwise, ...] = (
    second_reading,
    name_in_full,
    last_line,
)
