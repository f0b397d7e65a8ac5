"""Opening the database: one connection per thread, WAL, our SQL functions, and migrations up to date."""

from __future__ import annotations

import inspect
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from store.database.reports import version
from store.database.rows import Database
from store.errors import DatabaseUnusable
from store.words.bigrams import bigrams
from store.words.segments import segments

# Writers wait for each other this long, in seconds, before giving up.
BUSY_SECONDS = 10.0
# Pages kept in memory by each connection. SQLite's own 2 MiB hold less than the inner pages of a large index.
CACHE_KIB = 16 * 1024
# What a file says of itself whose tables are this program's newest: nothing else needs to be looked at then.
MARKS = {"application_id": 0x7A687A68, "user_version": 19}
Guarded = TypeVar("Guarded")


class Connections:
    """The connections to one database file, one per thread, closed together.

    `create` makes the file when it isn't there; without it a missing file raises `DatabaseUnusable`.
    """

    def __init__(self, path: str, *, create: bool) -> None:
        self.path = path
        if not create and not Path(path).is_file():
            raise DatabaseUnusable(path, "missing")
        self._local = threading.local()
        self._all: list[Database] = []
        self._lock = threading.Lock()
        self._prepare()

    def _prepare(self) -> None:
        with self.wrapped():
            if {mark: self.db.execute(f"PRAGMA {mark}").fetchone()[0] for mark in MARKS} == MARKS:
                return
            from store.database import upgrading  # sqlite-utils with it, which takes 60 ms

            problem = upgrading.problem(self.db)
            if problem:
                raise DatabaseUnusable(self.path, problem)
            # Two processes may open a new file at once: the second waits here, and then finds nothing left to do.
            with self.writing() as db:
                upgrading.upgrade(db)
                for mark, value in MARKS.items():
                    db.execute(f"PRAGMA {mark} = {value}")

    @contextmanager
    def wrapped(self) -> Iterator[None]:
        """What SQLite raises inside comes out as `DatabaseUnusable`."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise DatabaseUnusable(self.path, _reason(error)) from error

    @property
    def db(self) -> Database:
        """This thread's connection."""
        if not hasattr(self._local, "db"):
            with self.wrapped():
                self._local.db = self._connect()
        found: Database = self._local.db
        return found

    def _connect(self) -> Database:
        connection = sqlite3.connect(self.path, BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        db = Database(connection)
        with self._lock:
            self._all.append(db)
        connection.create_function("bigrams", 1, bigrams, deterministic=True)
        connection.create_function("words", 1, segments, deterministic=True)
        db.execute("PRAGMA foreign_keys = ON")
        _enable_wal(db)
        db.execute("PRAGMA synchronous = NORMAL")
        # Debian's SQLite writes zeros over all that is deleted, also where that alone makes it write a page, and FTS5
        # deletes with every merge of its index: a fifth of the time of taking in a folder.
        db.execute("PRAGMA secure_delete = FAST")
        db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        return db

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """A transaction that writes: all of it or nothing. Writers of all threads and processes take turns."""
        db = self.db
        # A transaction that starts by reading can't always be raised to a writing one in WAL mode, so it says at once.
        with self.wrapped():
            db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.execute("COMMIT")
        except BaseException:
            db.rollback()
            raise

    @contextmanager
    def resting(self) -> Iterator[None]:
        """A transaction that reads: all that this thread asks in it sees one state of the database, whoever writes
        meanwhile. One within another is a part of it."""
        if self._resting is not None:
            yield
            return
        with self.wrapped():
            self.db.execute("BEGIN")
            self._local.resting = version(self.db)
        try:
            yield
        finally:
            self._local.resting = None
            self.db.rollback()

    @property
    def _resting(self) -> int | None:
        found: int | None = getattr(self._local, "resting", None)
        return found

    @property
    def version(self) -> int:
        """The number of the database's state, which grows with every change of what can be answered."""
        return version(self.db) if self._resting is None else self._resting

    def close(self) -> None:
        """Close every thread's connection; using one afterwards opens it anew."""
        with self._lock:
            for db in self._all:
                db.close()
            self._all.clear()
        self._local = threading.local()


def _enable_wal(db: Database) -> None:
    """Switch to WAL. SQLite doesn't wait its time for this lock where two open a new file at once, so we do."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            if db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                db.execute("PRAGMA journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def guarded(library: type[Guarded]) -> type[Guarded]:
    """A class decorator: what SQLite raises in any method comes out as `DatabaseUnusable` with the file's path.

    The class keeps its `Connections` in `_connections`.
    """
    for name, method in list(vars(library).items()):
        if inspect.isfunction(method) and not name.startswith("__"):
            wrap = _guarded_generator if inspect.isgeneratorfunction(method) else _guarded_call
            setattr(library, name, wrap(method))
    return library


def _guarded_call(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(self: Any, *args: Any, **named: Any) -> Any:
        try:
            return method(self, *args, **named)
        except sqlite3.DatabaseError:
            with self._connections.wrapped():  # around every call it would cost more than many of them
                raise

    return call


def _guarded_generator(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(self: Any, *args: Any, **named: Any) -> Any:
        with self._connections.wrapped():
            yield from method(self, *args, **named)

    return call


def _reason(error: sqlite3.DatabaseError) -> str:
    text = str(error)
    if "not a database" in text:
        return "not_a_database"
    if "malformed" in text or "corrupt" in text:
        return "damaged"
    if "full" in text:
        return "full"
    return "locked" if "locked" in text else "denied"
