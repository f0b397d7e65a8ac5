"""What the brackets of a name state: another name of the project, its old name, or only what tells it from another.

`家家盈平台（小贝项目）` states an alias, `云帆平台（原海风平台）` an old name, `海风平台（二期）` a stage, and
（张三） behind three projects is the person who looks after them. Which it is, the other names of the team show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from store.linking.groups import Join
from store.linking.likeness import PROJECTS, Form, form
from store.linking.reasons import Reason
from store.linking.renames import renaming
from store.linking.words import rule
from store.words.names import BRACKETS, FORMER, bracketed, key
from store.words.normalise import fold

# Behind more names than this a bracket describes.
MOST_OUTERS = 20
Together = Callable[[Iterable[str]], bool]


@dataclass(frozen=True, slots=True)
class Stated:
    """A name in its parts: the whole, the name before the brackets, the aliases in them, and the old names."""

    name: str
    outer: str
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    stage: bool = False


@lru_cache(maxsize=16384)
def stated(name: str) -> Stated:
    """The parts of a name as written; a bracket that is a stage or a state makes it a name of its own."""
    if change := renaming(name):
        return Stated(name, change[1], (change[0],), (change[0],))
    outer, aliases = bracketed(name)
    inside = [text.strip() for text in BRACKETS.findall(name)]
    stage = any(rule("qualifiers").fullmatch(fold(text)) for text in inside)
    kept = tuple(alias for alias in aliases if not rule("qualifiers").fullmatch(fold(alias)))
    old = {FORMER.sub("", text) for text in inside if _names_the_old(text)}
    return Stated(name, outer, kept, tuple(alias for alias in kept if alias in old), stage)


def _names_the_old(text: str) -> bool:
    found = FORMER.match(text)
    return found is not None and re.search(r"原|曾|旧|前|former|previously|was", found[0], re.IGNORECASE) is not None


def shown(name: str) -> str:
    """The name as it is shown: without the old one that it states."""
    parts = stated(name)
    return parts.outer if parts.former and len(key(parts.outer)) > 1 else name


def joins(names: Collection[str], together: Together) -> Iterator[Join]:
    """What the brackets of these names state, where no other name speaks against it.

    `together` says whether one report lists two of some keys as projects.
    """
    parts = [one for one in map(stated, sorted(set(names))) if one.outer != one.name and not one.stage]
    told_apart = {outer for outer, wholes in _same_outer(names).items() if together(wholes)}
    used = set(map(key, names))
    one_project = _aliases_of_one(parts, together)
    for one in parts:
        whole, outer = key(one.name), key(one.outer)
        # 存管（杭州） beside 存管（平安）: the brackets tell two apart; not where what they hold is a name in use.
        if len(outer) < 2 or (outer in told_apart and used.isdisjoint(map(key, one.aliases))):
            continue
        yield Join(whole, outer, Reason.BRACKETS)
        for alias in one.aliases:
            if (key(alias), alias in one.former) in one_project:
                yield Join(whole, key(alias), Reason.FORMER if alias in one.former else Reason.ALIAS)
                # 密钥托管改造（KMS） is also written KMS密钥托管改造.
                yield Join(whole, key(alias + one.outer), Reason.ALIAS)


def _same_outer(names: Iterable[str]) -> Mapping[str, set[str]]:
    """For each name without brackets, the whole names that begin with it, itself among them."""
    found: dict[str, set[str]] = {}
    for name in names:
        found.setdefault(key(stated(name).outer), set()).add(key(name))
    return found


def _aliases_of_one(parts: Iterable[Stated], together: Together) -> set[tuple[str, bool]]:
    """The aliases (their keys) before which only one project's names stand everywhere, each as a plain alias (False)
    and as an old name (True), which may have had several new ones one after the other."""
    outers: dict[str, set[Form]] = {}
    for one in parts:
        for alias in one.aliases:
            outers.setdefault(key(alias), set()).add(form(one.outer))
    found = set()
    for alias, before in outers.items():
        if len(before) <= MOST_OUTERS and not together(outer.key for outer in before):
            found.add((alias, True))
            if all(PROJECTS.alike(a, b) for a, b in combinations(sorted(before, key=lambda outer: outer.key), 2)):
                found.add((alias, False))
    return found
