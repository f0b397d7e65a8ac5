"""A fact of a team in one line: a figure beside what it was, an incident, a date that moved."""

from __future__ import annotations

from bot.answers.context import Context
from bot.answers.courses import Course
from bot.answers.glance import Due, Figure, Told, exact, number
from bot.answers.incident_view import iso_minute
from bot.answers.model import Span, Style, Text, plain, shortened
from store.linking.milestones import Move

TITLE_LENGTH = 40


def figure_line(context: Context, one: Figure) -> Text:
    """`支付成功率 99.36% → 99.42%  +0.06 pp  41 行`."""
    metric = one.now.record
    unit = metric.unit or ""
    unit = f" {unit}" if unit[:1].isascii() and unit[:1].isalpha() else unit
    text = f"{metric.name} {number(exact(metric.value))}{unit}"
    if one.before is not None and one.change is not None:
        points = " pp" if unit == "%" else unit
        change = number(one.change, signed=True) + points if one.change else context.say("team.same")
        text = f"{metric.name} {number(one.before)}{unit} → {number(exact(metric.value))}{unit}  {change}"
    return (*plain(text), Span(f"  {context.say('answer.line', line=metric.line)}", Style.DIM))


def incident_line(context: Context, told: Told) -> Text:
    """`2023-12-05 19:20 小票中文乱码  第50周 66 行`, and whether it is open still."""
    incident, report = told[0].record, told[0].report
    when = (iso_minute(incident.occurred_at) or "").replace("T", " ")
    state = plain(context.say("team.still_open"), Style.WARN) if incident.closed is False else ()
    source = f"  {report.label or report.report_date} {context.say('answer.line', line=incident.line)}"
    return (*plain(f"{when} {shortened(incident.title, TITLE_LENGTH)}".strip()), *state, Span(source, Style.DIM))


def due_line(context: Context, due: Due) -> Text:
    """`12/15 银行卡办理 上线  第50周 40 行`, and whether that day has passed."""
    milestone, report = due.date.milestone, due.date.telling.mention.report
    when = context.days(milestone.start, milestone.end)
    text = f"{when} {due.row.title} {context.event(milestone)}"
    source = f"  {report.label or report.report_date} {context.say('answer.line', line=milestone.line)}"
    late = plain(context.say("team.late"), Style.WARN) if due.date.overdue else ()
    return (*plain(text), *late, Span(source, Style.DIM))


def move_text(context: Context, course: Course, move: Move) -> str:
    """`银行卡办理 提测 11/24 → 12/8`."""
    old, new = move.old.milestone, move.new.milestone
    return context.say(
        "team.moved", name=course.project.name, event=context.event(new),
        old=context.days(old.start, old.end), new=context.days(new.start, new.end),
    )  # fmt: skip
