"""The outbox: messages that must be sent, and not twice, whichever process sends them and however often one dies.

A message is claimed with a lease, sent, and settled. Who claims it after somebody whose answer never came (`doubtful`)
must look first whether it stands in the conversation. In between a claim and its settling a process may die at any
point. Beside `Library`, whose database it writes to.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from store.database import outbox
from store.database.connection import guarded
from store.database.outbox import OPEN, Letter, Sending
from store.library import Library

__all__ = ["OPEN", "Letter", "Outbox", "Sending"]


@guarded
class Outbox:
    """The outbox of one library's chat. Each method that writes is one transaction; all times are aware."""

    def __init__(self, library: Library) -> None:
        self._connections = library._connections

    def claim(self, key: str, recipient: str, now: datetime, lease: timedelta) -> Letter | None:
        """Take a message to send it; None where another process has it, it waits, or it is settled."""
        known = outbox.get(self._connections.db, key)
        if known is not None and (known.state not in OPEN or known.wait_until > now):
            return None  # most of the time, and without waiting for whoever writes
        with self._connections.writing() as db:
            return outbox.claim(db, key, recipient, now, now + lease)

    def renew(self, letter: Letter, now: datetime, lease: timedelta) -> bool:
        """Whether the message is still ours, with the whole lease before us."""
        with self._connections.writing() as db:
            current = outbox.get(db, letter.key)
            ours = current is not None and (current.tries, current.state) == (letter.tries, Sending.CLAIMED)
            if ours:
                outbox.put(db, letter.key, wait_until=(now + lease).isoformat())
            return ours

    def sent(self, letter: Letter, channel: str, ts: str, now: datetime, mark: str = "") -> None:
        """Note where it stands; that counts whoever has the claim by now."""
        self._settle(letter, Sending.SENT, now, channel=channel, ts=ts, mark=mark, reason="")

    def wait(self, letter: Letter, now: datetime, until: datetime, state: Sending, reason: str) -> None:
        """Try again then: `WAITING` where Slack surely didn't take it, else `UNCERTAIN`."""
        self._settle(letter, state, now, wait_until=until.isoformat(), reason=reason)

    def end(self, letter: Letter, now: datetime, state: Sending, reason: str) -> None:
        """Never send it: `DROPPED` or `FAILED`."""
        self._settle(letter, state, now, reason=reason)

    def _settle(self, letter: Letter, state: Sending, now: datetime, **values: str) -> None:
        with self._connections.writing() as db:
            current = outbox.get(db, letter.key)
            ours = current is not None and current.tries == letter.tries
            if ours or state is Sending.SENT:
                outbox.put(db, letter.key, state=state, changed_at=now.isoformat(), **values)

    def now_says(self, letter: Letter, mark: str, now: datetime) -> None:
        """Note that the message was changed where it stands."""
        with self._connections.writing() as db:
            outbox.put(db, letter.key, mark=mark, changed_at=now.isoformat())

    def snooze(self, letter: Letter, until: datetime, now: datetime) -> None:
        """Send it once more then, as another round."""
        with self._connections.writing() as db:
            outbox.put(
                db, letter.key, state=Sending.SNOOZED, round=letter.round + 1, wait_until=until.isoformat(),
                changed_at=now.isoformat(),
            )  # fmt: skip

    def retry(self, letter: Letter, now: datetime) -> bool:
        """Let a message that failed, or that isn't certain, be tried at once; False for any other."""
        if letter.state not in (Sending.FAILED, Sending.UNCERTAIN, Sending.WAITING):
            return False
        state = Sending.UNCERTAIN if letter.state is Sending.UNCERTAIN else Sending.WAITING
        with self._connections.writing() as db:
            outbox.put(db, letter.key, state=state, wait_until=now.isoformat(), changed_at=now.isoformat())
        return True

    def find(self, key: str) -> Letter | None:
        """The message of this key."""
        return outbox.get(self._connections.db, key)

    def standing_at(self, channel: str, ts: str) -> Letter | None:
        """The message that stands there in Slack."""
        return outbox.standing_at(self._connections.db, channel, ts)

    def since(self, moment: datetime) -> tuple[Letter, ...]:
        """Those first claimed since `moment`, oldest first."""
        return outbox.since(self._connections.db, moment)
