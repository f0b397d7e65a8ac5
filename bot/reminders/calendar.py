"""Which days people work on, by the calendar that a team names and the days that were set over it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bot.team_values import CHINA, PLAIN
from bot.teams import Team
from store.reminders import CalendarDay
from store.words.countries import is_holiday
from store.words.holidays import is_published, is_working_day

SATURDAY = 5
WorkingDay = Callable[[date], bool]


def works_on(team: Team, days: Sequence[CalendarDay] = ()) -> WorkingDay:
    """Whether a team works on a day: by what is set for it, else for all, else by its calendar."""
    calendar = working_days(team.calendar)
    set_days = {one.day: one.works for name in ("", team.name) for one in days if one.team == name}
    return lambda day: set_days[day] if day in set_days else calendar(day)


def working_days(calendar: str) -> WorkingDay:
    """Whether people work on a day: "CN" with its make-up days, "none" for plain weekdays, else a country's holidays.

    A year whose Chinese holidays aren't published has plain weekdays: see `is_estimated`.
    """
    if calendar == PLAIN:
        return _is_weekday
    if calendar == CHINA:
        return lambda day: is_working_day(day) if is_published(day.year) else _is_weekday(day)
    return lambda day: _is_weekday(day) and not is_holiday(calendar, day)


def is_estimated(calendar: str, year: int) -> bool:
    """Whether nobody knows yet on which days of the year people work."""
    return calendar == CHINA and not is_published(year)


def _is_weekday(day: date) -> bool:
    return day.weekday() < SATURDAY
