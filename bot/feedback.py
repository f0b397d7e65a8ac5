"""`zhouzhi feedback`: the answers that people marked as wrong, for whoever looks after the bot."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from bot.clock import now
from bot.options import Failure, by_option, database_option, echo, json_option, open_library, who
from bot.settings import read_settings
from store.viewer import EVERYONE

if TYPE_CHECKING:
    from store.database.feedback import Feedback


@click.command()
@click.option("--all", "closed", is_flag=True, help="Show those that are closed, too; without it the open ones alone.")
@click.option("--close", "closing", type=int, multiple=True, metavar="NUMBER", help="Close this one; may be repeated.")
@click.option("--note", default="", metavar="TEXT", help="What came of it, kept with what is closed.")
@by_option
@database_option
@json_option
def feedback(
    closed: bool, closing: tuple[int, ...], note: str, by: str | None, database: str | None, as_json: bool
) -> None:
    """The answers that people marked as wrong, newest first: question, who, when, why, and the lines that were cited.

    Marked they are with the button below an answer in Slack, and with /wrong or 不对：… behind one in a chat.
    """
    from store.feedback import FeedbackBook

    with open_library(database, read_settings()) as library:
        book = FeedbackBook(library)
        for number in closing:
            if not book.close(number, who(by), note, now()):
                raise Failure(f"{number}: no open feedback has this number; see: zhouzhi feedback --all")
        found = book.listed(EVERYONE, closed=closed)
    if as_json:
        click.echo(json.dumps({"feedback": [_entry(one) for one in found]}, ensure_ascii=False, indent=1))
        return
    for number in closing:
        echo(f"closed: {number}")
    for line in [line for one in found for line in _lines(one)] if found else ["nothing is marked as wrong"]:
        echo(line)


def _entry(one: Feedback) -> dict[str, Any]:
    return {
        "number": one.number, "user": one.user, "question": one.question, "kind": one.kind, "head": one.head,
        "reason": one.reason or None, "marked_at": one.marked_at.isoformat(),
        "citations": [
            {"team": c.team or None, "source": c.source, "line_start": c.line, "line_end": c.line_end, "quote": c.quote}
            for c in one.citations
        ],
        "closed_at": one.closed_at.isoformat() if one.closed_at else None, "closed_by": one.closed_by,
        "note": one.note or None,
    }  # fmt: skip


def _lines(one: Feedback) -> list[str]:
    ended = f"  closed {one.closed_at:%Y-%m-%d} by {one.closed_by}: {one.note or '-'}" if one.closed_at else ""
    return [
        f"{one.number}  {one.marked_at:%Y-%m-%d %H:%M} UTC  {one.user}  {one.question}  ({one.kind})",
        f"    answered: {one.head}",
        *([f"    wrong because: {one.reason}"] if one.reason else []),
        *(f"    {c.source}:{c.line}  {c.quote.splitlines()[0] if c.quote else ''}" for c in one.citations),
        *([ended] if ended else []),
    ]
