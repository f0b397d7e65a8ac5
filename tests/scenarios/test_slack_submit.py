"""Submitting a report over HTTP: the form, its errors, the preview, and what counts in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support.handing_in import ROSTER, TEAM, field, opened, shown, stands, submitted
from support.places import NOW
from support.running import Bot, Lossy, visible

from bot.answers.ask import Asker
from store.intake import Candidate

Json = dict[str, Any]


@pytest.fixture
def bot(start: Callable[..., Bot], asker: Asker) -> Bot:
    """The bot over the sample reports, with teams and an admin."""
    return start(asker, roster=ROSTER)


@pytest.fixture(autouse=True)
def _fit_views(slack: Lossy, outside: Callable[[str, Json], list[str]]) -> Iterator[None]:
    """Every modal that the bot answered with or opened passes the schemas beside the project."""
    yield
    for call in slack.calls("views.open"):
        assert outside("modal", dict(call.args["view"])) == []


def test_a_report_is_written_checked_and_counts(
    slack: Lossy, bot: Bot, asker: Asker, outside: Callable[[str, Json], list[str]]
) -> None:
    """The form has last week's structure; the preview says what was understood and what looks off; then it counts."""
    form = opened(slack, bot)
    assert "〔上周 66%，12/22 提测〕" in str(form["blocks"])
    values = {field(form, "【O2系统升级】"): "- 商户系统升级：整体进度60% <!channel> <@U123>"}
    preview = slack.submit(bot.url, form, values).json["view"]
    text = visible(preview["blocks"])
    assert outside("modal", preview) == []
    assert "读到项目 1 个、指标 0 个、事件 0 起、下周目标 0 条" in text
    assert "商户系统升级：进度从 66% 退到 60%" in text
    assert "通道费率第二轮谈判，12/13" in text
    assert stands(asker) == []
    done = slack.submit(bot.url, shown(form, preview), {}).json["view"]
    assert "已提交：支付中心 第51周（2023-12-15）——项目 1" in visible(done["blocks"])
    assert stands(asker) == [("商户系统升级", 60)]
    told = slack.wait_for("chat.postMessage")
    assert "第 1 版" in told.args["text"]


