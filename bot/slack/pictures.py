"""The chart of an answer, below it: an extra that never stands in the way of the answer itself."""

from __future__ import annotations

import logging

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.answers.model import Chart, ChartSeries, shortened
from bot.render.slack_parts import shown

logger = logging.getLogger(__name__)

FILE_NAME = "chart.png"
LONGEST_ALT = 1000  # characters, of files.getUploadURLExternal


def send_picture(client: WebClient, chart: Chart, channel: str, thread: str | None) -> bool:
    """Draw the chart and put it into the conversation, and whether it is there; what Slack refuses (no `files:write`)
    is only logged."""
    from bot.render.chart import render_chart

    try:
        client.files_upload_v2(
            content=render_chart(chart),
            filename=FILE_NAME,
            title=chart.title,
            alt_txt=alt_text(chart),
            channel=channel,
            thread_ts=thread,
        )
    except (SlackClientError, OSError):
        # The answer stands already, and its numbers with it.
        logger.warning("no chart sent to %s", channel, exc_info=True)
        return False
    return True


def alt_text(chart: Chart) -> str:
    """What the chart shows, for who can't see it: `成功率: 2023-11-03 99.17% → 2023-12-08 99.36%` for each line."""
    told = [f"{series.label}: {_course(series, chart.unit)}" for series in chart.series]
    return shortened(shown("; ".join([chart.title, *told])), LONGEST_ALT)


def _course(series: ChartSeries, unit: str) -> str:
    known = [(day, value) for day, value in series.points if value is not None]
    ends = known[:1] + known[-1:] if len(known) > 1 else known
    return " → ".join(f"{day} {value:g}{unit}" for day, value in ends) or "–"
