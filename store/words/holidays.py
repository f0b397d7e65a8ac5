"""Public holidays of China by name: the only room that knows the `chinese_calendar` package.

The package is imported when a holiday is first asked for, since most questions name none.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Protocol, TypeVar

T = TypeVar("T")
_DAY = timedelta(days=1)

# The name in the package for each name that people write; its list of days tells which days are which.
_KEYS = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明": "Tomb-sweeping Day",
    "五一": "Labour Day",
    "劳动节": "Labour Day",
    "端午": "Dragon Boat Festival",
    "中秋": "Mid-autumn Festival",
    "国庆": "National Day",
    "十一": "National Day",
}
# Where in the year to look: a New Year's holiday can begin in December and is named by its 1 January.
_MONTHS = {
    "New Year's Day": (1, 1),
    "Spring Festival": (1, 3),
    "Tomb-sweeping Day": (4, 4),
    "Labour Day": (5, 5),
    "Dragon Boat Festival": (5, 7),
    "Mid-autumn Festival": (9, 10),
    "National Day": (10, 10),
}
_MID_AUTUMN_SINCE = 2008


class Holidays(Protocol):
    """Who knows when a named holiday is; functions that need it take it as an argument."""

    def period(self, name: str, year: int) -> tuple[date, date] | None:
        """First and last day off of the holiday `name` of `year`; None where it isn't known."""
        ...


class ChineseHolidays:
    """The published holidays of mainland China, with the weekends and swapped days joined to them."""

    def period(self, name: str, year: int) -> tuple[date, date] | None:
        """First and last day off of 国庆, 春节, 元旦, 清明, 五一 or 劳动节, 端午, 中秋 in `year`.

        A trailing 节 or 假期 is allowed (春节假期). Holidays that touch are one period, so 国庆 of 2023 begins
        with 中秋 on 2023-09-29. None for other names and for years that are not published.
        """
        bare = name.removesuffix("假期")
        key = _KEYS.get(bare) or _KEYS.get(bare.removesuffix("节"))
        return _period(key, year) if key else None


def has_working_day(start: date, end: date) -> bool:
    """Whether anybody works on one of these days: a make-up Sunday counts, and a year that isn't published has its
    plain weekdays."""
    import chinese_calendar

    days = (start + n * _DAY for n in range((end - start).days + 1))
    off = ((day, _published(lambda day=day: chinese_calendar.is_holiday(day))) for day in days)  # type: ignore[misc]
    return any(day.weekday() < 5 if free is None else not free for day, free in off)


@cache
def is_published(year: int) -> bool:
    """Whether the holidays of the year are known, with the working days that make up for them."""
    import chinese_calendar

    return _published(lambda: chinese_calendar.is_workday(date(year, 12, 31))) is not None


def _period(key: str, year: int) -> tuple[date, date] | None:
    anchor = _anchor(key, year)
    if anchor is None and key == "Mid-autumn Festival" and year >= _MID_AUTUMN_SINCE:
        # 中秋 of 2020 fell on 1 October and has no day of its own in the list.
        return _period("National Day", year)
    return None if anchor is None else _run_around(anchor)


def _anchor(key: str, year: int) -> date | None:
    first, last = _MONTHS[key]
    if not 1 < year < 9999:
        return None
    day, end = date(year, first, 1), date(year + last // 12, last % 12 + 1, 1)
    while day < end:
        if _name_of(day) == key:
            return day
        day += _DAY
    return None


def _run_around(day: date) -> tuple[date, date]:
    start = end = day
    while _is_off(start - _DAY):
        start -= _DAY
    while _is_off(end + _DAY):
        end += _DAY
    return start, end


def _name_of(day: date) -> str | None:
    import chinese_calendar

    # A make-up working day bears the holiday's name too, weeks away from it.
    off, name = _published(lambda: chinese_calendar.get_holiday_detail(day)) or (False, None)
    return name if off else None


def is_working_day(day: date) -> bool:
    """Whether people in China work on the day, make-up days included; only for years that are published."""
    return not _is_off(day)


def _is_off(day: date) -> bool:
    import chinese_calendar

    return bool(_published(lambda: chinese_calendar.is_holiday(day)))


def _published(ask: Callable[[], T]) -> T | None:
    """None where the package raises: it knows 2004 to the last year that was published."""
    try:
        return ask()
    except NotImplementedError:
        return None
