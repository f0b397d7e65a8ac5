"""Socket Mode: Slack's requests over a websocket that the bot opens, for where nothing can reach it from outside.

On slack_sdk's own client, which needs no further package, with its weak spots mended:

- It writes the length of a message in 16 bits and sends what the system takes at once: an answer of 66 kB, in Chinese
  no rare one, raised `struct.error`, and one above the 16 kB of a TLS record could arrive torn.
- When the other side hung up without a word, it read nothing at full speed until a ping failed.
- Closed right after it was opened, it could read on for ever: its reading thread takes the end back as it begins.
- It waited up to three seconds for its own reading at each reconnection, as long as Slack waits for an acknowledgement.
"""

from __future__ import annotations

import json
import logging
import os
import select
import struct
from typing import Any
from urllib.error import URLError

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import ConnectionState
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.errors import BotError, SlackRefused, SlackUnreachable

logger = logging.getLogger(__name__)

CONCURRENT = 32  # requests; each waits for as long as an answer may take before it is acknowledged
PING = 5.0  # seconds between looks at the connection; a lost one is opened again at the next
LISTEN = 0.1  # seconds of listening at a time, for which whoever closes the connection waits
RECEIVE = 65_536  # bytes at a time


class SocketMode(SocketModeClient):
    """The app's connection to Slack: `open()` makes it, and it is kept until `close()`."""

    def __init__(self, app: App, app_token: str) -> None:
        super().__init__(
            app_token,
            logger=logger,
            web_client=app.client,
            ping_interval=PING,
            receive_buffer_size=RECEIVE,
            concurrency=CONCURRENT,
        )
        self.app = app
        self.socket_mode_request_listeners.append(self._take)

    @property
    def current_session_state(self) -> ConnectionState:
        """Whether the reading has ended: slack_sdk sets a new one with each connection."""
        return self._reading

    @current_session_state.setter
    def current_session_state(self, _: ConnectionState) -> None:
        self._reading = _Reading(self)

    def open(self) -> None:
        """Connect for the first time; raises the `BotError` that says what to mend."""
        try:
            self.connect()
        except SlackApiError as error:
            self.close()
            raise refused(str(error.response.get("error"))) from error
        except OSError as error:  # URLError among them
            self.close()
            reason = error.reason if isinstance(error, URLError) else error
            raise SlackUnreachable(self.web_client.base_url, str(reason)) from error

    def connect(self) -> None:
        """Open a connection, and close the one before."""
        super().connect()
        session = self.current_session
        if session is not None and session.sock is not None:
            session.sock = _Ear(session.sock, self)  # type: ignore[assignment]

    def close(self) -> None:
        """Take nothing more, acknowledge what is under way, and hang up."""
        self.closed = True
        self.message_queue.put(None)  # wakes who waits for a message
        self.message_processor.shutdown()  # type: ignore[no-untyped-call]
        self.message_workers.shutdown()
        super().close()

    def send_message(self, message: str) -> None:
        """Send to Slack; where the connection was replaced just now, over the new one. Raises OSError."""
        try:
            self._send(message)
        except OSError:
            with self.connect_operation_lock:
                self._send(message)

    def _send(self, message: str) -> None:
        session = self.current_session
        if session is None:
            raise ConnectionError("there is no connection to Slack")
        with session.sock_send_lock:
            if session.sock is None:
                raise ConnectionError("the connection to Slack is closed")
            session.sock.sendall(frame(message))

    def _take(self, _: Any, request: SocketModeRequest) -> None:
        """Let the app handle a request; Slack sends an event again that wasn't acknowledged."""
        answer = run_bolt_app(self.app, request)
        if answer.status != 200:
            logger.info("%s %s isn't acknowledged: %s", request.type, request.envelope_id, answer.status)
            return
        try:
            self.send_message(acknowledgement(request.envelope_id, answer))
        except OSError as error:
            logger.warning("no acknowledgement sent for %s %s: %s", request.type, request.envelope_id, error)


def acknowledgement(envelope_id: str, answer: BoltResponse) -> str:
    """What tells Slack that a request arrived, with the answer to it if there is one.

    Chinese as it stands takes half the bytes of its escapes.
    """
    said: dict[str, Any] = {"envelope_id": envelope_id}
    if answer.body:
        is_json = answer.headers.get("content-type", [""])[0].startswith("application/json")
        said["payload"] = json.loads(answer.body) if is_json else {"text": answer.body}
    return json.dumps(said, ensure_ascii=False)


class _Reading(ConnectionState):
    """Whether the reading of a connection has ended: it has, whatever anybody says, once the client is closed."""

    def __init__(self, client: SocketMode) -> None:
        self._client, self._ended = client, False

    @property
    def terminated(self) -> bool:
        """What slack_sdk's loop looks at."""
        return self._ended or self._client.closed

    @terminated.setter
    def terminated(self, ended: bool) -> None:
        self._ended = ended


class _Ear:
    """A socket that listens for short times only, and that hears when the other side has hung up."""

    def __init__(self, sock: Any, client: SocketMode) -> None:
        self._sock, self._client = sock, client
        self._poll = select.poll()
        self._poll.register(sock, select.POLLIN)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def recv(self, size: int) -> bytes:
        waiting = getattr(self._sock, "pending", int)()  # what TLS has read and not handed over
        if not waiting and not self._poll.poll(LISTEN * 1000):
            raise TimeoutError
        data: bytes = self._sock.recv(size)
        if not data and not self._client.closed:
            raise ConnectionResetError("the other side hung up")
        return data


def frame(message: str) -> bytes:
    """A text frame of a websocket client, of any length: https://www.rfc-editor.org/rfc/rfc6455#section-5.2"""
    data, mask = message.encode(), os.urandom(4)
    length = len(data)
    if length < 126:
        head = struct.pack("!BB", 0x81, 0x80 | length)
    elif length < 65_536:
        head = struct.pack("!BBH", 0x81, 0x80 | 126, length)
    else:
        head = struct.pack("!BBQ", 0x81, 0x80 | 127, length)
    key = (mask * (length // 4 + 1))[:length]
    masked = int.from_bytes(data, "big") ^ int.from_bytes(key, "big")
    return head + mask + masked.to_bytes(length, "big")


def refused(code: str) -> BotError:
    """What to mend where Slack opens no connection for this reason.

    The codes: https://docs.slack.dev/reference/methods/apps.connections.open
    """
    if code in ("forbidden_team", "access_denied", "app_management_app_not_installed"):
        return SlackRefused(code, "the app", "install it in the workspace, and switch Socket Mode on")
    return SlackRefused(
        code, "SLACK_APP_TOKEN", "copy an app-level token (xapp-…) with connections:write from Basic Information"
    )
