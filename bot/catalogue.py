"""What the bot says, in the asker's language: one file of sentences per language in `strings/`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import tomli

LANGUAGES = ("zh", "en")
Say = Callable[..., str]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_THIRDS = {(1, 10): "early", (11, 20): "mid"}


@cache
def sentences(lang: str) -> dict[str, str]:
    """Every sentence of the language by its dotted key; KeyError for a language without a file."""
    text = files("bot.strings").joinpath(f"{lang}.toml").read_text(encoding="utf-8")
    tables = tomli.loads(text)
    return {f"{table}.{name}": sentence for table, entries in tables.items() for name, sentence in entries.items()}


def sayer(lang: str) -> Say:
    """A function from a key and its values to the sentence: `say("status.age", days=12)`."""
    known = sentences(lang)

    def say(name: str, /, **values: object) -> str:
        return known[name].format(**values)

    return say


def language_of_locale(locale: str | None) -> str | None:
    """`zh-TW` → `zh`, any other → `en`; None where there is none."""
    return None if not locale else "zh" if locale.casefold().startswith("zh") else "en"


def day(value: date, today: date) -> str:
    """A day as people write it in reports: `9/15`, with the year only where it isn't this one."""
    text = f"{value.month}/{value.day}"
    return text if value.year == today.year else f"{value.year}/{text}"


def days(start: date, end: date, today: date, lang: str) -> str:
    """A span of days as people say it: `9/15`, `9/18–9/24`, `10月中` or `mid Oct`, `9月`."""
    if start == end:
        return day(start, today)
    last = (date(start.year + start.month // 12, start.month % 12 + 1, 1) - timedelta(days=1)).day
    if (start.year, start.month) == (end.year, end.month):
        third = _THIRDS.get((start.day, end.day)) or ("late" if (start.day, end.day) == (21, last) else None)
        if third or (start.day, end.day) == (1, last):
            month = _MONTHS[start.month - 1] if lang == "en" else str(start.month)
            if start.year != today.year:
                month = f"{month} {start.year}" if lang == "en" else f"{start.year}年{month}"
            return sentences(lang)[f"days.{third or 'whole'}"].format(month=month)
    return f"{day(start, today)}–{day(end, today)}"
