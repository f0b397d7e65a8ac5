"""`/plan`: the goals of the newest report, and what became of those before, each with both lines."""

from __future__ import annotations

from typing import Any

import pytest
from support.made_up import Put, answered, ask, weekly
from support.truth import false_quotes, uncited_facts

from bot.answers.model import Answer
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library

W38 = weekly(
    "第38周", "2023-09-15", ["- 海棠平台：开发进度61%", "- 白桦系统：需求评审完成"],
    goals=["1. 海棠平台9/21提测", "2. 白桦系统立项过会", "3. 密钥轮换手册更新到v2", "4. 雪松接口联调与压测"],
)  # fmt: skip
W39 = weekly(
    "第39周", "2023-09-22",
    ["- 海棠平台：9/21提测，用例30条", "- 白桦系统：立项会未开成，挪到下周", "- 雪松接口：联调进行中，进度40%",
     "- 红杉迁移：9/20上线完成"],
    goals=["1. 白桦系统立项过会（顺延）", "2. 海棠平台9/28上线"],
)  # fmt: skip
ENGLISH = """# Week 38 2023-09-15

## Projects

- **Maple gateway** — 40%, load test planned for Sep 20

## Plan for next week

- Run the load test of Maple gateway
- Publish the merchant FAQ in Spanish
"""
ENGLISH_NEXT = """# Week 39 2023-09-22

## Projects

- **Maple gateway** — 60%, load test done on Sep 20 with 900 requests a second

## Plan for next week

- Go live with Maple gateway on Sep 28
"""
TEXTS = {"w38.md": W38, "w39.md": W39}


def _outcomes(answer: Answer) -> dict[str, Any]:
    return {goal["text"]: goal["outcome"] for goal in answer.data["goals"]}


@pytest.mark.parametrize("question", ["/plan", "下周计划", "下周做什么", "what is the plan for next week"])
def test_next_weeks_plan_is_in_the_newest_report(reports: Library, question: str) -> None:
    """Its goals are listed, without an outcome that nobody can know yet."""
    answer = ask(reports, question, "2023-09-25")
    assert (answer.kind, answer.found) == (Kind.PLAN, True)
    assert _outcomes(answer) == {"白桦系统立项过会（顺延）": None, "海棠平台9/28上线": None}
    assert not false_quotes(answer, TEXTS.__getitem__)


def test_what_was_promised_for_these_days_was_set_before(reports: Library) -> None:
    """What did they promise for this week asks for the goals of the report before it, which is there."""
    answer = ask(reports, "what did they promise for this week", "2023-09-25")
    assert answer.found
    assert _outcomes(answer) == {"白桦系统立项过会（顺延）": None, "海棠平台9/28上线": None}


@pytest.mark.parametrize("question", [
    "上周的目标完成了吗", "上周说要做的做了吗?", "上周说要干的都干了吗", "did we do what we promised",
])  # fmt: skip
def test_each_goal_with_what_became_of_it(reports: Library, question: str) -> None:
    """Done, carried over, partly, and dropped only where nothing speaks of it."""
    answer = ask(reports, question, "2023-09-25")
    assert _outcomes(answer) == {
        "海棠平台9/21提测": "done", "白桦系统立项过会": "carried", "密钥轮换手册更新到v2": "dropped",
        "雪松接口联调与压测": "partly",
    }  # fmt: skip
    assert "1/4" in render_text(answer).split("\n")[0]
    assert not false_quotes(answer, TEXTS.__getitem__)
    assert not uncited_facts(answer)


def test_both_lines_are_cited(reports: Library) -> None:
    """The goal and the line of the next report that speaks of it."""
    answer = ask(reports, "上周的目标完成了吗", "2023-09-25")
    cited = {(c.report.source, c.quote.split("\n")[0]) for c in answer.citations}
    assert {("w38.md", "1. 海棠平台9/21提测"), ("w39.md", "- 海棠平台：9/21提测，用例30条")} <= cited


def test_the_plan_counts_what_was_kept_before(reports: Library) -> None:
    """Below the goals to come stands the share of those before, computed."""
    assert "完成 1（1/4）" in render_text(ask(reports, "/plan", "2023-09-25"))


