"""The library: how reports come in, what a revision changes, and that neither order nor spelling of paths matters."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.written import written

from store.intake import Candidate, candidates
from store.library import Library, Outcome
from store.viewer import EVERYONE

NOW = datetime(2023, 12, 11, 1, 0, tzinfo=UTC)
LATER = date(2023, 12, 31)
P, E, H = "## 【O1 服务业务】", "## 生产稳定性事件", "## 【重点工作】"
FIRST = written(P, "- 海风平台：进度40%")
SECOND = written(P, "- 云帆平台：进度55%")


def file(text: str | bytes, name: str = "a.md", folder: str = "/reports") -> Candidate:
    """A file as the intake hands it over."""
    return Candidate(name, f"{folder}/{name}", name, None, text if isinstance(text, bytes) else text.encode())


def take(library: Library, *files: Candidate, team: str | None = "支付中心") -> list[Outcome]:
    """What became of the files."""
    return list(library.ingest(files, NOW, team))


def statuses(outcomes: Sequence[Outcome]) -> list[str]:
    """What became of each file, in a word."""
    return [outcome.status for outcome in outcomes]


def project_names(library: Library) -> list[str]:
    """Every project that can be asked for."""
    return [project.name for project in library.projects(EVERYONE, LATER)]


def found(library: Library, query: str) -> list[tuple[str, int]]:
    """Where a search finds something with all its words."""
    hits = library.search(EVERYONE, LATER, query, None, LATER)
    return [(hit.report.source, hit.line) for hit in hits.hits] if hits.exact else []


def count(library: Library) -> int:
    """How many reports there are."""
    span = library.span(EVERYONE, LATER)
    return span[0] if span else 0


def test_an_unchanged_file_is_skipped(library: Library) -> None:
    """The same bytes a second time are unchanged: no second report, no second mention, no second hit."""
    assert statuses(take(library, file(FIRST))) == ["added"]
    assert statuses(take(library, file(FIRST))) == ["unchanged"]
    assert (count(library), project_names(library), found(library, "海风")) == (1, ["海风平台"], [("a.md", 4)])


def test_a_changed_file_replaces_what_it_said(library: Library) -> None:
    """After a revision the old project, the old text and the old hit are gone from every answer."""
    take(library, file(FIRST))
    assert statuses(take(library, file(SECOND))) == ["revised"]
    assert (count(library), project_names(library)) == (1, ["云帆平台"])
    assert (found(library, "海风"), found(library, "云帆")) == ([], [("a.md", 4)])
    (ref,) = library.reports_between(EVERYONE, LATER, None, LATER)
    assert library.cite(EVERYONE, ref, 4).quote == "- 云帆平台：进度55%"


def test_a_revision_keeps_the_old_text_in_history(tmp_path: Path) -> None:
    """Every revision's bytes stay in the database, numbered, the newest last; going back to old bytes is one more."""
    library = Library.open(str(tmp_path / "a.db"), create=True)
    for text in (FIRST, SECOND, FIRST):
        take(library, file(text))
    library.close()
    with sqlite3.connect(tmp_path / "a.db") as db:
        kept = db.execute("SELECT number, content FROM revisions JOIN files USING (sha256) ORDER BY number").fetchall()
    db.close()
    assert kept == [(1, FIRST.encode()), (2, SECOND.encode()), (3, FIRST.encode())]


def test_a_revision_moves_a_report_to_another_week(library: Library) -> None:
    """A corrected date takes the report out of its old week."""
    take(library, file(FIRST))
    take(library, file(written(P, "- 海风平台", title="# 第39周 2023-09-22")))
    assert library.reports_between(EVERYONE, LATER, None, date(2023, 9, 15)) == ()
    assert library.reports_labelled(EVERYONE, LATER, [38]) == ()
    assert [ref.report_date for ref in library.reports_labelled(EVERYONE, LATER, [39])] == [date(2023, 9, 22)]


