"""The text of one report → a `Report`: the parts of reading put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from store.reading.document import Document
from store.reading.goals import read_goals, read_table_goals
from store.reading.head import read_head, week_of
from store.reading.incidents import read_incidents, read_table_incidents
from store.reading.kinds import with_kinds
from store.reading.layout import Layout, PlacedTable, lay_out
from store.reading.metrics import read_metrics, read_table_metrics
from store.reading.notices import read_notices
from store.reading.outline import outline
from store.reading.parts import parts
from store.reading.postmortem import is_postmortem, read_postmortem
from store.reading.projects import read_updates
from store.reading.retold import without_retold
from store.reading.rows import read_table_updates
from store.records import Goal, Incident, Metric, Notice, Report, Update

UNDATED = Notice(1, "undated", "")


def read_report(text: str, name: str = "") -> Report:
    """What the Markdown or plain text `text` says; see `read_document`."""
    return read_document(Document.of_markdown(text), name)


def read_reports(document: Document, name: str = "") -> tuple[Report, ...]:
    """What the reports in `document` say, oldest first: one, or one a week for a file with several weeks.

    `name` dates a single report only: a file with several weeks has one name for all of them.
    """
    found = parts(document)
    if len(found) == 1:
        return (read_document(document, name),)
    reports = [read_document(part) for part in found]
    return tuple(sorted(reports, key=lambda report: report.report_date or date.min))


def read_document(document: Document, name: str = "") -> Report:
    """What the one report in `document` says; `name` is the file's name, which dates a report whose titles don't.

    A report without any date keeps its sections and items, but nothing is drawn from them: what a report means by
    "9/15" or 下周 depends on when it was written.
    """
    laid_out = lay_out(outline(document.texts))
    layout = with_kinds(laid_out)
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
        span=document.span,
    )
    if is_postmortem(laid_out.sections) and (incident := _recorded(layout)):
        return _record(report, incident, layout.tables)
    on = head.report_date
    return _understood(report, layout.tables, on) if on else replace(report, notices=(UNDATED,))


def _recorded(layout: Layout) -> Incident | None:
    title = next((line for line in layout.head if line.mark == "#"), None)
    return read_postmortem(layout, title.text if title else "", title.number if title else 1)


def _record(report: Report, incident: Incident, tables: Sequence[PlacedTable]) -> Report:
    """The record of one incident: it is of the day on which that began, where its title gives no other. What is to be
    done about it may stand in a table, with its progress."""
    began = incident.occurred_at
    day = began.date() if isinstance(began, datetime) else began
    if report.report_date is None and day is not None:
        start, end = week_of(day)
        report = replace(report, report_date=day, period_start=start, period_end=end)
    updates = read_table_updates(tables, report.sections, report.report_date) if report.report_date else ()
    report = replace(report, incidents=(incident,), updates=updates)
    return replace(report, notices=read_notices(report))


def _understood(report: Report, tables: Sequence[PlacedTable], on: date) -> Report:
    found = read_incidents(report.items, report.sections, on)
    rows = read_table_incidents(tables, report.sections, on)
    tabled = read_table_metrics(tables, report.sections)
    metrics = (*read_metrics(report.items, report.sections, on, tabled), *tabled)
    goals = (*read_goals(report.items, report.sections), *read_table_goals(tables, report.sections))
    rowed = read_table_updates(tables, report.sections, on)
    updates = (*read_updates(report.items, report.sections, on, (row.name for row in rowed)), *rowed)
    report = replace(
        report,
        updates=tuple(without_retold(_by_line(updates))),
        metrics=_by_line(metrics),
        incidents=_by_line((*found.incidents, *rows.incidents)),
        goals=_by_line(goals),
        no_incidents=tuple(sorted((*found.none, *rows.none))),
    )
    return replace(report, notices=read_notices(report))


Found = TypeVar("Found", Update, Metric, Incident, Goal)


def _by_line(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda record: record.line))