def test_dropped_goals_alone(reports: Library) -> None:
    """A question for what was dropped leaves the others out."""
    answer = ask(reports, "哪些目标不了了之", "2023-09-25")
    assert _outcomes(answer) == {"密钥轮换手册更新到v2": "dropped"}


def test_done_two_weeks_later_is_late_and_not_dropped(reports: Library, put: Put) -> None:
    """Every report after the goal is looked in before it is called dropped."""
    put(weekly("第40周", "2023-09-28", ["- 密钥轮换手册：更新到v2完成"]), name="w40.md")
    answer = ask(reports, "哪些目标不了了之", "2023-10-02")
    assert answer.found
    assert "密钥轮换手册更新到v2" not in _outcomes(answer)
    answer = ask(reports, "第38周定的目标完成了吗", "2023-10-02")
    assert _outcomes(answer)["密钥轮换手册更新到v2"] == "late"


def test_undone_goals_alone(reports: Library) -> None:
    """What was done is left out, and how many there were is said."""
    answer = ask(reports, "上周计划没完成的有哪些", "2023-09-25")
    assert "海棠平台9/21提测" not in _outcomes(answer)
    assert len(answer.data["goals"]) == 3


def test_work_beside_the_goals(reports: Library) -> None:
    """A day reached of a project that no goal names."""
    answer = ask(reports, "计划外做了哪些", "2023-09-25")
    assert [line["text"] for line in answer.data["beyond"]] == ["红杉迁移：9/20上线完成"]


def test_a_labelled_report_with_its_goals(reports: Library) -> None:
    """`第38周周报的下周目标` are those of the report that calls itself so."""
    answer = ask(reports, "第38周周报的下周目标", "2023-09-25")
    assert [goal["label"] for goal in answer.data["goals"]] == ["第38周"] * 4


def test_goals_of_one_project(reports: Library) -> None:
    """A project's goals, newest report first."""
    answer = ask(reports, "/plan 白桦系统", "2023-09-25")
    assert set(_outcomes(answer)) == {"白桦系统立项过会（顺延）", "白桦系统立项过会"}


@pytest.mark.parametrize(("question", "words"), [("/plan W20", "没有这段时间的周报"), ("下周计划 火星车", "火星车")])
def test_a_plan_that_nobody_wrote(reports: Library, question: str, words: str) -> None:
    """A week without a report, and a word of no goal: said, not passed over."""
    answer = ask(reports, question, "2023-09-25")
    assert not answer.found
    assert words in render_text(answer)


def test_as_of_a_day(reports: Library) -> None:
    """Later reports don't exist for the answer."""
    answer = ask(reports, "/plan as of 2023-09-16", "2023-09-25")
    assert [goal["outcome"] for goal in answer.data["goals"]] == [None] * 4


def test_english_goals(library: Library, put: Put) -> None:
    """The same in English, in the words of the asker."""
    texts = {"a.md": ENGLISH, "b.md": ENGLISH_NEXT}
    for name, text in texts.items():
        put(text, name=name)
    answer = ask(library, "did we do what we promised", "2023-09-25")
    assert list(_outcomes(answer).values()) == ["done", "dropped"]
    assert "1 done (1/2)" in render_text(answer).split("\n")[0]
    assert not false_quotes(answer, texts.__getitem__)


def test_without_reports(library: Library) -> None:
    """Nothing read: said so."""
    assert not answered(library, Kind.PLAN, "2023-09-25").found


def test_what_was_promised_of_a_project_is_a_goal(library: Library, put: Put) -> None:
    """提测的计划兑现了吗 asks what became of a goal, though it names a project and an event of it."""
    first = weekly("第38周", "2023-09-15", ["- 海棠网关：开发60%"], [], ["海棠网关提测"])
    put(first, name="w38.md")
    put(weekly("第39周", "2023-09-22", ["- 海棠网关：开发70%，9/21已提测"], []), name="w39.md")
    assert ask(library, "海棠网关提测的计划兑现了吗", "2023-09-25").kind is Kind.PLAN
