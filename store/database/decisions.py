"""SQL for what people decided about names. Nothing else writes this table, and no rebuild of links touches it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.database.rows import Database
from store.linking.decisions import Decision, Kind, Verdict
from store.viewer import Viewer


def decisions_of(db: Database, team: str) -> tuple[Decision, ...]:
    """The decisions about one team's names, oldest first."""
    rows = db.query("SELECT * FROM decisions WHERE team = ? ORDER BY decided_at, pair", (team,))
    return tuple(map(_decision, rows))


def seen(db: Database, viewer: Viewer) -> tuple[Decision, ...]:
    """All decisions that the viewer may see, by team, oldest first."""
    rows = db.query("SELECT * FROM decisions ORDER BY team, decided_at, kind, pair")
    return tuple(decision for decision in map(_decision, rows) if viewer.may_see(decision.team))


def put(db: Database, decision: Decision) -> bool:
    """Note a decision in the place of an earlier one on the same two names; False when it stands already.

    The caller holds the transaction.
    """
    d = decision
    old = next((o for o in decisions_of(db, d.team) if (o.kind, o.pair) == (d.kind, d.pair)), None)
    if old and (old.verdict, old.one, old.other) == (d.verdict, d.one, d.other):
        return False
    db.execute(
        """INSERT INTO decisions (team, kind, verdict, one, other, pair, decided_by, decided_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (team, kind, pair) DO UPDATE SET verdict = excluded.verdict, one = excluded.one,
           other = excluded.other, decided_by = excluded.decided_by, decided_at = excluded.decided_at""",
        (d.team, d.kind, d.verdict, d.one, d.other, _pair(d.pair), d.decided_by, d.decided_at.isoformat()),
    )
    return True


def remove(db: Database, team: str, kind: Kind, pair: tuple[str, str]) -> bool:
    """Take back the decision on two names (their keys); False where there is none. The caller holds the transaction."""
    sql = "DELETE FROM decisions WHERE team = ? AND kind = ? AND pair = ?"
    return bool(db.execute(sql, (team, kind, _pair(pair))).rowcount)


def hand_over(db: Database, old: str, new: str) -> None:
    """What was decided while nobody knew whose reports they are holds for the team that is named now, too."""
    db.execute(
        """INSERT OR IGNORE INTO decisions (team, kind, verdict, one, other, pair, decided_by, decided_at)
           SELECT ?, kind, verdict, one, other, pair, decided_by, decided_at FROM decisions WHERE team = ?""",
        (new, old),
    )


def _pair(pair: tuple[str, str]) -> str:
    return "\n".join(pair)


def _decision(row: Mapping[str, Any]) -> Decision:
    return Decision(
        row["team"], Kind(row["kind"]), Verdict(row["verdict"]), row["one"], row["other"], row["decided_by"],
        datetime.fromisoformat(row["decided_at"]),
    )  # fmt: skip
