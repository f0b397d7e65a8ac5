"""The button 文本 / Text over HTTP: an answer as plain text that can be copied, for the presser alone."""

from __future__ import annotations

from typing import Any

import pytest
from support.running import Bot, Lossy


def button_of(message: Any) -> dict[str, Any]:
    """The button that gives a message's answer as text."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    (button,) = [button for row in rows for button in row if button["action_id"] == "as_text"]
    return dict(button)


def copied(slack: Lossy, count: int = 1) -> str:
    """What stands in the preformatted block that came last."""
    sent = slack.wait_for("response_url", count=count).args
    assert (sent["response_type"], sent["replace_original"]) == ("ephemeral", False)
    (block,) = sent["blocks"]
    (shown,) = block["elements"]
    assert shown["type"] == "rich_text_preformatted"
    return str(shown["elements"][0]["text"])


@pytest.mark.parametrize(("question", "label"), [("POS 进度", "文本"), ("incidents last 4 weeks", "Text")])
def test_an_answer_can_be_copied_as_text(slack: Lossy, bot: Bot, question: str, label: str) -> None:
    """The text holds the first line and the sources of the message, whether Slack sends the message along or not."""
    slack.direct(bot.url, question, user="U7")
    message = dict(slack.wait_for("chat.postMessage").args)
    button = button_of(message)
    assert button["text"]["text"] == label
    slack.action(bot.url, button, user="U7", channel="DU7")
    text = copied(slack)
    assert text.startswith(message["blocks"][0]["text"]["text"])
    assert ".md" in text.splitlines()[-1]


def test_what_was_asked_before_is_copied_as_it_was_answered(slack: Lossy, bot: Bot) -> None:
    """A question that goes on with the one before is copied with the answer that it had there."""
    slack.direct(bot.url, "/incidents last 4 weeks", user="U7")
    slack.wait_for("chat.postMessage")
    slack.direct(bot.url, "那上周呢?", user="U7")
    message = dict(slack.wait_for("chat.postMessage", count=2).args)
    slack.action(bot.url, button_of(message), user="U7", channel="DU7")
    assert copied(slack).startswith(message["blocks"][0]["text"]["text"])
