"""The benchmark runs; what it finds is nobody's promise here."""

from __future__ import annotations

import pytest
from support.bench import corpus, main

from store.reading import read_report


def test_the_benchmark_prints_its_rows(capsys: pytest.CaptureFixture[str]) -> None:
    """Over two reports, a short line and a few bullets every row comes out, with a figure in it."""
    main(["--reports", "2", "--rounds", "1", "--line", "200", "--bullets", "5", "--questions", "3", "--folder", "2"])
    rows = capsys.readouterr().out.splitlines()
    expected = ["markdown-it-py", "reading", "reading + indexing", "dates of a line", "dates of 20,000", "3 questions"]
    expected += ["the first answer", "one report", "a line of 200", "5 bullets", "a folder of 2", ""]
    assert [row.startswith(start) for row, start in zip(rows, expected, strict=True)] == [True] * len(rows)
    assert all(any(char.isdigit() for char in row) for row in rows)


def test_no_two_reports_of_the_benchmark_are_alike() -> None:
    """The reports differ in days and projects, so that no cache makes the benchmark look better than a real folder."""
    reports = [read_report(text, name) for name, text in corpus(80, 2)]
    assert all(report.report_date for report in reports)
    assert len({(report.report_date, report.updates[0].name) for report in reports}) > 50
