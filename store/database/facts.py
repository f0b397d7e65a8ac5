"""SQL for what was read from a report: written as one, replaced as one, asked for by subject, range or report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from store.database.rows import Database
from store.database.visible import BETWEEN, REPORT_COLUMNS, VISIBLE, between, bounds, report_ref
from store.records import (
    Count,
    Goal,
    Incident,
    Item,
    Mention,
    Metric,
    Milestone,
    Report,
    Risk,
    Section,
    SectionKind,
    State,
    Update,
)
from store.viewer import Viewer

_ROWS_AT_ONCE = 500  # of a statement; SQLite allows 32,766 values
_TABLES = ("updates", "metrics", "incidents", "no_incidents", "goals", "notices", "items", "sections")


def replace_facts(db: Database, report_id: int, report: Report) -> None:
    """Put what was read from `report` in the place of what stood there before. The caller holds the transaction."""
    clear(db, report_id)
    _save_sections_and_items(db, report_id, report)
    _save_updates(db, report_id, report.updates)
    _insert(db, "metrics", "report_id, name, value, unit, category, previous, line, about, corrects", (
        (report_id, m.name, m.value, m.unit, m.group, m.previous, m.line, m.about, m.corrects)
        for m in report.metrics))  # fmt: skip
    _insert(db, "incidents", _INCIDENT, ((report_id, *_incident_row(incident)) for incident in report.incidents))
    _insert(db, "no_incidents", "report_id, line", ((report_id, line) for line in report.no_incidents))
    _insert(db, "goals", "report_id, text, line", ((report_id, g.text, g.line) for g in report.goals))
    _insert(
        db, "notices", "report_id, line, code, about", ((report_id, n.line, n.code, n.about) for n in report.notices)
    )


_INCIDENT = "report_id, occurred_at, title, impact, handling, severity, line, line_end, cause, systems, counts, closed"


def _incident_row(incident: Incident) -> tuple[Any, ...]:
    when = incident.occurred_at.isoformat() if incident.occurred_at else None
    systems = json.dumps(incident.systems, ensure_ascii=False)
    counts = json.dumps([(count.value, count.unit) for count in incident.counts], ensure_ascii=False)
    return (when, incident.title, incident.impact, incident.handling, incident.severity, incident.line,
            incident.line_end, incident.cause, systems, counts, incident.closed)  # fmt: skip


def clear(db: Database, report_id: int) -> None:
    """Remove what was read from a report, its lines in the full-text index too. The caller holds the transaction."""
    for table in _TABLES:
        db.execute(f"DELETE FROM {table} WHERE report_id = ?", (report_id,))


def _insert(db: Database, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    db.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def _insert_at_once(db: Database, table: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    """The rows in few statements: at the end of each that fires a trigger, FTS5 writes out what it has gathered, and
    a statement a row makes the index of a report take twice as long."""
    marks = "(" + ", ".join("?" * len(columns.split(","))) + ")"
    for some in (rows[at : at + _ROWS_AT_ONCE] for at in range(0, len(rows), _ROWS_AT_ONCE)):
        sql = f"INSERT INTO {table} ({columns}) VALUES {', '.join([marks] * len(some))}"
        db.execute(sql, [value for row in some for value in row])


def _next_id(db: Database, table: str) -> int:
    """The id that the table's next row gets, so that rows can name each other before they are written."""
    found: int = db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0]
    return found


def _save_sections_and_items(db: Database, report_id: int, report: Report) -> None:
    first = _next_id(db, "sections")
    _insert(db, "sections", "id, report_id, title, kind, line", (
        (first + at, report_id, s.title, s.kind, s.line) for at, s in enumerate(report.sections)))  # fmt: skip
    _insert_at_once(db, "items", "report_id, section_id, line, line_end, depth, text", [
        (report_id, None if i.section is None else first + i.section, i.line, i.line_end, i.depth, i.text)
        for i in report.items])  # fmt: skip


