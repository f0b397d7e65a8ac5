"""English words of asking that are misspelt by a letter."""

from __future__ import annotations

import pytest

from bot.question.content import everything
from bot.question.typos import put_right


def _untold(word: str) -> bool:
    return False


@pytest.mark.parametrize(("written", "meant"), [
    ("wich incidents in May", "which incidents in May"), ("waht changed", "what changed"),
    ("stauts of Kestrel", "status of Kestrel"), ("incidnets last week", "incidents last week"),
    ("which dates sliped", "which dates slipped"), ("the milestons", "the milestones"),
])  # fmt: skip
def test_one_slip_in_a_word_of_asking_is_put_right(written: str, meant: str) -> None:
    """A letter left out, doubled, swapped, or in a long word another one."""
    assert put_right(written, _untold) == meant


@pytest.mark.parametrize("question", [
    "status of the form", "which shop is late", "what about Incidnets", "is the blok live", "shouyin wancheng", "who",
])  # fmt: skip
def test_what_may_be_a_name_is_left_alone(question: str) -> None:
    """Short words with another letter, words written like names, and other languages stay as they are."""
    assert put_right(question, _untold) == question


def test_what_a_report_says_is_no_slip() -> None:
    """A word that stands in the reports is meant as it is written."""
    assert put_right("stauts of Kestrel", everything) == "stauts of Kestrel"
