"""What an incident touched: systems, counts and amounts; and whether it is over."""

from __future__ import annotations

import re
from functools import cache

from store.reading.vocabulary import alternatives, pattern, words
from store.records import Count
from store.words.normalise import fold

_LIST = re.compile(r"\s*[、,，/;；&＆]\s*|\s+and\s+")
_MANY = {"万": 10_000, "亿": 100_000_000, "w": 10_000, "k": 1_000}


def read_systems(named: str, story: str) -> tuple[str, ...]:
    """The systems that a field or a cell names, else those of the vocabulary that the story speaks of, in its order."""
    if named:
        return tuple(dict.fromkeys(part for part in _LIST.split(named) if part))
    folded = fold(story)
    found = _systems().finditer(folded)
    return tuple(dict.fromkeys(story[m.start() : m.end()] if len(folded) == len(story) else m[0] for m in found))


def read_counts(text: str) -> tuple[Count, ...]:
    """The counts and amounts of the text in order, in full (`1.3万次` is 13,000 次)."""
    found = []
    for match in _counts().finditer(fold(text)):
        value = float(match["value"].replace(",", "")) * _MANY.get(match["many"] or "", 1)
        found.append(Count(round(value, 4), match["unit"]))
    return tuple(dict.fromkeys(found))


def read_closed(*said: str) -> bool | None:
    """Whether the incident is over: by the first of what is said (its state, its handling, its last words) that has a
    word for it; None without any."""
    for told in filter(None, said):
        if pattern("incidents", "open").search(fold(told)):
            return False
        if pattern("incidents", "closed").search(fold(told)):
            return True
    return None


@cache
def _systems() -> re.Pattern[str]:
    return re.compile(alternatives(words("incidents", "systems")))


@cache
def _counts() -> re.Pattern[str]:
    units = alternatives(words("incidents", "units"))
    return re.compile(rf"(?P<value>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)\s*(?P<many>[万亿wk])?\s*(?P<unit>{units})")
