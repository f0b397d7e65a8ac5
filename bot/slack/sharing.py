"""发到频道 / Share in channel: the answer that only its asker saw, for all of the channel, with who asked what.

It goes to the response_url, which posts in channels that the bot isn't a member of, private ones and threads too; a
chat.postMessage would need an invitation first. No timestamp comes back, and none is needed.
"""

from __future__ import annotations

import hashlib
import logging
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from bot.again import Again, unpacked
from bot.answers.model import Answer
from bot.catalogue import day, sayer
from bot.render.slack import render_shared, render_slack, render_words
from bot.slack.answering import Answering
from bot.slack.beside import UNFURL_NOTHING, place_of, say_beside
from bot.slack.given import given_again
from bot.slack.ids import SHARE_ACTION
from store.channels import Channels

logger = logging.getLogger(__name__)

Json = dict[str, Any]


def register(app: App, answering: Answering) -> None:
    """Listen for the button; the presser is told what came of it, and the answer stays as it is."""

    @app.action(SHARE_ACTION)
    def pressed(ack: Ack, action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        ack()
        try:
            message = _shared(answering, action["value"], body)
        except Exception:
            message = answering.failed()
        say_beside(client, body, message)


def _shared(answering: Answering, value: str, body: Json) -> Json:
    """Share it once; what to say to the presser."""
    one, user = unpacked(value), body["user"]["id"]
    answer, same = given_again(answering, one, user, *place_of(body))
    say = sayer(answer.lang)
    if not same:
        notice, now = render_words(say("share.changed")), render_slack(answer, one.day, shareable=True)
        return {"text": f"{notice['text']}\n{now['text']}", "blocks": [*notice["blocks"], *now["blocks"]]}
    channels, share = Channels(answering.asker.library), _key(value, user, *place_of(body))
    if not channels.claim(share, answering.now()):
        return render_words(say("share.again"))
    posted = _post(body, _message(answering, answer, one, user))
    if not posted:  # where nobody knows, whoever pressed looks at the channel and decides
        channels.release(share)
    return render_words(say({True: "share.done", False: "share.refused", None: "share.unsure"}[posted]))


def _key(value: str, user: str, *where: str) -> str:
    return "share " + hashlib.sha256(repr((value, user, *where)).encode("utf-8", "replace")).hexdigest()


def _message(answering: Answering, answer: Answer, one: Again, user: str) -> Json:
    today = answering.today()
    then = "" if one.day == today else f"{day(one.day, today)} "
    return render_shared(render_slack(answer, one.day), answer.lang, user, then + one.question)


def _post(body: Json, message: Json) -> bool | None:
    """Whether Slack took it; None where it didn't say. Only a 429, which posts nothing, is tried again."""
    _, thread = place_of(body)
    client = WebhookClient(body["response_url"], retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=2)])
    where = {"response_type": "in_channel", "replace_original": False, **({"thread_ts": thread} if thread else {})}
    try:
        sent = client.send_dict({**message, **where, **UNFURL_NOTHING})
    except Exception:
        logger.warning("no word of whether an answer was shared", exc_info=True)
        return None
    if sent.status_code == 200:
        return True
    logger.warning("an answer was not shared: %s %s", sent.status_code, sent.body)
    return None if sent.status_code >= 500 else False
