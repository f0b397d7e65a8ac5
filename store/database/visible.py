"""The one condition by which every question is held to what its viewer may see and to its day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from store.records import ReportRef
from store.viewer import Viewer

# For a table of reports under the name r. Reports dated after the day of the question don't exist for it.
VISIBLE = """
    r.withdrawn_at IS NULL AND r.report_date <= :as_of
    AND (:teams IS NULL OR r.team IN (SELECT value FROM json_each(:teams)))
"""
# For a range of report dates, both ends in it.
BETWEEN = "r.report_date BETWEEN :start AND :end"
REPORT_COLUMNS = (
    "r.id AS report_id, r.team, r.label, r.report_date, r.period_start, r.period_end, r.source, r.url, r.revision"
)


def bounds(viewer: Viewer, as_of: date = date.max) -> dict[str, Any]:
    """The parameters of `VISIBLE`; without a day, reports of any day exist."""
    teams = None if viewer.teams is None else json.dumps(sorted(viewer.teams))
    return {"as_of": as_of.isoformat(), "teams": teams}


def between(start: date | None, end: date) -> dict[str, str]:
    """The parameters of `BETWEEN`; a start of None is since ever."""
    return {"start": (start or date.min).isoformat(), "end": end.isoformat()}


def report_ref(row: Mapping[str, Any]) -> ReportRef:
    """The report of a row that holds `REPORT_COLUMNS`."""
    return ReportRef(
        id=row["report_id"],
        team=row["team"] or None,
        label=row["label"],
        report_date=date.fromisoformat(row["report_date"]),
        period_start=date.fromisoformat(row["period_start"]),
        period_end=date.fromisoformat(row["period_end"]),
        source=row["source"],
        url=row["url"],
        revision=row["revision"],
    )
