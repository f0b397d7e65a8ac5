"""Text as it is compared: NFKC and casefold, character by character, with the way back to the original.

Character by character, because then every normalised character knows where it came from, and a query is normalised
exactly as the text was. (NFKC over a whole string may also compose across characters; reports don't need that.)
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=8192)
def _fold(char: str) -> str:
    return unicodedata.normalize("NFKC", char).casefold()


def fold(text: str) -> str:
    """`text` with full-width forms narrowed and case folded: `８５％ ＰＯＳ` → `85% pos`."""
    return text.lower() if text.isascii() else "".join(map(_fold, text))


def fold_with_offsets(text: str) -> tuple[str, tuple[int, ...]]:
    """The folded text, and for each of its characters the position in `text` that it came from."""
    folded, offsets = [], []
    for position, char in enumerate(text):
        piece = _fold(char)
        folded.append(piece)
        offsets.extend([position] * len(piece))
    return "".join(folded), tuple(offsets)


_CJK = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


def is_cjk(char: str) -> bool:
    """Whether `char` is a Chinese character: Unified Ideographs, Extension A, compatibility, Extension B and on."""
    code = ord(char)
    return any(first <= code <= last for first, last in _CJK)


def has_cjk(text: str) -> bool:
    """Whether any character of `text` is Chinese."""
    return any(map(is_cjk, text))
