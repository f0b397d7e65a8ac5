"""Files that were sent, as messages: what was understood of a report before it counts, whose it is, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.model import shortened
from bot.catalogue import sayer, sentences
from bot.render.parts import source_name
from bot.render.slack import render_words
from bot.render.slack_parts import Json, button, plain_text
from bot.render.slack_submit import note_text, packed_draft, team_options, understood
from bot.slack.ids import DISCARD_ACTION, DRAFT_BLOCK, EDIT_ACTION, SUBMIT_ACTION, TEAM_ACTION
from bot.submission.check import Findings
from store.database.drafts import Draft

MOST_NOTES = 12  # of a message; the form shows them all
LONGEST_NAME = 200
SECTION = 3000


def render_file(draft: Draft, found: Findings, lang: str, above: str = "") -> Json:
    """What was understood of a draft and what looks off, below a line `above` it, with buttons that let it count, open
    it in the form, or leave it. What tells nothing can't count as it is."""
    say, value = sayer(lang), packed_draft(draft, found.week)
    submit = {**button(SUBMIT_ACTION, say("submit.submit"), value), "style": "primary"}
    edit, discard = button(EDIT_ACTION, say("files.edit"), value), button(DISCARD_ACTION, say("files.discard"), value)
    told = [understood(draft, found, lang), "", *_notes(found, lang)] if found.understood else [say("submit.nothing")]
    head = [shortened(above, LONGEST_NAME)] if above else []
    message = render_words(shortened("\n".join([*head, *told]), SECTION))
    pressed = [submit, edit, discard] if found.understood else [edit, discard]
    return {**message, "blocks": [*message["blocks"], {"type": "actions", "elements": pressed}]}


def _notes(found: Findings, lang: str) -> list[str]:
    say, count = sayer(lang), len(found.notes)
    if not count:
        return [say("submit.looks_fine")]
    more = [say("answer.more", count=count - MOST_NOTES)] if count > MOST_NOTES else []
    notes = [note_text(note, lang) for note in found.notes[:MOST_NOTES]]
    return [say("submit.looks_off", count=count), *notes, *more]


def render_whose(number: int, name: str, teams: Sequence[str], lang: str) -> Json:
    """The question for which team, where the sender may submit for several; `number` is the draft's."""
    say = sayer(lang)
    select = {"type": "static_select", "action_id": TEAM_ACTION, "options": team_options(teams),
              "placeholder": plain_text(say("submit.team"))}  # fmt: skip
    message = render_words(f"{shortened(name, LONGEST_NAME)}\n{say('submit.team')}")
    asking = {"type": "actions", "block_id": f"{DRAFT_BLOCK}{number}", "elements": [select]}
    return {**message, "blocks": [*message["blocks"], asking]}


def file_fault(name: str, reason: str, lang: str) -> str:
    """Why a file can't be taken: `reason` as in `[files]`, or as in `[error]`, whose sentences tell of reading."""
    say = sayer(lang)
    known = f"files.{reason}" in sentences(lang)
    why = say(f"files.{reason}" if known else f"error.{reason}")
    return say("files.fault", name=shortened(source_name(name), LONGEST_NAME), why=why)
