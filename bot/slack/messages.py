"""Mentions, direct messages, and what follows them in a thread: each answered once, where it was asked.

A message that was edited is answered anew, in the same place. Nobody else is answered: no bot, no join, no message in a
channel that neither mentions the bot nor goes on with what it was asked there.
"""

from __future__ import annotations

from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.conversations import FORGOTTEN_AFTER
from bot.slack.answering import Answering, Reply
from bot.slack.assistant import show_work
from bot.slack.beside import UNFURL_NOTHING
from bot.slack.listening import asks
from bot.slack.pictures import send_picture
from bot.slack.text import question_of
from bot.slack.verbs import Asked
from store.posts import Post

Event = dict[str, Any]


def register(app: App, answering: Answering) -> None:
    """Listen for mentions and messages."""

    @app.event("app_mention")
    def mentioned(body: Event, event: Event, client: WebClient) -> None:
        if _is_question(event) and answering.first_sight(body["event_id"]):
            _answer(answering, client, event, event.get("thread_ts") or event["ts"])

    @app.event({"type": "message", "subtype": "message_changed"})
    def changed(body: Event, event: Event, client: WebClient, context: BoltContext) -> None:
        edited = _edited(event)
        if edited and answering.first_sight(body["event_id"]):
            _answer_anew(answering, client, edited, f"<@{context.bot_user_id}>")

    @app.event("message")
    def written(body: Event, event: Event, client: WebClient) -> None:
        if not _is_question(event):
            return
        if event.get("channel_type") == "im":
            if answering.first_sight(body["event_id"]):
                answer_message(answering, client, event)
        elif event.get("thread_ts") and asks(event["text"]):
            _go_on(answering, client, event)


def answer_message(answering: Answering, client: WebClient, event: Event) -> None:
    """Answer what is said in a direct message."""
    show_work(answering, client, event)
    _answer(answering, client, event, event.get("thread_ts"))


def _is_question(event: Event) -> bool:
    """Whether a person wrote this: no bot, no edit, no join, and something in it."""
    return bool(event.get("user")) and not event.get("bot_id") and not event.get("subtype") and bool(event.get("text"))


def _edited(event: Event) -> Event | None:
    """The message as it is now, where a person wrote other words; Slack also tells of links that it unfurled."""
    now, before = event.get("message"), event.get("previous_message")
    if not isinstance(now, dict) or not isinstance(before, dict) or not _is_question(now) or not now.get("ts"):
        return None
    told = before.get("text") or ""
    return {**now, "channel": event["channel"], "told": told} if told != now["text"] else None


def _answer(answering: Answering, client: WebClient, event: Event, thread: str | None) -> None:
    """Answer what is addressed to the bot."""
    post = Post(event["channel"], event["ts"], thread or "", event["user"], question_of(event["text"]))
    if not answering.posts.claim(post, answering.now()):
        return  # a mention in a thread comes as a mention and as a message
    if reply := _reply(answering, client, post, event["text"]):
        _send(answering, client, post, reply)


def _go_on(answering: Answering, client: WebClient, event: Event) -> None:
    """Answer what reads as a question in a thread, of whoever was answered there before; else be silent."""
    since = answering.now() - FORGOTTEN_AFTER
    post = Post(event["channel"], event["ts"], event["thread_ts"], event["user"], question_of(event["text"]))
    if answering.posts.last_in(post.channel, post.thread, post.user, since) is None:
        return
    reply = answering.unasked(post.question, post.user, post.channel, post.thread)
    if reply and answering.posts.claim(post, answering.now()):
        _send(answering, client, post, reply)


def _answer_anew(answering: Answering, client: WebClient, event: Event, bot: str) -> None:
    """Put the answer to the new words in the place of the old one; answer a message that mentions the bot only now."""
    channel, ts = event["channel"], event["ts"]
    if answering.posts.find(channel, ts) is not None:
        post = answering.posts.reworded(channel, ts, question_of(event["text"]))
        if post and post.answer_ts:
            _correct(answering, client, post)
    elif bot in event["text"] and bot not in event["told"]:
        _answer(answering, client, event, event.get("thread_ts") or ts)


def _correct(answering: Answering, client: WebClient, post: Post) -> None:
    if reply := _reply(answering, client, post):
        client.chat_update(channel=post.channel, ts=post.answer_ts, **reply.message)
        _send_picture(client, post, reply)


def _reply(answering: Answering, client: WebClient, post: Post, written: str = "") -> Reply | None:
    """What to say to a message, `written` so in Slack; None where what it told the bot to do has no answer."""
    if found := answering.verbs.find(post.question):
        lang = answering.lang(post.user, post.question)
        asked = Asked(post.user, post.channel, post.thread, lang, written=written)
        said = answering.done(found, asked, client)
        return Reply(said) if said else None
    return answering.reply(post.question, post.user, post.channel, post.thread)


def _send(answering: Answering, client: WebClient, post: Post, reply: Reply) -> None:
    thread = post.thread or None
    sent = client.chat_postMessage(channel=post.channel, thread_ts=thread, **UNFURL_NOTHING, **reply.message)
    now = answering.posts.answered(post.channel, post.ts, sent["ts"])
    if now and now.question != post.question:
        _correct(answering, client, now)  # edited while its answer was on the way
    else:
        _send_picture(client, post, reply)


def _send_picture(client: WebClient, post: Post, reply: Reply) -> None:
    if reply.chart:
        send_picture(client, reply.chart, post.channel, post.thread or None)
