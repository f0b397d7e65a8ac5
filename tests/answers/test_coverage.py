"""`/coverage` and `/teams`: what the bot knows, since when, and which weeks lack a report."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly
from support.truth import false_quotes

from bot.answers.model import words_of
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library

TODAY = "2023-11-27"
TEXTS = {
    "a45.md": weekly("第45周", "2023-11-03", ["- 海棠平台：进度50%"]),
    "a48.md": weekly("第48周", "2023-11-24", ["- 海棠平台：进度60%"]),
    "b46.md": weekly("第46周", "2023-11-10", ["- 云帆平台：进度10%"]),
}


@pytest.fixture
def autumn(library: Library, put: Put) -> Library:
    """海港组 with a gap of two weeks, 山城组 with one old report."""
    for name, text in TEXTS.items():
        put(text, name=name, team="海港组" if name.startswith("a") else "山城组")
    return library


def test_each_team_has_its_span_its_gaps_and_its_age(autumn: Library) -> None:
    """How many reports, from when to when, which weeks lack one, and the first lines as proof."""
    answer = ask(autumn, "/coverage", TODAY)
    assert words_of(answer.head) == "2 个团队、3 份周报，2023-11-03 至 2023-11-24"
    gaps = {team["team"]: team["missing_weeks"] for team in answer.data["teams"]}
    assert gaps == {"海港组": ["2023-11-06", "2023-11-13"], "山城组": ["2023-11-13", "2023-11-20"]}
    assert "最近 第46周，17 天前" in render_text(answer)
    assert {c.quote for c in answer.citations} == {text.split("\n")[0] for text in TEXTS.values()}
    assert not false_quotes(answer, TEXTS.__getitem__)


def test_one_team_is_asked_for(autumn: Library) -> None:
    """The question's team alone, also where the question asks up to which day."""
    for question in ("/coverage 海港组", "海港组的数据最新到哪天"):
        answer = ask(autumn, question, TODAY)
        assert words_of(answer.head) == "海港组 2 份周报，2023-11-03 至 2023-11-24", question


def test_teams_are_listed_with_their_last_report(autumn: Library) -> None:
    """Which teams there are."""
    for question in ("/teams", "都有谁在交周报", "有哪些团队?"):
        answer = ask(autumn, question, TODAY)
        assert answer.kind is Kind.TEAMS, question
        assert [team["newest"]["label"] for team in answer.data["teams"]] == ["第46周", "第48周"], question


def test_what_is_unknown_is_not_found(autumn: Library) -> None:
    """A team that doesn't report, and a time without reports."""
    assert not ask(autumn, "/coverage 数据平台部", TODAY).found
    assert not ask(autumn, "/coverage 2022年1月", TODAY).found


def test_without_reports(library: Library) -> None:
    """An empty library says so."""
    assert not ask(library, "/coverage", TODAY).found
    assert not ask(library, "/teams", TODAY).found


def test_in_english(autumn: Library) -> None:
    """The same in English."""
    answer = ask(autumn, "how many reports per team", TODAY)
    assert words_of(answer.head) == "2 teams, 3 reports, 2023-11-03 to 2023-11-24"


@pytest.mark.parametrize("question", ["周报最早从哪天开始有", "周报从什么时候开始的", "周报最早是哪天的"])
def test_how_far_back_reports_go(autumn: Library, question: str) -> None:
    """The first day of all reports stands in the first line."""
    answer = ask(autumn, question, TODAY)
    assert answer.kind is Kind.COVERAGE
    assert "2023-11-03" in words_of(answer.head)
