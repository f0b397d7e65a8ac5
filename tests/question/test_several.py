"""Two projects and more that one question names."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly

from bot.render.text import render_text
from store.library import Library

REPORT = weekly("第38周", "2023-09-15", [
    "- 海棠平台：进度60%，计划10/20上线", "- 白鹭对账：进度85%，计划9/25上线",
    "- 苍鹰APP和SDK：进度30%，计划11/3提测",
])  # fmt: skip


@pytest.mark.parametrize("question", [
    "海棠平台和白鹭对账进度", "海棠平台跟白鹭对账哪个先上线", "白鹭对账、海棠平台分别什么时候上线",
    "status of 海棠平台 and 白鹭对账",
])  # fmt: skip
def test_two_projects_stand_in_one_list(library: Library, put: Put, question: str) -> None:
    """Who names two projects is told of both, each with its line, and of no other."""
    put(REPORT, name="a.md")
    answer = ask(library, question, "2023-09-18")
    assert [row["name"] for row in answer.data["projects"]] == ["白鹭对账", "海棠平台"]
    assert answer.found
    assert {citation.line for citation in answer.citations} == {5, 6}


def test_a_name_that_holds_the_joining_word_is_one(library: Library, put: Put) -> None:
    """`苍鹰APP和SDK` is one project."""
    put(REPORT, name="a.md")
    answer = ask(library, "苍鹰APP和SDK进度", "2023-09-18")
    assert (answer.kind, answer.data["project"]) == ("status", "苍鹰APP和SDK")


def test_a_name_that_nobody_has_is_not_left_out(library: Library, put: Put) -> None:
    """Beside a name that no report has the other isn't answered as if it alone had been asked for."""
    put(REPORT, name="a.md")
    answer = ask(library, "海棠平台和夜莺清算的进度", "2023-09-18")
    assert not answer.found
    assert "夜莺" in render_text(answer)
