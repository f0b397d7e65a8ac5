"""Help, unknown commands, empty questions: always an answer that helps, and never a made-up one."""

from __future__ import annotations

from datetime import date

import pytest
from support.made_up import Put, ask, weekly

from bot.answers.ask import Asker
from bot.render.text import render_text
from store.library import Library
from store.viewer import Viewer


@pytest.mark.parametrize("question", [
    "/help", "help", "帮助", "?", "怎么用", "", "  ", "/",
    "？",
    "what can you do?",
])  # fmt: skip
def test_help_names_every_kind_with_an_example_that_works(asker: Asker, question: str) -> None:
    """Help shows one example per kind, in real names, and each example is understood as its kind and found."""
    answer = asker.ask(question, date(2023, 12, 11))
    assert (answer.kind, answer.found, answer.citations) == ("help", True, ())
    for kind, example in zip(answer.data["kinds"], answer.data["examples"], strict=True):
        again = asker.ask(example, date(2023, 12, 11))
        assert (again.kind, again.found) == (kind, True), example


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_speaks_the_language_that_is_set(seeds: Library, language: str) -> None:
    """With a language set every answer is in it, whatever the question's."""
    answer = ask(seeds, "/help", "2023-12-11", language)
    assert answer.lang == language
    assert ("我是周知" in render_text(answer)) is (language == "zh")


@pytest.mark.parametrize("question", ["/nosuch", "/nosuch POS", "/ nosuch 9/15", "😀", "!!!", "……"])
def test_what_is_not_understood_asks_back(asker: Asker, question: str) -> None:
    """An unknown command or no words at all: kind unknown, nothing found or cited, questions that work offered."""
    answer = asker.ask(question, date(2023, 12, 11))
    assert (answer.kind, answer.found, answer.citations, answer.data) == ("unknown", False, (), {})
    assert all(asker.ask(example, date(2023, 12, 11)).found for example in answer.suggestions)
    assert answer.suggestions


def test_an_unknown_command_is_named(asker: Asker) -> None:
    """The answer to an unknown command says which one isn't known."""
    assert "/nosuch" in render_text(asker.ask("/nosuch POS", date(2023, 12, 11)))


def test_every_choice_offers_questions_that_decide(asker: Asker) -> None:
    """Over the samples: an ambiguous name is a choice, and each of its options is a question with one answer."""
    choice = asker.ask("/status 存管", date(2023, 12, 11))
    assert choice.kind == "choice"
    for name, question in zip(choice.data["options"], choice.suggestions, strict=True):
        chosen = asker.ask(question, date(2023, 12, 11))
        assert (chosen.kind, chosen.found, chosen.data["project"]) == ("status", True, name)


@pytest.mark.parametrize("question", ["/status 白鹭", "/incidents", "/search 白鹭", "/report", "/help", "/status 海棠",
                                      "/search 海棠", "/incidents last 4 weeks"])  # fmt: skip
def test_what_a_viewer_may_not_see_does_not_exist(library: Library, put: Put, question: str) -> None:
    """A viewer of one team gets the very answers of a library without the other team's report."""
    mine = weekly("第38周", "2023-09-15", ["- 海棠平台：开发进度60%"], ["- 9/12 08:05 海棠超时"])
    put(mine, team="支付中心", name="mine.md")
    asker = Asker(library)
    before = asker.ask(question, date(2023, 9, 20))
    theirs = weekly("第37周", "2023-09-18", ["- 白鹭对账：开发进度88%"], ["- 9/13 09:05 白鹭迟到"])
    put(theirs, team="清算中心", name="theirs.md")
    after = asker.ask(question, date(2023, 9, 20), Viewer("U1", frozenset({"支付中心"})))
    assert render_text(after) == render_text(before)
    assert (after.data, after.suggestions) == (before.data, before.suggestions)
