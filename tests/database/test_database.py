"""The database file: migrations, several openers at once, what is no database, and transactions that fail."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier

import pytest
from sqlite_utils import Database
from support.written import written

from store.database.connection import MARKS, Connections
from store.database.schema import migrations
from store.errors import DatabaseUnusable
from store.intake import Candidate
from store.library import Library
from store.viewer import EVERYONE

NOW = datetime(2023, 12, 11, 1, 0, tzinfo=UTC)
LATER = date(2023, 12, 31)
ROOT = Path(__file__).resolve().parents[2]
# Waits for a line, so that all processes open the file at about the same moment; then takes a report in.
OPENER = """
import sys
from datetime import UTC, datetime
from store.intake import Candidate
from store.library import Library
path, name = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
library = Library.open(path, create=True)
text = "# 第38周 2023-09-15\\n\\n## O1 服务\\n- 海风" + name + "：进度40%"
file = Candidate(name, "/" + name, name, None, text.encode())
print(*[o.status for o in library.ingest([file], datetime(2023, 12, 11, tzinfo=UTC), "甲组")])
"""


def schema(path: Path) -> list[tuple[str, ...]]:
    """Everything that the file is made of."""
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name").fetchall()
    db.close()
    return [tuple(row) for row in rows]


def file(text: str, name: str) -> Candidate:
    """A file as the intake hands it over."""
    return Candidate(name, f"/{name}", name, None, text.encode())


def test_an_empty_file_gets_the_whole_schema(tmp_path: Path) -> None:
    """A new file and an existing file of no bytes both end with every migration applied."""
    (tmp_path / "b.db").touch()
    for name in ("a.db", "b.db"):
        connections = Connections(str(tmp_path / name), create=True)
        assert migrations.pending(Database(connections.db.connection)) == []
        connections.close()
    tables = {name for kind, name, _ in schema(tmp_path / "a.db") if kind == "table"}
    assert {"reports", "revisions", "items", "updates", "incidents", "subjects", "item_index"} <= tables
    assert schema(tmp_path / "a.db") == schema(tmp_path / "b.db")


def test_the_file_says_that_its_tables_are_the_newest(tmp_path: Path) -> None:
    """A new file bears the marks by which it is opened without looking further: as many as there are migrations."""
    Connections(str(tmp_path / "a.db"), create=True).close()
    with sqlite3.connect(tmp_path / "a.db") as raw:
        assert {mark: raw.execute(f"PRAGMA {mark}").fetchone()[0] for mark in MARKS} == MARKS
    raw.close()
    assert MARKS["user_version"] == len(migrations._migrations)


def test_applying_migrations_twice_changes_nothing(tmp_path: Path) -> None:
    """Opening again, and applying all migrations again, leaves schema and reports as they were."""
    library = Library.open(str(tmp_path / "a.db"), create=True)
    list(library.ingest([file(written("## O1 服务", "- 海风平台：进度40%"), "a.md")], NOW, "甲组"))
    library.close()
    before = schema(tmp_path / "a.db")
    with sqlite3.connect(tmp_path / "a.db") as raw:
        migrations.apply(Database(raw))
    raw.close()
    library = Library.open(str(tmp_path / "a.db"))
    assert schema(tmp_path / "a.db") == before
    assert [p.name for p in library.projects(EVERYONE, LATER)] == ["海风平台"]
    library.close()


def test_every_stage_of_the_schema_can_be_brought_up_to_date(tmp_path: Path) -> None:
    """A file left at any migration, with a report in it, opens as the newest schema with that report."""
    names = [migration.name for migration in migrations._migrations]
    for count in range(1, len(names)):
        path = tmp_path / f"{count}.db"
        with sqlite3.connect(path) as raw:
            migrations.apply(Database(raw), stop_before=names[count])
            raw.execute(
                """INSERT INTO reports (team, origin, source, report_date, period_start, period_end, revision)
                   VALUES ('甲组', '/a.md', 'a.md', '2023-09-15', '2023-09-11', '2023-09-17', 1)"""
            )
            raw.commit()
        raw.close()
        library = Library.open(str(path))
        assert library.span(EVERYONE, LATER) == (1, date(2023, 9, 15), date(2023, 9, 15))
        library.close()
        assert {name for _, name, _ in schema(path)} >= {"item_index", "subjects", "reports"}


def test_a_file_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    """A migration that we don't know means a newer program; we refuse and change nothing."""
    Connections(str(tmp_path / "a.db"), create=True).close()
    with sqlite3.connect(tmp_path / "a.db") as db:
        db.execute(f"PRAGMA user_version = {MARKS['user_version'] + 1}")
        db.execute("UPDATE _sqlite_migrations SET name = 'm999_to_come' WHERE name LIKE 'm001%'")
    db.close()
    before = (tmp_path / "a.db").read_bytes()
    with pytest.raises(DatabaseUnusable) as error:
        Library.open(str(tmp_path / "a.db"))
    assert error.value.reason == "newer"
    assert (tmp_path / "a.db").read_bytes() == before


