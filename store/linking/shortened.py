"""A project whose full name a hurried lead shortens in one report: 特征迁移 for 特征平台迁移.

That a word is left out proves little by itself (公积金对接 may be 济南's or 济宁's), so all of this must come together:
one run of words is left out of the beginning or the middle, nothing that tells projects apart is in it, most of the
name is kept; the full name came first and was in use lately, no report lists both, and no other name around that time
holds the short one. What is found depends on the reports that are there, never on the order they came in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from store.linking.groups import Groups, Join
from store.linking.likeness import MOST_SHARING, Form, form, singular
from store.linking.reasons import Reason, Why
from store.linking.soft import Beside, Kept, believed
from store.linking.words import abbreviations, listing, shortening, suffixes, telling
from store.words.normalise import is_cjk

Units = tuple[str, ...]  # Chinese characters and Latin words
Leaves = Callable[[Form, Form], bool]  # whether the first may be short for the second
Dates = Mapping[str, Iterable[str]]  # the dates of the reports that list a key, ISO
Pair = tuple[str, str]  # the short key and the full one
# How much a unit says: a Latin word about as much as one and a half Chinese characters. Four characters or three words
# must be kept: Merchant portal is no Merchant payouts portal.
CHINESE_SAYS, LATIN_SAYS, LEAST_SAID = 2, 3, 8
# The full name was used at most so long before; a name used so long before or after may be what was meant instead.
LATELY, AROUND = timedelta(weeks=4), timedelta(weeks=12)
# Names of more units are sentences, and all that may be left out of them would take a hostile file's time.
MOST_UNITS = 40
_UNITS = re.compile(r"[^\W_\u3400-\u9fff]+|[\u3400-\u9fff]")


@lru_cache(maxsize=16384)
def units(one: Form) -> Units:
    """A name's characters and words, abbreviations written out: `KYB docs upload` → kyb, document, upload."""
    words = map(singular, _UNITS.findall(one.plain if not one.spaced else one.spaced))
    return tuple(abbreviations().get(word, word) for word in words if word not in ("的", "the"))


def says(some: Iterable[str]) -> int:
    """How much these units say; numbers and words such as `for` nothing."""
    telling_words = (unit for unit in some if not unit.isdecimal() and unit not in shortening("empty"))
    return sum(CHINESE_SAYS if is_cjk(unit) else LATIN_SAYS for unit in telling_words)


def may_go(left_out: Units) -> bool:
    """Whether nothing of this tells two projects apart: no number, phase, direction, single letter, 主 or 备."""
    return not any(
        unit in telling() or unit in shortening("kept") or any(map(str.isdigit, unit)) or _is_letter(unit)
        for unit in left_out
    )


def _is_letter(unit: str) -> bool:
    return len(unit) == 1 and not is_cjk(unit)


def shortens(short: Form, full: Form) -> bool:
    """Whether `short` is `full` without words from its middle (a third at most) or its beginning (a quarter)."""
    return _is_left(units(short), units(full))


def _is_left(short: Units, full: Units) -> bool:
    start = next((at for at, (one, other) in enumerate(zip(short, full, strict=False)) if one != other), len(short))
    rest = start + len(full) - len(short)
    if short != full[:start] + full[rest:] or start == len(short) < len(full):
        return False
    if not may_go(full[start:rest]) or says(_core(short)) < LEAST_SAID:
        return False
    kept, whole = says(short), says(full)
    return 3 * kept >= 2 * whole if start else 4 * kept >= 3 * whole


def _core(short: Units) -> Units:
    """The units without suffixes that say nothing: of 对账平台, 对账."""
    while ending := next((s for s in _suffixes() if len(s) < len(short) and short[-len(s) :] == s), None):
        short = short[: -len(ending)]
    return short


@lru_cache(maxsize=1)
def _suffixes() -> tuple[Units, ...]:
    return tuple(units(form(suffix)) for suffix in suffixes())


def part_leaves(keys: Iterable[str], groups: Groups, written: Mapping[str, str], beside: Beside) -> Leaves:
    """As `shortens`, for parts of one project, which may also lose the ending of a part that is listed beside them:
    离线 is 离线特征 where 实时特征 is another part."""
    parts = [form(written[key]) for key in sorted(set(keys))]

    def leaves(short: Form, full: Form) -> bool:
        others = (each for each in parts if beside([groups.root(full.key), groups.root(each.key)]))
        return shortens(short, full) or _loses_ending(units(short), units(full), map(units, others))

    return leaves


