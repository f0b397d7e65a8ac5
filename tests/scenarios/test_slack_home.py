"""The Home tab: what each person sees on opening it, and the settings that stand on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from support.running import Bot, Lossy, visible
from support.slack_limits import problems

from bot.answers.ask import Asker
from bot.home import home_of
from bot.render.slack_home import build_home
from bot.slack.ids import ASK_ACTION, HOME_AWAY, HOME_BACK, HOME_LANGUAGE, WRITE_NOW
from bot.teams import Roster, Team
from store.intake import Candidate
from store.library import Library
from store.people import Person

Json = dict[str, Any]
ROSTER = Roster((Team("支付中心", ("U1",)), Team("风控中台", ("U2",)), Team("新团队")), ("U9",))
NOW = datetime(2023, 12, 11, 1, 0, tzinfo=UTC)


@pytest.fixture
def bot(start: Callable[..., Bot], asker: Asker) -> Bot:
    """The bot over the sample reports, with teams and an admin."""
    return start(asker, roster=ROSTER)


def home(slack: Lossy, bot: Bot, user: str) -> Json:
    """The tab that somebody sees who opens it."""
    before = len(slack.calls("views.publish"))
    slack.open_home(bot.url, user)
    slack.wait_for("views.publish", count=before + 1)
    return dict(slack.views.homes[user])


def elements(view: Json) -> list[Json]:
    """All buttons, selects and pickers."""
    beside = [block["accessory"] for block in view["blocks"] if "accessory" in block]
    return [*beside, *(part for block in view["blocks"] if block["type"] == "actions" for part in block["elements"])]


def named(view: Json, action: str) -> Json:
    """The element with this id."""
    return next(each for each in elements(view) if each["action_id"] == action)


def test_a_lead_sees_their_team(slack: Lossy, bot: Bot) -> None:
    """That its report is missing with the button to write it, dates, promises and figures, each with its line; no other
    team."""
    view = home(slack, bot, "U1")
    text = visible(view["blocks"])
    assert "本周周报还没交；最近一份是 第50周 (2023-12-08)" in text
    assert named(view, WRITE_NOW)["value"] == "支付中心"
    assert "12/14 小贝项目（家家盈） 评审  第50周 39 行" in text
    assert "99.3% → 99.36%  +0.06 pp" in text
    assert "▁" in text
    assert "第50周 (2023-12-08) 的下周目标" in text
    assert "风控中台" not in text


def test_others_see_all_teams_and_questions(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """Whoever leads none sees each, cannot write for any, and presses a question; its answer comes directly."""
    view = home(slack, bot, "U5")
    text = visible(view["blocks"])
    assert all(name in text for name in ("支付中心", "风控中台", "Merchant Services"))
    assert WRITE_NOW not in {each["action_id"] for each in elements(view)}
    assert "谁交了周报" not in text
    ask = next(each for each in elements(view) if each["action_id"].startswith(ASK_ACTION))
    slack.press_in_view(bot.url, view, ask, user="U5")
    assert slack.wait_for("chat.postMessage").args["channel"] == "U5"


def test_an_admin_sees_who_handed_in(slack: Lossy, bot: Bot) -> None:
    """The last weeks of each team, teams without a lead, who is away, and what was marked as wrong."""
    bot.answering.people.leave("U2", date(2023, 12, 20))
    view = home(slack, bot, "U9")
    text = visible(view["blocks"])
    assert "谁交了周报" in text
    assert "✓     ✓     ✓     ✓     ✓     ✗" not in text  # this week's Friday is yet to come
    assert "没有负责人的团队：新团队" in text
    assert {"type": "user", "user_id": "U2"} in [
        part for block in view["blocks"] if block["type"] == "rich_text"
        for section in block["elements"] for part in section["elements"]
    ]  # fmt: skip


def test_the_language_is_chosen_and_shown_at_once(slack: Lossy, bot: Bot) -> None:
    """The tab is published again in it, and answers follow; "auto" takes it back."""
    view = home(slack, bot, "U5")
    select = named(view, HOME_LANGUAGE)
    english = next(option for option in select["options"] if option["value"] == "en")
    slack.press_in_view(bot.url, view, {**select, "selected_option": english}, user="U5")
    slack.wait_for("views.publish", count=2)
    assert "Settings" in visible(slack.views.homes["U5"]["blocks"])
    assert "4 parts" in visible(slack.command(bot.url, "/report", "POS 进度怎么样", user="U5").json["blocks"])
    auto = next(option for option in select["options"] if option["value"] == "auto")
    slack.press_in_view(bot.url, slack.views.homes["U5"], {**select, "selected_option": auto}, user="U5")
    slack.wait_for("views.publish", count=3)
    assert "设置" in visible(slack.views.homes["U5"]["blocks"])


def test_a_vacation_is_set_and_ended(slack: Lossy, bot: Bot) -> None:
    """The first day back is shown with the button that ends it."""
    view = home(slack, bot, "U1")
    slack.press_in_view(bot.url, view, {**named(view, HOME_AWAY), "selected_date": "2023-12-20"}, user="U1")
    slack.wait_for("views.publish", count=2)
    assert bot.answering.people.away(date(2023, 12, 11)) == {"U1": date(2023, 12, 20)}
    away = slack.views.homes["U1"]
    assert "2023-12-20" in visible(away["blocks"])
    slack.press_in_view(bot.url, away, named(away, HOME_BACK), user="U1")
    slack.wait_for("views.publish", count=3)
    assert bot.answering.people.away(date(2023, 12, 11)) == {}


def test_the_messages_tab_publishes_nothing(slack: Lossy, bot: Bot) -> None:
    """Slack tells of that tab with the same event."""
    slack.open_home(bot.url, "U1", "messages")
    bot.finish()
    assert not slack.calls("views.publish")


HOSTILE = """# 周报 第50周 2023-12-08

## 重点工作
- <!channel> <@U123> <https://x.test|y> &amp; *b* `c`

## O1 <!here>
""" + "".join(f"- <@U{n}>项目{n}{'长' * 200}：进度{n}%，预计12/1{n % 9 + 1}上线\n" for n in range(60)) + """
## 下周目标
""" + "".join(f"- <!channel> 目标{n}{'很' * 300}\n" for n in range(60))  # fmt: skip


@pytest.mark.parametrize("teams", [1, 6, 60])
def test_any_reports_fit(library: Library, teams: int) -> None:
    """Long and hostile text of many teams stays within Slack's limits, and nothing of it is read as markup."""
    files = [Candidate(f"{n}.md", f"{n}.md", f"{n}.md", f"<!channel>{n}", HOSTILE.encode()) for n in range(teams)]
    list(library.ingest(files, NOW))
    roster = Roster(tuple(Team(f"<@U{n}>{'名' * 80}") for n in range(60)), ("U9",))
    for user, known in (("U9", roster), ("U1", Roster(tuple(Team(f"<!channel>{n}", ("U1",)) for n in range(teams))))):
        people = {f"U{n}": date(2024, 1, 1) for n in range(200)}
        made = home_of(library, known, Person(user), "zh", NOW.date(), NOW, away=people, open_feedback=3)
        view = build_home(made, known, None)
        assert problems(view, "home", {f"U{n}" for n in range(200)}) == []
        assert "mrkdwn" not in str(view)


def test_without_reports_it_says_what_will_stand_here(library: Library) -> None:
    """An empty database, as on the first day."""
    made = home_of(library, Roster(), Person("U1"), "en", NOW.date(), NOW, away={}, open_feedback=0)
    assert "No reports yet" in visible(build_home(made, Roster(), None)["blocks"])
