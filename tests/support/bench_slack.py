"""How long Slack waits for the answer to a command, beside an echo bot in the same run.

`make bench` prints it. The bot and the echo bot (the same Bolt and waitress, whose listener says what it was told) each
serve in a process of their own, and take turns. Commands are sent at a fixed pace whatever comes back, and each is
timed from the moment it was due, so that one slow answer is seen in those that had to wait behind it.
"""

from __future__ import annotations

import argparse
import http.client
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, sleep, time
from urllib.parse import urlencode

from bench import NOW, ROOT, SEEDS, TODAY, questions
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from support.slack import StandIn

from bot.bootstrap import build_asker
from bot.settings import read_settings
from bot.slack.answering import Answering
from bot.slack.app import build_app
from bot.slack.server import SLACK_PATH, build_server, build_wsgi, spare_collections
from store.intake import candidates
from store.library import Library

SECRET, TOKEN = "of-the-bench", "xoxb-stand-in"
CONNECTIONS = 32
HOMES = 30
DIFFERENT = 40  # commands, sent over and over
PEOPLE = 50  # a department; whom the bot meets for the first time it asks Slack for the language of
_CHANNELS = count()
_FORM = "application/x-www-form-urlencoded"
_ALSO = [("/incidents", "last 4 weeks"), ("/incidents", "9月"), ("/project", "POS"), ("/project", "")]


def serve(kind: str, database: str, api: str) -> None:
    """Serve the bot or the echo bot until killed, after a line with the port."""
    settings = read_settings({"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": api})
    today = date.fromisoformat(TODAY)
    answering = Answering(build_asker(Library.open(database)), lambda: today, lambda: datetime.now(UTC))
    app = build_app(settings, answering) if kind == "bot" else _echo(api)
    server = build_server(build_wsgi(app, answering, lambda: today, SECRET), "127.0.0.1", 0)
    spare_collections()
    print(server.effective_port, flush=True)
    server.run()


def _echo(api: str) -> App:
    app = App(client=WebClient(TOKEN, api), signing_secret=SECRET, token_verification_enabled=False)

    def echo(ack: Ack, command: dict[str, str]) -> None:
        ack(command["text"] or "?")

    for name in ("/report", "/incidents", "/project"):
        app.command(name)(echo)
    return app


@contextmanager
def _serving(kind: str, database: str) -> Iterator[tuple[int, StandIn]]:
    command = [sys.executable, __file__, "--serve", kind, "--database", database, "--api"]
    with StandIn() as slack, subprocess.Popen([*command, slack.api_url], cwd=ROOT, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            slack.signing_secret, slack.bot_token = SECRET, TOKEN
            yield int(process.stdout.readline()), slack
        finally:
            process.kill()


def commands() -> list[tuple[str, str]]:
    """Commands and their texts: questions of the exam from all its parts, in both languages."""
    asked = [question for question in questions() if not question.startswith("/") and "\n" not in question]
    many = DIFFERENT - len(_ALSO)
    return [*(("/report", asked[at * len(asked) // many]) for at in range(many)), *_ALSO]


class _Load:
    """Sends commands to one port; each thread keeps its connection."""

    def __init__(self, port: int) -> None:
        self.port, self.commands, self._own = port, commands(), threading.local()

    def send(self, number: int, due: float) -> float:
        """The milliseconds from when it was due to the whole answer; raises `RuntimeError` for none."""
        command = self.commands[number % DIFFERENT]
        if not hasattr(self._own, "connection"):
            self._own.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self._own.connection.request("POST", SLACK_PATH, *_signed(*command))
        reply = self._own.connection.getresponse()
        said = reply.read()
        if reply.status != 200 or not said:
            raise RuntimeError(f"{reply.status} {said[:80]!r} to {command}")
        return (perf_counter() - due) * 1000

    def run(self, rate: int, seconds: float) -> tuple[list[float], float]:
        """The milliseconds of each command, and how many were answered a second."""
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            start, sent = perf_counter(), []
            for number in range(int(rate * seconds)):
                due = start + number / rate
                sleep(max(0.0, due - perf_counter()))
                sent.append(pool.submit(self.send, number, due))
            took = [each.result() for each in sent]
        return took, len(took) / (perf_counter() - start)


def _signed(command: str, text: str) -> tuple[bytes, dict[str, str]]:
    number = next(_CHANNELS)  # each in a channel of its own: nothing is a follow-up
    names = {
        "user_id": f"U{number % PEOPLE}",
        "channel_id": f"C{number}",
        "team_id": "T1",
        "trigger_id": "1.2",
        "token": "unused",
    }
    body = urlencode({**names, "command": command, "text": text, "response_url": "http://127.0.0.1:9/"})
    at = str(int(time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
    return body.encode(), {"Content-Type": _FORM, "X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature}


def show(rate: int, seconds: float, rounds: int) -> None:
    """Print what the bot and the echo bot take, and their ratio, a line for each of the rounds."""
    with TemporaryDirectory() as folder:
        database = str(Path(folder, "bench.db"))
        library = Library.open(database, create=True)
        for _ in library.ingest(candidates([str(SEEDS)]), NOW):
            pass
        library.close()
        for _ in range(rounds):
            middle = {kind: _round(kind, database, rate, seconds) for kind in ("echo", "bot")}
            print(f"{'bot beside echo':34}{middle['bot'] / middle['echo']:>12.2f} times", flush=True)
        _homes(database)


def _homes(database: str) -> None:
    """Print how long after somebody opened it the Home tab is published; the first one loads what the others have."""
    took = []
    with _serving("bot", database) as (port, slack):
        for number in range(HOMES):
            started = perf_counter()
            slack.open_home(f"http://127.0.0.1:{port}{SLACK_PATH}", f"U{number}")
            slack.wait_for("views.publish", count=number + 1)
            took.append((perf_counter() - started) * 1000)
    rest = f"p50 {median(took):.0f} ms, most {max(took[1:]):.0f} ms"
    print(f"{'the Home tab is there after':34}first {took[0]:.0f} ms, {rest}")


def _round(kind: str, database: str, rate: int, seconds: float) -> float:
    with _serving(kind, database) as (port, _):
        load = _Load(port)
        load.run(10, max(DIFFERENT, PEOPLE) / 10)  # each question and each person once, and the connections opened
        took, reached = load.run(rate, seconds)
    parts = quantiles(took, n=100)
    print(f"{kind + f' at {rate} commands/s':34}p50 {parts[49]:.0f} ms, p99 {parts[98]:.0f} ms, {reached:.0f}/s")
    return parts[49]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, or serve for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=100, help="commands a second")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--serve", choices=("bot", "echo"), help=argparse.SUPPRESS)
    for hidden in ("--database", "--api"):
        parser.add_argument(hidden, default="", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.serve:
        serve(chosen.serve, chosen.database, chosen.api)
    else:
        show(chosen.rate, chosen.seconds, chosen.rounds)


if __name__ == "__main__":
    main()
