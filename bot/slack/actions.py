"""Buttons: the questions that an answer offers."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.slack.answering import Answering
from bot.slack.beside import place_of, say_beside
from bot.slack.ids import ASK_ACTION, CHOOSE_ACTION


def register(app: App, answering: Answering) -> None:
    """Listen for the buttons; the answer is for whoever pressed, and the message stays as it is."""

    @app.action(re.compile(rf"^{ASK_ACTION}\d+$"))
    def pressed(ack: Ack, action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        ack()
        say_beside(client, body, answering.message(action["value"], body["user"]["id"], *place_of(body)))

    @app.action(CHOOSE_ACTION)
    def chosen(ack: Ack, action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        ack()
        question = action["selected_option"]["value"]
        say_beside(client, body, answering.message(question, body["user"]["id"], *place_of(body)))
