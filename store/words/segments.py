"""Whole words, for ranking only: what was found is found by the bigrams, a whole-word hit merely stands higher."""

from __future__ import annotations

from functools import cache
from typing import Any

from store.words.normalise import fold


@cache
def _cutter() -> Any:
    import rjieba  # 0.3 s cold, and only indexing needs it

    return rjieba


def tagged(text: str) -> list[tuple[str, str]]:
    """The words of folded `text` with their parts of speech as jieba has them (n, v, r …)."""
    return list(_cutter().tag(text))


def segments(text: str) -> str:
    """The words of `text`, folded and separated by blanks, as the index keeps them."""
    return " ".join(filter(str.strip, _cutter().cut(fold(text))))
