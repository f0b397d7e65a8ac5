"""The holiday periods, by name and year."""

from datetime import date

import pytest

from store.words.holidays import ChineseHolidays

PERIODS = [
    ("国庆", 2023, "2023-09-29", "2023-10-06"), ("中秋", 2023, "2023-09-29", "2023-10-06"),
    ("十一", 2023, "2023-09-29", "2023-10-06"), ("国庆节", 2024, "2024-10-01", "2024-10-07"),
    ("春节", 2023, "2023-01-21", "2023-01-27"), ("春节假期", 2024, "2024-02-10", "2024-02-17"),
    ("元旦", 2023, "2022-12-31", "2023-01-02"), ("元旦", 2024, "2023-12-30", "2024-01-01"),
    ("清明", 2023, "2023-04-05", "2023-04-05"), ("五一", 2023, "2023-04-29", "2023-05-03"),
    ("劳动节", 2023, "2023-04-29", "2023-05-03"), ("端午", 2023, "2023-06-22", "2023-06-24"),
    ("中秋", 2020, "2020-10-01", "2020-10-08"), ("中秋", 2025, "2025-10-01", "2025-10-08"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "year", "first", "last"), PERIODS)
def test_a_holiday_has_its_first_and_last_day_off(name: str, year: int, first: str, last: str) -> None:
    """A holiday runs over the weekends and holidays that touch it; make-up working days don't move it."""
    assert ChineseHolidays().period(name, year) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize((
    "name", "year",
), [("国庆", 1990), ("国庆", 2999), ("春节", 0), ("元旦", 9999), ("圣诞", 2023), ("", 2023)])  # fmt: skip
def test_what_is_not_published_is_unknown(name: str, year: int) -> None:
    """Years that are not published and names of no holiday give None, never an estimate."""
    assert ChineseHolidays().period(name, year) is None
