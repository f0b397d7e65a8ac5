"""What a report holds, as frozen records.

Reading makes them, the database keeps them, answers cite them. Lines are 1-based and count the lines of the source
file; dates are local to the team, as written; `None` means that the report doesn't say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from store.words.names import Spoken, characters
from store.words.normalise import fold

Record = TypeVar("Record")


HEADING = "#"  # the mark of an item that is a heading or a title


class SectionKind(StrEnum):
    """The kinds of section, by the design's vocabulary."""

    HIGHLIGHTS = "highlights"
    METRICS = "metrics"
    PROJECTS = "projects"
    INCIDENTS = "incidents"
    OTHER = "other"
    REFLECTIONS = "reflections"
    GOALS = "goals"
    DAILY = "daily"


class State(StrEnum):
    """How a project stands, from the words of the report; the first of these that it speaks of counts."""

    BLOCKED = "blocked"
    PAUSED = "paused"
    DELAYED = "delayed"
    NO_UPDATE = "no_update"
    DONE = "done"
    TESTING = "testing"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report; `title` is without its marks (`##`, 【】, numbering).

    `level` is 1 for `#`, 2 for `##` and for a plain line, and so on; `named` is false where no known word gives the
    kind, so that it was inherited or is `other`.
    """

    title: str
    kind: SectionKind
    line: int
    level: int = 2
    named: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """One bullet, numbered line, table row, paragraph or heading, with its lines.

    `text` holds the lines from `line` to `line_end` without indent and list mark, joined by newlines (a blank line
    inside stays), so that the nth line of `text` is line `line + n` of the source. `section` and `parent` are
    positions in the report's `sections` and `items`; `group` is the plain line ending in a colon above the list.
    """

    line: int
    line_end: int
    depth: int
    mark: str
    text: str
    section: int | None = None
    parent: int | None = None
    group: str | None = None

    @property
    def head(self) -> str:
        """The first line of the item."""
        return self.text.split("\n", 1)[0]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated event of a project. `done` where the report says that it happened; `doubtful` where it is planned
    for a day before the report's own date (kept as written, never corrected)."""

    event: str
    start: date
    end: date
    text: str
    line: int
    done: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Risk:
    """What a project waits for or depends on, or what endangers it, as the report puts it."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Update:
    """What one report says about one project: progress 0-100, state, dated events and the text itself.

    `section` and `kind` are those of the section that it stands in; `owner` is the team or role that the report names.
    """

    name: str
    parent: str | None
    section: str | None
    kind: SectionKind | None
    line: int
    line_end: int
    text: str
    progress: float | None = None
    state: State | None = None
    milestones: tuple[Milestone, ...] = ()
    owner: str | None = None
    risks: tuple[Risk, ...] = ()


@dataclass(frozen=True, slots=True)
class Metric:
    """A named number with its unit as written (`%`, `次`), the group above it, and the value it changed from.

    `about` is the week or month that it speaks of, as written (第43周), where that isn't the report's own; `corrects`
    is the value that it takes the place of, where the report says so, `whole` what it is a share of (120 of 97/120).
    """

    name: str
    value: float
    unit: str | None
    line: int
    group: str | None = None
    previous: float | None = None
    about: str | None = None
    corrects: float | None = None
    whole: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many, or how much, of what an incident touched: 7 笔, 26 分钟, 130万 元."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Incident:
    """A production incident. `occurred_at` is local time as written; a `date` where the report gives no time.

    `systems` are those that the report names, `counts` what it counts in title and impact; `closed` is None where it
    doesn't say whether it is over.
    """

    occurred_at: datetime | date | None
    title: str
    impact: str | None
    handling: str | None
    severity: str | None
    line: int
    line_end: int
    cause: str | None = None
    systems: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    closed: bool | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """What the report promises for the next week."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in a report that wasn't understood or looks wrong; `code` names it, `about` quotes it."""

    line: int
    code: str
    about: str


@dataclass(frozen=True, slots=True)
class Report:
    """One team's report for one week, as found in one file.

    `no_incidents` holds the lines that say that there was none ("本周无生产事件"): the proof of a "none". `span` is the
    first and the last line of the report in a file that holds several, else None; `lines` are empty outside of it.
    """

    label: str | None
    team: str | None
    report_date: date | None
    period_start: date | None
    period_end: date | None
    created_at: datetime | None
    lines: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    items: tuple[Item, ...] = ()
    updates: tuple[Update, ...] = ()
    metrics: tuple[Metric, ...] = ()
    incidents: tuple[Incident, ...] = ()
    goals: tuple[Goal, ...] = ()
    no_incidents: tuple[int, ...] = ()
    notices: tuple[Notice, ...] = field(default=())
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ReportRef:
    """Which report something stands in, and in which of its revisions. `team` is None where nobody says whose it is."""

    id: int
    team: str | None
    label: str | None
    report_date: date
    period_start: date
    period_end: date
    source: str
    url: str | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Mention(Generic[Record]):
    """A record together with the report that holds it, and the project it was linked to, where it is an update."""

    record: Record
    report: ReportRef
    subject: int | None = None


@dataclass(frozen=True, slots=True)
class ProjectName:
    """A project as it can be asked for: every name it goes by and its pinyin, its parent, and who reports on it.

    `firm` where some report lists it among its projects, and not only as a highlight of the day. `headings` are, of a
    metric, the groups under which reports give it (支付成功率 above 微信).
    """

    subject: int
    team: str | None
    name: str
    names: tuple[tuple[str, Spoken], ...]
    parent: int | None
    firm: bool = True
    headings: tuple[str, ...] = ()
    # What every question looks through for every project: the folded names, and all characters they are compared by.
    folded: tuple[str, ...] = field(init=False, compare=False, repr=False)
    characters: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Work out what is derived from the names."""
        object.__setattr__(self, "folded", tuple(fold(name) for name, _ in self.names))
        object.__setattr__(self, "characters", frozenset().union(*(characters(name) for name, _ in self.names)))


@dataclass(frozen=True, slots=True)
class Citation:
    """The proof of a fact: lines of a report, quoted as written."""

    report: ReportRef
    line: int
    line_end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that a search found, how much of the question stands in it (1 = every term), and the kind of section that
    it stands in."""

    report: ReportRef
    line: int
    line_end: int
    section: str | None
    text: str
    coverage: float
    kind: SectionKind | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """The best hits, how many items match in all, and whether they hold every term or only come near."""

    hits: tuple[Hit, ...]
    total: int
    exact: bool