def _save_updates(db: Database, report_id: int, updates: Sequence[Update]) -> None:
    first = _next_id(db, "updates")
    _insert(db, "updates", "id, report_id, name, parent, section, kind, line, line_end, progress, state, text, owner", (
        (first + at, report_id, u.name, u.parent, u.section, u.kind, u.line, u.line_end, u.progress, u.state, u.text,
         u.owner) for at, u in enumerate(updates)))  # fmt: skip
    _insert(db, "risks", "update_id, text, line", (
        (first + at, risk.text, risk.line) for at, u in enumerate(updates) for risk in u.risks))  # fmt: skip
    _insert(db, "milestones", "update_id, event, date_start, date_end, text, line, done, doubtful", (
        (first + at, m.event, m.start.isoformat(), m.end.isoformat(), m.text, m.line, m.done, m.doubtful)
        for at, u in enumerate(updates) for m in u.milestones))  # fmt: skip


def updates(db: Database, viewer: Viewer) -> tuple[Mention[Update], ...]:
    """Everything reported on any project, newest report first, in the order of the report."""
    rows = list(db.query(
        f"""SELECT u.*, l.subject_id, {REPORT_COLUMNS} FROM subject_links l
            JOIN updates u ON u.id = l.update_id JOIN reports r ON r.id = u.report_id
            WHERE {VISIBLE} ORDER BY r.report_date DESC, r.origin DESC, u.line""",
        bounds(viewer),
    ))  # fmt: skip
    ids = [row["id"] for row in rows]
    milestones, risks = _milestones(db, ids), _risks(db, ids)
    return tuple(
        Mention(_update(row, milestones.get(row["id"], ()), risks.get(row["id"], ())), report_ref(row),
                row["subject_id"]) for row in rows)  # fmt: skip


def goals_between(
    db: Database, viewer: Viewer, as_of: date, start: date | None, end: date
) -> tuple[Mention[Goal], ...]:
    """The goals of the reports dated in the range, newest report first, in the order of the report."""
    rows = db.query(
        f"""SELECT g.text, g.line, {REPORT_COLUMNS} FROM goals g JOIN reports r ON r.id = g.report_id
            WHERE {BETWEEN} AND {VISIBLE} ORDER BY r.report_date DESC, r.origin DESC, g.line""",
        {**bounds(viewer, as_of), **between(start, end)},
    )
    return tuple(Mention(Goal(row["text"], row["line"]), report_ref(row)) for row in rows)


def updates_in(db: Database, report_id: int) -> tuple[Update, ...]:
    """The projects of one report, in its order, as found."""
    rows = list(db.query("SELECT * FROM updates WHERE report_id = ? ORDER BY line, id", (report_id,)))
    ids = [row["id"] for row in rows]
    milestones, risks = _milestones(db, ids), _risks(db, ids)
    return tuple(_update(row, milestones.get(row["id"], ()), risks.get(row["id"], ())) for row in rows)


def incidents_in(db: Database, report_id: int) -> tuple[Incident, ...]:
    """The incidents of one report, in its order, as found."""
    rows = db.query("SELECT * FROM incidents WHERE report_id = ? ORDER BY line, id", (report_id,))
    return tuple(map(_incident, rows))


def _risks(db: Database, update_ids: Sequence[int]) -> dict[int, list[Risk]]:
    marks = ", ".join(map(str, update_ids))
    found: dict[int, list[Risk]] = {}
    for row in db.query(f"SELECT * FROM risks WHERE update_id IN ({marks}) ORDER BY line"):
        found.setdefault(row["update_id"], []).append(Risk(row["text"], row["line"]))
    return found


def _update(row: Mapping[str, Any], milestones: Sequence[Milestone], risks: Sequence[Risk]) -> Update:
    return Update(
        name=row["name"],
        parent=row["parent"],
        section=row["section"],
        kind=SectionKind(row["kind"]) if row["kind"] else None,
        line=row["line"],
        line_end=row["line_end"],
        text=row["text"],
        progress=row["progress"],
        state=State(row["state"]) if row["state"] else None,
        milestones=tuple(milestones),
        owner=row["owner"],
        risks=tuple(risks),
    )


def _milestones(db: Database, update_ids: Sequence[int]) -> dict[int, list[Milestone]]:
    marks = ", ".join(map(str, update_ids))
    found: dict[int, list[Milestone]] = {}
    for row in db.query(f"SELECT * FROM milestones WHERE update_id IN ({marks}) ORDER BY id"):
        start, end = date.fromisoformat(row["date_start"]), date.fromisoformat(row["date_end"])
        found.setdefault(row["update_id"], []).append(
            Milestone(row["event"], start, end, row["text"], row["line"], bool(row["done"]), bool(row["doubtful"]))
        )
    return found


