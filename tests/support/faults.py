"""Reminders under fire: two processes that are killed at random, and a Slack that loses answers; `make soak` runs it.

    python tests/support/faults.py --sends 10000 --kills 1000
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from support import sending
from support.slack import StandIn

from bot.reminders.notice import Notice
from store.library import Library

if TYPE_CHECKING:
    from email.message import Message

LEADS = 3
LOST, REFUSED, FAILED, GARBLED = 0.05, 0.01, 0.02, 0.01  # of the answers: lost, 429, 500, cut off


class Unreliable(StandIn):
    """A Slack that loses one answer in twenty after it took the message; between them 429, answers that are cut off,
    and 500 before or after it did."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._chance = random.Random(seed)
        self.spoilt: Counter[str] = Counter()

    def take(self, path: str, headers: Message, raw: bytes) -> Any:
        """As the base does, with something wrong now and then."""
        with self._changed:
            dice = self._chance.random()
            method = path.removeprefix("/api/")
            if dice < REFUSED:
                self.fail(method, 429, {"Retry-After": "1"})
            elif dice < REFUSED + FAILED / 2:
                self.fail(method, 500)
            sent = super().take(path, headers, raw)
        if dice < REFUSED:
            self.spoilt["429"] += 1
        elif dice < REFUSED + FAILED / 2:
            self.spoilt["500 before"] += 1
        elif dice < REFUSED + FAILED:
            self.spoilt["500 after"] += 1
            return type(sent)(500, {"ok": False, "error": "internal_error"})
        elif dice < REFUSED + FAILED + LOST:
            self.spoilt["lost"] += 1
            raise ConnectionAbortedError
        elif dice < REFUSED + FAILED + LOST + GARBLED:
            self.spoilt["cut off"] += 1
            return type(sent)(200, json.dumps(sent.body)[:-5])
        return sent


    def settled(self, database: str, letters: int, patience: float) -> None:
        """Wait until the outbox says of so many letters that they were sent."""
        until = time.monotonic() + patience
        with closing(sqlite3.connect(database)) as db:
            count = "SELECT count(*) FROM outbox WHERE state = 'sent'"
            while time.monotonic() < until and db.execute(count).fetchone()[0] < letters:
                with self._changed:
                    self._changed.wait(0.2)


@dataclass(frozen=True)
class Outcome:
    """What stands in Slack in the end, by the keys that the messages carry."""

    expected: frozenset[str]
    found: Counter[str]
    spoilt: Counter[str]
    seconds: float

    @property
    def lost(self) -> list[str]:
        """What never arrived."""
        return sorted(self.expected - set(self.found))

    @property
    def doubled(self) -> list[str]:
        """What arrived more than once, or that nobody was to get."""
        return sorted(key for key, count in self.found.items() if count > 1 or key not in self.expected)


def run(sends: int, kills: int, seed: int, patience: float) -> Outcome:
    """Send that many reminders while processes are killed that often; wait `patience` seconds for the last of them."""
    teams = -(-sends // LEADS)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Unreliable(seed) as slack:
        database = str(Path(folder) / "faults.db")
        Library.open(database, create=True).close()
        arguments = (database, slack.api_url, slack.bot_token, teams, LEADS, kills, seed)
        command = [sys.executable, sending.__file__, *map(str, arguments)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stdin is not None
            process.stdout.readline()
            slack.settled(database, teams * LEADS, patience)
            process.stdin.close()
        return Outcome(_expected(teams), Counter(_stamps(slack)), slack.spoilt, time.monotonic() - started)


def _stamps(slack: StandIn) -> list[str]:
    return [message["metadata"]["event_payload"]["key"] for message in slack.messages]


def _expected(teams: int) -> frozenset[str]:
    """A first reminder of that week for each lead."""
    week = (sending.FRIDAY - timedelta(days=sending.FRIDAY.weekday())).date()
    known = sending.roster(teams, LEADS).teams
    return frozenset(f"{Notice('remind', week, team.name, lead).key}#1" for team in known for lead in team.leads)


def main() -> None:
    """Run it long, and print what came of it; exit 1 where anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sends", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    told = run(options.sends, options.kills, options.seed, patience=3600)
    spoilt = ", ".join(f"{count} {what}" for what, count in sorted(told.spoilt.items()))
    print(f"{len(told.expected)} to send, {options.kills} kills, answers: {spoilt}; {told.seconds:.0f} s")
    print(f"{len(told.lost)} lost, {len(told.doubled)} doubled")
    sys.exit(bool(told.lost or told.doubled))


if __name__ == "__main__":
    main()
