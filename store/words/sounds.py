"""How Chinese characters may be read, without the tables of pypinyin: loading those takes longer than an answer.

`sounds.txt` has the 6,763 characters of GB 2312, each under every syllable that it may be read as, taken from
pypinyin's own table (tests/support/make_sounds.py writes it). Which of the readings is meant in a word (银行, 行走)
isn't said: whatever is compared with the pinyin of a known name takes any of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from store.words.normalise import is_cjk
from store.words.regex import regex

Readings = frozenset[str]
"""The syllables, without tones, that a character may be read as; of a Latin word only itself."""
_TOKENS = regex(r"[a-z0-9]+|[^a-z0-9]")


@cache
def _sounds() -> dict[str, Readings]:
    found: dict[str, set[str]] = {}
    for line in files("store.words").joinpath("sounds.txt").read_text(encoding="utf-8").splitlines():
        syllable, _, characters = line.partition(" ")
        for char in characters:
            found.setdefault(char, set()).add(syllable)
    return {char: frozenset(syllables) for char, syllables in found.items()}


def readings(text: str) -> tuple[Readings, ...]:
    """How each character of folded text may be read, its Latin words whole; a rare character is read as nothing."""
    sounds = _sounds()
    return tuple(sounds.get(one, frozenset() if is_cjk(one) else frozenset((one,))) for one in _TOKENS.findall(text))


def may_be_read(heard: Sequence[Readings], syllables: Sequence[str]) -> bool:
    """Whether the readings may be these syllables, one for one."""
    return len(heard) == len(syllables) and all(said in one for one, said in zip(heard, syllables, strict=True))


def spells(letters: str, heard: Sequence[Readings]) -> bool:
    """Whether letters without blanks spell the readings: fengkong may be 风控."""
    if not heard:
        return not letters
    return any(letters.startswith(said) and spells(letters[len(said) :], heard[1:]) for said in heard[0])
