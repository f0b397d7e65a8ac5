"""The button 不对 / Wrong below an answer, and the field for the reason below its acknowledgement."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.catalogue import sayer
from bot.objections import clean, noted_words, unpacked
from bot.render.slack import render_noted, render_words
from bot.slack.answering import Answering
from bot.slack.beside import say_beside
from bot.slack.ids import REASON_ACTION, REASON_BLOCK, WRONG_ACTION
from bot.slack.later import send_later
from store.viewer import Viewer


def register(app: App, answering: Answering) -> None:
    """Listen for both; only whoever pressed sees what comes of it, and the answer stays as it is."""

    @app.action(WRONG_ACTION)
    def wrong(ack: Ack, action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        ack()
        try:
            message = _noted(answering, action["value"], body["user"]["id"])
        except Exception:
            message = answering.failed()
        say_beside(client, body, message)

    @app.action(REASON_ACTION)
    def reason(ack: Ack, action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        ack()
        try:
            message = _thanks(answering, action["block_id"], body["user"]["id"], action.get("value") or "")
        except Exception:
            message = answering.failed()
        send_later(client, body["user"]["id"], body["response_url"], message, replace_original=True)


def _noted(answering: Answering, value: str, user: str) -> dict[str, Any]:
    one = unpacked(value)
    number, new = answering.objections.keep(Viewer(user), one)
    return render_noted(noted_words(one, number, new), one.lang, number)


def _thanks(answering: Answering, block: str, user: str, reason: str) -> dict[str, Any]:
    number, lang = block.removeprefix(REASON_BLOCK).split("_")
    given = answering.objections.give_reason(int(number), user, clean(reason))
    return render_words(sayer(lang)("feedback.reason" if given else "feedback.closed", number=number))
