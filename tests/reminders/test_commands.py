"""`zhouzhi reminders log/retry` and `zhouzhi calendar`: what was sent, and days that are set by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.reminders.calendar import works_on
from bot.reminders.notice import Notice, key_of, notice_of
from bot.teams import Team
from store.library import Library
from store.outbox import Outbox, Sending
from store.reminders import CalendarDay

Run = Callable[..., Result]
WEEK = date(2026, 11, 16)
LEASE = timedelta(minutes=1)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `zhouzhi …` on a database and a teams.toml with one team."""
    teams = tmp_path / "teams.toml"
    teams.write_text('[[team]]\nname = "甲组"\nleads = ["U1"]\n', encoding="utf-8")

    def running(*args: str) -> Result:
        where = ["--db", str(tmp_path / "a.db")]
        return CliRunner().invoke(main, [*args, *where], env={"ZHOUZHI_TEAMS": str(teams)})

    return running


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    """The outbox of that database."""
    library = Library.open(str(tmp_path / "a.db"), create=True)
    yield Outbox(library)
    library.close()


def claimed(outbox: Outbox, recipient: str, state: Sending, reason: str = "") -> None:
    """A first reminder that came to that end."""
    now = datetime.now(UTC)
    letter = outbox.claim(Notice("remind", WEEK, "甲组", recipient).key, recipient, now, LEASE)
    assert letter is not None
    if state is Sending.SENT:
        outbox.sent(letter, f"D{recipient}", "1.1", now)
    else:
        outbox.end(letter, now, state, reason)


def test_the_log_tells_what_was_sent_and_what_failed(run: Run, outbox: Outbox) -> None:
    """A line each, with why; the exit code says that something needs somebody."""
    claimed(outbox, "U1", Sending.SENT)
    assert run("reminders", "log").exit_code == 0
    claimed(outbox, "U2", Sending.FAILED, "user_disabled")
    said = run("reminders", "log")
    assert said.exit_code == 1
    assert "remind    failed     甲组  U2  (user_disabled)" in said.stdout
    rows = json.loads(run("reminders", "log", "--json").stdout)
    assert [(row["recipient"], row["state"], row["week"]) for row in rows] == [
        ("U1", "sent", "2026-11-16"), ("U2", "failed", "2026-11-16"),
    ]  # fmt: skip


def test_a_retry_frees_what_failed_and_nothing_else(run: Run, outbox: Outbox) -> None:
    """What was sent stays sent; what failed can be claimed again."""
    claimed(outbox, "U1", Sending.SENT)
    claimed(outbox, "U2", Sending.FAILED, "user_disabled")
    assert "1 to be tried again" in run("reminders", "retry").stdout
    now = datetime.now(UTC) + timedelta(seconds=1)
    assert outbox.claim(Notice("remind", WEEK, "甲组", "U1").key, "U1", now, LEASE) is None
    again = outbox.claim(Notice("remind", WEEK, "甲组", "U2").key, "U2", now, LEASE)
    assert again is not None
    assert not again.doubtful


def test_nothing_sent_is_said(run: Run, outbox: Outbox) -> None:
    """On standard error, so that a pipe stays empty."""
    said = run("reminders", "log")
    assert (said.exit_code, said.stdout) == (0, "")
    assert "nothing was sent" in said.stderr


def test_days_are_set_listed_and_unset(run: Run) -> None:
    """For all or for one team; what isn't there can't be unset, an unknown team has no days."""
    assert run("calendar", "set", "2027-02-12", "off", "--note", "年会").exit_code == 0
    assert run("calendar", "set", "2027-02-13", "work", "--team", "甲组").exit_code == 0
    assert json.loads(run("calendar", "list", "--json").stdout) == [
        {"day": "2027-02-12", "works": False, "team": None, "note": "年会"},
        {"day": "2027-02-13", "works": True, "team": "甲组", "note": ""},
    ]
    assert "2027-02-12  off   everybody  年会" in run("calendar", "list").stdout
    assert run("calendar", "unset", "2027-02-12").exit_code == 0
    assert run("calendar", "unset", "2027-02-12").exit_code == 1
    assert run("calendar", "set", "2027-02-13", "off", "--team", "丙组").exit_code == 1


def test_a_day_that_is_set_moves_the_reminders(run: Run) -> None:
    """A Friday off moves them to Thursday."""
    assert run("calendar", "set", "2023-12-15", "off").exit_code == 0
    found = json.loads(run("reminders", "due", "--now", "2023-12-14T12:00", "--json").stdout)
    assert {one["due_at"][:10] for one in found if one["stage"] == "due"} == {"2023-12-14"}


def test_a_teams_own_day_goes_before_everybodys() -> None:
    """And everybody's before the calendar."""
    friday = date(2023, 12, 15)
    days = [CalendarDay("甲组", friday, True, ""), CalendarDay("", friday, False, "")]
    assert works_on(Team("甲组"), days)(friday)
    assert not works_on(Team("乙组"), days)(friday)
    assert works_on(Team("乙组"), days)(friday - timedelta(days=1))


@pytest.mark.parametrize("team", ["甲组", 'a "quoted" team', "O'Brien, ltd", "组\\n"])
def test_a_key_is_read_as_it_was_written(team: str) -> None:
    """Whatever the team is called; keys of other messages are none of ours."""
    notice = Notice("escalate", WEEK, team, "U9")
    assert notice_of(notice.key) == notice
    assert notice_of(key_of("news", 3, "U1")) is None
