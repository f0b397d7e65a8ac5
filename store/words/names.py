"""How well the words of a question fit the name of a project.

The score of a name is the better of two readings of its text, or .95 of the same over its pinyin (design, section 7):
the longest common subsequence's share of the question, or half `ratio` + half `partial_ratio`. Chinese counts by
character, Latin letters and digits by word, since `pos` is not the p, o and s of "Project Ops Standard".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from store.words.normalise import fold, has_cjk
from store.words.regex import regex
from store.words.sounds import Readings, may_be_read, readings

PINYIN_WEIGHT = 0.95
CHANCE = 0.7
SHORTEST_PIECE = 4  # Latin letters that may begin a longer word: migr of migration, but not the red of redesign
BRACKETS = regex(r"[(（\[【「《]([^()（）\[\]【】「」《》]*)[)）\]】」》]")
_PARTS = regex(r"[，,；;]")
_LABELLED = regex(r"\s*[\u3400-\u9fffA-Za-z ]{1,12}[:：]\s*\S")
_LISTING = regex(r"[、，,；;/：:]")
FORMER = regex(
    r"^(?:原名|原称|原|曾用名|曾名|旧称|旧名|前身为|前身|又称|又名|又叫|别名|小名|花名|昵称"
    r"|外号|俗称|(?:以下|下)?简称|下称|代号|内部代号|项目代号"
    r"|(?:内部|我们|大家|一般|也)叫|即"
    r"|(?:formerly|previously|former)(?: known as| called)?|was(?=[ :：])|code ?named?(?=[ :：])"
    r"|a\.?k\.?a\.?(?= ))\s*[:：]?\s*",
    re.IGNORECASE,
)
_TOKENS = regex(r"[a-z0-9]+|[^a-z0-9]")


@lru_cache(maxsize=16384)
def key(name: str) -> str:
    """`name` as it is compared: folded, without punctuation and blanks, traditional characters made simplified."""
    kept = "".join(c for c in fold(name) if unicodedata.category(c)[0] in "LN")
    return _simplified(kept)


def _simplified(text: str) -> str:
    # Only text that holds a character outside GB 2312 can be traditional, so most text never loads the converter.
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return str(_converter().convert(text)) if has_cjk(text) else text
    return text


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC  # 15 ms, and seldom needed

    return OpenCC("t2s")


@lru_cache(maxsize=16384)
def bracketed(name: str) -> tuple[str, tuple[str, ...]]:
    """The name without its brackets, and the aliases in them: `家家盈平台（小贝项目）` → `家家盈平台`, `(小贝项目,)`.

    A bracket that lists (`POS机申请、管理、商户巡检`) describes and is no alias.
    """
    inside = [FORMER.sub("", text.strip()).strip("\"'“”‘’") for text in BRACKETS.findall(name)]
    return BRACKETS.sub("", name).strip(), tuple(t for t in inside if len(key(t)) > 1 and not _LISTING.search(t))


def unlabelled(name: str) -> str:
    """The name without what its brackets label: `对账引擎（鹰眼，负责人：周楠）` → `对账引擎（鹰眼）`."""
    return BRACKETS.sub(_without_labels, name)


def _without_labels(bracket: re.Match[str]) -> str:
    parts = _PARTS.split(bracket[1])
    kept = [part.strip() for part in parts if not _LABELLED.match(part)]
    if len(kept) == len(parts) or not kept:
        return bracket[0]
    return f"{bracket[0][0]}{'，'.join(kept)}{bracket[0][-1]}"


def abbreviates(short: str, name: str) -> bool:
    """Whether `short` is an abbreviation as people make them: some of the name's characters in order, from its first
    on (数币 of 数字人民币钱包)."""
    folded, named = key(short), key(name)
    rest = iter(named)
    return 2 <= len(folded) < len(named) and folded[:1] == named[:1] and all(char in rest for char in folded)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The pinyin of a name: its syllables, and their initials with Latin words whole (`jngjjdj`)."""

    syllables: tuple[str, ...]
    initials: str


@lru_cache(maxsize=4096)
def spoken(name_key: str) -> Spoken:
    """The pinyin of an already folded name; names without Chinese are their own pinyin."""
    if not has_cjk(name_key):
        return Spoken(tuple(_TOKENS.findall(name_key)), name_key)
    from pypinyin import lazy_pinyin  # 0.3 s cold

    syllables = tuple(lazy_pinyin(name_key))
    return Spoken(syllables, "".join(s if _latin(s) and s in name_key else s[0] for s in syllables))


@lru_cache(maxsize=4096)
def _heard(query: str) -> tuple[Readings, ...]:
    return readings(query)


def _latin(text: str) -> bool:
    return text.isascii() or not has_cjk(text)


@lru_cache(maxsize=16384)
def _tokens(name: str) -> tuple[str, ...]:
    return tuple(t for t in _TOKENS.findall(_simplified(fold(name))) if unicodedata.category(t[0])[0] in "LN")


