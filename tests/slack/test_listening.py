"""Which messages in a thread are meant for the bot, and which are talk between people."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from bot.slack.listening import asks

TALK = tomli.loads((Path(__file__).parents[1] / "data" / "thread_talk.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", TALK["asks"])
def test_a_question_is_heard(text: str) -> None:
    """Short, one line, and asking."""
    assert asks(text)


@pytest.mark.parametrize("text", TALK["silent"])
def test_talk_between_people_is_left_alone(text: str) -> None:
    """Thanks, statements, code, what is asked of somebody else or of those present."""
    assert not asks(text)
