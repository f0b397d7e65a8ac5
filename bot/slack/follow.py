"""Following a project: by words, by the button below its status, and the message when a report changes something."""

from __future__ import annotations

import json
import logging
import re
from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.catalogue import sayer
from bot.follows import News, newest_day, news
from bot.render.slack import render_slack, render_words
from bot.render.slack_follow import render_follows, render_news
from bot.slack.answering import Answering
from bot.slack.beside import say_beside
from bot.slack.ids import FOLLOW_ACTION, UNFOLLOW_ACTION
from bot.slack.verbs import Asked
from store.follows import Follow, FollowBook
from store.viewer import Viewer

logger = logging.getLogger(__name__)
Json = dict[str, Any]


def register(app: App, answering: Answering) -> None:
    """Listen for the words and the buttons."""
    desk = _Desk(answering)
    answering.verbs.add("follow", desk.follow)
    answering.verbs.add("unfollow", desk.unfollow)
    answering.verbs.add("following", desk.following)

    @app.action(FOLLOW_ACTION)
    def follows(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        user, (team, name) = body["user"]["id"], json.loads(action["value"])
        say_beside(client, body, desk.begin(user, team, name, answering.lang(user)))

    @app.action(re.compile(rf"^{UNFOLLOW_ACTION}\d+$"))
    def ends(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        user, (team, name) = body["user"]["id"], json.loads(action["value"])
        say_beside(client, body, desk.end(user, team, name, answering.lang(user)))


class _Desk:
    """Who follows what."""

    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        self.book = FollowBook(answering.asker.library)

    def follow(self, asked: Asked, rest: str, client: WebClient) -> Json | None:
        """`follow POS`: the project that the words name, as a status would; else what a status would say of them."""
        if not rest:
            return self.following(asked, rest, client)
        answering = self.answering
        turn = answering.asker.converse(
            f"/status {rest}", answering.today(), Viewer(asked.user), lang=asked.lang)  # fmt: skip
        if turn.query.project is None or not turn.query.project.team:
            return render_slack(turn.answer)
        return self.begin(asked.user, turn.query.project.team, turn.query.project.name, asked.lang)

    def begin(self, user: str, team: str, name: str, lang: str) -> Json:
        """Follow a project of a team from now on."""
        today, library = self.answering.today(), self.answering.asker.library
        since = newest_day(library, Viewer(user), team, today)
        if since is None:
            return render_words(sayer(lang)("follow.unknown", name=name))
        new = self.book.follow(Follow(user, team, name, since))
        return render_words(sayer(lang)("follow.begun" if new else "follow.already", name=name, team=team))

    def unfollow(self, asked: Asked, rest: str, client: WebClient) -> Json | None:
        """`unfollow POS`: what is followed by that name, or by one that it begins with; without a name the list."""
        named = [one for one in self.book.of(asked.user) if rest and rest.casefold() in one.name.casefold()]
        if len(named) != 1:
            return self.following(asked, rest, client)
        return self.end(asked.user, named[0].team, named[0].name, asked.lang)

    def end(self, user: str, team: str, name: str, lang: str) -> Json:
        """Follow a project no more."""
        ended = self.book.unfollow(user, team, name)
        return render_words(sayer(lang)("follow.ended" if ended else "follow.not_there", name=name))

    def following(self, asked: Asked, rest: str, client: WebClient) -> Json | None:
        """What they follow."""
        return render_follows(self.book.of(asked.user), asked.lang)


def tell_followers(answering: Answering, client: WebClient) -> int:
    """Tell everybody what the newest reports change of what they follow; how many messages were sent.

    Each report is told to each person once, by whichever process comes first: it is noted before the message goes out,
    so that a lost answer or a crash may cost a message but never doubles one.
    """
    book, today, sent = FollowBook(answering.asker.library), answering.today(), 0
    everybody = book.every()
    for user in dict.fromkeys(one.user for one in everybody):
        own = [one for one in everybody if one.user == user]
        lang = answering.lang(user)
        for told in news(answering.asker.library, own, user, today, lang):
            sent += _tell(answering, book, client, told, lang)
    return sent


def _tell(answering: Answering, book: FollowBook, client: WebClient, told: News, lang: str) -> bool:
    if not book.claim(told.user, told.report.id, answering.now()):
        return False
    try:
        client.chat_postMessage(channel=told.user, unfurl_links=False, unfurl_media=False, **render_news(told, lang))
    except Exception:  # the others still get theirs
        logger.exception("a follower was not told")
        return False
    return True


class Telling:
    """Tells followers whenever the reports have changed since it last looked; called once a minute."""

    def __init__(self, answering: Answering, client: WebClient) -> None:
        self.answering, self.client = answering, client
        self._seen: tuple[int, date] | None = None

    def look(self) -> None:
        """Look once; what goes wrong is logged, and looked at again the next time."""
        state = (FollowBook(self.answering.asker.library).version, self.answering.today())
        if state == self._seen:
            return
        try:
            tell_followers(self.answering, self.client)
        except Exception:
            logger.exception("followers were not told")
        else:
            self._seen = state
