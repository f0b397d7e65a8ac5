"""The server itself: who is let in, what else it serves, and what never leaves it."""

from __future__ import annotations

import http.client
import json
import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from prometheus_client.parser import text_string_to_metric_families
from slack_sdk.signature import SignatureVerifier
from support.places import SEEDS
from support.running import Bot, Broken, Lossy
from support.slack import FORM

from bot.answers.ask import Asker
from bot.slack.server import LARGEST_REQUEST

COMMAND = urlencode({"command": "/report", "text": "status POS", "user_id": "U1", "channel_id": "C1"}).encode()
# In Socket Mode the bot opens the connection itself: nobody else can send it anything, so nothing is signed.
HTTP_ONLY = pytest.mark.http_only
SIGNATURE, STAMP = "X-Slack-Signature", "X-Slack-Request-Timestamp"

FORGED: dict[str, Mapping[str, Any]] = {
    "another secret": {"secret": "f" * 32},
    "an empty secret": {"secret": ""},
    "a made-up signature": {"headers": {SIGNATURE: "v0=" + "0" * 64}},
    "an empty signature": {"headers": {SIGNATURE: ""}},
    "no signature": {"headers": {SIGNATURE: None}},
    "no timestamp": {"headers": {STAMP: None}},
    "neither": {"headers": {SIGNATURE: None, STAMP: None}},
    "another timestamp than signed": {"headers": {STAMP: str(int(time.time()) - 1)}},
}
NO_NUMBER = pytest.param(
    {"headers": {STAMP: "yesterday"}},
    id="a timestamp that is no number",
)


@HTTP_ONLY
@pytest.mark.parametrize("how", [*(pytest.param(how, id=name) for name, how in FORGED.items()), NO_NUMBER])
def test_a_forged_request_is_refused(slack: Lossy, bot: Bot, how: Mapping[str, Any]) -> None:
    """A command and an event that aren't signed with the secret get 401 and cause nothing."""
    for reply in (slack.command(bot.url, "/report", "status POS", **how), slack.mention(bot.url, "POS 进度", **how)):
        assert reply.status == 401
        assert "POS" not in reply.text
    bot.finish()
    assert not slack.calls()


@HTTP_ONLY
@pytest.mark.parametrize("age", [301, 3_600, 86_400 * 365, -360])
def test_a_stale_request_is_refused(slack: Lossy, bot: Bot, age: int) -> None:
    """A rightly signed request that is more than five minutes old, or as far ahead, gets 401 and causes nothing."""
    stamp = int(time.time()) - age
    assert slack.command(bot.url, "/report", "status POS", timestamp=stamp).status == 401
    assert slack.mention(bot.url, "POS 进度", timestamp=stamp).status == 401
    bot.finish()
    assert not slack.calls()


@HTTP_ONLY
def test_a_request_of_some_minutes_ago_is_let_in(slack: Lossy, bot: Bot) -> None:
    """Four minutes of delay are no reason to refuse a signed request."""
    assert slack.command(bot.url, "/report", "help", timestamp=int(time.time()) - 240).status == 200


@HTTP_ONLY
@pytest.mark.parametrize("change", [lambda body: body + b"X", lambda body: body.replace(b"POS", b"P0S"), lambda _: b""])
def test_a_changed_body_is_refused(slack: Lossy, bot: Bot, change: Callable[[bytes], bytes]) -> None:
    """The signature of one body lets that body in, and no other one."""
    stamp = str(int(time.time()))
    signature = SignatureVerifier(slack.signing_secret).generate_signature(timestamp=stamp, body=COMMAND)
    signed = {SIGNATURE: signature, STAMP: stamp}
    assert slack.post(bot.url, COMMAND, FORM, headers=signed).status == 200
    assert slack.post(bot.url, change(COMMAND), FORM, headers=signed).status == 401


@HTTP_ONLY
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (FORM, b""),
        (FORM, b"a=b&&=;%%%"),
        ("text/plain", b"hello"),
        (FORM, b"\xff\xfe\x00"),
        (FORM, b"payload=%7B"),
        ("application/json", b"{"),
        ("application/json", b"[]"),
    ],
)
def test_noise_from_strangers_is_refused(slack: Lossy, bot: Bot, content_type: str, body: bytes) -> None:
    """Bytes of any kind without a right signature are refused as the sender's fault, not stumbled over."""
    reply = slack.post(bot.url, body, content_type, secret="f" * 32)
    assert 400 <= reply.status < 500


@HTTP_ONLY
def test_an_oversized_request_is_refused_before_it_is_read(slack: Lossy, bot: Bot) -> None:
    """Who announces a body over the limit gets 413 without having sent any of it, and the next request is answered."""
    connection = http.client.HTTPConnection(urlsplit(bot.base).netloc, timeout=30)
    connection.putrequest("POST", "/slack/events")
    connection.putheader("Content-Type", FORM)
    connection.putheader("Content-Length", str(LARGEST_REQUEST + 1))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()
    assert slack.command(bot.url, "/report", "help").status == 200


