"""Submitting a report: `/report submit`, the form, what was understood of it, and letting it count.

A form that was sent is kept as a draft before anything is done with it. Closing the preview goes back to the form.
"""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.catalogue import sayer
from bot.render.slack import render_words
from bot.render.slack_reminder import unpacked
from bot.render.slack_submit import (
    build_choice,
    build_form,
    build_opener,
    build_preview,
    build_said,
    confirmation,
    first_field,
    fits,
    sent_choice,
    sent_form,
)
from bot.slack.answering import Answering
from bot.slack.beside import say_beside
from bot.slack.ids import (
    DAY_BLOCK,
    SUBMIT_FORM,
    SUBMIT_PREVIEW,
    SUBMIT_SHORTCUT,
    SUBMIT_TEAM,
    TEAM_BLOCK,
    WRITE_NOW,
)
from bot.slack.text import question_of
from bot.slack.verbs import Asked
from bot.submission.before import reports_before
from bot.submission.check import Findings, check
from bot.submission.fields import Field, split, written
from bot.submission.template import template, title
from store.database.drafts import Draft
from store.drafts import SOURCE, Drafts
from store.reading.document import Document
from store.viewer import Viewer

logger = logging.getLogger(__name__)

AHEAD = timedelta(days=7)  # that a report may be dated after today
Json = dict[str, Any]


