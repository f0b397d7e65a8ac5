"""A project that goes on under a shorter or longer name: TMS after 终端管理平台TMS, SSP after Self-service portal.

The names alone prove little (`shortened.py`), so the place speaks here: both stand in the same section of the reports
of one team, never both in one report, and one goes on where the other leaves off. How much of that is needed hangs on
how the names fit. Nothing is joined that a third name competes for, that a figure speaks against, or where what one
name leaves out tells projects apart.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import pairwise

from store.linking.groups import Groups, Join
from store.linking.likeness import MOST_SHARING, Form, form
from store.linking.reasons import Reason
from store.linking.shortened import MOST_UNITS, Units, may_go, says, units
from store.linking.words import listing, shortening, telling
from store.words.names import abbreviates
from store.words.normalise import is_cjk

# One name is used at most so long after the other.
LATELY = timedelta(weeks=5)
# A figure that falls by more speaks against one project; restated ones fall by less.
LARGEST_FALL = 15.0
SHORTEST_CHINESE, LONGEST_ABBREVIATION = 2, 6
FEWEST_INITIALS = 2
PAIR = 2
LEAST_ENDING = 4  # units that two names of one project share at their end, where only an owner holds them together


class Needed(IntEnum):
    """How much the place must prove: that one goes on after the other; that it does so in the very next report, or as
    below; that the names take turns, or that the figure goes on; that it does so in one owner's hands."""

    FOLLOWS = 0
    HANDED_OVER = 1
    TAKES_TURNS = 2
    ONE_OWNER = 3


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where a name stands: the report's date and origin, the section, and the progress and the owner that it has
    there."""

    day: str
    origin: str
    section: str
    progress: float | None = None
    owner: str = ""


Spots = Mapping[str, Sequence[Spot]]  # by key
Fit = tuple[str, str, Needed]  # the short key, the full one, and what must prove them one


def continued_joins(keys: Iterable[str], groups: Groups, written: Mapping[str, str], spots: Spots) -> list[Join]:
    """The joins of names that go on after one another, the short key first. `groups` is left as it is; `written` is a
    name for each of the `keys`."""
    names = {one: written[one] for one in sorted(set(keys))}
    union = groups.within((other for one in names for other in groups.members(one)), ())
    place = _Place(union, spots, tuple(sorted({spot.day for some in spots.values() for spot in some})))
    # The longest first: what 数币 may mean is only clear where 数币接入 is known for 数字人民币接入.
    fits = sorted(fitting(names), key=lambda fit: (-len(fit[0]), fit[2], fit))
    found: list[Join] = []
    for short, full, needed in fits:
        if union.root(short) == union.root(full) or union.apart(short, full):
            continue
        if _rivals(short, fits, union) == 1 and place.one(short, full, needed):
            found.append(Join(short, full, Reason.SHORTENED))
            union.join(found[-1:])
    return found


def _rivals(short: str, fits: Iterable[Fit], union: Groups) -> int:
    """How many projects the short name may mean."""
    own = union.root(short)
    return len({union.root(full) for other, full, _ in fits if union.root(other) == own} - {own})


def fitting(names: Mapping[str, str]) -> list[Fit]:
    """Every short key with a full one that it may stand for, found by look-ups; `names` by their keys."""
    forms = [form(name) for name in names.values()]
    known: dict[Units, list[str]] = {}
    begun: dict[str, list[str]] = {}
    for one in forms:
        known.setdefault(units(one), []).append(one.key)
        if SHORTEST_CHINESE <= len(one.key) <= LONGEST_ABBREVIATION and all(map(is_cjk, one.key)):
            begun.setdefault(one.key[0], []).append(one.key)
    found: dict[tuple[str, str], Needed] = dict.fromkeys(_one_ending(forms), Needed.ONE_OWNER)
    for full in (one for one in forms if not listing(names[one.key])):
        for short, needed in (*_ends(full, known), *_initials(full, names), *_abbreviated(full, begun)):
            if short != full.key:
                found[short, full.key] = min(needed, found.get((short, full.key), needed))
    return [(short, full, needed) for (short, full), needed in found.items()]


def _ends(full: Form, known: Mapping[Units, list[str]]) -> Iterable[tuple[str, Needed]]:
    """The names that are the beginning or the end of this one."""
    whole = units(full)
    for cut in range(1, len(whole) if len(whole) <= MOST_UNITS else 0):
        for short, left in ((whole[:cut], whole[cut:]), (whole[cut:], whole[:cut])):
            same = known.get(short, ())
            needed = _proof(short, left, short == whole[:cut]) if same and _says_enough(short) else None
            if needed is not None and len(same) <= MOST_SHARING:
                yield from ((one, needed) for one in same)


def _one_ending(forms: Iterable[Form]) -> Iterable[tuple[str, str]]:
    """AFD样本库重建 and 反欺诈样本库重建: the two names that end in the same way, where no others do."""
    ending: dict[Units, list[Form]] = {}
    for one in forms:
        if len(whole := units(one)) > LEAST_ENDING:
            ending.setdefault(whole[-LEAST_ENDING:], []).append(one)
    for same in (each for each in ending.values() if len(each) == PAIR):
        if not any(unit in telling() for one in same for unit in units(one)[:-LEAST_ENDING]):
            short, full = sorted(same, key=lambda one: (len(one.key), one.key))
            yield short.key, full.key


def _says_enough(short: Units) -> bool:
    chinese = sum(map(is_cjk, short))
    return chinese >= SHORTEST_CHINESE or any(len(unit) > 1 and unit.isalpha() and unit.isascii() for unit in short)


def _proof(short: Units, left: Units, begins: bool) -> Needed | None:
    """What must prove that a name is one without `left`; None where that tells projects apart, or is most of what
    follows: 泰国站 is no 泰国站签名问题修复."""
    done = left[0] in shortening("endings") and left[1:2]  # migration to NorthWall
    if begins and ("".join(left) in shortening("endings") or (done or left)[0] in shortening("empty")):
        return Needed.FOLLOWS
    if not may_go(left) or (begins and says(left) > says(short)):
        return None
    return Needed.TAKES_TURNS if begins else Needed.HANDED_OVER


def _initials(full: Form, names: Mapping[str, str]) -> Iterable[tuple[str, Needed]]:
    """SSP of Self-service portal."""
    words = full.spaced.split()
    letters = "".join(word[0] for word in words)
    if len(words) > 1 and letters in names and letters.isascii() and letters.isalpha():
        yield letters, Needed.FOLLOWS if len(words) > FEWEST_INITIALS else Needed.HANDED_OVER


def _abbreviated(full: Form, begun: Mapping[str, list[str]]) -> Iterable[tuple[str, Needed]]:
    """数币 of 数字人民币接入: some of its characters, from the first on."""
    same = begun.get(full.key[:1], ())
    for short in same if len(same) <= MOST_SHARING else ():
        begins = full.key.startswith(short)  # which is no matter of single characters
        if not begins and abbreviates(short, full.key) and may_go(tuple(_without(full.key, short))):
            yield short, Needed.HANDED_OVER


def _without(full: str, short: str) -> str:
    rest, at = "", 0
    for char in full:
        if at < len(short) and char == short[at]:
            at += 1
        else:
            rest += char
    return rest


@dataclass(frozen=True, slots=True)
class _Place:
    """What the places of two groups of names prove; `days` are the dates of all reports."""

    groups: Groups
    spots: Spots
    days: Sequence[str]

    def one(self, short: str, full: str, needed: Needed) -> bool:
        """Whether the two go on after one another as one project does."""
        ours, theirs = self._of(short), self._of(full)
        if not {spot.section for spot in ours} & {spot.section for spot in theirs} - {""}:
            return False
        if set(map(_report, ours)) & set(map(_report, theirs)):
            return False
        turns = _turns(ours, theirs)
        if any(_falls(*turn) or _far(*turn) for turn in turns):
            return False
        if needed is Needed.ONE_OWNER:
            return len(turns) == 1 and self._next(*turns[0]) and _goes_on(*turns[0]) and _one_owner(*turns[0])
        if needed is Needed.FOLLOWS or len(turns) > 1:
            return True
        return self._next(*turns[0]) and (needed is Needed.HANDED_OVER or _goes_on(*turns[0]))

    def _of(self, key: str) -> list[Spot]:
        return [spot for one in sorted(self.groups.members(key)) for spot in self.spots.get(one, ())]

    def _next(self, before: Spot, after: Spot) -> bool:
        """Whether one report at most lies between the two."""
        return bisect_left(self.days, after.day) - bisect_right(self.days, before.day) <= 1


def _report(spot: Spot) -> tuple[str, str]:
    return spot.day, spot.origin


def _turns(ours: Sequence[Spot], theirs: Sequence[Spot]) -> list[tuple[Spot, Spot]]:
    """Each two mentions between which the name changes."""
    both = [*((spot, 0) for spot in ours), *((spot, 1) for spot in theirs)]
    marked = sorted(both, key=lambda one: (one[0].day, one[1]))
    return [(one[0], other[0]) for one, other in pairwise(marked) if one[1] != other[1]]


def _falls(before: Spot, after: Spot) -> bool:
    if before.progress is None or after.progress is None:
        return False
    return before.progress - after.progress > LARGEST_FALL


def _far(before: Spot, after: Spot) -> bool:
    return date.fromisoformat(after.day) - date.fromisoformat(before.day) > LATELY


def _one_owner(before: Spot, after: Spot) -> bool:
    return before.owner != "" and before.owner == after.owner


def _goes_on(before: Spot, after: Spot) -> bool:
    """Whether the figure goes on: a project that begins anew begins below."""
    return before.progress is not None and after.progress is not None and before.progress <= after.progress < 100
