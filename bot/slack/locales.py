"""Which language Slack says a person uses: asked for once a day, beside the answer that it is for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import wait
from datetime import datetime, timedelta
from threading import Lock

from slack_bolt import App, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.slack.answering import Answering
from store.people import LOCALE_HOLDS

logger = logging.getLogger(__name__)

# Slack answers in a tenth of a second; whoever is answered in the wrong language once is better off than who waits.
FIRST_TIME = 0.5  # seconds that the first message of somebody may wait for it
AGAIN_AFTER = timedelta(minutes=5)  # where Slack didn't say


def register(app: App, answering: Answering) -> None:
    """Look at who speaks before anything else is done with what they say."""
    locales = _Locales(answering)

    @app.middleware
    def meet(context: BoltContext, client: WebClient, next: Callable[[], None]) -> None:
        if context.user_id:
            locales.meet(client, context.user_id)
        next()


class _Locales:
    """When each person's locale is to be asked for next. Safe between threads."""

    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        self._next: dict[str, datetime] = {}
        self._lock = Lock()

    def meet(self, client: WebClient, user: str) -> None:
        """Ask for the locale where it isn't known of today; the answer waits for it only the first time."""
        now = self.answering.now()
        with self._lock:
            if self._next.get(user, now) > now:
                return
            self._next[user] = now + AGAIN_AFTER
        told_at = self.answering.people.find(user).locale_at
        if told_at is not None and now - told_at < LOCALE_HOLDS:
            self._next[user] = told_at + LOCALE_HOLDS
            return
        asking = self.answering.workers.submit(self._ask, client, user)
        if told_at is None:
            wait([asking], FIRST_TIME)

    def _ask(self, client: WebClient, user: str) -> None:
        try:
            told = client.users_info(user=user, include_locale=True)["user"]
        except (SlackClientError, OSError) as error:
            logger.debug("no locale of %s: %s", user, error)
            return
        self.answering.people.heard_locale(user, told.get("locale") or "", self.answering.now())
