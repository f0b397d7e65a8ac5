"""What a stranger found at the server's door: signed nonsense, odd signatures, and connections that are held open."""

from __future__ import annotations

import contextlib
import json
import socket
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from support.running import Bot, Lossy
from support.slack import FORM, Reply

JSON = "application/json"
HELD = 120
COMMAND = {"command": "/report", "text": "status POS", "channel_id": "C1", "team_id": "T0TEAM"}
CALLBACK: dict[str, Any] = {"type": "event_callback", "event_id": "Ev1", "team_id": "T0TEAM"}
CLICK: dict[str, Any] = {"type": "block_actions", "user": {"id": "U1"}, "actions": [{"action_id": "ask_0"}]}


def form(**fields: Any) -> tuple[str, bytes]:
    """A form, values that aren't strings as JSON."""
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}
    return FORM, urlencode(texts).encode()


NONSENSE: dict[str, tuple[str, bytes]] = {
    "broken JSON": (JSON, b"{bad"),
    "a list": (JSON, b"[]"),
    "a number": (JSON, b"7"),
    "null": (JSON, b"null"),
    "nothing": (JSON, b""),
    "an empty object": (JSON, b"{}"),
    "no UTF-8": (JSON, b"\xff\xfe"),
    "deep nesting": (JSON, b"[" * 100_000),
    "no event": (JSON, json.dumps(CALLBACK).encode()),
    "a null event": (JSON, json.dumps({**CALLBACK, "event": None}).encode()),
    "an event that is a list": (JSON, json.dumps({**CALLBACK, "event": []}).encode()),
    "a mention of nothing": (JSON, json.dumps({**CALLBACK, "event": {"type": "app_mention"}}).encode()),
    "a mention by a number": (JSON, json.dumps({**CALLBACK, "event": {
        "type": "app_mention", "user": 1, "channel": 2, "text": 3, "ts": 4}}).encode()),
    "a message of null": (JSON, json.dumps({**CALLBACK, "event": {
        "type": "message", "channel_type": "im", "user": "U1", "channel": "DU1", "text": None, "ts": "1.1"}}).encode()),
    "a payload that is a list": form(payload="[]"),
    "a payload of null": form(payload="null"),
    "a broken payload": form(payload="{bad"),
    "an empty payload": form(payload=""),
    "a click without a value": form(payload=CLICK),
    "a click on nothing": form(payload={**CLICK, "actions": []}),
    "a click by null": form(payload={**CLICK, "user": None}),
    "a command without a user": form(**COMMAND),
    "a command without a channel": form(command="/report", text="status POS", user_id="U1"),
    "a command without a text": form(command="/report", user_id="U1", channel_id="C1"),
    "an empty form": (FORM, b""),
    "a form of noise": (FORM, b"a=b&&=;%%%"),
}  # fmt: skip

# Only over HTTP can somebody else than Slack send something.
HTTP_ONLY = pytest.mark.http_only


def assert_still_answers(slack: Lossy, bot: Bot) -> None:
    """The next command gets its answer."""
    reply = slack.command(bot.url, "/report", "status POS", user="U9")
    assert reply.status == 200
    assert "POS" in reply.json["text"]


@HTTP_ONLY
@pytest.mark.parametrize("name", list(NONSENSE))
def test_signed_nonsense_is_no_fault_of_the_server(slack: Lossy, bot: Bot, name: str) -> None:
    """A body with the right signature that nobody can read is taken or refused, never a 500, and nothing is said of
    the bot's inside; the next command is answered."""
    content_type, body = NONSENSE[name]
    reply = slack.post(bot.url, body, content_type)
    assert reply.status == 200 or 400 <= reply.status < 500
    assert "Traceback" not in reply.text
    assert_still_answers(slack, bot)


def signed(slack: Lossy, bot: Bot, signature: str) -> Reply:
    """A command with this signature."""
    return slack.command(bot.url, "/report", "status POS", headers={"X-Slack-Signature": signature})


@HTTP_ONLY
@pytest.mark.parametrize("signature", ["v0=é", "é" * 67, "v0=\x80\xff", "v0=" + "0" * 63 + "½"])
def test_a_signature_beyond_ascii_is_refused(slack: Lossy, bot: Bot, signature: str) -> None:
    """It is 401 like any other wrong one, and the next command is answered."""
    assert signed(slack, bot, signature).status == 401
    assert_still_answers(slack, bot)


@HTTP_ONLY
@pytest.mark.parametrize("stamp", ["²", "١٢٣", "1e9", "-1",
    "9" * 400,
])  # fmt: skip
def test_a_timestamp_that_is_no_time_is_refused(slack: Lossy, bot: Bot, stamp: str) -> None:
    """Digits of another script, signs and numbers beyond any clock are 401."""
    header = {"X-Slack-Request-Timestamp": stamp.encode().decode("latin-1")}
    assert slack.command(bot.url, "/report", "status POS", headers=header).status == 401
    assert_still_answers(slack, bot)


@pytest.mark.parametrize("sent", [
    b"",
    b"POST /slack/events HTTP/1.1\r\nHost: bot\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n",
], ids=["nothing", "half the head", "no body"])  # fmt: skip
def test_held_connections_keep_nobody_out(slack: Lossy, bot: Bot, sent: bytes) -> None:
    """While a stranger holds many connections whose requests never end, health is told and a command answered."""
    address = urlsplit(bot.base)
    with contextlib.ExitStack() as held:
        for _ in range(HELD):
            stranger = held.enter_context(socket.create_connection((address.hostname, address.port), timeout=30))
            stranger.sendall(sent)
        assert bot.get("/healthz").status == 200
        assert_still_answers(slack, bot)
