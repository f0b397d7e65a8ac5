"""Headings that are projects: below 项目进展 with a text of their own, and all over reports of other layouts."""

from __future__ import annotations

import pytest
from support.written import events, read

from store.records import State

TITLE = "# 海湾平台双周报 2023-09-15"
Said = tuple[str, str | None, float | None]  # name, parent, progress


def said(*lines: str, title: str = TITLE) -> list[Said]:
    """Name, parent and progress of each project."""
    return [(u.name, u.parent, u.progress) for u in read(*lines, title=title).updates]


def test_each_heading_of_another_layout_is_a_project() -> None:
    """Where no heading is one that we know, each is a project, and all below it is its text with its lines."""
    lines = ("## 海风平台", "", "联调完成，整体进度40%。", "", "## 云帆引擎", "", "- 9/14已提测", "- 用例写完")
    first, second = read(*lines, title=TITLE).updates
    assert (first.name, first.progress, first.line, first.line_end) == ("海风平台", 40, 3, 5)
    assert (second.name, second.state, second.line, second.line_end) == ("云帆引擎", State.TESTING, 7, 10)
    assert events(second) == [("提测", "2023-09-14", True)]
    assert [m.line for m in second.milestones] == [9]


@pytest.mark.parametrize(("heading", "name"), [
    ("## Harbor 项目进展", "Harbor"), ("## 海风平台进展", "海风平台"), ("## 海风平台更新", "海风平台"),
    ("## Harbor Gateway status", "Harbor Gateway"), ("## Harbor Gateway update", "Harbor Gateway"),
    ("## Epic: Harbor Gateway", "Harbor Gateway"), ("## Project: Harbor", "Harbor"), ("## 项目：海风平台", "海风平台"),
    ("## Workstream - Harbor", "Harbor"), ("## **海风平台**", "海风平台"), ("## 1. 海风平台", "海风平台"),
    ("## [海风平台](https://a.example/b)", "海风平台"), ("海风平台\n----", "海风平台"), ("### 海风平台", "海风平台"),
])  # fmt: skip
def test_the_name_is_the_heading_without_its_frame(heading: str, name: str) -> None:
    """Numbers, marks, links, `Epic:` before it and 项目进展 behind it are no part of the name."""
    level = "###" if heading.startswith("###") else "##"
    found = said(*heading.split("\n"), "", "联调完成，整体进度40%。", "", f"{level} 云帆引擎", "", "进度30%。")
    assert found == [(name, None, 40), ("云帆引擎", None, 30)]


@pytest.mark.parametrize("aside", [
    "前言", "卷首语", "关于我们", "联系方式", "附录", "参考资料", "加入我们", "招聘信息", "致谢", "往期回顾",
    "Introduction",
    "Conclusion", "About us", "Contact", "References", "Table of contents", "Action items",
])  # fmt: skip
def test_headings_that_frame_a_report_are_no_projects(aside: str) -> None:
    """A foreword, an appendix, a contact and the like are no projects, and neither is what stands below them."""
    lines = (f"## {aside}", "", "大家好，进度90%。", "", "### 细节", "", "文字。", "")
    found = said(*lines, "## 海风平台", "", "进度40%。", "", "## 云帆引擎", "", "进度30%。")
    assert found == [("海风平台", None, 40), ("云帆引擎", None, 30)]


@pytest.mark.parametrize("moment", ["2023-09-11", "9/11", "09:29", "09:29 - 10:15 UTC", "2023/09/11 09:29"])
def test_a_moment_is_no_project(moment: str) -> None:
    """A heading that is nothing but a day or a time names none, whatever its text tells."""
    found = said(
        f"## {moment}", "", "进度90%。", "", "## 海风平台", "", "进度40%。", "", "## 云帆引擎", "", "进度30%。"
    )
    assert found == [("海风平台", None, 40), ("云帆引擎", None, 30)]


@pytest.mark.parametrize(
    "phase", ["Research", "Development", "Testing", "Docs", "进展", "计划", "本周", "下周", "研发", "风险"]
)
def test_headings_that_only_divide_a_project_are_its_text(phase: str) -> None:
    """`### Research` below a project holds more of that project, and what it says is the project's."""
    lines = ("## 海风平台", "", f"### {phase}", "", "整体进度40%，9/26上线。", "", "## 云帆引擎", "", "进度30%。")
    found = read(*lines, title=TITLE).updates
    assert [(u.name, u.parent, u.progress) for u in found] == [("海风平台", None, 40), ("云帆引擎", None, 30)]
    assert events(found[0]) == [("上线", "2023-09-26", False)]


