"""Slack's side of the wire, for tests: a strict Web API on loopback, and the requests that Slack sends to a bot.

    with StandIn() as slack:
        ...start the bot with slack.api_url, slack.bot_token, slack.signing_secret...
        reply = slack.command(url, "/report", "status POS")
        answer = slack.wait_for("response_url")
        assert not slack.refused()

It refuses what Slack refuses, in Slack's words. An `unfit_message` is our own: no text beside the blocks, a ping of
somebody who isn't in `allowed`, or legacy attachments. Nothing here sleeps: `wait_for` wakes when a call arrives,
`hold` keeps answers back until released, and leaving the context joins every thread.
"""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from support import slack_assistant, slack_files, slack_people, slack_views
from support.slack_files import DOWNLOADS, LOGIN, UPLOADS, Files
from support.slack_limits import MESSAGE_TEXT, Refusal, check_message, problems
from support.slack_people import People
from support.slack_requests import arguments
from support.slack_workspace import APP, BOT, BOT_USER, FORM, TEAM, Delivery, Reply, Workspace

from bot.slack.manifest import asked_for

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from email.message import Message

__all__ = [
    "APP", "BOT", "BOT_USER", "FORM", "TEAM", "Call", "Delivery", "Gate", "Reply", "StandIn", "Workspace", "problems",
]  # fmt: skip

