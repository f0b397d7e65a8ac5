"""SQL for drafts: reports on their way in. A draft that became a report stays, as what was sent and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from store.database.rows import Database


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
    db.execute(
        """INSERT INTO drafts (key, user, team, day, text, kept_at) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (key) DO NOTHING""",
        (key, user, team, day.isoformat(), text, now.isoformat()),
    )
    return int(db.execute("SELECT id FROM drafts WHERE key = ?", (key,)).fetchone()[0])


def get(db: Database, number: int) -> Draft | None:
    """The draft of this number."""
    sql = "SELECT id, user, team, day, text, state FROM drafts WHERE id = ?"
    row = db.execute(sql, (number,)).fetchone()
    return Draft(row[0], row[1], row[2], date.fromisoformat(row[3]), row[4], row[5] == "submitted") if row else None


def mark_submitted(db: Database, number: int) -> None:
    """Note that the draft counts. The caller holds the transaction."""
    db.execute("UPDATE drafts SET state = 'submitted' WHERE id = ?", (number,))
