"""A report's own lines as they stood when they were cited, for who may see them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.made_up import Put, weekly
from support.places import NOW

from bot.originals import LONGEST, Cited, Sources, packed, sources_of, unpacked
from store.intake import Candidate
from store.library import Library
from store.originals import Originals
from store.records import Citation, ReportRef
from store.upkeep import Upkeep
from store.viewer import EVERYONE, Viewer

OLD = weekly("第38周", "2023-09-15", ["- 海棠平台：进度60%"])
NEW = OLD.replace("60%", "65%").replace("# 第38周", "前言\n\n# 第38周")


def only(library: Library) -> ReportRef:
    """The one report."""
    [report] = library.reports_between(EVERYONE, date.max, None, date.max)
    return report


def test_a_report_is_shown_as_of_the_revision_that_was_cited(library: Library, put: Put) -> None:
    """A later revision changes neither the lines nor their numbers, and is told."""
    put(OLD)
    before = only(library)
    put(NEW)
    now = only(library)
    assert (before.revision, now.revision) == (1, 2)
    first, second = (Originals(library).of(EVERYONE, now.id, number) for number in (1, 2))
    assert first is not None
    assert second is not None
    assert [line for line in first.lines if line] == [line for line in OLD.splitlines() if line]
    assert "- 海棠平台：进度65%" in second.lines
    assert (first.revised, second.revised) == (True, False)


def test_who_may_not_see_a_report_learns_nothing(library: Library, put: Put) -> None:
    """It is as if there were no such report; nor is there a revision that never was."""
    put(OLD, team="甲组")
    report = only(library)
    assert Originals(library).of(Viewer("U1", frozenset({"乙组"})), report.id, 1) is None
    assert Originals(library).of(Viewer("U1", frozenset({"甲组"})), report.id, 1) is not None
    for nothing in ((report.id, 0), (report.id, 2), (report.id + 1, 1), (-1, 1)):
        assert Originals(library).of(EVERYONE, *nothing) is None


def test_a_withdrawn_report_shows_no_lines(library: Library, put: Put) -> None:
    """That it is withdrawn is said, what it said is not."""
    put(OLD)
    report = only(library)
    Upkeep(library).withdraw(report.id, NOW)
    original = Originals(library).of(EVERYONE, report.id, 1)
    assert original is not None
    assert original.withdrawn
    assert original.lines == ()


def test_a_page_keeps_its_lines(library: Library) -> None:
    """Of a file whose lines a person sees otherwise than they are kept, an earlier revision shows those seen."""
    for share in (60, 65):
        page = f"<h1>第38周 2023-09-15</h1>\n<h2>O1 服务</h2>\n<ul><li>海棠平台：进度{share}%</li></ul>"
        list(library.ingest([Candidate("a.html", "/a.html", "a.html", None, page.encode())], NOW, "甲组"))
    original = Originals(library).of(EVERYONE, only(library).id, 1)
    assert original is not None
    assert any("海棠平台：进度60%" in line and "<" not in line for line in original.lines)


def citation(number: int, first: int, last: int) -> Citation:
    """Lines of one of several reports."""
    day = date(2023, 9, 15)
    return Citation(ReportRef(number, "甲组", "第38周", day, day, day, "a.md", None, 3), first, last, "…")


def test_what_is_cited_is_carried_by_report_with_runs_drawn_together() -> None:
    """Each report once, in order of its first citation, with its revision and its lines as runs."""
    sources = sources_of([citation(7, 5, 6), citation(2, 1, 1), citation(7, 7, 7), citation(7, 9, 9)], "zh")
    assert sources == Sources("zh", (Cited(7, 3, ((5, 7), (9, 9))), Cited(2, 3, ((1, 1),))))
    assert unpacked(packed(sources)) == sources


CITATIONS = st.lists(
    st.builds(citation, st.integers(1, 10**9), st.integers(1, 10**6), st.integers(0, 0)).map(
        lambda c: Citation(c.report, c.line, c.line + 1, c.quote)
    ),
    max_size=300,
)


@given(CITATIONS, st.sampled_from(["zh", "en"]))
def test_any_sources_fit_into_a_button(cited: list[Citation], lang: str) -> None:
    """However much is cited, a button carries it, the best report first and none without its lines made up."""
    value = packed(sources_of(cited, lang))
    assert len(value) <= LONGEST
    told = unpacked(value)
    assert [one.report_id for one in told.cited[:1]] == [one.report.id for one in cited[:1]]
    lines = {(one.report.id, at) for one in cited for at in (one.line, one.line_end)}
    assert {(one.report_id, at) for one in told.cited for ends in one.ranges for at in ends} <= lines


@pytest.mark.parametrize("value", ["", "{}", "[]", '["xx",0]', '["zh",3]', '["zh",0,[1]]', '["zh",0,[1,1,2]]', "[[]]"])
def test_what_no_button_carries_is_refused(value: str) -> None:
    """A value of another version, or of somebody's making, is an error and never somebody's lines."""
    with pytest.raises((ValueError, TypeError)):
        unpacked(value)
