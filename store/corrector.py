"""Correcting by hand what was misread: add, list, take back. `Library` applies what is kept here to every answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.amending import Amended, Correction, Field, Target, alike, checked_value, targets, written_value
from store.database import corrections, reports
from store.database.connection import guarded
from store.errors import NoSuchFact
from store.library import Library
from store.records import ReportRef
from store.viewer import Viewer
from store.words.names import key


@dataclass(frozen=True, slots=True)
class Listed:
    """A correction with its report; `holds` is None where it doesn't apply, since its lines are in the report no more
    (or another number of times)."""

    correction: Correction
    report: ReportRef
    holds: Amended | None


@guarded
class Corrector:
    """The corrections of one library. Each method that writes is one transaction."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._connections = library._connections

    def correct(
        self, viewer: Viewer, report: ReportRef, line: int, what: Field, value: str, reason: str, now: datetime,
        name: str = "",
    ) -> Correction:  # fmt: skip
        """Keep what `what` of the fact in this line is, as the viewer says; an earlier correction goes.

        `name` tells which fact, where the line has several. Raises `NoSuchFact`, and `BadCorrection` for a value that
        can't be.
        """
        checked = checked_value(what, value)
        known = targets(self._library.found_in(viewer, report))
        target = _target(known, line, what, name)
        same = alike(target.fact, target.name, target.quote, known)
        new = Correction(
            0, report.id, what, target.name, target.quote, same.index(target), len(same),
            written_value(what, target.record), checked, reason.strip(), viewer.user or "", now,
        )  # fmt: skip
        with self._connections.writing() as db:
            number = corrections.put(db, new)
        return next(one for one in corrections.every(self._connections.db) if one.number == number)

    def listed(self, viewer: Viewer) -> tuple[Listed, ...]:
        """Every correction of a report that the viewer may see, newest first, those that don't apply, too."""
        found = corrections.every(self._connections.db)
        known = reports.by_id(self._connections.db, viewer, {one.report_id for one in found})
        holding = {
            held.correction.number: held for ref in known.values() for held in self._library.corrections(viewer, [ref])
        }
        return tuple(
            Listed(one, known[one.report_id], holding.get(one.number))
            for one in reversed(found)
            if one.report_id in known
        )

    def take_back(self, number: int) -> bool:
        """What was read holds again; False where there is no correction of this number."""
        with self._connections.writing() as db:
            return corrections.remove(db, number)


def _target(known: tuple[Target, ...], line: int, what: Field, name: str) -> Target:
    here = [one for one in known if one.fact is what.fact and one.line <= line <= one.line_end]
    here = [one for one in here if one.line == line] or here
    found = [one for one in here if key(name) in key(one.name)]
    found = [one for one in found if key(name) == key(one.name)] or found
    if len(found) != 1:
        lines = tuple(f"{one.name} ({one.line})" for one in (here or [o for o in known if o.fact is what.fact]))
        raise NoSuchFact(line, what.fact.value, lines)
    return found[0]