def _cover(query: Sequence[str], name: Sequence[str]) -> float:
    return LCSseq.similarity(query, name) / len(query) if query else 0.0


def _contains(name: Sequence[str], query: Sequence[str]) -> bool:
    return any(name[i : i + len(query)] == query for i in range(len(name) - len(query) + 1))


def text_score(query: str, name: str, said: Spoken | None = None) -> float:
    """How well `query` names `name` by its characters alone, 0 to 1, both as written; `said` makes no difference."""
    return _text_score(query, name)


@lru_cache(maxsize=16384)
def characters(name: str) -> frozenset[str]:
    """The characters that a name is compared by."""
    return frozenset(key(name))


@lru_cache(maxsize=16384)  # held against every name twice: by the characters, then by the sound
def _text_score(query: str, name: str) -> float:
    asked, named = key(query), key(name)
    if asked and characters(query).isdisjoint(characters(name)):
        return 0.0  # as with most names, and sooner known than how many characters they share
    if len(asked) > len(named):
        # A short name fits "partially" into any long question, so only the whole is compared.
        return fuzz.ratio(asked, named) / 100
    if _inside_a_word(asked, name):
        return fuzz.ratio(asked, named) / 100
    blend = (fuzz.ratio(asked, named) + fuzz.partial_ratio(asked, named)) / 200
    words, named_words = _tokens(query), _tokens(name)
    # Two characters far apart in a long name are chance (机…方 in 对账技术方案): short questions must stand together.
    scattered = len(words) > 2 or _contains(named_words, words)
    return max(blend, _cover(words, named_words) if scattered else 0.0)


def _inside_a_word(asked: str, name: str) -> bool:
    """Whether Latin letters stand in the name only as a chance piece of its words: behind the beginning of one, as the
    design of "Retry redesign", or being short, anywhere but as whole words, as the red of it."""
    whole = "".join(_tokens(name))
    if not (asked.isascii() and asked.isalpha() and asked in whole):
        return False
    bounds = set(accumulate(map(len, _tokens(name)), initial=0))
    short = len(asked) < SHORTEST_PIECE
    return not any(whole.startswith(asked, at) and (not short or at + len(asked) in bounds) for at in bounds)


def sounds_in(name: Sequence[str], heard: Sequence[Readings]) -> bool:
    """Whether the readings of some characters stand side by side among the syllables of a name."""
    if any(one.isdisjoint(name) for one in heard):
        return False  # as with most names
    return any(may_be_read(heard, name[at : at + len(heard)]) for at in range(len(name) - len(heard) + 1))


def _spoken_score(query: str, said: Spoken) -> float:
    if not _latin(query) and _latin(query[-1:]):
        return _mixed_score(query, said)
    if not _latin(query):
        return 1.0 if sounds_in(said.syllables, _heard(query)) else 0.0
    heard = "".join(said.syllables)
    if said.initials.startswith(query) or (len(query) > 2 and query in said.initials):
        return 1.0
    if len(query) > 3 and query in heard and _is_spelled(query, said.syllables):
        return 1.0
    # Any two words of pinyin share half their letters: below CHANCE, likeness of sound says nothing.
    return fuzz.ratio(query, heard, score_cutoff=100 * CHANCE) / 100 if len(query) > 4 else 0.0


def _is_spelled(query: str, syllables: Sequence[str]) -> bool:
    """Whether letters are some of the syllables, each whole: wenti, but not the went in chuwentibiao."""
    ends = range(1, len(syllables) + 1)
    return any(query == "".join(syllables[start:end]) for end in ends for start in range(end))


def _mixed_score(query: str, said: Spoken) -> float:
    """济宁gjj: characters by their sound, then the initials of what follows them."""
    begun = query.rstrip("abcdefghijklmnopqrstuvwxyz")
    heard, initials = _heard(begun), query[len(begun) :]
    for at in range(len(said.syllables) - len(heard)):
        if may_be_read(heard, said.syllables[at : at + len(heard)]):
            left = "".join(syllable[0] for syllable in said.syllables[at + len(heard) :])
            return float(len(initials) > 1 and left.startswith(initials))
    return 0.0


def score(query: str, name: str, said: Spoken | None = None) -> float:
    """How well `query` names `name`, 0 to 1, both as written.

    `said` is the name's pinyin where it is at hand. Without it the pinyin tables are loaded (0.3 s, once) as soon as
    the text alone is no good fit; the question's own characters are read by a small table.
    """
    asked, named = key(query), key(name)
    if not asked or not named:
        return 0.0
    text = _text_score(query, name)
    if text >= PINYIN_WEIGHT or len(asked) < 2 or _inside_a_word(asked, name):
        return text
    return max(text, PINYIN_WEIGHT * _spoken_score(asked, said or spoken(named)))
