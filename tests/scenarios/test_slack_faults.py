"""Slack slow, down, or past its time: nobody else waits, and no answer is lost without a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.running import Bot, Held, Lossy
from support.slack import Call

from bot.answers.ask import Asker

ASK = {"action_id": "ask_0", "value": "POS 进度"}
GONE = [(404, "used_url"), (404, "expired_url"), (500, "server error")]


def direct(slack: Lossy) -> Call:
    """The one message that was posted."""
    [call] = slack.calls("chat.postMessage")
    return call


@pytest.mark.parametrize(("status", "said"), GONE)
def test_a_press_whose_address_works_no_more_is_answered_directly(
    slack: Lossy, bot: Bot, status: int, said: str
) -> None:
    """The answer that Slack doesn't take at the response_url comes as a direct message to whoever pressed."""
    slack.fail("response_url", status, body=said)
    slack.action(bot.url, ASK, user="U7")
    bot.finish()
    assert direct(slack).args["channel"] == "U7"
    assert "POS收单系统建设" in direct(slack).args["text"]
    assert {"response_type", "replace_original"} & set(direct(slack).args) == set()


@pytest.mark.parametrize(("status", "said"), GONE)
def test_a_slow_command_whose_address_works_no_more_is_answered_directly(
    slack: Lossy, start: Callable[[Any], Bot], asker: Asker, status: int, said: str
) -> None:
    """The same for an answer that takes longer than Slack waits for the acknowledgement."""
    with Held(asker, "POS") as held:
        bot = start(held)
        slack.fail("response_url", status, body=said)
        assert slack.command(bot.url, "/report", "status POS", user="U7").text == ""
        held.gate.release()
        bot.finish()
    assert direct(slack).args["channel"] == "U7"


def test_an_address_that_hangs_up_is_no_end_of_the_answer(slack: Lossy, bot: Bot) -> None:
    """Without a word from Slack the answer comes once more, directly."""
    slack.lost = {"response_url"}
    slack.action(bot.url, ASK, user="U7")
    bot.finish()
    assert direct(slack).args["channel"] == "U7"


def test_a_busy_address_is_tried_again(slack: Lossy, bot: Bot) -> None:
    """A 429 takes nothing: it is waited for, and no direct message is sent."""
    slack.fail("response_url", 429, {"Retry-After": "0"}, body="")
    slack.action(bot.url, ASK, user="U7")
    bot.finish()
    assert [call.error for call in slack.calls("response_url")] == ["injected", ""]
    assert not slack.calls("chat.postMessage")


def test_nobody_waits_for_another_ones_slow_slack(slack: Lossy, bot: Bot) -> None:
    """While Slack keeps many posts waiting, a command is answered."""
    with slack.hold("chat.postMessage"):
        for number in range(8):
            slack.mention(bot.url, "POS 进度", user=f"U{number}", ts=f"1700000000.00010{number}")
        slack.wait_for("chat.postMessage", count=8)
        assert "POS" in slack.command(bot.url, "/report", "status POS", user="U9").json["text"]
    bot.finish()
    assert len(slack.messages) == 8
