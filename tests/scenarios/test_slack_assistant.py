"""The assistant's pane: prompts when it is opened, a status before each answer, a title, and answers in any case."""

from __future__ import annotations

import pytest
from support.running import Bot, Lossy


def pane(slack: Lossy, bot: Bot, user: str = "U1") -> str:
    """Open it, and wait for its prompts."""
    before = len(slack.calls("assistant.threads.setSuggestedPrompts"))
    ts = slack.open_pane(bot.url, user)
    slack.wait_for("assistant.threads.setSuggestedPrompts", count=before + 1)
    return ts


def test_the_prompts_fit_the_reports(slack: Lossy, bot: Bot) -> None:
    """One asks for a project that the newest reports name, and each is answered."""
    ts = pane(slack, bot)
    prompts = slack.panes.known["DU1", ts].prompts
    assert 2 <= len(prompts) <= 4
    for number, each in enumerate(prompts, 1):
        slack.direct(bot.url, each["message"], thread_ts=ts)
        answer = slack.wait_for("chat.postMessage", count=number).args
        assert answer["thread_ts"] == ts
        assert "没有找到" not in answer["text"]


def test_a_question_shows_that_it_is_worked_on_and_names_the_thread(slack: Lossy, bot: Bot) -> None:
    """The status comes before the answer; the title is the first question and stays."""
    ts = pane(slack, bot)
    slack.direct(bot.url, "POS 到哪了?", thread_ts=ts)
    slack.wait_for("chat.postMessage")
    slack.direct(bot.url, "那风控呢?", thread_ts=ts)
    slack.wait_for("chat.postMessage", count=2)
    shown = slack.panes.known["DU1", ts]
    assert (shown.title, bool(shown.status)) == ("POS 到哪了?", True)
    methods = [call.method for call in slack.calls()]
    assert methods.index("assistant.threads.setStatus") < methods.index("chat.postMessage")


def test_a_plain_direct_message_has_neither(slack: Lossy, bot: Bot) -> None:
    """Threads of direct messages that aren't the pane's are only answered."""
    slack.direct(bot.url, "POS 到哪了?", thread_ts="1700000000.000001")
    slack.wait_for("chat.postMessage")
    assert slack.calls("assistant.threads.setStatus", "assistant.threads.setTitle") == ()


@pytest.mark.parametrize("status", [429, 500, 200])
def test_an_answer_goes_out_whether_slack_takes_the_status_or_not(slack: Lossy, bot: Bot, status: int) -> None:
    """A workspace without the pane, or a Slack that fails, costs the status alone."""
    ts = pane(slack, bot)
    body = {"ok": False, "error": "not_allowed_token_type"} if status == 200 else None
    slack.fail("assistant.threads.setStatus", status, {"Retry-After": "0"} if status == 429 else {}, body, times=3)
    slack.direct(bot.url, "POS 到哪了?", thread_ts=ts)
    assert "POS" in slack.wait_for("chat.postMessage").args["text"]


def test_a_repeated_event_is_answered_once(slack: Lossy, bot: Bot) -> None:
    """Slack sends a message again when it saw no acknowledgement."""
    ts = pane(slack, bot)
    for retry in range(3):
        slack.direct(bot.url, "POS 到哪了?", thread_ts=ts, event_id="Ev-same", retry_num=retry)
    slack.wait_for("chat.postMessage")
    bot.finish()
    assert len(slack.calls("chat.postMessage")) == 1
