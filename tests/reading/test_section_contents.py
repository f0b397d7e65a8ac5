"""Sections whose headings no word names are known by what stands below them."""

from __future__ import annotations

import pytest
from support.written import read

from store.records import Report, SectionKind

WEEK = "# 第47周 2023-11-24"  # a Friday
GOALS = "## 【下周目标】\n1. 灯塔提测\n"
FRESH = [
    ("## 【经营看板】\n- 日活：215万\n- 开户成功率：93.5%\n- 客诉：12件", SectionKind.METRICS),
    ("## Vitals\n- Active stores: 451\n- Median pickup time: 3.4 days\n- Approval rate: 64.0%", SectionKind.METRICS),
    ("## 【两地机房】\n- 11/21 14:20 灯塔页面白屏（P3），影响 312 人。\n  原因：缓存。", SectionKind.INCIDENTS),
    ("## What went wrong\n- S2, 21 November 10:20: uploads failed, 63 stores affected. Cause: expired key.",
     SectionKind.INCIDENTS),
    ("## 【门店侧】\n- 灯塔：研发55%，12/9提测\n- 海雀：联调中", SectionKind.PROJECTS),
    ("## Things we build\n- Puffin: 40%, go-live 9 Dec\n- Kestrel: in testing", SectionKind.PROJECTS),
    ("## 【随想】\n- 慢就是稳\n- 少即是多", SectionKind.OTHER),
]  # fmt: skip


def of_week(text: str) -> Report:
    """The report of that Friday with that text."""
    return read(text, title=WEEK)


def kinds(text: str) -> dict[str, SectionKind]:
    """The kinds of the sections of a report of that text."""
    return {section.title: section.kind for section in of_week(f"{text}\n").sections}


def one_team(body: str) -> Report:
    """A report whose sections are lines in bold."""
    return read(body, title="灯塔组周报 2023-11-23")


@pytest.mark.parametrize(("section", "kind"), FRESH)
def test_a_section_is_of_the_kind_of_its_items(section: str, kind: SectionKind) -> None:
    """Figures, incidents and projects make a section of their kind, sayings none."""
    assert kind in kinds(f"{section}\n\n{GOALS}").values()
    assert not of_week(f"{section}\n\n{GOALS}").updates or kind is SectionKind.PROJECTS


def test_a_known_title_on_top_needs_no_signs() -> None:
    """业务需求 and 稳定性 are sections even in a week that tells nothing of their kind."""
    found = kinds(f"## 【业务需求】\n- 灯塔，方案讨论\n## 【稳定性】\n- 无\n{GOALS}")
    assert (found["业务需求"], found["稳定性"]) == (SectionKind.PROJECTS, SectionKind.INCIDENTS)


def test_a_projects_own_heading_stays_one() -> None:
    """本周进展 below the heading of a project is what that project did, and no section of projects."""
    text = "## 海雀平台\n### 本周进展\n- 接口：联调中\n## 灯塔平台\n### 本周进展\n- 页面：开发中"
    assert {update.name for update in of_week(f"{text}\n").updates} >= {"海雀平台", "灯塔平台"}


def test_incidents_among_figures_are_incidents() -> None:
    """运行情况 with figures and a line that opens with a day, a time and a grade has both; nothing of the second
    is a figure."""
    report = one_team(
        "**本周进展**\n\n1. 海雀升级 3/12\n2. 灯塔：演练12/2\n\n**运行情况**\n\n1. 可用性 99.981%，日均告警 1510 条\n"
        "2. 11/20 03:12 甲机房光模块故障（P2），丢包 11 分钟。11/21 已换\n"
    )
    assert [(m.name, m.value) for m in report.metrics] == [("可用性", 99.981), ("日均告警", 1510.0)]
    assert [(i.title, i.severity) for i in report.incidents] == [("甲机房光模块故障", "P2")]
    assert [update.name for update in report.updates] == ["海雀升级", "灯塔"]


@pytest.mark.parametrize("said", ["无故障", "本周无生产事件，上周的改进项关闭"])
def test_no_incident_is_said_among_figures_and_with_more_behind_it(said: str) -> None:
    """`无故障` below 运行情况, and a none that goes on about older things, say that there was none."""
    report = one_team(f"**本周进展**\n\n1. 灯塔：演练12/2\n\n**运行情况**\n\n1. 平台可用性 99.981%\n2. {said}\n")
    assert (len(report.no_incidents), report.incidents) == (1, ())


def test_a_table_of_incidents_needs_no_column_for_the_handling() -> None:
    """时间 | 事件 | 级别 | 影响 | 原因 | 状态 are an incident's columns."""
    table = "| 时间 | 事件 | 级别 | 影响 | 原因 | 状态 |\n|---|---|---|---|---|---|\n"
    row = "| 11/21 10:40 | 规则误配 | P2 | 87 家商户被拒 | 阈值少写一个 0 | 处理中 |\n"
    [found] = of_week(f"## 三、一周大事\n{table}{row}").incidents
    assert (found.title, found.cause, found.closed) == ("规则误配", "阈值少写一个 0", False)


def test_a_planned_night_is_no_incident() -> None:
    """`11/20 15:00上线评审` opens with a day and a time, too."""
    assert of_week("## 【其他】\n- 11/20 15:00上线评审，11/21 22:00上线\n- 11/28 10:00培训，影响排班\n").incidents == ()
