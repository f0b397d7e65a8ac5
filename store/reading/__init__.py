"""Reading: the text of one report → a `Report` of frozen records. Pure: no file, no database, no clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from store.reading.document import Document
from store.reading.goals import read_goals
from store.reading.head import read_head
from store.reading.incidents import read_incidents
from store.reading.layout import lay_out
from store.reading.marks import marked
from store.reading.metrics import read_metrics
from store.reading.notices import read_notices
from store.reading.projects import read_updates
from store.records import Notice, Report

# Raised whenever a change here reads any report differently, so that unchanged files are read again.
READER_VERSION = 4
UNDATED = Notice(1, "undated", "")


def read_report(text: str, name: str = "") -> Report:
    """What the Markdown or plain text `text` says; see `read_document`."""
    return read_document(Document.of_markdown(text), name)


def read_document(document: Document, name: str = "") -> Report:
    """What the one report in `document` says; `name` is the file's name, which dates a report whose titles don't.

    A report without any date keeps its sections and items, but nothing is drawn from them: what a report means by
    "9/15" or 下周 depends on when it was written.
    """
    layout = lay_out(marked(text.line, text.markdown) for text in document.texts)
    head = read_head(layout.head, name)
    report = Report(
        label=head.label,
        team=head.team,
        report_date=head.report_date,
        period_start=head.period_start,
        period_end=head.period_end,
        created_at=head.created_at,
        lines=document.lines,
        sections=layout.sections,
        items=layout.items,
    )
    return _understood(report, head.report_date) if head.report_date else replace(report, notices=(UNDATED,))


def _understood(report: Report, on: date) -> Report:
    found = read_incidents(report.items, report.sections, on)
    report = replace(
        report,
        updates=read_updates(report.items, report.sections, on),
        metrics=read_metrics(report.items, report.sections),
        incidents=found.incidents,
        goals=read_goals(report.items, report.sections),
        no_incidents=found.none,
    )
    return replace(report, notices=read_notices(report))
