"""Slash commands: `/report`, `/incidents`, `/project`, and `/status` where a gateway lets it through."""

from __future__ import annotations

from concurrent.futures import TimeoutError as NotInTime
from typing import Any

from slack_bolt import Ack, App

from bot.slack.answering import ACKNOWLEDGE_WITHIN, Answering
from bot.slack.ids import COMMANDS
from bot.slack.later import send_later
from bot.slack.text import question_of


def register(app: App, answering: Answering) -> None:
    """Listen for the commands."""

    def answer(ack: Ack, command: dict[str, Any]) -> None:
        question = f"{command['command']} {question_of(command.get('text') or '')}".strip()
        making = answering.start(question, command["user_id"], command.get("channel_id") or "", "")
        try:
            message = making.result(ACKNOWLEDGE_WITHIN)
        except NotInTime:
            ack()
            send_later(command["response_url"], making.result())
        else:
            ack(response_type="ephemeral", **message)

    for name in COMMANDS:
        app.command(name)(answer)
