"""Which reminders are due: on the right day of every week, once on every clock, and to whom."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import chinese_calendar
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import main
from bot.reminders.calendar import is_estimated, working_days
from bot.reminders.due import State, moments, stages
from bot.teams import STAGES, Moment, Team

TEAM = Team("支付中心", ("U1", "U2"), escalate_to=("U9",))
CHINA = working_days("CN")
SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)

# The Fridays that the State Council's notices for 2019–2026 touch, and the day that takes their place; None: no day.
MOVED = [
    ("2019-10-04", "2019-09-30"), ("2020-01-24", "2020-01-23"), ("2020-01-31", None), ("2021-02-12", "2021-02-10"),
    ("2021-02-19", "2021-02-19"), ("2021-10-01", "2021-09-30"), ("2022-10-07", "2022-10-09"),
    ("2023-01-27", "2023-01-29"), ("2023-09-29", "2023-09-28"), ("2023-10-06", "2023-10-08"),
    ("2024-02-09", "2024-02-09"), ("2024-02-16", "2024-02-18"), ("2024-05-03", "2024-04-30"),
    ("2024-10-04", "2024-09-30"), ("2025-01-31", "2025-01-27"), ("2025-10-03", "2025-09-30"), ("2026-02-20", None),
]  # fmt: skip


def monday(day: date) -> date:
    """Of the week that holds the day."""
    return day - day.weekday() * DAY


@pytest.mark.parametrize(("friday", "moved"), MOVED)
def test_a_friday_off_moves_as_the_notices_have_it(friday: str, moved: str | None) -> None:
    """To the last working day before it, to a make-up day of its weekend, or the week is skipped."""
    found = moments(TEAM, monday(date.fromisoformat(friday)), CHINA)
    assert [str(at.date()) for name, at in found.items() if name != "escalate"] == [moved] * 3 * (moved is not None)


def test_each_of_415_weeks_has_its_stages_once() -> None:
    """2019–2026: in order, on a working day of the week at the team's times, or none in a week without one."""
    skipped = []
    for week in (date(2019, 1, 7) + n * 7 * DAY for n in range(415)):
        open_days = [d for d in (week + n * DAY for n in range(7)) if chinese_calendar.is_workday(d)]
        up_to_friday = [d for d in open_days if d.weekday() < 5]
        found = moments(TEAM, week, CHINA)
        skipped += [] if found else [str(week)]
        assert bool(found) == bool(open_days)
        if found:
            assert list(found) == list(STAGES)
            assert found["due"].date() == max(up_to_friday or open_days)
            assert [f"{at:%H:%M}" for at in found.values()] == ["15:00", "17:30", "18:00", "10:00"]
            assert list(found.values()) == sorted(found.values())
            assert chinese_calendar.is_workday(found["escalate"].date())
    assert skipped == ["2019-02-04", "2020-01-27", "2022-01-31", "2026-02-16"]  # the weeks of Spring Festival


def test_every_time_of_a_change_day_comes_once_in_every_zone() -> None:
    """2024–2033, wherever clocks change: each time is one moment that the clock shows, its own or, where the clock
    skips it, as much later as it skips."""
    days = 0
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        offsets = [
            datetime.combine(date(2024, 1, 1) + n * DAY, time(), zone).utcoffset() for n in range(0, 3653)
        ]  # fmt: skip
        for n in (n for n in range(3652) if offsets[n] != offsets[n + 1]):
            days += 1
            _check_day(date(2024, 1, 1) + n * DAY, zone, name)
    assert days > 1000


def _check_day(day: date, zone: ZoneInfo, name: str) -> None:
    """Stages on both sides of the hours around which clocks change, and within them."""
    for hour in (0, 2, 4):
        times = [Moment(day.weekday(), hour + late, minute) for late, minute in ((0, 0), (0, 30), (1, 30))]
        found = moments(Team("T", ("U1",), "", name, *times, calendar="none"), monday(day), lambda _: True)
        for at, wanted in zip(found.values(), times, strict=False):
            late = at.replace(tzinfo=None) - datetime.combine(day, time(wanted.hour, wanted.minute))
            assert at.replace(tzinfo=None) == at.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
            assert timedelta(0) <= late <= timedelta(hours=24)
            assert late == timedelta(0) or _is_skipped(day, wanted, zone)


def _is_skipped(day: date, wanted: Moment, zone: ZoneInfo) -> bool:
    """Whether that day's clock never shows this time."""
    local = datetime.combine(day, time(wanted.hour, wanted.minute), zone)
    return local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None)


@given(
    week=st.integers(0, 414).map(lambda n: date(2019, 1, 7) + n * 7 * DAY),
    minutes=st.lists(st.integers(0, 14 * 24 * 60), min_size=1, max_size=30),
)
def test_a_stage_is_due_from_its_moment_until_it_expires(week: date, minutes: list[int]) -> None:
    """However seldom one looks: never due before its moment, never coming or due again after that."""
    start = datetime.combine(week, time(), SHANGHAI)
    order = [State.COMING, State.DUE, State.EXPIRED]
    last = dict.fromkeys(STAGES, 0)
    for minute in sorted(minutes):
        now = start + timedelta(minutes=minute)
        for one in stages(TEAM, week, CHINA, now, reported=False):
            assert (one.state is State.COMING) == (now < one.due_at)
            assert order.index(one.state) >= last[one.stage]
            last[one.stage] = order.index(one.state)


