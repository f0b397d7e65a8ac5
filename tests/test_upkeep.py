"""Withdrawing, bringing back and reading again: what disappears, what is kept, and what a kill in the middle leaves."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support.command import complaint, run
from support.written import written

from store.errors import UnreadableFile
from store.intake import Candidate
from store.library import Library
from store.upkeep import Upkeep
from store.viewer import EVERYONE, Viewer

NOW = datetime(2023, 12, 11, 1, 0, tzinfo=UTC)
LATER = date(2023, 12, 31)
FIRST = written("## 【O1 服务业务】", "- 海风平台：进度40%", "## 生产稳定性事件", "- 9/14 18:02 撤销报错")
SECOND = written("## 【O1 服务业务】", "- 云帆平台：进度55%", title="# 第39周 2023-09-22")
Put = Callable[..., None]


@pytest.fixture
def upkeep(library: Library, put: Put) -> Upkeep:
    """The upkeep of a library with two reports: a.md of week 38 and b.md of week 39."""
    put(FIRST, name="a.md")
    put(SECOND, name="b.md")
    return Upkeep(library)


def number(upkeep: Upkeep, words: str) -> int:
    """The id of the one report that the words mean."""
    (kept,) = upkeep.find(EVERYONE, words)
    return kept.ref.id


def told(library: Library) -> tuple[list[str], int, bool]:
    """The projects, the number of incidents, and whether a search finds 海风."""
    names = [p.name for p in library.projects(EVERYONE, LATER)]
    incidents = library.incidents(EVERYONE, LATER, None, LATER)
    return names, len(incidents), library.search(EVERYONE, LATER, "海风平台", None, LATER).exact


def test_a_withdrawn_report_is_gone_and_kept(library: Library, upkeep: Upkeep) -> None:
    """It leaves answers, names and the search at once, keeps its text, and comes back as it was, each step once."""
    before, at = told(library), number(upkeep, "a.md")
    assert upkeep.withdraw(at, NOW)
    assert not upkeep.withdraw(at, NOW)
    assert told(library) == (["云帆平台"], 0, False)
    assert [kept.ref.source for kept in upkeep.withdrawn(EVERYONE)] == ["a.md"]
    assert upkeep.text(EVERYONE, at, 1) == FIRST
    assert upkeep.restore(at)
    assert not upkeep.restore(at)
    assert told(library) == before
    assert upkeep.withdrawn(EVERYONE) == ()


def test_a_withdrawn_report_comes_back_with_its_file(library: Library, upkeep: Upkeep) -> None:
    """Ingesting the file again, unchanged or corrected, brings the report back and says so."""
    for text in (FIRST, FIRST + "\n- 9/15 08:00 登录超时\n"):
        upkeep.withdraw(number(upkeep, "a.md"), NOW)
        file = Candidate("a.md", "/reports/a.md", "a.md", None, text.encode())
        assert [o.status for o in library.ingest([file], NOW, "支付中心")] == ["restored"]
        assert [o.status for o in library.ingest([file], NOW, "支付中心")] == ["unchanged"]
    assert told(library)[1:] == (2, True)
    assert [r.number for r in upkeep.revisions(EVERYONE, number(upkeep, "a.md"))] == [1, 2]


@pytest.mark.parametrize(("words", "sources"), [
    ("a.md", ["a.md"]), ("/reports/a.md", ["a.md"]), ("W38", ["a.md"]), ("38", ["a.md"]), ("第38周", ["a.md"]),
    ("week 39", ["b.md"]), ("2023-09-22", ["b.md"]), ("md", []), ("W40", []), ("id:99", []), ("", []),
])  # fmt: skip
def test_a_report_is_found_as_people_name_it(upkeep: Upkeep, words: str, sources: list[str]) -> None:
    """By path or its end, label, week number or date; by nothing less."""
    assert [kept.ref.source for kept in upkeep.find(EVERYONE, words)] == sources


def test_who_may_not_see_a_report_cannot_find_it(upkeep: Upkeep) -> None:
    """Upkeep tells a viewer of another team of no report, revision or text."""
    stranger, at = Viewer("U9", frozenset({"乙组"})), number(upkeep, "a.md")
    upkeep.withdraw(number(upkeep, "b.md"), NOW)
    assert (upkeep.find(stranger, "a.md"), upkeep.withdrawn(stranger), upkeep.revisions(stranger, at)) == ((), (), ())
    assert upkeep.text(stranger, at, 1) is None


def test_reading_again_mends_what_an_older_reader_read(library: Library, upkeep: Upkeep, tmp_path: Path) -> None:
    """Facts, names and an index that are wrong in the database are right after `reindex`."""
    before = told(library)
    with sqlite3.connect(tmp_path / "empty.db") as db:
        db.execute("UPDATE updates SET name = '旧读法', progress = 1")
        db.execute("UPDATE revisions SET reader_version = 0")
        db.execute("INSERT INTO unlinked_teams VALUES ('支付中心')")
    db.close()
    library.relink()
    assert told(library) != before
    assert [(one.source, one.reason) for one in upkeep.reindex()] == [("a.md", None), ("b.md", None)]
    assert told(library) == before
    assert {r.reader_version for at in (1, 2) for r in upkeep.revisions(EVERYONE, at)} != {0}


def test_a_kill_in_the_middle_of_reading_again_loses_nothing(library: Library, upkeep: Upkeep, tmp_path: Path) -> None:
    """Stopped after the first report, the next opening has every project; a second run goes to the end."""
    before = told(library)
    steps: Iterator[object] = iter(upkeep.reindex())
    next(steps)
    library.close()
    again = Library.open(str(tmp_path / "empty.db"))
    assert told(again) == before
    assert len(list(Upkeep(again).reindex())) == 2
    assert told(again) == before
    again.close()


def test_what_can_no_longer_be_read_stays_as_it_was(library: Library, upkeep: Upkeep, tmp_path: Path) -> None:
    """A kept text that today's reader refuses is named with its reason, and its facts still stand."""
    before = told(library)
    with sqlite3.connect(tmp_path / "empty.db") as db:
        sql = "UPDATE files SET content = ? WHERE sha256 = (SELECT sha256 FROM revisions WHERE report_id = 1)"
        db.execute(sql, ("没有日期".encode(),))
    db.close()
    assert [one.reason for one in upkeep.reindex()] == ["undated", None]
    assert told(library) == before
    upkeep.withdraw(1, NOW)
    with pytest.raises(UnreadableFile):
        upkeep.restore(1)
    assert [kept.ref.id for kept in upkeep.withdrawn(EVERYONE)] == [1]


