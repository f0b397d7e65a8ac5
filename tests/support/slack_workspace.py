"""The requests that Slack sends to a bot: commands, events, clicks and submissions, signed with the v0 scheme."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import itertools
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypedDict, Unpack
from urllib.parse import urlencode, urlsplit

from support.slack_assistant import Pane, Panes
from support.slack_people import direct_channel
from support.slack_socket import SCHEME, Sockets, envelope_of
from support.slack_views import Views, state_of

TEAM, BOT_USER, BOT, APP = "T0TEAM", "U0BOT", "B0BOT", "A0APP"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Reply:
    """What the bot's server answered to one request; `response_url` is the one that the request offered."""

    status: int
    headers: Mapping[str, str]
    text: str
    response_url: str = ""

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)


class Delivery(TypedDict, total=False):
    """How a request differs: another `secret`, another `timestamp` (Unix seconds), headers (None leaves one out).

    The rest is for events; a repeated one has the `event_id` of the first and a `retry_num` from 1.
    """

    secret: str
    timestamp: int
    headers: Mapping[str, str | None]
    event_id: str
    retry_num: int
    ts: str
    thread_ts: str


class Workspace:
    """The requests that Slack sends to a bot: commands, events and clicks, signed with the v0 scheme."""

    def __init__(self, signing_secret: str) -> None:
        self.signing_secret = signing_secret
        self.base_url = "http://127.0.0.1:9"  # where response_urls point; nobody listens until a StandIn does
        self.response_uses: dict[str, int] = {}
        self.views = Views()
        self.panes = Panes()
        self.sockets = Sockets()
        self.acknowledged: list[dict[str, Any]] = []  # what the bot said in return at once, where that was JSON
        self._numbers = itertools.count(1)

    def post(self, url: str, body: bytes, content_type: str, **how: Unpack[Delivery]) -> Reply:
        """Send any body, signed unless `how` says otherwise; to a `socket:` in an envelope, where nothing is signed."""
        over_socket = url.startswith(SCHEME)
        reply = (self._over_socket(url.removeprefix(SCHEME), body, content_type, how) if over_socket
                 else self._over_http(url, body, content_type, how))  # fmt: skip
        if reply.text.startswith("{"):
            self.acknowledged.append(json.loads(reply.text))
        return reply

    def _over_http(self, url: str, body: bytes, content_type: str, how: Delivery) -> Reply:
        stamp = str(how.get("timestamp", int(time.time())))
        key = how.get("secret", self.signing_secret).encode()
        mac = hmac.new(key, f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        signed = {"Content-Type": content_type, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac}"}
        headers = {k: v for k, v in {**signed, **how.get("headers", {})}.items() if v is not None}
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        try:
            connection.request("POST", urlsplit(url).path or "/", body, headers)
            got = connection.getresponse()
            return Reply(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read().decode())
        finally:
            connection.close()

    def _over_socket(self, app_token: str, body: bytes, content_type: str, how: Delivery) -> Reply:
        """The acknowledgement as an answer over HTTP would be: 200, or 504 where none came."""
        assert not how.keys() & {"secret", "timestamp"}, "nothing is signed in Socket Mode"
        kind, payload = envelope_of(body, content_type)
        said = self.sockets.deliver(app_token, kind, payload, how.get("retry_num", 0))
        if said is None:
            return Reply(504, {}, "")
        text = json.dumps(said) if said else ""
        return Reply(200, {"content-type": "application/json" if text else "text/plain"}, text)

    def command(
        self, url: str, command: str, text: str = "", user: str = "U1", channel: str = "C1", **how: Unpack[Delivery]
    ) -> Reply:
        """A slash command."""
        place = {"channel_id": channel, "channel_name": "directmessage" if channel[0] == "D" else "general"}
        who = {"team_id": TEAM, "team_domain": "test", "user_id": user, "user_name": user.lower(), "api_app_id": APP}
        form = {**place, **who, **self._handles(), "command": command, "text": text, "is_enterprise_install": "false"}
        reply = self.post(url, urlencode(form).encode(), FORM, **how)
        return replace(reply, response_url=form["response_url"])

    def event(self, url: str, event: Mapping[str, Any], **how: Unpack[Delivery]) -> Reply:
        """Any event in the Events API's envelope; `ts` and `thread_ts` go into the event."""
        ts, thread = how.get("ts") or self._stamp(), how.get("thread_ts")
        envelope = {
            "type": "event_callback",
            "event_id": how.get("event_id") or f"Ev{next(self._numbers)}",
            "event_time": int(time.time()),
            "team_id": TEAM,
            "api_app_id": APP,
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True, "enterprise_id": None}],
            "event": {"ts": ts, "event_ts": ts, "team": TEAM, **({"thread_ts": thread} if thread else {}), **event},
        }
        retry = how.get("retry_num", 0)
        again = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
        how["headers"] = {**again, **how.get("headers", {})}
        return self.post(url, json.dumps(envelope).encode(), "application/json", **how)

    def mention(self, url: str, text: str, user: str = "U1", channel: str = "C1", **how: Unpack[Delivery]) -> Reply:
        """An app_mention; the text gets the bot's mention in front."""
        said = {"type": "app_mention", "user": user, "channel": channel, "text": f"<@{BOT_USER}> {text}"}
        return self.event(url, said, **how)

    def message(self, url: str, text: str, user: str = "U1", channel: str = "C1", **how: Unpack[Delivery]) -> Reply:
        """A message event, its text as it stands, in a channel (C…), a private one (G…) or a direct message (D…)."""
        kind = {"D": "im", "G": "group"}.get(channel[:1], "channel")
        said = {"type": "message", "user": user, "channel": channel, "channel_type": kind, "text": text}
        return self.event(url, said, **how)

    def direct(self, url: str, text: str, user: str = "U1", **how: Unpack[Delivery]) -> Reply:
        """A direct message to the bot."""
        return self.message(url, text, user, direct_channel(user), **how)

    def share(self, url: str, files: Sequence[Mapping[str, Any]], text: str = "", user: str = "U1", channel: str = "",
              **how: Unpack[Delivery]) -> Reply:  # fmt: skip
        """A message with files in it, in a channel; to the bot directly, where none is named."""
        place = channel or direct_channel(user)
        kind = {"D": "im", "G": "group"}.get(place[:1], "channel")
        said = {"type": "message", "subtype": "file_share", "user": user, "channel": place, "channel_type": kind,
                "text": text, "files": list(files), "upload": False, "display_as_bot": False}  # fmt: skip
        return self.event(url, said, **how)

    def action(self, url: str, action: Mapping[str, Any], user: str = "U1", channel: str = "C1",
               message: Mapping[str, Any] | None = None, **how: Unpack[Delivery]) -> Reply:  # fmt: skip
        """A click on a button or another element (its JSON, with a `block_id` if it matters) below a message."""
        below = {"type": "message", "user": BOT_USER, "bot_id": BOT, "ts": self._stamp(), "text": "", **(message or {})}
        clicked = {"type": "button", "block_id": "b1", "action_ts": self._stamp(), **action}
        place = {"type": "message", "message_ts": below["ts"], "channel_id": channel, "is_ephemeral": False}
        where = {"channel": {"id": channel, "name": "general"}, "message": below, "container": place}
        return self.interact(url, {"type": "block_actions", "actions": [clicked], **where}, user, **how)

    def interact(self, url: str, payload: Mapping[str, Any], user: str = "U1", **how: Unpack[Delivery]) -> Reply:
        """Any interaction (its `type` and what belongs to it): block_actions, view_submission, shortcut …"""
        handles = self._handles()
        who = {"user": {"id": user, "username": user.lower(), "team_id": TEAM}, "team": {"id": TEAM, "domain": "test"}}
        if payload.get("type") != "message_action" and "message" not in payload:
            del handles["response_url"]  # only what happens at a message has one
        form = {"payload": json.dumps({**who, **handles, "api_app_id": APP, **payload})}
        reply = self.post(url, urlencode(form).encode(), FORM, **how)
        return replace(reply, response_url=handles.get("response_url", ""))

    def submit(self, url: str, view: Mapping[str, Any], values: Mapping[str, Any] | None = None, user: str = "U1",
               **how: Unpack[Delivery]) -> Reply:  # fmt: skip
        """Press a modal's button, with `values` by block_id (see `state_of`); what the bot says must fit the modal."""
        sent = {**view, "state": {"values": state_of(view, values or {})}}
        reply = self.interact(url, {"type": "view_submission", "view": sent, "response_urls": []}, user, **how)
        if reply.status == 200:
            self.views.answered(view, json.loads(reply.text or "{}"))
        return reply

    def press_in_view(
        self, url: str, view: Mapping[str, Any], action: Mapping[str, Any], user: str = "U1", **how: Unpack[Delivery]
    ) -> Reply:
        """A click on an element of a modal or a home tab."""
        clicked = {"type": "button", "block_id": "b1", "action_ts": self._stamp(), **action}
        where = {"container": {"type": "view", "view_id": view["id"]}, "view": dict(view)}
        return self.interact(url, {"type": "block_actions", "actions": [clicked], **where}, user, **how)

    def shortcut(self, url: str, callback_id: str, message: Mapping[str, Any], user: str = "U1", channel: str = "C1",
                 **how: Unpack[Delivery]) -> Reply:  # fmt: skip
        """A shortcut of the menu of a message (`text`, `user`, perhaps `files`)."""
        chosen = {"type": "message", "ts": self._stamp(), **message}
        place = {"channel": {"id": channel, "name": "general"}, "message": chosen, "message_ts": chosen["ts"]}
        return self.interact(url, {"type": "message_action", "callback_id": callback_id, **place}, user, **how)

    def open_home(self, url: str, user: str = "U1", tab: str = "home", **how: Unpack[Delivery]) -> Reply:
        """The event of somebody who opens the app's home tab (or `messages`)."""
        shown = {"view": self.views.homes[user]} if tab == "home" and user in self.views.homes else {}
        opened = {"type": "app_home_opened", "user": user, "channel": direct_channel(user), "tab": tab, **shown}
        return self.event(url, opened, **how)

    def open_pane(self, url: str, user: str = "U1", **how: Unpack[Delivery]) -> str:
        """The event of somebody who opens the assistant's pane; the time of its thread."""
        thread = {"user_id": user, "channel_id": direct_channel(user), "thread_ts": self._stamp(), "context": {}}
        self.panes.known[thread["channel_id"], thread["thread_ts"]] = Pane()
        self.event(url, {"type": "assistant_thread_started", "assistant_thread": thread}, **how)
        return str(thread["thread_ts"])

    def _handles(self) -> dict[str, str]:
        """A new trigger_id and response_url."""
        number = str(next(self._numbers))
        self.response_uses[number] = 0
        self.views.triggers[f"1.2.{number}"] = True
        return {"trigger_id": f"1.2.{number}", "response_url": f"{self.base_url}/response/{number}"}

    def _stamp(self) -> str:
        """A message timestamp that no other message has."""
        return f"{int(time.time())}.{next(self._numbers):06d}"
