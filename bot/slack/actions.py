"""Buttons: the questions that an answer offers."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import Ack, App

from bot.slack.answering import Answering
from bot.slack.ids import ASK_ACTION
from bot.slack.later import send_later


def register(app: App, answering: Answering) -> None:
    """Listen for the buttons; the answer is for whoever pressed, and the message stays as it is."""

    @app.action(re.compile(rf"^{ASK_ACTION}\d+$"))
    def pressed(ack: Ack, action: dict[str, Any], body: dict[str, Any]) -> None:
        ack()
        message = answering.message(action["value"], body["user"]["id"], *place_of(body))
        send_later(body["response_url"], message, replace_original=False)


def place_of(body: dict[str, Any]) -> tuple[str, str]:
    """The channel and the thread ("" outside of one) of the message whose button was pressed."""
    channel = (body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id") or ""
    shown = body.get("message") or body.get("container") or {}
    return channel, shown.get("thread_ts") or ""
