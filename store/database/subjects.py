"""SQL for identities: the updates to link, the links as derived, and the names that can be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

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


def replace_links(db: Database, team: str, subjects: Sequence[Subject]) -> None:
    """Put newly derived subjects in the place of the team's old ones. The caller holds the transaction."""
    db.execute("DELETE FROM subjects WHERE team = ?", (team,))
    sql = "INSERT INTO subjects (team, name) VALUES (?, ?)"
    ids = [db.execute(sql, (team, subject.name)).lastrowid for subject in subjects]
    for subject_id, subject in zip(ids, subjects, strict=True):
        if subject.parent is not None:
            db.execute("UPDATE subjects SET parent_id = ? WHERE id = ?", (ids[subject.parent], subject_id))
        for name in _askable(subject):
            said = spoken(key(name))
            row = (subject_id, name, " ".join(said.syllables), said.initials)
            db.execute("INSERT INTO subject_names (subject_id, name, syllables, initials) VALUES (?, ?, ?, ?)", row)
        for update_id, reason in subject.links:
            link = (update_id, subject_id, reason, "reader")
            db.execute(
                "INSERT INTO subject_links (update_id, subject_id, reason, decided_by) VALUES (?, ?, ?, ?)", link
            )


def _askable(subject: Subject) -> list[str]:
    """Each name with its parts: whole, without its brackets, and what stands in them."""
    names = [part for name in subject.names for part in (name, bracketed(name)[0], *bracketed(name)[1]) if part]
    return list(dict.fromkeys(names))


def names(db: Database, viewer: Viewer, as_of: date) -> tuple[ProjectName, ...]:
    """Every project that a report visible on that day speaks of."""
    rows = db.query(
        f"""SELECT s.id, s.team, s.name AS newest, s.parent_id, n.name, n.syllables, n.initials
            FROM subjects s JOIN subject_names n ON n.subject_id = s.id
            WHERE EXISTS (SELECT 1 FROM subject_links l JOIN updates u ON u.id = l.update_id
                          JOIN reports r ON r.id = u.report_id WHERE l.subject_id = s.id AND {VISIBLE})
            ORDER BY s.id, n.rowid""",
        bounds(viewer, as_of),
    )
    found: dict[int, ProjectName] = {}
    for row in rows:
        name = (row["name"], Spoken(tuple(row["syllables"].split(" ")), row["initials"]))
        known = found.get(row["id"])
        names = (*known.names, name) if known else (name,)
        found[row["id"]] = ProjectName(row["id"], row["team"] or None, row["newest"], names, row["parent_id"])
    return tuple(found.values())


def children(db: Database, subject: int) -> tuple[int, ...]:
    """The parts of a project."""
    return tuple(row["id"] for row in db.query("SELECT id FROM subjects WHERE parent_id = ? ORDER BY id", (subject,)))
