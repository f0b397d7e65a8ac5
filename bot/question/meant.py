"""Which incident a question means: the one that says most of what its words weigh, where one is clearly ahead.

People describe an incident in other forms of its words (upload failure, uploads failed), in the other language, with a
slip (Ruters), and with words that say little. A word weighs the more the fewer incidents say it (the inverse document
frequency of retrieval, Spärck Jones 1972); one that the incident doesn't say counts against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import log

import tomli
from rapidfuzz.distance import OSA

from bot.question.content import Told, forms, is_unit
from store.words.normalise import fold, has_cjk
from store.words.regex import regex
from store.words.segments import tagged
from store.words.speaking import SCATTERED, Wanted, share, stem

ENOUGH = 0.52  # of the weight of all words: more is said by the incident than not
AHEAD = 0.8  # the second has at most so much of the first one's share
FEWEST = 8  # incidents as which fewer count: of two, being in one alone says little
ASIDE = 0.85  # what a word counts that stands beside the title and the systems
GENERIC = 0.15  # … that may be said of any incident, and that this one doesn't say
NEVER_TOLD = 2.2  # … that no report says at all: 量子网关
COUNTED = 0.4  # … in which incidents are counted: payments, 用户
PART = 0.6  # how much of a Chinese word has to stand there
SHORTEST_SLIP = 5  # letters of a word that may be mistyped
_LATIN = regex(r"[a-z][a-z0-9-]{4,}")

Texts = Sequence[Sequence[str]]  # of each incident its title with its systems, and all else that is told of it


def weighed(words: Sequence[Wanted], texts: Texts, told: Told) -> tuple[float, ...]:
    """How much of the words' weight each text says, 0 to 1."""
    said = [one for word in words for one in _parts(word, texts, told)]
    if all(_is_generic(word) or is_unit(word[0]) for word in said):
        return (0.0,) * len(texts)  # 多少商户 tells none from another
    found = [[_said(word, text) for text in texts] for word in said]
    weights = [_weight(word, row) for word, row in zip(said, found, strict=True)]
    unknown = [not (any(row) or _is_generic(one) or any(map(told, one))) for one, row in zip(said, found, strict=True)]
    return tuple(
        _share([(weight * row[at], weight * (NEVER_TOLD if new and _alike(word, text) else 1.0))
                for word, weight, row, new in zip(said, weights, found, unknown, strict=True)])
        for at, text in enumerate(texts)
    )  # fmt: skip


def _share(counted: Sequence[tuple[float, float]]) -> float:
    """How much is said of all that weighs."""
    total = sum(weight for _, weight in counted)
    return sum(said for said, _ in counted) / total if total else 0.0


def _alike(word: Wanted, text: Sequence[str]) -> bool:
    """Whether both are Chinese or neither is: an English word may stand in no Chinese report and still be meant."""
    return has_cjk(word[0]) == has_cjk(text[0])


def winner(shares: Sequence[float]) -> int | None:
    """Where the one stands that is meant; None where none says enough, or two say about as much."""
    ranked = sorted(range(len(shares)), key=lambda at: -shares[at])
    if not ranked or shares[ranked[0]] < ENOUGH:
        return None
    return ranked[0] if len(ranked) == 1 or shares[ranked[1]] <= AHEAD * shares[ranked[0]] else None


def _parts(word: Wanted, texts: Texts, told: Told) -> list[Wanted]:
    """The word with what else incidents call it; a long Chinese one that no line says, by its words: 对账 and 卡死. One
    that reports do say (老分账写接口), and no incident, is none of an incident."""
    whole = called(word)
    if len(word[0]) < 3 or not has_cjk(word[0]) or told(word[0]):
        return [whole]
    if any(_said(whole, text) >= SCATTERED * ASIDE for text in texts):
        return [whole]
    pieces = [piece for piece, tag in tagged(word[0]) if len(piece) > 1 or (has_cjk(piece) and tag[0] in "nv")]
    return [called(forms(piece)) for piece in pieces] or [whole]


@lru_cache(maxsize=4096)
def called(word: Wanted) -> Wanted:
    """The word with what else reports call it where they tell of incidents, in both languages."""
    same = (one for group in _same() if _stands_in(word[0], group) for one in group)
    return tuple(dict.fromkeys((*word, *same)))


def _stands_in(word: str, group: Sequence[str]) -> bool:
    return word in group or (not has_cjk(word) and stem(word) in map(stem, group))


def _said(word: Wanted, text: Sequence[str]) -> float:
    """How well an incident says the word in any form: fully where its title or systems do."""
    for part, counts in zip(text, (1.0, ASIDE), strict=False):
        best = max((_found(one, part) for one in word), default=0.0)
        if best:
            return best * counts
    return 0.0


@lru_cache(maxsize=65536)
def _found(word: str, text: str) -> float:
    if len(word) == 1 and has_cjk(word):
        return 0.8 * (word in text)
    best = share(word, text)
    if has_cjk(word):
        return best if best >= SCATTERED else best * (best >= PART)
    return best or 0.9 * slipped(word, text)


@lru_cache(maxsize=16384)
def slipped(word: str, text: str) -> bool:
    """Whether a word of the text is one slip from it: Ruters is Reuters."""
    if len(word) < SHORTEST_SLIP or not word.isalpha():
        return False
    return any(other[0] == word[0] and OSA.distance(word, other, score_cutoff=1) <= 1
               for other in _LATIN.findall(fold(text)))  # fmt: skip


def _weight(word: Wanted, found: Sequence[float]) -> float:
    number = sum(each > 0 for each in found)
    if not number and _is_generic(word):
        return GENERIC
    rarity = log((max(len(found), FEWEST) + 1) / (max(number, 1) + 0.5))
    return max(rarity, GENERIC) * (COUNTED if is_unit(word[0]) else 1.0)


def _is_generic(word: Wanted) -> bool:
    return any(one in _generic() or (not has_cjk(one) and stem(one) in _generic()) for one in word[:1])


@cache
def _words() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = tomli.loads(
        files("bot.question").joinpath("incident_words.toml").read_text(encoding="utf-8")
    )
    return found


@cache
def _same() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(fold, group)) for group in _words()["same"])


@cache
def _generic() -> frozenset[str]:
    return frozenset(form for word in _words()["generic"] for form in (fold(str(word)), stem(fold(str(word)))))
