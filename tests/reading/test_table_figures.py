"""Tables of figures, of incidents and of next week's plans: one record a row, from the columns that hold it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.written import read, table

from store.records import Incident

WHEN = datetime(2023, 9, 10, 9, 29)
Figure = tuple[str, float, str | None, float | None]  # name, value, unit, the value before
FIGURES: list[tuple[str, str, Figure]] = [
    ("指标 | 本周 | 上周", "成功率 | 99.97% | 99.95%", ("成功率", 99.97, "%", 99.95)),
    ("指标（单位） | 本周 | 上周", "成功率（%） | 99.97 | 99.95", ("成功率", 99.97, "%", 99.95)),
    ("指标 | 本周 | 上周 | 环比 | 目标", "成功率（%） | 99.97 | 99.95 | +0.02pp | ≥99.9",
     ("成功率", 99.97, "%", 99.95)),
    ("指标 | 上周 | 本周", "平均耗时（ms） | 118 | 112", ("平均耗时", 112, "ms", 118)),
    ("指标 | 单位 | 本周 | 上周", "平均耗时 | ms | 112 | 118", ("平均耗时", 112, "ms", 118)),
    ("指标 | 本周（万元） | 上周（万元）", "拦截金额 | 598 | 436", ("拦截金额", 598, "万元", 436)),
    ("指标 | 本周", "交易笔数 | 1,024笔", ("交易笔数", 1024, "笔", None)),
    ("指标 | 本周", "日均调用量（万次） | 1,655.5", ("日均调用量", 1655.5, "万次", None)),
    ("指标 | 本周 | 上周", "成功率 | 99.97% | -", ("成功率", 99.97, "%", None)),
    ("指标 | 本周 | 上周", "**成功率** | **99.97%** | 99.95%", ("成功率", 99.97, "%", 99.95)),
    ("指标 | 本周", "可用性 | ≥99.99%", ("可用性", 99.99, "%", None)),
    ("指标 | 本周", "误杀数 | 0", ("误杀数", 0, None, None)),
    ("指标 | 当前值 | 目标值", "P99 | 45ms | 50ms", ("P99", 45, "ms", None)),
    ("指标 | 数值", "成功率 | ９９．９７％", ("成功率", 99.97, "%", None)),
    ("Metric | This week | Last week", "Success rate | 99.97% | 99.95%", ("Success rate", 99.97, "%", 99.95)),
    ("Metric | Current | Previous | Trend", "p95 latency (ms) | 468 | 405 | up", ("p95 latency", 468, "ms", 405)),
    ("KPI | Value | Unit", "Onboarding time | 3.4 | days", ("Onboarding time", 3.4, "days", None)),
    ("KPI | Value", "Processed volume | USD 49.9 M", ("Processed volume", 49.9, "USD M", None)),
    ("KPI | Value", "Fees | €3.5k", ("Fees", 3.5, "€ k", None)),
    ("KPI | This week | Last week", "Merchants | 1,342 | 1,290", ("Merchants", 1342, None, 1290)),
]  # fmt: skip
NO_FIGURES = ["成功率 | -", "成功率 | 无", "成功率 | ", " | 99.9%", "成功率 | 统计中", "1 | 99.9%", "成功率 | 9/26上线"]
STORY = "日期 | 时间 | 系统 | 现象 | 影响 | 处置 | 级别"
WHENS: list[tuple[str, str, datetime | date | None]] = [
    ("时间 | 现象 | 处置", "9/10 09:29 | 登录超时 | 重启", WHEN),
    ("发生时间 | 现象 | 处置", "2023-09-10 09:29:33 | 登录超时 | 重启", WHEN),
    ("时间 | 现象 | 处置", "9/10 09:29-10:15 | 登录超时 | 重启", WHEN),
    ("日期 | 时间 | 现象 | 处置", "9/10 | 09:29 | 登录超时 | 重启", WHEN),
    ("日期 | 发生时间 | 现象 | 处置", "2023-09-10 | 9:29 | 登录超时 | 重启", WHEN),
    ("序号 | 时间 | 现象 | 处置", "1 | 9月10日 09:29 | 登录超时 | 重启", WHEN),
    ("现象 | 处置 | 时间", "登录超时 | 重启 | 9/10 9:29", WHEN),
    ("Date | Time | What happened | Resolution", "Sep 10 | 09:29 | Login slow | Restarted", WHEN),
    ("When | Incident | Action", "10 Sep 09:29 | Login slow | Restarted", WHEN),
    ("时间 | 现象 | 处置", "9/10 | 登录超时 | 重启", date(2023, 9, 10)),
    ("时间 | 现象 | 处置", "- | 登录超时 | 重启", None),
]  # fmt: skip
NONES = ["无 | | ", " | 无 | ", "本周无生产事件 | | ", "None | | ", "N/A | | "]
GOALS = [
    ("计划", ["海风联调"], ["海风联调"]), ("下周计划 | 负责人", ["海风联调 | 平台组"], ["海风联调"]),
    ("序号 | 工作内容 | 负责人", ["1 | 海风联调 | 平台组", "2 | 云帆上线 | 引擎组"], ["海风联调", "云帆上线"]),
    ("优先级 | 计划 | 完成时间", ["P0 | 海风联调 | 9/20"], ["海风联调"]),
    ("序号 | 下周目标", ["1 | **海风**联调"], ["海风联调"]),
    ("# | Plan | Owner", ["1 | Ship the portal | Web team"], ["Ship the portal"]),
    ("Owner | Commitment | Due", ["Web team | Ship the portal | Sep 22"], ["Ship the portal"]),
    ("计划 | 负责人", ["无 | ", "海风联调 | 平台组"], ["海风联调"]),
]  # fmt: skip


def figures(header: str, *rows: str, heading: str = "## 【系统运行数据】") -> list[Figure]:
    """The figures of a table, without their lines."""
    found = read(heading, *table(header, *rows)).metrics
    return [(m.name, m.value, m.unit, m.previous) for m in found]


def incident(header: str, row: str) -> Incident:
    """The one incident of a table of one row."""
    (only,) = read("## 生产稳定性事件", *table(header, row)).incidents
    return only


@pytest.mark.parametrize("heading", ["## 【系统运行数据】", "## 看板"])
@pytest.mark.parametrize(("header", "row", "figure"), FIGURES)
def test_a_row_is_a_figure(header: str, row: str, figure: Figure, heading: str) -> None:
    """This week's column counts, last week's is the value before, and the unit stands with any of the three."""
    assert figures(header, row, heading=heading) == [figure]


@pytest.mark.parametrize("row", NO_FIGURES)
def test_a_row_without_name_or_number_is_no_figure(row: str) -> None:
    """An empty value, words, a day, and a number for a name are no figures."""
    assert figures("指标 | 本周", row) == []


def test_a_row_with_nothing_but_a_name_groups_the_rows_below() -> None:
    """`**支付成功率** | |` stands over its rows, each with its own line."""
    rows = (
        "**支付成功率** | | ",
        "入金 | 99.9% | 99.8%",
        "出金 | 99.7% | 99.6%",
        "**可用性** | | ",
        "年度 | 99.99% | -",
    )
    found = read("## 【系统运行数据】", *table("指标 | 本周 | 上周", *rows)).metrics
    assert [(m.group, m.name, m.line) for m in found] == [
        ("支付成功率", "入金", 7), ("支付成功率", "出金", 8), ("可用性", "年度", 10)
    ]  # fmt: skip


def test_the_line_above_a_table_groups_its_figures() -> None:
    """`支付成功率：` on a line of its own stands over the table below it."""
    lines = ("支付成功率：", "", *table("指标 | 本周", "入金 | 99.9%"))
    assert [(m.group, m.name) for m in read("## 【系统运行数据】", *lines).metrics] == [("支付成功率", "入金")]


@settings(max_examples=60, deadline=None)
@given(st.decimals(0, 100, places=3), st.decimals(0, 100, places=3), st.booleans(), st.booleans())
def test_any_value_is_read_to_its_last_digit(now: object, before: object, swapped: bool, bracketed: bool) -> None:
    """Whatever the values, the order of the columns and the place of the unit, both are read exactly."""
    name, sign = ("成功率（%）", "") if bracketed else ("成功率", "%")
    cells, header = [f"{now}{sign}", f"{before}{sign}"], ["本周", "上周"]
    header, cells = (header[::-1], cells[::-1]) if swapped else (header, cells)
    expected = ("成功率", float(str(now)), "%", float(str(before)))
    assert figures(" | ".join(["指标", *header]), " | ".join([name, *cells])) == [expected]


def test_a_row_is_an_incident() -> None:
    """Each of its columns says its part, and the row's line is the incident's."""
    found = incident(STORY, "9/10 | 09:29 | 网关 | 登录接口超时 | 影响7笔支付 | 重启网关 | P2")
    assert (found.occurred_at, found.title, found.impact) == (WHEN, "登录接口超时", "影响7笔支付")
    assert (found.handling, found.severity, found.line, found.line_end) == ("重启网关", "P2", 6, 6)


def test_cells_that_say_nothing_give_nothing() -> None:
    """`-` and 无 below 影响, 处置 and 级别 are no impact, no handling and no grade."""
    found = incident(STORY, "9/10 | 09:29 | - | 登录接口超时 | 无 | - | N/A")
    assert (found.title, found.impact, found.handling, found.severity) == ("登录接口超时", None, None, None)


@pytest.mark.parametrize(("header", "row", "when"), WHENS)
def test_day_and_time_are_found_in_one_column_or_two(header: str, row: str, when: datetime | date | None) -> None:
    """Local time as written, wherever its column stands; a day alone is a day, and nothing is nothing."""
    found = incident(header, row)
    assert found.occurred_at == when
    assert found.title in ("登录超时", "Login slow")


@pytest.mark.parametrize(("cell", "severity"), [
    ("P2", "P2"), ("Sev2", "Sev2"), ("SEV-1", "SEV-1"), ("CD级", "CD级"), ("一般", "一般"), ("", None),
])  # fmt: skip
def test_a_grade_stands_as_written(cell: str, severity: str | None) -> None:
    """The cell below 级别 is the grade, in the words of the report."""
    assert incident("时间 | 现象 | 处置 | 级别", f"9/10 09:29 | 登录超时 | 重启 | {cell}").severity == severity


@pytest.mark.parametrize("row", NONES)
def test_a_row_that_says_none_is_a_proof(row: str) -> None:
    """无 in a row is no incident, and the row's line is kept as the proof of that."""
    report = read("## 生产稳定性事件", *table("时间 | 现象 | 处置", row))
    assert (report.incidents, report.no_incidents) == ((), (6,))