# ---- the commands ------------------------------------------------------------------------------------------------


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database file: a.md of week 38 by two teams, b.md of week 39 by one."""
    for team, name, text in (("甲组", "a.md", FIRST), ("乙组", "a.md", FIRST), ("甲组", "b.md", SECOND)):
        path = tmp_path / team / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        assert run("ingest", path, "--team", team, "--db", tmp_path / "a.db").code == 0
    return tmp_path / "a.db"


def test_withdraw_and_undo_on_the_command_line(database: Path) -> None:
    """The report leaves the answers and comes back; doing it twice says so and changes nothing."""
    where = ("--db", database)
    assert run("withdraw", "W39", *where).out.startswith("withdrawn: id:3 甲组 第39周")
    assert run("withdraw", "b.md", *where).out.startswith("already withdrawn")
    assert run("ask", "/status 云帆平台", "--json", *where).json["found"] is False
    (entry,) = run("withdraw", "--list", "--json", *where).json["withdrawn"]
    assert (entry["id"], entry["label"], entry["revision"]) == (3, "第39周", 1)
    assert "第39周" in run("withdraw", "--list", *where).out
    assert run("withdraw", "id:3", "--undo", *where).out.startswith("brought back")
    assert run("withdraw", "id:3", "--undo", *where).out.startswith("not withdrawn")
    assert run("ask", "/status 云帆平台", "--json", *where).json["found"] is True
    assert run("withdraw", "--list", *where).out == "nothing is withdrawn\n"


def test_an_ambiguous_report_is_asked_back(database: Path) -> None:
    """Two teams' week 38: the candidates on one line, exit 1, nothing withdrawn; with the team it is one."""
    line = complaint(run("withdraw", "W38", "--db", database))
    assert "id:1 甲组" in line
    assert "id:2 乙组" in line
    assert run("withdraw", "--list", "--db", database).out == "nothing is withdrawn\n"
    assert run("withdraw", "W38", "--team", "乙组", "--json", "--db", database).json["reports"][0]["id"] == 2
    assert complaint(run("withdraw", "W51", "--db", database)).startswith("zhouzhi: W51: no such report")
    assert run("withdraw", "--db", database).code == 2


def test_ingest_says_that_it_brought_a_report_back(database: Path) -> None:
    """The same file ingested after a withdrawal is counted as restored."""
    path = database.parent / "甲组" / "b.md"
    run("withdraw", path, "--db", database)
    assert run("ingest", path, "--team", "甲组", "--db", database).out == "1 restored\n"


def test_history_lists_revisions_and_prints_each(database: Path) -> None:
    """A corrected report has both texts in its history, the old one to be read again."""
    path = database.parent / "甲组" / "b.md"
    path.write_text(SECOND.replace("55", "60"))
    assert run("ingest", path, "--team", "甲组", "--db", database).out == "1 revised\n"
    found = run("history", "W39", "--json", "--db", database).json
    assert [entry["number"] for entry in found["revisions"]] == [1, 2]
    assert run("history", "W39", "--db", database).out.count("bytes") == 2
    assert "55%" in run("history", "W39", "--revision", "1", "--db", database).out
    assert complaint(run("history", "W39", "--revision", "7", "--db", database)).endswith("has revisions 1 to 2\n")


def test_reindex_counts_and_exits_by_what_failed(database: Path) -> None:
    """All read: counts and exit 0; one that can't be read: named on one line, exit 1, the others read."""
    ran = run("reindex", "--db", database)
    assert (ran.code, ran.out, ran.err) == (0, "3 read\n", "")
    with sqlite3.connect(database) as db:
        once = "SELECT sha256 FROM revisions GROUP BY sha256 HAVING count(*) = 1 AND max(report_id) = 3"
        sql = f"UPDATE files SET content = x'00' WHERE sha256 IN ({once})"
        db.execute(sql)
    db.close()
    ran = run("reindex", "--json", "--db", database)
    assert (ran.code, ran.json) == (1, {"read": 2, "refused": 1})
    assert ran.err.count("\n") == 1
