"""Charts in Slack: below the answer where everybody sees it, and never in its way."""

from __future__ import annotations

import pytest
from support.running import TODAY, Bot, Lossy

from bot.answers.ask import Asker

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("thread", [None, "1700000000.000100"])
def test_a_history_has_its_chart_below_it(slack: Lossy, bot: Bot, thread: str | None) -> None:
    """The picture is a PNG, in the channel and thread of the answer."""
    slack.direct(bot.url, "/history 银行卡办理", user="U7", **({"thread_ts": thread} if thread else {}))
    bot.finish()
    (file,) = slack.files.shared()
    assert file.content.startswith(PNG)
    assert (file.channel, file.thread) == ("DU7", thread or "")
    assert [call.method for call in slack.calls("chat.postMessage", "files.completeUploadExternal")] == [
        "chat.postMessage", "files.completeUploadExternal",
    ]  # fmt: skip


def test_an_answer_without_a_chart_sends_no_file(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """A status is words alone."""
    assert asker.ask("/status POS", TODAY).chart is None
    slack.direct(bot.url, "/status POS")
    bot.finish()
    assert slack.files.known == {}


def test_a_command_sends_no_file(slack: Lossy, bot: Bot) -> None:
    """Its answer is for the asker only, and a file would be seen by everybody."""
    slack.command(bot.url, "/report", "history 银行卡办理")
    bot.finish()
    assert slack.files.known == {}


@pytest.mark.parametrize("error", ["missing_scope", "internal_error"])
def test_the_answer_stands_where_slack_takes_no_file(slack: Lossy, bot: Bot, error: str) -> None:
    """An app without `files:write` still answers, once."""
    slack.fail("files.getUploadURLExternal", 200, {}, {"ok": False, "error": error})
    slack.direct(bot.url, "/history 银行卡办理")
    bot.finish()
    assert len(slack.calls("chat.postMessage")) == 1
    assert slack.files.known == {}
