"""Submitting a report: `/report submit`, the form, what was understood of it, and letting it count.

A form that was sent is kept as a draft before anything is done with it. Closing the preview goes back to the form.
"""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.render.slack_reminder import unpacked
from bot.slack.answering import Answering
from bot.slack.beside import say_beside
from bot.slack.counter import Counter
from bot.slack.files import take_shared
from bot.slack.ids import SUBMIT_FORM, SUBMIT_PREVIEW, SUBMIT_SHORTCUT, SUBMIT_TEAM, WRITE_NOW
from bot.slack.in_time import answer_view

logger = logging.getLogger(__name__)

Json = dict[str, Any]


def register(app: App, answering: Answering) -> None:
    """Listen for the verb, the button and the modals."""
    counter = Counter(answering)
    answering.verbs.add("submit", counter.asked)

    @app.action(WRITE_NOW)
    def write(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        user, (team, week) = body["user"]["id"], _target(action["value"])
        said = counter.open(user, team, body["trigger_id"], answering.lang(user), client, week=week)
        if said:
            client.chat_postMessage(channel=user, **said)

    @app.shortcut(SUBMIT_SHORTCUT)
    def saved(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        if not take_shared(answering, body, client) and (said := counter.save(body, client)):
            say_beside(client, body, said)

    @app.view(SUBMIT_TEAM)
    def chosen(ack: Ack, view: Json, body: Json, client: WebClient) -> None:
        user = body["user"]["id"]
        answer_view(answering, ack, client, user, "update", lambda: counter.chosen(view, user))

    @app.view(SUBMIT_FORM)
    def sent(ack: Ack, view: Json, body: Json, client: WebClient) -> None:
        user, sent = body["user"]["id"], Sending(counter)
        if not answer_view(answering, ack, client, user, "push", lambda: sent.form(view, user)):
            _tell(client, user, sent.message)

    @app.view(SUBMIT_PREVIEW)
    def agreed(ack: Ack, view: Json, body: Json, client: WebClient) -> None:
        user, sent = body["user"]["id"], Sending(counter)
        answer_view(answering, ack, client, user, "update", lambda: sent.preview(view["private_metadata"], user))
        _tell(client, user, sent.message)


class Sending:
    """A modal that is sent: what is shown in return, and the `message` that says it directly."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.message: Json | None = None

    def form(self, view: Json, user: str) -> Json:
        """A report that was written: what was understood of it, or what is wrong."""
        shown, self.message = self.counter.sent(view, user)
        return shown

    def preview(self, value: str, user: str) -> Json:
        """A draft that is to count."""
        shown, self.message = self.counter.agreed(value, user)
        return {"response_action": "update", "view": shown}


def _tell(client: WebClient, user: str, message: Json | None) -> None:
    """Say it in a direct message too; the report counts whether Slack takes that or not."""
    if message is None:
        return
    try:
        client.chat_postMessage(channel=user, **message)
    except (SlackClientError, OSError):
        logger.warning("no confirmation sent to %s", user, exc_info=True)


def _target(value: str) -> tuple[str, date | None]:
    """The team that a button writes for, and the week's Monday where it says which."""
    return unpacked(value) if value.startswith('["') else (value, None)
