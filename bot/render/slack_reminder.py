"""Reminders as Slack messages: what is missing until when, what to write of, and the buttons that end it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from bot.answers.model import Span, Style, plain, shortened, words_of
from bot.answers.weeks import Week
from bot.catalogue import Say, sayer
from bot.reminders.content import Part
from bot.reminders.due import Stage
from bot.render.slack import render_mention, render_words
from bot.render.slack_parts import Json, bullets, button, cut, element, escape, plain_text
from bot.slack.ids import (
    EXCUSE_ACTION,
    EXCUSE_BLOCK,
    EXCUSE_END,
    EXCUSE_FORM,
    SNOOZE_ACTION,
    WRITE_NOW,
)
from store.reminders import Excuse

HEADER_LENGTH = 150
TEXT_LENGTH = 3000
NAME_LENGTH = 60
LINE_LENGTH = 120
TABLE_LENGTH = 6000
REASON_LENGTH = 300
SNOOZES = {"30m": "snooze_30m", "2h": "snooze_2h", "morning": "snooze_morning"}


def packed(team: str, week: date) -> str:
    """A team's week as a button carries it."""
    return json.dumps([team, week.isoformat()], ensure_ascii=False)


def unpacked(value: str) -> tuple[str, date]:
    """The team and the week of a button."""
    team, week = json.loads(value)
    return team, date.fromisoformat(week)


def render_reminder(stage: Stage, deadline: datetime, found: Sequence[Part], lang: str) -> Json:
    """The direct message of one stage; `deadline` is when the report is due, on the team's clock."""
    say = sayer(lang)
    head = _head(say, stage, deadline)
    why = [say(f"reminder.{stage.reason}")] if stage.reason in ("all_away", "no_leads") else []
    blocks: list[Json] = [{"type": "header", "text": plain_text(shortened(head, HEADER_LENGTH))}]
    blocks += [{"type": "context", "elements": [plain_text(text)]} for text in why]
    blocks += [_list(say(f"reminder.{part.name}"), part, say) for part in found]
    blocks.append({"type": "actions", "elements": _buttons(stage, say)})
    lines = [head, *why]
    for part in found:
        lines += [say(f"reminder.{part.name}"), *(f"• {words_of(line)}" for line in part.lines)]
    return {"text": escape(shortened("\n".join(lines), TEXT_LENGTH)), "blocks": blocks}


def _head(say: Say, stage: Stage, deadline: datetime) -> str:
    first, last = _days(Week(stage.week))
    return say(
        f"reminder.{stage.stage}", team=shortened(stage.team, NAME_LENGTH), first=first, last=last,
        day=f"{deadline:%m-%d}", time=f"{deadline:%H:%M}",
    )  # fmt: skip


def _days(week: Week) -> tuple[str, str]:
    return f"{week.monday:%m-%d}", f"{week.friday:%m-%d}"


def _list(head: str, part: Part, say: Say) -> Json:
    more = [plain(say("home.more", count=part.more), Style.DIM)] if part.more else []
    lines = (cut(line, LINE_LENGTH) if len(line) > 1 else line for line in (*part.lines, *more))
    return bullets(head, lines)


def _buttons(stage: Stage, say: Say) -> list[Json]:
    value = packed(stage.team, stage.week)
    write = {**button(WRITE_NOW, say("reminder.write"), value), "style": "primary"}
    return [write, snooze_select(SNOOZE_ACTION, say), button(EXCUSE_ACTION, say("reminder.excuse"), value)]


def snooze_select(action: str, say: Say) -> Json:
    """For how long to put reminders off."""
    options = [{"text": plain_text(say(f"reminder.{name}")), "value": value} for value, name in SNOOZES.items()]
    return {"type": "static_select", "action_id": action, "placeholder": plain_text(say("reminder.snooze")),
            "options": options}  # fmt: skip


