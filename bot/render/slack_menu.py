"""A menu as a Slack message: a line, rows of buttons, and a select of projects."""

from __future__ import annotations

from bot.answers.model import shortened
from bot.catalogue import sayer
from bot.menus import Menu
from bot.render.slack_parts import Json, button, escape, plain_text, shown
from bot.slack.ids import ASK_ACTION, CHOOSE_ACTION

ROW = 5  # buttons beside each other, as many as a phone shows without folding
OPTIONS = 100  # of a select
OPTION_TEXT, OPTION_VALUE = 75, 150


def render_menu(menu: Menu) -> Json:
    """`text` and `blocks`; every button and option carries its question."""
    buttons = [button(f"{ASK_ACTION}{at}", label, question) for at, (label, question) in enumerate(menu.asks)]
    rows = [{"type": "actions", "elements": buttons[at : at + ROW]} for at in range(0, len(buttons), ROW)]
    blocks: list[Json] = [{"type": "section", "text": plain_text(menu.head)}, *_projects(menu), *rows]
    lines = [menu.head, *(f"{label}: {question}" for label, question in menu.asks)]
    return {"text": escape("\n".join(lines)), "blocks": blocks}


def _projects(menu: Menu) -> list[Json]:
    options = [
        {"text": plain_text(shortened(name, OPTION_TEXT)), "value": question}
        for name, question in menu.projects
        if name.strip() and len(question) <= OPTION_VALUE and shown(question) == question
    ][:OPTIONS]
    if not options:
        return []
    hint = plain_text(sayer(menu.lang)("menu.choose"))
    select = {"type": "static_select", "action_id": CHOOSE_ACTION, "placeholder": hint, "options": options}
    return [{"type": "actions", "elements": [select]}]
