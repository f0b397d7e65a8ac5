"""What a button carries of an answer so that the very same one can be given again: for a channel, or with its chart."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from bot.answers.model import Answer
from bot.question.query import Kind
from bot.render.text import render_text

LONGEST = 2000  # characters of a button's value in Slack


@dataclass(frozen=True, slots=True)
class Again:
    """A question, the day on which it was asked, and a mark by which its answer is known."""

    question: str
    day: date
    mark: str


def mark_of(answer: Answer) -> str:
    """A mark that another answer doesn't have: of all that it says, sources included."""
    return hashlib.sha256(render_text(answer).encode("utf-8", "replace")).hexdigest()[:16]


def again(answer: Answer, day: date) -> Again | None:
    """What to carry of an answer given on `day`; None where it says nothing of reports, or the question is endless."""
    question = answer.question
    sendable = question.strip() and question.encode("utf-8", "ignore").decode() == question
    if not answer.found or answer.kind is Kind.HELP or not sendable:
        return None
    one = Again(question, day, mark_of(answer))
    return one if len(packed(one)) <= LONGEST else None


def packed(one: Again) -> str:
    """The same as a button's value."""
    return json.dumps([one.question, one.day.isoformat(), one.mark], ensure_ascii=False, separators=(",", ":"))


def unpacked(value: str) -> Again:
    """What `packed` made a value of; ValueError for anything else."""
    question, day, mark = json.loads(value)
    return Again(question, date.fromisoformat(day), mark)
