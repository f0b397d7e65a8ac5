"""Answers that come after the acknowledgement, to the address that Slack gave with the request."""

from __future__ import annotations

from typing import Any

from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient


def send_later(response_url: str, message: dict[str, Any], **how: Any) -> None:
    """Send `message` to the one who asked, or to all of the channel with `response_type="in_channel"`. Only a 429,
    which sends nothing, is tried again.

    Bolt's own `respond` repeats a request whose connection was lost, and then the answer stands twice.
    """
    client = WebhookClient(response_url, retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=2)])
    client.send(**{"response_type": "ephemeral", **message, **how})
