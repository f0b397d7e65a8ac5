"""SQL for the people of the chat: their language, and until when they want no reminders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from store.database.rows import Database


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is, by Slack's id. `locale` is Slack's (`zh-CN`), as it was at `locale_at` (UTC), None where it was
    never asked for; `language` is `zh` or `en` where they chose one; `snoozed_until` is UTC; `away_until` the first day
    back."""

    user: str
    locale: str | None = None
    locale_at: datetime | None = None
    language: str | None = None
    snoozed_until: datetime | None = None
    away_until: date | None = None


_FIELDS = ("email", "locale", "locale_at", "language", "snoozed_until", "away_until")


def find(db: Database, user: str) -> Person:
    """What is known of somebody; of a stranger nothing but the id."""
    for row in db.query("SELECT * FROM people WHERE user = ?", (user,)):
        return _person(row)
    return Person(user)


def put(db: Database, user: str, **values: str | None) -> None:
    """Set some of the fields, as text. The caller holds the transaction."""
    assert set(values) <= set(_FIELDS)
    db.execute("INSERT OR IGNORE INTO people (user) VALUES (?)", (user,))
    names = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE people SET {names} WHERE user = ?", (*values.values(), user))


def away(db: Database) -> tuple[Person, ...]:
    """Everybody who said that they are away."""
    return tuple(map(_person, db.query("SELECT * FROM people WHERE away_until IS NOT NULL ORDER BY user")))


def snoozing(db: Database) -> tuple[Person, ...]:
    """Everybody who put reminders off at some time."""
    return tuple(map(_person, db.query("SELECT * FROM people WHERE snoozed_until IS NOT NULL ORDER BY user")))


def by_email(db: Database) -> dict[str, str]:
    """The people whose address is known."""
    return dict(db.execute("SELECT email, user FROM people WHERE email IS NOT NULL").fetchall())


def take_email(db: Database, email: str) -> None:
    """Let nobody have this address. The caller holds the transaction."""
    db.execute("UPDATE people SET email = NULL WHERE email = ?", (email,))


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        row["user"], row["locale"], datetime.fromisoformat(row["locale_at"]) if row["locale_at"] else None,
        row["language"], datetime.fromisoformat(row["snoozed_until"]) if row["snoozed_until"] else None,
        date.fromisoformat(row["away_until"]) if row["away_until"] else None,
    )  # fmt: skip
