"""A report that was handed in: the sentence that says so, and the buttons that show, correct and withdraw it."""

from __future__ import annotations

from bot.catalogue import Say, sayer
from bot.originals import Cited, Sources, packed
from bot.render.slack import render_words
from bot.render.slack_parts import Json, button, plain_text
from bot.slack.ids import CORRECT_ACTION, RESTORE_ACTION, SOURCE_ACTION, WITHDRAW_ACTION
from bot.submission.afterwards import Afterwards, Came
from bot.submission.notes import report_name
from store.database.history import KeptReport


def render_handed_in(text: str, kept: KeptReport | None, lang: str) -> Json:
    """The message: what is said, with the buttons for the report as it is now."""
    message = render_words(text)
    if kept is None:
        return message
    say, value = sayer(lang), packed_report(kept)
    if kept.withdrawn_at is not None:
        pressed = [{**button(RESTORE_ACTION, say("handed.restore"), value), "style": "primary"}]
    else:
        correct = button(CORRECT_ACTION, say("handed.correct"), value)
        pressed = [_seeing(kept, say, lang), correct, _withdrawing(kept, say)]
    return {**message, "blocks": [*message["blocks"], {"type": "actions", "elements": pressed}]}


def render_afterwards(done: Afterwards, lang: str) -> Json:
    """The message that says what came of it; not for who wasn't allowed to."""
    say, kept = sayer(lang), done.kept
    if kept is None:
        return render_words(say("handed.gone"))
    day = kept.withdrawn_at.date().isoformat() if kept.withdrawn_at else ""
    text = say(f"handed.{done.came}", team=kept.ref.team, report=report_name(kept.ref), revision=kept.revision, day=day)
    return render_handed_in(text, None if done.came is Came.UNREADABLE else kept, lang)


def packed_report(kept: KeptReport) -> str:
    """A report at its revision as a button's value."""
    return f"{kept.ref.id} {kept.revision}"


def unpacked_report(value: str) -> tuple[int, int]:
    """The report's id and its revision; ValueError for anything else."""
    report_id, revision = map(int, value.split())
    return report_id, revision


def _seeing(kept: KeptReport, say: Say, lang: str) -> Json:
    """The button that opens all of the report in the modal of sources."""
    return button(SOURCE_ACTION, say("handed.see"), packed(Sources(lang, (Cited(kept.ref.id, kept.revision, ()),))))


def _withdrawing(kept: KeptReport, say: Say) -> Json:
    asked = {
        "title": plain_text(say("handed.sure")),
        "text": plain_text(say("handed.sure_text", team=kept.ref.team, report=report_name(kept.ref))[:300]),
        "confirm": plain_text(say("handed.withdraw")), "deny": plain_text(say("handed.keep")), "style": "danger",
    }  # fmt: skip
    return {**button(WITHDRAW_ACTION, say("handed.withdraw"), packed_report(kept)), "style": "danger", "confirm": asked}
