"""SQL for how each channel wants its answers. Nothing else writes this table, and no rereading touches it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.database.rows import Database


@dataclass(frozen=True, slots=True)
class Channel:
    """Whether answers to commands are shown to all of a channel, or to the asker alone; who said so, and when (UTC)."""

    channel: str
    public: bool
    set_by: str
    set_at: datetime


def get(db: Database, channel: str) -> Channel | None:
    """What is set for the channel; None where nobody set anything."""
    row = db.execute("SELECT public, set_by, set_at FROM channels WHERE channel = ?", (channel,)).fetchone()
    return Channel(channel, bool(row[0]), row[1], datetime.fromisoformat(row[2])) if row else None


def put(db: Database, one: Channel) -> None:
    """Set it, in place of what was set before. The caller holds the transaction."""
    db.execute(
        "INSERT OR REPLACE INTO channels (channel, public, set_by, set_at) VALUES (?, ?, ?, ?)",
        (one.channel, one.public, one.set_by, one.set_at.isoformat()),
    )
