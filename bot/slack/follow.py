"""Following a project: by words, by the button below its status, and the message when a report changes something."""

from __future__ import annotations

import json
import logging
import re
from datetime import date
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.catalogue import sayer
from bot.follows import newest_day, news
from bot.reminders.notice import key_of
from bot.render.slack import render_slack, render_words
from bot.render.slack_follow import render_follows, render_news
from bot.slack.answering import Answering
from bot.slack.beside import say_beside
from bot.slack.ids import FOLLOW_ACTION, UNFOLLOW_ACTION
from bot.slack.posting import Done, Posting
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


def tell_followers(answering: Answering, posting: Posting) -> bool:
    """Tell everybody what the newest reports change of what they follow; whether nobody is left to be told.

    Each report is told to each person once, whichever process does it.
    """
    book, today, told = FollowBook(answering.asker.library), answering.today(), True
    everybody = book.every()
    for user in dict.fromkeys(one.user for one in everybody):
        own = [one for one in everybody if one.user == user]
        lang = answering.lang(user)
        for each in news(answering.asker.library, own, user, today, lang):
            key = key_of("news", each.report.id, each.user)
            told &= posting.post_once(key, each.user, partial(render_news, each, lang)) is not Done.LATER
    return told


class Telling:
    """Tells followers whenever the reports have changed since it last looked; called once a minute."""

    def __init__(self, answering: Answering, posting: Posting) -> None:
        self.answering, self.posting = answering, posting
        self._seen: tuple[int, date] | None = None

    def look(self) -> None:
        """Look once; what goes wrong is logged, and looked at again the next time."""
        state = (self.answering.asker.library.version, self.answering.today())
        if state == self._seen:
            return
        try:
            if tell_followers(self.answering, self.posting):
                self._seen = state
        except Exception:
            logger.exception("followers were not told")
