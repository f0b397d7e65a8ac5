"""SQL for identities: the updates to link, the links as derived, and the names that can be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlite_utils import Database

from store.database.visible import VISIBLE, bounds
from store.identities import Named, Subject
from store.records import ProjectName
from store.viewer import Viewer
from store.words.names import Spoken, bracketed, key, spoken


def mentions(db: Database, team: str) -> tuple[Named, ...]:
    """Every update of the team's reports, as linking needs them."""
    rows = db.query(
        """SELECT u.id, u.name, u.parent, u.kind, u.line, r.report_date, r.origin FROM updates u
           JOIN reports r ON r.id = u.report_id WHERE r.team = ? AND r.withdrawn_at IS NULL""",
        (team,),
    )
    return tuple(
        Named(r["id"], r["name"], r["parent"], (r["report_date"], r["origin"], r["line"]), r["kind"] == "highlights")
        for r in rows
    )


def unlinked(db: Database) -> tuple[str, ...]:
    """The teams whose links are older than their reports."""
    return tuple(row["team"] for row in db.query("SELECT team FROM unlinked_teams ORDER BY team"))


def mark_unlinked(db: Database, team: str) -> None:
    """Note that the team's links must be derived anew. The caller holds the transaction that changes its reports."""
    db.execute("INSERT OR IGNORE INTO unlinked_teams (team) VALUES (?)", (team,))


def replace_links(db: Database, team: str, subjects: Sequence[Subject]) -> None:
    """Put newly derived subjects in the place of the team's old ones. The caller holds the transaction."""
    db.execute("DELETE FROM subjects WHERE team = ?", (team,))
    sql = "INSERT INTO subjects (team, name, firm) VALUES (?, ?, ?)"
    ids = [int(db.execute(sql, (team, subject.name, subject.firm)).lastrowid or 0) for subject in subjects]
    for subject_id, subject in zip(ids, subjects, strict=True):
        if subject.parent is not None:
            db.execute("UPDATE subjects SET parent_id = ? WHERE id = ?", (ids[subject.parent], subject_id))
        _save_names(db, subject_id, subject)
        db.conn.executemany(
            "INSERT INTO subject_links (update_id, subject_id, reason, decided_by) VALUES (?, ?, ?, 'reader')",
            [(update_id, subject_id, reason) for update_id, reason in subject.links],
        )
    db.execute("DELETE FROM unlinked_teams WHERE team = ?", (team,))


def _save_names(db: Database, subject_id: int, subject: Subject) -> None:
    """Each name with its parts: whole, without its brackets, and what stands in them."""
    rows: dict[str, tuple[Any, ...]] = {}
    whole = {name for name, _ in subject.names}
    for name, since in sorted(subject.names, key=lambda entry: entry[1]):
        outer, aliases = bracketed(name)
        for part in filter(None, (name, outer, *aliases)):
            said = spoken(key(part))
            rows.setdefault(part, (subject_id, part, part in whole, since, " ".join(said.syllables), said.initials))
    db.conn.executemany(
        "INSERT INTO subject_names (subject_id, name, whole, since, syllables, initials) VALUES (?, ?, ?, ?, ?, ?)",
        rows.values(),
    )


def names(db: Database, viewer: Viewer, as_of: date) -> tuple[ProjectName, ...]:
    """Every project that a report visible on that day speaks of, by the names that it had until then, newest first."""
    rows = db.query(
        f"""SELECT s.id, s.team, s.parent_id, s.firm, n.name, n.whole, n.syllables, n.initials
            FROM subjects s JOIN subject_names n ON n.subject_id = s.id
            WHERE n.since <= :as_of
            AND EXISTS (SELECT 1 FROM subject_links l JOIN updates u ON u.id = l.update_id
                        JOIN reports r ON r.id = u.report_id WHERE l.subject_id = s.id AND {VISIBLE})
            ORDER BY s.id, n.whole DESC, n.name = s.name DESC, n.since DESC, n.name""",
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
