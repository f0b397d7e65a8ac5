"""Threads and edits: what goes on without a mention, what stays silent, and answers that follow an edited question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.running import TODAY, Bot, Lossy, unescaped
from support.slack import BOT_USER

from bot.answers.ask import Asker
from bot.render.json import render_json

ROOT = "1700000000.000100"


def asked(slack: Lossy, bot: Bot, text: str = "支付中心最近四周的事故", user: str = "U1") -> None:
    """A question by mention, answered in its thread."""
    slack.mention(bot.url, text, user=user, channel="C7", ts=ROOT)
    slack.wait_for("chat.postMessage")


def say(slack: Lossy, bot: Bot, text: str, user: str = "U1", ts: str = "1700000000.000200", **more: Any) -> None:
    """A message in that thread that mentions nobody."""
    said = {"type": "message", "channel": "C7", "channel_type": "channel", "user": user, "text": text, "ts": ts}
    slack.event(bot.url, {**said, "thread_ts": ROOT, **more})


def edit(slack: Lossy, bot: Bot, before: str, text: str, ts: str = ROOT, **more: Any) -> None:
    """The message of `ts` gets other words."""
    now = {"type": "message", "user": "U1", "text": text, "ts": ts, **more}
    changed = {"subtype": "message_changed", "message": now, "previous_message": {**now, "text": before}}
    slack.event(bot.url, {"type": "message", "channel": "C7", "channel_type": "channel", "ts": "1.9", **changed})


def texts(slack: Lossy) -> list[str]:
    """What was posted."""
    return [unescaped(call.args["text"]) for call in slack.calls("chat.postMessage")]


def test_a_follow_up_needs_no_mention(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """Whoever was answered in the thread goes on in it, and gets what the terminal would say, in the thread."""
    asked(slack, bot)
    say(slack, bot, "那风控呢?")
    bot.finish()
    turn = asker.converse("支付中心最近四周的事故", TODAY)
    assert texts(slack)[1:] == [render_json(asker.converse("那风控呢?", TODAY, before=turn).answer)["text"]]
    assert slack.calls("chat.postMessage")[1].args["thread_ts"] == ROOT


def test_a_follow_up_after_a_restart_goes_on_too(
    slack: Lossy, start: Callable[[Any], Bot], opened: Callable[[], Asker], asker: Asker
) -> None:
    """What was asked is known to another process on the same database."""
    first = start(opened())
    asked(slack, first)
    first.finish()
    second = start(opened())
    say(slack, second, "那风控呢?")
    second.finish()
    turn = asker.converse("支付中心最近四周的事故", TODAY)
    assert texts(slack)[1:] == [render_json(asker.converse("那风控呢?", TODAY, before=turn).answer)["text"]]


@pytest.mark.parametrize(("text", "more"), [
    ("那风控呢?", {"user": "U2"}),
    ("那风控呢?", {"thread_ts": "1700000000.000900"}),
    ("那风控呢?", {"bot_id": "B9"}),
    ("那风控呢?", {"subtype": "channel_join"}),
    ("谢谢，明白了", {}),
    ("这样安排可行吗", {}),
    ("<@U9> 那风控呢?", {}),
    ("下午三点的会改到明天了吗", {}),
])  # fmt: skip
def test_what_was_not_asked_of_it_is_left_alone(slack: Lossy, bot: Bot, text: str, more: dict[str, Any]) -> None:
    """Somebody else in the thread, another thread, bots, thanks, and questions that the reports have no kind for."""
    asked(slack, bot)
    say(slack, bot, text, **more)
    bot.finish()
    assert len(texts(slack)) == 1


def test_a_mention_in_the_thread_is_answered_once(slack: Lossy, bot: Bot) -> None:
    """Slack tells of it as a mention and as a message of the channel, in any order."""
    asked(slack, bot)
    for turn, ts in enumerate(("1700000000.000300", "1700000000.000400")):
        told = {"channel": "C7", "user": "U1", "text": "那风控呢?", "ts": ts, "thread_ts": ROOT}
        kinds = [{"type": "app_mention"}, {"type": "message", "channel_type": "channel"}]
        for kind in kinds if turn else reversed(kinds):
            slack.event(bot.url, {**told, **kind})
    bot.finish()
    assert len(texts(slack)) == 3


def test_an_edited_question_is_answered_anew_in_the_same_place(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """The answer changes, and no second one is posted; the same words told again change nothing."""
    asked(slack, bot, "支付中心最近四周的事故")
    for _ in range(2):
        edit(slack, bot, f"<@{BOT_USER}> 支付中心最近四周的事故", f"<@{BOT_USER}> /status POS")
    bot.finish()
    [update] = slack.calls("chat.update")
    assert (update.args["channel"], update.args["ts"]) == ("C7", slack.messages[0]["ts"])
    assert unescaped(update.args["text"]) == render_json(asker.ask("/status POS", TODAY))["text"]
    assert len(texts(slack)) == 1


def test_an_edit_that_only_unfurls_a_link_changes_nothing(slack: Lossy, bot: Bot) -> None:
    """Slack tells of that as an edit with the same words."""
    asked(slack, bot)
    edit(slack, bot, f"<@{BOT_USER}> 支付中心最近四周的事故", f"<@{BOT_USER}> 支付中心最近四周的事故")
    bot.finish()
    assert not slack.calls("chat.update")


def test_a_mention_that_an_edit_adds_is_answered(slack: Lossy, bot: Bot) -> None:
    """Slack sends no mention for it; an edit of any other message is none of the bot's business."""
    edit(slack, bot, "POS 进度", "POS 进度?", ts="1700000000.000500")
    edit(slack, bot, "POS 进度", f"<@{BOT_USER}> POS 进度", ts="1700000000.000600")
    bot.finish()
    [call] = slack.calls("chat.postMessage")
    assert call.args["thread_ts"] == "1700000000.000600"


def test_an_edited_bot_message_is_left_alone(slack: Lossy, bot: Bot) -> None:
    """The bot's own answers are edited by itself, and Slack tells it so."""
    edit(slack, bot, "POS 进度", f"<@{BOT_USER}> POS 进度", bot_id="B9")
    bot.finish()
    assert slack.calls("chat.postMessage", "chat.update") == ()


def test_a_question_that_is_edited_before_its_answer_stands_gets_the_new_one(
    slack: Lossy, start: Callable[[Any], Bot], opened: Callable[[], Asker], asker: Asker
) -> None:
    """The answer on the way is posted and put right at once; there is one message in the end."""
    bot, held = start(opened()), slack.hold("chat.postMessage")
    with held:
        asked(slack, bot, "支付中心最近四周的事故")
        edit(slack, bot, f"<@{BOT_USER}> 支付中心最近四周的事故", f"<@{BOT_USER}> /status POS")
    bot.finish()
    [message] = slack.messages
    assert unescaped(message["text"]) == render_json(asker.ask("/status POS", TODAY))["text"]
