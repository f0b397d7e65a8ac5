"""Leads who are named by their e-mail address: whose address it is, asked of Slack once and kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.teams import Roster
from store.people import PeopleBook

logger = logging.getLogger(__name__)

ASKED_AGAIN = timedelta(hours=1)  # of an address that nobody in Slack has; a new colleague may come any day


class Addresses:
    """Looks up the addresses of a roster; `look` is called once a minute."""

    def __init__(
        self, client: WebClient, people: PeopleBook, roster: Callable[[], Roster], now: Callable[[], datetime]
    ) -> None:
        self._client, self._people, self._roster, self._now = client, people, roster, now
        self._next: dict[str, datetime] = {}

    def look(self) -> None:
        """Ask for every address that isn't known and wasn't asked for within the hour."""
        for address in self._roster().addresses:
            if self._next.get(address, self._now()) <= self._now():
                self._next[address] = self._now() + ASKED_AGAIN
                self._ask(address)

    def _ask(self, address: str) -> None:
        try:
            user = self._client.users_lookupByEmail(email=address)["user"]["id"]
        except SlackApiError as error:
            logger.warning("nobody is reminded at %s: %s", address, error.response.get("error"))
        except (SlackClientError, OSError):
            logger.warning("nobody is reminded at %s yet: no word from Slack", address)
            self._next.pop(address, None)
        else:
            self._people.heard_email(user, address.casefold())
