"""Drafts: reports on their way in, kept before anything else is done with them, so that none is ever lost.

Beside `Library`, whose database it writes to, and through which a draft becomes a report.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from store.database import drafts, history
from store.database.connection import guarded
from store.database.drafts import Draft
from store.intake import Candidate
from store.library import Library
from store.viewer import EVERYONE

SOURCE = "slack"  # what the sources of reports that came in so begin with


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of a draft: `status` as in `Outcome` (then `reason`), and the number of the report's revision."""

    status: str
    reason: str | None = None
    revision: int = 0


@guarded
class Drafts:
    """The drafts of one library. Each method that writes is one transaction."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._connections = library._connections

    def keep(self, place: str, user: str, team: str, day: date, text: str, now: datetime) -> int:
        """Keep what `user` sent in `place` (a form's id): its number, the same one for the same text sent again."""
        with self._connections.writing() as db:
            return drafts.put(db, _key(place, user, team, day, text), user, team, day, text, now)

    def keep_form(self, user: str, team: str, day: date, form: str, now: datetime) -> int:
        """Keep what the fields of a form stand for that `user` opens: its number."""
        with self._connections.writing() as db:
            return drafts.put_form(db, _key("form", user, team, day, form), user, team, day, form, now)

    def form(self, number: int) -> tuple[str, str] | None:
        """The team and what was kept of the form of this number; None where it isn't known any more."""
        return drafts.get_form(self._connections.db, number)

    def get(self, number: int) -> Draft | None:
        """The draft of this number."""
        return drafts.get(self._connections.db, number)

    def submit(self, draft: Draft, now: datetime) -> Submitted:
        """Let a draft count: as a new report of its team and week, or as a revision of the one that came in so before.

        A draft counts once: what was sent a second time must not take the place of a correction made meanwhile.
        """
        file = _candidate(draft)
        if not draft.submitted:
            (outcome,) = self._library.ingest([file], now, draft.team)
            if outcome.status == "refused":
                return Submitted("refused", outcome.reason)
            with self._connections.writing() as db:
                drafts.mark_submitted(db, draft.number)
            return Submitted(outcome.status, revision=self._revision(file, draft.team))
        return Submitted("unchanged", revision=self._revision(file, draft.team))

    def _revision(self, file: Candidate, team: str) -> int:
        kept = history.matching(self._connections.db, EVERYONE, file.source, team)
        return max((one.revision for one in kept), default=0)


def _key(*sent: object) -> str:
    return hashlib.sha256(repr(sent).encode("utf-8", "replace")).hexdigest()


def _candidate(draft: Draft) -> Candidate:
    """The draft as a file: of a team's week there is one, whatever day of it the report is dated."""
    monday = draft.day - timedelta(days=draft.day.weekday())
    source, origin = f"{SOURCE}/{draft.team}/{draft.day}.md", f"{SOURCE}/{draft.team}/{monday}"
    return Candidate(source, origin, source, draft.team, draft.text.encode("utf-8", "replace"))
