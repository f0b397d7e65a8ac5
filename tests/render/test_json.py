"""JSON for programs: the contract's keys, the same text, nothing that JSON hasn't."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.answers.ask import Asker
from bot.answers.model import Answer, plain
from bot.question.query import Kind
from bot.render.json import render_json
from bot.render.text import render_text
from bot.strings import TOUR

TODAY = date(2023, 12, 11)
QUESTIONS = (*TOUR, "/incidents", "/report 第30周", "/nosuch", "", "/status POS as of 1 Nov", "/report 10月")


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_the_contracts_object(asker: Asker, question: str) -> None:
    """Every key of the contract with its type; the text is the plain text; all of it survives being written."""
    answer = asker.ask(question, TODAY)
    found = render_json(answer)
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found
    assert (found["question"], found["kind"], found["found"]) == (question, answer.kind.value, answer.found)
    assert found["text"] == render_text(answer)
    assert isinstance(found["data"], dict)
    assert all(isinstance(suggestion, str) for suggestion in found["suggestions"])
    for citation in found["citations"]:
        assert list(citation) == ["source", "line_start", "line_end", "quote"]
        assert citation["quote"]


@pytest.mark.parametrize(("asked", "shown"), [
    (None, None),
    ((date(2023, 9, 1), date(2023, 9, 15)), {"start": "2023-09-01", "end": "2023-09-15"}),
    ((None, date(2023, 9, 15)), {"start": None, "end": "2023-09-15"}),
])  # fmt: skip
def test_a_range_is_two_dates_or_null(
    asked: tuple[date | None, date] | None, shown: dict[str, str | None] | None
) -> None:
    """No range is null, and a start of since-ever is a null start."""
    assert render_json(Answer("q", Kind.INCIDENTS, "zh", True, plain("头"), range=asked))["range"] == shown


@pytest.mark.parametrize("question", ["/incidents last 4 weeks", "上周的事故", "/search 存管 10月"])
def test_a_range_asked_for_is_in_the_json(asker: Asker, question: str) -> None:
    """A question with a range has it in `range`, as asked for."""
    shown = render_json(asker.ask(question, TODAY))["range"]
    assert shown["start"] <= shown["end"]


def test_what_is_not_found_cites_no_value(asker: Asker) -> None:
    """Over the samples, a status, report or choice that isn't found has no citation."""
    for question in ("/status 区块链", "/report 第30周", "/status 存管", "/status"):
        found = render_json(asker.ask(question, TODAY))
        assert (found["found"], found["citations"]) == (False, []), question
