"""SQL for the answers that people marked as wrong. Nothing else writes this table, and no rereading touches it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from store.database.rows import Database


class Cited(NamedTuple):
    """A citation as it stood when the answer was marked; `team` is "" where nobody says whose report it is."""

    team: str
    source: str
    line: int
    line_end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """An answer that `user` marked as wrong: `head` is its first line. Times are UTC, `closed_at` None while open."""

    number: int
    user: str
    question: str
    kind: str
    head: str
    citations: tuple[Cited, ...]
    reason: str
    marked_at: datetime
    closed_at: datetime | None = None
    closed_by: str | None = None
    note: str | None = None


def put(db: Database, new: Feedback, answer: str) -> tuple[int, bool]:
    """Keep a note, or only its reason where the user has an open one on the same answer (its hash): the number, and
    whether it is new. The caller holds the transaction."""
    sql = "SELECT id FROM feedback WHERE user = ? AND answer = ? AND closed_at IS NULL"
    if row := db.execute(sql, (new.user, answer)).fetchone():
        if new.reason:
            give_reason(db, row[0], new.user, new.reason)
        return int(row[0]), False
    added = db.execute(
        """INSERT INTO feedback (user, answer, question, kind, head, citations, reason, marked_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (new.user, answer, new.question, new.kind, new.head, json.dumps(new.citations, ensure_ascii=False), new.reason,
         new.marked_at.isoformat()),
    )  # fmt: skip
    return int(added.lastrowid or 0), True


def give_reason(db: Database, number: int, user: str, reason: str) -> bool:
    """Set the reason of an open note of this user; False where there is none. The caller holds the transaction."""
    sql = "UPDATE feedback SET reason = ? WHERE id = ? AND user = ? AND closed_at IS NULL"
    return bool(db.execute(sql, (reason, number, user)).rowcount)


def close(db: Database, number: int, by: str, note: str, now: datetime) -> bool:
    """Close an open note; False where there is none. The caller holds the transaction."""
    sql = "UPDATE feedback SET closed_at = ?, closed_by = ?, note = ? WHERE id = ? AND closed_at IS NULL"
    return bool(db.execute(sql, (now.isoformat(), by, note, number)).rowcount)


def every(db: Database) -> tuple[Feedback, ...]:
    """Every note, newest first."""
    return tuple(map(_feedback, db.query("SELECT * FROM feedback ORDER BY marked_at DESC, id DESC")))


def _feedback(row: Mapping[str, Any]) -> Feedback:
    return Feedback(
        row["id"], row["user"], row["question"], row["kind"], row["head"],
        tuple(Cited(*cited) for cited in json.loads(row["citations"])), row["reason"],
        datetime.fromisoformat(row["marked_at"]),
        datetime.fromisoformat(row["closed_at"]) if row["closed_at"] else None, row["closed_by"], row["note"],
    )  # fmt: skip
