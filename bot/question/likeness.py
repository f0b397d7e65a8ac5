"""When words that are much like a name name another thing: 交行直连 is no 招行直连, Vietnam's no Thai corridor."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from bot.question.content import forms
from bot.question.lexicon import pattern
from store.words.names import key
from store.words.normalise import fold, is_cjk
from store.words.sounds import readings

MOST_CHANGED = 3  # at most one in so many characters: more of them, and the two aren't much alike


@lru_cache(maxsize=8192)
def is_another(words: str, name: str) -> bool:
    """Whether `words` have a Chinese character in the place of another one of the name, and neither stands elsewhere in
    the other nor sounds like it: people mistype by sound (分帐 of 分账), and who writes another bank means another.

    So does who names another place, in whichever language.
    """
    if is_elsewhere(words, name):
        return True
    asked, named = key(words), key(name)
    changed = [each for each in Levenshtein.opcodes(asked, named) if each.tag == "replace"]
    if sum(each.src_end - each.src_start for each in changed) > max(1, len(asked) // MOST_CHANGED):
        return False
    return any(
        _differ(asked[each.src_start : each.src_end], named[each.dest_start : each.dest_end], asked, named)
        for each in changed
    )


def is_elsewhere(words: str, name: str) -> bool:
    """Whether both name banks or places, and none in common."""
    here, there = _places(words), _places(name)
    return bool(here and there) and here.isdisjoint(there)


@lru_cache(maxsize=16384)
def _places(text: str) -> frozenset[str]:
    """The banks and places that the text names, with what else they are called."""
    return frozenset(form for place in pattern("words", "told apart").findall(fold(text)) for form in forms(place))


def _differ(said: str, meant: str, asked: str, named: str) -> bool:
    pairs = [(a, b) for a, b in zip(said, meant, strict=False) if is_cjk(a) and is_cjk(b)]
    return any(a not in named and b not in asked and readings(a)[0].isdisjoint(readings(b)[0]) for a, b in pairs)
