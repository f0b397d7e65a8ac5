"""Reminders from two processes that are killed at random, for `faults.py`.

    python sending.py DATABASE API_URL TOKEN TEAMS LEADS KILLS SEED

The parent has everything imported and one thread, so that a killed child is replaced within milliseconds. It prints a
line when all kills are done, and ends with its children when standard input is closed.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import NoReturn
from zoneinfo import ZoneInfo

from bot.bootstrap import build_asker
from bot.reminders.deliver import Delivery
from bot.slack.answering import Answering
from bot.slack.minutely import every_minute
from bot.slack.posting import Posting, careful_client
from bot.teams import Roster, Team
from store.library import Library
from store.outbox import Outbox

CHILDREN = 2
BETWEEN = 0.2  # seconds between two kills, at the most
LOOK_EVERY = 0.05
LEASE = timedelta(seconds=4)  # longer than any request that a killed process left on its way
TRY_AGAIN = timedelta(milliseconds=200)
FRIDAY = datetime(2023, 12, 15, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def roster(teams: int, leads: int) -> Roster:
    """Teams that never hand in, each with leads of its own."""
    return Roster(tuple(
        Team(f"队{number}", tuple(f"U{number}X{lead}" for lead in range(leads))) for number in range(teams)
    ))  # fmt: skip


def remind(database: str, api_url: str, token: str, known: Roster, started: float) -> NoReturn:
    """What a process does that serves: the real scheduler over the real delivery, on a clock that begins on Friday."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    library = Library.open(database)

    def now() -> datetime:
        return (FRIDAY + timedelta(seconds=time.time() - started)).astimezone(UTC)

    answering = Answering(build_asker(library), lambda: now().date(), now, roster=lambda: known)
    posting = Posting(careful_client(token, api_url), Outbox(library), now, lease=LEASE, try_again=TRY_AGAIN)
    with every_minute(Delivery(answering, posting).look, seconds=LOOK_EVERY):
        while True:
            signal.pause()


def born(work: partial[NoReturn]) -> int:
    """A child that does the work, by its number."""
    child = os.fork()
    if child == 0:
        work()
    return child


def main(database: str, api_url: str, token: str, teams: str, leads: str, kills: str, seed: str) -> None:
    """Keep two children at work, and kill one of them now and then."""
    known, chance = roster(int(teams), int(leads)), random.Random(int(seed))
    work = partial(remind, database, api_url, token, known, time.time())
    children = [born(work) for _ in range(CHILDREN)]
    for _ in range(int(kills)):
        select.select([], [], [], chance.uniform(0, BETWEEN))
        at = chance.randrange(CHILDREN)
        os.kill(children[at], signal.SIGKILL)
        os.waitpid(children[at], 0)
        children[at] = born(work)
    print("killed", flush=True)
    sys.stdin.read()
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
