"""The modals of submitting: the form, what was understood of it, and that it counts. Report text is plain text only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.answers.model import shortened
from bot.catalogue import Say, sayer
from bot.render.parts import source_name
from bot.render.slack import render_words
from bot.render.slack_parts import plain_text
from bot.slack.ids import (
    DAY_BLOCK,
    FIELD_ACTION,
    FIELD_BLOCK,
    SUBMIT_DONE,
    SUBMIT_FORM,
    SUBMIT_PREVIEW,
    SUBMIT_TEAM,
    TEAM_BLOCK,
    WRITE_NOW,
)
from bot.submission.check import Findings
from bot.submission.fields import LONGEST, Field
from bot.submission.forms import Form
from bot.submission.notes import Note, report_name
from store.database.drafts import Draft
from store.drafts import Submitted, Week

MOST_FIELDS = 90  # of 100 blocks
MOST_FILLED = 30_000  # characters in all fields; Slack's 250 kB hold some 40,000 Chinese ones as JSON
MOST_NOTES = 40
LABEL = 100
OPTION, OPTION_VALUE, OPTIONS = 75, 150, 100  # characters of one and of its value, and how many a select takes

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """What came back of a form: the number that it is kept under, the report's date, and the texts of its fields."""

    form: int
    day: date | None
    texts: tuple[str, ...]


def fits(fields: Sequence[Field]) -> bool:
    """Whether a form can hold these fields."""
    return len(fields) <= MOST_FIELDS and sum(len(field.text) for field in fields) <= MOST_FILLED


def build_form(form: Form, number: int, lang: str) -> Json:
    """The form, a field for each section; `number` is what it is kept under."""
    say = sayer(lang)
    intro = [_words(say("submit.intro", team=form.team))]
    picker = {"type": "datepicker", "action_id": DAY_BLOCK, "initial_date": form.day.isoformat()}
    dated = {"type": "input", "block_id": DAY_BLOCK, "label": plain_text(say("submit.day")), "element": picker}
    blocks = [*intro, dated, *_inputs(form.fields, lang)]
    return {
        **_modal(SUBMIT_FORM, say("submit.title"), say("submit.close"), blocks, str(number)),
        "submit": plain_text(say("submit.check")),
    }


def build_choice(teams: Sequence[str], draft: str, lang: str) -> Json:
    """The question for which team, where somebody may submit for several; `draft` is the number of what is drafted."""
    say = sayer(lang)
    select = {"type": "static_select", "action_id": FIELD_ACTION, "options": team_options(teams)}
    asked = {"type": "input", "block_id": TEAM_BLOCK, "label": plain_text(say("submit.team")), "element": select}
    return {**_modal(SUBMIT_TEAM, say("submit.title"), say("submit.close"), [asked], draft),
            "submit": plain_text(say("submit.next"))}  # fmt: skip


def team_options(teams: Sequence[str]) -> list[Json]:
    """The teams as options of a select."""
    able = [team for team in teams if len(team) <= OPTION_VALUE]
    return [{"text": plain_text(shortened(team, OPTION)), "value": team} for team in able[:OPTIONS]]


def sent_choice(view: Json) -> str:
    """The team that was chosen."""
    return str(view["state"]["values"][TEAM_BLOCK][FIELD_ACTION]["selected_option"]["value"])


def _inputs(fields: Sequence[Field], lang: str) -> list[Json]:
    made: list[Json] = []
    title = ""
    for at, field in enumerate(fields):
        title = field.title if field.glue is None else title
        more = "" if field.glue is None else " …"
        element: Json = {
            "type": "plain_text_input",
            "action_id": FIELD_ACTION,
            "multiline": True,
            "max_length": LONGEST,
        }
        if field.text.strip():
            element["initial_value"] = field.text
        label = shortened(title or sayer(lang)("submit.above"), LABEL) + more
        made.append({"type": "input", "block_id": f"{FIELD_BLOCK}{at}", "optional": True, "label": plain_text(label),
                     "element": element})  # fmt: skip
    return made


def sent_form(view: Json) -> Sent:
    """What the form of a submission holds; KeyError for a form that isn't ours."""
    values = view["state"]["values"]
    written = [block for block in values if block.startswith(FIELD_BLOCK)]
    ordered = sorted(written, key=lambda block: int(block.removeprefix(FIELD_BLOCK)))
    texts = tuple(values[block][FIELD_ACTION].get("value") or "" for block in ordered)
    day = values[DAY_BLOCK][DAY_BLOCK].get("selected_date")
    return Sent(int(view["private_metadata"]), date.fromisoformat(day) if day else None, texts)


def first_field(view: Json) -> str:
    """The block of the first field, where a fault of the whole is told."""
    return next(str(b["block_id"]) for b in view["blocks"] if str(b["block_id"]).startswith(FIELD_BLOCK))


