"""Reminders under fire: nobody is reminded twice, and nobody is forgotten."""

from __future__ import annotations

from support.faults import run


def test_kills_and_lost_answers_double_and_lose_nothing() -> None:
    """Two processes on one database, 40 of them killed at random points, one answer in twenty lost after Slack took the
    message, 429s and 500s between: each of 300 reminders stands in Slack once. `make soak` runs it with 10,000."""
    told = run(sends=300, kills=40, seed=7, patience=120)
    assert (told.lost, told.doubled) == ([], [])
    assert sum(told.found.values()) == 300
    assert told.spoilt["lost"] > 5
