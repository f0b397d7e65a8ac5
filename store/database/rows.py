"""One connection to SQLite: statements, and rows by the names of their columns.

sqlite-utils has the same and more, but importing it takes 60 ms of a cold start, and it puts a savepoint around each
query: three statements for one. It makes and upgrades the tables (schema.py), which is seldom.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Parameters = Sequence[Any] | Mapping[str, Any]


class Database:
    """A connection in autocommit: what is written outside of a transaction stands at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run one statement; raises sqlite3.Error."""
        return self.connection.execute(sql, parameters)

    def query(self, sql: str, parameters: Parameters = ()) -> Iterator[dict[str, Any]]:
        """The rows of a statement that has already run, each by the names of its columns."""
        cursor = self.connection.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)

    def rollback(self) -> None:
        """Undo what the transaction has changed; nothing where there is none."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close it."""
        self.connection.close()
