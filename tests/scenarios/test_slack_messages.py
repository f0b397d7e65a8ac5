"""Mentions and direct messages over HTTP: answered once, where they were asked, whatever Slack or the network does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from support.running import TODAY, Bot, Held, Lossy, unescaped
from support.slack import BOT, BOT_USER, Call

from bot.answers.ask import Asker
from bot.render.json import render_json


def posted(slack: Lossy, bot: Bot) -> Call:
    """The one message that was posted, once everything under way is done."""
    bot.finish()
    [call] = slack.calls("chat.postMessage")
    return call


@pytest.mark.parametrize("question", ["POS 进度", "status POS", "/status POS", "最近四周的事故", "区块链 进度"])
def test_a_mention_is_answered_once_in_its_thread(slack: Lossy, bot: Bot, asker: Asker, question: str) -> None:
    """A mention is acknowledged empty and answered once, in the thread below it, with what the terminal would say."""
    reply = slack.mention(bot.url, question, channel="C7", ts="1700000000.000100")
    assert (reply.status, reply.text) == (200, "")
    call = posted(slack, bot)
    assert (call.args["channel"], call.args["thread_ts"]) == ("C7", "1700000000.000100")
    assert unescaped(call.args["text"]) == render_json(asker.converse(question, TODAY, lang="zh").answer)["text"]
    assert not slack.calls("response_url", "chat.postEphemeral")


def test_a_mention_in_a_thread_is_answered_in_that_thread(slack: Lossy, bot: Bot) -> None:
    """A mention that stands in a thread gets its answer there, not in a thread of its own."""
    slack.mention(bot.url, "POS 进度", ts="1700000000.000200", thread_ts="1700000000.000100")
    assert posted(slack, bot).args["thread_ts"] == "1700000000.000100"


def test_a_mention_anywhere_in_the_text_is_no_part_of_the_question(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """`POS @bot 进度` asks what `POS 进度` asks."""
    said = {"type": "app_mention", "user": "U1", "channel": "C1", "text": f"POS <@{BOT_USER}> 进度"}
    slack.event(bot.url, said)
    told = render_json(asker.ask("POS 进度", TODAY))["text"]
    assert unescaped(posted(slack, bot).args["text"]) == told


def test_a_bare_mention_is_answered_with_help(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """Who only calls the bot is told what can be asked."""
    slack.mention(bot.url, "")
    assert unescaped(posted(slack, bot).args["text"]) == render_json(asker.ask("帮助", TODAY))["text"]


@pytest.mark.parametrize("thread", [None, "1700000000.000100"])
def test_a_direct_message_is_answered_where_it_stands(slack: Lossy, bot: Bot, thread: str | None) -> None:
    """A direct message is answered once in the conversation, and in its thread only if it stands in one."""
    slack.direct(bot.url, "POS 进度", user="U7", **({"thread_ts": thread} if thread else {}))
    call = posted(slack, bot)
    assert call.args["channel"] == "DU7"
    assert call.args.get("thread_ts") == thread
    assert "POS收单系统建设" in call.args["text"]


IN_DM = {"type": "message", "channel": "DU1", "channel_type": "im"}
ASKING = {"user": "U1", "text": "POS 进度"}
SILENT: dict[str, Mapping[str, Any]] = {
    "the bot's own": {**IN_DM, "user": BOT_USER, "bot_id": BOT, "text": "POS 进度"},
    "another bot's": {**IN_DM, **ASKING, "bot_id": "B9OTHER"},
    "a bot's of old": {**IN_DM, "subtype": "bot_message", "bot_id": "B9OTHER", "text": "POS 进度"},
    "edited": {**IN_DM, "subtype": "message_changed", "message": {**ASKING, "type": "message", "ts": "1.1"}},
    "deleted": {**IN_DM, "subtype": "message_deleted", "deleted_ts": "1.1", "previous_message": ASKING},
    "a join": {**IN_DM, "subtype": "channel_join", "user": "U1", "text": "<@U1> has joined the channel"},
    "in a channel": {"type": "message", "channel": "C1", "channel_type": "channel", **ASKING},
    "in a group": {"type": "message", "channel": "G1", "channel_type": "group", **ASKING},
    "a mention by a bot": {"type": "app_mention", "channel": "C1", **ASKING, "bot_id": "B9OTHER"},
}


@pytest.mark.parametrize("event", SILENT.values(), ids=SILENT.keys())
def test_what_nobody_asked_is_acknowledged_and_not_answered(slack: Lossy, bot: Bot, event: Mapping[str, Any]) -> None:
    """Messages of bots, edits, joins and talk between people get no answer, and an acknowledgement so as not to return.

    A question sent after them is the only one that is answered.
    """
    assert slack.event(bot.url, event).status == 200
    slack.direct(bot.url, "帮助", user="U8")
    assert posted(slack, bot).args["channel"] == "DU8"


# ---- once ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("how", ["mention", "direct"])
def test_an_event_that_slack_repeats_is_answered_once(slack: Lossy, bot: Bot, how: str) -> None:
    """The retries of an event are acknowledged and change nothing; another event with the same words is answered."""
    send = getattr(slack, how)
    assert send(bot.url, "POS 进度", event_id="Ev900").status == 200
    for number in (1, 2, 3):
        assert send(bot.url, "POS 进度", event_id="Ev900", retry_num=number).status == 200
    send(bot.url, "POS 进度", event_id="Ev901")
    bot.finish()
    assert len(slack.calls("chat.postMessage")) == 2


def test_a_repeated_event_is_answered_once_by_two_instances(
    slack: Lossy, start: Callable[[Any], Bot], opened: Callable[[], Asker]
) -> None:
    """A retry that reaches another instance on the same database file gets no second answer there."""
    first, second = start(opened()), start(opened())
    slack.mention(first.url, "POS 进度", event_id="Ev900")
    first.finish()
    assert slack.mention(second.url, "POS 进度", event_id="Ev900", retry_num=1).status == 200
    second.finish()
    assert len(slack.calls("chat.postMessage")) == 1


def test_an_event_repeated_while_its_answer_is_made_is_answered_once(
    slack: Lossy, start: Callable[[Any], Bot], opened: Callable[[], Asker]
) -> None:
    """A slow answer is acknowledged before it is ready, and a retry that comes meanwhile starts no second one."""
    with Held(opened()) as held:
        first, second = start(held), start(opened())
        assert slack.mention(first.url, "POS 进度", event_id="Ev900").status == 200
        slack.mention(first.url, "POS 进度", event_id="Ev900", retry_num=1)
        assert not slack.calls("chat.postMessage")
        held.gate.release()
        first.finish()
    slack.mention(second.url, "POS 进度", event_id="Ev900", retry_num=2)
    second.finish()
    assert len(slack.calls("chat.postMessage")) == 1


# ---- what goes wrong -------------------------------------------------------------------------------------------------
def test_a_post_that_slack_was_too_busy_for_is_tried_again(slack: Lossy, bot: Bot) -> None:
    """A 429, which posts nothing, is tried again after the time that it names, and the answer stands there once."""
    slack.fail("chat.postMessage", 429, {"Retry-After": "0"})
    slack.mention(bot.url, "POS 进度")
    bot.finish()
    assert [call.error for call in slack.calls("chat.postMessage")] == ["injected", ""]
    assert len(slack.messages) == 1


@pytest.mark.parametrize("status", [500, 503])
def test_a_post_that_slack_failed_on_is_not_repeated(slack: Lossy, bot: Bot, status: int) -> None:
    """After a server error nobody knows whether the message stands, so it isn't sent again; the next one goes out."""
    slack.fail("chat.postMessage", status)
    slack.mention(bot.url, "POS 进度", ts="1.1")
    slack.wait_for("chat.postMessage")
    slack.mention(bot.url, "POS 进度", ts="1.2")
    bot.finish()
    assert [call.args["thread_ts"] for call in slack.calls("chat.postMessage")] == ["1.1", "1.2"]