def build_preview(draft: Draft, found: Findings, lang: str, since: str = "") -> Json:
    """What was understood of a draft and what looks off; its button lets it count, closing it goes back to the form.
    `since` says what has changed since it was shown before."""
    say = sayer(lang)
    notes = [_words(note_text(note, lang)) for note in found.notes[:MOST_NOTES]]
    if len(found.notes) > MOST_NOTES:
        notes.append(_words(say("answer.more", count=len(found.notes) - MOST_NOTES)))
    look = say("submit.looks_off", count=len(found.notes)) if notes else say("submit.looks_fine")
    first = [_words(since)] if since else []
    blocks = [*first, _words(understood(draft, found, lang)), {"type": "divider"}, _words(look), *notes]
    seen = packed_draft(draft, found.week)
    return {
        **_modal(SUBMIT_PREVIEW, say("submit.preview"), say("submit.back"), blocks, seen),
        "submit": plain_text(say("submit.submit")),
    }


def understood(draft: Draft, found: Findings, lang: str) -> str:
    """What a draft is understood to say, and which report's place it will take."""
    say = sayer(lang)
    counts = {str(count): number for count, number in found.counts.items()}
    return f"{say('submit.understood', team=draft.team, day=draft.day, **counts)}{_taken(found, say)}"


def packed_draft(draft: Draft, week: Week) -> str:
    """A draft, and what was there of its week when it was shown, as a button's value."""
    return " ".join(map(str, (draft.number, *week.mark)))


def unpacked_draft(value: str) -> tuple[int, tuple[int, int]]:
    """The draft's number, and the id and the revision of the report whose place it was to take (0 for none)."""
    number, report_id, revision = map(int, value.split())
    return number, (report_id, revision)


def _taken(found: Findings, say: Say) -> str:
    """Which report of the week a draft takes the place of."""
    taken = found.week.taken
    if taken is None:
        return ""
    key = "returns" if taken.withdrawn_at else "replaces" if found.week.from_file else "corrects"
    source = shortened(source_name(taken.ref.source), 200)
    told = say(f"submit.{key}", report=report_name(taken.ref), source=source, revision=taken.revision)
    return f"\n{told}"


def note_text(note: Note, lang: str) -> str:
    """A note as a sentence, with its line."""
    say = sayer(lang)
    values = {"about": shortened(note.about, 200), "was": note.was, "now": note.now, "count": note.count}
    said = say(f"looks.{note.code}", **values)
    return f"• {said}" + (f" ({say('answer.line', line=note.line)})" if note.line else "")


def build_said(text: str, lang: str) -> Json:
    """The last of the modals, with a sentence: what counts now, or why nothing does. Closing it closes all."""
    say = sayer(lang)
    shown = _modal(SUBMIT_DONE, say("submit.title"), say("submit.close"), [_words(text)], "")
    return {**shown, "clear_on_close": True}


def build_told(text: str, lang: str) -> Json:
    """A modal with a sentence, above another one to which closing it goes back."""
    say = sayer(lang)
    return _modal(SUBMIT_DONE, say("submit.title"), say("submit.back"), [_words(text)], "")


def build_reading(lang: str) -> Json:
    """The modal that is shown while a report is read."""
    say = sayer(lang)
    return _modal(SUBMIT_DONE, say("submit.title"), say("submit.close"), [_words(say("submit.reading"))], "")


def confirmation(draft: Draft, done: Submitted, found: Findings, lang: str) -> str:
    """Which team's report of which week counts now, with its counts and its revision."""
    say = sayer(lang)
    counts = {str(count): number for count, number in found.counts.items()}
    label = found.report.label if found.report and found.report.label else ""
    told = say(f"submit.{done.status}", team=draft.team, label=label, day=draft.day, revision=done.revision, **counts)
    source = shortened(source_name(done.replaced), 200)
    return f"{told}\n{say('submit.replaced', source=source)}" if done.replaced else told


def build_opener(team: str, lang: str) -> Json:
    """A message with the button that opens the form of a team."""
    say = sayer(lang)
    button = {"type": "button", "action_id": WRITE_NOW, "text": plain_text(say("submit.write")), "value": team}
    message = render_words(say("submit.opener", team=team))
    return {**message, "blocks": [*message["blocks"], {"type": "actions", "elements": [button]}]}


def _modal(callback: str, title: str, close: str, blocks: Sequence[Json], meta: str) -> Json:
    return {
        "type": "modal", "callback_id": callback, "title": plain_text(title), "close": plain_text(close),
        "blocks": list(blocks), "private_metadata": meta,
    }  # fmt: skip


def _words(text: str) -> Json:
    return {"type": "section", "text": plain_text(text)}
