"""A question on its way through the readings: its context, and the answer of its kind, worked out when first needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from bot.answers.context import Context
from bot.answers.kinds import answering
from bot.answers.model import Answer
from bot.answers.settles import settles
from bot.question.query import Kind, Query


@dataclass(frozen=True)
class Asked:
    """What each reading is given. `own` is the answer of the question's own kind."""

    context: Context

    @property
    def query(self) -> Query:
        """The question understood."""
        return self.context.query

    @cached_property
    def own(self) -> Answer:
        """The answer of the question's kind, found or not."""
        return self.as_kind(self.query)

    @cached_property
    def settled(self) -> bool:
        """Whether that answer leaves nothing open."""
        return settles(self.query, self.own)

    def as_kind(self, query: Query) -> Answer:
        """What the kind of another query answers in the place of this one."""
        return answering(query.kind)(replace(self.context, query=query))

    def found_as(self, query: Query) -> Answer | None:
        """The same, where it finds anything."""
        answer = self.as_kind(query)
        return answer if answer.found else None

    def of_kind(self, *kinds: Kind) -> bool:
        """Whether the question is of one of these kinds."""
        return self.query.kind in kinds
