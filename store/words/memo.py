"""Remembering what was found in short texts: a report asks the same of its names, clauses and lines several times."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Found = TypeVar("Found")
SHORT = 256  # characters: a line of megabytes isn't worth its memory
MOST = 2048  # texts that are remembered; a long report has some 500 lines


def remembered(function: Callable[[str], Found]) -> Callable[[str], Found]:
    """A decorator for pure functions of a text whose results are never changed."""
    known = lru_cache(MOST)(function)

    @wraps(function)
    def find(text: str) -> Found:
        return known(text) if len(text) <= SHORT else function(text)

    return find
