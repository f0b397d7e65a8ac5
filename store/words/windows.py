"""Windows of the calendar (weeks, months, quarters and their parts) and which year a bare date means.

A window is its first and last day, both in it. Functions raise what `date` raises (ValueError, OverflowError)
where a window leaves the calendar; the callers that promise not to raise catch that in one place.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.words.holidays import Holidays

Window = tuple[date, date]
Lean = Literal["near", "past", "future"]
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
# The longest window that is picked by its year is half of one: nearer than this, none of another year is nearer still.
_NEAREST = timedelta(days=80)


def month(year: int, number: int) -> Window:
    """The month `number` (1–12) of `year`."""
    first = date(year, number, 1)
    return first, shift(first, 1) - DAY


def quarter(year: int, number: int) -> Window:
    """The quarter `number` (1–4) of `year`."""
    return date(year, 3 * number - 2, 1), month(year, 3 * number)[1]


def half(year: int, number: int) -> Window:
    """The half `number` (1 or 2) of `year`."""
    return date(year, 6 * number - 5, 1), month(year, 6 * number)[1]


def year(number: int) -> Window:
    """The whole year."""
    return date(number, 1, 1), date(number, 12, 31)


def week(day: date) -> Window:
    """The Monday–Sunday that holds `day`."""
    monday = day - day.weekday() * DAY
    return monday, monday + 6 * DAY


def shift(day: date, months: int) -> date:
    """`day` moved by whole months; a day that the month lacks becomes its last one (31 March - 1 is 28 February)."""
    years, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= years <= 9999:
        raise OverflowError(years)
    return date(years, index + 1, min(day.day, monthrange(years, index + 1)[1]))


def current(unit: str, day: date) -> Window:
    """The week, month, quarter or year (`unit`) that holds `day`."""
    if unit == "week":
        return week(day)
    if unit == "month":
        return month(day.year, day.month)
    return quarter(day.year, (day.month + 2) // 3) if unit == "quarter" else year(day.year)


def moved(unit: str, day: date, by: int) -> Window:
    """The week, month, quarter or year `by` units after the one that holds `day`."""
    if unit == "week":
        return week(day + by * WEEK)
    first = current(unit, day)[0]
    return current(unit, shift(first, by * {"month": 1, "quarter": 3, "year": 12}[unit]))


# Which days of a month a part means (DESIGN, section 6); 0 stands for its last day.
_MONTH_PARTS = {
    "early": (1, 10), "mid": (11, 20), "late": (21, 0), "end": (21, 0), "early-mid": (1, 20), "mid-late": (11, 0),
    "first half": (1, 15), "second half": (16, 0), "last week": (-7, 0),
}  # fmt: skip
_WEEK_PARTS = {"early": (0, 1), "mid": (1, 3), "late": (3, 4), "end": (3, 6), "weekend": (5, 6)}
_QUARTER_PARTS = {"early": 0, "mid": 1, "late": 2}
_YEAR_PARTS = {"early": 0, "mid": 5, "late": 11, "end": 11}


def part(unit: str, window: Window, name: str) -> Window:
    """A part of a window: early, mid, late, end, and for months early-mid and mid-late, its halves and its last
    seven days, for weeks weekend.

    The end of a quarter is its last month's 21st to its end, as with a month; a year's parts are
    January, June and December. An unknown name gives the whole window.
    """
    first = window[0]
    if unit == "week":
        low, high = _WEEK_PARTS.get(name, (0, 6))
        return first + low * DAY, first + high * DAY
    if unit == "month":
        low, high = _MONTH_PARTS.get(name, (1, 0))
        low = window[1].day + 1 + low if low < 0 else low
        return first.replace(day=low), first.replace(day=high) if high else window[1]
    if unit == "quarter" and name == "end":
        return window[1].replace(day=21), window[1]
    months = (_QUARTER_PARTS if unit == "quarter" else _YEAR_PARTS).get(name)
    return window if months is None else current("month", shift(first, months))


@dataclass(frozen=True, slots=True)
class Clock:
    """The day that words are relative to, and where dates without a year lean: nearest, past or future."""

    today: date
    lean: Lean = "near"
    holidays: Holidays | None = None

    def pick(self, make: Callable[[int], Window | None], known: int | None = None) -> Window | None:
        """The window `make` builds for the year `known`, or else for the year that the clock leans to.

        `make` may raise ValueError for a day that a year lacks (29 February); None if no year has it.
        """
        if known is not None:
            return _made(make, known)
        this = _made(make, self.today.year) if self.lean == "near" else None
        if this and max(this[0] - self.today, self.today - this[1]) <= _NEAREST:
            return this
        for reach in (1, 8):
            years = range(self.today.year - reach, self.today.year + reach + 1)
            windows = [w for w in (_made(make, y) for y in years) if w is not None]
            if chosen := self._choose(windows):
                return chosen
        return None

    def _choose(self, windows: list[Window]) -> Window | None:
        if self.lean == "past":
            return max((w for w in windows if w[0] <= self.today), default=None)
        if self.lean == "future":
            return min((w for w in windows if w[1] >= self.today), default=None)
        return min(windows, key=lambda w: max(w[0] - self.today, self.today - w[1]), default=None)


def _made(make: Callable[[int], Window | None], number: int) -> Window | None:
    try:
        return make(number)
    except (ValueError, OverflowError):
        return None
