"""Drafts: reports on their way in, kept before anything else is done with them, so that none is ever lost.

Beside `Library`, whose database it writes to, and through which a draft becomes a report. Of a team's week a draft is
the next revision of the report that stands for it, be it one of a file: its text stays in history, and answers count
one report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from store.database import drafts, facts, history, reports, subjects
from store.database.connection import guarded
from store.database.drafts import Draft
from store.database.history import KeptReport
from store.database.rows import Database
from store.errors import UnreadableFile
from store.intake import Candidate
from store.library import Library
from store.reading import READER_VERSION
from store.reading_ahead import Reading
from store.records import Report
from store.revisions import CHAT, Place, from_chat, text_hash


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of a draft: `status` as in `Outcome` (then `reason`), the report that it is or was a revision of, and
    the source of the file whose place it took, "" where it took none."""

    status: str
    reason: str | None = None
    report: KeptReport | None = None
    replaced: str = ""

    @property
    def revision(self) -> int:
        """The number of the report's newest revision."""
        return self.report.revision if self.report else 0


@dataclass(frozen=True, slots=True)
class Week:
    """What is there of a team's week: the report that the next draft is a revision of, and those that stand beside."""

    taken: KeptReport | None = None
    beside: tuple[KeptReport, ...] = ()

    @property
    def mark(self) -> tuple[int, int]:
        """The id and the revision (negative while withdrawn) of the report that the next draft is a revision of, 0 for
        none: what its sender has seen."""
        if self.taken is None:
            return 0, 0
        return self.taken.ref.id, -self.taken.revision if self.taken.withdrawn_at else self.taken.revision

    @property
    def from_file(self) -> bool:
        """Whether a draft takes the place of a file's text."""
        return self.taken is not None and not is_from_chat(self.taken)


def is_from_chat(kept: KeptReport) -> bool:
    """Whether a report's newest text was handed in in the chat."""
    return from_chat(kept.ref.team or "", kept.ref.source)


def week_of(known: Sequence[KeptReport], day: date) -> Week:
    """Of a team's reports of one week: the one that was handed in in the chat, else that of the very day, else the one
    that came in last; of withdrawn ones only what was handed in. Pure."""
    standing = [kept for kept in known if kept.withdrawn_at is None]
    able = standing or [kept for kept in known if is_from_chat(kept)]
    if not able:
        return Week()
    taken = min(able, key=lambda kept: (not is_from_chat(kept), kept.ref.report_date != day, -kept.ref.id))
    return Week(taken, tuple(kept for kept in standing if kept is not taken))


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

    def week(self, team: str, day: date) -> Week:
        """What is there of the week of `day`."""
        return week_of(_known(self._connections.db, team, day), day)

    def report_of(self, draft: Draft) -> KeptReport | None:
        """The report that a draft is or was a revision of, as it is now."""
        reading = Reading(_candidate(draft))
        return history.with_file(self._connections.db, draft.team, reading.sha256)

    def submit(self, draft: Draft, now: datetime) -> Submitted:
        """Let a draft count: as a new report of its team and week, or as a revision of the one that is there.

        A draft counts once: what was sent a second time must not take the place of a correction made meanwhile.
        """
        if draft.submitted:
            return Submitted("unchanged", report=self.report_of(draft) or self.week(draft.team, draft.day).taken)
        reading = Reading(_candidate(draft))
        try:
            done = self._revise(draft, reading, now) or self._add(draft, reading, now)
        except UnreadableFile as error:
            return Submitted("refused", error.reason)
        self._library.relink()
        return replace(done, report=self.report_of(draft)) if done.status != "refused" else done

    def _revise(self, draft: Draft, reading: Reading, now: datetime) -> Submitted | None:
        """Let it be a revision of the report that is there; None where none is, or where the draft is of several
        weeks."""
        read, lines = reading.said
        if len(read) != 1 or read[0].report_date is None:
            return None
        with self._connections.writing() as db:
            week = week_of(_known(db, draft.team, read[0].report_date), read[0].report_date)
            if week.taken is None:
                return None
            if drafts.is_submitted(db, draft.number):  # meanwhile, by another press
                return Submitted("unchanged")
            status = _save(db, week.taken, reading, read[0], lines, now)
            drafts.mark_submitted(db, draft.number)
        return Submitted(status, replaced=week.taken.ref.source if week.from_file else "")

    def _add(self, draft: Draft, reading: Reading, now: datetime) -> Submitted:
        (outcome,) = self._library.ingest([reading.file], now, draft.team)
        if outcome.status != "refused":
            with self._connections.writing() as db:
                drafts.mark_submitted(db, draft.number)
        return Submitted(outcome.status, outcome.reason)


def _save(
    db: Database, taken: KeptReport, reading: Reading, report: Report, lines: tuple[str, ...] | None, now: datetime
) -> str:
    """Save a report as the next revision of another one, whose part of its file it takes; what became of it."""
    was = history.arrival_of(db, taken.ref.id, READER_VERSION)
    old = next(one for one in reports.standing(db, was) if one.report_id == taken.ref.id)
    text = text_hash(report)
    changed = old.withdrawn or text != old.text_sha256
    place = Place(old.report_id, old.part, old.revision + (text != old.text_sha256), text, changed, again=True)
    arrival = replace(was, source=reading.file.source, content=reading.content, sha256=reading.sha256, at=now, url=None,
                      lines=lines)  # fmt: skip
    reports.save_file(db, arrival)
    reports.save(db, arrival, place, report)
    facts.replace_facts(db, taken.ref.id, report)
    reports.forget_state(db, old.sha256)
    subjects.mark_unlinked(db, arrival.team)
    return "restored" if old.withdrawn else "revised" if changed else "unchanged"


def _known(db: Database, team: str, day: date) -> tuple[KeptReport, ...]:
    monday = day - timedelta(days=day.weekday())
    return history.kept_between(db, team, monday, monday + timedelta(days=6))


def _key(*sent: object) -> str:
    return hashlib.sha256(repr(sent).encode("utf-8", "replace")).hexdigest()


def _candidate(draft: Draft) -> Candidate:
    """The draft as a file: of a team's week there is one, whatever day of it the report is dated."""
    monday = draft.day - timedelta(days=draft.day.weekday())
    source, origin = f"{CHAT}/{draft.team}/{draft.day}.md", f"{CHAT}/{draft.team}/{monday}"
    return Candidate(source, origin, source, draft.team, draft.text.encode("utf-8", "replace"))