def test_a_revision_that_cannot_be_read_changes_nothing(library: Library) -> None:
    """When a file becomes binary or loses its date it is refused, and what it said before still stands."""
    take(library, file(FIRST))
    for content, reason in ((b"\x89PNG\x00\x01", "binary"), (b" \n", "empty"), ("随便写写".encode(), "undated")):
        (outcome,) = take(library, file(content))
        assert (outcome.status, outcome.reason) == ("refused", reason)
    assert (project_names(library), found(library, "海风")) == (["海风平台"], [("a.md", 4)])


def test_a_file_spelt_differently_is_one_report(library: Library, tmp_path: Path, monkeypatch: Any) -> None:
    """Relative, absolute, with dots, through a link or through its folder: the file is the same report."""
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.md").write_text(FIRST)
    (tmp_path / "link").symlink_to(tmp_path / "x")
    monkeypatch.chdir(tmp_path)
    spellings = ["x/a.md", str(tmp_path / "x" / "a.md"), "./x/../x/a.md", "link/a.md", "x"]
    got = [statuses(take(library, *candidates([path]))) for path in spellings]
    assert got == [["added"], *[["unchanged"]] * 4]
    assert count(library) == 1


def test_the_same_file_of_another_team_is_another_report(library: Library) -> None:
    """A report is (team, source): handed in for two teams it is two, each with projects of its own."""
    assert statuses(take(library, file(FIRST), team="甲组")) == ["added"]
    assert statuses(take(library, file(FIRST), team="乙组")) == ["added"]
    assert library.teams(EVERYONE, LATER) == ("乙组", "甲组")
    assert sorted(p.team or "" for p in library.projects(EVERYONE, LATER)) == ["乙组", "甲组"]


def test_the_team_is_the_one_named_else_the_reports_else_the_folders(library: Library) -> None:
    """`--team` wins over what the report says, which wins over the folder; without any the team is unknown."""
    says = written("团队：结算组", P, "- 海风平台", title="# 第38周 2023-09-15")
    in_folder = Candidate("x/b.md", "/x/b.md", "x/b.md", "渠道组", FIRST.encode())
    assert [o.team for o in take(library, file(says), team="甲组")] == ["甲组"]
    assert [o.team for o in take(library, file(says), in_folder, file(SECOND, "c.md"), team=None)] == [
        "结算组", "渠道组", ""
    ]  # fmt: skip
    assert [ref.team for ref in library.reports_between(EVERYONE, LATER, None, LATER)].count(None) == 1


def test_a_moved_file_is_the_same_report(library: Library) -> None:
    """The same bytes under the same name in another folder are no second report."""
    take(library, file(FIRST))
    assert statuses(take(library, file(FIRST, folder="/archive"))) == ["unchanged"]
    assert count(library) == 1


def test_a_moved_file_that_changes_later_is_a_revision(library: Library) -> None:
    """After the library has seen a file at its new place, a change there revises the report it always was."""
    take(library, file(FIRST))
    take(library, file(FIRST, folder="/archive"))
    assert statuses(take(library, file(SECOND, folder="/archive"))) == ["revised"]
    assert count(library) == 1


def test_equal_texts_under_two_names_are_two_reports(library: Library) -> None:
    """Two files of one folder with the same bytes are both kept, since a name alone may date a report."""
    assert statuses(take(library, file(FIRST), file(FIRST, "b.md"))) == ["added", "added"]


def test_a_bad_file_never_stops_the_others(library: Library) -> None:
    """Every bad file is named with its reason, and every good one goes in, whatever stands between them."""
    files = [
        file(b"", "empty.md"), file(FIRST), file(b"\x89PNG\r\n\x1a\n\x00\x00", "picture.md"),
        Candidate("gone.md", "/gone.md", "gone.md", reason="missing"), file("没有日期", "undated.md"),
        Candidate("x.docx", "/x.docx", "x.docx", reason="unsupported"), file(SECOND, "b.md"),
    ]  # fmt: skip
    assert [(o.source, o.status, o.reason) for o in take(library, *files)] == [
        ("empty.md", "refused", "empty"), ("a.md", "added", None), ("picture.md", "refused", "binary"),
        ("gone.md", "refused", "missing"), ("undated.md", "refused", "undated"), ("x.docx", "refused", "unsupported"),
        ("b.md", "added", None),
    ]  # fmt: skip
    assert project_names(library) == ["海风平台", "云帆平台"]


