"""Who follows which project. Beside `Library`, whose database it writes to."""

from __future__ import annotations

from store.database import follows
from store.database.connection import guarded
from store.database.follows import Follow
from store.library import Library

__all__ = ["Follow", "FollowBook"]


@guarded
class FollowBook:
    """The follows of one library's chat. Each method that writes is one transaction."""

    def __init__(self, library: Library) -> None:
        self._connections = library._connections

    def follow(self, new: Follow) -> bool:
        """Whether it is new."""
        with self._connections.writing() as db:
            return follows.put(db, new)

    def unfollow(self, user: str, team: str, name: str) -> bool:
        """Whether there was something to end."""
        with self._connections.writing() as db:
            return follows.drop(db, user, team, name)

    def every(self) -> tuple[Follow, ...]:
        """Everybody's, by person."""
        return follows.every(self._connections.db)

    def of(self, user: str) -> tuple[Follow, ...]:
        """One person's."""
        return tuple(one for one in self.every() if one.user == user)
