"""An answer is marked as wrong: the words that say so, what a button carries of the answer, and keeping it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from bot.answers.model import Answer, shortened, words_of
from bot.catalogue import sayer
from bot.question.lexicon import lexicon
from bot.question.query import Kind
from store.feedback import FeedbackBook, Place
from store.library import Library
from store.viewer import Viewer

if TYPE_CHECKING:
    from bot.answers.ask import Turn

LONGEST_QUESTION = 400  # characters kept; all these in JSON are at most twice as long, and a button holds 2,000
LONGEST_HEAD = 150
MOST_CITED = 24


@dataclass(frozen=True, slots=True)
class Marked:
    """What is kept of an answer: enough to know it by, little enough for a button."""

    question: str
    kind: str
    lang: str
    head: str
    places: tuple[Place, ...]


def marked(answer: Answer) -> Marked | None:
    """What is kept of an answer; None of one that says nothing of reports."""
    if answer.kind is Kind.HELP:
        return None
    places = dict.fromkeys(Place(c.report.id, c.line, c.line_end) for c in answer.citations)
    question, head = clean(answer.question), clean(words_of(answer.head))
    return Marked(
        shortened(question, LONGEST_QUESTION), answer.kind.value, answer.lang, shortened(head, LONGEST_HEAD),
        tuple(places)[:MOST_CITED],
    )  # fmt: skip


def packed(one: Marked) -> str:
    """The same as a button's value, in at most 2,000 characters."""
    value = [one.question, one.kind, one.lang, one.head, one.places]
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def unpacked(value: str) -> Marked:
    """What `packed` made a value of; ValueError for anything else."""
    question, kind, lang, head, places = json.loads(value)
    return Marked(question, kind, lang, head, tuple(Place(*map(int, place)) for place in places))


def objection(text: str) -> str | None:
    """The reason in `不对：是 90%` or `/wrong it is 90 %`, "" where none is given; None for any other text."""
    found = _words().match(text.strip())
    if found is None:
        return None
    rest = found["rest"].strip("。.!！ ")
    # Without slash or colon it is a question: "wrong settlement account", 不对账的商户.
    if not rest or rest[0] in "：:，," or (found["slash"] and found["rest"][0].isspace()):
        return clean(rest.lstrip("：:，, "))
    return None


@cache
def _words() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(lexicon()["feedback"]["wrong"], key=len, reverse=True))
    return re.compile(rf"(?P<slash>/)?(?:{words})(?P<rest>.*)", re.IGNORECASE | re.DOTALL)


def clean(text: str) -> str:
    """The text on one line, without what isn't printed: JSON would write six characters for each of those."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


@dataclass(frozen=True)
class Objections:
    """Keeps what people mark as wrong. `now` is the clock, in UTC; `language` as of `Asker`."""

    library: Library
    now: Callable[[], datetime]
    language: str = "auto"

    def keep(self, viewer: Viewer, one: Marked, reason: str = "") -> tuple[int, bool]:
        """The number of the note, and whether it is new: see `FeedbackBook.mark`.

        Only what the viewer may see is quoted.
        """
        book = FeedbackBook(self.library)
        cited = book.cite(viewer, one.places)
        return book.mark(viewer.user or "", one.question, one.kind, one.head, cited, reason, self.now())

    def give_reason(self, number: int, user: str, reason: str) -> bool:
        """Say why, of a note of one's own: see `FeedbackBook.give_reason`."""
        return FeedbackBook(self.library).give_reason(number, user, reason)


def keep_words(objections: Objections, viewer: Viewer, before: Turn | None, reason: str) -> str:
    """Keep that the answer before is wrong, and what to say about it in its language."""
    one = marked(before.answer) if before else None
    if one is None:
        lang = before.answer.lang if before else "en" if objections.language == "en" else "zh"
        return sayer(lang)("feedback.nothing")
    return noted_words(one, *objections.keep(viewer, one, reason))


def noted_words(one: Marked, number: int, new: bool) -> str:
    """What to say about a note, in the language of its answer."""
    return sayer(one.lang)("feedback.noted" if new else "feedback.again", number=number)
