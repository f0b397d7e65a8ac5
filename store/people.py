"""The people of the chat: what they set for themselves, and the language that Slack says they use.

Beside `Library`, whose database it writes to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from store.database import people
from store.database.connection import guarded
from store.database.people import Person
from store.library import Library

__all__ = ["LOCALE_HOLDS", "PeopleBook", "Person"]

LOCALE_HOLDS = timedelta(days=1)  # whoever changes Slack's language is spoken to in it from the next day on


@guarded
class PeopleBook:
    """The people of one library's chat. Each method that writes is one transaction."""

    def __init__(self, library: Library) -> None:
        self._connections = library._connections

    def find(self, user: str) -> Person:
        """What is known of somebody; of a stranger nothing but the id."""
        return people.find(self._connections.db, user)

    def heard_locale(self, user: str, locale: str, now: datetime) -> None:
        """Note Slack's locale of somebody (`zh-CN`; "" where Slack doesn't say)."""
        self._put(user, locale=locale, locale_at=now.isoformat())

    def choose_language(self, user: str, language: str | None) -> None:
        """Set the language somebody wants to be spoken to in (`zh`, `en`), None for Slack's."""
        self._put(user, language=language)

    def snooze(self, user: str, until: datetime | None) -> None:
        """Send no reminder before `until` (UTC); None wakes them again."""
        self._put(user, snoozed_until=until.isoformat() if until else None)

    def leave(self, user: str, until: date | None) -> None:
        """Note that somebody is away, and `until` which first day back; None brings them back."""
        self._put(user, away_until=until.isoformat() if until else None)

    def away(self, on: date) -> Mapping[str, date]:
        """Who is away on that day, each with the first day back."""
        told = people.away(self._connections.db)
        return {one.user: one.away_until for one in told if one.away_until and one.away_until > on}

    def snoozing(self, now: datetime) -> Mapping[str, datetime]:
        """Who wants no reminder now, and until when (UTC)."""
        told = people.snoozing(self._connections.db)
        return {one.user: one.snoozed_until for one in told if one.snoozed_until and one.snoozed_until > now}

    def heard_email(self, user: str, email: str) -> None:
        """Note whose address this is; the one who had it before has it no more."""
        with self._connections.writing() as db:
            people.take_email(db, email)
            people.put(db, user, email=email)

    def by_email(self) -> Mapping[str, str]:
        """Slack's id of everybody whose address was looked up, by the address in small letters."""
        return people.by_email(self._connections.db)

    def _put(self, user: str, **values: str | None) -> None:
        with self._connections.writing() as db:
            people.put(db, user, **values)