def test_the_file_is_in_wal_mode(tmp_path: Path) -> None:
    """Readers don't wait for a writer: the journal is WAL, for this and every later opener; foreign keys hold."""
    connections = Connections(str(tmp_path / "a.db"), create=True)
    assert connections.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connections.db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    with connections.writing() as db, ThreadPoolExecutor(1) as other:
        db.execute("INSERT INTO seen_events (event_id, seen_at) VALUES ('e', 'now')")
        count = "SELECT count(*) FROM seen_events"
        assert other.submit(lambda: connections.db.execute(count).fetchone()[0]).result() == 0
        assert db.execute(count).fetchone()[0] == 1
    connections.close()


@pytest.mark.parametrize(
    "content", [b"no database at all, just a text" * 9, b"notes", b"SQLite format 3\x00" + b"\xff" * 600]
)
def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    """A text or a broken header raises one error of ours, names the file, and isn't written to."""
    path = tmp_path / "a.db"
    path.write_bytes(content)
    for create in (True, False):
        with pytest.raises(DatabaseUnusable) as error:
            Library.open(str(path), create=create)
        assert (error.value.path, error.value.reason in {"not_a_database", "damaged"}) == (str(path), True)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    """Without leave to create, a SQLite file that was never ours gets no tables of ours."""
    with sqlite3.connect(tmp_path / "a.db") as db:
        db.execute("CREATE TABLE songs (title)")
    db.close()
    with pytest.raises(DatabaseUnusable):
        Library.open(str(tmp_path / "a.db"))
    assert [name for _, name, _ in schema(tmp_path / "a.db")] == ["songs"]


def test_places_that_cannot_hold_a_database(tmp_path: Path) -> None:
    """A missing file, a folder, and a file in a folder that isn't there are errors of ours, and nothing is made."""
    cases = [("gone.db", False), ("", True), ("", False), ("no/such/folder/a.db", True)]
    for name, create in cases:
        with pytest.raises(DatabaseUnusable):
            Library.open(str(tmp_path / name), create=create)
    assert list(tmp_path.iterdir()) == []


def test_threads_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    """Eight threads that open one new file and take a report in each: all go in, nobody fails."""
    barrier = Barrier(8)

    def work(number: int) -> list[str]:
        barrier.wait()
        library = Library.open(str(tmp_path / "a.db"), create=True)
        text = written("## O1 服务", f"- 海风平台{number}号：进度40%")
        try:
            return [o.status for o in library.ingest([file(text, f"{number}.md")], NOW, "甲组")]
        finally:
            library.close()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(8))) == [["added"]] * 8
    library = Library.open(str(tmp_path / "a.db"))
    assert len(library.projects(EVERYONE, LATER)) == 8
    library.close()


def test_processes_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    """Three processes that open one new file and take a report in each: all go in, nobody fails."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, str(tmp_path / "a.db"), f"{number}.md"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        ) for number in range(3)
    ]  # fmt: skip
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60) for process in started] == [("added\n", "")] * 3
    library = Library.open(str(tmp_path / "a.db"))
    assert len(library.projects(EVERYONE, LATER)) == 3
    library.close()


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    """What was written before an error is gone after it, the error comes through, and the next writer goes on."""
    connections = Connections(str(tmp_path / "a.db"), create=True)
    insert = "INSERT INTO seen_events (event_id, seen_at) VALUES (?, 'now')"

    def half() -> None:
        with connections.writing() as db:
            db.execute(insert, ("half",))
            raise KeyError

    with pytest.raises(KeyError):
        half()
    with connections.writing() as db:
        db.execute(insert, ("whole",))
    assert [row["event_id"] for row in connections.db.query("SELECT event_id FROM seen_events")] == ["whole"]
    connections.close()


def test_a_report_that_fails_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    """When storing a revision breaks among its facts, report, facts, links, index and history are those of before."""
    library = Library.open(str(tmp_path / "a.db"), create=True)
    list(library.ingest([file(written("## O1 服务", "- 海风平台：进度40%"), "a.md")], NOW, "甲组"))
    with sqlite3.connect(tmp_path / "a.db") as db:
        db.execute("CREATE TRIGGER broken BEFORE INSERT ON goals BEGIN SELECT raise(ABORT, 'disk on fire'); END")
    db.close()
    worse = written("## O1 服务", "- 云帆平台：进度50%", "# 下周工作", "1. 联调", title="# 第39周 2023-09-22")
    with pytest.raises((sqlite3.Error, DatabaseUnusable)):
        list(library.ingest([file(worse, "a.md")], NOW, "甲组"))
    assert [p.name for p in library.projects(EVERYONE, LATER)] == ["海风平台"]
    (ref,) = library.reports_between(EVERYONE, LATER, None, LATER)
    assert (ref.label, library.cite(EVERYONE, ref, 4).quote) == ("第38周", "- 海风平台：进度40%")
    assert library.search(EVERYONE, LATER, "海风平台", None, LATER).exact
    assert not library.search(EVERYONE, LATER, "云帆平台", None, LATER).exact
    library.close()
