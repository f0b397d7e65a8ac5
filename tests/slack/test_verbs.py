"""What people tell the bot to do, told from what they ask."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from bot.question.lexicon import command_words
from bot.slack.verbs import Asked, Verbs, verb_words


def submit(asked: Asked, rest: str, client: WebClient) -> dict[str, Any] | None:
    """A verb that says nothing."""


@pytest.mark.parametrize(("text", "rest"), [("submit", ""), ("Submit  POS ", "POS"), ("提交周报", "")])
def test_a_verb_begins_what_is_written(text: str, rest: str) -> None:
    """The first word decides, in any case and both languages, and the verb is given the rest."""
    verbs = Verbs()
    verbs.add("submit", submit)
    assert verbs.find(text) == (submit, rest)


@pytest.mark.parametrize("text", ["", "status POS", "谁提交了周报", "submitted?"])
def test_a_question_is_no_verb(text: str) -> None:
    """What only holds a verb's word, or begins with a longer one, is left to the reports."""
    verbs = Verbs()
    verbs.add("submit", submit)
    assert verbs.find(text) is None


def test_a_verb_that_nobody_does_is_a_question() -> None:
    """Without its feature a word is like any other."""
    assert Verbs().find("submit") is None


def test_no_verb_hides_a_question_kind() -> None:
    """The words of questions, such as status, stay questions."""
    assert not set(verb_words()) & set(command_words())
