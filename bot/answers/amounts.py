"""Numbers with their units as people write them: values, changes, means, and the small curve of a row of values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.answers.model import Bar, Cell
from store.reading.units import CLOCK, minutes
from store.records import Update
from store.words.normalise import fold, has_cjk
from store.words.regex import regex

_NUMBER = regex(r"\d+(?:,\d{3})*(?:\.\d+)?", re.ASCII)
_CURRENCY = regex(r"([A-Z]{2,3}\$?|[$€£¥])(?: (.*))?", re.ASCII)  # it stands before the number: USD 52.8 M
_LEVELS = "▁▂▃▄▅▆▇█"
_NO_VALUE = "·"
PERCENT = "%"
_SHARE = regex(r"(?<![\d.,/])(\d[\d,]*)\s?[\u4e00-\u9fff]{0,2}\s?(?:/|\bof\b)\s?(\d[\d,]*)(?![\d.%/])")
FEW_DIGITS = 1  # more than that a mean has to be exact
ROUNDING = 0.01  # percent


def share_of(update: Update) -> str:
    """What a progress was worked out of, as the line has it: `688/900` for 76.44 %, else nothing."""
    if update.progress is None:
        return ""
    for done, whole in _SHARE.findall(fold(update.text)):
        part, total = (int(figure.replace(",", "")) for figure in (done, whole))
        if total and abs(100 * part / total - update.progress) < ROUNDING:
            return f"{done}/{whole}"
    return ""


def far(update: Update) -> str:
    """The progress of a line: `85%`, and what it was worked out of: `76.44% (688/900)`."""
    share = share_of(update)
    return f"{update.progress:.4g}%" + (f" ({share})" if share else "")


def bar_of(update: Update | None) -> Cell:
    """The same, drawn; an empty cell where the line states none."""
    return Bar(update.progress, share_of(update)) if update and update.progress is not None else ()


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written (`1,402`, `99.30`) and its unit."""

    digits: str
    unit: str | None

    @property
    def number(self) -> Decimal:
        """The number, exactly as written."""
        clock = minutes(self.digits)
        return Decimal(self.digits.replace(",", "")) if clock is None else Decimal(int(clock))

    def __str__(self) -> str:
        return with_unit(self.digits, self.unit)


def amount(value: float, unit: str | None, quote: str = "") -> Amount:
    """The value as the quoted line writes it (99.30, not 99.3); plainly where it stands there otherwise."""
    if unit == CLOCK:
        return Amount(_time(Decimal(repr(value))), unit)
    written = _NUMBER.findall(fold(quote))
    digits = next((digits for digits in written if float(digits.replace(",", "")) == abs(value)), None)
    if digits is None:
        return Amount(_plain(Decimal(repr(value))), unit)
    return Amount(f"-{digits}" if value < 0 else digits, unit)


def with_unit(digits: str, unit: str | None) -> str:
    """`99.36%`, `1,402万次`, `405 ms`, `USD 52.8 M`; of a time of day `05:28`, and `+3 min` of its change."""
    if not unit:
        return digits
    if unit == CLOCK:
        signed_ = digits[0] in "+-"
        return f"{digits} min" if signed_ else digits if ":" in digits else _time(Decimal(digits.replace(",", "")))
    if currency := _CURRENCY.fullmatch(unit):
        sign = digits[0] if digits[0] in "+-" else ""
        return sign + " ".join(filter(None, (currency[1], digits.removeprefix(sign), currency[2])))
    return f"{digits}{unit}" if unit in (PERCENT, "‰") or has_cjk(unit) else f"{digits} {unit}"


def _time(number: Decimal) -> str:
    """The time of day so many minutes after midnight."""
    hours, rest = divmod(int(number.quantize(Decimal(1), ROUND_HALF_UP)), 60)
    return f"{hours:02}:{rest:02}"


def decimals(number: Decimal) -> int:
    """How many digits stand behind the point."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def difference(old: Amount, new: Amount) -> Decimal:
    """The new number less the old one, as finely as the finer of the two is written."""
    return new.number - old.number


def relative(old: Amount, new: Amount) -> Decimal | None:
    """The change in percent of the old number, to a tenth; None from zero and of percentages (they move by points)."""
    if new.unit in (PERCENT, CLOCK) or not old.number:
        return None
    return (difference(old, new) / abs(old.number) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def signed(number: Decimal) -> str:
    """`+0.06`, `-3`, `+1,402`."""
    return f"{number:+,f}"


def total(amounts: Sequence[Amount]) -> Decimal:
    """The sum of the numbers."""
    return sum((a.number for a in amounts), Decimal(0))


def mean(amounts: Sequence[Amount]) -> tuple[Decimal, bool]:
    """The mean, with one digit more than the values have, or as many as it takes to be exact where those are few, and
    whether it is exact: 153 ÷ 4 is 38.25."""
    exact = total(amounts) / len(amounts)
    places = max(decimals(a.number) for a in amounts) + 1
    if decimals(exact.normalize()) <= places + FEW_DIGITS:
        places = max(places, decimals(exact.normalize()))
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded, rounded == exact


def grouped(number: Decimal) -> str:
    """The number with commas at the thousands, without zeros that say nothing."""
    return _plain(number, ",")


def _plain(number: Decimal, separator: str = "") -> str:
    text = f"{number:{separator}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def sparkline(values: Sequence[float | None], bounds: tuple[float, float] | None = None) -> str:
    """`▁▃▅█` from the lowest to the highest value (or bound), `·` where there is none; all in the middle where they
    are one."""
    known = [value for value in values if value is not None]
    if not known:
        return _NO_VALUE * len(values)
    low, high = bounds or (min(known), max(known))
    return "".join(_level(value, low, high) for value in values)


def _level(value: float | None, low: float, high: float) -> str:
    if value is None:
        return _NO_VALUE
    if high == low:
        return _LEVELS[len(_LEVELS) // 2]
    return _LEVELS[round((value - low) / (high - low) * (len(_LEVELS) - 1))]
