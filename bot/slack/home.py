"""The Home tab: made anew whenever somebody opens it, and after each change of their settings."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.home import home_of
from bot.menus import build_menu
from bot.reminders.people import snoozed_until
from bot.render.slack_home import build_home
from bot.slack.answering import Answering
from bot.slack.ids import HOME_AWAKE, HOME_AWAY, HOME_BACK, HOME_LANGUAGE, HOME_SNOOZE
from store.feedback import FeedbackBook
from store.viewer import EVERYONE, Viewer

Json = dict[str, Any]


def register(app: App, answering: Answering) -> None:
    """Listen for the tab and for its settings."""

    @app.event("app_home_opened")
    def opened(event: Json, client: WebClient) -> None:
        if event.get("tab") == "home":
            _publish(answering, client, event["user"])

    @app.action(HOME_LANGUAGE)
    def spoken(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        chosen = action["selected_option"]["value"]
        answering.people.choose_language(body["user"]["id"], chosen if chosen in ("zh", "en") else None)
        _publish(answering, client, body["user"]["id"])

    @app.action(HOME_AWAY)
    def left(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        day = action.get("selected_date")
        answering.people.leave(body["user"]["id"], date.fromisoformat(day) if day else None)
        _publish(answering, client, body["user"]["id"])

    @app.action(HOME_BACK)
    def returned(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        answering.people.leave(body["user"]["id"], None)
        _publish(answering, client, body["user"]["id"])

    @app.action(HOME_SNOOZE)
    def snoozed(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        user, now = body["user"]["id"], answering.now()
        until = snoozed_until(action["selected_option"]["value"], now, answering.roster().zone_of(user))
        answering.people.snooze(user, until)
        _publish(answering, client, user)

    @app.action(HOME_AWAKE)
    def awake(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        answering.people.snooze(body["user"]["id"], None)
        _publish(answering, client, body["user"]["id"])


def _publish(answering: Answering, client: WebClient, user: str) -> None:
    client.views_publish(user_id=user, view=_view(answering, user))


def _view(answering: Answering, user: str) -> Json:
    library, today, roster = answering.asker.library, answering.today(), answering.roster()
    lang, admin = answering.lang(user), roster.is_admin(user)
    home = home_of(
        library, roster, answering.people.find(user), lang, today, answering.now(),
        away=answering.people.away(today) if admin else {},
        open_feedback=len(FeedbackBook(library).listed(EVERYONE)) if admin else 0,
    )  # fmt: skip
    return build_home(home, roster, build_menu("report", library, Viewer(user), today, lang))
