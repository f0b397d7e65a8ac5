"""The language of an answer: the asker's own, unless their words say another."""

from __future__ import annotations

from typing import Any

import pytest
from support.running import Bot, Lossy, visible

ENGLISH, CHINESE = "en-US", "zh-CN"


def head(slack: Lossy, bot: Bot, text: str) -> str:
    """What `/report` answers, as its asker sees it."""
    message: dict[str, Any] = slack.command(bot.url, "/report", text, user="U7").json
    return visible(message["blocks"])


@pytest.mark.parametrize(("locale", "text", "said"), [
    (ENGLISH, "status POS", "4 parts"), (CHINESE, "status POS", "4 项"),
    (ENGLISH, "POS 进度怎么样", "4 项"), (CHINESE, "incidents last 4 weeks", "incidents found"),
    (ENGLISH, "", "What would you like to see?"), (CHINESE, "", "想看什么"),
])  # fmt: skip
def test_commands_speak_the_askers_language(slack: Lossy, bot: Bot, locale: str, text: str, said: str) -> None:
    """By Slack's locale where the words say no language; the words win where they do."""
    slack.people.known["U7"] = {"locale": locale}
    assert said in head(slack, bot, text)


def test_what_somebody_chose_wins(slack: Lossy, bot: Bot) -> None:
    """Over Slack's locale and over the words."""
    bot.answering.people.choose_language("U7", "en")
    assert "4 parts" in head(slack, bot, "POS 进度怎么样")


def test_a_locale_is_asked_for_once(slack: Lossy, bot: Bot) -> None:
    """Not with every question; another person's is asked for, too."""
    for user in ("U7", "U7", "U8"):
        slack.command(bot.url, "/report", "status POS", user=user)
    assert [call.args["user"] for call in slack.calls("users.info")] == ["U7", "U8"]


def test_nobody_waits_for_a_slow_locale(slack: Lossy, bot: Bot) -> None:
    """The answer comes while Slack still thinks about who asks."""
    with slack.hold("users.info"):
        assert "POS" in head(slack, bot, "status POS")


def test_a_slack_that_does_not_say_harms_nobody(slack: Lossy, bot: Bot) -> None:
    """Without the permission, or with Slack down, the words decide."""
    slack.fail("users.info", 500)
    assert "POS" in head(slack, bot, "status POS")