def test_an_ingest_that_is_broken_off_can_be_taken_up_again(library: Library) -> None:
    """Whoever stops after the first of two files and runs it again has every project, unchanged files included."""
    run = iter(library.ingest([file(FIRST), file(SECOND, "b.md")], NOW, "支付中心"))
    assert next(run).status == "added"
    run.close()  # type: ignore[attr-defined]
    take(library, file(FIRST))
    assert project_names(library) == ["海风平台"]


def test_a_withdrawn_report_exists_for_no_question_until_it_comes_in_again(tmp_path: Path) -> None:
    """What is withdrawn isn't counted, listed or found; the same bytes handed in again bring it back."""
    library = Library.open(str(tmp_path / "a.db"), create=True)
    take(library, file(FIRST))
    with sqlite3.connect(tmp_path / "a.db") as db:
        db.execute("UPDATE reports SET withdrawn_at = '2023-12-01'")
    db.close()
    assert (count(library), project_names(library), found(library, "海风")) == (0, [], [])
    assert statuses(take(library, file(FIRST))) != ["unchanged"]
    assert (count(library), project_names(library), found(library, "海风")) == (1, ["海风平台"], [("a.md", 4)])
    library.close()


def test_reports_after_the_day_of_the_question_do_not_exist(library: Library) -> None:
    """As of a day, later reports are not counted, not listed, not found, and nothing of theirs is told."""
    take(
        library, file(FIRST), file(written(P, "- 云帆平台", E, "- 9/9 09:29 超时", title="# 第39周 2023-09-22"), "b.md")
    )
    day = date(2023, 9, 21)
    assert library.span(EVERYONE, day) == (1, date(2023, 9, 15), date(2023, 9, 15))
    assert [p.name for p in library.projects(EVERYONE, day)] == ["海风平台"]
    assert library.incidents(EVERYONE, day, None, LATER) == ()
    assert library.search(EVERYONE, day, "云帆平台", None, LATER).exact is False
    assert library.reports_labelled(EVERYONE, day, [39]) == ()


def test_a_name_given_later_is_unknown_before(library: Library) -> None:
    """As of a day, a project has the names that it had then; an alias of a later report doesn't exist yet."""
    take(library, file(FIRST), file(written(P, "- 海风平台（小风项目）", title="# 第39周 2023-09-22"), "b.md"))
    (project,) = library.projects(EVERYONE, date(2023, 9, 21))
    assert (project.name, [name for name, _ in project.names]) == ("海风平台", ["海风平台"])


# ---- order of arrival ----------------------------------------------------------------------------------------------

REPORTS = (
    file(written(P, "- 海风平台：进度40%", "- 云帆", "    - 页面：进度10%", title="# 第37周 2023-09-08"), "a.md"),
    file(
        written(
            H, "- 【海风延期】", "上线 9/30", P, "- 海风平台（小风项目）：进度60%", E, "- 9/14 18:02 撤销报错，影响2笔"
        ),
        "b.md",
    ),
    file(written(P, "- 页面：进度20%", "- 云帆工具：试用中", title="# 第39周 2023-09-22"), "c.md"),
    file(
        written(P, "- 小风项目，70%", E, "- 9/14 18:02 撤销报错", "处置：已修复", title="# 第40周 2023-09-29"), "d.md"
    ),
    file(written(P, "- 云帆，暂停", E, "- 9/20 11:00 报表延迟", title="# 第41周 2023-10-08"), "e.md"),
)


def snapshot(library: Library) -> dict[str, Any]:
    """Everything that the library answers, without row ids."""
    projects = library.projects(EVERYONE, LATER)
    names = {project.subject: project.name for project in projects}
    said = {p.subject: library.updates(EVERYONE, LATER, [p.subject]) for p in projects}
    return {
        "projects": [(p.name, [n for n, _ in p.names], p.parent and names[p.parent]) for p in projects],
        "updates": [[(m.report.source, m.record) for m in said[p.subject]] for p in projects],
        "incidents": [
            [(m.report.source, m.record) for m in group] for group in library.incidents(EVERYONE, LATER, None, LATER)
        ],
        "search": {query: found(library, query) for query in ("海风", "进度", "报错", "页面", "小风 70%")},
        "near": [hit.text for hit in library.search(EVERYONE, LATER, "海峰平台", None, LATER).hits],
    }


