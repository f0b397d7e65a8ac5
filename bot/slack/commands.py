"""Slash commands: `/report`, `/incidents`, `/project`, and `/status` where a gateway lets it through."""

from __future__ import annotations

from concurrent.futures import TimeoutError as NotInTime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.slack.answering import ACKNOWLEDGE_WITHIN, Answering
from bot.slack.ids import STATUS_COMMAND
from bot.slack.later import send_later
from bot.slack.text import question_of
from bot.slack.verbs import Asked


def register(app: App, answering: Answering) -> None:
    """Listen for the commands."""

    def answer(ack: Ack, command: dict[str, Any], client: WebClient) -> None:
        making = answering.workers.submit(_answer, answering, command, client)
        try:
            message = making.result(ACKNOWLEDGE_WITHIN)
        except NotInTime:
            ack()
            if message := making.result():
                send_later(command["response_url"], message)
        else:
            ack(response_type="ephemeral", **message) if message else ack()

    for name in (*answering.commands.registered, STATUS_COMMAND):
        app.command(name)(answer)


def _answer(answering: Answering, command: dict[str, Any], client: WebClient) -> dict[str, Any] | None:
    """What to say to a command: it tells the bot to do something, else it is a question."""
    text, user, channel = question_of(command.get("text") or ""), command["user_id"], command.get("channel_id") or ""
    asked = Asked(user, channel, "", answering.lang(user, text), command.get("trigger_id") or "")
    if found := answering.verbs.find(text):
        return answering.done(found, asked, client)
    return answering.message(f"{answering.commands.own(command['command'])} {text}".strip(), user, channel, "")
