"""Who stands in brackets behind the name of a project: `收银台3.0(林楠)：…`, `**Token service** (Kim Park): 60%`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from store.reading.events import event_in
from store.reading.marks import plain
from store.reading.states import read_state
from store.reading.vocabulary import vocabulary, words
from store.words.dates import find_dates
from store.words.normalise import fold, has_cjk

LEAST_SIGNED = 2
_ANY_DAY = date(2000, 1, 1)
_SIGNED = re.compile(r"(?P<name>[^:：,，(（]{2,60}?)\s*[(（](?P<inside>[^()（）]{2,40})[)）]\s*(?=[:：,，—–-]|$)")
_PIECES = re.compile(r"\s*[,，、;；/]\s*")
_LATIN = re.compile(r"[A-Z][a-z]{2,}(?:[ -][A-Z][a-z']+){0,2}")
_FAMILIAR = "小老阿大"
_NEW = ("new", "新", "新增", "新起")


@dataclass(frozen=True, slots=True)
class Signed:
    """A project's name without the people in its brackets, those people, and both as `written`."""

    name: str
    people: str
    written: str


def signed_names(heads: Iterable[str]) -> Mapping[str, Signed]:
    """The heads of a report's items that name a person so, where at least two do: of one alone it may be anything but
    what is surely a person's name (林楠, Daniel)."""
    found = {head: signed for head in heads if (signed := _signed(plain(head)))}
    # Onboarding (Kepler) beside Onboarding (Tycho) are two projects, and these are not who does them.
    distinct = len({signed.name for signed in found.values()}) == len({signed.written for signed in found.values()})
    if not distinct:
        return {}
    sure = {head: signed for head, signed in found.items() if _is_surely_person(signed.people)}
    return found if len(found) >= LEAST_SIGNED else sure


def _signed(head: str) -> Signed | None:
    told = _SIGNED.match(head)
    if told is None:
        return None
    pieces = _PIECES.split(told["inside"].strip())
    persons = list(filter(_is_person, pieces))
    if not persons:
        return None
    others = [piece for piece in pieces if piece not in persons and fold(piece) not in _NEW]
    alias = ("（{}）" if has_cjk(others[0]) else " ({})").format(others[0]) if len(others) == 1 else ""
    return Signed(told["name"].strip() + alias, ("、" if has_cjk(persons[0]) else ", ").join(persons), told[0].strip())


def _is_person(text: str) -> bool:
    folded = fold(text)
    if folded in words("fields_persons", "not_persons") or event_in(folded) or read_state(folded, None, ()):
        return False
    if has_cjk(text):
        if len(text) == LEAST_SIGNED and text[0] in _FAMILIAR:
            given = words("fields_persons", "given")[0] if text[0] in "大阿" else ""
            return text[1] in (*_surnames(), *given)  # 小周, 老钱, 大勇
        return 2 <= len(text) <= 3 and text.startswith(_surnames()) and not re.search(r"[a-z\d]", folded)
    return _LATIN.fullmatch(text) is not None and not find_dates(text, _ANY_DAY, likely=True)


def _is_surely_person(people: str) -> bool:
    """Whether these people are called as only people are: by a surname and characters of given names, or a first
    name."""
    names = _PIECES.split(people)
    given, first = words("fields_persons", "given")[0], words("fields_persons", "first_names")
    return all(
        (name[0] not in _FAMILIAR and set(name[1:]) <= set(given)) if has_cjk(name) else fold(name.split()[0]) in first
        for name in names
    )


@cache
def _surnames() -> tuple[str, ...]:
    return tuple(vocabulary()["fields_persons"]["surnames"])
