"""The events of milestones by their words: 提测, 上线, 评审 …"""

from __future__ import annotations

import re
from functools import cache

from store.reading.vocabulary import alternatives, vocabulary
from store.words.normalise import fold


@cache
def _events() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = vocabulary()["events"]
    return tuple((event, re.compile(alternatives(table[event]))) for event in table)


def as_written(event: str, text: str) -> str:
    """The word by which `text` calls the event: 全量 and 切流 are both 切量; the event's own name where none stands."""
    rule = dict(_events()).get(event)
    found = rule.search(fold(text)) if rule else None
    return found[0] if found else event


def event_in(text: str) -> str | None:
    """The first event that folded `text` names; a general one (完成) only where no other stands."""
    found = find_event(text)
    return found[0] if found else None


def find_event(text: str) -> tuple[str, tuple[int, int]] | None:
    """The event of folded `text` as `event_in` has it, and where it stands."""
    general = vocabulary()["event_rules"]["general"]
    hits = [
        (event in general, found.start(), -len(found[0]), event)
        for event, rule in _events()
        if (found := rule.search(text))
    ]
    if not hits:
        return None
    _, start, length, event = min(hits)
    return event, (start, start - length)
