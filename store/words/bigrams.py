"""Search terms: overlapping character pairs, so that any part of any word is found.

A run is a stretch of characters without white space. It becomes its overlapping pairs and its last character:
`存管系统` → `存管 管系 系统 统`. A term of two or more characters is then a phrase of pairs, and a single character a
prefix. Recall and precision are those of a substring search (design, section 7).
"""

from __future__ import annotations

from collections.abc import Callable
from operator import add

from store.words.normalise import fold, fold_with_offsets
from store.words.regex import regex

# Quotes would have to be escaped twice over in the tokenizer's declaration, and control characters are separators to
# FTS5's `ascii` tokenizer whatever is declared: all of them end a run, in texts and queries alike.
_RUN = regex(r"""[^\s\x00-\x1f\x7f"']+""")

TOKENIZER = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[\\]^_`{|}~'"


def _runs(text: str) -> list[str]:
    return _RUN.findall(fold(text))


def _pairs(run: str) -> list[str]:
    return [*map(add, run, run[1:]), run[-1]]


def bigrams(text: str) -> str:
    """The tokens of `text`, separated by blanks, as the index keeps them."""
    return " ".join([" ".join(_pairs(run)) for run in _runs(text)])


def terms(query: str) -> tuple[str, ...]:
    """The words of a query, folded, each once, in order."""
    return tuple(dict.fromkeys(_runs(query)))


def match_all(query: str) -> str | None:
    """An FTS5 expression for rows that hold every term; `None` when the query holds no term.

    The second half lifts rows in which a term is a whole word: `bi:(P) OR (bi:(P) AND w:("存管"))`.
    """
    found = terms(query)
    if not found:
        return None
    pairs = " AND ".join(map(_phrase, found))
    words = " AND ".join(f'"{term}"' for term in found)
    return f"bi:({pairs}) OR (bi:({pairs}) AND w:({words}))"


def match_any(query: str) -> str | None:
    """An FTS5 expression for rows that hold any pair of the query: the net for typos."""
    pairs = dict.fromkeys(pair for term in terms(query) for pair in _pairs(term) if len(pair) == 2)
    return "bi:(" + " OR ".join(f'"{pair}"' for pair in pairs) + ")" if pairs else None


def _phrase(term: str) -> str:
    if len(term) == 1:
        return f'"{term}" *'
    return '"' + " ".join(_pairs(term)[:-1]) + '"'


def coverage(query: str, text: str) -> float:
    """How much of the query stands in `text`, 0 to 1: the mean of the shares of its pairs and of its characters."""
    return covering(query)(text)


def covering(query: str) -> Callable[[str], float]:
    """The `coverage` of one query by many texts."""
    pairs = [pair for term in terms(query) for pair in (_pairs(term)[:-1] or [term])]
    chars = [char for term in terms(query) for char in term]

    def covered(text: str) -> float:
        folded = fold(text)
        if not chars:
            return 0.0
        return (sum(p in folded for p in pairs) / len(pairs) + sum(c in folded for c in chars) / len(chars)) / 2

    return covered


def highlights(query: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where the query's terms stand in the original `text`: half-open spans, in order, merged where they touch."""
    folded, offsets = fold_with_offsets(text)
    spans = []
    for term in terms(query):
        at = folded.find(term)
        while at >= 0:
            spans.append((offsets[at], offsets[at + len(term) - 1] + 1))
            at = folded.find(term, at + len(term))
    return _merged(sorted(spans))


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
