"""The whole bot over its real HTTP server on loopback, askers that misbehave, and what a reader of a message sees."""

from __future__ import annotations

import http.client
import itertools
import re
import threading
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from support.slack import Gate, Reply, StandIn
from support.slack_socket import SCHEME

from bot.command_names import OWN_NAMES, CommandNames
from bot.roster_loading import RosterSource
from bot.settings import read_settings
from bot.slack.answering import Answering
from bot.slack.app import build_app
from bot.slack.server import build_server, build_wsgi
from bot.slack.socket_mode import SocketMode
from bot.teams import Roster

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import Message

    from bot.answers.ask import Asker, Turn
    from store.viewer import Viewer

TODAY = date(2023, 12, 11)
NOBODY = Roster()


_numbers = itertools.count(1)


class Bot:
    """The bot, serving on a free port until `finish()`; `url` is where Slack sends its requests, `socket:…` where the
    bot is in Socket Mode."""

    def __init__(self, asker: Any, slack: StandIn, wire: str = "http", roster: Roster | RosterSource = NOBODY,
                 now: Callable[[], datetime] = lambda: datetime.now(UTC),
                 commands: CommandNames = OWN_NAMES) -> None:  # fmt: skip
        environment = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "SLACK_APP_TOKEN": f"xapp-stand-in-{next(_numbers)}" if wire == "socket" else "",
        }
        settings = read_settings(environment)
        source = roster if isinstance(roster, RosterSource) else RosterSource("", (), None)
        known = source if source is roster else lambda: roster
        self.answering = Answering(asker, lambda: TODAY, now, roster=known, teams=source, commands=commands)
        self.app = build_app(settings, self.answering)
        self.socket = SocketMode(self.app, settings.app_token) if settings.app_token else None
        secret = "" if self.socket else slack.signing_secret
        self.server = build_server(build_wsgi(self.app, self.answering, lambda: TODAY, secret), "127.0.0.1", 0)
        self.base = f"http://127.0.0.1:{self.server.effective_port}"
        self.url = f"{SCHEME}{settings.app_token}" if self.socket else f"{self.base}/slack/events"
        self._thread = threading.Thread(target=self.server.run)
        self._thread.start()
        if self.socket:
            self.socket.open()

    def get(self, path: str) -> Reply:
        """A GET request."""
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=30)
        try:
            connection.request("GET", path)
            got = connection.getresponse()
            return Reply(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read().decode())
        finally:
            connection.close()

    def finish(self) -> None:
        """Take no more requests, and wait until everything under way is done; may be called again."""
        if self.socket and not self.socket.closed:
            self.socket.close()
        if self._thread.is_alive():
            self.server.task_dispatcher.shutdown()
            self._end_loop()
            self._thread.join()
        self.app.listener_runner.listener_executor.shutdown()
        self.answering.workers.shutdown()

    def _end_loop(self) -> None:
        """Close all sockets in the loop's own thread, which ends when none is left.

        The loop closes the trigger too, so it must not get to that before we have pulled it: hence the lock.
        """
        trigger, sockets = self.server.trigger, self.server._map
        with trigger.lock:
            trigger.thunks.append(lambda: [each.close() for each in list(sockets.values())])
            trigger._physical_pull()


class Held:
    """Answers as `asker` does, but questions with `word` in them only once the gate is released or the `with` ends."""

    def __init__(self, asker: Asker, word: str = "") -> None:
        self.asker, self.word, self.gate, self.asked = asker, word, Gate(), threading.Event()
        self.library, self.language = asker.library, asker.language

    def __enter__(self) -> Held:
        return self

    def __exit__(self, *_: object) -> None:
        self.gate.release()

    def converse(self, question: str, today: date, viewer: Viewer, before: Turn | None = None, lang: str = "") -> Turn:
        """The answer, later."""
        if self.word in question:
            self.asked.set()
            self.gate.wait()
        return self.asker.converse(question, today, viewer, before, lang)


class Broken:
    """Answers nothing: every question meets a bug."""

    def __init__(self, asker: Asker) -> None:
        self.library, self.language = asker.library, asker.language

    def converse(self, question: str, today: date, viewer: Viewer, before: Turn | None = None, lang: str = "") -> Turn:
        """Never returns."""
        raise RuntimeError("the flux ran dry")


class Lossy(StandIn):
    """A Slack that does what it is asked, and then hangs up on calls to the methods in `lost` instead of answering."""

    def __init__(self) -> None:
        super().__init__()
        self.lost: set[str] = set()

    def take(self, path: str, headers: Message, raw: bytes) -> Any:
        """As the base does; a ConnectionError is what makes it hang up."""
        sent = super().take(path, headers, raw)
        if self.calls()[-1].method in self.lost:
            raise ConnectionAbortedError
        return sent


def visible(blocks: Any) -> str:
    """All text of the blocks, a line for each line that a reader sees."""
    if isinstance(blocks, dict) and blocks.get("type") == "rich_text_section":
        return "".join(str(part.get("text", "")) for part in blocks["elements"])
    parts = blocks.values() if isinstance(blocks, dict) else blocks
    found = [visible(part) if isinstance(part, dict | list) else "" for part in parts]
    if isinstance(blocks, dict) and isinstance(blocks.get("text"), str):
        found.append(blocks["text"])
    return "\n".join(filter(None, found))


def unescaped(text: str) -> str:
    """A mrkdwn text as Slack shows it, where it holds no markup."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def numbers(text: str) -> set[str]:
    """The figures, dates, times and line numbers of a text, as written."""
    return set(re.findall(r"\d+(?:[.,:/]\d+)*", text))


def file_name(source: str) -> str:
    """The name of a source, without its folders."""
    return PurePosixPath(source).name
