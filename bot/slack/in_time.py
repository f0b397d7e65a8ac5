"""Answers to modals that may take longer than Slack waits: "reading…" first, and the answer once it is there.

Slack takes an answer to a submission within three seconds. After that a view can be changed by its id, but whether the
"reading…" of the acknowledgement is shown by then nobody tells, and it could overwrite what was shown before it. So it
bears a name of its own (`external_id`): as long as Slack doesn't know that, it isn't shown yet, and we ask again.
https://docs.slack.dev/surfaces/modals, https://docs.slack.dev/reference/methods/views.update
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as NotInTime
from typing import Any
from uuid import uuid4

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.render.slack_submit import build_reading, build_told
from bot.slack.answering import ACKNOWLEDGE_WITHIN, Answering

logger = logging.getLogger(__name__)

PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)  # seconds between attempts to show the answer
Json = dict[str, Any]


def answer_view(
    answering: Answering, ack: Ack, client: WebClient, user: str, how: str, make: Callable[[], Json]
) -> bool:
    """Answer a submission with what `make` makes (`response_action` and what belongs to it), in time or later; whether
    it is shown. `how` is where "reading…" is shown: `push` leaves the modal below it as it is, `update` doesn't."""
    lang = answering.lang(user)
    making = answering.workers.submit(_made, answering, lang, how, make)
    try:
        said = making.result(ACKNOWLEDGE_WITHIN)
    except NotInTime:
        name = uuid4().hex
        ack(response_action=how, view={**build_reading(lang), "external_id": name})
        return _show(client, name, _view(making.result(), lang))
    ack(**said)
    return True


def _made(answering: Answering, lang: str, how: str, make: Callable[[], Json]) -> Json:
    """The answer; a bug becomes one, too."""
    try:
        return make()
    except Exception:
        told = answering.failed()["text"]
        return {"response_action": how, "view": build_told(told, lang)}


def _view(said: Json, lang: str) -> Json:
    """The view of an answer: what is wrong with a field can only be told in words once the modal was answered."""
    view: Json = said["view"] if "view" in said else build_told("\n".join(said["errors"].values()), lang)
    return view


def _show(client: WebClient, name: str, view: Json) -> bool:
    """Put the answer in the place of "reading…"; False where that was closed."""
    for pause in (*PAUSES, None):
        try:
            client.views_update(external_id=name, view=view)
        except SlackApiError as error:
            if error.response["error"] == "not_found" and pause:
                time.sleep(pause)
                continue
            logger.warning("an answer isn't shown in its modal: %s", error.response["error"])
            return False
        except (SlackClientError, OSError):
            logger.warning("an answer isn't shown in its modal", exc_info=True)
            return False
        return True
    return False
