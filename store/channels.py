"""How each channel wants its answers, and which answers were shared there already: beside `Library`."""

from __future__ import annotations

from datetime import datetime

from store.database import channels, events
from store.database.channels import Channel
from store.database.connection import guarded
from store.library import Library


@guarded
class Channels:
    """The channels of one library's database. Each method that writes is one transaction."""

    def __init__(self, library: Library) -> None:
        self._connections = library._connections

    def of(self, channel: str) -> Channel | None:
        """What is set for a channel; None where nobody set anything: then answers are for the asker alone."""
        return channels.get(self._connections.db, channel)

    def set(self, channel: str, public: bool, user: str, now: datetime) -> Channel:
        """Let commands in a channel be answered for all of it, or for the asker alone."""
        one = Channel(channel, public, user, now)
        with self._connections.writing() as db:
            channels.put(db, one)
        return one

    def claim(self, share: str, now: datetime) -> bool:
        """Whether this share is new, before anything is posted: of two presses at once one alone is told so."""
        with self._connections.writing() as db:
            return events.first_sight(db, share, now)

    def release(self, share: str) -> None:
        """Take a claim back: nothing was posted."""
        with self._connections.writing() as db:
            events.forget(db, share)