def _loses_ending(short: Units, full: Units, beside: Iterable[Units]) -> bool:
    ending = full[len(short) :]
    if len(short) < 2 or full[: len(short)] != short or not ending or not may_go(ending):
        return False
    shared = any(len(other) > len(ending) and other[-len(ending) :] == ending for other in beside)
    return shared and says(short) >= says(ending)


def _left_out(full: Units, ends: Collection[tuple[str, str, int]]) -> Iterator[Units]:
    """What one run of units may leave of a name, two units at least; `ends` are the first and last units and the
    lengths of those that there are."""
    size = len(full) if len(full) <= MOST_UNITS else 0
    for gone in range(1, size - 1):
        yield full[gone:]
        yield full[:-gone]
        if (full[0], full[-1], size - gone) in ends:
            yield from (full[:start] + full[start + gone :] for start in range(1, size - gone))


def fitting(forms: Iterable[Form]) -> Iterator[Pair]:
    """Every short key with a full one that it can be left of, by a look-up of what is left and not pair by pair."""
    known: dict[Units, list[str]] = {}
    for one in forms:
        known.setdefault(units(one), []).append(one.key)
    few = {each: keys for each, keys in known.items() if len(keys) <= MOST_SHARING}
    ends = {(each[0], each[-1], len(each)) for each in few if each}
    for full, keys in few.items():
        for rest in dict.fromkeys(_left_out(full, ends)):
            yield from ((short, key) for short in few.get(rest, ()) for key in keys)
        yield from ((short, key) for short in keys for key in keys if len(short) < len(key))


@dataclass(frozen=True, slots=True)
class Lives:
    """When the reports list the names of a group, by its root."""

    groups: Groups
    dates: Dates
    known: dict[str, list[date]] = field(default_factory=dict)

    def of(self, root: str) -> list[date]:
        """The dates, oldest first; none of a name that stands in brackets alone."""
        if root not in self.known:
            days = {day for key in self.groups.members(root) for day in self.dates.get(key, ())}
            self.known[root] = sorted(map(date.fromisoformat, days))
        return self.known[root]

    def lately(self, short: str, full: str) -> bool:
        """Whether the full name is older than the short one, and was in use when that came up."""
        first = self.of(short)[:1]
        before = [day for day in self.of(full) if first and day < first[0]]
        return bool(before) and first[0] - before[-1] <= LATELY

    def around(self, short: str, full: str) -> bool:
        """Whether the full name may have been meant by the short one at all."""
        meant, other = self.of(short), self.of(full)
        return bool(meant and other) and other[0] - AROUND <= meant[-1] and meant[0] <= other[-1] + AROUND


def short_joins(
    keys: Iterable[str],
    groups: Groups,
    written: Mapping[str, str],
    dates: Dates,
    beside: Beside,
    leaves: Leaves = shortens,
) -> tuple[list[Join], list[Kept]]:
    """The joins of shortened names, the short key first, with the one full name that each shortens; and the
    likenesses that were not believed.

    `groups` holds what stricter rules joined; `written` and `beside` as for `soft_joins`.
    """
    forms = {key: form(written[key]) for key in sorted(set(keys))}
    lives = Lives(groups, dates)
    fits: dict[str, list[Pair]] = {}
    for short, full in fitting(forms.values()):
        if groups.root(short) != groups.root(full):
            fits.setdefault(groups.root(short), []).append((short, full))
    found: list[Join] = []
    kept: list[Kept] = []
    for root, pairs in sorted(fits.items()):
        rivals = {groups.root(full) for _, full in pairs if lives.around(root, groups.root(full))}
        if len(rivals) > MOST_SHARING:
            continue
        timely = [pair for pair in sorted(pairs) if _timely(pair, groups, lives) and not listing(written[pair[1]])]
        good = [pair for pair in timely if leaves(forms[pair[0]], forms[pair[1]])]
        if len(rivals) == 1:
            found += [Join(*pair, Reason.SHORTENED) for pair in good]
        else:
            kept += [Kept(*pair, Why.BESIDE if beside(map(groups.root, pair)) else Why.UNCLEAR) for pair in good]
    return _believed(found, kept, groups, beside)


def _timely(pair: Pair, groups: Groups, lives: Lives) -> bool:
    return not groups.apart(*pair) and lives.lately(*map(groups.root, pair))


def _believed(
    found: Sequence[Join], kept: Sequence[Kept], groups: Groups, beside: Beside
) -> tuple[list[Join], list[Kept]]:
    """Without what shortens a name that is shortened itself, and without what stands side by side."""
    shortened = {groups.root(join.one) for join in found}
    good, refused = believed([join for join in found if groups.root(join.other) not in shortened], groups, beside)
    return good, [*kept, *refused]
