"""When two names that aren't written the same are the same name: a short list of strict rules.

Each rule needs other proof than likeness as such, since likeness alone takes 济南公积金对接 for 济宁公积金对接: the
same words but for a plural or 的, the same sound with one character changed, one letter in a long Latin word, a suffix
that says nothing (系统, 建设, platform). Candidates are found by signatures, so that a team with thousands of names
isn't compared pair by pair.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from rapidfuzz.distance import OSA

from store.linking.reasons import Reason
from store.linking.words import data, suffixes, telling, terms
from store.words.names import key, spoken
from store.words.normalise import fold, has_cjk, is_cjk

Signature = tuple[str, str]
# Chinese names of fewer characters have too many others of the same sound (分润, 分论).
HEARD_FROM = 4
# A letter lost, added or swapped shows in words this long; one put for another only in longer ones, since there are
# pairs such as lending and landing.
LONG_WORD, LONGER_WORD = 7, 8
# What a suffix leaves must say something by itself, or stand in no other name of the team.
TELLING_CHINESE, TELLING_LATIN = 3, 5
# What more names than this share proves nothing, and comparing them all would take a hostile file's time.
MOST_SHARING = 50
_LONG = re.compile(rf"[a-z]{{{LONG_WORD - 1}}}")  # what can lack a letter of a long word
_WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is compared: its key, its Latin words with the blanks between them, and what is left of it without
    what changes no meaning: plural endings, 的, the."""

    key: str
    spaced: str
    plain: str = field(compare=False)


@lru_cache(maxsize=16384)
def form(name: str) -> Form:
    """The form of a name as written: `Merchant-portals（新）` → `merchant portals 新`."""
    text = "".join(char if char.isalnum() else " " for char in fold(name))
    named, spaced = key(name), " ".join(text.split())
    return Form(named, spaced, _plain_spelling(named, spaced))


def _plain_spelling(key: str, spaced: str) -> str:
    if has_cjk(key):
        return key.replace("的", "")
    return "".join(singular(word) for word in spaced.split(" ") if word != "the")


def singular(word: str) -> str:
    """A folded Latin word without its plural ending; anything else as it is."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 5 else word[:-1]


@lru_cache(maxsize=16384)
def shorter(one: Form) -> tuple[str, ...]:
    """The keys that are left when suffixes go, one after the other: POS收单系统建设 → pos收单系统, pos收单."""
    rest, found = one.spaced, list[str]()
    while ending := next((s for s in suffixes() if _ends(rest, s)), None):
        rest = rest[: -len(ending)].strip()
        found.append(rest.replace(" ", ""))
    return tuple(found)


def _ends(text: str, suffix: str) -> bool:
    if not text.endswith(suffix) or len(text) - len(suffix) < 2:
        return False
    return has_cjk(suffix) or not text[-len(suffix) - 1].isascii() or text[-len(suffix) - 1] == " "


def tells(core: str) -> bool:
    """Whether a core is long enough to be nobody else's: 家家盈, merchant portal; not 对账, POS."""
    if has_cjk(core):
        return sum(map(is_cjk, core)) + len(_WORDS.findall(core)) >= TELLING_CHINESE
    return len(core) >= TELLING_LATIN


def signatures(one: Form) -> Iterator[Signature]:
    """Two forms can only be alike where they share one of these."""
    yield "spelling", one.plain
    yield "suffix", one.key
    for rest in shorter(one):
        yield "suffix", rest
    if has_cjk(one.key):
        if len(one.key) >= HEARD_FROM:
            yield "sound", "".join(spoken(one.key).syllables)
        return
    words = one.spaced.split(" ")
    for at, word in enumerate(words):
        if len(word) >= LONG_WORD - 1:
            for cut in range(1, len(word) + 1):
                yield "letter", " ".join([*words[:at], word[:cut] + word[cut + 1 :], *words[at + 1 :]])


def alike(one: Form, other: Form) -> Reason | None:
    """By which rule two project names are the same; None where no rule says so."""
    if one.key == other.key:
        return Reason.SAME
    if reason := mistyped(one, other):
        return reason
    return Reason.SUFFIX if one.key in shorter(other) or other.key in shorter(one) else None


