"""What a question asks for, once it is understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from store.records import ProjectName
from store.words.ranges import DateRange


class Kind(StrEnum):
    """The kinds of question, and the two answers that are none: `choice` offers readings, `unknown` asks back."""

    STATUS = "status"
    INCIDENTS = "incidents"
    SEARCH = "search"
    REPORT = "report"
    HELP = "help"
    CHOICE = "choice"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood.

    `words` is what is left of it when kind, range and filler are taken out. `as_of` is the day that the answer
    speaks of. `project` is set where the words name one, `tied` where they name several equally well, `near` lists
    the names that come closest. `event` is the milestone that the question asks the day of, `attribute` something else
    that it asks of a project (预算), `newest` how many of the newest of a list (0 for all).
    """

    question: str
    kind: Kind
    lang: str
    as_of: date
    words: str = ""
    range: DateRange | None = None
    team: str | None = None
    project: ProjectName | None = None
    tied: tuple[ProjectName, ...] = ()
    near: tuple[ProjectName, ...] = ()
    event: str | None = None
    command: str | None = None
    newest: int = 0
    attribute: str | None = None

    @property
    def named(self) -> bool:
        """Whether the words name one project, or several."""
        return self.project is not None or bool(self.tied)
