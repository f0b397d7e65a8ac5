"""Answers that come after the acknowledgement, to the address that Slack gave with the request.

It works five times within half an hour. Where it works no more, or Slack doesn't take the answer, the person gets it
as a direct message: posting to a person's id needs no more than `chat:write`.
"""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

logger = logging.getLogger(__name__)


def send_later(client: WebClient, user: str, response_url: str, message: dict[str, Any], **how: Any) -> None:
    """Send `message` to `user`, who asked, or to all of the channel with `response_type="in_channel"`; where that fails
    to `user` as a direct message. Only a 429, which sends nothing, is tried again.

    Bolt's own `respond` repeats a request whose connection was lost, and then the answer stands twice.
    """
    if not _sent(response_url, {"response_type": "ephemeral", **message, **how}):
        direct = {key: value for key, value in message.items() if key in ("text", "blocks")}
        client.chat_postMessage(channel=user, unfurl_links=False, unfurl_media=False, **direct)


def _sent(response_url: str, message: dict[str, Any]) -> bool:
    """Whether Slack took it. Without a word from Slack the answer may stand twice, once in public and once in private,
    which is better than nowhere."""
    try:
        client = WebhookClient(response_url, retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=2)])
        said = client.send_dict(message)
    except (SlackClientError, OSError) as error:
        logger.warning("an answer goes as a direct message: no word from Slack (%s)", type(error).__name__)
        return False
    if said.status_code != 200:
        logger.warning("an answer goes as a direct message: Slack says %s %s", said.status_code, said.body[:100])
    return said.status_code == 200
