"""`zhouzhi ingest` and `parse`: what goes in, what doesn't and why, and that parsing writes nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from support.command import complaint, rows, run
from support.made_up import weekly
from support.places import SEEDS

W38 = weekly("第38周", "2023-09-15", ["- 海棠平台：开发进度60%，预计9/22提测"], ["- 9/12 08:05 批量代付超时"])
W39 = weekly("第39周", "2023-09-22", ["- 海棠平台：开发进度70%"])
PARSED = {"label", "team", "report_date", "period_start", "period_end", "created_at", "sections", "projects",
          "metrics", "incidents", "goals", "warnings"}  # fmt: skip
KEYS = {
    "sections": {"title", "kind", "line"},
    "projects": {"name", "parent", "section", "line", "progress", "state", "milestones"},
    "metrics": {"name", "value", "unit", "line"},
    "incidents": {"occurred_at", "title", "impact", "handling", "severity", "line"},
    "goals": {"text", "line"},
    "warnings": {"line", "text"},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one report of a team."""
    reports = tmp_path / "reports"
    (reports / "清算中心").mkdir(parents=True)
    (reports / "清算中心" / "w38.md").write_text(W38, encoding="utf-8")
    return reports


def _counts(*args: str | Path) -> dict[str, int]:
    found = run("ingest", *args, "--json").json
    return {status: found[status] for status in ("added", "revised", "unchanged", "refused")}


def test_a_file_goes_in_once_and_again_when_it_changed(folder: Path, tmp_path: Path) -> None:
    """A new file is added, the same bytes are skipped, changed bytes are a revision that answers from then on."""
    nothing = {"added": 0, "revised": 0, "unchanged": 0, "refused": 0}
    args = (folder, "--db", tmp_path / "a.db")
    assert _counts(*args) == {**nothing, "added": 1}
    assert _counts(*args) == {**nothing, "unchanged": 1}
    (folder / "清算中心" / "w38.md").write_text(W38.replace("60%", "65%"), encoding="utf-8")
    assert _counts(*args) == {**nothing, "revised": 1}
    answer = run("ask", "/status 海棠", "--db", tmp_path / "a.db", "--today", "2023-09-20", "--json").json
    assert answer["data"]["progress"] == 65
    assert "60%" not in answer["text"]


def test_folders_archives_and_files_go_in_together(folder: Path, tmp_path: Path) -> None:
    """A folder is walked, an archive opened (members are `archive.zip/member`), pictures are passed over."""
    (folder / "清算中心" / "picture.png").write_bytes(b"\x89PNG")
    archive, single = tmp_path / "old.zip", tmp_path / "w37.txt"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("支付中心/w39.md", W39)
    single.write_text(weekly("第37周", "2023-09-08", ["- 海棠平台：开发进度50%"]), encoding="utf-8")
    ran = run("ingest", folder, archive, single, "--db", tmp_path / "a.db", "--json")
    assert ran.code == 0
    teams = {Path(f["source"]).name: f["team"] for f in ran.json["files"]}
    assert teams == {"w38.md": "清算中心", "w39.md": "支付中心", "w37.txt": None}
    assert any(f["source"].endswith("old.zip/支付中心/w39.md") for f in ran.json["files"])


def test_the_team_is_the_one_given_else_the_reports_else_the_folders(folder: Path, tmp_path: Path) -> None:
    """--team wins over what the report says, which wins over the folder."""
    (folder / "清算中心" / "w39.md").write_text(f"团队：风控中心\n\n{W39}", encoding="utf-8")
    said = run("ingest", folder, "--db", tmp_path / "a.db", "--json").json["files"]
    assert {f["team"] for f in said} == {"清算中心", "风控中心"}
    given = run("ingest", folder, "--db", tmp_path / "b.db", "--team", "账务中心", "--json").json["files"]
    assert {f["team"] for f in given} == {"账务中心"}


