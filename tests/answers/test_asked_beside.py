"""What people ask of a project beside how it stands: who has it, what its line says in words, a course at a glance."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly

from bot.answers.model import words_of
from store.library import Library

TODAY = "2023-10-23"
TABLE = """# 周报 第{week}周

团队：{team}
日期：{day}

## 一、项目进展

| 项目 | 状态 | 完成度 | 负责人 | 上线时间 | 说明 |
|---|---|---|---|---|---|
| 鹭岛迁移 | 进行中 | {done}% | {owner} | 11/30 | 剩{left}张表 |
| 门户改版 | 已上线 | 100% |  | 10/9 | 10/9上线，日活由310升到485 |
"""


def first(library: Library, question: str) -> tuple[bool, str]:
    """Whether the question is answered, and the answer's first line."""
    answer = ask(library, question, TODAY)
    return answer.found, words_of(answer.head)


@pytest.fixture
def two_owners(library: Library, put: Put) -> Library:
    """A project that changed hands, beside one that nobody is named for."""
    weeks = [("41", "2023-10-13", "王珂", 40, 9), ("42", "2023-10-20", "苏岩", 55, 6)]
    for week, day, owner, done, left in weeks:
        put(TABLE.format(week=week, team="仓储组", day=day, owner=owner, done=done, left=left), name=f"w{week}.md")
    return library


@pytest.mark.parametrize(
    "question", ["鹭岛迁移谁负责", "鹭岛迁移现在谁在弄", "谁在管鹭岛迁移", "who owns 鹭岛迁移", "鹭岛 负责人"]
)
def test_the_owner_is_the_newest_one_named(two_owners: Library, question: str) -> None:
    """Who asks who has a project gets that name in the first line, as the newest report has it, with its line."""
    answer = ask(two_owners, question, TODAY)
    assert answer.found
    assert "苏岩" in words_of(answer.head)
    assert "王珂" not in words_of(answer.head)
    assert "苏岩" in answer.citations[0].quote
    assert [(told["owner"], told["report_date"]) for told in answer.data["owners"]] == [("苏岩", "2023-10-20")]


def test_without_an_owner_nobody_is_named(two_owners: Library) -> None:
    """Of a project whose reports name nobody it is said that they don't."""
    found, head = first(two_owners, "门户改版谁负责")
    assert not found
    assert "苏岩" not in head


def test_what_is_asked_beside_a_shortened_name_comes_first(two_owners: Library) -> None:
    """The 日活 that is written in one word with a part of the name is asked for: its clause stands first."""
    found, head = first(two_owners, "门户日活多少了")
    assert found
    assert "310升到485" in head


def test_a_question_that_names_a_project_asks_for_it(two_owners: Library) -> None:
    """A whole name in a question asks how that one stands, in whatever words."""
    found, head = first(two_owners, "鹭岛迁移做到百分之几了")
    assert found
    assert "55%" in head


def test_a_line_without_figures_says_its_words_first(library: Library, put: Put) -> None:
    """Where a line has neither figure, state nor date, its own words stand in the first line."""
    put(weekly("第42周", "2023-10-20", ["- 稳健分由81升至82，部门第6"]), name="w42.md")
    found, head = first(library, "稳健分现在多少")
    assert found
    assert "82" in head


def test_a_day_to_come_is_that_of_the_plan(library: Library, put: Put) -> None:
    """Who asks whether a date still stands asks for the plan, and for no report of those days."""
    put(weekly("第42周", "2023-10-20", ["- 预算池改造：进度55%，预计11月中提测"]), name="w42.md")
    found, head = first(library, "预算池改造11月中还能提测吗")
    assert found
    assert "提测" in head


WEEKS = {
    f"w{week}.md": weekly(f"第{week}周", day, [f"- 远帆重构：进度{done}%"])
    for week, day, done in (
        (36, "2023-09-08", 20), (38, "2023-09-22", 35), (40, "2023-10-07", 50), (42, "2023-10-20", 65))
}  # fmt: skip


@pytest.mark.parametrize(
    "question",
    ["远帆重构这几周的进度", "远帆重构最近几周进展", "how far was 远帆重构 each week", "远帆重构捋一下进度"],
)
def test_a_course_is_all_that_one_sees_at_a_glance(library: Library, put: Put, question: str) -> None:
    """这几周 of a project are more than three: each week's figure of the last eight is there."""
    for name, text in WEEKS.items():
        put(text, name=name)
    answer = ask(library, question, TODAY)
    assert answer.kind == "history"
    assert [step["progress"] for step in answer.data["steps"]] == [20, 35, 50, 65]


def test_a_number_is_told_by_a_line_that_has_it(library: Library, put: Put) -> None:
    """How many ranges moved is told by `17/20 ranges`, and not by a list of dates that moved."""
    put(weekly("Week 42", "2023-10-20", ["- BIN shuffle: 17/20 ranges moved, target end of November"]), name="w.md")
    found, head = first(library, "BIN shuffle, how many ranges moved")
    assert found
    assert "17/20" in head


@pytest.mark.parametrize("question", ["发一下上周周报", "把上周周报发我", "send me last week's report"])
def test_words_of_sending_are_no_words_of_a_report(library: Library, put: Put, question: str) -> None:
    """Who asks to be sent a report is shown it."""
    put(weekly("第42周", "2023-10-20", ["- 远帆重构：进度65%"]), name="w42.md")
    answer = ask(library, question, TODAY)
    assert (answer.kind, answer.found) == ("report", True)
