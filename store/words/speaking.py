"""Whether a line speaks of a word: in another form, in other words of the trade, or of most of a long one.

English words are the same by their stems (delivered, delivery) or where one begins the other (cert, certificate); a
run of Chinese characters stands in a text where each of them stands beside one of its neighbours, wherever that is:
规则引擎压测 in `规则引擎已完成压测`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from store.words.normalise import fold, has_cjk
from store.words.regex import regex

Wanted = tuple[str, ...]  # one thing that is asked for, folded: each of the words that may stand for it

LONG_PREFIX = 5  # letters: certi- begins certificate, but `form` is no short platform's format
SHORTEST_STEM = 3
SCATTERED = 0.97  # 规则引擎 is rather meant by 规则引擎 than by 决策引擎…规则缓存, and both may be
_LATIN = regex(r"[a-z0-9](?:[a-z0-9.,:/&+-]*[a-z0-9])?%?")
_JOINT = regex(r"[-/.,:&+]")
_VOWELS = ("a", "e", "i", "o", "u")
_ENDINGS = ("ings", "ing", "ied", "ies", "ed", "es", "s", "e", "y", "d")


@lru_cache(maxsize=16384)
def _of_text(text: str) -> tuple[str, frozenset[str]]:
    """The text folded, and its Latin words and numbers, with the parts of those that are joined (E2E-7, 12/15)."""
    folded = fold(text)
    words = _LATIN.findall(folded)
    # 65 is meant by 65%, and so are the parts of joined words.
    parts = (part for word in words for part in (*_JOINT.split(word), word.replace("-", ""), word.rstrip("%")))
    return folded, frozenset((*words, *filter(None, parts)))


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """An English word without its ending, roughly: tests, testing and tested are `test`."""
    for ending in _ENDINGS:
        if ending == "y" and word[-2:-1] in _VOWELS:
            continue  # delayed is a delay
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM and word.isalpha():
            return word[: -len(ending)]
    return word


def _same_word(one: str, other: str) -> bool:
    if stem(one) == stem(other):
        return True
    short, long = sorted((stem(one), other), key=len)
    return len(short) >= LONG_PREFIX and short.isalpha() and long.startswith(short)


def share(word: str, text: str) -> float:
    """How much of a folded word stands in the text: 1 for all of it, less for a part of a Chinese one."""
    if " " in word.strip() and not has_cjk(word):
        return min(share(part, text) for part in word.split())  # merchant risk scoring is more than its merchant
    folded, words = _of_text(text)
    if not has_cjk(word):
        joined = word.replace("-", "")  # the golive of a report is the go-live of a question, and the other way round
        same = word in words or joined in words
        return float(same or any(_same_word(word, other) for other in words if other[:2] == word[:2]))
    if word in folded:
        return 1.0
    covered = [False] * len(word)
    for at in range(len(word) - 1):
        if word[at : at + 2] in folded:
            covered[at] = covered[at + 1] = True
    # One character that is missing may be all that matters: 小贝二期 is no 小贝一期.
    return SCATTERED if all(covered) else sum(covered) / len(word) * 0.9


def most(wanted: Wanted, texts: Sequence[str]) -> float:
    """How much of what is wanted the texts say in any of its words, 0 to 1."""
    return max((share(word, text) for word in wanted for text in texts), default=0.0)


def speaks_of(word: str, text: str) -> bool:
    """Whether the text speaks of a word of a question: POS stands in no "post office", and 工行回单 in 工行电子回单."""
    return share(fold(word), text) >= SCATTERED


def fts(wanted: Collection[Wanted]) -> str | None:
    """An FTS5 expression for rows that may speak of anything that is wanted: pairs of Chinese, stems of the rest."""
    words = dict.fromkeys(word for forms in wanted for word in forms)
    pairs = dict.fromkeys(word[at : at + 2] for word in words if has_cjk(word) for at in range(max(1, len(word) - 1)))
    stems = dict.fromkeys(stem(word) for word in words if not has_cjk(word))
    found = [*(f'bi:"{pair}"{" *" * (len(pair) == 1)}' for pair in pairs), *(f'w:"{word}" *' for word in stems)]
    return " OR ".join(found) or None
