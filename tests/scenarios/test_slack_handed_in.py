"""The buttons below a report that was handed in: it is shown, corrected, withdrawn and brought back by who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.handing_in import FRIDAY, ROSTER, TEAM, buttons, field, opened, shown, stands, submitted
from support.places import NOW
from support.running import Bot, Lossy, visible

from bot.answers.ask import Asker
from store.drafts import Drafts
from store.intake import Candidate
from store.library import Library
from store.upkeep import Upkeep

Json = dict[str, Any]
O2 = "【O2系统升级】"


@pytest.fixture
def bot(start: Callable[..., Bot], asker: Asker) -> Bot:
    """The bot over the sample reports, with teams and an admin."""
    return start(asker, roster=ROSTER)


@pytest.fixture
def message(slack: Lossy, bot: Bot) -> Json:
    """The confirmation of a report that was handed in."""
    submitted(slack, bot, {O2: "- 机房双活：进度70%"})
    return dict(slack.wait_for("chat.postMessage").args)


def press(slack: Lossy, bot: Bot, message: Json, label: str, user: str = "U1") -> Json:
    """What the bot says to a press of this button below a direct message."""
    said = len(slack.calls("response_url"))
    slack.action(bot.url, buttons(message)[label], user=user, channel=f"D{user}", message=message)
    return dict(slack.wait_for("response_url", count=said + 1).args)


def week(library: Library) -> Any:
    """The report that is there for the week."""
    return Drafts(library).week(TEAM, FRIDAY).taken


def test_what_was_handed_in_can_be_looked_at(slack: Lossy, bot: Bot, message: Json) -> None:
    """The confirmation names team, week and counts; a button opens all of the report, none of it marked as cited."""
    assert "已提交：支付中心 第51周（2023-12-15）——项目 1" in message["text"]
    assert list(buttons(message)) == ["看看", "更正", "撤回"]
    slack.action(bot.url, buttons(message)["看看"], message=message)
    slack.wait_for("views.open", count=2)
    text = visible(slack.views.newest["blocks"])
    assert "机房双活：进度70%" in text
    assert "引用" not in text


def test_a_correction_starts_from_the_text_that_stands(slack: Lossy, bot: Bot, message: Json, asker: Asker) -> None:
    """Whoever presses gets the newest text, also below an older message; what is sent is the next revision."""
    submitted(slack, bot, {O2: "- 机房双活：进度75%"})
    slack.action(bot.url, buttons(message)["更正"], message=message)
    slack.wait_for("views.open", count=3)
    form = dict(slack.views.newest)
    assert "机房双活：进度75%" in str(form["blocks"])
    preview = slack.submit(bot.url, form, {field(form, O2): "- 机房双活：进度80%"}).json["view"]
    done = slack.submit(bot.url, shown(form, preview), {}).json["view"]
    assert "第 3 版" in visible(done["blocks"])
    assert stands(asker) == [("机房双活", 80)]


def test_a_report_is_withdrawn_and_brought_back(slack: Lossy, bot: Bot, message: Json, asker: Asker) -> None:
    """Slack asks before it is withdrawn; the message then says so in its place and offers to bring it back."""
    assert buttons(message)["撤回"]["confirm"]["style"] == "danger"
    gone = press(slack, bot, message, "撤回")
    assert (gone["replace_original"], list(buttons(gone))) == (True, ["恢复"])
    assert "已撤回：支付中心 第51周 (2023-12-15)，第 1 版" in gone["text"]
    assert stands(asker) == []
    back = press(slack, bot, gone, "恢复")
    assert "已恢复：支付中心 第51周" in back["text"]
    assert list(buttons(back)) == ["看看", "更正", "撤回"]
    assert stands(asker) == [("机房双活", 70)]


def test_a_second_press_says_how_it_is(slack: Lossy, bot: Bot, message: Json, asker: Asker) -> None:
    """Pressed twice, or where a message is shown that is out of date, each button says what is so and does nothing."""
    gone = press(slack, bot, message, "撤回")
    assert "已经撤回" in press(slack, bot, message, "撤回")["text"]
    assert "已经撤回" in press(slack, bot, message, "更正")["text"]
    press(slack, bot, gone, "恢复")
    assert "没有撤回，第 1 版正计入回答" in press(slack, bot, gone, "恢复")["text"]
    assert stands(asker) == [("机房双活", 70)]


def test_nobody_withdraws_a_correction_unseen(slack: Lossy, bot: Bot, message: Json, asker: Asker) -> None:
    """Below a message that is older than a correction, the first press says so; the button of what is said then does
    it."""
    submitted(slack, bot, {O2: "- 机房双活：进度75%"})
    told = press(slack, bot, message, "撤回")
    assert "没有撤回：支付中心 第51周 (2023-12-15) 在这之后更正过，现在是第 2 版" in told["text"]
    assert stands(asker) == [("机房双活", 75)]
    assert "已撤回" in press(slack, bot, told, "撤回")["text"]
    assert stands(asker) == []


def test_only_leads_and_admins_may(slack: Lossy, bot: Bot, message: Json, asker: Asker) -> None:
    """Whoever leads another team is told who may, and the message stays; an admin may."""
    for label in ("更正", "撤回"):
        said = press(slack, bot, message, label, user="U2")
        assert ("U1" in said["text"], said["replace_original"]) == (True, False)
    assert stands(asker) == [("机房双活", 70)]
    gone = press(slack, bot, message, "撤回", user="U9")
    assert "由负责人提交" in press(slack, bot, gone, "恢复", user="U2")["text"]
    assert stands(asker) == []


def test_nothing_is_brought_back_beside_another(slack: Lossy, bot: Bot, message: Json, asker: Asker) -> None:
    """Where a file reported the week meanwhile, that one is named instead: one report a week counts."""
    gone = press(slack, bot, message, "撤回")
    text = "# 第51周 2023-12-15\n\n## O2系统升级\n\n- 机房双活：进度71%\n"
    list(asker.library.ingest([Candidate("w51.md", "/w51.md", "w51.md", None, text.encode())], NOW, TEAM))
    assert "没有恢复：这一周现在另有 支付中心 第51周" in press(slack, bot, gone, "恢复")["text"]
    assert stands(asker) == [("机房双活", 71)]


def test_somebody_else_withdrew_it(slack: Lossy, bot: Bot, message: Json, asker: Asker) -> None:
    """By command, say: the buttons know, and the source says that it is withdrawn."""
    Upkeep(asker.library).withdraw(week(asker.library).ref.id, NOW)
    slack.action(bot.url, buttons(message)["看看"], message=message)
    slack.wait_for("views.open", count=2)
    assert "已经撤回" in visible(slack.views.newest["blocks"])
    assert "恢复" in buttons(press(slack, bot, message, "撤回"))


def test_a_button_of_no_report_is_told(slack: Lossy, bot: Bot, message: Json) -> None:
    """A report that the database doesn't know, after it was made anew."""
    for one in ("withdraw_report", "restore_report", "correct_report"):
        said = len(slack.calls("response_url"))
        slack.action(bot.url, {"action_id": one, "value": "4711 1"}, message=message)
        assert "找不到" in slack.wait_for("response_url", count=said + 1).args["text"]


