"""SQL for the events that Slack sent, so that its retries are known."""

from __future__ import annotations

from datetime import datetime, timedelta

from store.database.rows import Database

# Slack retries within an hour; a day leaves room for clocks that differ.
KEPT = timedelta(days=1)


def first_sight(db: Database, event_id: str, at: datetime) -> bool:
    """Note the event; False when it was noted before, by this process or another on the same database.

    The caller holds the transaction.
    """
    db.execute("DELETE FROM seen_events WHERE seen_at < ?", ((at - KEPT).isoformat(),))
    row = (event_id, at.isoformat())
    return db.execute("INSERT OR IGNORE INTO seen_events (event_id, seen_at) VALUES (?, ?)", row).rowcount == 1


def forget(db: Database, event_id: str) -> None:
    """Let it be new again: what it stood for didn't happen. The caller holds the transaction."""
    db.execute("DELETE FROM seen_events WHERE event_id = ?", (event_id,))
