"""发到频道 / Share in channel over HTTP: the same answer for all, once, with who asked; and what a channel wants."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.command import run
from support.running import TODAY, Bot, Held, Lossy, visible

from bot.answers.ask import Asker
from bot.teams import Roster

Message = dict[str, Any]
PNG = b"\x89PNG\r\n\x1a\n"


def button_of(message: Any, action: str) -> Message:
    """The button of a message that does this."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    (button,) = [button for row in rows for button in row if button["action_id"] == action]
    return dict(button)


def actions_of(message: Any) -> set[str]:
    """What the buttons of a message do."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return {button["action_id"] for row in rows for button in row}


def public(slack: Lossy) -> list[Message]:
    """What everybody in the channel was shown."""
    return [dict(c.args) for c in slack.calls("response_url") if c.args.get("response_type") == "in_channel"]


@pytest.mark.parametrize(("text", "asked"), [
    ("进度 POS", " 问：/report 进度 POS"), ("history of 对账", " asked: /report history of 对账"),
])  # fmt: skip
def test_an_answer_is_shared_with_who_asked_what(slack: Lossy, bot: Bot, text: str, asked: str) -> None:
    """Everybody sees the very blocks that the asker saw, below who asked; only the asker is mentioned, and the shared
    answer has no button to share it."""
    slack.allowed.add("U7")
    shown = slack.command(bot.url, "/report", text, user="U7").json
    slack.action(bot.url, button_of(shown, "share"), user="U7")
    told = slack.wait_for("response_url", count=2).args
    (shared,) = public(slack)
    who, *blocks = shared["blocks"]
    assert who["elements"][0]["elements"] == [{"type": "user", "user_id": "U7"}, {"type": "text", "text": asked}]
    body = [block for block in blocks if block["type"] != "actions"]
    assert body == [block for block in shown["blocks"] if block["type"] != "actions"]
    assert shared["text"] == f"{shown['text']}\n<@U7>{asked}"
    assert (shared["replace_original"], shared["unfurl_links"], shared["unfurl_media"]) == (False, False, False)
    assert "share" not in actions_of(shared)
    assert told["response_type"] == "ephemeral"


def test_an_answer_is_shared_once(slack: Lossy, bot: Bot) -> None:
    """Of two presses of the same person at once one posts, and the other is told that it is there already."""
    slack.allowed.add("U7")
    button = button_of(slack.command(bot.url, "/report", "进度 POS", user="U7").json, "share")
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: slack.action(bot.url, button, user="U7"), range(2)))
    bot.finish()
    assert len(public(slack)) == 1
    told = sorted(
        visible(c.args["blocks"]) for c in slack.calls("response_url") if c.args["response_type"] != "in_channel"
    )
    assert told == sorted(["已发到频道，所有人可见。", "您已经把这个答案发到这里了。"])


def test_another_person_or_channel_shares_anew(slack: Lossy, bot: Bot) -> None:
    """What one shared here keeps nobody from sharing it elsewhere."""
    slack.allowed |= {"U7", "U8"}
    button = button_of(slack.command(bot.url, "/report", "进度 POS", user="U7").json, "share")
    for user, channel in (("U7", "C1"), ("U8", "C1"), ("U7", "C2")):
        slack.action(bot.url, button, user=user, channel=channel)
    bot.finish()
    assert len(public(slack)) == 3


@pytest.mark.parametrize(("status", "told"), [(404, "没能发到频道"), (500, "看一眼频道")])
def test_what_slack_did_not_take_can_be_shared_again(slack: Lossy, bot: Bot, status: int, told: str) -> None:
    """A refusal is told as one, and where Slack says nothing clear the presser is asked to look; nothing is posted
    again but by another press."""
    slack.allowed.add("U1")
    button = button_of(slack.command(bot.url, "/report", "进度 POS").json, "share")
    slack.fail("response_url", status)
    slack.action(bot.url, button)
    assert told in visible(slack.wait_for("response_url", count=2).args["blocks"])
    assert len(public(slack)) == 1
    slack.action(bot.url, button)
    assert "已发到频道" in visible(slack.wait_for("response_url", count=4).args["blocks"])


def test_a_lost_answer_to_a_share_posts_nothing_twice(slack: Lossy, bot: Bot) -> None:
    """Where Slack hangs up after taking it, it isn't posted a second time by itself."""
    slack.allowed.add("U1")
    button = button_of(slack.command(bot.url, "/report", "进度 POS").json, "share")
    slack.lost = {"response_url"}
    slack.action(bot.url, button)
    bot.finish()
    assert len(public(slack)) == 1


