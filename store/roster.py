"""What people changed of teams by command, kept beside the reports.

Beside `Library`, whose database it writes to. What a key may hold is for the one who reads the roster to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from store.database import roster
from store.database.connection import guarded
from store.database.roster import CHANGED, REMOVED, WHOLE, TeamOverride
from store.library import Library

__all__ = ["CHANGED", "REMOVED", "WHOLE", "RosterBook", "TeamOverride"]


@guarded
class RosterBook:
    """The changes of one database. Each method that writes is one transaction."""

    def __init__(self, library: Library) -> None:
        self._connections = library._connections

    def teams(self) -> tuple[TeamOverride, ...]:
        """Every change of a team, oldest first."""
        return roster.teams(self._connections.db)

    def change(
        self, team: str, kind: str, keys: Mapping[str, Any], by: str, now: datetime,
        allowed: Callable[[tuple[TeamOverride, ...]], None] = lambda _: None,
    ) -> None:  # fmt: skip
        """Change a team: `changed` keys go over those that were changed before, the other kinds take their place.

        `allowed` is asked with all changes as they will be, and keeps it from happening by raising.
        """
        with self._connections.writing() as db:
            before = {one.team: one for one in roster.teams(db)}
            earlier = before.get(team)
            if kind == CHANGED and earlier and earlier.kind != REMOVED:
                kind, keys = earlier.kind, {**earlier.keys, **keys}
            one = TeamOverride(team, kind, keys, by, now)
            allowed(tuple({**before, team: one}.values()))
            roster.put_team(db, one)
