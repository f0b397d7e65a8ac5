"""Which report of a file's new state is which of its old one: pure, so that it can be tried without a database.

A file may hold several weeks. A new week on top is a new report and leaves the others as they are; a week that is gone
is withdrawn; a corrected one gets a new revision.

A report that was handed in in the chat takes the place of a file's as its next revision. The file itself still says
what it said before: as long as it does, it brings nothing new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from store.records import Report

CHAT = "slack"  # what the sources of reports that were handed in in the chat begin with


def from_chat(team: str, source: str) -> bool:
    """Whether a report's newest text was handed in in the chat."""
    return source.startswith(f"{CHAT}/{team}/")


def took_over(team: str, origin: str, source: str) -> bool:
    """Whether a report that came from a file was handed in in the chat since."""
    return from_chat(team, source) and not origin.startswith(f"{CHAT}/")


@dataclass(frozen=True, slots=True)
class Standing:
    """A report as it stands in the database. `text_sha256` is None for what an older version stored; `said` are those
    of all revisions where the newest one took a file's place, else None."""

    report_id: int
    part: int
    report_date: date
    label: str | None
    revision: int
    text_sha256: str | None
    line_start: int | None
    reader_version: int
    withdrawn: bool
    sha256: str
    said: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report that was read goes: which report it is (None for a new one), its part of the file, its revision.

    `changed` where it says something else than before or is new; `again` where its facts must be stored anew, be it
    only for lines that moved. `kept` where the file says what another text took the place of: nothing is stored.
    """

    report_id: int | None
    part: int
    revision: int
    text_sha256: str
    changed: bool
    again: bool
    kept: bool = False


def text_hash(report: Report) -> str:
    """A hash of what a report says, wherever in its file it stands."""
    said = [repr((report.report_date, report.label, report.team))]
    said += [repr((item.mark, item.depth, item.text)) for item in report.items]
    return hashlib.sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()


def places(standing: Sequence[Standing], reports: Sequence[Report], reader_version: int) -> tuple[Place, ...]:
    """The place of each report (oldest first, all dated) among those of the same file that stand already.

    New ones are numbered on from the highest part, so that no part is ever another week than it was.
    """
    pairs = _paired(standing, reports)
    free = max((one.part for one in standing), default=-1) + 1
    found = []
    for at, report in enumerate(reports):
        if at in pairs:
            found.append(_kept(pairs[at], report) or _next(pairs[at], report, reader_version))
        else:
            found.append(Place(None, free, 1, text_hash(report), True, True))
            free += 1
    return tuple(found)


def vanished(standing: Sequence[Standing], taken: Iterable[Place]) -> tuple[int, ...]:
    """The ids of the reports that stand and are in the file no more."""
    ids = {place.report_id for place in taken}
    left = (one for one in standing if not one.withdrawn and one.said is None)
    return tuple(one.report_id for one in left if one.report_id not in ids)


def _kept(old: Standing, report: Report) -> Place | None:
    text = text_hash(report)
    if old.said is None or text not in old.said:
        return None
    return Place(old.report_id, old.part, old.revision, text, changed=False, again=False, kept=True)


def _next(old: Standing, report: Report, reader_version: int) -> Place:
    text = text_hash(report)
    same_reader = old.reader_version == reader_version
    # Another reader may see other items in the same text, which makes no revision of it.
    changed = old.withdrawn or (text != old.text_sha256 and same_reader)
    moved = old.line_start != (report.span[0] if report.span else None)
    return Place(old.report_id, old.part, old.revision + (text != old.text_sha256 and same_reader), text, changed,
                 changed or moved or not same_reader)  # fmt: skip


def _paired(standing: Sequence[Standing], reports: Sequence[Report]) -> dict[int, Standing]:
    """Each report with the one that it was: of the same day, else the same label, else the only one left on both
    sides of a file that holds as many as before (a corrected date; a file that is written anew each week)."""
    pairs: dict[int, Standing] = {}

    def pair(same: Callable[[Standing, Report], Any]) -> None:
        for at, report in enumerate(reports):
            taken = {one.report_id for one in pairs.values()}
            left = (one for one in standing if one.report_id not in taken and same(one, report))
            if at not in pairs and (found := next(left, None)) is not None:
                pairs[at] = found

    pair(lambda one, report: one.report_date == report.report_date)
    pair(lambda one, report: one.label and one.label == report.label and not one.withdrawn)
    live = [one for one in standing if not one.withdrawn] or list(standing)
    if len(live) == len(reports) == len(pairs) + 1:
        pair(lambda one, report: one in live)
    return pairs
