"""Submitting a report: `/report submit`, the form, what was understood of it, and letting it count.

A form that was sent is kept as a draft before anything is done with it. Closing the preview goes back to the form.
"""

from __future__ import annotations

import logging
from datetime import date
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
from bot.submission.desk import Desk
from bot.submission.forms import Form, form_of_text
from store.database.drafts import Draft

logger = logging.getLogger(__name__)

Json = dict[str, Any]


def register(app: App, answering: Answering) -> None:
    """Listen for the verb, the button and both modals."""
    desk = _Counter(answering)
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


class _Counter:
    """What Slack shows of the desk where reports are handed in."""

    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        self.desk = Desk(answering.asker.library, answering.roster, answering.today, answering.now)

    def asked(self, asked: Asked, rest: str, client: WebClient) -> Json | None:
        """`/report submit [TEAM]`: open the form; without a trigger, offer the button that does."""
        own = self.desk.teams(asked.user)
        if not own or (rest and not self.desk.may(asked.user, rest)):
            return render_words(self._refusal(rest, asked.lang))
        team = rest or (own[0] if len(own) == 1 else "")
        if not asked.trigger:
            teams = sayer(asked.lang)("submit.which", teams="、".join(own))
            return build_opener(team, asked.lang) if team else render_words(teams)
        return self.open(asked.user, team, asked.trigger, asked.lang, client)

    def open(
        self, user: str, team: str, trigger: str, lang: str, client: WebClient, draft: Draft | None = None,
        week: date | None = None,
    ) -> Json | None:  # fmt: skip
        """Open the form of a team, with what is drafted in it, for that week (its Monday) or this one; without a team
        ask for which. None, or what to say where it can't be opened."""
        if not team:
            number = str(draft.number) if draft else ""
            client.views_open(trigger_id=trigger, view=build_choice(self.desk.teams(user), number, lang))
            return None
        if not self.desk.may(user, team):
            return render_words(self._refusal(team, lang))
        form = self._form(user, team, lang, draft, week)
        if form is None:
            return render_words(sayer(lang)("submit.too_long"))
        client.views_open(trigger_id=trigger, view=form)
        return None

    def _form(self, user: str, team: str, lang: str, draft: Draft | None, week: date | None = None) -> Json | None:
        """The form of a team with what it is filled with; None where that is more than a form holds."""
        form = form_of_text(team, draft.text, draft.day) if draft else self.desk.form(user, team, lang, week)
        return self._view(user, form, lang) if fits(form.fields) else None

    def _view(self, user: str, form: Form, lang: str) -> Json:
        return build_form(form, self.desk.open(user, form), lang)

    def save(self, body: Json, client: WebClient) -> Json | None:
        """The shortcut of a message: open the form with the message in it, kept first; else what to say."""
        user, text = body["user"]["id"], question_of(body["message"].get("text") or "")
        lang, own = self.answering.lang(user), self.desk.teams(user)
        if not own:
            return render_words(self._refusal("", lang))
        if not text:
            return render_words(sayer(lang)("submit.no_text"))
        team = own[0] if len(own) == 1 else ""
        draft = self.desk.keep(body["message"]["ts"], user, team, self.desk.due, text)
        return self.open(user, team, body["trigger_id"], lang, client, draft)

    def chosen(self, view: Json, user: str) -> Json:
        """What to answer to the choice of a team: its form."""
        lang, number = self.answering.lang(user), view["private_metadata"]
        team, draft = sent_choice(view), self.desk.drafts.get(int(number)) if number else None
        if not self.desk.may(user, team) or (draft and draft.user != user):
            return _errors(TEAM_BLOCK, self._refusal(team, lang))
        form = self._form(user, team, lang, draft)
        if form is None:
            return _errors(TEAM_BLOCK, sayer(lang)("submit.too_long"))
        return {"response_action": "update", "view": form}

    def sent(self, view: Json, user: str) -> Json:
        """What to answer to a form that was sent: what is wrong, on its field, or the preview."""
        sent, lang = sent_form(view), self.answering.lang(user)
        form, say = self.desk.opened(sent.form), sayer(lang)
        if form is None:
            return _errors(DAY_BLOCK, say("submit.forgotten"))
        if not self.desk.may(user, form.team):
            return _errors(DAY_BLOCK, self._refusal(form.team, lang))
        if sent.day is None or not self.desk.in_time(sent.day):
            return _errors(DAY_BLOCK, say("submit.bad_day"))
        draft = self.desk.write(view["id"], user, form, sent.day, sent.texts, lang)
        found = self.desk.check(draft)
        if not found.understood:
            return _errors(first_field(view), say("submit.nothing"))
        return {"response_action": "push", "view": build_preview(draft, found, lang)}

    def agreed(self, number: int, user: str) -> tuple[Json, str]:
        """Let a draft count: the last modal, and the words of the confirmation."""
        draft, lang = self.desk.drafts.get(number), self.answering.lang(user)
        if draft is None or not self.desk.may(user, draft.team):
            refused = self._refusal(draft.team if draft else "", lang)
            return build_said(refused, lang), refused
        found = self.desk.check(draft)
        said = confirmation(draft, self.desk.submit(draft), found, lang)
        return build_said(said, lang), said

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
