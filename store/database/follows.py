"""SQL for who follows which project."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from store.database.rows import Database


class Follow(NamedTuple):
    """A person who wants to be told of a project of a team, by reports that are dated after `since`."""

    user: str
    team: str
    name: str
    since: date


def put(db: Database, new: Follow) -> bool:
    """Note it; False where it was noted before. The caller holds the transaction."""
    sql = "INSERT OR IGNORE INTO follows (user, team, name, since) VALUES (?, ?, ?, ?)"
    return db.execute(sql, (new.user, new.team, new.name, new.since.isoformat())).rowcount == 1


def drop(db: Database, user: str, team: str, name: str) -> bool:
    """Forget it; False where it wasn't there. The caller holds the transaction."""
    sql = "DELETE FROM follows WHERE user = ? AND team = ? AND name = ?"
    return db.execute(sql, (user, team, name)).rowcount == 1


def every(db: Database) -> tuple[Follow, ...]:
    """Everybody's, by person."""
    rows = db.execute("SELECT user, team, name, since FROM follows ORDER BY user, team, name").fetchall()
    return tuple(Follow(user, team, name, date.fromisoformat(since)) for user, team, name, since in rows)
