"""Lines that tell of a project in a sentence, with no colon behind its name: `Halo is at 70%`, `双活演练定在5/16`.

A name ends before a verb or a share. What only says which event of the project is meant is no part of it: `Halo staff
pilot started on 22 Sep` and `Halo readiness review passed` speak of Halo.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from store.reading.vocabulary import alternatives, any_rule, pattern, words
from store.words.names import key
from store.words.normalise import fold, has_cjk

LONGEST_TOLD = 5  # words of a name before a verb
LEAST_CHINESE = 4  # characters of a listed name that any words may follow
LEAST_SHORT, LEAST_KEPT = 3, 0.5  # characters of a shortened name, and the share of the full one that they keep
_SHARE = r"(?:(?:is|are|now|at|up to|about|around)\s+)*\d{1,3}(?:\.\d+)?\s?%(?=[:,;.]|$| since | from )"
_DAYS = r"(?:mon|tue|wed|thu|fri|sat|sun|the |\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_PREPOSITION = re.compile(r"\s(?:for|of|with|to|by|at|from)\s")
_WORD = re.compile(r"\S+")
_NUMBERED = re.compile(r"v?\d+$")
_NEXT = re.compile(r"[一二三四五六七八九\d]+(?:期|阶段|批)|v?\d0")  # another stage of it, and another project


def end_of_name(text: str) -> int | None:
    """Where the name ends in an English line that tells on without a colon (`KYC Revamp went live on 16 July`), or
    None where the line doesn't open with one."""
    if has_cjk(text) or not (text[:1].isupper() or text[:1].isdigit()) or len(fold(text)) != len(text):
        return None
    told = _told_verb().match(text) or _sentence().match(text)
    return _end_of_core(text, told.end("name")) if told else None


@cache
def _told_verb() -> re.Pattern[str]:
    verbs = "|".join(words("projects", "told_verbs"))
    return re.compile(rf"(?P<name>[^\s:,.;()]+(?: [^\s:,;()]+){{0,4}}?)\s+(?:{verbs})", re.IGNORECASE)


@cache
def _sentence() -> re.Pattern[str]:
    verbs = alternatives(words("projects", "sentence_verbs"))
    name = r"(?P<name>[^\s:,;()]+(?: (?![-–—|])[^\s:,;()]+){0,7}?)"
    return re.compile(rf"{name}(?:\s*\([^()]*\))?,?\s+(?:{_SHARE}|{verbs}|(?:on|from|by) (?={_DAYS}))", re.IGNORECASE)


def _end_of_core(text: str, end: int) -> int | None:
    """Where the project's own name ends in what stands before the verb: without the event, its place and its number."""
    name = text[:end]
    spans = [word.span() for word in _WORD.finditer(name)]
    if pattern("projects", "event_nouns").search(fold(name)) and (within := _PREPOSITION.search(name)):
        spans = [span for span in spans if span[1] <= within.start()]
    cut = len(spans)
    while cut and _is_aside([name[slice(*span)] for span in spans[:cut]]):
        cut -= 1
    return spans[cut - 1][1] if cut and _may_be_called(name[: spans[cut - 1][1]]) else None


def _is_aside(parts: Sequence[str]) -> bool:
    """Whether the last of these words only says which event is meant. 3DS rollout and Ledger migration are names."""
    word = parts[-1]
    if word.isdigit() or (len(word) == 1 and word.isalpha()):
        return len(parts) > 1 and fold(parts[-2]) in words("projects", "numbered")
    return fold(word) in (*words("projects", "event_nouns"), *words("projects", "event_asides"))


def _may_be_called(name: str) -> bool:
    folded = fold(name)
    parts = folded.split()
    framed = parts[0] in words("projects", "no_names") or parts[-1] in words("projects", "no_ends")
    if framed or len(parts) > LONGEST_TOLD:
        return False
    aside = folded in words("projects", "aside_labels") or folded in words("fields_persons", "not_persons")
    rate = any_rule("metrics", "rates").search(folded) is not None
    return not (aside or rate or pattern("projects", "sentence_words").search(folded))


def listed_name(head: str, known: Iterable[str]) -> str | None:
    """The longest of the names that the report lists elsewhere that `head` opens with: `双活演练定在5/16`, or None."""
    return next((name for name in sorted(known, key=len, reverse=True) if _opens_with(head, name)), None)


def listed_for_short(short: str, known: Iterable[str]) -> str | None:
    """The one listed Chinese name that `short` leaves characters out of: 路由V3 and 证书轮换 beside 路由引擎V3 and
    渠道证书轮换, or None."""
    meant = [name for name in known if _is_short_for(key(short), key(name))] if has_cjk(short) else []
    return meant[0] if len(meant) == 1 else None


def listed_by_end(head: str, known: Iterable[str]) -> str | None:
    """The one listed Chinese name whose last characters, half of them or more, `head` opens with, or all but its
    number: 归集提速12/5上线 beside 票据归集提速, or None."""
    told = key(head)
    meant = [name for name in known if has_cjk(name) and _opens_with_end(told, key(name))] if has_cjk(head) else []
    return meant[0] if len(meant) == 1 else None


def _opens_with_end(told: str, full: str) -> bool:
    least = max(LEAST_CHINESE, -(-len(full) // 2))
    ends = [full[-size:] for size in range(len(full) - 1, least - 1, -1)]
    if _NUMBERED.search(full) and len(base := _NUMBERED.sub("", full)) >= LEAST_SHORT:
        ends.append(base)  # 云帆通剩余bug 3个 beside 云帆通2.0
    return any(told.startswith(end) and not _NEXT.match(told, len(end)) for end in ends)


def _opens_with(head: str, name: str) -> bool:
    folded, opening = fold(head), fold(name)
    if not folded.startswith(opening) or len(folded) == len(opening):
        return False
    rest = folded[len(opening) :]
    if not has_cjk(name):
        return not rest[0].isalnum() and rest[0] not in "-/."
    return len(key(name)) >= LEAST_CHINESE or re.match(r"[\s\d（(]", rest) is not None


def _is_short_for(short: str, full: str) -> bool:
    if len(short) < LEAST_SHORT or short == full or len(short) < len(full) * LEAST_KEPT:
        return False
    if short[0] != full[0]:
        return len(short) >= LEAST_CHINESE and full.endswith(short)
    rest = iter(full)
    return all(char in rest for char in short)


def listed_in_full(name: str, known: Iterable[str]) -> str:
    """The one listed name that begins with the words of `name` (3DS of 3DS upgrade), else `name`."""
    meant = [each for each in known if fold(each).startswith(fold(name) + " ")]
    return meant[0] if len(meant) == 1 else name
