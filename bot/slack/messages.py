"""Mentions and direct messages: answered where they were asked, once."""

from __future__ import annotations

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.slack.answering import Answering, Reply
from bot.slack.beside import UNFURL_NOTHING
from bot.slack.pictures import send_picture
from bot.slack.text import question_of
from bot.slack.verbs import Asked


def register(app: App, answering: Answering) -> None:
    """Listen for mentions and messages."""

    @app.event("app_mention")
    def mentioned(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        if _is_question(event) and answering.first_sight(body["event_id"]):
            _reply(answering, client, event, event.get("thread_ts") or event["ts"])

    @app.event("message")
    def written(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        direct = event.get("channel_type") == "im"
        if direct and _is_question(event) and answering.first_sight(body["event_id"]):
            _reply(answering, client, event, event.get("thread_ts"))


def _is_question(event: dict[str, Any]) -> bool:
    """Whether a person wrote this: no bot, no edit, no join, and something in it."""
    return bool(event.get("user")) and not event.get("bot_id") and not event.get("subtype") and bool(event.get("text"))


def _reply(answering: Answering, client: WebClient, event: dict[str, Any], thread: str | None) -> None:
    text, user, channel = question_of(event["text"]), event["user"], event["channel"]
    if found := answering.verbs.find(text):
        said = answering.done(found, Asked(user, channel, thread or "", answering.lang(user, text)), client)
        reply = Reply(said) if said else None
    else:
        reply = answering.reply(text, user, channel, thread or "")
    if reply:
        client.chat_postMessage(channel=channel, thread_ts=thread, **UNFURL_NOTHING, **reply.message)
        if reply.chart:
            send_picture(client, reply.chart, channel, thread)
