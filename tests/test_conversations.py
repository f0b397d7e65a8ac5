"""What was asked last is kept for a while, place by place."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.answers.ask import Turn
from bot.answers.model import Answer, plain
from bot.conversations import FORGOTTEN_AFTER, MOST_KEPT, Conversations
from bot.question.query import Kind, Query

NOON = datetime(2023, 11, 15, 12, tzinfo=UTC)


def turn(question: str) -> Turn:
    """A question with an answer that says nothing."""
    day = date(2023, 11, 15)
    return Turn(Query(question, Kind.HELP, "zh", day), Answer(question, Kind.HELP, "zh", True, plain("好")))


def test_the_last_turn_of_a_place_is_kept() -> None:
    """Nothing at first; then what was kept last, each time."""
    kept = Conversations()
    assert kept.last(("U1", "C1"), NOON) is None
    for question in ("一", "二"):
        kept.keep(("U1", "C1"), turn(question), NOON)
        last = kept.last(("U1", "C1"), NOON)
        assert last is not None
        assert last.query.question == question


@pytest.mark.parametrize("other", [("U2", "C1"), ("U1", "C2"), ("U1", "C1", "thread"), ("U1",), ()])
def test_another_place_is_another_conversation(other: tuple[str, ...]) -> None:
    """Another person, channel or thread knows nothing of what was asked here."""
    kept = Conversations()
    kept.keep(("U1", "C1"), turn("一"), NOON)
    assert kept.last(other, NOON) is None


@pytest.mark.parametrize(("after", "known"), [
    (timedelta(), True), (FORGOTTEN_AFTER, True), (FORGOTTEN_AFTER + timedelta(seconds=1), False),
    (timedelta(days=400), False),
])  # fmt: skip
def test_what_was_asked_long_ago_is_forgotten(after: timedelta, known: bool) -> None:
    """Up to the time that is kept, and no longer; a new turn begins the time anew."""
    kept = Conversations()
    kept.keep(("U1",), turn("一"), NOON)
    assert (kept.last(("U1",), NOON + after) is not None) is known
    kept.keep(("U1",), turn("二"), NOON + after)
    assert kept.last(("U1",), NOON + after) is not None


def test_the_oldest_conversation_makes_room() -> None:
    """Only so many are kept; the one that went on least lately goes, and not the one that was begun first."""
    kept = Conversations()
    for number in range(MOST_KEPT):
        kept.keep((str(number),), turn("一"), NOON)
    kept.keep(("0",), turn("二"), NOON)
    kept.keep(("new",), turn("三"), NOON)
    assert kept.last(("1",), NOON) is None
    assert all(kept.last((place,), NOON) for place in ("0", "2", "new"))


def test_several_threads_keep_their_own() -> None:
    """Turns kept at the same time are each in their place."""
    kept = Conversations()

    def keeping(user: str) -> None:
        for number in range(200):
            kept.keep((user,), turn(f"{user} {number}"), NOON)

    threads = [threading.Thread(target=keeping, args=(f"U{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for n in range(4):
        last = kept.last((f"U{n}",), NOON)
        assert last is not None
        assert last.query.question == f"U{n} 199"
