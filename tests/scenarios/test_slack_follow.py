"""Following a project: begun by words and by a button, told of once for each report that changes something, ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from support.running import Bot, Lossy, visible

from bot.answers.ask import Asker
from bot.slack.follow import Telling, tell_followers
from bot.slack.ids import FOLLOW_ACTION, UNFOLLOW_ACTION
from bot.slack.posting import Posting, careful_client
from store.intake import Candidate
from store.library import Library
from store.outbox import Outbox

Json = dict[str, Any]
NOW = datetime(2023, 12, 10, 1, 0, tzinfo=UTC)


def put(library: Library, day: str, *lines: str, team: str = "海港组", incident: str = "本周无") -> None:
    """A report of a made-up team."""
    text = f"# 周报 {day}\n\n## O1 项目\n" + "\n".join(lines) + f"\n\n## 生产稳定性事件\n- {incident}\n"
    name = f"{team}-{day}.md"
    assert [one.status for one in library.ingest([Candidate(name, name, name, team, text.encode())], NOW)] == ["added"]


@pytest.fixture
def library(asker: Asker) -> Library:
    """The bot's library, with a first report on 海棠平台."""
    put(asker.library, "2023-12-01", "- 海棠平台：进度50%，预计12/20上线")
    return asker.library


def follow(slack: Lossy, bot: Bot, user: str = "U7", name: str = "海棠平台") -> str:
    """What is said to who follows."""
    return visible(slack.command(bot.url, "/report", f"follow {name}", user=user).json["blocks"])


def told(slack: Lossy, bot: Bot) -> list[tuple[str, str]]:
    """To whom what was posted, after one more look at the reports."""
    before = len(slack.messages)
    tell_followers(bot.answering, _posting(slack, bot))
    return [(call.args["channel"], call.args["text"]) for call in slack.calls("chat.postMessage")[before:]]


def _posting(slack: Lossy, bot: Bot) -> Posting:
    client = careful_client(slack.bot_token, slack.api_url)
    return Posting(client, Outbox(bot.answering.asker.library), bot.answering.now)


def test_a_moved_date_is_told_once(slack: Lossy, bot: Bot, library: Library) -> None:
    """Who follows gets one direct message with the move and its line; a second look says nothing more."""
    assert "已关注 海棠平台（海港组）" in follow(slack, bot)
    assert told(slack, bot) == []
    put(library, "2023-12-08", "- 海棠平台：进度60%，预计12/27上线")
    [(channel, text)] = told(slack, bot)
    assert channel == "DU7"
    assert "海棠平台 上线 12/20 → 12/27 延期 7 天  4 行" in text
    assert told(slack, bot) == []


def test_a_changed_state_and_an_incident_are_told_in_one_message(slack: Lossy, bot: Bot, library: Library) -> None:
    """However much a report changes, it is one message."""
    follow(slack, bot)
    put(library, "2023-12-08", "- 海棠平台：进度100%，已上线", incident="12/6 10:00 海棠平台超时，影响3笔，已恢复")
    [(_, text)] = told(slack, bot)
    assert "12-06 10:00 海棠平台超时" in text
    assert "→" in text


@pytest.mark.parametrize("line", ["- 海棠平台：进度60%，预计12/20上线", "- 云帆平台：预计12/25上线"])
def test_a_report_that_changes_nothing_is_not_told(slack: Lossy, bot: Bot, library: Library, line: str) -> None:
    """Neither more progress alone, nor news of another project."""
    follow(slack, bot)
    put(library, "2023-12-08", line)
    assert told(slack, bot) == []


def test_old_reports_that_come_in_late_flood_nobody(slack: Lossy, bot: Bot, library: Library) -> None:
    """What is dated before the newest report that was there is no news."""
    follow(slack, bot)
    for day, date in (("2023-11-17", "12/5"), ("2023-11-24", "12/12")):
        put(library, day, f"- 海棠平台：进度40%，预计{date}上线")
    assert told(slack, bot) == []


def test_two_processes_tell_once(
    slack: Lossy, start: Callable[..., Bot], opened: Callable[[], Asker], bot: Bot, library: Library
) -> None:
    """Whoever comes first says it; others who follow get theirs."""
    follow(slack, bot, "U7")
    follow(slack, bot, "U8")
    put(library, "2023-12-08", "- 海棠平台：进度60%，预计12/27上线")
    other = start(opened())
    assert sorted(channel for channel, _ in told(slack, bot)) == ["DU7", "DU8"]
    assert told(slack, other) == []


def test_one_that_slack_refuses_keeps_the_others_from_nothing(slack: Lossy, bot: Bot, library: Library) -> None:
    """A follower who left Slack is logged; the next one is told."""
    follow(slack, bot, "U7")
    follow(slack, bot, "U8")
    put(library, "2023-12-08", "- 海棠平台：进度60%，预计12/27上线")
    slack.fail("chat.postMessage", 200, body={"ok": False, "error": "user_disabled"})
    Telling(bot.answering, _posting(slack, bot)).look()
    assert [message["channel"] for message in slack.messages] == ["DU8"]


def test_the_button_below_a_status_follows(slack: Lossy, bot: Bot, library: Library) -> None:
    """It carries the project; the list then has it, with the button that ends it."""
    status = slack.command(bot.url, "/report", "status 海棠平台", user="U7").json
    buttons = [part for block in status["blocks"] if block["type"] == "actions" for part in block["elements"]]
    slack.action(bot.url, next(each for each in buttons if each["action_id"] == FOLLOW_ACTION), user="U7")
    assert "已关注" in slack.wait_for("response_url").args["text"]
    listed = slack.command(bot.url, "/report", "following", user="U7").json
    assert "海棠平台 · 海港组" in visible(listed["blocks"])
    end = next(block["accessory"] for block in listed["blocks"] if "accessory" in block)
    assert end["action_id"].startswith(UNFOLLOW_ACTION)
    slack.action(bot.url, end, user="U7")
    assert "不再关注" in slack.wait_for("response_url", count=2).args["text"]
    put(library, "2023-12-08", "- 海棠平台：进度60%，预计12/27上线")
    assert told(slack, bot) == []


def test_words_end_it_and_list_it(slack: Lossy, bot: Bot, library: Library) -> None:
    """In a direct message as by command; twice is said to be twice; an unknown name follows nothing."""
    assert "没有关注" in visible(slack.command(bot.url, "/report", "我的关注", user="U7").json["blocks"])
    follow(slack, bot)
    assert "已经关注" in follow(slack, bot)
    assert "区块链" in follow(slack, bot, name="区块链")
    slack.direct(bot.url, "取消关注 海棠", user="U7")
    assert "不再关注 海棠平台" in slack.wait_for("chat.postMessage").args["text"]
