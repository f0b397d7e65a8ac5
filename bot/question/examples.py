"""Which kind of answer words ask for, by the example sentences that they are most like.

Cue words say it where they stand; people find other words. A kind is as likely as the words of the question, and
their pairs, are common among its sentences in `examples.txt`: naive Bayes, by counting alone, so that a sentence that
somebody adds counts at once, and why a kind was chosen can be looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, log

from bot.question.counting import Counts, counts, features, symbols
from bot.question.lexicon import lexicon
from bot.question.query import Kind
from store.words.normalise import fold

UNSEEN = 0.2  # how often a word counts as seen that no sentence of a kind has; without it one rare word decides
EVENNESS = 0.5  # of how many sentences a kind has: more of them were thought of, rather than asked
SPREAD = 2.5  # pairs of words repeat what the words say: without it every likelihood is next to 0 or 1
OFTEN = 3  # sentences that a word of asking stands in


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest kind and how likely it is, 0 to 1."""

    kind: Kind
    sure: float


def guess(text: str) -> Guess:
    """The kind that `text` asks for, in which `placed` has put characters for what it names."""
    known = _counts()
    found = [known.features[one] for one in features(fold(text)) if one in known.features]
    scores = {kind: _score(kind, known, [by_kind.get(kind, 0) for by_kind in found]) for kind in known.sentences}
    best = max(scores, key=lambda kind: scores[kind])
    return Guess(Kind(best), 1 / sum(exp((score - scores[best]) / SPREAD) for score in scores.values()))


def _score(kind: str, known: Counts, seen: Iterable[int]) -> float:
    all_of_kind = log(known.together[kind] + UNSEEN * len(known.features))
    return EVENNESS * log(known.sentences[kind]) + sum(_log(count) - all_of_kind for count in seen)


@cache
def _log(count: int) -> float:
    return log(count + UNSEEN)


def is_asking(word: str) -> bool:
    """Whether a folded word, or every pair of a Chinese one's characters, stands in several of the sentences: where no
    report says it, it only asks. What is asked of a project (预算) is no such word."""
    said = symbols(word)
    parts = said if len(said) == 1 else [" ".join(pair) for pair in pairwise(said)]
    return bool(parts) and all(_is_often(part) for part in parts) and word not in _asked_of_projects()


def _is_often(feature: str) -> bool:
    by_kind = _counts().features.get(feature, {})
    # Who looks for something in the lines says what it is, so that those sentences' words may be anything.
    return sum(by_kind.values()) - by_kind.get(Kind.SEARCH, 0) >= OFTEN


@cache
def _asked_of_projects() -> frozenset[str]:
    return frozenset(fold(word) for words in lexicon()["attributes"].values() for word in words)


@cache
def _counts() -> Counts:
    return counts()


def placed(text: str, spans: Iterable[tuple[tuple[int, int], str]]) -> str:
    """`text` with a character for each name in it, by its span."""
    for (start, end), place in sorted(spans, reverse=True):
        text = f"{text[:start]} {place} {text[end:]}"
    return text