def mistyped(one: Form, other: Form) -> Reason | None:
    """As `alike`, for two keys that differ, but without the rule of suffixes."""
    if one.plain == other.plain:
        return Reason.SPELLING
    if abs(len(one.key) - len(other.key)) > 1:
        return None
    if _sounds_the_same(one.key, other.key):
        return Reason.SOUND
    return Reason.LETTER if _one_letter(one.spaced, other.spaced) else None


def _sounds_the_same(one: str, other: str) -> bool:
    half = len(one) // 2
    if len(one) != len(other) or len(one) < HEARD_FROM or (one[:half] != other[:half] and one[half:] != other[half:]):
        return False  # most names differ in both halves
    changed = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(changed) != 1 or not all(is_cjk(char) and char not in telling() for char in changed[0]):
        return False
    return spoken(one).syllables == spoken(other).syllables


def _one_letter(one: str, other: str) -> bool:
    if not (_LONG.search(one) and _LONG.search(other)):
        return False
    words, other_words = one.split(" "), other.split(" ")
    if len(words) != len(other_words):
        return False
    changed = [(a, b) for a, b in zip(words, other_words, strict=True) if a != b]
    return len(changed) == 1 and _is_slip(*changed[0])


def _is_slip(one: str, other: str) -> bool:
    longest = max(len(one), len(other))
    if longest < LONG_WORD or not (one.isalpha() and other.isalpha() and one.isascii() and other.isascii()):
        return False
    if one[0] != other[0] or OSA.distance(one, other) != 1:
        return False
    swapped = len(one) == len(other) and sorted(one) == sorted(other)
    return len(one) != len(other) or swapped or longest >= LONGER_WORD


def _worded(one: Form) -> str:
    """A metric's name with one word for each of its synonyms: 决策接口可用率 is 决策接口可用性."""
    text = one.plain
    for first, *others in data()["metrics"]["synonyms"]:
        for other in others:
            text = text.replace(other, first)
    return text


def metric_signatures(one: Form) -> Iterator[Signature]:
    """As `signatures`, with the trade terms; a metric's suffix says something (率, 数) and stays."""
    if names := terms().get(one.key):
        yield "term", names[0]
    yield "worded", _worded(one)
    yield from (signature for signature in signatures(one) if signature[0] != "suffix")


def metrics_alike(one: Form, other: Form) -> Reason | None:
    """By which rule two metric names are the same; None where no rule says so."""
    if one.key != other.key and one.key in terms() and terms()[one.key] == terms().get(other.key):
        return Reason.TERM
    if one.plain != other.plain and _worded(one) == _worded(other):
        return Reason.TERM
    reason = alike(one, other)
    return None if reason is Reason.SUFFIX else reason


@dataclass(frozen=True, slots=True)
class Rules:
    """How names of one kind are compared."""

    signatures: Callable[[Form], Iterable[Signature]]
    alike: Callable[[Form, Form], Reason | None]


PROJECTS = Rules(signatures, alike)
METRICS = Rules(metric_signatures, metrics_alike)


def alike_pairs(forms: Iterable[Form], rules: Rules) -> dict[tuple[Form, Form], Reason]:
    """Every pair of different names that a rule takes for one, in a fixed order, with the rule."""
    sharing: dict[Signature, list[Form]] = {}
    for one in sorted(set(forms), key=lambda one: (one.key, one.spaced)):
        for signature in sorted(set(rules.signatures(one))):
            sharing.setdefault(signature, []).append(one)
    few = (together for together in sharing.values() if len(together) <= MOST_SHARING)
    pairs = {pair for together in few for pair in combinations(together, 2)}
    reasons = {pair: rules.alike(*pair) for pair in sorted(pairs, key=lambda p: (p[0].key, p[1].key))}
    return {pair: reason for pair, reason in reasons.items() if reason not in (None, Reason.SAME)}


def lonely(core: str, names: Mapping[str, object], *, but: set[str]) -> bool:
    """Whether a short core stands in no other name than those of `but`."""
    return not any(core in name for name in names if name not in but)
