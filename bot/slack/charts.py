"""走势图 / Chart below an answer that stands without one: in the direct messages of whoever pressed, with the answer.

A file can't be shown to one person in a channel, and a message to a person's id needs no scope but chat:write.
"""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.again import unpacked
from bot.catalogue import sayer
from bot.render.slack import render_slack, render_words
from bot.slack.answering import Answering
from bot.slack.beside import UNFURL_NOTHING, place_of, say_beside
from bot.slack.given import given_again
from bot.slack.ids import CHART_ACTION
from bot.slack.pictures import send_picture


def register(app: App, answering: Answering) -> None:
    """Listen for the button."""

    @app.action(CHART_ACTION)
    def pressed(ack: Ack, action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        ack()
        try:
            message = _sent(answering, action["value"], body, client)
        except Exception:
            message = answering.failed()
        say_beside(client, body, message)


def _sent(answering: Answering, value: str, body: dict[str, Any], client: WebClient) -> dict[str, Any]:
    """Send it; what to say where the button was pressed."""
    one, user = unpacked(value), body["user"]["id"]
    answer, _ = given_again(answering, one, user, *place_of(body))
    say = sayer(answer.lang)
    if answer.chart is None:
        return render_words(say("chart.none"))
    posted = client.chat_postMessage(channel=user, **UNFURL_NOTHING, **render_slack(answer))
    drawn = send_picture(client, answer.chart, posted["channel"], None)
    return render_words(say("chart.sent" if drawn else "chart.refused"))
