"""Why a project or a metric is what it is: every name, every mention with its reason, and what was kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from store.linking.decisions import Kind
from store.linking.likeness import METRICS, PROJECTS, form
from store.linking.reasons import READER, Reason, Why
from store.records import ProjectName, ReportRef
from store.words.names import key, score

# From here on two names look alike enough for somebody to wonder why they are two: 平安存管 and 杭州政府存管 at .4.
LOOKS_ALIKE = 0.4
MOST_ALIKE = 5
NEAR = 0.4


@dataclass(frozen=True, slots=True)
class Spelled:
    """A mention: report and lines, the names as written, why it is linked (by which other name), and who decided."""

    report: ReportRef
    line: int
    line_end: int
    name: str
    parent: str | None
    reason: Reason
    via: str | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Another project or metric of the team that is alike and kept apart, and why."""

    subject: int
    name: str
    why: Why
    decided_by: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A project or metric as it was put together from what the viewer may see.

    `names` are its names with the date of the first report that uses each and whether a report uses it as it stands;
    `mentions` run newest first; `related` are (team, name) of others' that bear the same name and are counted apart.
    """

    kind: Kind
    subject: int
    team: str | None
    name: str
    names: tuple[tuple[str, date, bool], ...]
    parent: str | None
    parts: tuple[str, ...]
    mentions: tuple[Spelled, ...]
    apart: tuple[Kept, ...]
    related: tuple[tuple[str | None, str], ...]


def meant(name: str, known: Sequence[ProjectName], team: str | None = None) -> tuple[ProjectName, ...]:
    """The projects (or metrics) that bear this very name; `POS / 对账` is the part 对账 of POS."""
    of_team = [one for one in known if team is None or (one.team or "") == team]
    named = tuple(one for one in of_team if _bears(one, name))
    if named or "/" not in name:
        return named
    above, _, part = name.partition("/")
    parents = {one.subject for one in of_team if _bears(one, above)}
    return tuple(one for one in of_team if one.parent in parents and _bears(one, part))


def _bears(one: ProjectName, name: str) -> bool:
    return key(name) in {key(known) for known, _ in one.names}


def near_names(name: str, known: Sequence[ProjectName], most: int = 5) -> tuple[str, ...]:
    """The names that come nearest to one that nobody bears, best first."""
    scored = sorted(((max(score(name, n, s) for n, s in one.names), one.name) for one in known), reverse=True)
    return tuple(dict.fromkeys(near for value, near in scored if value >= NEAR))[:most]


def look_alikes(one: ProjectName, known: Iterable[ProjectName], but: Iterable[int]) -> tuple[Kept, ...]:
    """What looks like `one` and is neither it, nor its parent or part, nor among `but`: by no rule the same."""
    passed = {one.subject, one.parent, *but}
    found = []
    for other in known:
        if other.team == one.team and other.subject not in passed and other.parent != one.subject:
            alike, name = max((fuzz.ratio(key(a), key(b)) / 100, b) for a, _ in one.names for b, _ in other.names)
            if alike >= LOOKS_ALIKE:
                found.append((alike, Kept(other.subject, name, Why.UNLIKE, READER)))
    found.sort(key=lambda entry: (-entry[0], entry[1].name))
    return tuple(kept for _, kept in found[:MOST_ALIKE])


def related(kind: Kind, one: ProjectName, known: Iterable[ProjectName]) -> tuple[tuple[str | None, str], ...]:
    """Other teams' projects (or metrics) whose name a rule would take for the same: related, and counted apart."""
    rules = PROJECTS if kind is Kind.PROJECT else METRICS
    return tuple(
        (other.team, other.name)
        for other in known
        if other.team != one.team
        and any(rules.alike(form(a), form(b)) is not None for a, _ in one.names for b, _ in other.names)
    )
