"""What people decided about names. A decision stands until a person takes it back; every rebuild applies it anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.linking.words import bare
from store.words.names import key


class Kind(StrEnum):
    """What a name is the name of."""

    PROJECT = "project"
    METRIC = "metric"


class Verdict(StrEnum):
    """What was decided about two names."""

    SAME = "same"
    APART = "apart"
    RENAMED = "renamed"  # the same, and called by the second name


@dataclass(frozen=True, slots=True)
class Decision:
    """What `decided_by` said at `decided_at` (UTC) about two names of one team's projects or metrics."""

    team: str
    kind: Kind
    verdict: Verdict
    one: str
    other: str
    decided_by: str
    decided_at: datetime

    @property
    def names(self) -> tuple[str, str]:
        """The two names as names of the kind: a metric's without its unit."""
        return plain_name(self.kind, self.one), plain_name(self.kind, self.other)

    @property
    def pair(self) -> tuple[str, str]:
        """The two names as they are compared, the same whichever was given first."""
        return pair(self.kind, self.one, self.other)


def plain_name(kind: Kind, name: str) -> str:
    """A name as names of the kind are: a metric's without its unit and 本周."""
    return bare(name) if kind is Kind.METRIC else name


def pair(kind: Kind, one: str, other: str) -> tuple[str, str]:
    """Two names as they are compared, the same whichever comes first."""
    low, high = sorted((key(plain_name(kind, one)), key(plain_name(kind, other))))
    return low, high


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Oldest first, the same whatever order they come in."""
    return sorted(decisions, key=lambda d: (d.decided_at, d.pair))


def apart_pairs(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """The pairs of keys that a person keeps apart."""
    return {decision.pair: decision for decision in decisions if decision.verdict is Verdict.APART}


def joined_pairs(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that make two names one, oldest first: where they contradict each other, the newest is told."""
    return [decision for decision in in_order(decisions) if decision.verdict is not Verdict.APART]


def shown_name(keys: Iterable[str], decisions: Iterable[Decision]) -> tuple[str, str] | None:
    """The name that the newest rename among these keys gives, and who gave it."""
    known = set(keys)
    renames = [d for d in decisions if d.verdict is Verdict.RENAMED and known.issuperset(d.pair)]
    newest = max(renames, key=lambda d: (d.decided_at, d.other), default=None)
    return (newest.names[1], newest.decided_by) if newest else None