def register(app: App, answering: Answering) -> None:
    """Listen for the verb, the button and both modals."""
    desk = _Desk(answering)
    answering.verbs.add("submit", desk.asked)

    @app.action(WRITE_NOW)
    def write(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        user, (team, week) = body["user"]["id"], _target(action["value"])
        said = desk.open(user, team, body["trigger_id"], answering.lang(user), client, week=week)
        if said:
            client.chat_postMessage(channel=user, **said)

    @app.shortcut(SUBMIT_SHORTCUT)
    def saved(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        if said := desk.save(body, client):
            say_beside(client, body, said)

    @app.view(SUBMIT_TEAM)
    def chosen(ack: Ack, view: Json, body: Json) -> None:
        ack(**desk.chosen(view, body["user"]["id"]))

    @app.view(SUBMIT_FORM)
    def sent(ack: Ack, view: Json, body: Json) -> None:
        ack(**desk.sent(view, body["user"]["id"]))

    @app.view(SUBMIT_PREVIEW)
    def agreed(ack: Ack, view: Json, body: Json, client: WebClient) -> None:
        shown, said = desk.agreed(int(view["private_metadata"]), body["user"]["id"])
        ack(response_action="update", view=shown)
        _tell(client, body["user"]["id"], said)


def _tell(client: WebClient, user: str, said: str) -> None:
    """Confirm it in a direct message too; the report counts whether Slack takes that or not."""
    try:
        client.chat_postMessage(channel=user, **render_words(said))
    except (SlackClientError, OSError):
        logger.warning("no confirmation sent to %s", user, exc_info=True)


class _Desk:
    """Where reports are handed in."""

    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        self.library = answering.asker.library
        self.drafts = Drafts(self.library)

    def asked(self, asked: Asked, rest: str, client: WebClient) -> Json | None:
        """`/report submit [TEAM]`: open the form; without a trigger, offer the button that does."""
        own = self._own(asked.user)
        if not own or (rest and not self.answering.roster().may_submit(asked.user, rest)):
            return render_words(self._refusal(rest, asked.lang))
        team = rest or (own[0] if len(own) == 1 else "")
        if not asked.trigger:
            teams = sayer(asked.lang)("submit.which", teams="、".join(own))
            return build_opener(team, asked.lang) if team else render_words(teams)
        return self.open(asked.user, team, asked.trigger, asked.lang, client)

    def _own(self, user: str) -> list[str]:
        """The teams that somebody may submit for."""
        roster = self.answering.roster()
        return [team.name for team in (roster.teams if roster.is_admin(user) else roster.led_by(user))]

    def open(
        self, user: str, team: str, trigger: str, lang: str, client: WebClient, draft: Draft | None = None,
        week: date | None = None,
    ) -> Json | None:  # fmt: skip
        """Open the form of a team, with what is drafted in it, for that week (its Monday) or this one; without a team
        ask for which. None, or what to say where it can't be opened."""
        if not team:
            number = str(draft.number) if draft else ""
            client.views_open(trigger_id=trigger, view=build_choice(self._own(user), number, lang))
            return None
        if not self.answering.roster().may_submit(user, team):
            return render_words(self._refusal(team, lang))
        form = self._form(user, team, lang, draft, week)
        if form is None:
            return render_words(sayer(lang)("submit.too_long"))
        client.views_open(trigger_id=trigger, view=form)
        return None

    def _form(self, user: str, team: str, lang: str, draft: Draft | None, week: date | None = None) -> Json | None:
        """The form of a team with what it is filled with; None where that is more than a form holds."""
        day = _due(week or self.answering.today())
        fields = split(draft.text) if draft else self._fields(user, team, day, lang)
        return build_form(team, day, fields, lang) if fits(fields) else None

    def save(self, body: Json, client: WebClient) -> Json | None:
        """The shortcut of a message: open the form with the message in it, kept first; else what to say."""
        user, text = body["user"]["id"], question_of(body["message"].get("text") or "")
        lang, own = self.answering.lang(user), self._own(user)
        if not own:
            return render_words(self._refusal("", lang))
        if not text:
            return render_words(sayer(lang)("submit.no_text"))
        team, now = own[0] if len(own) == 1 else "", self.answering.now()
        number = self.drafts.keep(body["message"]["ts"], user, team, _due(self.answering.today()), text, now)
        return self.open(user, team, body["trigger_id"], lang, client, self.drafts.get(number))

    def chosen(self, view: Json, user: str) -> Json:
        """What to answer to the choice of a team: its form."""
        lang, number = self.answering.lang(user), view["private_metadata"]
        team, draft = sent_choice(view), self.drafts.get(int(number)) if number else None
        if not self.answering.roster().may_submit(user, team) or (draft and draft.user != user):
            return _errors(TEAM_BLOCK, self._refusal(team, lang))
        form = self._form(user, team, lang, draft)
        if form is None:
            return _errors(TEAM_BLOCK, sayer(lang)("submit.too_long"))
        return {"response_action": "update", "view": form}

    def _fields(self, user: str, team: str, day: date, lang: str) -> tuple[Field, ...]:
        """What the form is filled with: the report as it was sent for this week, to be corrected, else last week's
        structure."""
        before = reports_before(self.library, Viewer(user), team, day)
        sent = next((one for one in before.others if one.source.startswith(f"{SOURCE}/")), None)
        if sent is None:
            return template(before, lang)
        return split("\n".join(self.library.lines(Viewer(user), sent)[2:]))  # without the title and the line below it

    def sent(self, view: Json, user: str) -> Json:
        """What to answer to a form that was sent: what is wrong, on its field, or the preview."""
        team, form = view["private_metadata"], sent_form(view)
        say = sayer(self.answering.lang(user))
        if not self.answering.roster().may_submit(user, team):
            return _errors(DAY_BLOCK, self._refusal(team, self.answering.lang(user)))
        if form.day is None or form.day > self.answering.today() + AHEAD:
            return _errors(DAY_BLOCK, say("submit.bad_day"))
        before = reports_before(self.library, Viewer(user), team, form.day)
        text = written(title(before, team, form.day, self.answering.lang(user)), form.fields)
        number = self.drafts.keep(view["id"], user, team, form.day, text, self.answering.now())
        draft = Draft(number, user, team, form.day, text, submitted=False)
        found = self._check(draft)
        if not found.understood:
            return _errors(first_field(view), say("submit.nothing"))
        return {"response_action": "push", "view": build_preview(draft, found, self.answering.lang(user))}

    def agreed(self, number: int, user: str) -> tuple[Json, str]:
        """Let a draft count: the last modal, and the words of the confirmation."""
        draft, lang = self.drafts.get(number), self.answering.lang(user)
        if draft is None or not self.answering.roster().may_submit(user, draft.team):
            refused = self._refusal(draft.team if draft else "", lang)
            return build_said(refused, lang), refused
        found = self._check(draft)
        said = confirmation(draft, self.drafts.submit(draft, self.answering.now()), found, lang)
        return build_said(said, lang), said

    def _check(self, draft: Draft) -> Findings:
        before = reports_before(self.library, Viewer(draft.user), draft.team, draft.day)
        return check(Document.of_markdown(draft.text), "", draft.day, self.answering.today(), before)

    def _refusal(self, team: str, lang: str) -> str:
        """Who may submit for a team, or which teams are known."""
        roster, say = self.answering.roster(), sayer(lang)
        known = roster.named(team)
        if known and known.leads:
            return say("submit.not_lead", team=team, leads=", ".join(known.leads))
        return say("submit.no_team", teams="、".join(one.name for one in roster.teams) or "–")


def _errors(block: str, text: str) -> Json:
    return {"response_action": "errors", "errors": {block: text}}


def _target(value: str) -> tuple[str, date | None]:
    """The team that a button writes for, and the week's Monday where it says which."""
    return unpacked(value) if value.startswith('["') else (value, None)


def _due(today: date) -> date:
    """The Friday of this week."""
    return today + timedelta(days=4 - today.weekday())
