"""A file that holds several weeks, as it grows, is corrected and shrinks: what is asked of it, and what is kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support.command import complaint, rows, run
from support.places import NOW

from store.intake import Candidate
from store.library import Library
from store.viewer import EVERYONE

LATER = date(2023, 12, 31)
OLD = "# 第37周 2023-09-08\n\n## O1 服务业务\n- 海风平台：进度20%\n"
MIDDLE = "# 第38周 2023-09-15\n\n## O1 服务业务\n- 海风平台：进度40%\n"
NEW = "# 第39周 2023-09-22\n\n## O1 服务业务\n- 海风平台：进度60%\n"
Take = Callable[..., str]


@pytest.fixture
def take(library: Library) -> Take:
    """Hand in a state of the file `all.md`; the outcome."""

    def taking(*weeks: str, team: str | None = "支付中心", name: str = "all.md") -> str:
        file = Candidate(name, f"/reports/{name}", name, None, "\n".join(weeks).encode())
        (outcome,) = library.ingest([file], NOW, team)
        return outcome.reason or outcome.status

    return taking


def progress(library: Library) -> dict[str, float | None]:
    """The progress of the one project by report date, each proven by the line that is cited."""
    (project,) = library.projects(EVERYONE, LATER)
    found = library.updates(EVERYONE, LATER, [project.subject])
    for mention in found:
        assert library.cite(EVERYONE, mention.report, mention.record.line).quote == (
            f"- 海风平台：进度{mention.record.progress:g}%"
        )
    return {mention.report.report_date.isoformat(): mention.record.progress for mention in found}


def revisions(tmp_path: Path) -> list[tuple[str, int, int, bool]]:
    """Date, part, revision and whether it is withdrawn, by part."""
    with sqlite3.connect(tmp_path / "empty.db") as db:
        sql = "SELECT report_date, part, revision, withdrawn_at IS NOT NULL FROM reports ORDER BY part"
        found = [(day, part, number, bool(gone)) for day, part, number, gone in db.execute(sql)]
    db.close()
    return found


def test_a_new_week_on_top_leaves_the_others(library: Library, take: Take, tmp_path: Path) -> None:
    """From one week to three: each is a report, the old ones keep part and revision, and their lines move along."""
    assert [take(OLD), take(MIDDLE, OLD), take(NEW, MIDDLE, OLD), take(NEW, MIDDLE, OLD)] == [
        "added", "revised", "revised", "unchanged"
    ]  # fmt: skip
    assert progress(library) == {"2023-09-22": 60, "2023-09-15": 40, "2023-09-08": 20}
    assert revisions(tmp_path) == [
        ("2023-09-08", 0, 1, False), ("2023-09-15", 1, 1, False), ("2023-09-22", 2, 1, False)
    ]  # fmt: skip
    assert rows(tmp_path / "empty.db")["files"] == 1


def test_a_corrected_week_alone_is_revised(library: Library, take: Take, tmp_path: Path) -> None:
    """A figure changed in the middle: one new revision, the old text kept, the neighbours as they were."""
    take(NEW, MIDDLE, OLD)
    assert take(NEW, MIDDLE.replace("40%", "45%"), OLD) == "revised"
    assert progress(library) == {"2023-09-22": 60, "2023-09-15": 45, "2023-09-08": 20}
    assert [row[1:3] for row in revisions(tmp_path)] == [(0, 1), (1, 2), (2, 1)]
    assert rows(tmp_path / "empty.db")["files"] == 2


def test_a_week_that_is_gone_is_withdrawn_and_kept(library: Library, take: Take, tmp_path: Path) -> None:
    """The oldest cut off: no answer knows it, its text stays; put back, it is the same report again."""
    take(NEW, MIDDLE, OLD)
    assert take(NEW, MIDDLE) == "revised"
    assert progress(library) == {"2023-09-22": 60, "2023-09-15": 40}
    assert revisions(tmp_path)[0] == ("2023-09-08", 0, 1, True)
    with sqlite3.connect(tmp_path / "empty.db") as db:
        sql = (
            "SELECT content FROM revisions JOIN files USING (sha256) JOIN reports r ON r.id = report_id WHERE part = 0"
        )
        assert OLD in db.execute(sql).fetchone()[0].decode()
    db.close()
    take(NEW, MIDDLE, OLD)
    assert progress(library) == {"2023-09-22": 60, "2023-09-15": 40, "2023-09-08": 20}
    assert len(revisions(tmp_path)) == 3


def test_a_corrected_date_is_the_same_report(take: Take, library: Library, tmp_path: Path) -> None:
    """A week whose date was mistyped is revised, not withdrawn and added."""
    take(MIDDLE.replace("2023-09-15", "2023-09-14"), OLD)
    take(MIDDLE, OLD)
    assert revisions(tmp_path) == [("2023-09-08", 0, 1, False), ("2023-09-15", 1, 2, False)]


def test_a_file_that_is_written_anew_each_week_is_one_report(take: Take, library: Library, tmp_path: Path) -> None:
    """A single report under the same name replaces the one before, whatever its week."""
    assert [take(OLD), take(MIDDLE)] == ["added", "revised"]
    assert revisions(tmp_path) == [("2023-09-15", 0, 2, False)]


@pytest.mark.parametrize("weeks", [(OLD, MIDDLE, NEW), (NEW, MIDDLE, OLD), (MIDDLE, NEW, OLD)])
def test_parts_are_numbered_from_the_oldest(
    take: Take, library: Library, tmp_path: Path, weeks: tuple[str, ...]
) -> None:
    """However the file orders its weeks."""
    take(*weeks)
    assert [row[:2] for row in revisions(tmp_path)] == [("2023-09-08", 0), ("2023-09-15", 1), ("2023-09-22", 2)]


def test_nothing_is_half_saved(library: Library, take: Take) -> None:
    """A state with a week without a date is refused whole, and what stood before still stands."""
    take(MIDDLE, OLD)
    assert take(NEW, "# 第40周\n\n- 海风平台：进度99%\n", MIDDLE, OLD) == "undated_part"
    assert progress(library) == {"2023-09-15": 40, "2023-09-08": 20}


def test_a_moved_file_is_the_same_reports(library: Library, take: Take, tmp_path: Path) -> None:
    """The same bytes under the same name elsewhere are known, all weeks of them."""
    take(MIDDLE, OLD)
    moved = Candidate("x/all.md", "/elsewhere/all.md", "x/all.md", None, "\n".join((MIDDLE, OLD)).encode())
    assert [o.status for o in library.ingest([moved], NOW, "支付中心")] == ["unchanged"]
    assert len(revisions(tmp_path)) == 2


def test_an_unchanged_file_is_not_read_again(library: Library, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --team, too, the same bytes cost a hash: the reader isn't called."""
    text = ("团队：支付中心\n", MIDDLE, OLD)
    assert take(*text, team=None) == "added"

    def reading(*_: object) -> None:
        raise LookupError("it was read")

    monkeypatch.setattr("store.reading_ahead.to_document", reading)
    assert take(*text, team=None) == "unchanged"


