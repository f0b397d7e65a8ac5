"""The assistant's pane beside Slack: prompts fitted to the reports, a status while an answer is made, and a title.

Its threads are direct messages and are answered as such (messages.py); what is added here is a courtesy, and an answer
goes out whether Slack takes it or not. Which threads are the pane's is known since they were opened; after a restart
they are answered without a status.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.answers.model import shortened
from bot.catalogue import sayer
from bot.menus import build_menu
from bot.slack.answering import Answering
from bot.slack.text import question_of
from store.viewer import Viewer

logger = logging.getLogger(__name__)

MOST_PROMPTS = 4  # Slack's limit
MOST_THREADS = 10_000
TITLE_LENGTH = 60
Json = dict[str, Any]


def register(app: App, answering: Answering) -> None:
    """Listen for a pane that is opened."""

    @app.event("assistant_thread_started")
    def opened(event: Json, client: WebClient) -> None:
        thread = event["assistant_thread"]
        offer_prompts(answering, client, thread["user_id"], thread["channel_id"], thread["thread_ts"])


def offer_prompts(answering: Answering, client: WebClient, user: str, channel: str, ts: str) -> None:
    """Offer in a thread of the pane what can be asked of these reports."""
    while len(answering.panes) >= MOST_THREADS:
        answering.panes.pop(next(iter(answering.panes)))
    answering.panes[channel, ts] = ""
    lang = answering.lang(user)
    menu = build_menu("report", answering.asker.library, Viewer(user), answering.today(), lang)
    if menu is None:
        return
    asks = [*menu.projects[:1], *menu.asks][:MOST_PROMPTS]
    prompts = [{"title": label, "message": question} for label, question in asks]
    _try(client.assistant_threads_setSuggestedPrompts, channel, ts, prompts=prompts,
         title=sayer(lang)("assistant.prompts"))  # fmt: skip


def show_work(answering: Answering, client: WebClient, event: Json) -> None:
    """Show in a thread of the pane that an answer is on its way; posting it ends that. The first question is the
    thread's title."""
    channel, ts = event.get("channel") or "", event.get("thread_ts") or ""
    if (channel, ts) not in answering.panes:
        return
    text = question_of(event.get("text") or "")
    status = sayer(answering.lang(event["user"], text))("assistant.status")
    _try(client.assistant_threads_setStatus, channel, ts, status=status)
    title = shortened(" ".join(text.split()), TITLE_LENGTH)
    if title and not answering.panes[channel, ts]:
        answering.panes[channel, ts] = title
        _try(client.assistant_threads_setTitle, channel, ts, title=title)


def _try(method: Callable[..., object], channel: str, ts: str, **what: Any) -> None:
    try:
        method(channel_id=channel, thread_ts=ts, **what)
    except (SlackClientError, OSError) as error:
        logger.debug("the assistant's pane stays as it is: %s", type(error).__name__)