FRIDAY = datetime(2023, 12, 15, 17, 40, tzinfo=SHANGHAI)
WEEK = date(2023, 12, 11)


def told(team: Team = TEAM, now: datetime = FRIDAY, **more: object) -> dict[str, tuple[str, tuple[str, ...], str]]:
    """Each stage with its state, recipients and reason."""
    found = stages(team, WEEK, CHINA, now, **{"reported": False, **more})  # type: ignore[arg-type]
    return {one.stage: (one.state.value, one.recipients, one.reason) for one in found}


def test_what_fell_due_earlier_and_is_unanswered_is_due_still() -> None:
    """Both reminders before the deadline; after it that it passed; on the day of the escalation that."""
    leads = ("U1", "U2")
    assert told()["remind"] == told()["again"] == ("due", leads, "missing")
    assert told()["due"] == ("coming", leads, "coming")
    late = told(now=FRIDAY + timedelta(hours=1))
    assert [late[name][0] for name in STAGES] == ["expired", "expired", "due", "coming"]
    monday_ = told(now=datetime(2023, 12, 18, 10, 0, tzinfo=SHANGHAI))
    assert monday_["escalate"] == ("due", ("U9",), "missing")
    assert monday_["due"][0] == "expired"
    assert told(now=datetime(2023, 12, 22, tzinfo=SHANGHAI))["escalate"][0] == "expired"


def test_a_report_that_is_there_satisfies_all() -> None:
    """Nobody is reminded of it."""
    assert {state for state, _, _ in told(reported=True).values()} == {"satisfied"}


def test_who_is_away_is_left_out() -> None:
    """With all leads away escalate_to gets it; without anybody it is said that nobody does."""
    assert told(away={"U1"})["remind"][1] == ("U2",)
    assert told(away={"U1", "U2"})["remind"][1:] == (("U9",), "all_away")
    assert told(Team("T", escalate_to=("U9",)))["remind"][1:] == (("U9",), "no_leads")
    assert told(Team("T"))["remind"][1:] == ((), "nobody")


def test_a_paused_team_is_not_reminded() -> None:
    """Until the day that it names."""
    paused = Team("T", ("U1",), paused_until=date(2023, 12, 16))
    assert told(paused)["remind"] == ("satisfied", ("U1",), "paused")
    assert told(Team("T", ("U1",), paused_until=date(2023, 12, 15)))["remind"][0] == "due"


def test_unpublished_years_have_plain_weekdays() -> None:
    """And are marked as estimated; plain calendars never are."""
    assert is_estimated("CN", 2040)
    assert not is_estimated("CN", 2023)
    assert not is_estimated("none", 2040)
    assert [working_days("CN")(date(2040, 10, day)) for day in (1, 5, 6, 7)] == [True, True, False, False]
    assert working_days("none")(date(2023, 10, 2))


@pytest.fixture
def teams(tmp_path: Path) -> Path:
    """A teams.toml."""
    path = tmp_path / "teams.toml"
    path.write_text('[[team]]\nname = "支付中心"\nleads = ["U1"]\nescalate_to = ["U9"]\n', encoding="utf-8")
    return path


def test_the_command_prints_the_contracts_fields(teams: Path, seeds_database: Path) -> None:
    """As JSON, with the team's local time and offset, by the reports that are there at that moment."""
    args = ["reminders", "due", "--teams", str(teams), "--db", str(seeds_database), "--json", "--now"]
    found = json.loads(CliRunner().invoke(main, [*args, "2023-12-15T17:40"]).stdout)
    assert found[0] == {
        "team": "支付中心", "week": "2023-12-11", "stage": "remind", "due_at": "2023-12-15T15:00:00+08:00",
        "state": "due", "recipients": ["U1"], "reason": "the report is missing",
    }  # fmt: skip
    handed_in = json.loads(CliRunner().invoke(main, [*args, "2023-12-08T17:40:00+08:00"]).stdout)
    assert {one["state"] for one in handed_in} == {"satisfied"}


def test_a_database_that_is_not_there_is_an_empty_one(teams: Path, tmp_path: Path) -> None:
    """Everything is missing, the last week's escalation too, and no file is made."""
    where = ["--teams", str(teams), "--db", str(tmp_path / "none.db"), "--json", "--now", "2023-12-18T10:00:00+08:00"]
    found = json.loads(CliRunner().invoke(main, ["reminders", "due", *where]).stdout)
    assert [found[0][key] for key in ("week", "stage", "state")] == ["2023-12-11", "escalate", "due"]
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("moment", ["tomorrow", "2023-13-01"])
def test_a_moment_that_is_none_is_refused(teams: Path, moment: str) -> None:
    """In one line, with how to write it."""
    said = CliRunner().invoke(main, ["reminders", "due", "--teams", str(teams), "--now", moment])
    assert said.exit_code == 2
    assert "2023-09-29T15:00" in said.output
