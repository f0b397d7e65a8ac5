"""SQL for drafts: reports on their way in. A draft that became a report stays, as what was sent and by whom.

A form that was opened stands beside them, as what its fields stand for; its state tells it from what was sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from store.database.rows import Database

FORMS_KEPT = timedelta(days=30)  # nobody sends a form that stood open for longer
_DRAFT, _FORM, _SUBMITTED = "draft", "form", "submitted"


@dataclass(frozen=True, slots=True)
class Draft:
    """A report of `team` for the week of `day` as `user` sent it; `submitted` once it counts."""

    number: int
    user: str
    team: str
    day: date
    text: str
    submitted: bool


def put(db: Database, key: str, user: str, team: str, day: date, text: str, now: datetime) -> int:
    """Keep a draft, once for each `key`: its number. The caller holds the transaction."""
    return _put(db, key, user, team, day, text, now, _DRAFT)


def put_form(db: Database, key: str, user: str, team: str, day: date, text: str, now: datetime) -> int:
    """The same for a form; those that nobody will send any more go. The caller holds the transaction."""
    sql = "DELETE FROM drafts WHERE state = ? AND kept_at < ? AND key <> ?"
    db.execute(sql, (_FORM, (now - FORMS_KEPT).isoformat(), key))
    return _put(db, key, user, team, day, text, now, _FORM)


def _put(db: Database, key: str, user: str, team: str, day: date, text: str, now: datetime, state: str) -> int:
    db.execute(
        """INSERT INTO drafts (key, user, team, day, text, kept_at, state) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (key) DO UPDATE SET kept_at = excluded.kept_at""",
        (key, user, team, day.isoformat(), text, now.isoformat(), state),
    )
    return int(db.execute("SELECT id FROM drafts WHERE key = ?", (key,)).fetchone()[0])


def get(db: Database, number: int) -> Draft | None:
    """The draft of this number."""
    sql = "SELECT id, user, team, day, text, state FROM drafts WHERE id = ? AND state <> ?"
    row = db.execute(sql, (number, _FORM)).fetchone()
    return Draft(row[0], row[1], row[2], date.fromisoformat(row[3]), row[4], row[5] == _SUBMITTED) if row else None


def get_form(db: Database, number: int) -> tuple[str, str] | None:
    """The team and the text of the form of this number."""
    row = db.execute("SELECT team, text FROM drafts WHERE id = ? AND state = ?", (number, _FORM)).fetchone()
    return (row[0], row[1]) if row else None


def is_submitted(db: Database, number: int) -> bool:
    """Whether the draft counts."""
    row = db.execute("SELECT state FROM drafts WHERE id = ?", (number,)).fetchone()
    return row is not None and row[0] == _SUBMITTED


def mark_submitted(db: Database, number: int) -> None:
    """Note that the draft counts. The caller holds the transaction."""
    db.execute("UPDATE drafts SET state = ? WHERE id = ?", (_SUBMITTED, number))
