"""Answers that people say are wrong, kept for whoever looks after the bot until they close them.

Beside `Library`, whose database it writes to. What was quoted is kept as it stood, whatever becomes of the report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from store.database import feedback, reports
from store.database.connection import guarded
from store.database.feedback import Cited, Feedback
from store.library import Library
from store.records import Citation
from store.viewer import Viewer

MOST_REASON = 1000  # characters; a reason is a sentence or two, and a chat may send a novel


class Place(NamedTuple):
    """Lines that an answer cited: the id of the report, the first line and the last."""

    report_id: int
    line: int
    line_end: int


@guarded
class FeedbackBook:
    """The feedback of one library. Each method that writes is one transaction."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._connections = library._connections

    def cite(self, viewer: Viewer, places: Sequence[Place]) -> tuple[Citation, ...]:
        """The citations of these lines as they stand now; those that the viewer may not see are left out."""
        known = reports.by_id(self._connections.db, viewer, {place.report_id for place in places})
        return tuple(
            self._library.cite(viewer, known[place.report_id], place.line, place.line_end)
            for place in places
            if place.report_id in known
        )

    def mark(
        self, user: str, question: str, kind: str, head: str, cited: Sequence[Citation], reason: str, now: datetime
    ) -> tuple[int, bool]:
        """Note that `user` finds an answer wrong: the number of the note, and whether it is new.

        The same answer is noted once for each user while the note is open; a reason then takes an earlier one's place.
        """
        kept = tuple(Cited(c.report.team or "", c.report.source, c.line, c.line_end, c.quote) for c in cited)
        answer = hashlib.sha256(repr((question, kind, head, [c[:4] for c in kept])).encode("utf-8", "replace"))
        new = Feedback(0, user, question, kind, head, kept, reason.strip()[:MOST_REASON], now)
        with self._connections.writing() as db:
            return feedback.put(db, new, answer.hexdigest())

    def give_reason(self, number: int, user: str, reason: str) -> bool:
        """Say why, of a note of one's own that is open; False where there is no such one."""
        with self._connections.writing() as db:
            return feedback.give_reason(db, number, user, reason.strip()[:MOST_REASON])

    def listed(self, viewer: Viewer, *, closed: bool = False) -> tuple[Feedback, ...]:
        """The open notes, newest first; with `closed` those that were closed, too.

        A viewer who may not see every team sees their own notes and those that cite nothing but what they may see.
        """
        return tuple(
            one for one in feedback.every(self._connections.db) if _seen(viewer, one) and (closed or not one.closed_at)
        )

    def close(self, number: int, by: str, note: str, now: datetime) -> bool:
        """Close a note, for all who look; False where there is none that is open."""
        with self._connections.writing() as db:
            return feedback.close(db, number, by, note.strip(), now)


def _seen(viewer: Viewer, one: Feedback) -> bool:
    teams = {cited.team for cited in one.citations}
    return viewer.teams is None or viewer.user == one.user or (bool(teams) and all(map(viewer.may_see, teams)))