def incidents_between(
    db: Database, viewer: Viewer, as_of: date, start: date | None, end: date, also: Sequence[int] = ()
) -> tuple[Mention[Incident], ...]:
    """The incidents that happened in the range, newest first; those without a date count by their report's date.

    Of the reports in `also` (their ids) all incidents are given, whenever they happened.
    """
    marks = ", ".join(str(int(report)) for report in also)
    rows = db.query(
        f"""SELECT i.*, {REPORT_COLUMNS} FROM incidents i JOIN reports r ON r.id = i.report_id
            WHERE {VISIBLE} AND (substr(coalesce(i.occurred_at, r.report_date), 1, 10) BETWEEN :start AND :end
            OR i.report_id IN ({marks}))
            ORDER BY coalesce(i.occurred_at, r.report_date) DESC, r.report_date DESC, r.origin DESC, i.line""",
        {**bounds(viewer, as_of), "start": (start or date.min).isoformat(), "end": end.isoformat()},
    )
    return tuple(Mention(_incident(row), report_ref(row)) for row in rows)


def _incident(row: Mapping[str, Any]) -> Incident:
    return Incident(
        _moment(row["occurred_at"]), row["title"], row["impact"], row["handling"], row["severity"],
        row["line"], row["line_end"], row["cause"], tuple(json.loads(row["systems"] or "[]")),
        tuple(Count(value, unit) for value, unit in json.loads(row["counts"] or "[]")),
        None if row["closed"] is None else bool(row["closed"]),
    )  # fmt: skip


def _moment(text: str | None) -> datetime | date | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def no_incidents(db: Database, viewer: Viewer, as_of: date, reports: Sequence[int]) -> dict[int, int]:
    """For each of the reports that say there was no incident, the line that says so."""
    marks = ", ".join(str(int(report)) for report in reports)
    rows = db.query(
        f"""SELECT n.report_id, min(n.line) AS line FROM no_incidents n JOIN reports r ON r.id = n.report_id
            WHERE n.report_id IN ({marks}) AND {VISIBLE} GROUP BY n.report_id""",
        bounds(viewer, as_of),
    )
    return {row["report_id"]: row["line"] for row in rows}


def sections_of(db: Database, report_id: int) -> tuple[Section, ...]:
    """The sections of a report in its order."""
    rows = db.query("SELECT title, kind, line FROM sections WHERE report_id = ? ORDER BY line", (report_id,))
    return tuple(Section(row["title"], SectionKind(row["kind"]), row["line"]) for row in rows)


def metrics_of(db: Database, report_id: int) -> tuple[Metric, ...]:
    """The metrics of a report in its order."""
    rows = db.query("SELECT * FROM metrics WHERE report_id = ? ORDER BY line, id", (report_id,))
    return tuple(map(metric_of, rows))


def metric_of(row: Mapping[str, Any]) -> Metric:
    """A row of the metrics as a record."""
    return Metric(
        row["name"], row["value"], row["unit"], row["line"], row["category"], row["previous"], row["about"],
        row["corrects"],
    )  # fmt: skip


def items_of(db: Database, report_id: int) -> tuple[tuple[Item, SectionKind | None], ...]:
    """The lines of a report as they were read, in its order, each with the kind of its section."""
    rows = db.query(
        """SELECT i.line, i.line_end, i.depth, i.text, s.kind FROM items i LEFT JOIN sections s ON s.id = i.section_id
           WHERE i.report_id = ? ORDER BY i.line""",
        (report_id,),
    )
    return tuple(
        (Item(row["line"], row["line_end"], row["depth"], "", row["text"]),
         SectionKind(row["kind"]) if row["kind"] else None) for row in rows)  # fmt: skip


def goals_of(db: Database, report_id: int) -> tuple[Goal, ...]:
    """The goals of a report in its order."""
    rows = db.query("SELECT text, line FROM goals WHERE report_id = ? ORDER BY line", (report_id,))
    return tuple(Goal(row["text"], row["line"]) for row in rows)