def filled(folder: Path, batches: Sequence[Sequence[Candidate]]) -> dict[str, Any]:
    """What a new library answers after these runs of ingest."""
    library = Library.open(str(folder / "a.db"), create=True)
    try:
        for batch in batches:
            assert set(statuses(take(library, *batch))) <= {"added", "unchanged"}
        return snapshot(library)
    finally:
        library.close()


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the library answers when the reports came in by date, in one run."""
    return filled(tmp_path_factory.mktemp("in-order"), [REPORTS])


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(REPORTS), cut=st.integers(0, 5), again=st.integers(0, 4))
def test_the_order_of_arrival_makes_no_difference(
    in_order: dict[str, Any], order: list[Candidate], cut: int, again: int
) -> None:
    """Any order, in one run or two, with a file handed in twice: the same projects, updates, incidents and hits."""
    with TemporaryDirectory() as folder:
        assert filled(Path(folder), [order[:cut], order[cut:], [order[again]]]) == in_order


def test_the_reports_of_the_order_test_are_worth_ordering(in_order: dict[str, Any]) -> None:
    """Those reports hold an alias, a part named alone, a name that goes on under a longer one, a retold incident and a
    highlight, each linked as it should."""
    assert sorted(name for name, _, _ in in_order["projects"]) == ["云帆", "小风项目", "页面"]
    assert {name: parent for name, _, parent in in_order["projects"]}["页面"] == "云帆"
    assert [len(group) for group in in_order["incidents"]] == [1, 2]


def test_two_reports_of_one_day_are_told_in_one_order(tmp_path: Path) -> None:
    """Where two reports of a day speak of a project, which of them comes first doesn't hang on which came in first."""
    one, other = file(FIRST), file(written(P, "- 海风平台：进度60%"), "b.md")
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    assert filled(tmp_path / "x", [[one, other]])["updates"] == filled(tmp_path / "y", [[other, one]])["updates"]


def test_at_rest_a_library_stays_as_it_was(library: Library) -> None:
    """All that is asked at rest sees one state, also while another program brings in a report; afterwards the new one
    is there."""
    take(library, file(FIRST))
    other = Library.open(library._connections.path)
    with library.at_rest():
        before = project_names(library)
        take(other, file(SECOND, "b.md"))
        with library.at_rest():
            assert (project_names(library), found(library, "云帆")) == (before, [])
        assert count(library) == 1
    other.close()
    assert project_names(library) == ["海风平台", "云帆平台"]
    assert found(library, "云帆") == [("b.md", 4)]


def test_updates_are_cut_by_days_and_projects(library: Library) -> None:
    """What is reported between two days, both in it, and on a project up to a day, newest report first."""
    weeks = (("8", "40%"), ("15", "50%"), ("22", "60%"))
    for day, done in weeks:
        text = written(P, f"- 海风平台：进度{done}", f"- 云帆{day}：开发中", title=f"# 周报 2023-09-{day:0>2}")
        take(library, file(text, f"{day}.md"))
    first, last = date(2023, 9, 8), date(2023, 9, 15)
    told = library.updates_between(EVERYONE, LATER, first, last)
    assert [(m.report.source, m.record.name) for m in told] == [
        ("15.md", "海风平台"), ("15.md", "云帆15"), ("8.md", "海风平台"), ("8.md", "云帆8"),
    ]  # fmt: skip
    assert {m.report.source for m in library.updates_between(EVERYONE, last, None, LATER)} == {"8.md", "15.md"}
    subject = next(p.subject for p in library.projects(EVERYONE, LATER) if p.name == "海风平台")
    assert [m.record.progress for m in library.updates(EVERYONE, LATER, [subject])] == [60, 50, 40]
    assert [m.record.progress for m in library.updates(EVERYONE, first, [subject])] == [40]
