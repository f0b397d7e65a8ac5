"""What each person asked last, in each place where they talk with the bot, so that `那风控呢?` can go on with it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from bot.answers.ask import Turn

MOST_KEPT = 2000  # conversations; the oldest are forgotten first
FORGOTTEN_AFTER = timedelta(hours=2)  # what was asked before lunch is no context for what is asked after it
Place = tuple[str, ...]


class Conversations:
    """The last turn of each conversation; a place is a user with a channel and a thread. Safe between threads.

    Kept in memory alone: with several processes a follow-up that reaches another one is read as a question by itself.
    """

    def __init__(self) -> None:
        self._turns: OrderedDict[Place, tuple[datetime, Turn]] = OrderedDict()
        self._lock = threading.Lock()

    def last(self, place: Place, now: datetime) -> Turn | None:
        """The turn before, unless it is forgotten."""
        with self._lock:
            said, turn = self._turns.get(place, (None, None))
        return turn if said is not None and now - said <= FORGOTTEN_AFTER else None

    def keep(self, place: Place, turn: Turn, now: datetime) -> None:
        """Note what was asked and answered last."""
        with self._lock:
            self._turns[place] = (now, turn)
            self._turns.move_to_end(place)
            while len(self._turns) > MOST_KEPT:
                self._turns.popitem(last=False)
