"""The exam on the samples: how many of its questions are answered right, and how few wrong."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from support.exam import EXAM, Mark, Marked, examine, mark, questions

RIGHT, WRONG, CITED, REFUSED = 0.97, 0.005, 0.99, 0.95  # what is asked of the product, of any reports


@pytest.fixture(scope="module")
def marked() -> Sequence[Marked]:
    """Every question of the exam, answered and marked."""
    return examine()


def test_the_exam_is_large_and_hard_enough() -> None:
    """At least 150 questions, two thirds of them Chinese, 25 that can't be answered, 15 whose naive answer is wrong."""
    asked = questions(EXAM)
    chinese = [q for q in asked if any("\u4e00" <= char <= "\u9fff" for char in q["ask"])]
    assert len(asked) >= 150
    assert len(chinese) >= 2 * len(asked) / 3
    assert sum(not q["found"] for q in asked) >= 25
    assert sum(bool(q.get("naive")) for q in asked) >= 15
    assert len({q["id"] for q in asked}) == len(asked)


def test_answers_are_right(marked: Sequence[Marked]) -> None:
    """At least 97 % of the answers hold every fact that they should, at most 0.5 % say what is false."""
    right = sum(one.mark is Mark.RIGHT for one in marked)
    wrong = [one.question["id"] for one in marked if one.mark is Mark.WRONG]
    assert right >= RIGHT * len(marked)
    assert len(wrong) <= WRONG * len(marked), wrong


def test_right_answers_cite_the_right_lines(marked: Sequence[Marked]) -> None:
    """At least 99 % of the lines that prove a right answer are cited."""
    answered = [one for one in marked if one.question["found"] and one.mark is Mark.RIGHT]
    wanted = sum(len(one.question.get("cites", ())) for one in answered)
    assert sum(one.cited for one in answered) >= CITED * wanted


def test_what_the_reports_do_not_say_is_not_answered(marked: Sequence[Marked]) -> None:
    """At least 95 % of the questions that can't be answered are refused."""
    unsaid = [one for one in marked if not one.question["found"]]
    assert sum(one.mark is Mark.RIGHT for one in unsaid) >= REFUSED * len(unsaid)


QUESTION = {"id": "x", "ask": "?", "kind": ["status"], "found": True, "says": ["85%", ["9/15", "9月15日"]],
            "first": ["85%"], "never": ["80%"], "cites": [["a.md", 3]]}  # fmt: skip
CITED_LINE = [{"source": "r/a.md", "line_start": 2, "line_end": 4, "quote": "85%"}]


@pytest.mark.parametrize(
    ("text", "found", "expected", "cited"),
    [
        ("85% · 9月15日提测", True, Mark.RIGHT, 1),
        ("POS\n85% 9/15", True, Mark.SHORT, 1),
        ("85%", True, Mark.SHORT, 1),
        ("85% 9/15，上周80%", True, Mark.WRONG, 1),
        ("周报没有写", False, Mark.PASSED, 1),
    ],
)
def test_an_answer_is_marked_by_its_facts(text: str, found: bool, expected: Mark, cited: int) -> None:
    """What lacks is short, what must not stand there is wrong, and "not found" for what the reports say is passed."""
    one = mark(QUESTION, {"text": text, "found": found, "kind": "status", "citations": CITED_LINE}, "r/")
    assert (one.mark, one.cited) == (expected, cited)


def test_an_answer_to_what_cannot_be_answered_is_wrong() -> None:
    """Found where the reports don't say: wrong, whatever it says; a line that isn't cited counts as none."""
    question = {**QUESTION, "found": False, "never": (), "says": (), "first": ()}
    answer = {"text": "85%", "found": True, "kind": "status", "citations": [{**CITED_LINE[0], "source": "r/b.md"}]}
    one = mark(question, answer, "r/")
    assert (one.mark, one.cited) == (Mark.WRONG, 0)
