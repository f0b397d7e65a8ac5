"""English words of asking, put right where they are misspelt by one letter: `wich` is which, `incidnets` incidents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from bot.question.content import Told
from bot.question.lexicon import command_words, lexicon
from bot.question.text import asking_words
from store.words.normalise import fold
from store.words.speaking import stem

SHORTEST = 4  # letters of a misspelt word
ASKING = (("cues",), ("aspects",), ("attributes",), ("states",), *(("words", each) for each in (
    "which", "when", "newest", "english", "past", "soon", "latest", "incident asks",
)))  # fmt: skip
SHORTEST_CHANGED = 8  # letters of one with another letter in the place of the right one: a name may be as near
_WORD = re.compile(r"(?<![A-Za-z0-9/'’.-])[A-Za-z]+(?![A-Za-z0-9'’.-])")


def put_right(text: str, told: Told) -> str:
    """`text` with its misspelt words of asking as they are spelt; a word that any report says, and one written like a
    name within the sentence, is none of them."""
    found = []
    for word in _WORD.finditer(text):
        named = word.start() > 0 and not word[0].islower()
        meant = None if named or len(word[0]) < SHORTEST else _meant(fold(word[0]))
        if meant and not told(fold(word[0])):
            found.append((word.span(), meant))
    for (start, end), meant in reversed(found):
        text = text[:start] + meant + text[end:]
    return text


@lru_cache(maxsize=4096)
def _meant(word: str) -> str | None:
    """The word of asking that is one slip away: a letter left out, doubled or put in, two swapped, in a long word
    another one. The first letter is seldom mistyped; between two words none is meant, but for two forms of one."""
    known = _known().get(word[0], ())
    if word in asking_words() or word in known or word.removesuffix("s") in known:
        return None
    near = [one for one in known if abs(len(one) - len(word)) < 2 and OSA.distance(word, one, score_cutoff=1) == 1]
    slips = [one for one in near if _is_swap(word, one)] or [one for one in near if len(word) >= SHORTEST_CHANGED]
    return slips[0] if len({stem(one) for one in slips}) == 1 else None


def _is_swap(word: str, meant: str) -> bool:
    return len(word) != len(meant) or sorted(word) == sorted(meant)


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """The words that say what is asked, by their first letters: cues, commands, what narrows or picks; not those that
    only hold a sentence together (from is one swap off a form)."""
    entries = [entry for path in ASKING for entry in _entries(lexicon(), path)]
    words = {part for entry in (*entries, *command_words()) for part in fold(entry).split()}
    words |= {part for entry in lexicon()["words"]["asking"] for part in fold(entry).split() if len(part) > SHORTEST}
    found: dict[str, list[str]] = {}
    for word in sorted(word for word in words if word.isascii() and word.isalpha() and len(word) >= SHORTEST):
        found.setdefault(word[0], []).append(word)
    return {first: tuple(listed) for first, listed in found.items()}


def _entries(table: Any, path: Sequence[str]) -> list[str]:
    """The entries at `path`, or of all that is below it."""
    for step in path:
        table = table[step]
    if isinstance(table, list):
        return table
    return [entry for below in table.values() for entry in _entries(below, ())]
