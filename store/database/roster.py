"""SQL for what was changed of teams. Only people write this table, and no reading touches it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.database.rows import Database

CHANGED, WHOLE, REMOVED = "changed", "whole", "removed"


@dataclass(frozen=True, slots=True)
class TeamOverride:
    """A team's keys as they were changed, by the names of teams.toml. `kind` is `changed` (over the file's team),
    `whole` (in its place, or without one) or `removed`."""

    team: str
    kind: str
    keys: Mapping[str, Any]
    by: str
    at: datetime


def put_team(db: Database, one: TeamOverride) -> None:
    """Keep it in the place of an earlier one. The caller holds the transaction."""
    db.execute(
        "INSERT OR REPLACE INTO team_overrides (team, kind, keys, changed_by, changed_at) VALUES (?, ?, ?, ?, ?)",
        (one.team, one.kind, json.dumps(dict(one.keys), ensure_ascii=False), one.by, one.at.isoformat()),
    )


def teams(db: Database) -> tuple[TeamOverride, ...]:
    """Every change of a team, oldest first."""
    return tuple(
        TeamOverride(row["team"], row["kind"], json.loads(row["keys"]), row["changed_by"],
                     datetime.fromisoformat(row["changed_at"]))
        for row in db.query("SELECT * FROM team_overrides ORDER BY rowid")
    )  # fmt: skip
