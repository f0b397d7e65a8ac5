"""What a list was looked for in: the reports of its days, and the weeks without any. A "none" rests on these."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.answers.context import Context
from bot.answers.model import Para, Style, plain
from store.records import ReportRef

MOST_WEEKS = 520  # of a range since ever; ten years of missing weeks are no help to anybody
MOST_NAMED = 6


def consulted(context: Context, start: date | None, end: date) -> tuple[ReportRef, ...]:
    """The reports of the weeks from `start` to `end`, newest first."""
    first = start - timedelta(days=start.weekday()) if start else None
    last = end + timedelta(days=6 - end.weekday())
    return context.library.reports_between(context.viewer, context.as_of, first, last)


def consulted_data(reports: Sequence[ReportRef]) -> list[dict[str, Any]]:
    """The reports as JSON values."""
    return [
        {"source": r.source, "label": r.label, "team": r.team, "report_date": r.report_date.isoformat()}
        for r in reports
    ]


def missing_weeks(context: Context, reports: Sequence[ReportRef], start: date | None, end: date) -> list[date]:
    """The Mondays of the weeks from `start` to `end` that have no report and are over."""
    dates = sorted(report.report_date for report in reports)
    if not dates:
        return []
    first = start or dates[0]
    mondays = range((first - timedelta(days=first.weekday())).toordinal(), end.toordinal() + 1, 7)[-MOST_WEEKS:]
    told = {day.toordinal() - day.weekday() for day in dates}
    return [date.fromordinal(at) for at in mondays if at + 6 < context.as_of.toordinal() and at not in told]


def consulted_notes(context: Context, reports: Sequence[ReportRef], missing: Sequence[date] = ()) -> list[Para]:
    """How many reports were consulted, of which days, and which weeks have none."""
    if not reports:
        return []
    dates = [report.report_date for report in reports]
    told = context.say("dates.consulted", count=len(reports), start=min(dates), end=max(dates))
    notes = [Para(plain(told, Style.DIM))]
    if missing:
        weeks = [context.say("incidents.week", monday=context.day(monday)) for monday in missing]
        named = "、".join(weeks) if len(weeks) <= MOST_NAMED else f"{'、'.join(weeks[:3])} … {weeks[-1]}"
        notes.append(Para(plain(context.say("incidents.missing", weeks=named), Style.DIM)))
    return notes
