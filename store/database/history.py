"""SQL for what no question sees: withdrawn reports, earlier revisions, and the texts to be read again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from store.database import facts
from store.database.reports import Arrival
from store.database.rows import Database
from store.database.visible import REPORT_COLUMNS, report_ref
from store.records import ReportRef
from store.viewer import Viewer


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report as it is kept: its newest revision's number, and since when it is withdrawn (UTC; None if it isn't)."""

    ref: ReportRef
    revision: int
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a report: its number from 1, its hash and size in bytes, the reader that read it last, and when it
    came in (UTC)."""

    number: int
    sha256: str
    size: int
    reader_version: int
    ingested_at: datetime


def kept_reports(db: Database, viewer: Viewer, team: str | None = None) -> tuple[KeptReport, ...]:
    """Every report that the viewer may see, withdrawn ones too, newest first."""
    rows = db.query(
        f"""SELECT {REPORT_COLUMNS}, r.withdrawn_at FROM reports r
            ORDER BY r.report_date DESC, r.team, r.source, r.id"""
    )
    return tuple(
        KeptReport(report_ref(row), row["revision"], _moment(row["withdrawn_at"]))
        for row in rows
        if viewer.may_see(row["team"]) and team in (None, row["team"])
    )


def kept_between(db: Database, team: str, start: date, end: date) -> tuple[KeptReport, ...]:
    """Every report of a team dated in the range, withdrawn ones too, the newest that came in first."""
    rows = db.query(
        f"""SELECT {REPORT_COLUMNS}, r.withdrawn_at FROM reports r
            WHERE r.team = ? AND r.report_date BETWEEN ? AND ? ORDER BY r.id DESC""",
        (team, start.isoformat(), end.isoformat()),
    )
    return tuple(KeptReport(report_ref(row), row["revision"], _moment(row["withdrawn_at"])) for row in rows)


def with_file(db: Database, team: str, sha256: str) -> KeptReport | None:
    """The report of a team that has or had a revision read from these bytes; of several the newest."""
    row = next(iter(db.query(
        f"""SELECT {REPORT_COLUMNS}, r.withdrawn_at FROM reports r JOIN revisions v ON v.report_id = r.id
            WHERE v.sha256 = ? AND r.team = ? ORDER BY r.id DESC LIMIT 1""",
        (sha256, team),
    )), None)  # fmt: skip
    return KeptReport(report_ref(row), row["revision"], _moment(row["withdrawn_at"])) if row else None


def one_kept(db: Database, viewer: Viewer, report_id: int) -> KeptReport | None:
    """The report of this id, withdrawn ones too; None where there is none that the viewer may see."""
    rows = db.query(f"SELECT {REPORT_COLUMNS}, r.withdrawn_at FROM reports r WHERE r.id = ?", (report_id,))
    row = next(iter(rows), None)
    if row is None or not viewer.may_see(row["team"]):
        return None
    return KeptReport(report_ref(row), row["revision"], _moment(row["withdrawn_at"]))


def matching(db: Database, viewer: Viewer, words: str, team: str | None = None) -> tuple[KeptReport, ...]:
    """The reports that `words` may mean: `id:12`, a path as ingested or its end, a label, a week number, an ISO date.

    A path that stands for itself wins over any other reading, since a file may be called anything.
    """
    known = kept_reports(db, viewer, team)
    if number := re.fullmatch(r"id:(\d+)", words.strip()):
        return tuple(kept for kept in known if kept.ref.id == int(number[1]))
    origins = {row["id"]: row["origin"] for row in db.query("SELECT id, origin FROM reports")}
    path = Path(words).resolve().as_posix()
    exact = tuple(k for k in known if words == k.ref.source or path == origins[k.ref.id])
    return exact or tuple(kept for kept in known if _means(words.strip(), kept.ref))


def _means(words: str, ref: ReportRef) -> bool:
    week = re.fullmatch(r"(?:第|w|week)?\s*(\d{1,2})\s*周?", words, re.IGNORECASE)
    label = re.search(r"\d+", ref.label or "")
    numbered = week is not None and label is not None and int(week[1]) == int(label[0])
    dated = words == ref.report_date.isoformat()
    return numbered or dated or words == ref.label or f"/{ref.source}".endswith(f"/{words.lstrip('/')}")


def revisions(db: Database, viewer: Viewer, report_id: int) -> tuple[Revision, ...]:
    """The revisions of a report, oldest first; none for a viewer who may not see it."""
    rows = db.query(
        """SELECT v.number, v.sha256, length(f.content) AS size, v.reader_version, v.ingested_at, r.team
           FROM revisions v JOIN reports r ON r.id = v.report_id JOIN files f ON f.sha256 = v.sha256
           WHERE r.id = ? ORDER BY v.number""",
        (report_id,),
    )
    return tuple(
        Revision(r["number"], r["sha256"], r["size"], r["reader_version"], datetime.fromisoformat(r["ingested_at"]))
        for r in rows
        if viewer.may_see(r["team"])
    )


def content(db: Database, report_id: int, number: int) -> tuple[str, bytes]:
    """The source and the bytes of one revision's file."""
    sql = """SELECT r.source, f.content FROM revisions v JOIN reports r ON r.id = v.report_id
             JOIN files f ON f.sha256 = v.sha256 WHERE v.report_id = ? AND v.number = ?"""
    source, found = db.execute(sql, (report_id, number)).fetchone()
    return str(source), bytes(found)


