"""What a command offers that is typed alone: questions that are understood, and projects that the reports know."""

from __future__ import annotations

import pytest
import tomli
from support.places import AFTER_SEEDS, ROOT

from bot.answers.ask import Asker
from bot.catalogue import LANGUAGES, sentences
from bot.menus import build_menu
from bot.question.query import Kind
from bot.render.slack_menu import render_menu
from store.library import Library
from store.viewer import EVERYONE

MENUS = tomli.loads((ROOT / "bot" / "menus.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sorted(MENUS))
def test_every_entry_is_answered_in_its_language(asker: Asker, name: str, lang: str) -> None:
    """Each button and project asks something that is understood, and answered in the menu's language."""
    menu = build_menu(name, asker.library, EVERYONE, AFTER_SEEDS, lang)
    assert menu is not None
    for _, question in (*menu.asks, *menu.projects[:3]):
        answer = asker.ask(question, AFTER_SEEDS)
        assert answer.kind is not Kind.UNKNOWN, question
        assert answer.found or answer.kind in (Kind.MISSING, Kind.INCIDENTS), question
        assert question.startswith("/") or answer.lang == lang, question


def test_every_entry_has_its_words_and_all_words_an_entry() -> None:
    """The catalogues hold a label and a question for each key of the menus, and nothing else in their table."""
    keys = {key for menu in MENUS.values() for key in menu["asks"]}
    wanted = {f"menu.{key}" for key in (*MENUS, *keys, *(f"ask_{key}" for key in keys), "choose")}
    for lang in LANGUAGES:
        assert {key for key in sentences(lang) if key.startswith("menu.")} == wanted


def test_other_commands_have_no_menu(seeds: Library) -> None:
    """`/status`, where a gateway lets it through, is a question."""
    assert build_menu("status", seeds, EVERYONE, AFTER_SEEDS, "zh") is None


def test_a_menu_without_reports_offers_no_projects(library: Library) -> None:
    """An empty select would be refused by Slack."""
    menu = build_menu("report", library, EVERYONE, AFTER_SEEDS, "zh")
    assert menu is not None
    assert {part["type"] for block in render_menu(menu)["blocks"] for part in block.get("elements", [])} == {"button"}
