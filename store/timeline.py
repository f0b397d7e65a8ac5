"""What all reports tell of one sort, newest report first: read once, then cut by days and by subject."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from store.records import Mention

Told = TypeVar("Told")


class Timeline(Generic[Told]):
    """Mentions in the order given, which goes by the dates of their reports, the newest first.

    Nearly every question looks at all that was told up to its day, and then at one project or one week of it: rows
    that are read and made into records once answer all of those.
    """

    def __init__(self, mentions: Iterable[Mention[Told]]) -> None:
        self._all = tuple(mentions)
        self._age = [-mention.report.report_date.toordinal() for mention in self._all]  # ascending, as bisect has it

    @cached_property
    def _places(self) -> dict[int | None, list[int]]:
        found = defaultdict(list)
        for at, mention in enumerate(self._all):
            found[mention.subject].append(at)
        return found

    def between(self, start: date | None, end: date) -> tuple[Mention[Told], ...]:
        """Those of the reports dated in the range, both ends in it; a start of None is since ever."""
        last = len(self._all) if start is None else bisect_right(self._age, -start.toordinal())
        return self._all[bisect_left(self._age, -end.toordinal()) : last]

    def of(self, subjects: Sequence[int], until: date) -> tuple[Mention[Told], ...]:
        """Those of the subjects up to the day."""
        first = bisect_left(self._age, -until.toordinal())
        places = sorted(at for subject in set(subjects) for at in self._places.get(subject, ()))
        return tuple(self._all[at] for at in places if at >= first)
