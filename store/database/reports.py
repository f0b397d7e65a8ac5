"""SQL for reports and their revisions: saving what was read, and finding reports by week, date and team."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from store.database.rows import Database
from store.database.visible import REPORT_COLUMNS, VISIBLE, bounds, report_ref
from store.records import Report, ReportRef
from store.revisions import CHAT, Place, Standing, took_over
from store.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as it came in: whose, from where, its bytes and their hash, and when (UTC). `lines` are what a person
    sees of it, None where the content is text itself."""

    team: str
    origin: str
    source: str
    content: bytes
    sha256: str
    reader_version: int
    at: datetime
    url: str | None = None
    lines: tuple[str, ...] | None = None


def is_known(db: Database, arrival: Arrival) -> bool:
    """Whether these bytes stand already as the newest state of this file, read by the same reader. What was handed in
    in the chat since then stands in its place."""
    taken, rows = _split(db, arrival)
    if any(arrival.sha256 not in _states(db, row["id"]) for row in taken):
        return False
    if taken and not rows:
        return True
    rows = [row for row in rows if row["withdrawn_at"] is None or row["sha256"] == arrival.sha256]
    state = (arrival.sha256, arrival.reader_version, None)
    return bool(rows) and all((row["sha256"], row["reader_version"], row["withdrawn_at"]) == state for row in rows)


def _split(db: Database, arrival: Arrival) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The reports of a file that others took the place of in the chat, and the rest."""
    found = _of_file(db, arrival)
    taken = [row for row in found if took_over(arrival.team, row["origin"], row["source"])]
    return taken, [row for row in found if row not in taken]


def _states(db: Database, report_id: int) -> set[str]:
    """The hashes of all files that a report was read from."""
    rows = db.query("SELECT sha256 FROM revisions WHERE report_id = ?", (report_id,))
    return {row["sha256"] for row in rows}


def _texts(db: Database, report_id: int) -> frozenset[str]:
    """The hashes of all that a report said."""
    rows = db.query("SELECT text_sha256 FROM revisions WHERE report_id = ?", (report_id,))
    return frozenset(row["text_sha256"] for row in rows if row["text_sha256"])


def said_team(db: Database, origin: str, sha256: str, reader_version: int) -> str | None:
    """The team that these bytes name, as this reader read them before ('' for none); None where it hasn't."""
    row = next(iter(db.query(
        """SELECT r.says_team FROM reports r JOIN revisions v ON v.report_id = r.id AND v.number = r.revision
           WHERE r.origin = ? AND v.sha256 = ? AND v.reader_version = ? AND r.says_team IS NOT NULL""",
        (origin, sha256, reader_version),
    )), None)  # fmt: skip
    return row["says_team"] if row else None


def team_of(db: Database, origin: str) -> str | None:
    """The team that this file's report belongs to already, if it is known."""
    # No index begins with the origin, so it is looked up under each team; the teams come by stepping through theirs.
    sql = """WITH RECURSIVE named(team) AS (
                 SELECT max(team) FROM reports UNION ALL
                 SELECT (SELECT max(team) FROM reports WHERE team < named.team) FROM named WHERE team IS NOT NULL)
             SELECT r.team FROM named JOIN reports r ON r.team = named.team AND r.origin = ? ORDER BY r.team DESC"""
    row = next(iter(db.query(sql, (origin,))), None)
    return row["team"] if row else None


def adopt(db: Database, origin: str, team: str) -> None:
    """Give a report that came in without a team to the team that is named now. The caller holds the transaction."""
    db.execute("UPDATE OR IGNORE reports SET team = ? WHERE origin = ? AND team = ''", (team, origin))


def note_place(db: Database, arrival: Arrival) -> None:
    """Note where a known file lies now, so that a later change of the file there is known to be its revision.

    The caller holds the transaction.
    """
    taken, rest = _split(db, arrival)
    for found in (row for row in taken if row["origin"] != arrival.origin):
        # The text that stands didn't come from there: its source stays.
        db.execute("UPDATE reports SET origin = ? WHERE id = ?", (arrival.origin, found["id"]))
    for found in rest:
        if (found["origin"], found["source"]) != (arrival.origin, arrival.source):
            row = (arrival.origin, arrival.source, arrival.url, found["id"])
            db.execute("UPDATE reports SET origin = ?, source = ?, url = coalesce(?, url) WHERE id = ?", row)


def standing(db: Database, arrival: Arrival) -> tuple[Standing, ...]:
    """The reports that came out of this file before, withdrawn ones too, by part."""
    return tuple(
        Standing(
            row["id"], row["part"], date.fromisoformat(row["report_date"]), row["label"], row["revision"],
            row["text_sha256"], row["line_start"], row["reader_version"], row["withdrawn_at"] is not None,
            row["sha256"],
            _texts(db, row["id"]) if took_over(arrival.team, row["origin"], row["source"]) else None,
        )
        for row in _of_file(db, arrival)
    )  # fmt: skip


def _of_file(db: Database, arrival: Arrival) -> list[dict[str, Any]]:
    """The reports that this file is a state of: the same origin, else the same bytes under the same name elsewhere.

    The name counts too, since a report that only its name dates may be handed in twice unchanged.
    """
    rows = list(db.query(
        """SELECT r.id, r.origin, r.source, r.part, r.label, r.report_date, r.line_start, r.revision, r.withdrawn_at,
                  v.sha256, v.text_sha256, v.reader_version
           FROM reports r JOIN revisions v ON v.report_id = r.id AND v.number = r.revision
           WHERE r.id IN (SELECT id FROM reports WHERE team = :team AND origin = :origin
                          UNION SELECT report_id FROM revisions WHERE sha256 = :sha)
           AND +r.team = :team AND (r.origin = :origin OR v.sha256 = :sha OR r.source LIKE :chat) ORDER BY r.part""",
        {"team": arrival.team, "origin": arrival.origin, "sha": arrival.sha256, "chat": f"{CHAT}/%"},
    ))  # fmt: skip
    here = [row for row in rows if row["origin"] == arrival.origin]
    moved = [row for row in rows if PurePath(row["origin"]).name == PurePath(arrival.origin).name]
    return here or [row for row in moved if row["origin"] == moved[0]["origin"]]


