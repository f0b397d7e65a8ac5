"""The example sentences counted: how many of each kind have a word, or a pair of words, in them.

`examples.txt` is for people: a kind, a tab and a sentence a line, with `{project}`, `{when}` and the like in the places
of particulars. Counting its four thousand sentences takes longer than an answer, so `examples.json` keeps the counts
(`make examples` writes it); where the sentences have changed since, they are counted anew at every start.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise

from bot.question.query import Kind
from store.words.normalise import fold
from store.words.regex import regex
from store.words.speaking import stem

# Private characters stand for what the question names, as {project}, {figure} and {person} do in the sentences.
PROJECT, FIGURE, PERSON, TEAM, WHEN, GRADE = "\ue801", "\ue802", "\ue803", "\ue804", "\ue805", "\ue806"
_PLACES = {"project": PROJECT, "figure": FIGURE, "person": PERSON, "team": TEAM, "when": WHEN, "grade": GRADE,
           "number": "0", "thing": " "}  # fmt: skip
_PLACEHOLDER = regex(r"\{(\w+)\}")
_SYMBOLS = regex(r"[\ue801-\ue806]|[a-z']+|\d+|[\u3400-\u9fff]")
# What is told of a question wherever it stands in it: people put teams and times anywhere.
_LOOSE = frozenset((TEAM, WHEN))
FEWEST = 2  # sentences that a word or a pair stands in: one sentence's own say little of the next


@dataclass(frozen=True, slots=True)
class Counts:
    """How many sentences each kind has, how many words and pairs they have together, and each of these by kind."""

    sentences: Mapping[str, int]
    together: Mapping[str, int]
    features: Mapping[str, Mapping[str, int]]


def counts() -> Counts:
    """The counts as they were kept; counted now where the sentences aren't those that they were taken from."""
    kept = json.loads(_read("examples.json"))
    if kept.pop("of") != sha256(_read("examples.txt")).hexdigest():
        return counted()
    return Counts(**kept)


def counted() -> Counts:
    """The sentences, counted."""
    sentences = Counter[str]()
    found: dict[str, Counter[str]] = {}
    for kind, sentence in examples():
        sentences[kind] += 1
        for feature in features(sentence):
            found.setdefault(feature, Counter())[kind] += 1
    often = {feature: dict(by_kind) for feature, by_kind in sorted(found.items()) if by_kind.total() >= FEWEST}
    together = sum((Counter(by_kind) for by_kind in often.values()), Counter[str]())
    return Counts(dict(sorted(sentences.items())), dict(sorted(together.items())), often)


def written() -> str:
    """The counts as they are kept."""
    now = counted()
    kept = {"of": sha256(_read("examples.txt")).hexdigest(), "sentences": now.sentences, "together": now.together}
    features = ",\n".join(
        f"{json.dumps(feature, ensure_ascii=False)}: {json.dumps(by_kind)}" for feature, by_kind in now.features.items()
    )
    return f'{json.dumps(kept)[:-1]}, "features": {{\n{features}}}}}\n'


def examples() -> Iterator[tuple[Kind, str]]:
    """Each sentence, folded, with its kind; raises ValueError for a line whose kind is none."""
    for line in _read("examples.txt").decode("utf-8").splitlines():
        kind, _, sentence = line.partition("\t")
        yield Kind(kind), fold(_PLACEHOLDER.sub(lambda found: f" {_PLACES[found[1]]} ", sentence))


def _read(name: str) -> bytes:
    return files("bot.question").joinpath(name).read_bytes()


def features(text: str) -> set[str]:
    """The words of folded text, of Chinese the characters, and the pairs of those side by side."""
    said = symbols(text)
    ordered = ["^", *(symbol for symbol in said if symbol not in _LOOSE), "$"]
    return {*_LOOSE.intersection(said), *ordered[1:-1], *map(" ".join, pairwise(ordered))}


def symbols(text: str) -> list[str]:
    """English words without their endings, Chinese characters, places of names, and 0 for every number."""
    found = _SYMBOLS.findall(text)
    return ["0" if one.isdigit() else stem(one) if one.isascii() else one for one in found]
