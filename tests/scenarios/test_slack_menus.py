"""A command that is typed alone opens a short menu, for whoever typed it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.running import TODAY, Bot, Lossy, unescaped

from bot.answers.ask import Asker
from bot.render.json import render_json

Fit = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.mark.parametrize("command", ["/report", "/incidents", "/project"])
def test_a_command_alone_opens_its_menu(slack: Lossy, bot: Bot, fit: Fit, command: str) -> None:
    """It is shown to the asker alone and fits; its first button gives the answer to what it offers."""
    menu = slack.command(bot.url, command).json
    assert menu.pop("response_type") == "ephemeral"
    fit(menu)
    pressed = next(part for block in menu["blocks"] for part in block.get("elements", []) if part["type"] == "button")
    slack.action(bot.url, pressed)
    assert slack.wait_for("response_url").args["response_type"] == "ephemeral"


def test_a_project_is_chosen(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """The choice is answered as the question that it carries."""
    menu = slack.command(bot.url, "/project").json
    select = next(part for block in menu["blocks"] for part in block.get("elements", []) if "options" in part)
    option = select["options"][0]
    chosen = {"type": "static_select", "action_id": select["action_id"], "selected_option": option}
    slack.action(bot.url, chosen)
    told = slack.wait_for("response_url")
    assert unescaped(told.args["text"]) == render_json(asker.ask(option["value"], TODAY))["text"]