UPDATE_TEXT = 4_000  # of chat.update, as its reference says under msg_too_long
RESPONSE_USES = 5
INJECTED = "injected"
# What the bot may do; people and conversations refuse the rest as `missing_scope`.
SCOPES = ",".join(sorted(asked_for()["scopes"]))
Answer = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One request of the bot: a Web API method, or `response_url`; `url` tells which.

    `error` and `reasons` say why it was refused ("" if it wasn't), `answer` what the bot got back, {} if that was text.
    """

    method: str
    args: Mapping[str, Any]
    token: str = ""
    url: str = ""
    error: str = ""
    reasons: tuple[str, ...] = ()
    answer: Mapping[str, Any] = field(default_factory=dict)


class Gate(threading.Event):
    """Holds answers back until `release()`, or until the end of a `with`."""

    release = threading.Event.set

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.set()


@dataclass(frozen=True)
class _Sent:
    status: int
    body: Answer | str | bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class StandIn(Workspace):
    """Slack's Web API on loopback, and the workspace that speaks to the bot; a context manager.

    `allowed` are the user ids that messages may mention. `answers` holds what methods that aren't built in answer: each
    a dict or a function of the arguments; `messages` what was posted, newest last; `people` who is there, `views` which
    modals and home tabs are shown, `scopes` what the bot may do.
    """

    def __init__(self, allowed: Collection[str] = ()) -> None:
        super().__init__("8f742231b10e8888abcd99e0d5bba1a7")
        self.bot_token = "xoxb-stand-in"
        self.allowed = set(allowed)
        bot = {"url": "https://t.test/", "team_id": TEAM, "user": "zhouzhi", "user_id": BOT_USER, "bot_id": BOT}
        self.answers: dict[str, Answer | Callable[[Answer], Answer]] = {"auth.test": bot}
        self.scopes = set(SCOPES.split(","))
        self.people = People()
        self.messages = self.people.messages
        self.files = Files()
        self.crashes: list[BaseException] = []
        self._calls: list[Call] = []
        self._faults: list[tuple[str, _Sent]] = []
        self._gates: dict[str, Gate] = {}
        self._changed = threading.Condition()

    def __enter__(self) -> Self:
        self._server = _Server(self)
        self.base_url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.api_url = f"{self.base_url}/api/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        for gate in self._gates.values():
            gate.release()
        self.sockets.__exit__()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()  # joins the threads of the requests
        if self.crashes and not kind:
            raise self.crashes[0]

    # ---- what came ---------------------------------------------------------------------------------------------------
    def calls(self, *methods: str) -> tuple[Call, ...]:
        """All calls so far, or those of some methods, in order; refused and injected ones included."""
        with self._changed:
            return tuple(call for call in self._calls if not methods or call.method in methods)

    def refused(self) -> tuple[Call, ...]:
        """The calls that were the bot's own fault."""
        return tuple(call for call in self.calls() if call.error not in ("", INJECTED))

    def forgive(self, method: str) -> None:
        """Forget the refused calls of a method, where a test has asked for them."""
        with self._changed:
            self._calls = [call for call in self._calls if call.method != method or not call.error]

    def wait_for(self, match: str | Callable[[Call], object], seconds: float = 10.0, count: int = 1) -> Call:
        """The `count`-th call of this method, or for which `match` is true, whether it came already or is to come."""
        test = (lambda call: call.method == match) if isinstance(match, str) else match
        with self._changed:
            if self._changed.wait_for(lambda: sum(map(bool, map(test, self._calls))) >= count, seconds):
                return [call for call in self._calls if test(call)][count - 1]
            came = "\n".join(map(str, self._calls)) or "nothing"
        raise AssertionError(f"no {count} such calls in {seconds} s; what came:\n{came}")

    # ---- what goes wrong ---------------------------------------------------------------------------------------------
    def fail(self, method: str, status: int = 429, headers: Mapping[str, str] | None = None,
             body: Answer | str | None = None, times: int = 1) -> None:  # fmt: skip
        """Answer the next `times` calls of a method like this, without doing anything; 429 says Retry-After: 1."""
        error, extra = ("ratelimited", {"Retry-After": "1"}) if status == 429 else ("internal_error", {})
        said = {"ok": False, "error": error} if body is None else body
        with self._changed:
            self._faults += [(method, _Sent(status, said, extra if headers is None else headers))] * times

    def hold(self, method: str) -> Gate:
        """Keep back all answers to a method, of calls done and recorded, until the gate is released."""
        with self._changed:
            gate = self._gates.get(method)
            if gate is None or gate.is_set():
                gate = self._gates[method] = Gate()
            return gate

    # ---- a request ---------------------------------------------------------------------------------------------------
    def take(self, path: str, headers: Message, raw: bytes) -> _Sent:
        """Judge, do and record one request; the answer to it, once no gate holds it back."""
        if path.startswith(UPLOADS):
            return _Sent(self.files.take(path, raw), "OK")
        if path.startswith(DOWNLOADS):
            return self._hand_out(path, (headers.get("Authorization") or "").removeprefix("Bearer "))
        method = "response_url" if path.startswith("/response/") else path.removeprefix("/api/")
        args = arguments("application/json" if method == "response_url" else headers.get("Content-Type", ""), raw)
        token = (headers.get("Authorization") or "").removeprefix("Bearer ") or str(args.get("token", ""))
        with self._changed:
            fault = next((each for each in self._faults if each[0] == method), None)
            if fault:
                self._faults.remove(fault)
            sent = fault[1] if fault else self._do(method, path, token, args)
            answer = sent.body if isinstance(sent.body, dict) else {}
            error = INJECTED if fault else answer.get("error", "")
            reasons = tuple(answer.get("response_metadata", {}).get("messages", ()))
            self._calls.append(Call(method, args, token, self.base_url + path, error, reasons, answer))
            self._changed.notify_all()
            gate = self._gates.get(method)
        if gate:
            gate.wait()
        return sent

    def _hand_out(self, path: str, token: str) -> _Sent:
        """A file, recorded as a call of `download`."""
        content = self.files.hand_out(path)
        with self._changed:
            fault = next((each for each in self._faults if each[0] == "download"), None)
            if fault:
                self._faults.remove(fault)
            self._calls.append(Call("download", {}, token, self.base_url + path, INJECTED if fault else ""))
            self._changed.notify_all()
        if fault:
            return fault[1]
        if token != self.bot_token or "files:read" not in self.scopes:
            return _Sent(200, LOGIN)
        return _Sent(200, content) if content is not None else _Sent(404, "not found")

    def _do(self, method: str, path: str, token: str, args: Answer) -> _Sent:
        try:
            if method == "response_url":
                return _Sent(200, self._respond(path.rpartition("/")[2], args))
            if method == "apps.connections.open":
                if "token" in args:  # where a log would keep it
                    raise Refusal("invalid_auth")
                return _Sent(200, {"ok": True, **self.sockets.address(token)})
            if token != self.bot_token:
                raise Refusal("invalid_auth" if token else "not_authed")
            scopes = {"X-OAuth-Scopes": ",".join(sorted(self.scopes))}
            return _Sent(200, {"ok": True, **self._answer(method, args)}, scopes)
        except Refusal as no:
            told = {"messages": [f"[ERROR] {each}" for each in no.reasons]}
            answer = {"ok": False, "error": no.error, "response_metadata": told}
            return _Sent(404 if method == "response_url" else 200, answer)

    def _answer(self, method: str, args: Answer) -> Answer:
        if method in self.answers:
            given = self.answers[method]
            return given(args) if callable(given) else given
        if method == slack_files.INFO:
            if "files:read" not in self.scopes:
                raise Refusal("missing_scope", ["needed: files:read"])
            return self.files.info(args)
        if method in slack_files.METHODS:
            return self.files.answer(self.base_url, method, args)
        if method in slack_views.METHODS:
            return self.views.answer(method, args)
        if method in slack_assistant.METHODS:
            if slack_assistant.SCOPE not in self.scopes:
                raise Refusal("missing_scope", [f"needed: {slack_assistant.SCOPE}"])
            return self.panes.answer(method, args)
        if method in slack_people.METHODS:
            if (scope := slack_people.scope_of(method, args)) not in self.scopes:
                raise Refusal("missing_scope", [f"needed: {scope}"])
            return self.people.answer(method, args)
        if method not in ("chat.postMessage", "chat.postEphemeral", "chat.update"):
            raise Refusal("unknown_method")
        return self._message(method, args)

    def _message(self, method: str, args: Answer) -> Answer:
        channel, ts = self.people.channel(str(args.get("channel", ""))), self._stamp()
        check_message(args, self.allowed, UPDATE_TEXT if method == "chat.update" else MESSAGE_TEXT)
        if method == "chat.postEphemeral":
            if not args.get("user"):
                raise Refusal("invalid_arguments", ["missing required field: user"])
            return {"message_ts": ts}
        if method == "chat.update":
            ts = str(args.get("ts", ""))
            known = [each for each in self.messages if (each["channel"], each["ts"]) == (channel, ts)]
            if not known:
                raise Refusal("message_not_found")
            known[0].update(args)
        else:
            self.messages.append({**args, "channel": channel, "ts": ts, "user": BOT_USER, "bot_id": BOT})
        return {"channel": channel, "ts": ts, "message": {**args, "ts": ts, "user": BOT_USER, "bot_id": BOT}}

    def _respond(self, number: str, args: Answer) -> str:
        if self.response_uses.get(number, RESPONSE_USES) >= RESPONSE_USES:
            raise Refusal("used_url")
        if args.get("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
            raise Refusal("invalid_payload", ["unknown response_type"])
        if not args.get("delete_original"):
            check_message(args, self.allowed)
        self.response_uses[number] += 1
        return "ok"


class _Server(ThreadingHTTPServer):
    """One thread a request, none left behind; an error of our own ends the test."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, slack: StandIn) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.slack = slack

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep what went wrong here, unless the client just hung up."""
        error = sys.exception()
        if error and not isinstance(error, ConnectionError | TimeoutError):
            self.slack.crashes.append(error)


class _Handler(BaseHTTPRequestHandler):
    timeout = 5
    server: _Server

    def do_POST(self) -> None:
        """Answer one request."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        sent = self.server.slack.take(urlsplit(self.path).path, self.headers, raw)
        said = json.dumps(sent.body) if isinstance(sent.body, dict) else sent.body
        data = said.encode() if isinstance(said, str) else said
        self.send_response(sent.status)
        kind = "application/json; charset=utf-8" if isinstance(sent.body, dict) else "text/plain"
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **sent.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the calls are the record."""
