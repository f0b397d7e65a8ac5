"""SQL for the outbox: messages that must be sent, and not twice. Each is claimed, with a lease, before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from store.database.rows import Database


class Sending(StrEnum):
    """How it stands with a message: claimed by a process until its lease ends; waiting until Slack wants it, surely not
    sent; uncertain, since Slack's answer was lost; snoozed; sent; dropped, since nobody needs it any more; failed."""

    CLAIMED = "claimed"
    WAITING = "waiting"
    UNCERTAIN = "uncertain"
    SNOOZED = "snoozed"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"


OPEN = (Sending.CLAIMED, Sending.WAITING, Sending.UNCERTAIN, Sending.SNOOZED)
_POSSIBLY_SENT = (Sending.CLAIMED, Sending.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of the outbox. `key` says what is told to whom; `round` counts the times it is meant to be sent (a
    snooze begins the next one), `tries` the claims; `channel` and `ts` are where it stands, "" until it is sent, `mark`
    what it says there. `doubtful` is whether an earlier try of this round may have reached Slack. Times are UTC."""

    key: str
    recipient: str
    state: Sending
    round: int
    tries: int
    wait_until: datetime
    channel: str
    ts: str
    mark: str
    reason: str
    made_at: datetime
    changed_at: datetime
    doubtful: bool = False

    @property
    def stamp(self) -> str:
        """What the message carries in Slack, to be found by."""
        return f"{self.key}#{self.round}"


def claim(db: Database, key: str, recipient: str, now: datetime, until: datetime) -> Letter | None:
    """Take a message to send it, until the lease ends; None where it is another's, or settled. The caller holds the
    transaction."""
    before = get(db, key)
    if before is None:
        db.execute(
            """INSERT INTO outbox (key, recipient, state, round, tries, wait_until, channel, ts, mark, reason, made_at,
               changed_at) VALUES (?, ?, 'claimed', 1, 1, ?, '', '', '', '', ?, ?)""",
            (key, recipient, until.isoformat(), now.isoformat(), now.isoformat()),
        )
        return get(db, key)
    if before.state not in OPEN or before.wait_until > now:
        return None
    put(db, key, state=Sending.CLAIMED, tries=before.tries + 1, wait_until=until.isoformat())
    return get(db, key, doubtful=before.state in _POSSIBLY_SENT)


def put(db: Database, key: str, **values: str | int) -> None:
    """Set some of the columns. The caller holds the transaction."""
    names = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE outbox SET {names} WHERE key = ?", (*values.values(), key))


def get(db: Database, key: str, *, doubtful: bool = False) -> Letter | None:
    """The message of this key."""
    rows = db.query("SELECT * FROM outbox WHERE key = ?", (key,))
    return next((_letter(row, doubtful) for row in rows), None)


def since(db: Database, moment: datetime) -> tuple[Letter, ...]:
    """The messages that were first claimed since then, oldest first."""
    rows = db.query("SELECT * FROM outbox WHERE made_at >= ? ORDER BY made_at, key", (moment.isoformat(),))
    return tuple(_letter(row) for row in rows)


def standing_at(db: Database, channel: str, ts: str) -> Letter | None:
    """The message that stands there."""
    rows = db.query("SELECT * FROM outbox WHERE channel = ? AND ts = ?", (channel, ts))
    return next((_letter(row) for row in rows), None)


def _letter(row: Mapping[str, Any], doubtful: bool = False) -> Letter:
    moments = (datetime.fromisoformat(row[name]) for name in ("wait_until", "made_at", "changed_at"))
    wait_until, made_at, changed_at = moments
    return Letter(
        row["key"], row["recipient"], Sending(row["state"]), row["round"], row["tries"], wait_until, row["channel"],
        row["ts"], row["mark"], row["reason"], made_at, changed_at, doubtful,
    )  # fmt: skip
