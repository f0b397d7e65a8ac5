"""What was asked in the chat and answered there, for all processes on one database and across their restarts.

Beside `Library`, whose database it writes to.
"""

from __future__ import annotations

from datetime import datetime

from store.database import posts
from store.database.connection import guarded
from store.database.posts import KEPT, Post
from store.library import Library

__all__ = ["KEPT", "Post", "PostBook"]


@guarded
class PostBook:
    """The posts of one library's chat. Each method that writes is one transaction."""

    def __init__(self, library: Library) -> None:
        self._connections = library._connections

    def claim(self, post: Post, now: datetime) -> bool:
        """Whether it is ours to answer this message: it is for whoever claims it first, and for nobody again."""
        with self._connections.writing() as db:
            return posts.claim(db, post, now)

    def answered(self, channel: str, ts: str, answer_ts: str) -> None:
        """Note that `answer_ts` answers the message."""
        with self._connections.writing() as db:
            posts.answered(db, channel, ts, answer_ts)

    def reworded(self, post: Post) -> bool:
        """Whether it is ours to answer anew what an answered message asks now: it is for whoever says so first."""
        with self._connections.writing() as db:
            return posts.reworded(db, post)

    def find(self, channel: str, ts: str) -> Post | None:
        """The message of this time, if it was answered."""
        return posts.find(self._connections.db, channel, ts)

    def last_in(self, channel: str, thread: str, user: str, since: datetime) -> Post | None:
        """What `user` asked last in the thread, not before `since`; None where the bot answered nothing of theirs."""
        return posts.last_in(self._connections.db, channel, thread, user, since)
