"""What the brackets of a name state: another name of the project, its old name, or only what tells it from another.

`家家盈平台（小贝项目）` states an alias, `云帆平台（原海风平台）` an old name, `海风平台（二期）` a stage, and
（张三） behind three projects is the person who looks after them. Which it is, the other names of the team show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
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

Together = Callable[[str, str], bool]


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


def joins(names: Iterable[str], together: Together) -> Iterator[Join]:
    """What the brackets of these names state, where no other name speaks against it.

    `together` says whether one report lists both keys as projects.
    """
    parts = [one for one in map(stated, sorted(set(names))) if one.outer != one.name and not one.stage]
    beside = _same_outer(names)
    behind = _outers_by_alias(parts)
    for one in parts:
        whole, outer = key(one.name), key(one.outer)
        if len(outer) < 2 or any(together(a, b) for a, b in combinations(sorted(beside[outer]), 2)):
            continue
        yield Join(whole, outer, Reason.BRACKETS)
        for alias in one.aliases:
            if _one_project(behind[key(alias)], together, strict=alias not in one.former):
                yield Join(whole, key(alias), Reason.FORMER if alias in one.former else Reason.ALIAS)
                # 密钥托管改造（KMS） is also written KMS密钥托管改造.
                yield Join(whole, key(alias + one.outer), Reason.ALIAS)


def _same_outer(names: Iterable[str]) -> Mapping[str, set[str]]:
    """For each name without brackets, the whole names that begin with it, itself among them."""
    found: dict[str, set[str]] = {}
    for name in names:
        found.setdefault(key(stated(name).outer), set()).add(key(name))
    return found


def _outers_by_alias(parts: Iterable[Stated]) -> Mapping[str, set[Form]]:
    found: dict[str, set[Form]] = {}
    for one in parts:
        for alias in one.aliases:
            found.setdefault(key(alias), set()).add(form(one.outer))
    return found


def _one_project(outers: set[Form], together: Together, *, strict: bool) -> bool:
    """Whether what stands before one alias everywhere can be one project; an old name may have had several new ones
    one after the other."""
    pairs = list(combinations(sorted(outers, key=lambda outer: outer.key), 2))
    if any(together(one.key, other.key) for one, other in pairs):
        return False
    return not strict or all(PROJECTS.alike(one, other) for one, other in pairs)
