"""The words beside the name of a figure, which say which one of its kind is meant: 退款成功率, auth rate, STP率."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.question.lexicon import lexicon, pattern
from bot.question.text import without
from store.words.names import Spoken, abbreviates, sounds_in
from store.words.normalise import fold, has_cjk
from store.words.regex import regex
from store.words.sounds import readings
from store.words.speaking import SCATTERED, share, stem

SHORTEST_BEGINNING = 3  # letters that stand for a word: auth for authorisation
SHORTEST_TRANSLATION = 4  # characters: 成功率 in brackets may be that of anything
_OPEN, _CLOSE = ("(", "（"), (")", "）")
# What stands between the name of a figure and words that are none of its own.
_BREAK = regex(r"[,，。；;:：!！?？、\"“”]")
_OF = regex(r"\s*(?:of|for|in|on)\s+((?:the\s+)?[^,;:!?]*)")
_PIECES = regex(r"[a-z0-9][a-z0-9.+/&-]*|[\u3400-\u9fff]+")
# The lists of the lexicon whose words ask, and tell no figure from another.
_ASKING = (
    ("words", "figure asking"), ("words", "asking"), ("words", "free"), ("words", "filler"), ("words", "latest"),
    ("words", "when"), ("words", "few weeks"), ("words", "past"), ("words", "which"), ("words", "number"),
    ("cues", "metrics"), ("cues", "changes"), ("cues", "history"), ("cues", "status"),
)  # fmt: skip


def beside(text: str, span: tuple[int, int]) -> tuple[int, tuple[str, ...]]:
    """Where the words that belong to the name at `span` begin, and those words: the ones before it in its clause and,
    in English, those behind "of" or "for"; words that only ask are none of them."""
    behind = _OF.match(text, span[1])
    if _is_translation(text, span):
        return span[0], ()
    begin = max((found.end() for found in _BREAK.finditer(text, 0, span[0])), default=0)
    before = telling_pieces(text[begin : span[0]])
    start = span[0]
    if before and (at := text.rfind(before[0], begin, span[0])) >= 0:
        start = at
    return start, (*before, *(telling_pieces(behind[1]) if behind else ()))


def _is_translation(text: str, span: tuple[int, int]) -> bool:
    """Whether a name stands in brackets for the English words before it: cross-border volume (跨境交易额)."""
    inside = text[span[0] - 1 : span[0]] in _OPEN and text[span[1] : span[1] + 1] in _CLOSE
    return inside and span[1] - span[0] >= SHORTEST_TRANSLATION and has_cjk(text[slice(*span)])


def telling_pieces(words: str) -> tuple[str, ...]:
    """The runs of folded `words` that are left when all that only asks of a figure is taken out."""
    for name in lexicon()["aspects"]["metrics"]:
        words = without("aspects.metrics", name, words)
    for table, name in _ASKING:
        words = without(table, name, words)
    pieces = [piece for run in _PIECES.findall(words) for piece in pattern("words", "particles").split(run) if piece]
    return tuple(piece for piece in pieces if len(piece) > 1 and not re.fullmatch(r"[\d.]+%?", piece))


@lru_cache(maxsize=16384)
def fits(word: str, name: str) -> bool:
    """Whether the name of a figure, folded or not, has the word: as it is, shortened, or in the other language."""
    named = fold(name)
    return any(_stands(form, named) for form in forms(word))


def _stands(word: str, name: str) -> bool:
    if has_cjk(word):
        return share(word, name) >= SCATTERED or abbreviates(word, name)
    words = _PIECES.findall(name)
    short = word if len(word) >= SHORTEST_BEGINNING and word.isalpha() else ""
    return word in words or any(stem(word) == stem(one) or (short and one.startswith(short)) for one in words)


def sounds(word: str, said: Spoken) -> bool:
    """Whether Latin letters spell a part of a name's pinyin (saoma, sao, smzf), or characters sound like one (跨镜)."""
    if has_cjk(word):
        return sounds_in(said.syllables, readings(word))
    if not word.isascii() or not word.isalpha() or len(word) < SHORTEST_BEGINNING:
        return word in said.syllables
    whole = word in said.syllables or word in said.initials
    return whole or (len(word) > SHORTEST_BEGINNING and word in "".join(said.syllables))


@lru_cache(maxsize=4096)
def forms(word: str) -> tuple[str, ...]:
    """The word and what the trade calls the same in figures' names, in both languages."""
    british = word.replace("iz", "is")  # authorization
    said = {word, british, british.replace("is", "iz")}
    same = (group for group in _same() if any(one in said or stem(one) == stem(word) for one in group))
    return tuple(dict.fromkeys((word, *sorted(said), *(form for group in same for form in group), *_in_part(word))))


def _in_part(word: str) -> tuple[str, ...]:
    """A run of Chinese with one of its words said otherwise: 日终批量 for 日终跑批."""
    if not has_cjk(word):
        return ()
    parts = ((one, other) for group in _same() for one in group if one != word and one in word for other in group)
    return tuple(word.replace(one, other) for one, other in parts if other != one and has_cjk(one) and has_cjk(other))


@cache
def _same() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(fold, group)) for group in lexicon()["figures"]["same words"])
