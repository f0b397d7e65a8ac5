"""The answer that a button stands below, once more: the very same, or what it would be now."""

from __future__ import annotations

from bot.again import Again, mark_of
from bot.answers.model import Answer
from bot.slack.answering import Answering
from store.viewer import Viewer


def given_again(answering: Answering, one: Again, user: str, *where: str) -> tuple[Answer, bool]:
    """The answer of `user`'s own on the day of the question, and whether it is the one that was given.

    What went on with the turn before (`那风控呢?`) can't be asked alone: it is what was last said there, as long as the
    reports are those that it was said by.
    """
    lang = answering.lang(user, one.question)
    answer = answering.asker.converse(one.question, one.day, Viewer(user), lang=lang).answer
    if mark_of(answer) == one.mark:
        return answer, True
    before = answering.conversations.last((user, *where), answering.now())
    if before and mark_of(before.answer) == one.mark and answering.still_holds(before.answer, Viewer(user)):
        return before.answer, True
    return answer, False
