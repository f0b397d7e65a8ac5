"""Sending what must arrive once: claimed in the outbox, posted with a stamp, and looked for before any second try.

Slack has no key that makes a repeated post harmless (slackapi/slack-api-specs #10 asks for one since 2018), so the
message carries its stamp as metadata, and whoever comes after an attempt whose end nobody knows looks for it in the
conversation's history first. A claim ends later than any request can take: by then the message stands there, or never
will.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from http.client import HTTPException
from threading import Event
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.beside import UNFURL_NOTHING
from store.outbox import OPEN, Letter, Outbox, Sending
from store.words.regex import regex

logger = logging.getLogger(__name__)

EVENT_TYPE = "zhouzhi_notice"
REQUEST_SECONDS = 15  # after which an answer counts as lost
LEASE = timedelta(seconds=4 * REQUEST_SECONDS)
TRY_AGAIN = timedelta(minutes=1)
SKEW = timedelta(minutes=10)  # by which Slack's clock may differ from ours
PAGE = 200  # messages of a history
MOST_PAGES = 25
MOST_TOLD = 100  # characters of an error; an answer that is no JSON is one

# What no second try mends, as chat.postMessage and conversations.open document it: nobody there, or nobody let in. A
# token or scope that is missing is mended by whoever installs the app, and then what waits goes out.
PERMANENT = frozenset({
    "cannot_dm_bot", "channel_not_found", "invalid_blocks", "invalid_metadata_format", "is_archived",
    "metadata_too_large", "msg_too_long", "no_text", "not_in_channel", "restricted_action", "user_disabled",
    "user_not_found", "user_not_visible",
})  # fmt: skip
# Where Slack itself doesn't know how far it came.
MAYBE_DONE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
# Whoever deleted the message wants none in its place.
UNCHANGEABLE = frozenset({"message_not_found", "cant_update_message", "channel_not_found", "is_archived"})
_CODE = regex(r"[a-z0-9_]+")
Message = dict[str, Any]
Build = Callable[[], Message | datetime | None]


class Done(StrEnum):
    """What became of one attempt: it stands in Slack, it was settled before, it is to be tried again (by whoever has it
    now), or it was given up."""

    SENT = "sent"
    PASSED = "passed"
    LATER = "later"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class Posting:
    """Posts to Slack what stands in the outbox. `client` must never repeat a request by itself. `quiet` is until when
    Slack wants no more of us; once `stopping` is set nothing more is begun."""

    client: WebClient
    outbox: Outbox
    now: Callable[[], datetime]
    lease: timedelta = LEASE
    try_again: timedelta = TRY_AGAIN
    quiet: dict[str, datetime] = field(default_factory=dict)
    stopping: Event = field(default_factory=Event)

    @property
    def is_quiet(self) -> bool:
        """Whether Slack asked us to wait, and the time isn't over; or the bot is about to stop."""
        at = self.now()
        return self.stopping.is_set() or at < self.quiet.get("until", at)

    def post_once(
        self, key: str, recipient: str, build: Build, mark: Callable[[], str] = str
    ) -> Done:
        """Send a message to a person or a channel, unless it was sent. `build` is called once it is ours to send: it
        gives None where nobody needs it any more, and a moment where it isn't to be sent before that. `mark` is kept as
        what it says."""
        if self.is_quiet:
            return Done.LATER
        letter = self.outbox.claim(key, recipient, self.now(), self.lease)
        if letter is None:
            return self._passed(key)
        try:
            return self._post(letter, build, mark)
        except SlackApiError as error:
            return self._refused(letter, error)
        except (SlackClientError, HTTPException, OSError) as error:  # no word from Slack, which may have taken it
            return self._later(letter, Sending.UNCERTAIN, type(error).__name__)

    def _passed(self, key: str) -> Done:
        """It wasn't ours to send: another process may still fail at it."""
        letter = self.outbox.find(key)
        return Done.LATER if letter and letter.state in OPEN else Done.PASSED

    def _post(self, letter: Letter, build: Build, mark: Callable[[], str]) -> Done:
        channel = self._conversation(letter.recipient)
        if letter.doubtful and (ts := self._find(letter, channel)):
            self.outbox.sent(letter, channel, ts, self.now(), mark())
            return Done.SENT
        message = build()
        if message is None:
            self.outbox.end(letter, self.now(), Sending.DROPPED, "unneeded")
            return Done.GIVEN_UP
        if isinstance(message, datetime):
            self.outbox.wait(letter, self.now(), message, Sending.WAITING, "put off")
            return Done.LATER
        # Writing the message may have taken long; the claim must outlast the request.
        if not self.outbox.renew(letter, self.now(), self.lease):
            return Done.LATER
        stamp = {"event_type": EVENT_TYPE, "event_payload": {"key": letter.stamp}}
        said = self.client.chat_postMessage(channel=channel, metadata=stamp, **UNFURL_NOTHING, **message)
        self.outbox.sent(letter, said["channel"], said["ts"], self.now(), mark())
        return Done.SENT

    def _conversation(self, recipient: str) -> str:
        """The conversation to post to, whose history can be read: a person's id has none."""
        if recipient[:1] not in ("U", "W"):
            return recipient
        return str(self.client.conversations_open(users=recipient)["channel"]["id"])

    def _find(self, letter: Letter, channel: str) -> str:
        """When the message was posted in the conversation, "" if it wasn't. Raises where that can't be told."""
        oldest, cursor = f"{(letter.made_at - SKEW).timestamp():.6f}", None
        for _ in range(MOST_PAGES):
            page = self.client.conversations_history(
                channel=channel, oldest=oldest, limit=PAGE, cursor=cursor, include_all_metadata=True
            )
            for message in page["messages"]:
                told = (message.get("metadata") or {}).get("event_payload") or {}
                if told.get("key") == letter.stamp:
                    return str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return ""
        raise SlackClientError(f"no end of the history of {channel}")

    def _refused(self, letter: Letter, error: SlackApiError) -> Done:
        """Slack said no: for good, for now, or nobody knows what it did (a 500 may come after the message)."""
        response = error.response
        said = str(response.get("error", "")) if isinstance(response.data, dict) else ""
        # Of an answer that is no JSON slack_sdk makes an error that holds the page: whoever sent that, it is no word
        # of Slack's on the message, which may stand there.
        code = said if _CODE.fullmatch(said) else ""
        if response.status_code == 429 or code in ("ratelimited", "rate_limited"):
            wait = timedelta(seconds=int(response.headers.get("Retry-After", 60)))
            self.quiet["until"] = self.now() + wait
            return self._later(letter, Sending.WAITING if not letter.doubtful else Sending.UNCERTAIN, code)
        if code in PERMANENT:
            logger.warning("%s was not told: %s", letter.recipient, code)
            self.outbox.end(letter, self.now(), Sending.FAILED, code)
            return Done.GIVEN_UP
        sure = response.status_code == 200 and code and code not in MAYBE_DONE and not letter.doubtful
        return self._later(letter, Sending.WAITING if sure else Sending.UNCERTAIN, code or str(response.status_code))

    def _later(self, letter: Letter, state: Sending, reason: str) -> Done:
        logger.warning("%s is told later: %s", letter.recipient, reason)
        until = max(self.now() + self.try_again, self.quiet.get("until", self.now()))
        self.outbox.wait(letter, self.now(), until, state, reason)
        return Done.LATER

    def change(self, letter: Letter, message: Message, mark: str) -> bool:
        """Put another message in the place of one that was sent; False where Slack didn't take it now. Saying the same
        twice does no harm, so no claim is needed."""
        try:
            self.client.chat_update(channel=letter.channel, ts=letter.ts, **message)
        except (SlackClientError, HTTPException, OSError) as error:
            logger.warning("a message of %s could not be changed: %s", letter.recipient, _told(error))
            if not isinstance(error, SlackApiError) or error.response.get("error") not in UNCHANGEABLE:
                return False
        self.outbox.now_says(letter, mark, self.now())
        return True


def _told(error: Exception) -> str:
    """What went wrong, without what a log must not keep."""
    return str(error.response.get("error"))[:MOST_TOLD] if isinstance(error, SlackApiError) else type(error).__name__


def careful_client(token: str, api_url: str) -> WebClient:
    """A client that repeats nothing, and waits no longer for an answer than a claim lasts."""
    return WebClient(token=token, base_url=api_url, timeout=REQUEST_SECONDS, retry_handlers=[])