def test_a_changed_answer_is_not_shared_unseen(slack: Lossy, bot: Bot, database: Path) -> None:
    """When the reports say otherwise meanwhile, nothing is posted: the presser is shown the answer as of now, which may
    be shared in its place."""
    slack.allowed.add("U1")
    button = button_of(slack.command(bot.url, "/report", "进度 POS").json, "share")
    assert run("withdraw", "seeds/支付中心/2023-12-08.md", "--db", database).code == 0
    slack.action(bot.url, button)
    told = dict(slack.wait_for("response_url").args)
    assert "变了" in visible(told["blocks"][0])
    assert told["response_type"] == "ephemeral"
    assert public(slack) == []
    slack.action(bot.url, button_of(told, "share"))
    slack.wait_for("response_url", count=3)
    assert len(public(slack)) == 1


def went_on(slack: Lossy, bot: Bot) -> Message:
    """What the asker is shown for a question that means nothing without the one before."""
    slack.command(bot.url, "/incidents", "最近四周")
    slack.action(bot.url, {"action_id": "ask_0", "value": "那上周呢?"})
    return dict(slack.wait_for("response_url").args)


def test_a_question_that_went_on_is_shared_with_its_answer(slack: Lossy, bot: Bot) -> None:
    """What was understood by the turn before is shared as it was answered."""
    slack.allowed.add("U1")
    shown = went_on(slack, bot)
    assert "事件" in shown["text"]
    slack.action(bot.url, button_of(shown, "share"))
    slack.wait_for("response_url", count=3)
    assert public(slack)[0]["text"].startswith(shown["text"])


def test_a_question_that_went_on_is_not_shared_when_reports_changed(slack: Lossy, bot: Bot, database: Path) -> None:
    """What can't be asked alone is only shared by the reports that it was answered by."""
    button = button_of(went_on(slack, bot), "share")
    assert run("withdraw", "seeds/支付中心/2023-11-24.md", "--db", database).code == 0
    slack.action(bot.url, button)
    assert "没有发" in visible(slack.wait_for("response_url", count=2).args["blocks"][0])
    assert public(slack) == []


def test_an_answer_of_yesterday_is_shared_with_its_day(slack: Lossy, bot: Bot) -> None:
    """It is asked as of its own day, which is said."""
    slack.allowed.add("U1")
    value = json.loads(button_of(slack.command(bot.url, "/report", "第48周").json, "share")["value"])
    earlier = [value[0], (TODAY - timedelta(days=1)).isoformat(), value[2]]
    slack.action(bot.url, {"action_id": "share", "value": json.dumps(earlier)})
    slack.wait_for("response_url", count=2)
    assert " 问：12/10 /report 第48周" in public(slack)[0]["text"]


def test_in_a_thread_it_is_shared_there(slack: Lossy, bot: Bot) -> None:
    """The answer to a button that was pressed in a thread goes into that thread."""
    slack.allowed.add("U1")
    slack.action(bot.url, {"action_id": "ask_0", "value": "POS 进度"}, message={"thread_ts": "1700000000.000100"})
    shown = slack.wait_for("chat.postEphemeral").args
    slack.action(bot.url, button_of(shown, "share"), message={"thread_ts": "1700000000.000100"})
    slack.wait_for("chat.postEphemeral", count=2)
    assert public(slack)[0]["thread_ts"] == "1700000000.000100"


def test_nothing_is_shared_for_a_value_of_nobodys_making(slack: Lossy, bot: Bot) -> None:
    """What no button of ours carries gets the number that the log has."""
    for count, action in enumerate(("share", "chart"), 1):
        slack.action(bot.url, {"action_id": action, "value": "{}"})
        assert "出错" in visible(slack.wait_for("response_url", count=count).args["blocks"])
    assert public(slack) == []


