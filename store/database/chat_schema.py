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

_POSTS = """
CREATE TABLE posts (
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,                       -- of the message that asked
    thread TEXT NOT NULL,                   -- where the answer stands, '' outside of a thread
    user TEXT NOT NULL,
    question TEXT NOT NULL,
    answer_ts TEXT,                         -- NULL until the answer is posted
    asked_at TEXT NOT NULL,                 -- UTC
    PRIMARY KEY (channel, ts)
);
CREATE INDEX posts_by_thread ON posts (channel, thread, user, asked_at);
CREATE INDEX posts_by_age ON posts (asked_at);
"""

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


@migrations()
def m015_posts(db: Database) -> None:
    """What was asked where, and which message answers it."""
    run(db, _POSTS)


@migrations()
def m019_drafts(db: Database) -> None:
    """Reports on their way in: kept before anything else is done with them."""
    run(db, _DRAFTS)


_FOLLOWS = """
CREATE TABLE follows (
    user TEXT NOT NULL,                     -- Slack's id
    team TEXT NOT NULL,
    name TEXT NOT NULL,                     -- of the project, as it was called then
    since TEXT NOT NULL,                    -- the day of the team's newest report by then: later ones are told of
    PRIMARY KEY (user, team, name)
);
CREATE TABLE follow_notices (
    user TEXT NOT NULL,
    report_id INTEGER NOT NULL,
    told_at TEXT NOT NULL,                  -- UTC
    PRIMARY KEY (user, report_id)
);
"""


@migrations()
def m016_follows(db: Database) -> None:
    """Who follows which project, and of which reports they were told."""
    run(db, _FOLLOWS)


_ROSTER = """
CREATE TABLE team_overrides (
    team TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('changed', 'whole', 'removed')),  -- over the file's team, instead of it, no team
    keys TEXT NOT NULL,                     -- JSON, by the keys of teams.toml
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL                -- UTC
);
"""


@migrations()
def m017_roster(db: Database) -> None:
    """What was changed of teams by command."""
    run(db, _ROSTER)
