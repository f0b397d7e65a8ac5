"""Reminders in Slack: who gets which, once; what they say; their buttons; the tick; the digest; what admins see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.running import Bot, Lossy, visible

from bot.answers.ask import Asker
from bot.reminders.deliver import Delivery
from bot.reminders.notice import Notice
from bot.slack.ids import EXCUSE_ACTION, EXCUSE_BLOCK, EXCUSE_END, EXCUSE_FORM, SNOOZE_ACTION, WRITE_NOW
from bot.slack.posting import Posting, careful_client
from bot.teams import Roster, Team
from store.intake import Candidate
from store.outbox import Outbox, Sending
from store.upkeep import Upkeep
from store.viewer import EVERYONE

Json = dict[str, Any]
SHANGHAI = ZoneInfo("Asia/Shanghai")
HARBOR = Team("海港组", ("U1", "U2"), channel="C7", escalate_to=("U9",))
# The seeds end on 2023-12-08, so the week of 12-11 misses its reports.
ROSTER = Roster((HARBOR,), ("UADMIN",))
FRIDAY = datetime(2023, 12, 15, 15, 0, tzinfo=SHANGHAI)
WEEK = date(2023, 12, 11)
BEFORE = """# 周报 2023-12-08

## O1 项目
- 海棠平台：进度50%，预计12/14上线

## 下周工作及目标
- 完成海棠平台压测
"""


@dataclass
class Clock:
    """A clock that stands until it is set."""

    at: datetime = FRIDAY

    def __call__(self) -> datetime:
        """What it shows."""
        return self.at.astimezone(UTC)


@pytest.fixture
def clock() -> Clock:
    """Shows Friday, 15:00 in Shanghai."""
    return Clock()


@pytest.fixture
def bot(start: Callable[..., Bot], asker: Asker, clock: Clock) -> Bot:
    """The bot, on that clock, with one team that handed in last week."""
    put(asker, "2023-12-08", BEFORE)
    return start(asker, roster=ROSTER, now=clock)


def put(asker: Asker, day: str, text: str, team: str = "海港组") -> None:
    """A report of a made-up team."""
    name = f"{team}-{day}.md"
    [one] = asker.library.ingest([Candidate(name, name, name, team, text.encode())], FRIDAY)
    assert one.status in ("added", "revised", "updated")


def delivery(slack: Lossy, bot: Bot, roster: Roster | None = None) -> Delivery:
    """The reminders of a bot, as `serve` has them; known for weeks."""
    answering = replace(bot.answering, roster=lambda: roster) if roster else bot.answering
    client = careful_client(slack.bot_token, slack.api_url)
    made = Delivery(answering, Posting(client, Outbox(bot.answering.asker.library), answering.now))
    made.book.known_since([team.name for team in answering.roster().teams], FRIDAY - timedelta(days=30))
    return made


def to(slack: Lossy) -> list[str]:
    """Who got what was posted, oldest first."""
    return [message["channel"] for message in slack.messages]


def button(message: Json, action: str) -> Json:
    """A button of a message."""
    parts = [part for block in message["blocks"] for part in block.get("elements", ()) if block["type"] == "actions"]
    return next(part for part in parts if part["action_id"] == action)


def press(slack: Lossy, bot: Bot, message: Json, action: Json, user: str, **more: Any) -> None:
    """Press a button below a posted message."""
    slack.action(bot.url, action, user=user, channel=message["channel"], message={"ts": message["ts"]}, **more)


def test_each_lead_is_reminded_once_a_stage(slack: Lossy, bot: Bot, clock: Clock) -> None:
    """Both leads at 15:00, at 17:30 and at the deadline, the boss on Monday; however often one looks."""
    reminders = delivery(slack, bot)
    clock.at = FRIDAY - timedelta(minutes=1)
    reminders.look()
    assert to(slack) == []
    for at, expected in (
        (FRIDAY, ["DU1", "DU2"]), (FRIDAY.replace(hour=17, minute=30), ["DU1", "DU2"]),
        (FRIDAY.replace(hour=18), ["DU1", "DU2"]), (datetime(2023, 12, 18, 10, 0, tzinfo=SHANGHAI), ["DU9"]),
    ):  # fmt: skip
        before, clock.at = len(to(slack)), at
        for _ in range(3):
            reminders.look()
            clock.at += timedelta(minutes=2)
        assert to(slack)[before:] == expected
    assert "没有交周报" in slack.messages[-1]["text"]


def test_a_reminder_says_what_to_write_of(slack: Lossy, bot: Bot) -> None:
    """Last week's promises and the dates that are near, each with its line, and when it is due."""
    delivery(slack, bot).look()
    text = slack.messages[0]["text"]
    assert "海港组：本周周报还没交，12-15 18:00 截止" in text
    assert "• 完成海棠平台压测  2023-12-08 7 行" in text
    assert "12/14 海棠平台 上线" in text
    assert "4 行" in text
    assert visible(slack.messages[0]["blocks"]).count("压测") == 1


