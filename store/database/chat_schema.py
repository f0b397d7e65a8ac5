"""The tables of the chat: who people are, what they were told, what waits to be sent. No reading ever touches them."""

from __future__ import annotations

from sqlite_utils import Database

from store.database.schema import migrations, run

__all__ = ["migrations"]

_PEOPLE = """
CREATE TABLE people (
    user TEXT PRIMARY KEY,                  -- Slack's id
    email TEXT,
    locale TEXT,                            -- as Slack has it, zh-CN; asked at locale_at (UTC)
    locale_at TEXT,
    language TEXT,                          -- zh or en where the person chose one
    snoozed_until TEXT,                     -- UTC
    away_until TEXT                         -- the first day back
);
"""


@migrations()
def m012_people(db: Database) -> None:
    """Who people are, and what they set for themselves."""
    run(db, _PEOPLE)


_CHANNELS = """
CREATE TABLE channels (
    channel TEXT PRIMARY KEY,               -- Slack's id
    public INTEGER NOT NULL,                -- whether answers to commands are shown to all of it
    set_by TEXT NOT NULL,                   -- Slack's id of a person
    set_at TEXT NOT NULL                    -- UTC
);
"""


@migrations()
def m014_channels(db: Database) -> None:
    """How each channel wants its answers."""
    run(db, _CHANNELS)
