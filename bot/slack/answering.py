"""Questions from Slack → messages: measured, in time or later, and never an error without a word."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from slack_sdk import WebClient

from bot.again import mark_of
from bot.answers.ask import Asker, Turn
from bot.answers.model import Answer, Chart
from bot.catalogue import language_of_locale, sayer
from bot.command_names import OWN_NAMES, CommandNames
from bot.conversations import FORGOTTEN_AFTER, Conversations
from bot.metrics import Measures
from bot.objections import Objections, keep_words, objection
from bot.question.text import language_of, says_language
from bot.render.slack import render_slack, render_words
from bot.render.text import render_text
from bot.roster_loading import RosterSource
from bot.slack.ids import is_direct
from bot.slack.listening import worth_saying
from bot.slack.verbs import Asked, Verb, Verbs
from bot.teams import Roster
from store.people import PeopleBook
from store.posts import PostBook
from store.viewer import Viewer

logger = logging.getLogger(__name__)

# Slack gives three seconds to acknowledge. What isn't answered by then is sent after.
ACKNOWLEDGE_WITHIN = 2.0
WORKERS = 32


class Shown(StrEnum):
    """To whom an answer is shown: in the conversation with its chart below it, by a command to all of the channel, or
    to the asker alone, who may then share it. No picture can be shown to one person or by a command."""

    POSTED = "posted"
    OPENLY = "openly"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is posted: the message, the chart of the answer, where it has one, and whether the reports say it."""

    message: dict[str, Any]
    chart: Chart | None = None
    found: bool = False


@dataclass(frozen=True)
class Answering:
    """Answers for Slack, and what its listeners share. `today` and `now` are the clocks; `first_sight` tells retried
    events from new ones; `roster` says who leads which team, as it is now;
    `commands` are the names of the slash commands; `teams` is where the roster's settings are changed;
    `panes` are the threads of the assistant's pane, by channel and time, with their titles."""

    asker: Asker
    today: Callable[[], date]
    now: Callable[[], datetime]
    measures: Measures = field(default_factory=Measures)
    conversations: Conversations = field(default_factory=Conversations)
    workers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(WORKERS, "answer"))
    verbs: Verbs = field(default_factory=Verbs)
    roster: Callable[[], Roster] = Roster
    commands: CommandNames = OWN_NAMES
    panes: dict[tuple[str, str], str] = field(default_factory=dict)
    teams: RosterSource = field(default_factory=lambda: RosterSource("", (), None))

    def message(self, question: str, user: str, *where: str) -> dict[str, Any]:
        """The message that answers for the asker alone."""
        return self.reply(question, user, *where, shown=Shown.ALONE).message

    def text(self, question: str, user: str, *where: str) -> str:
        """The answer to `question` as plain text: the one that `user` was just given there, else asked anew."""
        before = self.conversations.last((user, *where), self.now())
        same = before is not None and before.answer.question == question
        answer = before.answer if before and same else self.asker.ask(question, self.today(), Viewer(user))
        return render_text(answer)

    def reply(self, question: str, user: str, *where: str, shown: Shown = Shown.POSTED) -> Reply:
        """The message that answers `question` of `user`, going on with what they asked there (channel, thread) before.

        A bug of ours becomes a message with the number that the log has.
        """
        started = time.perf_counter()
        try:
            before = self.before(user, *where)
            if (reason := objection(question)) is not None:
                return Reply(render_words(keep_words(self.objections, Viewer(user), before, reason)))
            turn = self.asker.converse(question, self.today(), Viewer(user), before, self.lang(user, question))
            if before and shown is Shown.ALONE:
                self._hold(turn.answer, Viewer(user))
            return self._told(turn, user, where, started, shown)
        except Exception:
            return Reply(self.failed())

    def unasked(self, question: str, user: str, *where: str) -> Reply | None:
        """The same to a message that isn't addressed to the bot; None where silence is better."""
        started = time.perf_counter()
        try:
            before = self.before(user, *where)
            turn = self.asker.converse(question, self.today(), Viewer(user), before, self.lang(user, question))
            return self._told(turn, user, where, started) if worth_saying(turn) else None
        except Exception:
            self.failed()
            return None

    def _told(
        self, turn: Turn, user: str, where: tuple[str, ...], started: float, shown: Shown = Shown.POSTED
    ) -> Reply:
        self.conversations.keep((user, *where), turn, self.now())
        answer, asked_on = turn.answer, None if shown is Shown.POSTED else self.today()
        shareable = shown is Shown.ALONE and not is_direct(where[0])
        reply = Reply(render_slack(answer, asked_on, shareable=shareable), answer.chart, answer.found)
        self.measures.answered(answer.kind, answer.found, time.perf_counter() - started)
        return reply

    def before(self, user: str, *where: str) -> Turn | None:
        """What `user` was told last in that channel and thread; after a restart it is asked again."""
        kept = self.conversations.last((user, *where), self.now())
        if kept is not None or len(where) < 2:
            return kept
        post = self.posts.last_in(where[0], where[1], user, self.now() - FORGOTTEN_AFTER)
        if post is None or not post.answer_ts:
            return None
        return self.asker.converse(post.question, self.today(), Viewer(user), lang=self.lang(user, post.question))

    def _hold(self, answer: Answer, viewer: Viewer) -> None:
        self.asker.library.remembered("held", viewer, mark_of(answer), make=lambda: True)

    def still_holds(self, answer: Answer, viewer: Viewer) -> bool:
        """Whether no report came, changed or went since this answer went on with another one; False where that is
        forgotten."""
        return self.asker.library.remembered("held", viewer, mark_of(answer), make=lambda: False)

    def done(self, found: tuple[Verb, str], asked: Asked, client: WebClient) -> dict[str, Any] | None:
        """Do what somebody told the bot to do (`Verbs.find`): what to say, or None. A bug becomes a message."""
        verb, rest = found
        try:
            return verb(asked, rest, client)
        except Exception:
            return self.failed()

    def failed(self) -> dict[str, Any]:
        """Log the exception that is being handled, count it, and the message that says under which number."""
        number = uuid4().hex[:8]
        logger.exception("question failed, id %s", number)
        self.measures.failed()
        return failure(number, self.asker.language)

    @property
    def posts(self) -> PostBook:
        """What was asked where, and what answers it."""
        return PostBook(self.asker.library)

    @property
    def objections(self) -> Objections:
        """Where answers that are marked as wrong are kept."""
        return Objections(self.asker.library, self.now, self.asker.language)

    def lang(self, user: str, text: str = "") -> str:
        """The language to speak with `user`, who wrote `text`, `zh` or `en`: the one they chose, the one that is fixed
        for all, that of their words, and where those say none Slack's for them."""
        if text[:1].isascii() and (found := self.verbs.find(text)):
            text = f"/status {found[1]}"  # follow 海棠平台 is in no language, as a command with a name is in none
        person = self.people.find(user)
        if person.language or self.asker.language != "auto":
            return person.language or self.asker.language
        return says_language(text) or language_of_locale(person.locale) or language_of(text)

    @property
    def people(self) -> PeopleBook:
        """Who the people of the chat are, and what they set for themselves."""
        return PeopleBook(self.asker.library)

    def first_sight(self, event_id: str) -> bool:
        """Whether this event is new; Slack sends one again when it saw no acknowledgement."""
        return self.asker.library.first_sight(event_id, self.now())


def failure(number: str, lang: str) -> dict[str, Any]:
    """The message that says that something broke, and under which number the log has it."""
    return render_words(sayer("en" if lang == "en" else "zh")("unknown.broken", number=number))
