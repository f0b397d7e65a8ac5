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


_OUTBOX = """
CREATE TABLE outbox (
    key TEXT PRIMARY KEY,                   -- what is said to whom, as a JSON list
    recipient TEXT NOT NULL,                -- a person's or a channel's id
    state TEXT NOT NULL,                    -- claimed, waiting, uncertain, snoozed, sent, dropped, failed
    round INTEGER NOT NULL,                 -- grows with every snooze: each round is a message of its own
    tries INTEGER NOT NULL,                 -- grows with every claim, so that a late comer can't speak for the next
    wait_until TEXT NOT NULL,               -- UTC: the end of the lease, or when to try again
    channel TEXT NOT NULL,                  -- where it stands once it is sent
    ts TEXT NOT NULL,
    mark TEXT NOT NULL,                     -- what it says there now
    reason TEXT NOT NULL,                   -- why it was dropped, failed or isn't certain
    made_at TEXT NOT NULL,                  -- UTC: the first claim
    changed_at TEXT NOT NULL                -- UTC
);
CREATE INDEX outbox_by_age ON outbox (made_at);
"""


@migrations()
def m013_outbox(db: Database) -> None:
    """Messages that must be sent, and not twice."""
    run(db, _OUTBOX)


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


_REMINDERS = """
CREATE TABLE known_teams (
    team TEXT PRIMARY KEY,
    since TEXT NOT NULL                     -- UTC: weeks that were due before are nobody's business
);
CREATE TABLE excuses (
    team TEXT NOT NULL,
    week TEXT NOT NULL,                     -- its Monday
    reason TEXT NOT NULL,
    given_by TEXT NOT NULL,                 -- Slack's id
    given_at TEXT NOT NULL,                 -- UTC
    PRIMARY KEY (team, week)
);
CREATE TABLE calendar_days (
    team TEXT NOT NULL,                     -- '' for all of the organisation
    day TEXT NOT NULL,
    works INTEGER NOT NULL,                 -- whether people work on it
    note TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,                   -- UTC
    PRIMARY KEY (team, day)
);
INSERT INTO outbox (key, recipient, state, round, tries, wait_until, channel, ts, mark, reason, made_at, changed_at)
    SELECT json_array('news', report_id, user), user, 'sent', 1, 1, told_at, '', '', '', '', told_at, told_at
    FROM follow_notices;
DROP TABLE follow_notices;
"""


@migrations()
def m018_reminders(db: Database) -> None:
    """Since when teams are reminded, why a week has no report, days of our own; the outbox tells followers, too."""
    run(db, _REMINDERS)
