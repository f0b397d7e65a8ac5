"""What the rows of the date grammar build: from a match and a clock to a window of days.

A builder reads named groups: `y` `y2` `yw` year, `m` `m2` `mon` month, `d` `d2` day, `q` quarter, `h` half, `w` which
(this, next …), `wd` weekday, `part`, `unit`, `hol` and `side`. It gives None for what the calendar lacks (31 June with
a year), and may raise ValueError or OverflowError at the ends of the calendar, which the scanner catches.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from store.words import windows
from store.words.numbers import chinese_number
from store.words.windows import DAY, Clock, Window

WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
WEEKDAYS |= {w: i for i, w in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_PART_NAMES = {
    "初": "early", "上旬": "early", "中": "mid", "中旬": "mid", "下旬": "late", "底": "end", "末": "end",
    "中下旬": "mid-late", "中上旬": "early-mid", "上中旬": "early-mid", "周末": "weekend", "mid": "mid",
    "middle": "mid", "early": "early", "beginning": "early", "start": "early", "late": "late", "later": "late",
    "end": "end", "上半月": "first half", "下半月": "second half", "最后一周": "last week", "half": "first half",
}  # fmt: skip
_ORDINALS = {"上": 1, "下": 2, "first": 1, "second": 2, "third": 3, "fourth": 4}
_STEPS = {
    "上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "下下": 2, "今": 0, "明": 1, "去": -1, "前": -2, "后": 2,
}  # fmt: skip
_STEPS |= {"this": 0, "current": 0, "coming": 1, "next": 1, "last": -1, "previous": -1, "prior": -1}
DAY_WORDS = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3,
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "eod": 0,
}  # fmt: skip


class Found(NamedTuple):
    """What a rule understood: a window, its kind (day, week, month, quarter, half, year, holiday), how sure it is."""

    window: Window
    kind: str = "day"
    fuzzy: bool = False
    relative: bool = False


Build = Callable[[re.Match[str], Clock], Found | None]


def _number(text: str | None) -> int:
    return (chinese_number(text) if text else None) or 0


def _ordinal(text: str) -> int:
    return _ORDINALS.get(text.lower()) or _number(text[:1])


def _group(m: re.Match[str], name: str) -> str | None:
    """The text of a group that the pattern may not have."""
    return m[name] if name in m.re.groupindex else None


def _year(m: re.Match[str], clock: Clock) -> int | None:
    """The year as written; None leaves it to the clock."""
    if word := _group(m, "yw"):
        return clock.today.year + _STEPS.get(word[0], 0)
    number = _number(_group(m, "y") or _group(m, "y2"))
    return (number + 2000 if number < 100 else number) if number else None


def _month(m: re.Match[str], group: str = "m") -> int:
    name = _group(m, "mon")
    return MONTHS[name.lower().rstrip(".")] if name else _number(m[group])


def _part(m: re.Match[str]) -> str:
    text = _group(m, "part")
    return _PART_NAMES.get(text.lower().split()[-1], text) if text else ""


def _step(word: str) -> int:
    return _STEPS.get(word.lower().rstrip("一个"), 0)


def day(m: re.Match[str], clock: Clock) -> Found | None:
    """A month and a day, with or without a year."""
    number, which = _number(m["d"]), _month(m)
    window = clock.pick(lambda y: (date(y, which, number),) * 2, _year(m, clock))
    return Found(window) if window else None


def day_month_year(m: re.Match[str], clock: Clock) -> Found | None:
    """Two numbers and a year: month first, unless only the day can be first; with dots the day is first."""
    first, second = int(m["m"]), int(m["d"])
    which, number = (second, first) if first > 12 or m["s"] == "." else (first, second)
    window = clock.pick(lambda y: (date(y, which, number),) * 2, int(m["y"]))
    return Found(window) if window else None


def days_of_month(m: re.Match[str], clock: Clock) -> Found | None:
    """From a day to a day of one month: 1-7 Oct."""
    low, high, which = int(m["d"]), int(m["d2"]), _month(m)
    window = clock.pick(lambda y: (date(y, which, low), date(y, which, high)) if low < high else None, _year(m, clock))
    return Found(window) if window else None


def month(m: re.Match[str], clock: Clock) -> Found | None:
    """A month, or a part of one."""
    which, part = _month(m), _part(m)
    window = clock.pick(lambda y: windows.month(y, which), _year(m, clock))
    return Found(windows.part("month", window, part), "part" if part else "month", fuzzy=True) if window else None


def half_of_month(m: re.Match[str], clock: Clock) -> Found | None:
    """The first or second half of a month, or its last week: the first half of October, 10月下半月."""
    which = _month(m)
    name = {"first": "first half", "second": "second half", "last": "last week"}[m["h"].lower()]
    window = clock.pick(lambda y: windows.month(y, which), _year(m, clock))
    return Found(windows.part("month", window, name), "part", fuzzy=True) if window else None


def first_quarters(m: re.Match[str], clock: Clock) -> Found | None:
    """From the first quarter to the nth: 前三季度."""
    last = _number(m["q"])
    window = clock.pick(lambda y: (date(y, 1, 1), windows.quarter(y, last)[1]), _year(m, clock))
    return Found(window, "months", fuzzy=True) if window else None


def shopping_day(m: re.Match[str], clock: Clock) -> Found | None:
    """双11, 双十二: the day of the month of the same number."""
    which = _number(m["m"])
    window = clock.pick(lambda y: (date(y, which, which),) * 2)
    return Found(window, "festival") if window else None


_FEASTS = {"christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
           "new year's eve": (12, 31), "new year's day": (1, 1)}  # fmt: skip


def feast(m: re.Match[str], clock: Clock) -> Found | None:
    """A feast of a fixed day: Christmas Day 2023."""
    which, number = _FEASTS[m["hol"].lower().replace("’", "'")]
    window = clock.pick(lambda y: (date(y, which, number),) * 2, _year(m, clock))
    return Found(window) if window else None


def weekday_in_week(m: re.Match[str], clock: Clock) -> Found | None:
    """Monday next week: the weekday of that week, whatever `last Monday` would mean."""
    found = windows.week(clock.today)[0] + (WEEKDAYS[m["wd"].lower()[:3]] + 7 * _step(m["w"])) * DAY
    return Found((found, found), relative=True)


def week_of_month(m: re.Match[str], clock: Clock) -> Found | None:
    """The nth seven days of a month (11月第一周, the first week of November, is the 1st to the 7th): people rarely mean
    a calendar week by it."""
    which, nth = _month(m), _ordinal(m["nth"])

    def make(y: int) -> Window:
        first, last = windows.month(y, which)
        return first + (nth - 1) * 7 * DAY, min(first + (nth * 7 - 1) * DAY, last)

    window = clock.pick(make, _year(m, clock))
    return Found(window, "part", fuzzy=True) if window and window[0] <= window[1] else None


def months(m: re.Match[str], clock: Clock) -> Found | None:
    """From a month to a month: 9-10月, Oct-Dec."""
    first, last = _month(m), MONTHS[m["mon2"].lower().rstrip(".")] if _group(m, "mon2") else _number(m["m2"])

    def make(y: int) -> Window:
        return windows.month(y, first)[0], windows.month(y + (last < first), last)[1]

    window = clock.pick(make, _year(m, clock))
    return Found(window, "months", fuzzy=True) if window else None


def quarter(m: re.Match[str], clock: Clock) -> Found | None:
    """A quarter, or a part of one."""
    which, part = _ordinal(m["q"]), _part(m)
    window = clock.pick(lambda y: windows.quarter(y, which), _year(m, clock))
    return Found(windows.part("quarter", window, part), "part" if part else "quarter", fuzzy=True) if window else None


def half(m: re.Match[str], clock: Clock) -> Found | None:
    """A half of a year: 上半年, H1 2024."""
    which = _ordinal(m["h"])
    window = clock.pick(lambda y: windows.half(y, which), _year(m, clock))
    return Found(window, "half", fuzzy=True) if window else None


def year(m: re.Match[str], clock: Clock) -> Found | None:
    """A year, or a part of one: 2024年, 今年, 明年初."""
    number, part = _year(m, clock) or clock.today.year, _part(m)
    window = windows.part("year", windows.year(number), part)
    return Found(window, "part" if part else "year", fuzzy=True, relative=_group(m, "y") is None)


def relative(unit: str) -> Build:
    """A builder for this, last or next `unit` (or the unit that the match names), or a part or a day of it."""

    def build(m: re.Match[str], clock: Clock) -> Found | None:
        named = (_group(m, "unit") or unit).lower()
        window = windows.moved(named, clock.today, _step(_group(m, "w") or ""))
        number = _number(_group(m, "d"))
        if number:
            return Found((window[0].replace(day=number),) * 2, relative=True)
        part = _part(m)
        return Found(windows.part(named, window, part), "part" if part else named, fuzzy=True, relative=True)

    return build


def weekday_of_week(m: re.Match[str], clock: Clock) -> Found | None:
    """A weekday of this, last or next week; English `last Friday` is the latest one gone by."""
    number, word = WEEKDAYS[m["wd"].lower()[:3]], m["w"].lower()
    found = windows.week(clock.today)[0] + number * DAY
    if word in ("last", "previous", "prior"):
        found -= 7 * DAY * (found >= clock.today)
    elif word == "coming":
        found += 7 * DAY * (found <= clock.today)
    else:
        found += 7 * _step(word) * DAY
    return Found((found, found), relative=True)


def weekday(m: re.Match[str], clock: Clock) -> Found | None:
    """A bare weekday: of this week, or the next or latest one if the clock leans."""
    found = windows.week(clock.today)[0] + WEEKDAYS[m["wd"].lower()[:3]] * DAY
    if clock.lean == "future" and found < clock.today:
        found += 7 * DAY
    if clock.lean == "past" and found > clock.today:
        found -= 7 * DAY
    return Found((found, found), relative=True)


def day_word(m: re.Match[str], clock: Clock) -> Found | None:
    """Today, tomorrow, 昨天 …"""
    found = clock.today + DAY_WORDS[m["w"].lower()] * DAY
    return Found((found, found), relative=True)


def day_alone(m: re.Match[str], clock: Clock) -> Found | None:
    """A day without a month, 15号: in this month, or the one before or after if that is where the clock leans."""
    number, this = _number(m["d"]), clock.today.replace(day=1)
    options = [first.replace(day=number) for first in (windows.shift(this, n) for n in (-1, 0, 1))
               if number <= windows.month(first.year, first.month)[1].day]  # fmt: skip
    if clock.lean == "past":
        options = [d for d in options if d <= clock.today]
    return Found((min(options, key=lambda d: abs(d - clock.today)),) * 2) if options else None


def holiday(m: re.Match[str], clock: Clock) -> Found | None:
    """A holiday, the days up to it, the week after it, or both weeks around it; None without a calendar or for a year
    it doesn't know."""
    calendar = clock.holidays
    if calendar is None:
        return None
    near = Clock(clock.today)
    period = near.pick(lambda y: calendar.period(m["hol"], y), _year(m, clock))
    if period is None:
        return None
    side = m["side"]
    if side == "前后":
        return Found((period[0] - 7 * DAY, period[1] + 7 * DAY), "holiday", fuzzy=True)
    if side.endswith("前"):
        before = period[0] - DAY
        return Found((min(clock.today, before), before), "before holiday", fuzzy=True)
    if side.endswith("后"):
        return Found((period[1] + DAY, period[1] + 7 * DAY), "after holiday", fuzzy=True)
    return Found(period, "holiday", fuzzy=True)


def month_of(m: re.Match[str], clock: Clock) -> Found | None:
    """Last August, next March: the latest that began, or the next that begins; this August is this year's."""
    which, word = _month(m), m["w"].lower()
    if word == "this":
        return Found(windows.month(clock.today.year, which), "month", fuzzy=True)
    first = clock.today.replace(day=1)
    window = Clock(first - DAY, "past").pick(lambda y: windows.month(y, which))
    if word == "next":
        window = Clock(windows.shift(first, 1), "future").pick(lambda y: windows.month(y, which))
    return Found(window, "month", fuzzy=True) if window else None


_END_OF = {"ow": "week", "om": "month", "oq": "quarter", "oy": "year"}


def end_of(m: re.Match[str], clock: Clock) -> Found | None:
    """EOW, EOM, EOQ, EOY."""
    unit = _END_OF[m["unit"].lower()]
    return Found(windows.part(unit, windows.current(unit, clock.today), "end"), "part", fuzzy=True, relative=True)
