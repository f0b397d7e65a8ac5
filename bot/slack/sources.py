"""The button 看原文 / Show source: a modal with the report's own lines, which turns to the other cited reports."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.answers.corrected import correction_words, touches
from bot.catalogue import sayer
from bot.originals import Sources, unpacked
from bot.render.slack import render_words
from bot.render.slack_source import render_broken, render_source
from bot.slack.answering import Answering
from bot.slack.beside import say_beside
from bot.slack.ids import SOURCE_ACTION
from store.library import Library
from store.originals import Original, Originals
from store.viewer import Viewer

logger = logging.getLogger(__name__)


def register(app: App, answering: Answering) -> None:
    """Listen for the button, and for those within the modal."""

    @app.action(SOURCE_ACTION)
    def pressed(ack: Ack, action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        ack()
        try:
            client.views_open(trigger_id=body["trigger_id"], view=_view(answering, action["value"], body["user"]["id"]))
        except SlackApiError as error:  # a trigger lasts three seconds
            logger.warning("no modal opened: %s", error.response["error"])
            say_beside(client, body, render_words(sayer(answering.lang(body["user"]["id"]))("source.late")))

    @app.action(re.compile(rf"^{SOURCE_ACTION}_\d+$"))
    def turned(ack: Ack, action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        ack()
        view, shown = _view(answering, action["value"], body["user"]["id"]), body["view"]
        try:
            client.views_update(view_id=shown["id"], hash=shown["hash"], view=view)
        except SlackApiError as error:  # closed meanwhile, or pressed twice
            logger.warning("modal not turned: %s", error.response["error"])


def _view(answering: Answering, value: str, user: str) -> dict[str, Any]:
    """The modal for what the button carries, as `user` may see it."""
    try:
        sources, library, viewer = unpacked(value), answering.asker.library, Viewer(user)
        known = Originals(library)
        originals = [known.of(viewer, one.report_id, one.revision) for one in sources.cited]
        return render_source(sources, originals, _corrected(library, viewer, sources, originals))
    except Exception:
        return render_broken(answering.failed(), answering.lang(user))


def _corrected(library: Library, viewer: Viewer, sources: Sources, originals: Sequence[Original | None]) -> list[str]:
    """What people corrected by hand in the cited lines that are shown."""
    original = originals[sources.shown] if originals else None
    if original is None or original.withdrawn:
        return []
    cited = sources.cited[sources.shown]
    return [
        correction_words(sayer(sources.lang), one)
        for one in library.corrections(viewer, [original.report])
        if any(touches(one, cited.report_id, first, last) for first, last in cited.ranges)
    ]
