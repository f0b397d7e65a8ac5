"""Lines that go on with an incident told before: `10/21重复付汇根因：…`, `Follow-up on the 20 Oct outage: …`."""

from __future__ import annotations

from dataclasses import dataclass

from store.reading.vocabulary import any_rule
from store.words.normalise import fold

LONGEST_REST = 400  # characters of what is told that count as its cause


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Such a line: its head as written, which names the incident, what is told of it, and the cause if that is one."""

    head: str
    rest: str
    cause: str | None


def read_follow_up(text: str) -> FollowUp | None:
    """The parts of `text` (an incident's item without its mark, and behind its day if it begins with one), or None
    where it tells an incident of its own."""
    folded = fold(text)
    found = any_rule("incidents", "follow_up").match(folded)
    if found is None or len(folded) != len(text):
        return None
    head, rest = text[: found.end()].rstrip(" :：,，"), text[found.end() :].strip(" :：,，\n")
    tells = any_rule("incidents", "follow_up_cause").search(fold(head)) or _gives_cause(rest)
    return FollowUp(head, rest, rest[:LONGEST_REST] if tells and rest else None)


def _gives_cause(rest: str) -> bool:
    return any_rule("incidents", "follow_up_tells").search(fold(rest)) is not None
