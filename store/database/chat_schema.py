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


_DRAFTS = """
CREATE TABLE drafts (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,               -- what tells a repeated request from another one
    user TEXT NOT NULL,                     -- Slack's id
    team TEXT NOT NULL,
    day TEXT NOT NULL,                      -- the report's date
    text TEXT NOT NULL,
    kept_at TEXT NOT NULL,                  -- UTC
    state TEXT NOT NULL DEFAULT 'draft'     -- draft, submitted
);
"""


@migrations()
def m019_drafts(db: Database) -> None:
    """Reports on their way in: kept before anything else is done with them."""
    run(db, _DRAFTS)
