"""The teams in Slack: shown to everybody, changed by admins; leads who are named by their addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient
from support.running import Bot, Lossy

from bot.answers.ask import Asker
from bot.command_names import CommandNames
from bot.roster_loading import RosterSource, with_ids
from bot.slack.addresses import Addresses
from bot.teams import Roster, Team
from store.people import PeopleBook
from store.roster import RosterBook

NOW = datetime(2023, 12, 15, 7, 0, tzinfo=UTC)


@pytest.fixture
def bot(start: Callable[..., Bot], asker: Asker) -> Bot:
    """The bot with an admin and teams that are kept in its database."""
    source = RosterSource("", ("UADMIN",), RosterBook(asker.library))
    return start(asker, roster=source)


def said(slack: Lossy, bot: Bot, text: str, user: str = "UADMIN") -> str:
    """What `/report …` says."""
    return str(slack.command(bot.url, "/report", text, user=user).json["text"])


def test_an_admin_adds_changes_and_removes_a_team(slack: Lossy, bot: Bot) -> None:
    """With a mention as the lead, as Slack hands it over, and quotes of any kind."""
    assert "U7" in said(slack, bot, "roster add 海港组 leads=<@U7|anna> due=“Fri 17:45”")
    assert bot.answering.roster().led_by("U7")[0].due.minute == 45
    assert "2030-01-01" in said(slack, bot, "roster edit 海港组 paused_until=2030-01-01")
    shown = said(slack, bot, "roster", user="U5")
    assert shown.startswith("海港组  U7")
    assert "还没有读到 海港组 的周报" in shown
    said(slack, bot, "roster remove 海港组")
    assert bot.answering.roster().teams == ()


@pytest.mark.parametrize("text", [
    "roster add 海港组 due=never", "roster add 海港组 colour=blue", "roster edit 没有 leads=U1", "roster remove 没有",
    'roster add "unfinished leads=U1',
])  # fmt: skip
def test_what_is_wrong_is_named_and_changes_nothing(slack: Lossy, bot: Bot, text: str) -> None:
    """In a sentence with the mend."""
    assert said(slack, bot, text)
    assert bot.answering.roster().teams == ()


def test_a_whole_teams_toml_is_taken_or_nothing(slack: Lossy, bot: Bot) -> None:
    """Pasted as it is, in a block of code too; a mistake is named."""
    good = '[[team]]\nname = "甲组"\nleads = ["U1"]\n\n[[team]]\nname = "乙组"\n'
    assert "due" in said(slack, bot, "roster import " + good + 'due = "never"')
    assert bot.answering.roster().teams == ()
    assert "甲组  U1" in said(slack, bot, f"roster import ```{good}```")
    assert [team.name for team in bot.answering.roster().teams] == ["甲组", "乙组"]


def test_nobody_else_changes_teams(slack: Lossy, bot: Bot) -> None:
    """Whoever isn't an admin is told so."""
    assert "Only admins" in said(slack, bot, "roster add 海港组 leads=U5", user="U5")
    assert bot.answering.roster().teams == ()


def test_an_address_becomes_the_person(slack: Lossy, asker: Asker, bot: Bot) -> None:
    """It is asked for once, whatever its case; one that nobody has is named to the admins and asked for again later."""
    slack.people.known["U7"] = {"profile": {"email": "anna@x.test"}}
    roster = Roster((Team("海港组", ("Anna@x.test", "nobody@x.test")),), ("UADMIN",))
    people, clock = PeopleBook(asker.library), [NOW]
    known = with_ids(lambda: roster, asker.library)
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    addresses = Addresses(client, people, known, lambda: clock[0])
    for _ in range(3):
        addresses.look()
    assert known().teams[0].leads == ("U7", "nobody@x.test")
    assert known().addresses == ("nobody@x.test",)
    assert len(slack.calls("users.lookupByEmail")) == 2
    clock[0] += timedelta(hours=2)
    addresses.look()
    assert len(slack.calls("users.lookupByEmail")) == 3
    slack.forgive("users.lookupByEmail")


@pytest.mark.parametrize("text", ["休假", "休假 哪天", "roster", "here"])
def test_hints_name_the_command_as_it_is_called_here(
    slack: Lossy, asker: Asker, start: Callable[..., Bot], text: str
) -> None:
    """Where /report is called /zhoubao, nobody is told to type /report."""
    two = Roster((Team("甲组", ("U1",)), Team("乙组", ("U1",))))
    bot = start(asker, roster=two, commands=CommandNames("/zhoubao"))
    shown = slack.command(bot.url, "/zhoubao", text, user="U1", channel="C5").json
    assert "/report" not in str(shown)
    assert "/zhoubao" in str(shown)