def save_file(db: Database, arrival: Arrival) -> None:
    """Keep the file's bytes and lines. The caller holds the transaction."""
    lines = None if arrival.lines is None else json.dumps(arrival.lines, ensure_ascii=False)
    db.execute(
        """INSERT INTO files (sha256, content, lines) VALUES (?, ?, ?)
           ON CONFLICT (sha256) DO UPDATE SET lines = excluded.lines""",
        (arrival.sha256, arrival.content, lines),
    )


def save(db: Database, arrival: Arrival, place: Place, report: Report) -> int:
    """Store the report in its place; the report's id. The caller holds the transaction and has saved the file."""
    row = _row(arrival, place, report)
    report_id = place.report_id
    if report_id is not None:
        assignments = ", ".join(f"{name} = :{name}" for name in row)
        db.execute(f"UPDATE reports SET {assignments} WHERE id = :id", {**row, "id": report_id})
    else:
        names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        report_id = int(db.execute(f"INSERT INTO reports ({names}) VALUES ({values})", row).lastrowid or 0)
    db.execute(
        """INSERT INTO revisions (report_id, number, sha256, text_sha256, reader_version, ingested_at)
           VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (report_id, number) DO UPDATE SET sha256 = excluded.sha256,
           text_sha256 = excluded.text_sha256, reader_version = excluded.reader_version""",
        (report_id, place.revision, arrival.sha256, place.text_sha256, arrival.reader_version, _iso(arrival.at)),
    )
    return report_id


def forget_state(db: Database, sha256: str) -> None:
    """Drop a state of a file that no revision is read from any more, since a newer one says all that it said.

    The caller holds the transaction.
    """
    sql = "DELETE FROM files WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM revisions v WHERE v.sha256 = files.sha256)"
    db.execute(sql, (sha256,))


def _row(arrival: Arrival, place: Place, report: Report) -> dict[str, Any]:
    digits = re.search(r"\d+", report.label or "")
    line_start, line_end = report.span or (None, None)
    return {
        "team": arrival.team, "origin": arrival.origin, "part": place.part,
        "source": arrival.source, "url": arrival.url,
        "label": report.label, "label_number": int(digits[0]) if digits else None,
        "report_date": _iso(report.report_date), "period_start": _iso(report.period_start),
        "period_end": _iso(report.period_end), "created_at": _iso(report.created_at),
        "revision": place.revision, "withdrawn_at": None,
        "line_start": line_start, "line_end": line_end, "says_team": report.team or "",
    }  # fmt: skip


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def lines(
    db: Database, report_id: int, number: int | None = None
) -> tuple[bytes, tuple[str, ...] | None, tuple[int, int] | None]:
    """The bytes of a report's file at one of its revisions (the newest, if None; StopIteration if there is no such
    one), the file's lines as a person sees them (None where the bytes are text), and the first and last line of the
    report where it is one of several: those of the newest revision."""
    row = next(iter(db.query(
        """SELECT f.content, f.lines, r.line_start, r.line_end FROM reports r
           JOIN revisions v ON v.report_id = r.id AND v.number = coalesce(?, r.revision)
           JOIN files f ON f.sha256 = v.sha256 WHERE r.id = ?""",
        (number, report_id),
    )))  # fmt: skip
    span = (row["line_start"], row["line_end"]) if row["line_start"] else None
    return row["content"], tuple(json.loads(row["lines"])) if row["lines"] else None, span


def listed(db: Database, viewer: Viewer) -> tuple[ReportRef, ...]:
    """All reports, newest first."""
    rows = db.query(
        f"SELECT {REPORT_COLUMNS} FROM reports r WHERE {VISIBLE} ORDER BY r.report_date DESC, r.team, r.source",
        bounds(viewer),
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


def by_id(db: Database, viewer: Viewer, ids: Iterable[int]) -> dict[int, ReportRef]:
    """The reports of these ids that the viewer may see, of any day, withdrawn ones too."""
    marks = ", ".join(str(int(one)) for one in ids)
    rows = db.query(f"SELECT {REPORT_COLUMNS} FROM reports r WHERE r.id IN ({marks})")
    return {row["report_id"]: report_ref(row) for row in rows if viewer.may_see(row["team"])}


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


def created(db: Database, viewer: Viewer, as_of: date, report_ids: Sequence[int]) -> dict[int, datetime]:
    """When each of these reports says that it was written or handed in, local time as written."""
    marks = ", ".join(str(int(report)) for report in report_ids)
    rows = db.query(
        f"""SELECT r.id, r.created_at FROM reports r
            WHERE r.id IN ({marks}) AND r.created_at IS NOT NULL AND {VISIBLE}""",
        bounds(viewer, as_of),
    )
    return {row["id"]: datetime.fromisoformat(row["created_at"]) for row in rows}


def version(db: Database) -> int:
    """A number that grows with every change of what can be answered, whoever makes it."""
    found: int = db.execute("SELECT number FROM changes").fetchone()[0]
    return found