def test_a_correction_starts_from_what_was_sent(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """The form of a week that was submitted holds that report; sent again it is a revision, not a second report."""
    submitted(slack, bot, {"【O2系统升级】": "- 机房双活：进度70%"})
    form = opened(slack, bot)
    assert form["blocks"][2]["element"]["initial_value"].strip() == "- 机房双活：进度70%"
    done = submitted(slack, bot, {"【O2系统升级】": "- 机房双活：进度75%"})
    assert "已更正" in visible(done["blocks"])
    assert "第 2 版" in visible(done["blocks"])
    assert stands(asker) == [("机房双活", 75)]


def test_sent_twice_counts_once(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """Slack's retry of the last step finds the report there and stores nothing more."""
    form = opened(slack, bot)
    values = {field(form, "【O2系统升级】"): "- 机房双活：进度70%"}
    previews = [slack.submit(bot.url, form, values).json["view"] for _ in range(2)]
    assert previews[0] == previews[1]
    texts = [visible(slack.submit(bot.url, shown(form, each), {}).json["view"]["blocks"]) for each in previews]
    assert ["已提交" in texts[0], "没有变化" in texts[1]] == [True, True]
    assert stands(asker) == [("机房双活", 70)]


@pytest.mark.parametrize(("values", "block", "words"), [
    ({}, "field_0", "请先写几行"), ({"day": "2024-03-01"}, "day", "不能晚于"), ({"day": None}, "day", "日期要填"),
])  # fmt: skip
def test_errors_sit_on_their_fields(slack: Lossy, bot: Bot, values: Json, block: str, words: str) -> None:
    """An untouched form and a bad date are told on the field, and nothing is stored."""
    said = slack.submit(bot.url, opened(slack, bot), values).json
    assert said["response_action"] == "errors"
    ((name, text),) = said["errors"].items()
    assert name.startswith(block)
    assert words in text


def test_long_reports_are_taken(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """Fields full to Slack's bound, 18,000 characters in all, are one report; a correction splits them anew."""
    line = "- 机房双活：进度70%，" + "演练记录" * 20 + "\n"
    text = (line * 40)[:3000]
    titles = ("【重点工作】", "【O1 服务业务】", "【O2系统升级】", "【其他】", "收获与反思", "生产稳定性事件")
    done = submitted(slack, bot, dict.fromkeys(titles, text))
    assert "已提交" in visible(done["blocks"])
    inputs = [block for block in opened(slack, bot)["blocks"] if block["type"] == "input"]
    assert len(inputs) == 1 + 2 * len(titles)
    assert sum(len(block["element"].get("initial_value", "")) for block in inputs) > 17_900


def test_only_leads_and_admins_submit(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """A stranger is told who may, at the command and again when a form is sent; an admin may for any team."""
    assert "U1" in visible(slack.command(bot.url, "/report", f"submit {TEAM}", user="U2").json["blocks"])
    assert "teams.toml" in visible(slack.command(bot.url, "/report", "submit", user="U5").json["blocks"])
    form = opened(slack, bot, "U9", TEAM)
    values = {field(form, "【O2系统升级】"): "- 机房双活：进度70%"}
    assert "U1" in slack.submit(bot.url, form, values, "U2").json["errors"]["day"]
    preview = slack.submit(bot.url, form, values, "U9").json["view"]
    assert "U1" in visible(slack.submit(bot.url, shown(form, preview), {}, "U2").json["view"]["blocks"])
    assert stands(asker) == []
    slack.submit(bot.url, shown(form, preview), {}, "U9")
    assert stands(asker) == [("机房双活", 70)]


def test_who_leads_several_names_one(slack: Lossy, bot: Bot) -> None:
    """In a message without a name the teams are listed; with one its form opens, in the team's language."""
    slack.direct(bot.url, "写周报", user="U3")
    assert "风控中台、Merchant Services" in slack.wait_for("chat.postMessage").args["text"]
    assert "last week" in str(opened(slack, bot, "U3", "Merchant Services")["blocks"])


def test_a_message_gets_a_button(slack: Lossy, bot: Bot) -> None:
    """A direct message has no trigger: its answer is a button that opens the form, for those who may."""
    slack.direct(bot.url, "写周报")
    message = slack.wait_for("chat.postMessage").args
    button = next(block["elements"][0] for block in message["blocks"] if block["type"] == "actions")
    slack.action(bot.url, button)
    slack.wait_for("views.open")
    assert TEAM in visible(slack.views.newest["blocks"])
    slack.action(bot.url, button, user="U2")
    assert "U1" in slack.wait_for("chat.postMessage", count=2).args["text"]


def test_a_slack_that_fails_loses_no_report(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """The report counts although the confirmation's message is refused; the modal says so all the same."""
    slack.fail("chat.postMessage", 500)
    done = submitted(slack, bot, {"【O2系统升级】": "- 机房双活：进度70%"})
    assert "已提交" in visible(done["blocks"])
    slack.wait_for("chat.postMessage")
    assert stands(asker) == [("机房双活", 70)]


def test_a_report_read_from_a_file_is_replaced(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """The form of a week that a file reported holds that text; the preview names what is replaced, and one counts."""
    text = "# 第51周 2023-12-15\n\n## O1 项目\n\n- 机房双活：进度70%\n"
    list(asker.library.ingest([Candidate("a/w51.md", "/a/w51.md", "w51.md", None, text.encode())], NOW, TEAM))
    form = opened(slack, bot)
    (name,) = [block["block_id"] for block in form["blocks"] if block["block_id"].startswith("field_")]
    preview = slack.submit(bot.url, form, {name: "- 机房双活：进度75%"}).json["view"]
    assert "它取代从文件读入的 第51周 (2023-12-15)（w51.md）" in visible(preview["blocks"])
    done = slack.submit(bot.url, shown(form, preview), {}).json["view"]
    assert "第 2 版\n取代了文件 w51.md" in visible(done["blocks"])
    assert stands(asker) == [("机房双活", 75)]
    again = slack.submit(bot.url, opened(slack, bot)).json["view"]
    assert "这是对 第51周 (2023-12-15) 的更正，现在是第 2 版" in visible(again["blocks"])


def test_what_stands_beside_is_said(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """Of two files of the week one is replaced, and the other one is named: answers count both."""
    for at, day in enumerate(("2023-12-13", "2023-12-15")):
        text = f"# {day}\n\n## O1 项目\n\n- 机房双活：进度7{at}%\n"
        list(asker.library.ingest([Candidate(f"{at}.md", f"/{at}.md", f"{at}.md", None, text.encode())], NOW, TEAM))
    preview = slack.submit(bot.url, opened(slack, bot)).json["view"]
    assert "这一周另有一份周报 2023-12-13" in visible(preview["blocks"])
