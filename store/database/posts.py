"""SQL for what was asked in the chat, where, and which message answers it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from store.database.rows import Database

KEPT = timedelta(days=30)  # whoever edits a question or goes on in a thread later than that asks anew


class Post(NamedTuple):
    """A message of `user` that the bot answers: `ts` is Slack's time of it, `thread` where the answer stands ("" where
    in none), `answer_ts` the answer's own, "" until it is posted."""

    channel: str
    ts: str
    thread: str
    user: str
    question: str
    answer_ts: str = ""


def claim(db: Database, post: Post, at: datetime) -> bool:
    """Note that this message is being answered; False where it was noted before. The caller holds the transaction."""
    db.execute("DELETE FROM posts WHERE asked_at < ?", ((at - KEPT).isoformat(),))
    sql = "INSERT OR IGNORE INTO posts (channel, ts, thread, user, question, asked_at) VALUES (?, ?, ?, ?, ?, ?)"
    return db.execute(sql, (*post[:5], at.isoformat())).rowcount == 1


def answered(db: Database, channel: str, ts: str, answer_ts: str) -> None:
    """Note which message answers. The caller holds the transaction."""
    db.execute("UPDATE posts SET answer_ts = ? WHERE channel = ? AND ts = ?", (answer_ts, channel, ts))


def reworded(db: Database, post: Post) -> bool:
    """Note that an answered message asks something else now; False where that is known. The caller holds the
    transaction."""
    sql = "UPDATE posts SET question = ? WHERE channel = ? AND ts = ? AND question <> ? AND answer_ts IS NOT NULL"
    return db.execute(sql, (post.question, post.channel, post.ts, post.question)).rowcount == 1


def find(db: Database, channel: str, ts: str) -> Post | None:
    """The message, if the bot answered it."""
    return _first(db, "channel = ? AND ts = ?", (channel, ts))


def last_in(db: Database, channel: str, thread: str, user: str, since: datetime) -> Post | None:
    """What this user asked last in the thread ("" outside of threads), not before `since`."""
    where = "channel = ? AND thread = ? AND user = ? AND asked_at >= ?"
    return _first(db, where, (channel, thread, user, since.isoformat()))


def _first(db: Database, where: str, values: tuple[str, ...]) -> Post | None:
    sql = f"""SELECT channel, ts, thread, user, question, coalesce(answer_ts, '') FROM posts
              WHERE {where} ORDER BY asked_at DESC, ts DESC LIMIT 1"""
    row = db.execute(sql, values).fetchone()
    return Post(*row) if row else None
