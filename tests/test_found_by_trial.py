"""What a stranger found about files and databases: odd names, endless files, teams named late, disks that fail."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.command import complaint, rows, run
from support.made_up import weekly
from support.places import AFTER_SEEDS, NOW, ROOT, SEEDS

from store.database.connection import Connections, guarded
from store.errors import DatabaseUnusable
from store.intake import Candidate, candidates
from store.library import Library
from store.viewer import EVERYONE

W38 = weekly("第38周", "2023-09-15", ["- 海棠平台：开发进度60%，预计9/22提测", "- 木槿网关：开发进度30%"])
W39 = weekly("第39周", "2023-09-22", ["- 海棠平台：开发进度70%"])
DAY = ("--today", "2023-12-11")


@pytest.fixture
def database(seeds_database: Path, tmp_path: Path) -> Path:
    """A copy of the database of the samples."""
    return Path(shutil.copy(seeds_database, tmp_path / "copy.db"))


def program(*args: str | Path, folder: Path | None = None, user: int | None = None) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own, which may not take a minute."""
    command = [sys.executable, "-m", "bot", *map(str, args)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=60, env=environment, cwd=folder, user=user
    )


# ---- files with odd names, and files that are none ---------------------------------------------------------
ODD_NAMES = {"not UTF-8": b"a\xff.md", "two lines": b"a\nb.md", "a control": b"a\x1b[2J.md"}


def odd_folder(top: Path, *names: bytes) -> Path:
    """A folder with one plain report, and one more under each of these names."""
    top.mkdir()
    (top / "plain.md").write_text(W39, encoding="utf-8")
    for name in names:
        try:
            with open(os.path.join(os.fsencode(top), name), "wb") as file:  # noqa: PTH118, PTH123 (a Path is no bytes)
                file.write(W38.encode())
        except OSError:
            pytest.skip("this file system takes no such name")
    return top


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_an_odd_name_stops_no_other_file(tmp_path: Path, name: bytes) -> None:
    """A name that no terminal could print: it and its neighbour go in, the output is JSON on one line, and it is cited
    on one line."""
    ran = run("ingest", odd_folder(tmp_path / "odd", name), "--db", tmp_path / "odd.db", "--json")
    assert (ran.code, ran.err, ran.out.count("\n"), ran.json["added"]) == (0, "", 1, 2)
    assert all(file["source"].isprintable() for file in ran.json["files"])
    asked = run("ask", "/status 木槿网关", "--db", tmp_path / "odd.db", *DAY, "--json")
    assert (asked.code, asked.json["found"], asked.out.count("\n")) == (0, True, 1)
    assert asked.json["citations"][0]["source"].isprintable()


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_an_odd_name_is_known_again(tmp_path: Path, name: bytes) -> None:
    """Read once more, nothing of the folder is new."""
    folder = odd_folder(tmp_path / "odd", name)
    run("ingest", folder, "--db", tmp_path / "odd.db")
    again = run("ingest", folder, "--db", tmp_path / "odd.db", "--json").json
    assert (again["unchanged"], again["added"], again["revised"]) == (2, 0, 0)


def test_two_names_that_look_alike_are_two_reports(tmp_path: Path) -> None:
    """Names that differ only in bytes that can't be printed stand for two files, neither a revision of the other."""
    folder = odd_folder(tmp_path / "odd", b"a\xff.md")
    with open(os.path.join(os.fsencode(folder), b"a\xfe.md"), "wb") as file:  # noqa: PTH118, PTH123
        file.write(weekly("第40周", "2023-09-29", ["- 海棠平台：开发进度80%"]).encode())
    found = run("ingest", folder, "--db", tmp_path / "odd.db", "--json").json
    assert (found["added"], found["revised"]) == (3, 0)


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_a_refusal_of_an_odd_name_is_one_line(tmp_path: Path, name: bytes) -> None:
    """An empty file under such a name: one printable line on standard error, and its neighbour goes in."""
    folder = odd_folder(tmp_path / "odd", name)
    with open(os.path.join(os.fsencode(folder), name), "wb"):  # noqa: PTH118, PTH123
        pass
    ran = run("ingest", folder, "--db", tmp_path / "odd.db")
    assert (ran.code, ran.out) == (1, "1 added, 1 refused\n")
    assert complaint(ran).removesuffix("\n").isprintable()


