"""Slash commands: `/report`, `/incidents`, `/project`, and `/status` where a gateway lets it through."""

from __future__ import annotations

from concurrent.futures import TimeoutError as NotInTime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.menus import Menu, build_menu
from bot.render.slack_menu import render_menu
from bot.slack.answering import ACKNOWLEDGE_WITHIN, Answering, Shown
from bot.slack.beside import UNFURL_NOTHING
from bot.slack.here import is_public
from bot.slack.ids import STATUS_COMMAND
from bot.slack.later import send_later
from bot.slack.text import question_of
from bot.slack.verbs import Asked
from store.viewer import Viewer


def register(app: App, answering: Answering) -> None:
    """Listen for the commands."""

    def answer(ack: Ack, command: dict[str, Any], client: WebClient) -> None:
        making = answering.workers.submit(_answer, answering, command, client)
        try:
            message = making.result(ACKNOWLEDGE_WITHIN)
        except NotInTime:
            ack()
            if message := making.result():
                send_later(client, command["user_id"], command["response_url"], message)
        else:
            ack(**message) if message else ack()

    for name in (*answering.commands.registered, STATUS_COMMAND):
        app.command(name)(answer)


def _answer(answering: Answering, command: dict[str, Any], client: WebClient) -> dict[str, Any] | None:
    """What to say to a command, and to whom: it tells the bot to do something, else it is a question. What isn't found
    is told to the asker alone, in a public channel too."""
    written = command.get("text") or ""
    text, user, channel = question_of(written), command["user_id"], command.get("channel_id") or ""
    asked = Asked(user, channel, "", answering.lang(user, text), command.get("trigger_id") or "", written)
    if found := answering.verbs.find(text):
        said = answering.done(found, asked, client)
        return {"response_type": "ephemeral", **said} if said else None
    if not text and (menu := _menu(answering, command, asked.lang)):
        return {"response_type": "ephemeral", **render_menu(menu)}
    shown = Shown.OPENLY if is_public(answering, channel) else Shown.ALONE
    question = f"{answering.commands.own(command['command'])} {text}".strip()
    reply = answering.reply(question, user, channel, "", shown=shown)
    openly = shown is Shown.OPENLY and reply.found
    return {"response_type": "in_channel" if openly else "ephemeral", **UNFURL_NOTHING, **reply.message}


def _menu(answering: Answering, command: dict[str, Any], lang: str) -> Menu | None:
    """What a command offers that was typed alone."""
    name = answering.commands.own(command["command"]).removeprefix("/")
    return build_menu(name, answering.asker.library, Viewer(command["user_id"]), answering.today(), lang)
