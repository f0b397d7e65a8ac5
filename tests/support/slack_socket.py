"""Slack's side of Socket Mode: an address on loopback that a bot with an app token connects to, and envelopes for it.

A bot that listens there has the url `socket:` and its app token. What `Workspace` sends to such a url goes over the
bot's newest connection, and the payload of its acknowledgement comes back as the body of the `Reply`.
"""

from __future__ import annotations

import itertools
import json
import threading
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, urlsplit

from support.slack_limits import Refusal
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

SCHEME = "socket:"
ACKNOWLEDGED_WITHIN = 5.0  # seconds; with Slack's own three a test on a slow machine would fail
Record = dict[str, Any]


class Sockets:
    """The connections of bots, by their app token; a context manager that ends when all threads have.

    `accepted` counts the connections so far, `acknowledged` keeps what came back by envelope_id, {} for an empty one.
    """

    def __init__(self) -> None:
        self.accepted = 0
        self.acknowledged: dict[str, Record] = {}
        self._tickets: dict[str, str] = {}
        self._open: dict[str, list[ServerConnection]] = {}
        self._numbers = itertools.count(1)
        self._changed = threading.Condition()
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()

    def address(self, app_token: str) -> Record:
        """The answer to apps.connections.open: a place to connect to, once."""
        if not app_token.startswith("xapp-"):
            raise Refusal("not_allowed_token_type" if app_token else "not_authed")
        if not app_token.startswith("xapp-stand-in"):
            raise Refusal("invalid_auth")
        with self._changed:
            if self._server is None:
                self._server = serve(self._serve, "127.0.0.1", 0, compression=None, ping_interval=None)
                self._thread = threading.Thread(target=self._server.serve_forever)
                self._thread.start()
            ticket = f"t{next(self._numbers)}"
            self._tickets[ticket] = app_token
            port = self._server.socket.getsockname()[1]
        return {"url": f"ws://127.0.0.1:{port}/link/?ticket={ticket}&app_id=A0APP"}

    def deliver(self, app_token: str, kind: str, payload: Record, retry: int = 0, seconds: float = ACKNOWLEDGED_WITHIN
                ) -> Record | None:  # fmt: skip
        """Send one envelope and wait for its acknowledgement: the payload that came with it, None if none came."""
        envelope_id = f"e{next(self._numbers)}"
        envelope = {"type": kind, "envelope_id": envelope_id, "payload": payload, "accepts_response_payload": True}
        if kind == "events_api":
            again = {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
            envelope |= {**again, "accepts_response_payload": False}
        self.newest(app_token).send(json.dumps(envelope))
        return self.wait_for(envelope_id, seconds)

    def wait_for(self, envelope_id: str, seconds: float = ACKNOWLEDGED_WITHIN) -> Record | None:
        """The payload of an acknowledgement, once it is there; None if it doesn't come."""
        with self._changed:
            self._changed.wait_for(lambda: envelope_id in self.acknowledged, seconds)
            return self.acknowledged.get(envelope_id)

    def newest(self, app_token: str, seconds: float = 10.0) -> ServerConnection:
        """The newest connection of a bot, once there is one."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._open.get(app_token), seconds), f"nobody listens: {app_token}"
            return self._open[app_token][-1]

    def refresh(self, app_token: str) -> None:
        """Ask a bot to connect anew, as Slack does every few hours, and wait until it has."""
        before = self.accepted
        old = self.newest(app_token)
        old.send(json.dumps({"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "stand-in"}}))
        self.wait_for_connection(before + 1)

    def hang_up(self, app_token: str, politely: bool = True) -> None:
        """End a bot's newest connection, with a close frame or without a word."""
        connection = self.newest(app_token)
        if politely:
            connection.close()
        else:
            connection.socket.shutdown(2)

    def wait_for_connection(self, count: int, seconds: float = 20.0) -> None:
        """Wait until so many connections were made in all."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.accepted >= count, seconds), f"{self.accepted} connections"

    def _serve(self, connection: ServerConnection) -> None:
        """One connection, from its hello to its end; the ticket says whose it is."""
        asked = parse_qs(urlsplit(connection.request.path).query) if connection.request else {}
        with self._changed:
            token = self._tickets.pop(asked.get("ticket", [""])[0], "")
        if not token:
            return
        about = {"num_connections": len(self._open.get(token, [])) + 1, "connection_info": {"app_id": "A0APP"}}
        connection.send(json.dumps({"type": "hello", **about, "debug_info": {"approximate_connection_time": 18060}}))
        with self._changed:
            self._open.setdefault(token, []).append(connection)
            self.accepted += 1
            self._changed.notify_all()
        try:
            for said in connection:
                self._acknowledge(json.loads(said))
        except ConnectionClosed:
            pass  # how a bot leaves is its own affair
        finally:
            with self._changed:
                self._open[token].remove(connection)
                self._changed.notify_all()

    def _acknowledge(self, said: Record) -> None:
        assert said.keys() <= {"envelope_id", "payload"}, said
        with self._changed:
            self.acknowledged[said["envelope_id"]] = said.get("payload") or {}
            self._changed.notify_all()


def envelope_of(body: bytes, content_type: str) -> tuple[str, Record]:
    """The type and the payload of the envelope for what would be the body of a request."""
    if "json" in content_type:
        return "events_api", json.loads(body)
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    return ("interactive", json.loads(form["payload"])) if "payload" in form else ("slash_commands", form)