def test_a_heading_below_a_project_is_its_part() -> None:
    """A deeper heading that names something is a part, and a deeper heading of an area without text has no parent."""
    lines = ("## 海风平台", "", "进度40%。", "", "### 收银页", "", "进度20%。", "", "## 云帆引擎", "", "进度30%。")
    assert said(*lines) == [("海风平台", None, 40), ("收银页", "海风平台", 20), ("云帆引擎", None, 30)]


def test_an_area_that_holds_epics_is_no_project() -> None:
    """`## Area` above `### Epic: …` only gathers them: the epics stand for themselves."""
    lines = ("## Storage", "", "### Epic: Harbor", "", "Progress 40%.", "", "### Epic: Quay", "", "Progress 30%.")
    assert said(*lines) == [("Harbor", None, 40), ("Quay", None, 30)]


def test_an_empty_heading_and_a_single_one_are_no_projects() -> None:
    """A heading with nothing below it names nothing, and one heading alone is no layout."""
    lines = ("## 海风平台", "", "进度40%。", "", "## 青石平台", "", "## 云帆引擎", "", "进度30%。")
    assert said(*lines) == [("海风平台", None, 40), ("云帆引擎", None, 30)]
    assert said("## 海风平台", "", "进度40%。") == []


@pytest.mark.parametrize("known", ["## 【系统运行数据】", "## 生产稳定性事件", "## 日报合集", "## 【O1 服务业务】"])
def test_a_report_of_a_known_layout_has_no_such_headings(known: str) -> None:
    """Where one heading is known as figures, incidents, days or projects, the unknown ones are no projects."""
    lines = (known, "", "- 无", "", "## 茶余饭后", "", "进度40%。", "", "## 东拉西扯", "", "进度30%。")
    assert said(*lines) == []


@pytest.mark.parametrize("heading", ["## 项目进展", "## 【O1 服务业务】", "项目进展\n===="])
def test_sub_headings_with_a_text_are_projects(heading: str) -> None:
    """Below 项目进展 a heading with text right below it is a project, and its bullets are its text or parts."""
    lines = (
        *heading.split("\n"),
        "",
        "### 海风平台",
        "",
        "整体进度40%，9/26上线。",
        "",
        "### 云帆引擎",
        "",
        "进度30%。",
    )
    found = read(*lines).updates
    assert [(u.name, u.progress) for u in found] == [("海风平台", 40), ("云帆引擎", 30)]
    assert [m.event for m in found[0].milestones] == ["上线"]


def test_sub_headings_above_lists_only_divide_them() -> None:
    """`### 账户` above bullets is no project: the bullets are, and their section is 账户."""
    lines = ("## 项目进展", "", "### 账户", "", "- 海风平台：进度40%", "", "### 收单", "", "- 云帆引擎：进度30%")
    assert [(u.name, u.section, u.progress) for u in read(*lines).updates] == [
        ("海风平台", "账户", 40), ("云帆引擎", "收单", 30)
    ]  # fmt: skip


def test_a_list_of_projects_below_a_strange_heading_is_one() -> None:
    """A section that no word names lists projects where its items give their progress; the heading is none then."""
    lines = (
        "## 海湾条线",
        "",
        "- 海风平台：进度40%",
        "- 云帆平台：进度30%",
        "",
        "## 山谷条线",
        "",
        "- 青石平台：进度20%",
        "- 白沙平台：进度10%",
    )
    assert [name for name, _, _ in said(*lines)] == ["海风平台", "云帆平台", "青石平台", "白沙平台"]


def test_what_a_team_achieved_and_plans_below_a_heading_is_divided() -> None:
    """`- achieved:` and `- next:` below an item name no parts: the items above them do, where there are several; one
    alone stands for the project itself."""
    lines = ("## Harbor", "", "- Quay wall", "  - achieved:", "    - concrete done", "  - next:", "    - paint it",
             "- Crane", "  - achieved:", "    - rails laid", "", "## Valley", "", "- Bridge", "  - achieved:",
             "    - piers stand, 40% overall", "  - next:", "    - reach 60%")  # fmt: skip
    assert said(*lines) == [
        ("Harbor", None, None), ("Quay wall", "Harbor", None), ("Crane", "Harbor", None), ("Valley", None, 40.0)
    ]  # fmt: skip
