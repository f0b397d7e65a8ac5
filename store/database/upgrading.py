"""Making the tables of a file, or bringing them up to date: where the only use of sqlite-utils is."""

from __future__ import annotations

import sqlite_utils

from store.database.chat_schema import migrations
from store.database.rows import Database


def problem(db: Database) -> str | None:
    """Why the file can't be used: `newer` where a newer program made its tables, `not_a_database` where they are
    somebody else's, to which nothing is added."""
    upgraded = _upgraded(db)
    applied = {migration.name for migration in migrations.applied(upgraded)}
    if applied - {migration.name for migration in migrations._migrations}:
        return "newer"
    return "not_a_database" if not applied and upgraded.table_names() else None


def upgrade(db: Database) -> None:
    """Bring the tables up to date, within the transaction that is open."""
    migrations.apply(_upgraded(db))


def _upgraded(db: Database) -> sqlite_utils.Database:
    return sqlite_utils.Database(db.connection, execute_plugins=False)
