"""Lines that say one thing about a project: `Owner: Checkout team`, `状态：进行中`, `ETA: mid-December`."""

from __future__ import annotations

import re
from functools import cache

from store.reading.events import find_event
from store.reading.marks import MENTION, plain
from store.reading.vocabulary import alternatives, vocabulary, words
from store.words.memo import remembered
from store.words.normalise import fold
from store.words.regex import regex

LONGEST_DIVIDING = 20  # characters
_LABEL = regex(r"\s*([^:：\n]{1,30}?)\s*[:：]\s*")


@cache
def _labels() -> dict[str, str]:
    return {fold(word): field for field, entries in vocabulary()["fields"].items() for word in entries}


@cache
def _beside_events() -> frozenset[str]:
    lists = (words("projects", name) for name in ("event_asides", "event_nouns", "beside_events"))
    more = words("event_rules", "planned"), words("fields", "date")
    return frozenset(word for each in (*lists, *more) for word in each)


@cache
def _inline_owner() -> re.Pattern[str]:
    return re.compile(alternatives(words("fields", "owner")) + r"\s*[:：]\s*([^，。；,;()（）\n|]+)")


_DASHED = regex(r"\s+[-–—]\s+")  # owner: Ines Duarte – pilot until 26 Sep
# 负责人贺敏, 负责人 何彬: a name of two or three characters that ends its clause, and no 负责人待定, 负责人变更.
_SIGNED = regex(
    r"(?:负责人|责任人|牵头人)(?:为|是)?\s?((?!.{0,2}[待变更换定未已调无空休离审确不的会由同另新])[\u3400-\u9fff]{2,3})(?=[，。；,;、()（）\s]|$)"
)
# "owner Aisha Rahman", "Owner is Tomasz.", "Rachel is project lead", "led by Kim Park": capitals make the name, and
# "the Owner Portal" is none.
_PERSON = r"((?!Q[1-4]\b|TB[ACD]\b)[A-Z][\w'’-]+(?: (?:(?:van|von|de|da|del) )?[A-Z][\w'’-]+){0,2})"
_ENDS = r"(?=\s*(?:[.,;()\n]|$))"
_LED = regex(
    rf"(?<![A-Za-z-])(?:owner|lead|(?<![A-Za-z] )(?:Owner|Lead))(?: is| now| will be)?:? {_PERSON}{_ENDS}"
    rf"|\b(?:[Oo]wned|[Ll]ed) by {_PERSON}{_ENDS}"
    rf"|(?:^|[.,;] ){_PERSON} (?:is|becomes|takes over as) (?:the )?(?:\w+ )?(?:lead|owner)\b"
)
# 孟川负责，…: a name with a surname that a clause opens with.
_IN_CHARGE = regex(r"(?:^|[，,；;。])\s?([\u3400-\u9fff]{2,3})(?:负责|牵头)(?=[，。；,;]|$)")


@remembered
def field_of(text: str) -> tuple[str, str] | None:
    """The field that a line names and what it says of it, or None: `Status: on track` → `("state", "on track")`.

    The name of an event is a field, too (`GA: mid-December`): its text is the whole line.
    """
    bare = plain(text)
    label = _LABEL.match(bare)
    if label is None:
        return None
    name = fold(label[1])
    if field := _labels().get(name):
        return field, bare[label.end() :]
    told = find_event(name) if name.isascii() and len(name.split()) <= 3 else None
    beside = (name[: told[1][0]] + name[told[1][1] :]).split() if told else []
    # `Production cutover: 3 May` is the day of one, `Unix decommission: 9 of 12 done` a project.
    dated = told is not None and all(word in _beside_events() for word in beside)
    return ("date", bare) if dated else None


def divides(text: str) -> str | None:
    """The field by which a line that says no more divides what stands below it (`Completed`, `achieved:`, 下一步：), or
    None: ahead, text or risk."""
    bare = plain(text)
    field = _labels().get(fold(bare).rstrip(" :：")) if len(bare) <= LONGEST_DIVIDING else None
    return field if field in ("ahead", "text", "risk") else None


def owner_in(text: str) -> str | None:
    """The team or role that a line names as the owner (`（负责人：风控策略组）`, `负责人贺敏`, `owner Wen
    Li`), as written."""
    folded = fold(text)
    if len(folded) != len(text):
        return None
    if found := _inline_owner().search(folded) or _SIGNED.search(folded):
        return _DASHED.split(text[found.start(1) : found.end(1)])[0].strip(" .") or None
    if led := _LED.search(text):
        return str(next(filter(None, led.groups())))
    if mentioned := MENTION.search(text.partition("\n")[0]):
        return mentioned[1]
    charged = _IN_CHARGE.search(text)
    return charged[1] if charged and charged[1].startswith(tuple(vocabulary()["fields_persons"]["surnames"])) else None