def test_a_team_that_never_reported_gets_a_plain_one(slack: Lossy, bot: Bot) -> None:
    """There is nothing to say but when it is due."""
    delivery(slack, bot, Roster((Team("新团队", ("U5",)),))).look()
    assert [block["type"] for block in slack.messages[0]["blocks"]] == ["header", "actions"]


def test_a_report_of_the_week_stops_them(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """Also one that is dated the Friday and came in on Wednesday."""
    put(asker, "2023-12-15", BEFORE.replace("2023-12-08", "2023-12-15"))
    delivery(slack, bot).look()
    assert to(slack) == []


def test_a_report_between_the_claim_and_the_post_stops_it(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """It is looked for once more when the row is ours; nothing is posted then."""
    reminders = delivery(slack, bot)
    coming = [BEFORE.replace("2023-12-08", "2023-12-15")]

    def opened(args: Json) -> Json:
        while coming:
            put(asker, "2023-12-15", coming.pop())
        return {"channel": {"id": f"D{args['users']}"}}

    slack.answers["conversations.open"] = opened
    reminders.look()
    assert to(slack) == []
    row = reminders.outbox.find(Notice("remind", WEEK, "海港组", "U1").key)
    assert row is not None
    assert (row.state, row.reason) == (Sending.DROPPED, "unneeded")


def test_a_report_that_comes_later_makes_it_a_tick(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """Each posted reminder is changed in place, once; a report that is withdrawn changes it back."""
    reminders = delivery(slack, bot)
    reminders.look()
    put(asker, "2023-12-15", BEFORE.replace("2023-12-08", "2023-12-15"))
    reminders.look()
    reminders.look()
    changed = slack.calls("chat.update")
    assert [call.args["channel"] for call in changed] == ["DU1", "DU2"]
    assert all("✓ 海港组 12-11–12-15 的周报已交" in call.args["text"] for call in changed)
    upkeep = Upkeep(asker.library)
    upkeep.withdraw(upkeep.find(EVERYONE, "海港组-2023-12-15.md")[0].ref.id, FRIDAY)
    reminders.look()
    assert "还没交" in slack.messages[0]["text"]


def test_two_processes_remind_once(
    slack: Lossy, bot: Bot, start: Callable[..., Bot], opened: Callable[[], Asker], clock: Clock
) -> None:
    """Whoever claims a row sends it."""
    other = start(opened(), roster=ROSTER, now=clock)
    for each in (bot, other, bot):
        delivery(slack, each).look()
    assert sorted(to(slack)) == ["DU1", "DU2"]


def test_a_lost_answer_is_looked_up_before_a_second_try(slack: Lossy, bot: Bot, clock: Clock) -> None:
    """Slack took the message and hung up: it is found by its stamp, not sent again."""
    reminders = delivery(slack, bot)
    slack.lost.add("chat.postMessage")
    reminders.look()
    slack.lost.clear()
    clock.at += timedelta(minutes=5)
    reminders.look()
    assert sorted(to(slack)) == ["DU1", "DU2"]
    row = reminders.outbox.find(Notice("remind", WEEK, "海港组", "U1").key)
    assert row is not None
    assert (row.state, row.channel, row.ts) == (Sending.SENT, "DU1", slack.messages[0]["ts"])


@pytest.mark.parametrize("status", [429, 500])
def test_slack_out_of_order_delays_and_never_doubles(slack: Lossy, bot: Bot, clock: Clock, status: int) -> None:
    """After a 429 nobody is written to before Retry-After; after a 500 it is tried again a minute later."""
    reminders = delivery(slack, bot)
    slack.fail("chat.postMessage", status, {"Retry-After": "90"} if status == 429 else {})
    reminders.look()
    tried = len(slack.calls("chat.postMessage"))
    assert tried == (1 if status == 429 else 2)
    clock.at += timedelta(seconds=30)
    reminders.look()
    assert len(slack.calls("chat.postMessage")) == tried
    clock.at += timedelta(seconds=61)
    reminders.look()
    assert sorted(to(slack)) == ["DU1", "DU2"]


def test_one_who_left_slack_is_named_and_the_others_get_theirs(slack: Lossy, bot: Bot) -> None:
    """The admin view says who and why; a retry is for after it was mended."""
    slack.people.errors["U1"] = "user_disabled"
    reminders = delivery(slack, bot)
    reminders.look()
    assert to(slack) == ["DU2"]
    slack.forgive("conversations.open")
    slack.people.errors.clear()
    shown = visible(slack.command(bot.url, "/report", "reminders", user="UADMIN").json["blocks"])
    assert "remind    failed     海港组  U1  (user_disabled)" in shown
    assert "remind    sent       海港组  U2" in shown
    assert "管理员" in visible(slack.command(bot.url, "/report", "reminders", user="U1").json["blocks"])


def test_a_snooze_puts_it_off_and_sends_it_once_more(slack: Lossy, bot: Bot, clock: Clock) -> None:
    """Nothing for half an hour to who pressed, then the same again; the other lead isn't touched."""
    reminders = delivery(slack, bot)
    reminders.look()
    chosen = {**button(slack.messages[0], SNOOZE_ACTION), "selected_option": {"value": "30m"}}
    press(slack, bot, slack.messages[0], chosen, "U1")
    shown = slack.wait_for("response_url").args
    assert "15:30" in shown["text"]
    assert shown["replace_original"] is True
    clock.at += timedelta(minutes=29)
    reminders.look()
    assert to(slack) == ["DU1", "DU2"]
    clock.at += timedelta(minutes=2)
    reminders.look()
    reminders.look()
    assert to(slack) == ["DU1", "DU2", "DU1"]


def test_a_snooze_past_the_deadline_ends_in_one_message(slack: Lossy, bot: Bot, clock: Clock) -> None:
    """Two hours from 17:30 on: neither the deadline nor the first reminder comes before, and then only the former."""
    reminders = delivery(slack, bot)
    clock.at = FRIDAY.replace(hour=17, minute=30)
    reminders.look()
    chosen = {**button(slack.messages[0], SNOOZE_ACTION), "selected_option": {"value": "2h"}}
    press(slack, bot, slack.messages[0], chosen, "U1")
    slack.wait_for("response_url")
    clock.at = FRIDAY.replace(hour=18, minute=1)
    reminders.look()
    assert to(slack) == ["DU1", "DU2", "DU2"]
    clock.at = FRIDAY.replace(hour=19, minute=31)
    reminders.look()
    assert to(slack) == ["DU1", "DU2", "DU2", "DU1"]
    assert "已过截止时间" in slack.messages[-1]["text"]


def test_no_report_this_week_because(slack: Lossy, bot: Bot, clock: Clock) -> None:
    """The reason ends all reminders of the week and stands in them for both leads; it can be taken back."""
    slack.allowed.add("U1")
    reminders = delivery(slack, bot)
    reminders.look()
    press(slack, bot, slack.messages[0], button(slack.messages[0], EXCUSE_ACTION), "U1")
    view = slack.wait_for("views.open").args["view"]
    assert view["callback_id"] == EXCUSE_FORM
    values = {EXCUSE_BLOCK: "全员培训"}
    slack.submit(bot.url, view, values, user="U1")
    slack.wait_for("chat.update", count=2)
    assert ["没有周报：全员培训" in message["text"] for message in slack.messages] == [True, True], slack.messages
    clock.at = FRIDAY.replace(hour=18)
    reminders.look()
    assert to(slack) == ["DU1", "DU2"]
    press(slack, bot, slack.messages[1], button(slack.messages[1], EXCUSE_END), "U2")
    slack.wait_for("chat.update", count=4)
    reminders.look()
    assert to(slack) == ["DU1", "DU2", "DU1", "DU2"]


def test_only_leads_and_admins_excuse(slack: Lossy, bot: Bot) -> None:
    """Whoever else presses is told whose it is."""
    delivery(slack, bot).look()
    press(slack, bot, slack.messages[0], button(slack.messages[0], EXCUSE_ACTION), "U5")
    assert "只有 海港组 的负责人" in slack.wait_for("response_url").args["text"]
    assert slack.calls("views.open") == ()


def test_write_now_opens_the_form_of_that_week(slack: Lossy, bot: Bot, clock: Clock) -> None:
    """On Monday it is still last week's report that is missing."""
    clock.at = datetime(2023, 12, 18, 10, 0, tzinfo=SHANGHAI)
    roster = Roster((replace(HARBOR, escalate_to=("U1",)),))
    delivery(slack, bot, roster).look()
    press(slack, bot, slack.messages[0], button(slack.messages[0], WRITE_NOW), "U1")
    view = slack.wait_for("views.open").args["view"]
    assert "2023-12-15" in str(view)


@pytest.mark.parametrize(("words", "back"), [
    ("until Monday", "2023-12-18"), ("到周一", "2023-12-18"), ("12-18", "2023-12-18"), ("2023-12-29", "2023-12-29"),
])  # fmt: skip
def test_a_lead_on_vacation_is_left_out(slack: Lossy, bot: Bot, words: str, back: str) -> None:
    """`/report away` until a day; with all leads away the boss gets it, and is told why."""
    for user in ("U1", "U2"):
        said = visible(slack.command(bot.url, "/report", f"away {words}", user=user).json["blocks"])
        assert back in said
    delivery(slack, bot).look()
    assert to(slack) == ["DU9"]
    assert "都在休假" in slack.messages[0]["text"]


def test_vacations_end_and_nonsense_is_named(slack: Lossy, bot: Bot) -> None:
    """By a word; a day that nobody understands changes nothing."""
    assert "没有在休假" in slack.command(bot.url, "/report", "休假", user="U1").json["text"]
    assert "没看懂" in slack.command(bot.url, "/report", "away soonish", user="U1").json["text"]
    slack.command(bot.url, "/report", "away until Monday", user="U1")
    assert "2023-12-18" in slack.command(bot.url, "/report", "休假", user="U1").json["text"]
    assert "恢复提醒" in slack.command(bot.url, "/report", "休假 结束", user="U1").json["text"]
    delivery(slack, bot).look()
    assert to(slack) == ["DU1", "DU2"]


def test_the_first_start_reminds_of_no_past_week(slack: Lossy, bot: Bot, clock: Clock) -> None:
    """Who sets the bot up on a Monday isn't told of the week before."""
    clock.at = datetime(2023, 12, 18, 10, 0, tzinfo=SHANGHAI)
    client = careful_client(slack.bot_token, slack.api_url)
    Delivery(bot.answering, Posting(client, Outbox(bot.answering.asker.library), clock)).look()
    assert to(slack) == []


def test_the_digest_is_posted_after_the_deadline_and_kept_true(
    slack: Lossy, bot: Bot, asker: Asker, clock: Clock
) -> None:
    """Once, to the team's channel, when a report is there; a late or corrected one changes it in place."""
    reminders = delivery(slack, bot)
    clock.at = FRIDAY.replace(hour=18)
    reminders.look()
    assert "C7" not in to(slack)
    put(asker, "2023-12-15", BEFORE.replace("2023-12-08", "2023-12-15").replace("12/14", "12/28"))
    reminders.look()
    reminders.look()
    [digest] = [message for message in slack.messages if message["channel"] == "C7"]
    assert "海棠平台" in digest["text"]
    assert "12/28" in digest["text"]
    put(asker, "2023-12-15", BEFORE.replace("2023-12-08", "2023-12-15").replace("12/14", "12/29"))
    reminders.look()
    [digest] = [message for message in slack.messages if message["channel"] == "C7"]
    assert "12/29" in digest["text"]
    assert "12/28" not in digest["text"]


def test_a_channel_without_the_bot_is_named(slack: Lossy, bot: Bot, asker: Asker, clock: Clock) -> None:
    """Its digest is shown to the admins as failed, with Slack's reason; the leads got theirs."""
    slack.people.errors["C7"] = "not_in_channel"
    reminders = delivery(slack, bot)
    reminders.look()
    put(asker, "2023-12-15", BEFORE.replace("2023-12-08", "2023-12-15"))
    clock.at = FRIDAY.replace(hour=18)
    reminders.look()
    reminders.look()
    assert len([call for call in slack.calls("chat.postMessage") if call.args["channel"] == "C7"]) == 1
    slack.forgive("chat.postMessage")
    shown = visible(slack.command(bot.url, "/report", "reminders", user="UADMIN").json["blocks"])
    assert "digest    failed     海港组  C7  (not_in_channel)" in shown
    assert to(slack) == ["DU1", "DU2"]


def test_teams_that_share_a_channel_share_its_digest(slack: Lossy, bot: Bot, asker: Asker, clock: Clock) -> None:
    """One for all, after the last deadline."""
    late = Team("夜班组", ("U3",), channel="C7", due=replace(HARBOR.due, hour=20))
    reminders = delivery(slack, bot, Roster((HARBOR, late)))
    put(asker, "2023-12-15", BEFORE.replace("2023-12-08", "2023-12-15"))
    clock.at = FRIDAY.replace(hour=19)
    reminders.look()
    assert "C7" not in to(slack)
    clock.at = FRIDAY.replace(hour=20)
    reminders.look()
    assert to(slack).count("C7") == 1


def test_admins_are_warned_once_of_a_year_without_holidays(slack: Lossy, bot: Bot, clock: Clock) -> None:
    """Nobody knows yet on which days people will work in 2039."""
    clock.at = datetime(2038, 12, 20, 12, 0, tzinfo=SHANGHAI)
    reminders = delivery(slack, bot)
    reminders.look()
    reminders.look()
    assert [m["text"] for m in slack.messages if "2039" in m["text"] and m["channel"] == "DUADMIN"] != []
    assert to(slack).count("DUADMIN") == 1


def test_what_was_said_long_ago_is_not_held_against_anybody(slack: Lossy, bot: Bot, clock: Clock) -> None:
    """A team that hasn't reported for two months gets a plain reminder."""
    clock.at = datetime(2024, 2, 23, 15, 0, tzinfo=SHANGHAI)
    delivery(slack, bot).look()
    assert [block["type"] for block in slack.messages[0]["blocks"]] == ["header", "actions"]


def test_a_cut_off_answer_is_looked_up_too(slack: Lossy, bot: Bot, clock: Clock) -> None:
    """A page of some proxy's says nothing of the message: it is neither given up nor sent without a search."""
    reminders = delivery(slack, bot)
    slack.fail("chat.postMessage", 200, {}, "<html>Bad gateway</html>", times=2)
    reminders.look()
    clock.at += timedelta(minutes=2)
    reminders.look()
    assert sorted(to(slack)) == ["DU1", "DU2"]
    assert len(slack.calls("conversations.history")) == 2


def test_a_bot_that_stops_begins_no_more(slack: Lossy, bot: Bot) -> None:
    """What waits is sent by the next start."""
    reminders = delivery(slack, bot)
    reminders.posting.stopping.set()
    reminders.look()
    assert slack.messages == []
    delivery(slack, bot).look()
    assert to(slack) == ["DU1", "DU2"]


def test_a_reminder_that_was_put_off_becomes_a_tick_too(
    slack: Lossy, bot: Bot, asker: Asker, clock: Clock
) -> None:
    """The report comes before the snooze ends: what stands there says so, and nothing is sent again."""
    reminders = delivery(slack, bot)
    reminders.look()
    chosen = {**button(slack.messages[0], SNOOZE_ACTION), "selected_option": {"value": "30m"}}
    press(slack, bot, slack.messages[0], chosen, "U1")
    slack.wait_for("response_url")
    put(asker, "2023-12-15", BEFORE.replace("2023-12-08", "2023-12-15"))
    for _ in range(2):
        reminders.look()
        clock.at += timedelta(minutes=31)
    assert ["已交" in message["text"] for message in slack.messages] == [True, True]


def test_a_snooze_between_the_claim_and_the_post_puts_it_off(slack: Lossy, bot: Bot, clock: Clock) -> None:
    """It isn't sent then, and not forgotten either."""
    reminders = delivery(slack, bot)

    def opened(args: Json) -> Json:
        if args["users"] == "U1":
            bot.answering.people.snooze("U1", clock() + timedelta(minutes=20))
        return {"channel": {"id": f"D{args['users']}"}}

    slack.answers["conversations.open"] = opened
    reminders.look()
    assert to(slack) == ["DU2"]
    del slack.answers["conversations.open"]
    clock.at += timedelta(minutes=21)
    reminders.look()
    assert to(slack) == ["DU2", "DU1"]


def test_a_token_that_is_revoked_for_a_while_costs_nothing(slack: Lossy, bot: Bot, clock: Clock) -> None:
    """What Slack refuses for the app's own sake waits until that is mended."""
    reminders = delivery(slack, bot)
    slack.fail("conversations.open", 200, {}, {"ok": False, "error": "token_revoked"}, times=4)
    for _ in range(3):
        reminders.look()
        clock.at += timedelta(minutes=2)
    assert sorted(to(slack)) == ["DU1", "DU2"]


def test_a_clock_that_goes_back_doubles_nothing(slack: Lossy, bot: Bot, clock: Clock) -> None:
    """What was sent at 15:00 isn't sent again at the 15:00 that comes after."""
    reminders = delivery(slack, bot)
    for minutes in (0, -90, 0, -10, 5):
        clock.at = FRIDAY + timedelta(minutes=minutes)
        reminders.look()
    assert to(slack) == ["DU1", "DU2"]
