"""Names of teams that hold cue words, goals with a count, what stands still in words, figures as people type them."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly

from bot.answers.model import words_of
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library

TODAY = "2023-10-16"
FIGURES = "\n".join([
    "", "## 【系统运行数据】", "", "- 外卡授权成功率：86.3%", "- 收银台首屏耗时：735ms", "- 跨境交易额：2308万美元", "",
])  # fmt: skip
W40 = weekly("第40周", "2023-10-06", ["- 日志迁移：完成30/120个应用迁移"],
             goals=["1. 整改项完成18项", "2. 日志迁移完成50个应用"])  # fmt: skip
W41 = weekly(
    "第41周", "2023-10-13",
    ["- 日志迁移：完成50/120个应用迁移，配额审批中，本周无进展", "- 直连：批复未下来，项目暂停", "- 网关：10/12已上线"],
    highlights=["- 【安全复评】", "整改项完成14/23，本周无进展，等待顾问确认口径。",
                "- 【青岛牌照续期】", "等待审批结果。"],
) + FIGURES + "\n## 收获与反思\n\n等待也是成本。\n"  # fmt: skip


@pytest.fixture
def told(library: Library, put: Put) -> Library:
    """Two weeks of one team."""
    put(W40, name="w40.md")
    put(W41, name="w41.md")
    return library


@pytest.mark.parametrize(("team", "question", "kind"), [
    ("Risk-Platform", "Risk-Platform go-lives in October", Kind.MILESTONES),
    ("Risk-Platform", "what did Risk-Platform finish", Kind.DONE),
    ("Risk-Platform", "how is Risk-Platform doing", Kind.TEAM),
    ("Incident Response", "Incident Response projects", Kind.PROJECTS), ("Metrics", "what did Metrics ship", Kind.DONE),
    ("Metrics", "metrics last week", Kind.METRICS), ("风险平台组", "风险平台在做什么", Kind.PROJECTS),
    ("风险平台组", "风险平台组有什么风险", Kind.RISKS),
])  # fmt: skip
def test_the_name_of_a_team_is_no_cue(library: Library, put: Put, team: str, question: str, kind: Kind) -> None:
    """Whatever words it holds; a team that is called by a command alone is known by its capital."""
    put(W41, team=team)
    assert ask(library, question, TODAY).kind is kind


def test_a_goal_that_counts_is_done_only_with_its_count(told: Library) -> None:
    """14 of 23 keep no goal of 18, and 50 of 120 one of 50."""
    outcomes = {goal["text"]: goal["outcome"] for goal in ask(told, "第40周定的目标完成了吗", TODAY).data["goals"]}
    assert outcomes["整改项完成18项"] != "done"
    assert outcomes["日志迁移完成50个应用"] == "done"


@pytest.mark.parametrize(("question", "said"), [
    ("第41周有什么停滞的", "日志迁移"),
    ("what is blocked right now", "直连"), ("整改第41周为什么没动", "等待顾问确认口径"),
    ("牌照续期还在等审批吗", "等待审批结果"),
    ("10/13周报收获与反思写的啥", "等待也是成本"),
])  # fmt: skip
def test_what_stands_still_by_the_words_of_a_report(told: Library, question: str, said: str) -> None:
    """No progress, paused, waiting, though no figure gives it away; and the section of a report named by its day."""
    answer = ask(told, question, TODAY)
    assert answer.found
    assert said in render_text(answer)


@pytest.mark.parametrize("question", ["牌照续期还在等预算吗", "10/6周报收获与反思写的啥"])
def test_what_no_report_says_isnt_found(told: Library, question: str) -> None:
    """What a highlight doesn't wait for, and a section that the report hasn't."""
    assert not ask(told, question, TODAY).found


@pytest.mark.parametrize(("question", "value"), [
    ("首屏现在多少ms", "735"), ("cross-border volume (跨境交易额)", "2308"), ("外卡sqcgl 41周", "86.3"),
])  # fmt: skip
def test_figures_as_people_type_them(told: Library, question: str, value: str) -> None:
    """With the unit that is asked for, with the reports' own name in brackets, by the initials of its pinyin."""
    assert value in words_of(ask(told, question, TODAY).head)