def render_done(team: str, week: Week, report: str, lang: str) -> Json:
    """What a reminder becomes once the report is there."""
    first, last = _days(week)
    name, report = shortened(team, NAME_LENGTH), shortened(report, LINE_LENGTH)
    return render_words(sayer(lang)("reminder.done", team=name, first=first, last=last, report=report))


def render_excused(excuse: Excuse, lang: str) -> Json:
    """What it becomes once somebody said that there will be no report, with the way back."""
    say, (first, last) = sayer(lang), _days(Week(excuse.week))
    reason = shortened(excuse.reason, REASON_LENGTH)
    text = say("reminder.excused", team=shortened(excuse.team, NAME_LENGTH), first=first, last=last, reason=reason)
    said = render_mention(text, excuse.given_by, "") if excuse.given_by else render_words(text)
    back = button(EXCUSE_END, say("reminder.excuse_end"), packed(excuse.team, excuse.week))
    return {**said, "blocks": [*said["blocks"], {"type": "actions", "elements": [back]}]}


def render_open(team: str, week: Week, lang: str) -> Json:
    """What it becomes where the report is missing again: it was withdrawn, or there will be one after all."""
    say, (first, last) = sayer(lang), _days(week)
    return _asking(say("reminder.open", team=shortened(team, NAME_LENGTH), first=first, last=last), team, week, say)


def render_snoozed(team: str, week: Week, until: str, lang: str) -> Json:
    """What it becomes until it is sent once more."""
    say = sayer(lang)
    return _asking(say("reminder.snoozed", team=shortened(team, NAME_LENGTH), until=until), team, week, say)


def _asking(text: str, team: str, week: Week, say: Say) -> Json:
    """A sentence with the buttons that end the reminders of a week."""
    said, value = render_words(text), packed(team, week.monday)
    made = [{**button(WRITE_NOW, say("reminder.write"), value), "style": "primary"},
            button(EXCUSE_ACTION, say("reminder.excuse"), value)]  # fmt: skip
    return {**said, "blocks": [*said["blocks"], {"type": "actions", "elements": made}]}


def build_excuse(team: str, week: date, lang: str) -> Json:
    """The modal that asks why."""
    say = sayer(lang)
    field = {
        "type": "plain_text_input", "action_id": "reason", "max_length": REASON_LENGTH,
        "placeholder": plain_text(say("reminder.excuse_hint")),
    }  # fmt: skip
    return {
        "type": "modal", "callback_id": EXCUSE_FORM, "private_metadata": packed(team, week),
        "title": plain_text(say("reminder.excuse_title")), "submit": plain_text(say("reminder.excuse_save")),
        "close": plain_text(say("submit.close")),
        "blocks": [{"type": "input", "block_id": EXCUSE_BLOCK, "label": plain_text(say("reminder.excuse_reason")),
                    "element": field}],
    }  # fmt: skip


def sent_reason(view: Json) -> str:
    """What was written in that modal."""
    return str(view["state"]["values"][EXCUSE_BLOCK]["reason"]["value"] or "").strip()


def render_log(lines: Sequence[str], problems: Sequence[str], first: date, lang: str) -> Json:
    """What was sent since a day, newest first, for an admin; what needs somebody stands above it."""
    say = sayer(lang)
    if not lines and not problems:
        return render_words(say("reminder.log_none"))
    head = say("reminder.log_head", first=first)
    blocks: list[Json] = [{"type": "header", "text": plain_text(head)}]
    if problems:
        told = "\n".join([say("reminder.log_problems"), *(f"• {text}" for text in problems)])
        blocks.append({"type": "section", "text": plain_text(shortened(told, TEXT_LENGTH))})
    if lines:
        shown = element(Span(shortened("\n".join(lines), TABLE_LENGTH)))
        table = {"type": "rich_text_preformatted", "elements": [shown]}
        blocks.append({"type": "rich_text", "elements": [table]})
    text = "\n".join([head, *problems, *lines])
    return {"text": escape(shortened(text, TEXT_LENGTH)), "blocks": blocks}
