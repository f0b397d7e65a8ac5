"""SQL for why: the mentions of a subject with the reason of each link, and what it was kept apart from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from store.database.rows import Database
from store.database.visible import REPORT_COLUMNS, VISIBLE, bounds, report_ref
from store.explaining import Explained, Kept, Spelled, look_alikes, meant, related
from store.linking.decisions import Kind, plain_name
from store.linking.reasons import Reason, Why
from store.records import ProjectName
from store.viewer import Viewer

_MENTIONS = {
    Kind.PROJECT: "subject_links l JOIN updates m ON m.id = l.update_id",
    Kind.METRIC: "metric_links l JOIN metrics m ON m.id = l.metric_id",
}
_COLUMNS = {Kind.PROJECT: "m.parent, m.line_end", Kind.METRIC: "m.category AS parent, m.line AS line_end"}


def named(
    db: Database, viewer: Viewer, as_of: date, known: Mapping[Kind, Sequence[ProjectName]], name: str, team: str | None
) -> tuple[Explained, ...]:
    """Why each of the `known` that bears the name, of the team where one is given, is what it is."""
    return tuple(
        of(db, viewer, as_of, kind, one, every)
        for kind, every in known.items() for one in meant(plain_name(kind, name), every, team)
    )  # fmt: skip


def of(
    db: Database, viewer: Viewer, as_of: date, kind: Kind, one: ProjectName, known: Sequence[ProjectName]
) -> Explained:
    """Why `one` is what it is, told from what the viewer may see; `known` are all that they know of the kind."""
    apart = apart_of(db, one.subject, [other.subject for other in known])
    return Explained(
        kind=kind,
        subject=one.subject,
        team=one.team,
        name=one.name,
        names=since_when(db, as_of, one.subject),
        parent=next((other.name for other in known if other.subject == one.parent), None),
        parts=tuple(other.name for other in known if other.parent == one.subject),
        mentions=mentions_of(db, viewer, as_of, kind, one.subject),
        apart=(*apart, *look_alikes(one, known, [kept.subject for kept in apart])),
        related=related(kind, one, known),
    )


def mentions_of(db: Database, viewer: Viewer, as_of: date, kind: Kind, subject: int) -> tuple[Spelled, ...]:
    """Every mention of the subject up to the day, newest report first, in the order of the report."""
    rows = db.query(
        f"""SELECT m.name, m.line, {_COLUMNS[kind]}, l.reason, l.via, l.decided_by, {REPORT_COLUMNS}
            FROM {_MENTIONS[kind]} JOIN reports r ON r.id = m.report_id
            WHERE l.subject_id = :subject AND {VISIBLE} ORDER BY r.report_date DESC, r.origin DESC, m.line, m.id""",
        {**bounds(viewer, as_of), "subject": subject},
    )
    return tuple(
        Spelled(
            report_ref(r), r["line"], r["line_end"], r["name"], r["parent"], Reason(r["reason"]), r["via"],
            r["decided_by"],
        )
        for r in rows
    )  # fmt: skip


def since_when(db: Database, as_of: date, subject: int) -> tuple[tuple[str, date, bool], ...]:
    """The names of a subject up to the day, oldest first: since when it goes by each, and whether a report does so."""
    rows = db.query(
        "SELECT name, since, whole FROM subject_names WHERE subject_id = ? AND since <= ? ORDER BY since, name",
        (subject, as_of.isoformat()),
    )
    return tuple((row["name"], date.fromisoformat(row["since"]), bool(row["whole"])) for row in rows)


def apart_of(db: Database, subject: int, known: Sequence[int]) -> tuple[Kept, ...]:
    """What the subject was kept apart from, among the `known` subjects."""
    rows: Sequence[Mapping[str, Any]] = list(
        db.query("SELECT * FROM subject_apart WHERE subject_id = ? ORDER BY other_id", (subject,))
    )
    return tuple(
        Kept(r["other_id"], r["name"], Why(r["why"]), r["decided_by"]) for r in rows if r["other_id"] in set(known)
    )
