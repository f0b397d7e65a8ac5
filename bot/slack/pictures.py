"""The chart of an answer, below it: an extra that never stands in the way of the answer itself."""

from __future__ import annotations

import logging

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.answers.model import Chart

logger = logging.getLogger(__name__)

FILE_NAME = "chart.png"


def send_picture(client: WebClient, chart: Chart, channel: str, thread: str | None) -> None:
    """Draw the chart and put it into the conversation; what Slack refuses (no `files:write`) is only logged."""
    from bot.render.chart import render_chart

    try:
        client.files_upload_v2(
            content=render_chart(chart),
            filename=FILE_NAME,
            title=chart.title,
            alt_txt=chart.title,
            channel=channel,
            thread_ts=thread,
        )
    except (SlackClientError, OSError):
        # The answer stands already, and its numbers with it.
        logger.warning("no chart sent to %s", channel, exc_info=True)