def test_parse_shows_all_weeks(tmp_path: Path) -> None:
    """`parse --json` is the newest week's object with all of them under `parts`; the table shows every line."""
    (tmp_path / "all.md").write_text("\n".join((MIDDLE, NEW, OLD)), encoding="utf-8")
    found = run("parse", "all.md", "--json").json
    assert (found["label"], [part["label"] for part in found["parts"]]) == ("第39周", ["第39周", "第38周", "第37周"])
    assert {**found, "parts": None} == {**found["parts"][0], "parts": None}
    assert [part["projects"][0]["line"] for part in found["parts"]] == [9, 4, 14]
    shown = run("parse", "all.md").out
    assert all(f"进度{n}0%" in shown for n in (2, 4, 6))
    (tmp_path / "one.md").write_text(OLD, encoding="utf-8")
    assert "parts" not in run("parse", "one.md", "--json").json


def test_each_week_is_asked_for_by_itself(tmp_path: Path) -> None:
    """`/report W38` shows that week's lines alone, `/status` the newest with its line in the whole file."""
    (tmp_path / "all.md").write_text("\n".join((NEW, MIDDLE, OLD)), encoding="utf-8")
    run("ingest", "all.md", "--team", "支付中心", "--db", "a.db")
    week = run("ask", "/report W38", "--db", "a.db", "--today", "2023-12-11", "--json").json
    assert "进度40%" in week["text"]
    assert "进度60%" not in week["text"]
    assert "进度20%" not in week["text"]
    assert [(c["line_start"], c["line_end"]) for c in week["citations"]] == [(8, 10)]
    status = run("ask", "/status 海风", "--db", "a.db", "--today", "2023-12-11", "--json").json
    assert [c["line_start"] for c in status["citations"]][:1] == [4]
    assert status["citations"][0]["quote"] == "- 海风平台：进度60%"


def test_a_week_without_a_date_is_one_line(tmp_path: Path) -> None:
    """The refusal says what to do."""
    (tmp_path / "all.md").write_text("\n".join((NEW, "# 第38周\n\n- 海风平台：进度1%")), encoding="utf-8")
    ran = run("ingest", "all.md", "--db", "a.db")
    assert "one of the weeks" in complaint(ran)
    assert json.loads(run("ingest", "all.md", "--db", "a.db", "--json").out)["refused"] == 1
