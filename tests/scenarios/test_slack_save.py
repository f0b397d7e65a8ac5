"""A message saved as a report, and the question for which team: both open the form that everybody knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.running import Bot, Lossy, visible

from bot.answers.ask import Asker
from bot.slack.ids import SUBMIT_SHORTCUT, TEAM_BLOCK
from bot.teams import Roster, Team
from store.library import Library

Json = dict[str, Any]
TEAMS = (Team("支付中心", ("U1",)), Team("风控中台", ("U2", "U3")), Team("Merchant Services", ("U3",)))
ROSTER = Roster(TEAMS, ("U9",))
TEXT = "## O1 项目\n- 海棠平台：进度50% &amp; 预计12/20上线\n- <https://x.test/a|文档>已归档"


@pytest.fixture
def bot(start: Callable[..., Bot], asker: Asker) -> Bot:
    """The bot over the sample reports, with teams and an admin."""
    return start(asker, roster=ROSTER)


def save(slack: Lossy, bot: Bot, user: str, text: str = TEXT) -> None:
    """Press "Save as report" on a message of that text."""
    slack.shortcut(bot.url, SUBMIT_SHORTCUT, {"text": text, "user": user}, user=user)


def filled(form: Json) -> str:
    """What stands in the form's fields."""
    inputs = [block["element"] for block in form["blocks"] if block["type"] == "input"]
    return "\n".join(str(each.get("initial_value", "")) for each in inputs)


def test_a_message_is_saved_as_a_report(slack: Lossy, bot: Bot) -> None:
    """The form of the lead's team opens with the message in it, as its author reads it."""
    save(slack, bot, "U1")
    slack.wait_for("views.open")
    assert filled(slack.views.newest) == "\n- 海棠平台：进度50% & 预计12/20上线\n- 文档已归档"
    assert "支付中心" in visible(slack.views.newest["blocks"])


def test_whoever_leads_several_teams_is_asked_which(slack: Lossy, bot: Bot) -> None:
    """The choice offers the teams that they may submit for; the form then holds the message still."""
    save(slack, bot, "U3")
    slack.wait_for("views.open")
    choice = dict(slack.views.newest)
    options = [option["value"] for option in choice["blocks"][0]["element"]["options"]]
    assert options == ["风控中台", "Merchant Services"]
    answer = slack.submit(bot.url, choice, {TEAM_BLOCK: "Merchant Services"}, "U3").json
    assert answer["response_action"] == "update"
    assert "海棠平台" in filled(answer["view"])
    assert "Merchant Services" in visible(answer["view"]["blocks"])


def test_an_admin_chooses_among_all_teams_by_command(slack: Lossy, bot: Bot) -> None:
    """`/report submit` without a name asks for it; the form has that team's structure."""
    assert slack.command(bot.url, "/report", "submit", user="U9").text == ""
    slack.wait_for("views.open")
    choice = dict(slack.views.newest)
    assert len(choice["blocks"][0]["element"]["options"]) == 3
    answer = slack.submit(bot.url, choice, {TEAM_BLOCK: "支付中心"}, "U9").json
    assert "O2系统升级" in visible(answer["view"]["blocks"])


def test_a_choice_of_somebody_elses_team_is_refused_on_its_field(slack: Lossy, bot: Bot) -> None:
    """A forged choice opens nothing."""
    save(slack, bot, "U3")
    slack.wait_for("views.open")
    answer = slack.submit(bot.url, dict(slack.views.newest), {TEAM_BLOCK: "风控中台"}, "U1").json
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == [TEAM_BLOCK]


@pytest.mark.parametrize(("user", "text", "said"), [
    ("U5", TEXT, "支付中心"), ("U1", "<@U2>", "没有可以作为周报的文字"),
])  # fmt: skip
def test_what_cannot_be_saved_is_said_to_the_presser(slack: Lossy, bot: Bot, user: str, text: str, said: str) -> None:
    """Whoever leads no team, and a message without words; nothing opens."""
    save(slack, bot, user, text)
    assert said in slack.wait_for("response_url").args["text"]
    bot.finish()
    assert not slack.calls("views.open")


def test_a_message_is_kept_even_where_slack_opens_nothing(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """What was to be saved is in the database before Slack is asked for a form."""
    slack.fail("views.open", 500)
    save(slack, bot, "U1")
    bot.finish()
    kept = _drafts(asker.library)
    assert [text.startswith("## O1 项目") for text in kept] == [True]


def _drafts(library: Library) -> list[str]:
    """The texts of all drafts."""
    return [row[0] for row in library._connections.db.execute("SELECT text FROM drafts WHERE state <> 'form'")]


def test_headings_may_be_long_and_alike(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """Headings beyond what Slack takes as a field's name, and two alike: each text comes back below its own."""
    parts = ["## O1 项目", f"## 其他{'与关联方' * 100}", "## O1 项目"]
    below = [f"{heading}\n\n- 第{at}平台：进度{at}0%\n" for at, heading in enumerate(parts, 1)]
    text = "\n".join(["# 第51周 2023-12-15\n", *below])
    save(slack, bot, "U1", text)
    slack.wait_for("views.open")
    form = dict(slack.views.newest)
    assert slack.submit(bot.url, form).json["response_action"] == "push"
    assert _drafts(asker.library)[-1] == text


def test_a_report_keeps_its_own_title_while_its_day_stays(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """A message that is a dated report opens the form on its day with its title; another day gets another title."""
    save(slack, bot, "U1", "# 支付中心周报（2023-12-08）\n\n## 项目\n- 甲平台：进度10%")
    slack.wait_for("views.open")
    form = dict(slack.views.newest)
    assert form["blocks"][1]["element"]["initial_date"] == "2023-12-08"
    slack.submit(bot.url, form)
    slack.submit(bot.url, form, {"day": "2023-12-15"})
    titles = [text.split("\n")[0] for text in _drafts(asker.library)]
    assert titles[-2:] == ["# 支付中心周报（2023-12-08）", "# 第51周 2023-12-15"]


def test_a_form_that_nobody_knows_is_said(slack: Lossy, bot: Bot) -> None:
    """A form that came from elsewhere is refused on its first field, and the text stays in it."""
    save(slack, bot, "U1")
    slack.wait_for("views.open")
    answer = slack.submit(bot.url, {**slack.views.newest, "private_metadata": "4711"}).json
    assert list(answer["errors"]) == ["day"]
