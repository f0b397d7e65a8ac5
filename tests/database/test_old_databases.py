"""Databases of earlier versions, with reports in them, open in this one and answer as before."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database
from support.places import NOW, ROOT

from store.database.schema import migrations
from store.intake import Candidate
from store.library import Library
from store.viewer import EVERYONE
from store.words.bigrams import bigrams

LATER = date(2023, 12, 31)
TEXT = "# 第38周 2023-09-15\n\n## O1 服务\n- 海风平台（小风项目）：进度40%\n"


def first_version(path: Path) -> None:
    """A database as 0.1.0's first schema had it, with one report read and linked."""
    connection = sqlite3.connect(path)
    connection.create_function("bigrams", 1, bigrams, deterministic=True)
    connection.create_function("words", 1, bigrams, deterministic=True)
    db = Database(connection)
    migrations.apply(db, stop_before="m005_identities_by_date")
    with connection:
        connection.executescript("""
            INSERT INTO reports (id, team, origin, source, label, label_number, report_date, period_start,
                                 period_end, revision)
            VALUES (1, '甲组', '/a.md', 'a.md', '第38周', 38, '2023-09-15', '2023-09-11', '2023-09-17', 1);
            INSERT INTO updates (id, report_id, name, section, kind, line, line_end, progress, state, text)
            VALUES (1, 1, '海风平台（小风项目）', 'O1 服务', 'projects', 4, 4, 40, 'in_progress', '海风平台：进度40%');
            INSERT INTO subjects (id, team, name) VALUES (7, '甲组', '海风平台（小风项目）');
            INSERT INTO subject_names VALUES (7, '海风平台（小风项目）', 'hai feng', 'hf');
            INSERT INTO subject_links VALUES (1, 7, 'same name', 'reader');
        """)
        row = (TEXT.encode(), "2023-09-15T10:00:00+00:00")
        connection.execute("INSERT INTO revisions VALUES (1, 1, 'x', ?, 1, ?)", row)
        connection.execute(
            "INSERT INTO items (report_id, line, line_end, depth, text) VALUES (1, 4, 4, 0, '海风平台：进度40%')"
        )
    db.close()


def test_the_oldest_database_with_data_opens(tmp_path: Path) -> None:
    """Projects are linked anew from the reports that are there; nothing has to be read in again to be asked for."""
    first_version(tmp_path / "old.db")
    library = Library.open(str(tmp_path / "old.db"))
    [project] = library.projects(EVERYONE, LATER)
    assert project.name == "海风平台（小风项目）"
    assert {name for name, _ in project.names} == {"海风平台（小风项目）", "海风平台", "小风项目"}
    [told] = library.updates(EVERYONE, LATER, [project.subject])
    assert (told.record.progress, told.report.source) == (40, "a.md")
    assert library.cite(EVERYONE, told.report, 4).quote == "- 海风平台（小风项目）：进度40%"
    library.close()


def test_what_people_decided_survives_a_newer_program(tmp_path: Path) -> None:
    """A decision in the database is applied when links are derived at the opening, with who decided."""
    first_version(tmp_path / "old.db")
    Library.open(str(tmp_path / "old.db")).close()
    with sqlite3.connect(tmp_path / "old.db") as db:
        db.execute(
            """INSERT INTO decisions (team, kind, verdict, one, other, pair, decided_by, decided_at)
               VALUES ('甲组', 'project', 'renamed', '小风项目', '星辰', ?, 'U1', '2023-12-01T00:00:00+00:00')""",
            ("小风项目\n星辰",),
        )
        db.execute("INSERT INTO unlinked_teams VALUES ('甲组')")
    db.close()
    library = Library.open(str(tmp_path / "old.db"))
    assert [p.name for p in library.projects(EVERYONE, LATER)] == ["星辰"]
    library.close()


def test_links_are_derived_once(tmp_path: Path) -> None:
    """After the first opening nothing is left to derive, so that later openings are quick."""
    first_version(tmp_path / "old.db")
    for _ in range(2):
        Library.open(str(tmp_path / "old.db")).close()
    with sqlite3.connect(tmp_path / "old.db") as db:
        assert db.execute("SELECT count(*) FROM unlinked_teams").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM subjects").fetchone() == (1,)
    db.close()


def test_texts_of_an_old_database_are_kept_and_revised(tmp_path: Path) -> None:
    """The bytes move to where files are kept; the file with another week on top keeps its old week as report 1."""
    first_version(tmp_path / "old.db")
    library = Library.open(str(tmp_path / "old.db"))
    newer = f"# 第39周 2023-09-22\n\n## O1 服务\n- 海风平台（小风项目）：进度60%\n\n{TEXT}"
    (outcome,) = library.ingest([Candidate("a.md", "/a.md", "a.md", None, newer.encode())], NOW, "甲组")
    assert outcome.status == "revised"
    [project] = library.projects(EVERYONE, LATER)
    told = library.updates(EVERYONE, LATER, [project.subject])
    assert [(one.record.progress, one.record.line, one.report.id) for one in told] == [(60, 4, 2), (40, 9, 1)]
    library.close()
    with sqlite3.connect(tmp_path / "old.db") as db:
        assert db.execute(
            "SELECT content FROM files WHERE sha256 = ?", (sha256(newer.encode()).hexdigest(),)
        ).fetchone()
    db.close()


def test_commands_that_only_ask_load_no_format(tmp_path: Path) -> None:
    """To answer from reports that came in as HTML or .docx, the libraries that read those aren't loaded."""
    page = "<h1>第38周 2023-09-15</h1><h2>O1 服务</h2><ul><li>海风平台：进度40%</li></ul>"
    library = Library.open(str(tmp_path / "new.db"), create=True)
    list(library.ingest([Candidate("a.html", "/a.html", "a.html", None, page.encode())], NOW, "甲组"))
    library.close()
    code = (
        "import sys; from bot.cli import main\n"
        "try: main(['ask', '/status 海风', '--db', 'new.db', '--today', '2023-12-11'])\n"
        "except SystemExit as end: assert not end.code\n"
        "print(sorted({'lxml', 'docx', 'store.reading.formats.mail'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (ran.stdout.splitlines()[-1], ran.stderr) == ("[]", "")
