"""The values of teams.toml: what each key takes, and what is said where it takes something else. Pure."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

from bot.teams import WEEKDAYS, Moment
from store.words.countries import is_country
from store.words.regex import regex

PLAIN, CHINA = "none", "CN"
_NEAR = 60.0  # of 100, by which "Fry" is still taken for a slip of "Fri"
_PERSON = regex(r"[UW][A-Z0-9]+|[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_CHANNEL = regex(r"[CG][A-Z0-9]+")
_MOMENT = regex(r"([^\d\s]+)\s*(\d{1,2})[:：](\d{2})")
_CHINESE_DAYS = regex(r"(?:周|星期|礼拜)([一二三四五六日天])")


class BadValue(ValueError):
    """A value that its key doesn't take: the code of the sentence that says so, and what is put into it."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def near(word: str, known: Iterable[str]) -> str:
    """The one of `known` that `word` may be a slip of, "" where none is near."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEAR)
    return str(found[0]) if found else ""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadValue("wants_text", value=str(value))
    return value.strip()


def _name(value: object) -> str:
    if not (name := _text(value)):
        raise BadValue("no_name")
    return name


def _people(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise BadValue("wants_list", value=str(value))
    people = tuple(dict.fromkeys(map(_text, value)))
    if bad := [person for person in people if not _PERSON.fullmatch(person)]:
        raise BadValue("bad_person", value=bad[0])
    return people


def _channel(value: object) -> str:
    channel = _text(value)
    if channel and not _CHANNEL.fullmatch(channel):
        raise BadValue("bad_channel", value=channel)
    return channel


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(value: object) -> str:
    if (zone := _text(value)) not in _zones():
        raise BadValue("bad_zone", value=zone, near=near(zone, _zones()) or "Asia/Shanghai")
    return zone


def moment(value: object) -> Moment:
    """`Fri 15:00` (also Friday, 周五) as a moment; raises `BadValue`."""
    text = _text(value)
    if not (found := _MOMENT.fullmatch(text)):
        raise BadValue("bad_moment", value=text)
    weekday = _weekday(found[1])
    if int(found[2]) > 23 or int(found[3]) > 59:
        raise BadValue("bad_time", value=f"{found[2]}:{found[3]}")
    return Moment(weekday, int(found[2]), int(found[3]))


def _weekday(word: str) -> int:
    if found := _CHINESE_DAYS.fullmatch(word):
        return min("一二三四五六日天".index(found[1]), 6)
    names = (*WEEKDAYS, "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    for number, name in enumerate(names):
        if word.casefold() == name.casefold():
            return number % 7
    raise BadValue("bad_weekday", value=word, near=near(word, names) or "Fri")


def _calendar(value: object) -> str:
    calendar = _text(value)
    if calendar.casefold() == PLAIN:
        return PLAIN
    if calendar.upper() == CHINA:
        return CHINA
    if not re.fullmatch(r"[A-Z]{2}(-\w{1,3})?", calendar):
        raise BadValue("bad_calendar", value=calendar)
    if importlib.util.find_spec("holidays") is None:
        raise BadValue("no_calendars", value=calendar)
    if not is_country(calendar):
        raise BadValue("bad_calendar", value=calendar)
    return calendar


def day(value: object) -> date:
    """A day, as TOML has it or as text (2026-10-09); raises `BadValue`."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(_text(value))
    except ValueError as error:
        raise BadValue("bad_day", value=str(value)) from error


VALUES: Mapping[str, Callable[[object], Any]] = {
    "name": _name, "leads": _people, "channel": _channel, "timezone": _zone, "remind": moment, "again": moment,
    "due": moment, "escalate": moment, "escalate_to": _people, "calendar": _calendar, "paused_until": day,
}  # fmt: skip
