"""SQL for reports and their revisions: saving what was read, and finding reports by week, date and team."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from sqlite_utils import Database

from store.database.visible import REPORT_COLUMNS, VISIBLE, bounds, report_ref
from store.records import Report, ReportRef
from store.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as it came in: whose, from where, its bytes and their hash, and when (UTC)."""

    team: str
    origin: str
    source: str
    content: bytes
    sha256: str
    reader_version: int
    at: datetime
    url: str | None = None
    part: int = 0


def is_known(db: Database, arrival: Arrival) -> bool:
    """Whether these bytes stand already as the newest revision of this report, read by the same reader."""
    found = _existing(db, arrival)
    return (
        found is not None
        and found["sha256"] == arrival.sha256
        and found["reader_version"] == arrival.reader_version
        and found["withdrawn_at"] is None
    )


def is_withdrawn(db: Database, arrival: Arrival) -> bool:
    """Whether the report that this file is a state of is withdrawn; saving it brings it back."""
    found = _existing(db, arrival)
    return found is not None and found["withdrawn_at"] is not None


def team_of(db: Database, origin: str) -> str | None:
    """The team that this file's report belongs to already, if it is known."""
    row = next(iter(db.query("SELECT team FROM reports WHERE origin = ? ORDER BY team DESC", (origin,))), None)
    return row["team"] if row else None


def adopt(db: Database, origin: str, team: str) -> None:
    """Give a report that came in without a team to the team that is named now. The caller holds the transaction."""
    db.execute("UPDATE OR IGNORE reports SET team = ? WHERE origin = ? AND team = ''", (team, origin))


def note_place(db: Database, arrival: Arrival) -> None:
    """Note where a known report lies now, so that a later change of the file there is known to be its revision.

    The caller holds the transaction.
    """
    found = _existing(db, arrival)
    if found and (found["origin"], found["source"]) != (arrival.origin, arrival.source):
        row = (arrival.origin, arrival.source, arrival.url, found["id"])
        db.execute("UPDATE reports SET origin = ?, source = ?, url = coalesce(?, url) WHERE id = ?", row)


def save(db: Database, arrival: Arrival, report: Report) -> tuple[int, int]:
    """Store the report with a new revision and replace what was read from the old one; (report id, revision).

    The caller holds the transaction.
    """
    found = _existing(db, arrival)
    number = found["revision"] + (found["sha256"] != arrival.sha256) if found else 1
    row = _row(arrival, report, number)
    if found:
        report_id = int(found["id"])
        assignments = ", ".join(f"{name} = :{name}" for name in row)
        db.execute(f"UPDATE reports SET {assignments} WHERE id = :id", {**row, "id": report_id})
    else:
        names = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        report_id = int(db.execute(f"INSERT INTO reports ({names}) VALUES ({values})", row).lastrowid or 0)
    _save_revision(db, arrival, report_id, number)
    return report_id, number


def _existing(db: Database, arrival: Arrival) -> dict[str, Any] | None:
    """The report that this file is a state of: the same origin, else the same bytes under the same name elsewhere.

    The name counts too, since a report that only its name dates may be handed in twice unchanged.
    """
    rows = list(db.query(
        """SELECT r.id, r.origin, r.source, r.revision, r.withdrawn_at, v.sha256, v.reader_version FROM reports r
           JOIN revisions v ON v.report_id = r.id AND v.number = r.revision
           WHERE r.team = :team AND r.part = :part AND (r.origin = :origin OR v.sha256 = :sha)""",
        {"team": arrival.team, "origin": arrival.origin, "part": arrival.part, "sha": arrival.sha256},
    ))  # fmt: skip
    here = [row for row in rows if row["origin"] == arrival.origin]
    moved = [row for row in rows if PurePath(row["origin"]).name == PurePath(arrival.origin).name]
    return next(iter(here + moved), None)


def _row(arrival: Arrival, report: Report, number: int) -> dict[str, Any]:
    digits = re.search(r"\d+", report.label or "")
    return {
        "team": arrival.team, "origin": arrival.origin, "part": arrival.part,
        "source": arrival.source, "url": arrival.url,
        "label": report.label, "label_number": int(digits[0]) if digits else None,
        "report_date": _iso(report.report_date), "period_start": _iso(report.period_start),
        "period_end": _iso(report.period_end), "created_at": _iso(report.created_at),
        "revision": number, "withdrawn_at": None,
    }  # fmt: skip


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _save_revision(db: Database, arrival: Arrival, report_id: int, number: int) -> None:
    db.execute(
        """INSERT INTO revisions (report_id, number, sha256, content, reader_version, ingested_at)
           VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (report_id, number) DO UPDATE SET reader_version = excluded.reader_version""",
        (report_id, number, arrival.sha256, arrival.content, arrival.reader_version, _iso(arrival.at)),
    )


def content(db: Database, report_id: int) -> bytes:
    """The newest bytes of a report."""
    sql = """SELECT v.content FROM revisions v JOIN reports r ON r.id = v.report_id AND r.revision = v.number
             WHERE r.id = ?"""
    found: bytes = db.execute(sql, (report_id,)).fetchone()[0]
    return found


def listed(db: Database, viewer: Viewer, as_of: date, start: date | None, end: date) -> tuple[ReportRef, ...]:
    """The reports whose own date lies in the range, newest first."""
    rows = db.query(
        f"""SELECT {REPORT_COLUMNS} FROM reports r WHERE {VISIBLE} AND r.report_date BETWEEN :start AND :end
            ORDER BY r.report_date DESC, r.team, r.source""",
        {**bounds(viewer, as_of), "start": (start or date.min).isoformat(), "end": end.isoformat()},
    )
    return tuple(map(report_ref, rows))


def labelled(db: Database, viewer: Viewer, as_of: date, numbers: Sequence[int]) -> tuple[ReportRef, ...]:
    """The reports that call themselves by one of these week numbers, newest first."""
    marks = ", ".join(str(int(number)) for number in numbers)
    rows = db.query(
        f"""SELECT {REPORT_COLUMNS} FROM reports r WHERE {VISIBLE} AND r.label_number IN ({marks})
            ORDER BY r.report_date DESC, r.team, r.source""",
        bounds(viewer, as_of),
    )
    return tuple(map(report_ref, rows))


def teams(db: Database, viewer: Viewer, as_of: date) -> tuple[str, ...]:
    """The teams that have a report."""
    rows = db.query(f"SELECT DISTINCT r.team FROM reports r WHERE {VISIBLE} ORDER BY r.team", bounds(viewer, as_of))
    return tuple(row["team"] for row in rows if row["team"])


def span(db: Database, viewer: Viewer, as_of: date) -> tuple[int, date, date] | None:
    """How many reports there are, and the dates of the oldest and the newest; None without any."""
    row = next(iter(db.query(
        f"SELECT count(*) AS n, min(report_date) AS a, max(report_date) AS z FROM reports r WHERE {VISIBLE}",
        bounds(viewer, as_of),
    )))  # fmt: skip
    return (row["n"], date.fromisoformat(row["a"]), date.fromisoformat(row["z"])) if row["n"] else None
