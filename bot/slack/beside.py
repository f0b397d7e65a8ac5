"""What is said to whoever pressed a button: where the message stands that has it, in its thread too."""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.later import send_later

logger = logging.getLogger(__name__)

# A link to a report, posted where all see it, would show a preview of half a page.
UNFURL_NOTHING: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


def place_of(body: dict[str, Any]) -> tuple[str, str]:
    """The channel and the thread ("" outside of one) of the message whose button was pressed."""
    channel = (body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id") or ""
    shown = body.get("message") or body.get("container") or {}
    return channel, shown.get("thread_ts") or ""


def say_beside(client: WebClient, body: dict[str, Any], message: dict[str, Any]) -> None:
    """Say it to the presser alone, once. A response_url shows what only one person sees outside of the thread
    (slackapi/bolt-js #963), so within one it is posted; where the bot isn't a member, the response_url must do."""
    if "response_url" not in body:  # pressed on the Home tab, which has no place for an answer
        client.chat_postMessage(channel=body["user"]["id"], **UNFURL_NOTHING, **message)
        return
    channel, thread = place_of(body)
    if thread and thread != (body.get("message") or {}).get("ts"):
        try:
            client.chat_postEphemeral(channel=channel, user=body["user"]["id"], thread_ts=thread, **message)
            return
        except SlackApiError as error:
            logger.warning("not said in the thread: %s", error.response["error"])
    send_later(client, body["user"]["id"], body["response_url"], message, replace_original=False)
