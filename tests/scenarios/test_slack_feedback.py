"""The button 不对 / Wrong over HTTP: kept once, acknowledged for the presser alone, with a field for the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.command import run
from support.running import TODAY, Bot, Lossy, visible

from bot.answers.ask import Asker

Message = dict[str, Any]


def wrong_button(message: Any) -> dict[str, Any]:
    """The button that marks a message's answer as wrong."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    (button,) = [button for row in rows for button in row if button["action_id"] == "wrong"]
    return dict(button)


def kept(database: Path, *options: str) -> list[dict[str, Any]]:
    """What the admins see."""
    found: list[dict[str, Any]] = run("feedback", "--json", "--db", database, *options).json["feedback"]
    return found


@pytest.mark.parametrize(("question", "label", "noted"), [
    ("POS 进度", "不对", "记下了"), ("incidents last 4 weeks", "Wrong", "Noted"), ("区块链的进度", "不对", "记下了"),
])  # fmt: skip
def test_an_answer_is_marked_with_its_button(
    slack: Lossy, bot: Bot, database: Path, question: str, label: str, noted: str
) -> None:
    """A press is acknowledged empty, answered ephemerally, and kept with question, user and what the answer cited."""
    slack.direct(bot.url, question, user="U7")
    message = dict(slack.wait_for("chat.postMessage").args)
    button = wrong_button(message)
    assert button["text"]["text"] == label
    reply = slack.action(bot.url, button, user="U7", channel="DU7")  # ephemeral messages don't come with the click
    assert (reply.status, reply.text) == (200, "")
    sent = slack.wait_for("response_url")
    assert sent.args["response_type"] == "ephemeral"
    assert sent.args["replace_original"] is False
    assert noted in visible(sent.args["blocks"])
    (one,) = kept(database)
    assert (one["user"], one["question"], one["reason"]) == ("U7", question, None)
    assert one["head"] == message["blocks"][0]["text"]["text"]
    assert all(cited["quote"] for cited in one["citations"])
    assert bool(one["citations"]) is ("区块链" not in question)


def test_each_user_marks_an_answer_once(slack: Lossy, bot: Bot, database: Path) -> None:
    """A second press of the same user is told so and keeps nothing more; another user's is a note of its own."""
    button = wrong_button(slack.command(bot.url, "/report", "进度 POS").json)
    for count, user in enumerate(("U1", "U1", "U2"), 1):
        slack.action(bot.url, button, user=user)
        slack.wait_for("response_url", count=count)
    told = [visible(call.args["blocks"]) for call in slack.calls("response_url")]
    assert ["标记过" in text for text in told] == [False, True, False]
    assert sorted(one["user"] for one in kept(database)) == ["U1", "U2"]


def test_the_reason_is_given_in_the_field_below(slack: Lossy, bot: Bot, database: Path) -> None:
    """The acknowledgement's field gives the reason and is replaced; once closed, the field says to mark it anew."""
    slack.action(bot.url, wrong_button(slack.command(bot.url, "/report", "进度 POS").json))
    (field,) = [block for block in slack.wait_for("response_url").args["blocks"] if block["type"] == "input"]
    typed = {"type": "plain_text_input", "action_id": field["element"]["action_id"], "block_id": field["block_id"]}
    slack.action(bot.url, {**typed, "value": "后端是 100% <!channel>"})
    thanks = slack.wait_for("response_url", count=2)
    assert thanks.args["replace_original"] is True
    assert "原因记下了" in visible(thanks.args["blocks"])
    assert [one["reason"] for one in kept(database)] == ["后端是 100% <!channel>"]
    slack.action(bot.url, {**typed, "value": "别人"}, user="U2")
    slack.wait_for("response_url", count=3)
    assert [one["reason"] for one in kept(database)] == ["后端是 100% <!channel>"]
    assert run("feedback", "--close", "1", "--db", database).code == 0
    slack.action(bot.url, {**typed, "value": "太晚"})
    assert "再标记一次" in visible(slack.wait_for("response_url", count=4).args["blocks"])


def test_words_mark_the_answer_before(slack: Lossy, bot: Bot, database: Path) -> None:
    """In a direct message `不对：…` marks what was answered there last, and is no question."""
    slack.direct(bot.url, "POS 进度", user="U7")
    slack.wait_for("chat.postMessage")
    slack.direct(bot.url, "不对：还没上线", user="U7")
    assert "记下了" in visible(slack.wait_for("chat.postMessage", count=2).args["blocks"])
    assert [(one["user"], one["question"], one["reason"]) for one in kept(database)] == [("U7", "POS 进度", "还没上线")]
    slack.direct(bot.url, "不对", user="U8")
    assert "没有答案可标记" in visible(slack.wait_for("chat.postMessage", count=3).args["blocks"])


def test_another_process_takes_the_press(
    slack: Lossy, start: Callable[[Any], Bot], opened: Callable[[], Any], database: Path
) -> None:
    """The button carries what is kept, so that a bot started later, or another replica, notes the press as well."""
    button = wrong_button(slack.command(start(opened()).url, "/incidents", "last 4 weeks").json)
    slack.action(start(opened()).url, button, user="U5")
    slack.wait_for("response_url")
    (one,) = kept(database)
    assert (one["question"], one["kind"]) == ("/incidents last 4 weeks", "incidents")
    assert one["citations"]


def test_a_correction_by_hand_shows_in_slack(slack: Lossy, bot: Bot, database: Path, asker: Asker) -> None:
    """What an admin corrects beside the running bot is in its next answer, with what was read, who says so and why."""
    before = slack.command(bot.url, "/report", "进度 POS").json
    line = next(c.line for c in asker.ask("进度 POS", TODAY).citations)
    report = next(c.report for c in asker.ask("进度 POS", TODAY).citations)
    ran = run("correct", "add", f"id:{report.id}", str(line), "progress", "42", "--why", "<!channel> 看错了", "--by",
              "老王", "--db", database)  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    message = slack.command(bot.url, "/report", "进度 POS").json
    assert "已更正" not in visible(before["blocks"])
    assert "已更正" in visible(message["blocks"])
    assert "现为 42%；老王：<!channel> 看错了" in visible(message["blocks"])
    assert "<!channel>" not in message["text"]
    assert run("correct", "remove", "1", "--db", database).code == 0
    assert slack.command(bot.url, "/report", "进度 POS").json == before


def test_a_press_that_fails_gets_a_word(slack: Lossy, bot: Bot, database: Path) -> None:
    """A value that no button of ours has, as of an older version, is answered with the number that the log has."""
    slack.action(bot.url, {"action_id": "wrong", "value": "{}"})
    assert "出错" in visible(slack.wait_for("response_url").args["blocks"])
    slack.action(bot.url, {"action_id": "wrong_reason", "block_id": "note_x", "value": "?"})
    assert "出错" in visible(slack.wait_for("response_url", count=2).args["blocks"])
    assert kept(database) == []


def test_the_help_can_not_be_wrong(slack: Lossy, bot: Bot) -> None:
    """The help speaks of no report and has no such button."""
    message = slack.command(bot.url, "/report", "help").json
    assert not [b for block in message["blocks"] for b in block.get("elements", []) if b.get("action_id") == "wrong"]