def test_rows_and_bullets_of_incidents_are_told_in_order() -> None:
    """A bullet below the table is an incident, too, and comes behind its rows."""
    lines = (*table("时间 | 现象 | 处置", "9/10 09:29 | 登录超时 | 重启"), "", "- 9/11 10:12 报表延迟")
    report = read("## 生产稳定性事件", *lines)
    assert [(i.line, i.title) for i in report.incidents] == [(6, "登录超时"), (8, "报表延迟")]


@pytest.mark.parametrize(("header", "rows", "promised"), GOALS)
def test_a_row_of_the_plan_is_a_promise(header: str, rows: list[str], promised: list[str]) -> None:
    """The cell of the plan, not its number, grade or owner; a row that plans nothing promises nothing."""
    assert [goal.text for goal in read("# 下周工作及目标", *table(header, *rows)).goals] == promised


def test_a_promise_has_its_rows_line() -> None:
    """Goals of a table stand on the lines of their rows."""
    report = read("# 下周工作及目标", *table("序号 | 计划", "1 | 海风联调", "2 | 云帆上线"))
    assert [(goal.line, goal.text) for goal in report.goals] == [(6, "海风联调"), (7, "云帆上线")]


def test_other_sections_promise_nothing_in_tables() -> None:
    """A column called 下周计划 in a table of projects makes no goals of a section of projects."""
    report = read("## 项目进展", *table("项目 | 进度 | 下周计划", "海风平台 | 40% | 联调"))
    assert (report.goals, [u.name for u in report.updates]) == ((), ["海风平台"])
