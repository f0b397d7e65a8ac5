"""看原文 / Show source over HTTP: a modal with the report's own lines, as whoever presses may see them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from support.command import run
from support.running import TODAY, Bot, Lossy, visible

from bot.answers.ask import Asker

Message = dict[str, Any]


def button_of(message: Any, action: str) -> Message:
    """The button of a message that does this."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    (button,) = [button for row in rows for button in row if button["action_id"] == action]
    return dict(button)


def test_the_source_of_an_answer_opens(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """The press is acknowledged empty, and the modal shows the cited lines; nothing is posted."""
    message = slack.command(bot.url, "/report", "进度 POS").json
    button = button_of(message, "source")
    assert button["text"]["text"] == "看原文"
    reply = slack.action(bot.url, button)
    assert (reply.status, reply.text) == (200, "")
    view = slack.wait_for("views.open").args["view"]
    shown = visible(view["blocks"])
    for citation in asker.ask("进度 POS", TODAY).citations:
        if citation.report.report_date.isoformat() == "2023-12-08":
            assert citation.quote in shown
    assert "支付中心 · 第50周 · 2023-12-08" in shown
    assert not slack.calls("response_url", "chat.postMessage", "chat.postEphemeral")


def test_the_modal_turns_to_the_other_reports(slack: Lossy, bot: Bot) -> None:
    """Each other cited report has a button in the modal that shows it in its place, and back again."""
    slack.action(bot.url, button_of(slack.command(bot.url, "/report", "进度 POS").json, "source"))
    slack.wait_for("views.open")
    other = button_of(slack.views.newest, "source_1")
    assert "第48周" in other["text"]["text"]
    slack.press_in_view(bot.url, slack.views.newest, other)
    slack.wait_for("views.update")
    assert "2023-11-24" in visible(slack.views.newest["blocks"][0])
    slack.press_in_view(bot.url, slack.views.newest, button_of(slack.views.newest, "source_0"))
    slack.wait_for("views.update", count=2)
    assert "2023-12-08" in visible(slack.views.newest["blocks"][0])


def test_a_source_that_was_withdrawn_since_is_said_to_be(slack: Lossy, bot: Bot, database: Path) -> None:
    """An answer that is older than the withdrawal leads to no line of the report any more."""
    button = button_of(slack.command(bot.url, "/report", "进度 POS").json, "source")
    assert run("withdraw", "seeds/支付中心/2023-12-08.md", "--db", database).code == 0
    slack.action(bot.url, button)
    shown = visible(slack.wait_for("views.open").args["view"]["blocks"])
    assert "已经撤回" in shown
    assert "POS推广" not in shown


def test_what_was_corrected_by_hand_is_said(slack: Lossy, bot: Bot, database: Path, asker: Asker) -> None:
    """The modal shows the line as it was written, and above it what holds in its place and who says so."""
    cited = next(c for c in asker.ask("进度 POS", TODAY).citations if c.line == 54)
    button = button_of(slack.command(bot.url, "/report", "进度 POS").json, "source")
    ran = run("correct", "add", f"id:{cited.report.id}", "54", "progress", "42", "--why", "<!channel> 看错了", "--by",
              "老王", "--db", database)  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    slack.action(bot.url, button)
    shown = visible(slack.wait_for("views.open").args["view"]["blocks"])
    assert "现为 42%；老王：<!channel> 看错了" in shown
    assert cited.quote in shown


def test_a_trigger_that_is_too_old_gets_a_word(slack: Lossy, bot: Bot) -> None:
    """Where Slack opens nothing, the presser is asked to press once more."""
    slack.fail("views.open", 200, {}, {"ok": False, "error": "expired_trigger_id"})
    slack.action(bot.url, button_of(slack.command(bot.url, "/report", "进度 POS").json, "source"))
    assert "再按一次" in visible(slack.wait_for("response_url").args["blocks"])


def test_a_value_of_nobodys_making_opens_nothing_of_a_report(slack: Lossy, bot: Bot) -> None:
    """What no button of ours carries gets the number that the log has; a report that isn't there gets that."""
    slack.action(bot.url, {"action_id": "source", "value": "{}"})
    assert "出错" in visible(slack.wait_for("views.open").args["view"]["blocks"])
    slack.action(bot.url, {"action_id": "source", "value": '["zh",0,[99999,1,1,1]]'})
    assert "找不到" in visible(slack.wait_for("views.open", count=2).args["view"]["blocks"])


def test_a_press_in_a_thread_is_answered_in_it(slack: Lossy, bot: Bot) -> None:
    """What a button below a reply asks is said in that thread, to the presser alone; below a message of its own it
    goes to the channel."""
    pressed = {"action_id": "ask_0", "value": "POS 进度"}
    slack.action(bot.url, pressed, user="U7", message={"thread_ts": "1700000000.000100"})
    sent = slack.wait_for("chat.postEphemeral").args
    assert (sent["channel"], sent["user"], sent["thread_ts"]) == ("C1", "U7", "1700000000.000100")
    slack.action(bot.url, pressed, message={"ts": "1700000000.000100", "thread_ts": "1700000000.000100"})
    slack.wait_for("response_url")
    assert len(slack.calls("chat.postEphemeral")) == 1


def test_where_the_bot_is_no_member_a_thread_is_answered_all_the_same(slack: Lossy, bot: Bot) -> None:
    """Slack lets only members post; the answer then comes by the response_url, outside of the thread."""
    slack.fail("chat.postEphemeral", 200, {}, {"ok": False, "error": "not_in_channel"})
    slack.action(bot.url, {"action_id": "ask_0", "value": "POS 进度"}, message={"thread_ts": "1700000000.000100"})
    assert "POS" in slack.wait_for("response_url").args["text"]