@pytest.fixture(params=["a link to a device", "a pipe"])
def endless(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Something with the name of a report that would be read for ever."""
    path = tmp_path / "w38.md"
    if request.param == "a pipe":
        os.mkfifo(path)
    elif Path("/dev/zero").exists():
        path.symlink_to("/dev/zero")
    else:
        pytest.skip("there is no /dev/zero")
    return path


def test_what_has_no_end_is_refused_unread(endless: Path, tmp_path: Path) -> None:
    """Named directly, a device or a pipe is refused with a reason, by `ingest` and by `parse`, and a file after it is
    taken."""
    (tmp_path / "w39.md").write_text(W39, encoding="utf-8")
    ran = program("ingest", endless, tmp_path / "w39.md", "--db", tmp_path / "new.db", "--json")
    files = json.loads(ran.stdout)["files"]
    assert [(file["status"], file["reason"]) for file in files] == [("refused", "unsupported"), ("added", None)]
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
    parsed = program("parse", endless)
    assert (parsed.returncode, parsed.stdout, parsed.stderr.count("\n")) == (1, "", 1)


def test_what_has_no_end_stops_no_folder(endless: Path, tmp_path: Path) -> None:
    """In a folder, it doesn't keep the reports beside it from going in."""
    (tmp_path / "w39.md").write_text(W39, encoding="utf-8")
    ran = program("ingest", endless.parent, "--db", tmp_path / "new.db", "--json")
    assert json.loads(ran.stdout)["added"] == 1


def test_a_folder_is_no_file_to_parse(tmp_path: Path) -> None:
    """`parse FOLDER` is one line and exit 1, also where the folder holds one report only."""
    (tmp_path / "w38.md").write_text(W38, encoding="utf-8")
    ran = run("parse", tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert str(tmp_path) in complaint(ran)


# ---- a report whose team is named later --------------------------------------------------------------------
INSIDE, ABOVE, NAMED = ("reports/清算中心", None), ("reports", None), ("reports/清算中心", "清算中心")
FILE = ("reports/清算中心/w38.md", None)
ORDERS = [(INSIDE, NAMED), (INSIDE, ABOVE), (FILE, ABOVE), (NAMED, INSIDE), (ABOVE, INSIDE), (ABOVE, FILE),
          (NAMED, ABOVE), (INSIDE, NAMED, INSIDE, ABOVE)]  # fmt: skip


@pytest.mark.parametrize("steps", ORDERS)
def test_one_file_is_one_report_whenever_its_team_is_named(
    library: Library, tmp_path: Path, steps: tuple[tuple[str, str | None], ...]
) -> None:
    """With a team or without, in any order: one report, of the team, each of its projects once, and said to be no
    other team's."""
    (tmp_path / "reports" / "清算中心").mkdir(parents=True)
    (tmp_path / "reports" / "清算中心" / "w38.md").write_text(W38, encoding="utf-8")
    statuses = [o.status for path, team in steps for o in library.ingest(candidates([path]), NOW, team)]
    assert statuses == ["added", *["unchanged"] * (len(steps) - 1)]
    assert library.span(EVERYONE, AFTER_SEEDS) == (1, date(2023, 9, 15), date(2023, 9, 15))
    assert library.teams(EVERYONE, AFTER_SEEDS) == ("清算中心",)
    projects = library.projects(EVERYONE, AFTER_SEEDS)
    assert sorted(name for project in projects for name, _ in project.names) == ["木槿网关", "海棠平台"]
    assert [len(library.updates(EVERYONE, AFTER_SEEDS, [p.subject])) for p in projects] == [1, 1]


def test_a_late_name_joins_the_projects_of_the_team(library: Library, tmp_path: Path) -> None:
    """A report that was nobody's and a report of the team tell of one project once both are the team's."""
    for name, text in (("w38.md", W38), ("w39.md", W39)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    list(library.ingest(candidates(["w38.md"]), NOW))
    list(library.ingest(candidates(["w39.md", "w38.md"]), NOW, "清算中心"))
    (subject,) = [p.subject for p in library.projects(EVERYONE, AFTER_SEEDS) if ("海棠平台" in dict(p.names))]
    told = library.updates(EVERYONE, AFTER_SEEDS, [subject])
    assert [mention.record.progress for mention in told] == [70, 60]


def test_an_empty_team_is_no_team(tmp_path: Path) -> None:
    """`--team ''` is as if it weren't there: the folder's name counts, and a team named before stays."""
    (tmp_path / "reports" / "清算中心").mkdir(parents=True)
    (tmp_path / "reports" / "清算中心" / "w38.md").write_text(W38, encoding="utf-8")
    first = run("ingest", "reports", "--team", "", "--db", "new.db", "--json").json
    again = run("ingest", "reports/清算中心", "--team", "", "--db", "new.db", "--json").json
    assert [first["files"][0]["team"], again["files"][0]["team"]] == ["清算中心", "清算中心"]
    assert rows(tmp_path / "new.db")["reports"] == 1


# ---- databases that broke ----------------------------------------------------------------------------------
@pytest.mark.parametrize("command", [("ask", "/status POS"), ("ask", "/incidents last 12 weeks"), ("chat",),
                                     ("ingest", "w38.md")])  # fmt: skip
def test_a_damaged_database_is_one_line(database: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    """Everything after the first pages overwritten: one line that says so and what to do, exit 1."""
    (tmp_path / "w38.md").write_text(W38, encoding="utf-8")
    content = bytearray(database.read_bytes())
    content[8192:] = b"spilt coffee! \xff\x00" * (len(content[8192:]) // 16)
    database.write_bytes(content)
    ran = run(*command, "--db", database, stdin="/status POS\n")
    assert ran.code == 1
    assert "damaged" in complaint(ran)


def test_damage_to_any_page_is_no_bug(database: Path) -> None:
    """Whichever page is overwritten: an answer, or one line and exit 1, never exit 70."""
    content = database.read_bytes()
    size = int.from_bytes(content[16:18], "big")
    pages = range(1, len(content) // size)
    for page in list(pages)[:: max(1, len(pages) // 40)]:
        broken = bytearray(content)
        broken[page * size : (page + 1) * size] = b"spilt coffee! \xff\x00" * (size // 16)
        database.write_bytes(broken)
        ran = run("ask", "/status POS", "--db", database, *DAY)
        assert (ran.code == 0) == (ran.err == ""), page
        if ran.code:
            assert (ran.code, complaint(ran).count("copy.db")) == (1, 1), page


@pytest.fixture
def unwritable(seeds_database: Path) -> Iterator[Path]:
    """A database that may be read, in a folder where nothing may be written, by whoever isn't root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = Path(shutil.copy(seeds_database, folder / "copy.db"))
        copy.chmod(0o444)
        folder.chmod(0o555)
        yield copy
        folder.chmod(0o755)


@pytest.mark.parametrize("command", [("ask", "/status POS"), ("ingest", str(SEEDS))])
def test_a_database_that_cannot_be_written_is_one_line(unwritable: Path, command: tuple[str, ...]) -> None:
    """In a folder without write permission: one line that names permissions, exit 1, no traceback."""
    nobody = 65534 if os.geteuid() == 0 else None  # permissions don't bind root
    try:
        ran = program(*command, "--db", unwritable, folder=unwritable.parent, user=nobody)
    except PermissionError:
        pytest.skip("nobody may not run this Python")
    if "zhouzhi: " not in ran.stderr and "Permission" in ran.stderr:
        pytest.skip("nobody may not read this project")
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
    assert "permissions" in ran.stderr


def test_a_full_disk_is_one_line(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`ingest` where SQLite may grow the file no more: one line that says so, exit 1, and not a row is changed."""
    (tmp_path / "w38.md").write_text(W38 + "\n" + "很长的一行。" * 50_000, encoding="utf-8")
    opening = Library.open

    def full(path: str, *, create: bool = False) -> Library:
        library = opening(path, create=create)
        library._connections.db.execute("PRAGMA max_page_count = 1")  # as many as there are
        return library

    before = rows(database)
    monkeypatch.setattr(Library, "open", full)
    ran = run("ingest", "w38.md", "--db", database)
    assert (ran.code, ran.out) == (1, "")
    assert "disk is full" in complaint(ran)
    assert rows(database) == before


class Store:
    """Connections, and a library over them, that SQLite fails with a message."""

    path = "some.db"
    wrapped = Connections.wrapped


def failing(message: str) -> Any:
    """A guarded object whose methods all fail so."""

    @guarded
    class Failing:
        def __init__(self) -> None:
            self._connections = Store()

        def at_once(self) -> int:
            raise sqlite3.OperationalError(message)

        def midway(self) -> Iterator[int]:
            yield 1
            raise sqlite3.OperationalError(message)

    return Failing()


MESSAGES = [("database or disk is full", "full"), ("database disk image is malformed", "damaged"),
            ("attempt to write a readonly database", "denied"), ("unable to open database file", "denied"),
            ("database is locked", "locked"), ("file is not a database", "not_a_database")]  # fmt: skip


@pytest.mark.parametrize(("message", "reason"), MESSAGES)
def test_what_sqlite_raises_has_a_reason(message: str, reason: str) -> None:
    """From a method, and from a generator after its first value: one error with the file and a reason."""
    broken = failing(message)
    with pytest.raises(DatabaseUnusable) as at_once:
        broken.at_once()
    values = broken.midway()
    assert next(values) == 1
    with pytest.raises(DatabaseUnusable) as midway:
        next(values)
    for caught in (at_once, midway):
        assert (caught.value.path, caught.value.reason) == ("some.db", reason)


def test_other_errors_are_not_sqlites(library: Library) -> None:
    """What isn't SQLite's fault passes through an ingest as it is."""

    def files() -> Iterator[Candidate]:
        raise LookupError("a bug of ours")
        yield

    with pytest.raises(LookupError, match="a bug of ours"):
        list(library.ingest(files(), NOW))
