"""`/missing`: which teams lack a report for which week, and which reports came late."""

from __future__ import annotations

from typing import Any

import pytest
from support.made_up import Put, answered, ask, weekly
from support.truth import false_quotes

from bot.answers.model import Answer, words_of
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library

TODAY = "2023-11-27"


def _report(label: str, day: str, handed_in: str = "") -> str:
    text = weekly(label, day, ["- 海棠平台：进度50%"])
    return text.replace("\n", f"\n\n提交时间：{handed_in}\n", 1) if handed_in else text


TEXTS = {
    "a45.md": _report("第45周", "2023-11-03"), "a46.md": _report("第46周", "2023-11-10", "2023-11-14 10:00"),
    "a48.md": _report("第48周", "2023-11-24", "2023-11-24 18:00"), "b47.md": _report("第47周", "2023-11-17"),
}  # fmt: skip


@pytest.fixture
def autumn(library: Library, put: Put) -> Library:
    """海港组 lacks the week of 11/17 and was late for 11/10; 山城组 has that week alone."""
    for name, text in TEXTS.items():
        put(text, name=name, team="海港组" if name.startswith("a") else "山城组")
    return library


def _asked(library: Library, **asked: Any) -> Answer:
    return answered(library, Kind.MISSING, asked.pop("today", TODAY), **asked)


def test_without_a_range_the_newest_week_that_is_due_counts(autumn: Library) -> None:
    """On a Monday that is last week; the team without a report for it is named with its last one."""
    answer = _asked(autumn)
    assert answer.data["missing"] == ["山城组"]
    assert words_of(answer.head) == "11/20–11/26 这周缺 1 个：山城组"
    assert "山城组 没交  最近一份：第47周 (2023-11-17)" in render_text(answer)
    assert not false_quotes(answer, TEXTS.__getitem__)


def test_a_team_that_begins_later_has_no_report_for_the_week_either(autumn: Library) -> None:
    """It is named, and it is said that its reports begin later."""
    answer = ask(autumn, "11/3那周谁没交周报", TODAY)
    assert answer.data["missing"] == ["山城组"]
    assert "山城组 没有：那时还没开始有周报  第一份：第47周 (2023-11-17)" in render_text(answer)


def test_a_range_counts_from_the_first_report_of_each_team(autumn: Library) -> None:
    """Over weeks a team lacks those since it began to report."""
    answer = ask(autumn, "11月谁没交周报", TODAY)
    assert {t["team"]: t["missing_weeks"] for t in answer.data["teams"]} == {
        "海港组": ["2023-11-13"], "山城组": ["2023-11-20"],
    }  # fmt: skip


def test_all_weeks_are_asked_for_by_which(autumn: Library) -> None:
    """哪周缺周报 means every week, 谁没交 the one that is due."""
    assert len(ask(autumn, "海港组哪周缺周报", TODAY).data["weeks"]) == 4
    assert len(ask(autumn, "谁没交周报", TODAY).data["weeks"]) == 1


def test_late_is_what_the_report_says_of_itself(autumn: Library) -> None:
    """Handed in after its Friday, by the line in the report's head, which is cited."""
    answer = ask(autumn, "谁交晚过", TODAY)
    (late,) = answer.data["late"]
    assert (late["team"], late["label"], late["handed_in"], late["line"]) == ("海港组", "第46周", "2023-11-14T10:00", 3)
    assert answer.citations[0].quote == "提交时间：2023-11-14 10:00"
    assert "第46周 晚交 4 天" in render_text(answer)
    assert ask(autumn, "海港组第46周的周报交晚了没", TODAY).data["late"] == [late]


def test_one_day_for_several_reports_was_an_export(library: Library, put: Put) -> None:
    """A folder that was exported at once doesn't make its reports late."""
    put(_report("第45周", "2023-11-03", "2023-11-14 10:00"), name="a.md")
    put(_report("第46周", "2023-11-10", "2023-11-14 10:00"), name="b.md")
    assert ask(library, "谁交晚过", TODAY).data["late"] == []


def test_what_nobody_can_know_is_not_found(autumn: Library) -> None:
    """A team that no report is of, a week to come, a library without reports."""
    assert not _asked(autumn, words="数据平台部").found
    assert not ask(autumn, "/missing 2024年1月", TODAY).found


def test_without_reports(library: Library) -> None:
    """Nobody can be said to be missing."""
    assert not _asked(library).found


def test_in_english(autumn: Library) -> None:
    """The same in English."""
    answer = ask(autumn, "which teams have no report for the week of Nov 3", TODAY)
    assert words_of(answer.head) == "Week of 10/30–11/5: 1 missing: 山城组"


@pytest.mark.parametrize("question", ["/missing", "谁没交周报"])
def test_reports_of_no_team_are_counted(library: Library, put: Put, question: str) -> None:
    """Reports without a team: how many there are and that none names one, never that there are none."""
    for name in ("a45.md", "a46.md"):
        put(TEXTS[name], name=name, team=None)
    answer = ask(library, question, TODAY)
    head = words_of(answer.head)
    assert (answer.found, answer.data["missing"], len(answer.citations)) == (False, [], 2)
    assert "2" in head
    assert "--team" in head
    assert "还没有任何周报" not in head
    assert false_quotes(answer, TEXTS.__getitem__) == []


def test_the_first_line_names_the_few_weeks_that_lack_a_report(autumn: Library) -> None:
    """Which week has no report is asked for one fact: its days stand in the first line."""
    head = words_of(ask(autumn, "海港组哪周没有周报", TODAY).head)
    assert "11/13–11/19" in head


def test_a_report_that_announces_the_gap_says_why(autumn: Library, put: Put) -> None:
    """周报停一次 of the report before is the reason, where no later report gives one."""
    said = _report("第46周", "2023-11-10") + "\n## 【其他】\n\n1. 下周全员培训，周报停一次\n"
    put(said, name="a46.md", team="海港组")
    assert "下周全员培训，周报停一次" in render_text(ask(autumn, "海港组为什么停了一周周报", TODAY))
