"""Where people hand in reports in Slack: what `Desk` knows, as forms, previews and sentences."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.catalogue import sayer
from bot.render.slack import render_words
from bot.render.slack_files import render_file
from bot.render.slack_handed_in import render_afterwards, render_handed_in
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
    unpacked_draft,
)
from bot.slack.answering import Answering
from bot.slack.ids import DAY_BLOCK, TEAM_BLOCK
from bot.slack.text import question_of
from bot.slack.verbs import Asked
from bot.submission.afterwards import Afterwards, Came, report_now
from bot.submission.desk import Desk
from bot.submission.forms import Form, form_of_text
from store.database.drafts import Draft

logger = logging.getLogger(__name__)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A message to whoever pressed, and whether it stands in the place of the one that was pressed."""

    message: Json
    instead: bool = False


class Counter:
    """What Slack shows of the desk where reports are handed in."""

    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        self.desk = Desk(answering.asker.library, answering.roster, answering.today, answering.now)

    def asked(self, asked: Asked, rest: str, client: WebClient) -> Json | None:
        """`/report submit [TEAM]`: open the form; without a trigger, offer the button that does."""
        own = self.desk.teams(asked.user)
        if not own or (rest and not self.desk.may(asked.user, rest)):
            return render_words(self.refusal(rest, asked.lang))
        team = rest or (own[0] if len(own) == 1 else "")
        if not asked.trigger:
            teams = sayer(asked.lang)("submit.which", teams="、".join(own), command=self.answering.commands.report)
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
            return _opened(client, trigger, build_choice(self.desk.teams(user), number, lang), lang)
        if not self.desk.may(user, team):
            return render_words(self.refusal(team, lang))
        form = self._form(user, team, lang, draft, week)
        if form is None:
            return render_words(sayer(lang)("submit.too_long"))
        return _opened(client, trigger, form, lang)

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
            return render_words(self.refusal("", lang))
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
            return errors(TEAM_BLOCK, self.refusal(team, lang))
        form = self._form(user, team, lang, draft)
        if form is None:
            return errors(TEAM_BLOCK, sayer(lang)("submit.too_long"))
        return {"response_action": "update", "view": form}

    def sent(self, view: Json, user: str) -> tuple[Json, Json]:
        """What to answer to a form that was sent: what is wrong, on its field, or the preview; and the same as a
        message, for where the form was closed meanwhile."""
        sent, lang = sent_form(view), self.answering.lang(user)
        form, say = self.desk.opened(sent.form), sayer(lang)
        if form is None:
            return _on_day(say("submit.forgotten"))
        if not self.desk.may(user, form.team):
            return _on_day(self.refusal(form.team, lang))
        if sent.day is None or not self.desk.in_time(sent.day):
            return _on_day(say("submit.bad_day"))
        draft = self.desk.write(view["id"], user, form, sent.day, sent.texts, lang)
        found = self.desk.check_form(form, draft)
        message = render_file(draft, found, lang)
        if not found.understood:
            return errors(first_field(view), say("submit.nothing")), message
        return {"response_action": "push", "view": build_preview(draft, found, lang)}, message

    def agreed(self, value: str, user: str) -> tuple[Json, Json | None]:
        """Let a draft count: the next modal, and the message of the confirmation, None where it doesn't count yet."""
        number, seen = unpacked_draft(value)
        draft, lang = self.desk.drafts.get(number), self.answering.lang(user)
        if draft is None or not self.desk.may(user, draft.team):
            refused = self.refusal(draft.team if draft else "", lang)
            return build_said(refused, lang), render_words(refused)
        found = self.desk.check(draft)
        if self.desk.is_stale(draft, found.week, seen):
            return build_preview(draft, found, lang, sayer(lang)("files.since")), None
        done = self.desk.submit(draft)
        said = confirmation(draft, done, found, lang)
        return build_said(said, lang), render_handed_in(said, done.report, lang)

    def correct(self, user: str, report_id: int, trigger: str, client: WebClient) -> Said | None:
        """Open the form with the text that stands; None, or what to say where it can't be opened."""
        kept, lang = report_now(self.desk, user, report_id), self.answering.lang(user)
        if kept is None or not self.desk.may(user, kept.ref.team or ""):
            return self.afterwards(Afterwards(Came.NOT_ALLOWED if kept else Came.GONE, kept), user)
        if kept.withdrawn_at is not None:
            return self.afterwards(Afterwards(Came.ALREADY, kept), user)
        form = self.desk.correction(kept)
        if not fits(form.fields):
            return Said(render_words(sayer(lang)("submit.too_long")))
        late = _opened(client, trigger, self._view(user, form, lang), lang)
        return Said(late) if late else None

    def afterwards(self, done: Afterwards, user: str) -> Said:
        """What to say of a report that was to be changed; who mayn't is told so beside the message, which stays."""
        lang = self.answering.lang(user)
        if done.came is Came.NOT_ALLOWED and done.kept:
            return Said(render_words(self.refusal(done.kept.ref.team or "", lang)))
        return Said(render_afterwards(done, lang), instead=True)

    def refusal(self, team: str, lang: str) -> str:
        """Who may submit for a team, or which teams are known."""
        roster, say = self.answering.roster(), sayer(lang)
        known = roster.named(team)
        if known and known.leads:
            return say("submit.not_lead", team=team, leads=", ".join(known.leads))
        return say("submit.no_team", teams="、".join(one.name for one in roster.teams) or "–")


def errors(block: str, text: str) -> Json:
    """What to answer to a modal where a field is wrong."""
    return {"response_action": "errors", "errors": {block: text}}


def _on_day(text: str) -> tuple[Json, Json]:
    return errors(DAY_BLOCK, text), render_words(text)


def _opened(client: WebClient, trigger: str, view: Json, lang: str) -> Json | None:
    """Open a modal; what to say where Slack doesn't, since a trigger lasts three seconds."""
    try:
        client.views_open(trigger_id=trigger, view=view)
    except (SlackClientError, OSError) as error:
        logger.warning("no form opened: %s", error)
        return render_words(sayer(lang)("submit.late"))
    return None
