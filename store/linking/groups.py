"""Names put together, each join with its reason, and never across what a person keeps apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.linking.reasons import RANK, READER, Reason


@dataclass(frozen=True, slots=True)
class Join:
    """Two keys that are one name's, why, and who says so."""

    one: str
    other: str
    reason: Reason
    decided_by: str = READER

    @property
    def order(self) -> tuple[int, str, str]:
        """Strongest first; the rest of the order only has to be the same every time."""
        return RANK[self.reason], min(self.one, self.other), max(self.one, self.other)


class Groups:
    """Union-find over keys that remembers by which joins it came about."""

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        self._root: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._beside: dict[str, list[Join]] = {}
        self._apart: dict[str, set[str]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def root(self, key: str) -> str:
        """The key that stands for the group of `key`."""
        if key not in self._root:
            self._root[key], self._members[key] = key, {key}
        return self._root[key]

    def members(self, key: str) -> set[str]:
        """Every key of the group."""
        return self._members[self.root(key)]

    def apart(self, one: str, other: str) -> bool:
        """Whether a person keeps some name of the one group apart from some name of the other."""
        there = self.members(other)
        return any(not there.isdisjoint(self._apart[key]) for key in self.members(one) if key in self._apart)

    def join(self, joins: Iterable[Join]) -> None:
        """Make the joins, strongest first, except where a person keeps the two apart."""
        self.join_in_order(sorted(joins, key=lambda join: join.order))

    def join_in_order(self, joins: Iterable[Join]) -> None:
        """Make the joins as they come, except where a person keeps the two apart."""
        for join in joins:
            into, gone = self.root(join.one), self.root(join.other)
            if join.one == join.other or (into != gone and self.apart(into, gone)):
                continue
            self._beside.setdefault(join.one, []).append(join)
            self._beside.setdefault(join.other, []).append(join)
            if into != gone:
                self._merge(into, gone)

    def within(self, keys: Iterable[str], more: Iterable[Join]) -> Groups:
        """These keys, which are whole groups, in groups of their own with `more` joins than here."""
        found = Groups()
        found._apart = self._apart
        inside = set(keys)
        for key in inside:
            found.root(key)
        found.join([*(join for key in inside for join in self._beside.get(key, ()) if join.one == key), *more])
        return found

    def shortened(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that were joined as a shortened name."""
        joins = (join for key in keys for join in self._beside.get(key, ()))
        return {join.one for join in joins if join.reason is Reason.SHORTENED}

    def _merge(self, into: str, gone: str) -> None:
        if len(self._members[into]) < len(self._members[gone]):
            into, gone = gone, into
        moved = self._members.pop(gone)
        self._members[into] |= moved
        self._root.update(dict.fromkeys(moved, into))

    def paths(self, start: str) -> Mapping[str, Join]:
        """For each other key of the group of `start`, the last join on the shortest way to it."""
        found: dict[str, Join] = {}
        reached, edge = {start}, [start]
        while edge:
            following = []
            for key in edge:
                for join in sorted(self._beside.get(key, ()), key=lambda join: join.order):
                    there = join.other if join.one == key else join.one
                    if there not in reached:
                        reached.add(there)
                        found[there] = join
                        following.append(there)
            edge = following
        return found