BAD = {
    "empty.md": (b"", "empty"),
    "blank.md": (b" \n\t\n", "empty"),
    "photo.md": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00" * 30, "not a text file"),
    "undated.md": ("# 没有日期\n\n- 海棠平台：开发进度60%\n".encode(), "no date"),
    "broken.zip": (b"PK\x03\x04 and then nothing", "archive"),
    "letter.docx": (b"PK\x03\x04", "damaged"),
    "letter.doc": (b"\xd0\xcf\x11\xe0", "format"),
    "page.html": (b"<html><body><script>x</script></body></html>", "empty"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_reason_and_stops_nobody(folder: Path, tmp_path: Path, name: str) -> None:
    """One line names the file and what is wrong with it, the others go in, and the exit code is 1."""
    content, reason = BAD[name]
    (folder / name).write_bytes(content)
    ran = run("ingest", folder, "--db", tmp_path / "a.db", "--json")
    assert ran.code == 1
    line = complaint(ran)
    assert name in line
    assert reason in line
    assert (ran.json["added"], ran.json["refused"]) == (1, 1)
    assert run("ask", "/status 海棠", "--db", tmp_path / "a.db", "--today", "2023-09-20", "--json").json["found"]


def test_reasons_are_given_in_the_language_that_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With ZHOUZHI_LANGUAGE=zh the reason is Chinese."""
    monkeypatch.setenv("ZHOUZHI_LANGUAGE", "zh")
    (tmp_path / "empty.md").write_bytes(b"")
    assert "文件是空的" in complaint(run("ingest", tmp_path / "empty.md", "--db", tmp_path / "a.db"))


def test_a_refused_revision_leaves_the_old_one(folder: Path, tmp_path: Path) -> None:
    """A report that is overwritten by rubbish is refused, and what was read before still answers."""
    database = tmp_path / "a.db"
    run("ingest", folder, "--db", database)
    before = rows(database)
    (folder / "清算中心" / "w38.md").write_bytes(b"")
    assert run("ingest", folder, "--db", database).code == 1
    assert rows(database) == before
    assert run("ask", "/status 海棠", "--db", database, "--today", "2023-09-20", "--json").json["found"]


@pytest.mark.parametrize("path", ["none", "none.md", "none/deep.zip"])
def test_a_path_that_is_not_there_is_one_line(tmp_path: Path, path: str) -> None:
    """A missing folder or file: one line that names it, exit 1."""
    ran = run("ingest", tmp_path / path, "--db", tmp_path / "a.db")
    assert ran.code == 1
    assert path in complaint(ran)


def test_a_folder_without_reports_is_one_line(tmp_path: Path) -> None:
    """An empty folder: one line that says what is looked for, exit 1."""
    (tmp_path / "empty").mkdir()
    ran = run("ingest", tmp_path / "empty", "--db", tmp_path / "a.db")
    assert ran.code == 1
    assert ".md" in complaint(ran)


def test_a_database_in_a_folder_that_is_not_there_is_one_line(folder: Path, tmp_path: Path) -> None:
    """A database that can't be created: one line that names it, exit 1."""
    assert "none/a.db" in complaint(run("ingest", folder, "--db", tmp_path / "none" / "a.db"))


@pytest.mark.parametrize("sample", sorted(SEEDS.rglob("*.md"))[:4], ids=lambda path: path.stem)
def test_parse_has_the_contracts_keys(sample: Path) -> None:
    """`parse --json` has every key of the contract, with lines that lie in the file and dates in ISO 8601."""
    ran = run("parse", sample, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert set(ran.json) >= PARSED
    last = len(sample.read_text(encoding="utf-8").split("\n"))
    for name, keys in KEYS.items():
        for entry in ran.json[name]:
            assert set(entry) >= keys, name
            assert 1 <= entry["line"] <= last
    for project in ran.json["projects"]:
        assert project["progress"] is None or 0 <= project["progress"] <= 100
        for milestone in project["milestones"]:
            assert set(milestone) >= {"event", "date_start", "date_end", "text", "line"}
            assert milestone["date_start"] <= milestone["date_end"]


def test_parse_says_what_a_report_says(tmp_path: Path) -> None:
    """Label, dates, progress, planned day and incident of one small report, absent values null."""
    (tmp_path / "w38.md").write_text(W38, encoding="utf-8")
    parsed = run("parse", tmp_path / "w38.md", "--json").json
    assert (parsed["label"], parsed["report_date"], parsed["created_at"]) == ("第38周", "2023-09-15", None)
    assert (parsed["period_start"], parsed["period_end"]) == ("2023-09-11", "2023-09-17")
    (project,) = parsed["projects"]
    assert (project["name"], project["parent"], project["progress"], project["line"]) == ("海棠平台", None, 60, 5)
    assert [(m["event"], m["date_start"]) for m in project["milestones"]] == [("提测", "2023-09-22")]
    (incident,) = parsed["incidents"]
    assert (incident["occurred_at"], incident["handling"]) == ("2023-09-12T08:05", None)


def test_parse_writes_nothing(tmp_path: Path) -> None:
    """Neither a database nor any other file stands in the folder afterwards, and the report is unchanged."""
    report = tmp_path / "w38.md"
    report.write_text(W38, encoding="utf-8")
    assert run("parse", report).code == 0
    assert run("parse", report, "--json").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["w38.md"]
    assert report.read_text(encoding="utf-8") == W38


@pytest.mark.parametrize("name", ["empty.md", "photo.md", "none.md", "broken.zip", "letter.docx"])
def test_parse_of_a_bad_file_is_one_line(tmp_path: Path, name: str) -> None:
    """What can't be read is named with its reason on one line, exit 1."""
    if name in BAD:
        (tmp_path / name).write_bytes(BAD[name][0])
    ran = run("parse", tmp_path / name)
    assert (ran.code, ran.out) == (1, "")
    assert name in complaint(ran)


def test_parse_of_a_folder_is_one_line(folder: Path) -> None:
    """`parse` takes one file; a folder is refused rather than one of its files picked."""
    assert "reports" in complaint(run("parse", folder))
