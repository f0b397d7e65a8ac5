"""The button 文本 / Text below an answer: the same as plain text in one block, to be copied anywhere."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.render.slack import render_copy, unescape
from bot.slack.answering import Answering
from bot.slack.beside import place_of, say_beside
from bot.slack.ids import TEXT_ACTION


def register(app: App, answering: Answering) -> None:
    """Listen for the button; the text is for whoever pressed, and the message stays as it is."""

    @app.action(TEXT_ACTION)
    def pressed(ack: Ack, action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        ack()
        try:
            message = render_copy(_text(answering, action["value"], body))
        except Exception:
            message = answering.failed()
        say_beside(client, body, message)


def _text(answering: Answering, question: str, body: dict[str, Any]) -> str:
    """The text of the message that was pressed; of one that only its reader sees, which Slack doesn't send along, that
    of the answer again."""
    if shown := (body.get("message") or {}).get("text"):
        return unescape(shown)
    return answering.text(question, body["user"]["id"], *place_of(body))
