"""What a report promises for the next week, and what it says that looks wrong."""

from __future__ import annotations

import pytest
from support.written import read

from store.reading import read_report


def test_every_item_of_the_goals_is_a_promise() -> None:
    """Each numbered line, bullet and paragraph, sub-items too, with its line and without its marks."""
    lines = ("1. 海风联调", "    - **云帆**评审", "2、[青石](https://a.example)上线", "再开一次会")
    report = read("# 下周工作及目标", *lines)
    assert [(goal.line, goal.text) for goal in report.goals] == [
        (4, "海风联调"), (5, "云帆评审"), (6, "青石上线 再开一次会")
    ]  # fmt: skip


@pytest.mark.parametrize("lines", [("1. 无",), ("暂无。",), ("- N/A",), ()])
def test_no_goal_is_made_of_nothing(lines: tuple[str, ...]) -> None:
    """无, 暂无 and an empty section promise nothing."""
    assert read("# 下周工作及目标", *lines).goals == ()


@pytest.mark.parametrize("heading", ["## 【其他】", "## 收获与反思", "## 【O1 服务业务】"])
def test_what_was_done_is_no_goal(heading: str) -> None:
    """Other sections promise nothing, even where they speak of next week."""
    assert read(heading, "- 海风下周上线").goals == ()


@pytest.mark.parametrize(("text", "remarked"), [
    ("进度120%", ["over_100_percent"]), ("进度１２０％", ["over_100_percent"]), ("进度100%", []), ("进度99.97%", []),
    ("预计9/5上线", ["planned_in_past"]), ("预计9/26上线", []),
])  # fmt: skip
def test_what_looks_wrong_is_said_with_its_line(text: str, remarked: list[str]) -> None:
    """More than 100 % and a plan in the past are remarked on their line; what is right is not."""
    notices = read("## 【O1 服务业务】", f"- 海风平台：{text}", title="# 第37周 2023-09-15").notices
    assert [(n.line, n.code) for n in notices] == [(4, code) for code in remarked]


def test_a_report_without_sections_or_date_says_so() -> None:
    """A page that isn't laid out like a report is remarked, and so is one that nothing dates."""
    assert [n.code for n in read("- 海风平台：进度40%", title="# 第37周 2023-09-15").notices] == ["no_sections"]
    assert [n.code for n in read_report("# 周报\n\n## 【其他】\n- 值班").notices] == ["undated"]