def withdraw(db: Database, report_id: int, now: datetime) -> str:
    """Take a report out of all answers; its team. Its texts stay. The caller holds the transaction."""
    facts.clear(db, report_id)
    db.execute("UPDATE reports SET withdrawn_at = ? WHERE id = ?", (now.isoformat(), report_id))
    return str(db.execute("SELECT team FROM reports WHERE id = ?", (report_id,)).fetchone()[0])


def is_withdrawn(db: Database, report_id: int) -> bool:
    """Whether the report is withdrawn."""
    row = db.execute("SELECT withdrawn_at FROM reports WHERE id = ?", (report_id,)).fetchone()
    return row is not None and row[0] is not None


def to_reread(db: Database) -> tuple[int, ...]:
    """The reports that answers are made from, in the order in which they came in."""
    return tuple(row["id"] for row in db.query("SELECT id FROM reports WHERE withdrawn_at IS NULL ORDER BY id"))


def damage(db: Database) -> str:
    """What SQLite's quick check says, "" where it finds nothing."""
    told = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if told == "ok" else told


def read_by_older(db: Database, reader_version: int) -> int:
    """How many reports were read last by a reader before this one."""
    sql = """SELECT count(*) FROM reports r JOIN revisions v ON v.report_id = r.id AND v.number = r.revision
             WHERE r.withdrawn_at IS NULL AND v.reader_version < ?"""
    return int(db.execute(sql, (reader_version,)).fetchone()[0])


def arrival_of(db: Database, report_id: int, reader_version: int) -> Arrival:
    """The newest revision of a report as if it came in again, for `reader_version`. KeyError for an unknown report."""
    found: Iterator[Mapping[str, Any]] = db.query(
        """SELECT r.team, r.origin, r.source, r.url, f.content, v.sha256, v.ingested_at FROM reports r
           JOIN revisions v ON v.report_id = r.id AND v.number = r.revision JOIN files f ON f.sha256 = v.sha256
           WHERE r.id = ?""",
        (report_id,),
    )
    row = next(found, None)
    if row is None:
        raise KeyError(report_id)
    return Arrival(
        row["team"], row["origin"], row["source"], row["content"], row["sha256"], reader_version,
        datetime.fromisoformat(row["ingested_at"]), row["url"],
    )  # fmt: skip


def rebuild_index(db: Database) -> int:
    """Make the full-text index anew from the items; how many there are. The caller holds the transaction."""
    db.execute("INSERT INTO item_index (item_index) VALUES ('rebuild')")
    return int(db.execute("SELECT count(*) FROM items").fetchone()[0])


def mark_all_unlinked(db: Database) -> None:
    """Note that every team's links must be derived anew. The caller holds the transaction."""
    db.execute("INSERT OR IGNORE INTO unlinked_teams SELECT DISTINCT team FROM reports")


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
