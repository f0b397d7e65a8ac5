"""SQL for what people corrected by hand. Nothing else writes this table, and no rereading touches it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.amending import Correction, Field
from store.database.rows import Database


def every(db: Database) -> tuple[Correction, ...]:
    """Every correction, oldest first."""
    return tuple(map(_correction, db.query("SELECT * FROM corrections ORDER BY decided_at, id")))


def put(db: Database, new: Correction) -> int:
    """Keep a correction in the place of an earlier one of the same fact's field; its number. The caller holds the
    transaction."""
    for old in every(db):
        if old.key == new.key:
            remove(db, old.number)
    added = db.execute(
        """INSERT INTO corrections (report_id, field, name, quote, nth, among, was, value, reason, decided_by,
           decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (new.report_id, new.field, new.name, new.quote, new.nth, new.among, new.read, new.value, new.reason,
         new.decided_by, new.decided_at.isoformat()),
    )  # fmt: skip
    return int(added.lastrowid or 0)


def remove(db: Database, number: int) -> bool:
    """Take a correction back; False where there is none of this number. The caller holds the transaction."""
    return bool(db.execute("DELETE FROM corrections WHERE id = ?", (number,)).rowcount)


def _correction(row: Mapping[str, Any]) -> Correction:
    return Correction(
        row["id"], row["report_id"], Field(row["field"]), row["name"], row["quote"], row["nth"], row["among"],
        row["was"], row["value"], row["reason"], row["decided_by"], datetime.fromisoformat(row["decided_at"]),
    )  # fmt: skip
