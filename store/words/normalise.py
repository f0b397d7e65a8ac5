"""Text as it is compared: NFKC and casefold, character by character, with the way back to the original.

Character by character, because then every normalised character knows where it came from, and a query is normalised
exactly as the text was. (NFKC over a whole string may also compose across characters; reports don't need that.)
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from store.words.regex import regex


class _Folded(dict[int, str]):
    """What each character is folded to, by its code point; a table for `str.translate` that fills as texts need it."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).casefold()
        if len(self) < _MOST_FOLDED:
            self[code] = folded
        return folded


_MOST_FOLDED = 16_384  # characters kept: reports use some 3,000, and a hostile file may hold a million
_FOLDED = _Folded()
# Small letters, Chinese characters and these marks are what most clauses consist of, and fold to themselves.
_FOLDS = regex("[^\x00-@\\[-\x7f\u4e00-\u9fff、。“”]")
_SHORT = 256  # characters: the same names, clauses and lines are folded several times while a report is read


def fold(text: str) -> str:
    """`text` with full-width forms narrowed and case folded: `８５％ ＰＯＳ` → `85% pos`."""
    if text.isascii():
        return text.lower()
    return _folded_short(text) if len(text) <= _SHORT else text.translate(_FOLDED)


@lru_cache(maxsize=2048)
def _folded_short(text: str) -> str:
    return text.translate(_FOLDED) if _FOLDS.search(text) else text


def fold_with_offsets(text: str) -> tuple[str, tuple[int, ...]]:
    """The folded text, and for each of its characters the position in `text` that it came from."""
    folded, offsets = [], []
    for position, char in enumerate(text):
        piece = _FOLDED[ord(char)]
        folded.append(piece)
        offsets.extend([position] * len(piece))
    return "".join(folded), tuple(offsets)


# Unified Ideographs, Extension A, compatibility, Extension B and on.
_CJK = regex("[\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0003ffff]")


def is_cjk(char: str) -> bool:
    """Whether `char` is a Chinese character."""
    return _CJK.match(char) is not None


def has_cjk(text: str) -> bool:
    """Whether any character of `text` is Chinese."""
    return _CJK.search(text) is not None
