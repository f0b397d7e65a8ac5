"""What a question asks for, once it is understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from store.records import ProjectName
from store.words.ranges import DateRange
from store.words.speaking import Wanted


class Kind(StrEnum):
    """The kinds of question, and the two answers that are none: `choice` offers readings, `unknown` asks back."""

    STATUS = "status"
    PROJECTS = "projects"
    DONE = "done"
    TEAM = "team"
    HISTORY = "history"
    MILESTONES = "milestones"
    SLIPS = "slips"
    OVERDUE = "overdue"
    SILENT = "silent"
    RISKS = "risks"
    INCIDENTS = "incidents"
    METRICS = "metrics"
    PLAN = "plan"
    REPORT = "report"
    CHANGES = "changes"
    MISSING = "missing"
    SEARCH = "search"
    COVERAGE = "coverage"
    DIGEST = "digest"
    TEAMS = "teams"
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

    Lists are narrowed by `project`, `team`, `range`, `owner` ("" for what has none), `event`, `states` (names of
    `records.State`, and `open` for whatever isn't done), `least` and `most` (percent of progress, or what a figure's
    value is held against, in `unit` where the question gives one; both inclusive),
    and by `words`: what nobody understood is never ignored.
    `metrics` are the figures that the question names, one for each team that has it.
    `aspect` is what it asks of its kind (the lowest value, the cause, how many by system), by the lexicon's tables;
    `beside` the second of two weeks to compare; `skip` how many entries the asker has seen already. `free` is a
    question in words that fit no kind: what lines say of it is looked for. `text` is the question without its
    command, day, range and team, and `beyond` what it asks of a project beside its name: 到货 of 专线哪天到货.
    `needs` is what a follow-up that can't be applied lacks (`list`, `entry`, `more`, `reason`), or `thanks` for one
    that asks nothing; `entries` how many the list before has. `instead` is another reading, for where this one has no
    answer.
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
    metrics: tuple[ProjectName, ...] = ()
    aspect: str | None = None
    owner: str | None = None
    states: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    unit: str = ""
    beside: DateRange | None = None
    skip: int = 0
    free: bool = False
    text: str = ""
    beyond: tuple[Wanted, ...] = ()
    needs: str = ""
    entries: int = 0
    instead: Query | None = None

    @property
    def named(self) -> bool:
        """Whether the words name one project, or several."""
        return self.project is not None or bool(self.tied)
