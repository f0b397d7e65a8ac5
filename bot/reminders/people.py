"""Until when somebody wants no reminders, from what they say or press. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import tomli

from store.words.dates import find_dates
from store.words.normalise import fold

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MORNING = time(9, 0)
_PUT_OFF = {"30m": timedelta(minutes=30), "2h": timedelta(hours=2)}


def snoozed_until(choice: str, now: datetime, zone: str) -> datetime:
    """When a snooze ends: `30m`, `2h`, or `morning`, the next day's 9:00 in that time zone."""
    if choice in _PUT_OFF:
        return now + _PUT_OFF[choice]
    local = now.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date() + DAY, MORNING, ZoneInfo(zone)).astimezone(now.tzinfo)


def first_day_back(words: str, today: date) -> date | None:
    """The day that somebody is back, as they say it: `until Monday`, `到12/18`; None for no day after today.

    A day of the week is the next one of that name, since nobody announces a vacation that is over.
    """
    for found in find_dates(words, today, likely=True):
        day = found.start
        if found.relative and today - WEEK < day <= today and found.start == found.end:
            day += WEEK
        if day > today:
            return day
    return None


def ends_vacation(words: str) -> bool:
    """Whether they say that they are back: the words are in `people.toml`."""
    return fold(words).strip() in _ends()


@cache
def _ends() -> frozenset[str]:
    told = tomli.loads(files("bot.reminders").joinpath("people.toml").read_text(encoding="utf-8"))
    return frozenset(map(fold, told["ends"]))
