"""English words of asking that are misspelt by one letter: `sliped`, `wich`, `statsu`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from bot.question.content import Told
from bot.question.lexicon import lexicon
from bot.question.sought import is_common
from store.words.normalise import fold, has_cjk
from store.words.regex import regex
from store.words.speaking import stem

LONGEST = 500  # characters of a question
SHORTEST = 5  # letters of a word that is put in the place of another
SHORTEST_SWAPPED = 4  # … where two letters only stand in the wrong order: wehn, waht
SHORTEST_CHANGED = 6  # … where a letter stands for another: shops are no ships, and gates no dates
ASKING = ("what", "when", "which", "where", "project", "report", "status", "progress")
TABLES = ("cues", "commands", "aspects", "attributes", "states", "same")
_LATIN, _CHINESE = regex("[A-Za-z]+"), regex("[\u3400-\u9fff]")
_WORD = regex(r"(?<![A-Za-z0-9])[A-Za-z]{4,}(?![A-Za-z0-9])")


def spelled(text: str, written: Told) -> str:
    """`text` with each word that is one slip from a single word of asking written as that one; what any report
    writes, or the lexicon knows, is never changed."""
    if len(text) > LONGEST:
        return text  # nobody types so much
    if sum(map(len, _LATIN.findall(text))) <= len(_CHINESE.findall(text)):
        return text  # among Chinese, Latin letters are names and the sound of characters: tice is 提测
    for found in reversed(list(_WORD.finditer(text))):
        if (meant := _meant(fold(found[0]))) and not written(fold(found[0])):
            text = text[: found.start()] + meant + text[found.end() :]
    return text


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    """The word of asking that is meant; "" for one that is known as it stands, or may mean several."""
    if is_common(word) or word in _known() or (word.endswith("s") and word[:-1] in _known()):
        return ""
    near = sorted({
        other for left in _shortened(word) for other in _by_shortened().get(left, ()) if _one_slip(word, other)
    })
    longer = [other for other in near if len(other) >= len(word)] or near
    return longer[0] if len({stem(other) for other in longer}) == 1 else ""


def _one_slip(word: str, meant: str) -> bool:
    if word[0] != meant[0] or OSA.distance(word, meant) != 1:
        return False
    if sorted(word) == sorted(meant):
        return len(meant) >= SHORTEST_SWAPPED
    return len(meant) >= (SHORTEST_CHANGED if len(word) == len(meant) else SHORTEST)


def _shortened(word: str) -> set[str]:
    """The word, and what is left of it without any one letter: two words that are one slip apart share one of these."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


@cache
def _by_shortened() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in sorted(_asking()):
        for left in _shortened(word):
            found.setdefault(left, []).append(word)
    return found


@cache
def _asking() -> frozenset[str]:
    """The English words of asking: those of the cues of each kind and of what is asked of it."""
    entries = [entry for table in TABLES for entry in _entries(lexicon()[table])]
    return frozenset(word for word in (*_words(entries), *ASKING) if len(word) >= SHORTEST_SWAPPED)


@cache
def _known() -> frozenset[str]:
    """Every English word of the lexicon."""
    return frozenset(_words(_entries(lexicon())))


def _entries(table: object) -> list[str]:
    if isinstance(table, str):
        return [table]
    parts = table.values() if isinstance(table, dict) else table if isinstance(table, list) else ()
    return [entry for part in parts for entry in _entries(part)]


def _words(entries: list[str]) -> list[str]:
    return [word for entry in entries if not has_cjk(entry) for word in re.findall(r"[a-z]+", fold(entry))]
