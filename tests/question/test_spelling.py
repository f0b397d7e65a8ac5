"""English words of asking that are misspelt by one letter."""

from __future__ import annotations

import pytest

from bot.question.spelling import spelled


def nothing(word: str) -> bool:
    """No report writes the word."""
    return not word


@pytest.mark.parametrize(("text", "meant"), [
    ("which dates sliped last week", "which dates slipped last week"),
    ("wich projects are delaied", "which projects are delayed"),
    ("progres of Atlas", "progress of Atlas"), ("Atlas statsu", "Atlas status"),
    ("anything overdu", "anything overdue"),
    ("incidnets in May", "incidents in May"), ("waht changed", "what changed"), ("wehn is it live", "when is it live"),
    ("the milestons", "the milestone"),
])  # fmt: skip
def test_one_wrong_letter_is_mended(text: str, meant: str) -> None:
    """A letter too few, too many, another or two in the wrong order: the word of asking is meant."""
    assert spelled(text, nothing) == meant


@pytest.mark.parametrize(
    "text",
    [
        "how many shops",
        "which gates opened",
        "delays in Atlas",
        "聚合进度",
        "Stripe status",
        "",
        "status of the form",
        "which shop is late",
        "is the blok live",
        "shouyin wancheng",
    ],
)
def test_other_words_stay(text: str) -> None:
    """A known word, a name, and a short word that another letter would make a word of asking are left alone."""
    assert spelled(text, nothing) == text


def test_what_reports_write_is_never_changed() -> None:
    """A name that looks like a misspelt word is a name where a report writes it so."""
    assert spelled("progres status", lambda word: word == "progres") == "progres status"
