"""What a command offers that is typed without a word behind it: a few questions, and the projects to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from bot.answers.unnamed import recent_names
from bot.catalogue import sayer
from store.library import Library
from store.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Menu:
    """One line that asks, the questions that it offers, each with its label, and projects with the question on each."""

    lang: str
    head: str
    asks: tuple[tuple[str, str], ...]
    projects: tuple[tuple[str, str], ...] = ()


def build_menu(name: str, library: Library, viewer: Viewer, today: date, lang: str) -> Menu | None:
    """The menu of a command (`report`, `incidents`, `project`); None for any other."""
    wanted = _menus().get(name)
    if wanted is None:
        return None
    say = sayer(lang)
    names = recent_names(library, viewer, today) if wanted["projects"] else []
    return Menu(
        lang, say(f"menu.{name}"), tuple((say(f"menu.{key}"), say(f"menu.ask_{key}")) for key in wanted["asks"]),
        tuple((each, say("status.example", name=each)) for each in names),
    )  # fmt: skip


@cache
def _menus() -> dict[str, dict[str, Any]]:
    return tomli.loads(files("bot").joinpath("menus.toml").read_text(encoding="utf-8"))
