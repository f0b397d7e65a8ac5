"""The names of one team, put together by what people decided, by what brackets state, and by the rules of likeness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from store.linking import brackets
from store.linking.decisions import Decision, apart_pairs, joined_pairs
from store.linking.groups import Groups, Join
from store.linking.likeness import form
from store.linking.reasons import Reason
from store.words.names import key

Place = tuple[str, str, int]  # report date, origin, line
Listed = tuple[str, str | None, Place, bool]  # a name, its parent's, where it stands, and whether it is loose


class Names:
    """Every key of a team with its groups; `together` and `beside` are what the reports list as two."""

    def __init__(self, listed: Iterable[Listed], decisions: Sequence[Decision] = ()) -> None:
        listed = list(listed)
        whole = {name for own, parent, _, _ in listed for name in (own, parent) if name}
        self._reports = _reports(listed)
        self.written = _written([*whole, *(name for d in decisions for name in d.names)])
        self.groups = Groups(apart_pairs(decisions))
        for each in self.written:
            self.groups.root(each)
        decided = [Join(*d.pair, Reason.DECIDED, d.decided_by) for d in joined_pairs(decisions)]
        self.groups.join_in_order(decided)
        self.groups.join(brackets.joins(whole, self.together))
        for each in [each for members in map(self.groups.members, self.written) for each in members]:
            self.written.setdefault(each, each)

    def root(self, name: str) -> str:
        """The key that stands for all names that are one with `name`."""
        return self.groups.root(key(name))

    def dates(self) -> Mapping[str, set[str]]:
        """The dates (ISO) of the reports that list a key as a project."""
        return {key: {day for day, _ in reports} for key, reports in self._reports.items()}

    def together(self, keys: Iterable[str]) -> bool:
        """Whether one report lists two of these keys as projects."""
        return self._clash((key, key) for key in sorted(set(keys)))

    def beside(self, roots: Iterable[str]) -> bool:
        """Whether one report lists names of two of these groups side by side."""
        return self._clash((root, key) for root in sorted(set(roots)) for key in self.groups.members(root))

    def _clash(self, owned: Iterable[tuple[str, str]]) -> bool:
        """Whether two owners' keys stand in one report; by report, since comparing all pairs takes a hostile file's
        time."""
        owner: dict[tuple[str, str], str] = {}
        return any(owner.setdefault(report, one) != one for one, key in owned for report in self._reports.get(key, ()))


def _reports(listed: Iterable[Listed]) -> dict[str, set[tuple[str, str]]]:
    """In which reports a key is listed as a project; a highlight's name is loose and proves nothing."""
    found: dict[str, set[tuple[str, str]]] = {}
    for own, parent, place, loose in listed:
        for name in (own, parent):
            if name and not loose:
                found.setdefault(key(name), set()).add(place[:2])
    return found


def _written(whole: Iterable[str]) -> dict[str, str]:
    """For each key the spelling with the most blanks, since blanks show where a Latin word ends."""
    found: dict[str, str] = {}
    for name in sorted(set(whole)):
        parts = brackets.stated(name)
        for text in (name, parts.outer, *parts.aliases):
            if text and form(text).spaced.count(" ") >= form(found.get(key(text), text)).spaced.count(" "):
                found[key(text)] = text
    return found