def test_slack_that_opens_no_form_is_told(slack: Lossy, bot: Bot, message: Json) -> None:
    """A trigger that came too late is said, and the message keeps its buttons."""
    slack.fail("views.open", 200, body={"ok": False, "error": "expired_trigger_id"})
    said = press(slack, bot, message, "更正")
    assert ("请再按一次" in said["text"], said["replace_original"]) == (True, False)


def test_a_correction_of_somebody_elses_is_not_overwritten_unseen(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """A form that was open meanwhile says so in its preview; what changes after the preview is shown once more."""
    form = opened(slack, bot)
    submitted(slack, bot, {O2: "- 机房双活：进度75%"}, user="U9", rest=TEAM)
    preview = slack.submit(bot.url, form, {field(form, O2): "- 机房双活：进度70%"}).json["view"]
    assert "打开表单之后，第51周 (2023-12-15) 改过（现在是第 1 版）" in visible(preview["blocks"])
    submitted(slack, bot, {O2: "- 机房双活：进度80%"}, user="U9", rest=TEAM)
    again = slack.submit(bot.url, shown(form, preview), {}).json["view"]
    assert "先没有提交" in visible(again["blocks"])
    assert stands(asker) == [("机房双活", 80)]
    slack.submit(bot.url, shown(form, again), {})
    assert stands(asker) == [("机房双活", 70)]
