"""Drafts that came as files: whose they are, what was understood of them, and what their buttons do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.catalogue import sayer
from bot.render.slack import render_words
from bot.render.slack_files import render_file, render_whose
from bot.render.slack_handed_in import render_handed_in
from bot.render.slack_submit import confirmation, unpacked_draft
from bot.slack.answering import Answering
from bot.slack.counter import Counter, Said
from bot.submission.notes import report_name
from bot.submission.sent_files import SentReport, team_meant
from store.database.drafts import Draft

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a file, with which words beside it, where: in a channel of the teams `here`. `quiet` where any file may
    be shared, so that only what reads like a report is spoken of."""

    user: str
    beside: str = ""
    here: tuple[str, ...] = ()
    quiet: bool = False


class SentDrafts:
    """The desk, for what came as files."""

    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        self.counter = Counter(answering)
        self.desk = self.counter.desk

    def keep(self, report: SentReport, file: str, sent: Sender) -> Json | None:
        """Keep a report of a file: what to say; None for what isn't to be spoken of, which isn't kept either."""
        user, known = sent.user, [team.name for team in self.answering.roster().teams]
        team = team_meant(report.team, sent.beside, self.desk.teams(user), sent.here, known)
        lang, day = self.answering.lang(user), report.day or self.desk.due
        if sent.quiet and not self.desk.check(Draft(0, user, team, day, report.text, submitted=False)).understood:
            return None
        draft = self.desk.keep(f"{file}/{report.name}", user, team, day, report.text)
        if not team:
            return render_whose(draft.number, report.name, self.desk.teams(user), lang)
        if not self.desk.may(user, team):
            return render_words(self.counter.refusal(team, lang))
        return render_file(draft, self.desk.check(draft), lang, report.name)

    def choose(self, number: int, team: str, user: str) -> Said:
        """Whose report it is was chosen: what was understood of it then."""
        draft, lang = self.desk.drafts.get(number), self.answering.lang(user)
        if draft is None or draft.user != user:
            return Said(render_words(sayer(lang)("files.unknown")))
        if not self.desk.may(user, team):
            return Said(render_words(self.counter.refusal(team, lang)))
        return self._shown(self.desk.keep(f"draft {number}", user, team, draft.day, draft.text), lang)

    def submit(self, value: str, user: str) -> Said:
        """Let a draft count: the confirmation, which stands in the place of what was understood."""
        number, seen = unpacked_draft(value)
        draft = self._draft(number, user)
        if isinstance(draft, Said):
            return draft
        found, lang = self.desk.check(draft), self.answering.lang(user)
        if self.desk.is_stale(draft, found.week, seen):
            return self._shown(draft, lang, sayer(lang)("files.since"))
        done = self.desk.submit(draft)
        return Said(render_handed_in(confirmation(draft, done, found, lang), done.report, lang), instead=True)

    def edit(self, value: str, body: Json, client: WebClient) -> Said | None:
        """Open the form with the draft in it; None, or what to say where it can't be opened."""
        user = body["user"]["id"]
        draft = self._draft(unpacked_draft(value)[0], user)
        if isinstance(draft, Said):
            return draft
        said = self.counter.open(user, draft.team, body["trigger_id"], self.answering.lang(user), client, draft)
        return Said(said) if said else None

    def discard(self, value: str, user: str) -> Said:
        """Leave a draft; where it counts already, that is said."""
        draft, lang = self._draft(unpacked_draft(value)[0], user), self.answering.lang(user)
        if isinstance(draft, Said):
            return draft
        kept = self.desk.drafts.report_of(draft) if draft.submitted else None
        if kept is None:
            return Said(render_words(sayer(lang)("files.discarded", team=draft.team, day=draft.day)), instead=True)
        text = sayer(lang)("files.already", team=draft.team, report=report_name(kept.ref), revision=kept.revision)
        return Said(render_handed_in(text, kept, lang), instead=True)

    def _draft(self, number: int, user: str) -> Draft | Said:
        """The draft, for who may submit it still; else what to say."""
        draft, lang = self.desk.drafts.get(number), self.answering.lang(user)
        if draft is None:
            return Said(render_words(sayer(lang)("files.unknown")))
        return draft if self.desk.may(user, draft.team) else Said(render_words(self.counter.refusal(draft.team, lang)))

    def _shown(self, draft: Draft, lang: str, since: str = "") -> Said:
        return Said(render_file(draft, self.desk.check(draft), lang, since), instead=True)
