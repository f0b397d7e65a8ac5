"""Which items speak of a project, what it is called, and what it is part of."""

from __future__ import annotations

import pytest
from support.written import read, update, updates

from store.records import SectionKind

NAMES = [
    ("海风平台：进度40%", "海风平台"), ("海风平台，进度40%", "海风平台"), ("海风平台,进度40%", "海风平台"),
    ("海风平台: 进度40%", "海风平台"), ("海风平台", "海风平台"), ("【海风平台】", "海风平台"),
    ("【海风平台】：联调中", "海风平台"),
    ("**海风平台**：联调中", "海风平台"), ("[海风平台](https://a.example/b)：联调中", "海风平台"),
    ("海风平台（小风项目）：联调中", "海风平台（小风项目）"), ("海风平台（二期），联调中", "海风平台（二期）"),
    ("海风内管（申请、巡检）启动研发，预计9月底完成", "海风内管"), ("海风-银行卡办理：联调中", "海风-银行卡办理"),
    ("海风 APP和SDK：联调中", "海风 APP和SDK"), ("3.0升级：联调中", "3.0升级"),
    ("海风平台提测完成，准备数据", "海风平台"),
    ("海风平台编写20%，下周评审", "海风平台"), ("海风平台整体链路showcase完成，评审完成", "海风平台"),
    ("海风平台9/20上线", "海风平台"), ("海风平台启动", "海风平台"), ("海风平台 40%", "海风平台"),
    ("海风平台已完成12/40", "海风平台"),
    ("海风平台进度由60%提升至75%", "海风平台"), ("海风平台——一期：进度30%", "海风平台"),
    ("规则改造三期，包括：甲、乙", "规则改造三期"),
    ("Harbor Gateway: progress 40%", "Harbor Gateway"), ("9/14 海风平台：已提测", "海风平台"),
]  # fmt: skip
NO_PROJECTS = [
    "无",
    "暂无",
    "本周无。",
    "N/A",
    "整体进度40%",
    "海",
    "，",
    "这一整行是一句很长的话没有任何标点也没有冒号它讲的是今天天气很好大家都很高兴所以一起出去走走",
]
MEETINGS = [
    "部门分工调整",
    "稳定性专题会",
    "季度例会",
    "新人培训",
    "国庆值班安排",
    "三季度OKR复盘",
    "放假通知",
    "中秋团建",
]
GROUPS = ["项目筹备：", "项目筹备", "**项目筹备**：", "其他项目：", "【新项目】"]


@pytest.mark.parametrize(("line", "name"), NAMES)
def test_the_name_is_what_stands_before_the_news(line: str, name: str) -> None:
    """The name ends at the first ： or ，, has no 【】 and no mark, and no statement at its end; an alias stays."""
    assert update(f"- {line}").name == name


@pytest.mark.parametrize("line", NO_PROJECTS)
def test_lines_that_name_nothing_are_no_project(line: str) -> None:
    """Nothing, 整体进度, a single character and a whole sentence are names of no project."""
    assert updates(f"- {line}") == ()


def test_what_stands_directly_below_a_project_is_its_part() -> None:
    """The second level is parts with their parent; the third is text of the part, and its facts are the part's."""
    found = updates(
        "- 海风平台", "    - 页面：进度10%", "        - 细节：9/26上线", "    - 接口：进度30%", "- 云帆平台"
    )
    assert [(u.name, u.parent, u.line, u.line_end) for u in found] == [
        ("海风平台", None, 4, 4), ("页面", "海风平台", 5, 6), ("接口", "海风平台", 7, 7), ("云帆平台", None, 8, 8),
    ]  # fmt: skip
    assert [m.event for m in found[1].milestones] == ["上线"]
    assert found[1].text == "页面：进度10%\n细节：9/26上线"


def test_the_whole_below_a_project_is_the_project_itself() -> None:
    """`整体进度47%` on a line below a project is that project's progress and no part."""
    (found,) = updates("- 海风平台", "    - 整体进度47%，12/22提测")
    assert (found.name, found.progress, [m.event for m in found.milestones]) == ("海风平台", 47, ["提测"])


@pytest.mark.parametrize("group", GROUPS)
def test_a_line_that_only_gathers_is_no_project(group: str) -> None:
    """Below 项目筹备 stand projects of their own, without a parent, and their parts are parts of them."""
    found = updates(
        f"- {group}", "    1. 海风平台，沟通中", "        - 页面：进度10%", "    2. 云帆平台：立项", "- 青石平台"
    )
    assert [(u.name, u.parent) for u in found] == [
        ("海风平台", None), ("页面", "海风平台"), ("云帆平台", None), ("青石平台", None)
    ]  # fmt: skip


@pytest.mark.parametrize("name", MEETINGS)
def test_meetings_and_notices_are_no_projects(name: str) -> None:
    """A highlight that names a meeting, a training or a roster is no project, whatever progress it tells."""
    assert read("## 【重点工作】", f"- 【{name}】", "    进度50%，9/26上线。").updates == ()


def test_a_named_highlight_is_a_project() -> None:
    """A 【named】 highlight of ongoing work is a project, and the numbered notes below it are its text, no parts."""
    (found,) = read("## 【重点工作】", "- 【海风平台】", "可行性完成，9/26上线。", "    1. 范围：三块").updates
    assert (found.name, found.kind, found.line, found.line_end) == ("海风平台", SectionKind.HIGHLIGHTS, 4, 6)
    assert [(m.event, m.line) for m in found.milestones] == [("上线", 5)]


def test_a_headline_says_the_project_and_its_news() -> None:
    """【海风平台延期】 is news of 海风平台; in a highlight's brackets the event isn't part of the name."""
    (found,) = read("## 【重点工作】", "- 【海风平台延期】", "上线由9/20调整至9/26。").updates
    assert found.name == "海风平台"


@pytest.mark.parametrize(
    "heading", ["## 【其他】", "# 下周工作及目标", "## 收获与反思", "## 【系统运行数据】", "## 生产稳定性事件"]
)
def test_other_sections_hold_no_projects(heading: str) -> None:
    """Goals, incidents, figures and the rest name no project, though they read like one."""
    assert read(heading, "- 海风平台：进度40%，9/26上线").updates == ()


def test_a_project_knows_its_section_and_every_line_of_its_text() -> None:
    """The section's bare title, its kind, and the lines up to the last that goes on with the item."""
    found = update("- 海风平台：联调中", "还差两个接口。", "", "    9/26上线。")
    assert (found.section, found.kind) == ("O1 服务业务", SectionKind.PROJECTS)
    assert (found.line, found.line_end, found.text) == (4, 7, "海风平台：联调中\n还差两个接口。\n\n9/26上线。")
    assert [m.line for m in found.milestones] == [7]


def test_an_undated_report_claims_nothing() -> None:
    """Without a date of its own a report yields no project, since 9/26 and 下周 would mean nothing."""
    report = read("## 【O1 服务业务】", "- 海风平台：进度40%", title="# 周报")
    assert (report.report_date, report.updates) == (None, ())
    assert [s.title for s in report.sections] == ["O1 服务业务"]
