"""The clock, asked by commands alone; everything below them takes the moment as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today(zone: tzinfo) -> date:
    """The day that it is there."""
    return datetime.now(zone).date()
