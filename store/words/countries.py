"""Public holidays of other countries than China: the only room that knows the optional `holidays` package (14 MB, so it
isn't among what is installed; `pip install holidays` adds it)."""

from __future__ import annotations

import importlib
from datetime import date
from functools import cache
from typing import Any


def is_country(code: str) -> bool:
    """Whether the package knows `DE`, or `DE-BY` with its part of the country; ImportError where it isn't installed."""
    try:
        return _days(code) is not None
    except NotImplementedError:
        return False


def is_holiday(code: str, day: date) -> bool:
    """Whether the day is a public holiday there; ImportError without the package."""
    return day in _days(code)


@cache
def _days(code: str) -> Any:
    country, _, part = code.partition("-")
    return importlib.import_module("holidays").country_holidays(country, subdiv=part or None)