@pytest.mark.parametrize("path", ["/slack/events", "/slack/install", "/", "/nothing", "/slack/events/../metrics"])
def test_there_is_nothing_else_to_get(slack: Lossy, bot: Bot, path: str) -> None:
    """GET on Slack's path and on unknown ones is 404."""
    assert bot.get(path).status == 404


@HTTP_ONLY
@pytest.mark.parametrize("path", ["/", "/slack", "/slack/events/", "/slack/commands"])
def test_there_is_nowhere_else_to_post(slack: Lossy, bot: Bot, path: str) -> None:
    """A signed request to another path than Slack's is 404."""
    assert slack.command(bot.base + path, "/report", "help").status == 404


# ---- what Slack asks of an endpoint ----------------------------------------------------------------------------------
@HTTP_ONLY
def test_slack_may_check_the_certificate(slack: Lossy, bot: Bot) -> None:
    """`ssl_check`, which Slack sends now and then, gets 200."""
    reply = slack.post(bot.url, urlencode({"ssl_check": "1", "token": "legacy"}).encode(), FORM)
    assert reply.status == 200


@HTTP_ONLY
def test_slack_may_verify_the_url(slack: Lossy, bot: Bot) -> None:
    """`url_verification`, which Slack sends when the URL is entered, gets its challenge back; unsigned 401."""
    body = json.dumps({"type": "url_verification", "token": "legacy", "challenge": "3eZbrw1a"}).encode()
    reply = slack.post(bot.url, body, "application/json")
    assert (reply.status, reply.json) == (200, {"challenge": "3eZbrw1a"})
    assert slack.post(bot.url, body, "application/json", secret="f" * 32).status == 401


# ---- for whoever watches ---------------------------------------------------------------------------------------------
def test_health_tells_the_number_of_reports(slack: Lossy, bot: Bot) -> None:
    """`/healthz` is 200 with as many reports as there are samples, and asks nothing of Slack."""
    reply = bot.get("/healthz")
    assert reply.status == 200
    assert reply.json == {"ok": True, "reports": len(list(SEEDS.glob("*/*.md")))}
    assert {call.method for call in slack.calls()} <= {"apps.connections.open"}


def test_health_fails_with_the_database(slack: Lossy, bot: Bot, database: Path) -> None:
    """`/healthz` is 503 with the reason when the file is no database any more."""
    database.write_bytes(b"spilt coffee " * 5_000)
    reply = bot.get("/healthz")
    assert (reply.status, reply.json) == (503, {"ok": False, "reason": "not_a_database"})


def test_metrics_count_answers(slack: Lossy, bot: Bot) -> None:
    """`/metrics` is Prometheus text that counts each answer under its kind and whether it was found."""
    slack.command(bot.url, "/report", "status POS")
    slack.command(bot.url, "/project", "POS")
    slack.command(bot.url, "/project", "区块链")
    reply = bot.get("/metrics")
    assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (200, "text/plain")
    samples = [sample for family in text_string_to_metric_families(reply.text) for sample in family.samples]
    counted = {(s.labels["kind"], s.labels["found"]): s.value for s in samples if s.name == "zhouzhi_answers_total"}
    assert counted == {("status", "true"): 2.0, ("status", "false"): 1.0}
    assert {s.value for s in samples if s.name == "zhouzhi_answer_seconds_count"} == {3.0}


def test_two_bots_count_apart(slack: Lossy, bot: Bot, start: Callable[[Any], Bot], asker: Asker) -> None:
    """What one app in a process answers isn't counted by another."""
    slack.command(bot.url, "/report", "help")
    assert "zhouzhi_answer_seconds_count 0.0" in start(asker).get("/metrics").text


# ---- what stays inside -----------------------------------------------------------------------------------------------
def test_no_secret_reaches_the_log(
    slack: Lossy, start: Callable[[Any], Bot], asker: Asker, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the bot's token nor the signing secret is logged, even at DEBUG and when all sorts of things fail."""
    caplog.set_level(logging.DEBUG)
    for asking in (asker, Broken(asker)):
        bot = start(asking)
        slack.command(bot.url, "/report", "status POS")
        if bot.socket is None:
            slack.command(bot.url, "/report", "status POS", secret="f" * 32)
        if bot.socket is None:  # in Socket Mode it gets no acknowledgement, for which Slack waits
            slack.command(bot.url, "/unknown")
        slack.action(bot.url, {"action_id": "ask_0", "value": "POS 进度"})
        slack.fail("chat.postMessage", 429, {"Retry-After": "0"})
        slack.fail("chat.postMessage", 500)
        slack.mention(bot.url, "POS 进度")
        bot.get("/metrics")
        bot.finish()
    slack.lost = {"chat.postMessage"}
    lossy = start(asker)
    slack.direct(lossy.url, "POS 进度")
    lossy.finish()
    assert {call.token for call in slack.calls("chat.postMessage")} == {slack.bot_token}
    assert "chat.postMessage" in caplog.text
    assert slack.bot_token not in caplog.text
    assert slack.signing_secret not in caplog.text
    assert "xapp-" not in caplog.text
