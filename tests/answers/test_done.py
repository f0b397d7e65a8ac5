"""`/done RANGE`: what was finished, what went live, and which milestones were reached, with their days and lines."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly
from support.truth import false_quotes

from bot.render.text import render_text
from store.library import Library

W38 = weekly("第38周", "2023-09-15", [
    "- 海棠平台：9/13完成提测，预计9/28上线", "- 白鹭对账，9/12完成上线", "- 苍鹰网关：进度100%，已完成",
])  # fmt: skip
W40 = weekly("第40周", "2023-09-29", ["- 海棠平台：9/28上线完成", "- 苍鹰网关：进度100%，已完成"])
TEXTS = {"w38.md": W38, "w40.md": W40}


def test_what_ended_a_project_comes_before_stages(reports: Library) -> None:
    """Finished and live projects are counted in the first line, those that reached a stage behind them."""
    answer = ask(reports, "9月11日到9月17日完成了什么", "2023-10-08")
    assert [(d["project"], d["final"], d["date"]) for d in answer.data["done"]] == [
        ("苍鹰网关", True, "2023-09-15"), ("白鹭对账", True, "2023-09-12"), ("海棠平台", False, "2023-09-13"),
    ]  # fmt: skip
    assert answer.data["projects"] == 2
    first = render_text(answer).split("\n")[0]
    assert "2 个项目" in first
    assert "另有 1 个项目有里程碑达成" in first
    assert not false_quotes(answer, TEXTS.__getitem__)


@pytest.mark.parametrize("question", ["9月上线了什么?", "what went live in September"])
def test_one_event_is_asked_for(reports: Library, question: str) -> None:
    """What only was handed to test did not go live."""
    told = ask(reports, question, "2023-10-08").data["done"]
    assert [(d["project"], d["date"]) for d in told] == [("海棠平台", "2023-09-28"), ("白鹭对账", "2023-09-12")]


def test_a_finish_told_for_weeks_counts_once_and_early(reports: Library) -> None:
    """已完成 in two reports is one end, of the first one."""
    assert "苍鹰网关" not in render_text(ask(reports, "/done 9月25日到9月30日", "2023-10-08"))


def test_a_plan_is_not_done(reports: Library) -> None:
    """As of the first report the go-live is only planned."""
    assert "9/28" not in render_text(ask(reports, "/done as of 9/20", "2023-10-08"))


def test_a_none_says_what_was_looked_in(library: Library, put: Put) -> None:
    """Nothing done in a week with a report is an answer with that report."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：进度60%，10/20上线"]), name="a.md")
    answer = ask(library, "what shipped last week", "2023-09-18")
    assert (answer.found, answer.data["count"]) == (True, 0)
    assert [r["source"] for r in answer.data["consulted"]] == ["a.md"]


def test_days_without_reports_are_not_found(reports: Library) -> None:
    """What was done in March nobody knows."""
    answer = ask(reports, "2023年3月完成了什么", "2023-10-08")
    assert (answer.found, answer.citations) == (False, ())


def test_unknown_words_are_named(reports: Library) -> None:
    """A word that no entry speaks of is said to be missing."""
    answer = ask(reports, "/done 量子计算", "2023-10-08")
    assert (answer.found, answer.data["words"]) == (False, "量子计算")


def test_only_stages_are_not_called_an_end(library: Library, put: Put) -> None:
    """A week in which one project was handed to test finished none."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：9/13完成提测，预计9/28上线"]))
    answer = ask(library, "/done 9月", "2023-09-18")
    assert answer.data["projects"] == 0
    assert "没有项目完成或上线；1 个项目有里程碑达成" in render_text(answer).split("\n")[0]
