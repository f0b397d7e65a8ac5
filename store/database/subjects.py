"""SQL for identities: whose links are to be derived anew, and the names and values that can be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from store.database.facts import metric_of
from store.database.rows import Database
from store.database.visible import BETWEEN, REPORT_COLUMNS, VISIBLE, between, bounds, report_ref
from store.linking.decisions import Kind
from store.records import Mention, Metric, ProjectName
from store.viewer import Viewer
from store.words.names import Spoken

LINKS = {Kind.PROJECT: ("subject_links", "update_id"), Kind.METRIC: ("metric_links", "metric_id")}


def unlinked(db: Database) -> tuple[str, ...]:
    """The teams whose links are older than their reports or their decisions."""
    return tuple(row["team"] for row in db.query("SELECT team FROM unlinked_teams ORDER BY team"))


def mark_unlinked(db: Database, team: str) -> None:
    """Note that the team's links must be derived anew. The caller holds the transaction that changes its reports."""
    db.execute("INSERT OR IGNORE INTO unlinked_teams (team) VALUES (?)", (team,))


def names(db: Database, viewer: Viewer, as_of: date) -> tuple[ProjectName, ...]:
    """Every project that a report visible on that day speaks of, by the names that it had until then, newest first."""
    return _known(db, Kind.PROJECT, "updates", viewer, as_of)


def metric_names(db: Database, viewer: Viewer, as_of: date) -> tuple[ProjectName, ...]:
    """Every metric that a report visible on that day gives, by the names that it had until then, newest first."""
    groups = db.query(
        f"""SELECT DISTINCT l.subject_id, m.category FROM metric_links l JOIN metrics m ON m.id = l.metric_id
            JOIN reports r ON r.id = m.report_id WHERE m.category IS NOT NULL AND {VISIBLE} ORDER BY 1, 2""",
        bounds(viewer, as_of),
    )
    above: dict[int, tuple[str, ...]] = {}
    for row in groups:
        above[row["subject_id"]] = (*above.get(row["subject_id"], ()), row["category"])
    known = _known(db, Kind.METRIC, "metrics", viewer, as_of)
    return tuple(replace(one, headings=above.get(one.subject, ())) for one in known)


def _known(db: Database, kind: Kind, table: str, viewer: Viewer, as_of: date) -> tuple[ProjectName, ...]:
    links, column = LINKS[kind]
    rows = db.query(
        f"""SELECT s.id, s.team, s.parent_id, s.firm, n.name, n.whole, n.syllables, n.initials
            FROM subjects s JOIN subject_names n ON n.subject_id = s.id
            WHERE s.kind = '{kind}' AND n.since <= :as_of
            AND EXISTS (SELECT 1 FROM {links} l JOIN {table} u ON u.id = l.{column}
                        JOIN reports r ON r.id = u.report_id WHERE l.subject_id = s.id AND {VISIBLE})
            ORDER BY s.team, s.id, n.name = s.name DESC, n.whole DESC, n.since DESC, n.name""",
        bounds(viewer, as_of),
    )
    found: dict[int, ProjectName] = {}
    for row in rows:
        name = (row["name"], Spoken(tuple(row["syllables"].split(" ")), row["initials"]))
        known = found.get(row["id"])
        known_names = (*known.names, name) if known else (name,)
        newest = known.name if known else row["name"]
        team = row["team"] or None
        found[row["id"]] = ProjectName(row["id"], team, newest, known_names, row["parent_id"], bool(row["firm"]))
    return tuple(found.values())


def values_of(db: Database, viewer: Viewer, as_of: date, subjects: Sequence[int]) -> tuple[Mention[Metric], ...]:
    """Every value reported for these metrics up to the day, newest report first, in the order of the report."""
    marks = ", ".join(str(int(subject)) for subject in subjects)
    rows = db.query(
        f"""SELECT m.*, l.subject_id, {REPORT_COLUMNS} FROM metric_links l
            JOIN metrics m ON m.id = l.metric_id JOIN reports r ON r.id = m.report_id
            WHERE l.subject_id IN ({marks}) AND {VISIBLE} ORDER BY r.report_date DESC, r.origin DESC, m.line, m.id""",
        bounds(viewer, as_of),
    )
    return tuple(Mention(metric_of(row), report_ref(row), row["subject_id"]) for row in rows)


def values_between(
    db: Database, viewer: Viewer, as_of: date, start: date | None, end: date
) -> tuple[Mention[Metric], ...]:
    """Every value of any metric in the reports dated in the range, newest report first, in the order of the report."""
    rows = db.query(
        f"""SELECT m.*, l.subject_id, {REPORT_COLUMNS} FROM metric_links l
            JOIN metrics m ON m.id = l.metric_id JOIN reports r ON r.id = m.report_id
            WHERE {BETWEEN} AND {VISIBLE} ORDER BY r.report_date DESC, r.origin DESC, m.line, m.id""",
        {**bounds(viewer, as_of), **between(start, end)},
    )
    return tuple(Mention(metric_of(row), report_ref(row), row["subject_id"]) for row in rows)
