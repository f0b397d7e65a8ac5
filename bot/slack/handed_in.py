"""The buttons below a report that was handed in: correct it, withdraw it, bring it back. It is shown by `sources`.

Who presses may do so by the teams as they are now, and the message then says how the report stands now.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.render.slack_handed_in import unpacked_report
from bot.slack.answering import Answering
from bot.slack.beside import say_beside
from bot.slack.counter import Counter, Said
from bot.slack.ids import CORRECT_ACTION, RESTORE_ACTION, WITHDRAW_ACTION
from bot.slack.later import send_later
from bot.submission.afterwards import restore, withdraw

Json = dict[str, Any]


def register(app: App, answering: Answering) -> None:
    """Listen for the buttons."""
    counter = Counter(answering)

    @app.action(CORRECT_ACTION)
    def corrects(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        user, report = body["user"]["id"], unpacked_report(action["value"])[0]
        say_instead(answering, client, body, lambda: counter.correct(user, report, body["trigger_id"], client))

    @app.action(WITHDRAW_ACTION)
    def withdraws(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        user, report = body["user"]["id"], unpacked_report(action["value"])
        say_instead(answering, client, body, lambda: counter.afterwards(withdraw(counter.desk, user, *report), user))

    @app.action(RESTORE_ACTION)
    def restores(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        user, (report, _) = body["user"]["id"], unpacked_report(action["value"])
        say_instead(answering, client, body, lambda: counter.afterwards(restore(counter.desk, user, report), user))


def say_instead(answering: Answering, client: WebClient, body: Json, said: Callable[[], Said | None]) -> None:
    """Say what came of it: in the place of the message where that is how the report stands now, else beside it."""
    try:
        done = said()
    except Exception:
        done = Said(answering.failed())
    if done is None:
        return
    if done.instead and "response_url" in body:
        send_later(client, body["user"]["id"], body["response_url"], done.message, replace_original=True)
    else:
        say_beside(client, body, done.message)
