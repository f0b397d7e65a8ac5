"""What a report promises for the next week."""

from __future__ import annotations

from collections.abc import Sequence

from store.reading.marks import plain
from store.reading.naming import says_nothing
from store.records import HEADING, Goal, Item, Section, SectionKind


def read_goals(items: Sequence[Item], sections: Sequence[Section]) -> tuple[Goal, ...]:
    """Every item of the goals sections, in the order of the report, sub-items too: each is a promise of its own."""
    return tuple(
        Goal(plain(item.text.replace("\n", " ")), item.line)
        for item in items
        if item.section is not None
        and sections[item.section].kind is SectionKind.GOALS
        and item.mark != HEADING
        and not says_nothing(item.text)
    )
