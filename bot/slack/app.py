"""The Bolt app, the same for HTTP and Socket Mode."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.settings import Settings
from bot.slack import (
    actions,
    assistant,
    charts,
    commands,
    copying,
    files,
    follow,
    handed_in,
    here,
    home,
    locales,
    messages,
    reminding,
    roster,
    sharing,
    sources,
    submit,
    wrong,
)
from bot.slack.answering import Answering

LISTENERS = 32
FEATURES = (
    locales,
    assistant,
    commands,
    files,  # before messages, which hear of all others
    messages,
    actions,
    copying,
    wrong,
    sources,
    sharing,
    charts,
    follow,
    here,
    home,
    submit,
    reminding,
    roster,
    handed_in,
)


def build_app(settings: Settings, answering: Answering) -> App:
    """The app with all its listeners. Nothing is asked of Slack before the first request comes in."""
    # By default a post is repeated after a lost connection, and then stands twice: only 429, which posts nothing, is
    # tried again.
    client = WebClient(
        token=settings.bot_token,
        base_url=settings.api_url,
        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=2)],
    )
    app = App(
        client=client,
        signing_secret=settings.signing_secret or None,
        token_verification_enabled=False,
        raise_error_for_unhandled_request=False,
        # Bolt's own five threads would all be taken by five slow answers, and nobody else's question be heard.
        listener_executor=ThreadPoolExecutor(LISTENERS, "listener"),
    )
    for feature in FEATURES:
        feature.register(app, answering)
    return app
