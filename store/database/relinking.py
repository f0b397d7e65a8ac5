"""SQL for deriving identities anew: the updates and figures to link, and the links as derived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from store.database.decisions import decisions_of
from store.database.rows import Database
from store.database.subjects import LINKS
from store.linking import metrics, projects
from store.linking.decisions import Kind
from store.linking.metrics import Figure
from store.linking.projects import Named
from store.linking.renames import renamed_in
from store.linking.subjects import Subject
from store.words.names import key, spoken


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
        """SELECT u.id, u.name, u.parent, u.kind, u.line, u.section, u.progress, u.owner, r.report_date, r.origin,
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
            r["section"] or "",
            r["progress"],
            r["owner"] or "",
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
    many = db.connection.executemany
    pairs = list(zip(ids, subjects, strict=True))
    parents = [(ids[s.parent], at) for at, s in pairs if s.parent is not None]
    many("UPDATE subjects SET parent_id = ? WHERE id = ?", parents)
    table, column = LINKS[kind]
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