def test_the_chart_of_an_answer_comes_by_direct_message(slack: Lossy, bot: Bot) -> None:
    """With its answer, to whoever pressed alone; its words tell who can't see it where the line begins and ends."""
    shown = slack.command(bot.url, "/report", "history 银行卡办理", user="U7").json
    slack.action(bot.url, button_of(shown, "chart"), user="U7")
    assert "私信" in visible(slack.wait_for("response_url").args["blocks"])
    bot.finish()
    (file,) = slack.files.shared()
    assert file.content.startswith(PNG)
    assert file.channel == "DU7"
    (posted,) = slack.calls("chat.postMessage")
    assert posted.args["text"] == shown["text"]
    (asked,) = slack.calls("files.getUploadURLExternal")
    assert "→" in asked.args["alt_txt"]


def test_a_chart_that_slack_takes_not_is_said(slack: Lossy, bot: Bot) -> None:
    """An app without `files:write` says so; the answer stands in the direct messages all the same."""
    slack.fail("files.getUploadURLExternal", 200, {}, {"ok": False, "error": "missing_scope"})
    slack.action(bot.url, button_of(slack.command(bot.url, "/report", "history 银行卡办理").json, "chart"))
    assert "没能发出去" in visible(slack.wait_for("response_url").args["blocks"])


# ---- what a channel wants --------------------------------------------------------------------------------------------
@pytest.fixture
def governed(slack: Lossy, asker: Asker) -> Iterator[Bot]:
    """A bot with an admin, UBOSS, whom what is set may name."""
    slack.allowed.add("UBOSS")
    bot = Bot(asker, slack, roster=Roster(admins=("UBOSS",)))
    yield bot
    bot.finish()


def test_an_admin_makes_a_channel_public(slack: Lossy, governed: Bot) -> None:
    """Answers to commands are then for all of that channel alone, without a share button, and who set it is told."""
    told = slack.command(governed.url, "/report", "here public", user="UBOSS").json
    assert told["response_type"] == "ephemeral"
    assert "所有人" in visible(told["blocks"]) or "everybody" in visible(told["blocks"])
    assert "<@UBOSS>" in told["text"]
    shown = slack.command(governed.url, "/report", "进度 POS").json
    assert shown["response_type"] == "in_channel"
    assert "share" not in actions_of(shown)
    assert slack.command(governed.url, "/report", "进度 POS", channel="C2").json["response_type"] == "ephemeral"
    assert slack.command(governed.url, "/report", "本频道 私下", user="UBOSS").json["response_type"] == "ephemeral"
    assert slack.command(governed.url, "/report", "进度 POS").json["response_type"] == "ephemeral"


def test_a_slow_answer_is_for_all_of_a_public_channel_too(slack: Lossy, asker: Asker) -> None:
    """What comes after the acknowledgement is shown to the same people."""
    slack.allowed.add("UBOSS")
    with Held(asker, "POS") as held:
        bot = Bot(held, slack, roster=Roster(admins=("UBOSS",)))
        slack.command(bot.url, "/report", "here public", user="UBOSS")
        assert slack.command(bot.url, "/report", "进度 POS").text == ""
        held.gate.release()
        assert slack.wait_for("response_url").args["response_type"] == "in_channel"
        bot.finish()


def test_what_is_not_found_is_told_to_the_asker_alone(slack: Lossy, governed: Bot) -> None:
    """A public channel isn't told what the reports don't say, nor what a verb says."""
    slack.command(governed.url, "/report", "here public", user="UBOSS")
    for text in ("区块链 的进度", "存管", "here"):
        assert slack.command(governed.url, "/report", text).json["response_type"] == "ephemeral", text


def test_only_an_admin_sets_it(slack: Lossy, governed: Bot) -> None:
    """Others are told how it stands and who may change it; a direct message has nothing to set."""
    told = slack.command(governed.url, "/report", "本频道 公开", user="U1").json
    assert "只有管理员" in visible(told["blocks"])
    assert slack.command(governed.url, "/report", "进度 POS").json["response_type"] == "ephemeral"
    assert "私信" in visible(
        slack.command(governed.url, "/report", "本频道 公开", user="UBOSS", channel="D1").json["blocks"]
    )
    assert "share" not in actions_of(slack.command(governed.url, "/report", "进度 POS", channel="D1").json)
