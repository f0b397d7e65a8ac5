"""SQL for identities: the updates and figures to link, the links as derived, and the names that can be asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlite_utils import Database

from store.database.decisions import decisions_of
from store.database.facts import metric_of
from store.database.visible import BETWEEN, REPORT_COLUMNS, VISIBLE, between, bounds, report_ref
from store.linking import metrics, projects
from store.linking.decisions import Kind
from store.linking.metrics import Figure
from store.linking.projects import Named
from store.linking.renames import renamed_in
from store.linking.subjects import Subject
from store.records import Mention, Metric, ProjectName
from store.viewer import Viewer
from store.words.names import Spoken, key, spoken

_LINKS = {Kind.PROJECT: ("subject_links", "update_id"), Kind.METRIC: ("metric_links", "metric_id")}


def unlinked(db: Database) -> tuple[str, ...]:
    """The teams whose links are older than their reports or their decisions."""
    return tuple(row["team"] for row in db.query("SELECT team FROM unlinked_teams ORDER BY team"))


def mark_unlinked(db: Database, team: str) -> None:
    """Note that the team's links must be derived anew. The caller holds the transaction that changes its reports."""
    db.execute("INSERT OR IGNORE INTO unlinked_teams (team) VALUES (?)", (team,))


def relink(db: Database, team: str) -> None:
    """Derive the team's links anew from its reports and from what people decided. The caller holds the transaction."""
    db.execute("DELETE FROM subjects WHERE team = ?", (team,))
    decided = decisions_of(db, team)
    of_projects = [d for d in decided if d.kind is Kind.PROJECT]
    _save(db, team, Kind.PROJECT, projects.link(mentions(db, team), of_projects))
    _save(db, team, Kind.METRIC, metrics.link(figures(db, team), [d for d in decided if d.kind is Kind.METRIC]))
    db.execute("DELETE FROM unlinked_teams WHERE team = ?", (team,))


def mentions(db: Database, team: str) -> tuple[Named, ...]:
    """Every update of the team's reports, as linking needs them."""
    rows = db.query(
        """SELECT u.id, u.name, u.parent, u.kind, u.line, r.report_date, r.origin,
           CASE WHEN u.text LIKE '%名为%' OR u.text LIKE '%renamed %' OR u.text LIKE '%now %' THEN u.text END AS told
           FROM updates u JOIN reports r ON r.id = u.report_id WHERE r.team = ? AND r.withdrawn_at IS NULL""",
        (team,),
    )
    return tuple(
        Named(
            r["id"],
            r["name"],
            r["parent"],
            (r["report_date"], r["origin"], r["line"]),
            r["kind"] == "highlights",
            renamed_in(r["told"]) if r["told"] else None,
        )
        for r in rows
    )


def figures(db: Database, team: str) -> tuple[Figure, ...]:
    """Every metric of the team's reports, as linking needs them."""
    rows = db.query(
        """SELECT m.id, m.name, m.category, m.unit, m.line, r.report_date, r.origin FROM metrics m
           JOIN reports r ON r.id = m.report_id WHERE r.team = ? AND r.withdrawn_at IS NULL""",
        (team,),
    )
    return tuple(
        Figure(r["id"], r["name"], r["category"], r["unit"], (r["report_date"], r["origin"], r["line"])) for r in rows
    )


def _save(db: Database, team: str, kind: Kind, subjects: Sequence[Subject]) -> None:
    sql = "INSERT INTO subjects (team, kind, name, firm) VALUES (?, ?, ?, ?)"
    ids = [int(db.execute(sql, (team, kind, subject.name, subject.firm)).lastrowid or 0) for subject in subjects]
    many = db.conn.executemany
    pairs = list(zip(ids, subjects, strict=True))
    parents = [(ids[s.parent], at) for at, s in pairs if s.parent is not None]
    many("UPDATE subjects SET parent_id = ? WHERE id = ?", parents)
    table, column = _LINKS[kind]
    many(
        f"INSERT INTO {table} ({column}, subject_id, reason, via, decided_by) VALUES (?, ?, ?, ?, ?)",
        [(link.mention, at, link.reason, link.via, link.decided_by) for at, s in pairs for link in s.links],
    )
    many(
        "INSERT INTO subject_names (subject_id, name, whole, since, syllables, initials) VALUES (?, ?, ?, ?, ?, ?)",
        [row for at, s in pairs for row in _names(at, s)],
    )
    many(
        "INSERT INTO subject_apart (subject_id, other_id, name, why, decided_by) VALUES (?, ?, ?, ?, ?)",
        [(at, ids[a.other], a.name, a.why, a.decided_by) for at, s in pairs for a in s.apart],
    )


def _names(subject_id: int, subject: Subject) -> Iterable[tuple[Any, ...]]:
    whole = [(name, True, since) for name, since in subject.names]
    for name, is_whole, since in [*whole, *((name, False, since) for name, since in subject.aliases)]:
        said = spoken(key(name))
        yield subject_id, name, is_whole, since, " ".join(said.syllables), said.initials


def names(db: Database, viewer: Viewer, as_of: date) -> tuple[ProjectName, ...]:
    """Every project that a report visible on that day speaks of, by the names that it had until then, newest first."""
    return _known(db, Kind.PROJECT, "updates", viewer, as_of)


def metric_names(db: Database, viewer: Viewer, as_of: date) -> tuple[ProjectName, ...]:
    """Every metric that a report visible on that day gives, by the names that it had until then, newest first."""
    return _known(db, Kind.METRIC, "metrics", viewer, as_of)


def _known(db: Database, kind: Kind, table: str, viewer: Viewer, as_of: date) -> tuple[ProjectName, ...]:
    links, column = _LINKS[kind]
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