def test_a_post_whose_answer_is_lost_is_not_repeated(slack: Lossy, bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    """When Slack hangs up after posting, the answer stands once, and the log says that something was amiss."""
    slack.lost = {"chat.postMessage"}
    slack.mention(bot.url, "POS 进度")
    bot.finish()
    assert len(slack.messages) == 1
    assert [record for record in caplog.records if record.levelname == "ERROR"]


def test_a_question_in_a_thread_goes_on_with_the_one_before(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """`那风控呢?` in the thread of a question asks the same of another team, for whoever asked; for others it stands
    alone."""
    slack.mention(bot.url, "支付中心最近四周的事故", user="U1", ts="1700000000.000100")
    slack.wait_for("chat.postMessage")
    for count, user in enumerate(("U1", "U2"), 2):
        slack.mention(bot.url, "那风控呢?", user=user, ts=f"1700000000.00020{count}", thread_ts="1700000000.000100")
        slack.wait_for("chat.postMessage", count=count)
    first, same, other = (unescaped(call.args["text"]) for call in slack.calls("chat.postMessage"))
    turn = asker.converse("支付中心最近四周的事故", TODAY)
    assert first == render_json(turn.answer)["text"]
    assert same == render_json(asker.converse("那风控呢?", TODAY, before=turn).answer)["text"]
    assert other == render_json(asker.ask("那风控呢?", TODAY))["text"] != same


def test_a_button_goes_on_where_it_stands(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """The button that shows more of a list shows the next entries of that list, to whoever asked for it."""
    slack.direct(bot.url, "最近半年的事故", user="U7")
    shown = slack.wait_for("chat.postMessage")
    turn = asker.converse("最近半年的事故", TODAY)
    assert "更多" in turn.answer.suggestions
    row, _ = [block for block in shown.args["blocks"] if block["type"] == "actions"]
    [more] = [button for button in row["elements"] if button["value"] == "更多"]
    slack.action(bot.url, more, user="U7", channel="DU7")
    call = slack.wait_for("response_url")
    assert unescaped(call.args["text"]) == render_json(asker.converse("更多", TODAY, before=turn).answer)["text"]
