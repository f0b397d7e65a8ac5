"""Tables of projects: which project or part a row speaks of, and what its cells say about it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.written import read, table, update, updates

from store.reading.columns import read_columns
from store.reading.tables import Row
from store.records import State

Said = tuple[str, str | None, float | None]  # name, parent, progress
PARTS = "项目 | 子任务 | 进度"
NAMED = "项目 | 进度 | 状态"
ROWS: list[tuple[str, tuple[str, ...], list[Said]]] = [
    (PARTS, ("海风平台 | 前端 | 40%", " | 后端 | 60%", "云帆平台 |  | 30%"),
     [("海风平台", None, None), ("前端", "海风平台", 40), ("后端", "海风平台", 60), ("云帆平台", None, 30)]),
    (PARTS, ("海风平台 | 前端 | 40%", "同上 | 后端 | 60%", "〃 | 压测 | 5%"),
     [("海风平台", None, None), ("前端", "海风平台", 40), ("后端", "海风平台", 60), ("压测", "海风平台", 5)]),
    (PARTS, ("海风平台 | 前端 | 40%", "海风平台 | 后端 | 60%"),
     [("海风平台", None, None), ("前端", "海风平台", 40), ("后端", "海风平台", 60)]),
    (PARTS, ("海风平台 | 整体 | 50%", " | 前端 | 40%"), [("海风平台", None, 50), ("前端", "海风平台", 40)]),
    (PARTS, ("海风平台 | 前端 | 40%", " | 合计 | 50%"), [("海风平台", None, 50), ("前端", "海风平台", 40)]),
    ("Project | Component | Progress", ("Harbor | Overall | 50%", "ditto | Web | 40%"),
     [("Harbor", None, 50), ("Web", "Harbor", 40)]),
    (NAMED, ("**海风平台** | | ", "前端 | 40% | 联调中", "**云帆平台** | | ", "引擎 | 10% | 开发中"),
     [("海风平台", None, None), ("前端", "海风平台", 40), ("云帆平台", None, None), ("引擎", "云帆平台", 10)]),
    (NAMED, ("**海风平台** | | ", "前端 | 40% | 联调中", "**云帆平台** | 20% | 联调中", "青石平台 | 10% | 联调中"),
     [("海风平台", None, None), ("前端", "海风平台", 40), ("云帆平台", None, 20), ("青石平台", None, 10)]),
    (NAMED, ("**海风平台** | 40% | 联调中", "**云帆平台** | 10% | 联调中"),
     [("海风平台", None, 40), ("云帆平台", None, 10)]),
    (NAMED, ("海风平台 | 40% | 联调中", "- 前端 | 30% | 联调中", "└ 后端 | 20% | 联调中", "云帆平台 | 5% | 联调中"),
     [("海风平台", None, 40), ("前端", "海风平台", 30), ("后端", "海风平台", 20), ("云帆平台", None, 5)]),
    (NAMED, ("无 | | ", "海风平台 | 40% | 联调中", " | | "), [("海风平台", None, 40)]),
    ("序号 | 项目 | 进度", ("1 | 海风平台 | 40%", "2 | 云帆平台 | 30%"),
     [("海风平台", None, 40), ("云帆平台", None, 30)]),
    ("模块 | 进度 | 状态", ("网关 | 40% | 联调中",), [("网关", None, 40)]),
    ("项目 | 方向 | 进度", ("海风平台 | 收单 | 40%", "海风平台 | 出款 | 30%"),
     [("海风平台", None, None), ("收单", "海风平台", 40), ("出款", "海风平台", 30)]),
    ("项目 | 本周进展", ("海风平台 | 前端90%；后端60%",),
     [("海风平台", None, None), ("前端", "海风平台", 90), ("后端", "海风平台", 60)]),
    ("项目 | 本周进展", ("海风平台 | 开发90%，测试20%，命中率60%，覆盖率50%",), [("海风平台", None, 90)]),
    (NAMED, ("[海风平台](https://a.example/b) | 40% | 联调中",), [("海风平台", None, 40)]),
]  # fmt: skip
CELLS = [
    ("85%", 85), ("85", 85), ("８５％", 85), (" 85 % ", 85), ("**85%**", 85), ("7/14", 50), ("７／１４", 50),
    ("60%→75%", 75), ("60→75", 75), ("60% -> 75%", 75), ("60%至75%", 75), ("约80%", 80), ("~80%", 80),
    ("77.04%（104/135）", 77.04), ("104/135", 77.04), ("7 of 14", 50), ("7 of 14 (50%)", 50), ("0", 0), ("0%", 0),
    ("100%", 100), ("75%（上周60%）", 75), ("12.5", 12.5),
]  # fmt: skip
NO_CELLS = ["", "-", "—", "无", "N/A", "待定", "120%", "15/14", "0/0", "进行中", "9/26上线", "v1.2", "P0"]
ROLES = [
    ("项目", "project"), ("项目名称", "project"), ("重点工作", "project"), ("Workstream", "project"),
    ("Initiative", "project"), ("子任务", "part"), ("Component", "part"), ("Work package", "part"),
    ("负责人", "owner"), ("责任人", "owner"), ("Owner", "owner"), ("DRI", "owner"), ("进度", "progress"),
    ("完成度（%）", "progress"), ("% Complete", "progress"), ("项目进度", "progress"), ("项目状态", "state"),
    ("RAG", "state"), ("Status", "state"), ("本周进展", "text"), ("项目进展", "text"), ("Notes", "text"),
    ("This week", "text"), ("风险/依赖", "risk"), ("Blockers", "risk"), ("Waiting for", "risk"),
    ("截止日期", "date"), ("时间", "date"), ("By when", "date"), ("里程碑", "milestone"),
    ("Next milestone", "milestone"), ("是否完成", "checked"), ("Done?", "checked"), ("指标（单位）", "metric"),
    ("KPI", "metric"), ("本周", "value"), ("当前值", "value"), ("上周", "previous"), ("Last week", "previous"),
    ("单位", "unit"), ("环比", "change"), ("Trend", "change"), ("发生时间", "when"), ("Severity", "severity"),
    ("事件等级", "severity"), ("影响系统", "system"), ("现象", "title"), ("影响范围", "impact"),
    ("Root cause", "cause"), ("处置措施", "handling"), ("Resolution", "handling"), ("下周计划", "goal"),
    ("**进度**", "progress"), ("`状态`", "state"), ("ＳＴＡＴＵＳ", "state"), ("序号", None), ("#", None), ("", None),
]  # fmt: skip
SHARES = [("0.983", 98.3), ("0.7308", 73.08), ("0", 0), ("1", 100), ("0.05", 5)]


def said(header: str, *rows: str) -> list[Said]:
    """Name, parent and progress of each project that a table speaks of."""
    return [(u.name, u.parent, u.progress) for u in updates(*table(header, *rows))]


def cells(header: str, row: str, heading: str = "## 项目进展") -> Any:
    """The one project of a table of one row."""
    (only,) = read(heading, *table(header, row)).updates
    return only


@pytest.mark.parametrize(("header", "rows", "expected"), ROWS)
def test_each_row_speaks_of_its_project_or_part(header: str, rows: tuple[str, ...], expected: list[Said]) -> None:
    """An empty first cell and 同上 mean the project above, a bold row gathers, 整体 is the project itself."""
    assert said(header, *rows) == expected


@pytest.mark.parametrize(("cell", "percent"), CELLS)
def test_progress_in_a_cell_needs_no_word(cell: str, percent: float) -> None:
    """Below 进度 a number is a percentage, a share is one of the whole, and of a change the new value counts."""
    assert cells(NAMED, f"海风平台 | {cell} | 联调中").progress == percent


@pytest.mark.parametrize("cell", NO_CELLS)
def test_a_cell_without_a_share_states_no_progress(cell: str) -> None:
    """Nothing, words, a day, a version and more than there is are no progress."""
    assert cells(NAMED, f"海风平台 | {cell} | 联调中").progress is None


def test_shares_of_one_are_made_percent_where_the_whole_column_is_so() -> None:
    """0.983 among such shares is 98.3 %; a 1 beside 85 and a column of percentages stay what they are."""
    rows = [f"海风{at} | {cell} | 联调中" for at, (cell, _) in enumerate(SHARES)]
    assert [progress for _, _, progress in said(NAMED, *rows)] == [percent for _, percent in SHARES]
    assert [p for _, _, p in said(NAMED, "海风平台 | 1 | 联调中", "云帆平台 | 85 | 联调中")] == [1, 85]
    assert [p for _, _, p in said(NAMED, "海风平台 | 0.5% | 联调中", "云帆平台 | 0.75% | 联调中")] == [0.5, 0.75]


@pytest.mark.parametrize(("header", "role"), ROLES)
def test_columns_are_known_by_their_headers(header: str, role: str | None) -> None:
    """In both languages, with units, emphasis and full-width letters; of two words the last counts."""
    columns = ("指标", header) if role in ("value", "previous", "unit", "change") else (header,)
    assert read_columns(Row(1, columns, "")).all[-1].role == role


def test_a_row_gives_owner_state_text_and_risk() -> None:
    """Each from its column, with the row's line; cells that say nothing give nothing."""
    header = "项目 | 负责人 | 进度 | 状态 | 本周进展 | 风险/依赖"
    found = cells(header, "海风平台 | 平台组 | 40% | 延期 | 完成**两个**接口 | 等待渠道证书")
    assert (found.name, found.owner, found.progress, found.state) == ("海风平台", "平台组", 40, State.DELAYED)
    assert [(risk.text, risk.line) for risk in found.risks] == [("等待渠道证书", 6)]
    assert "接口" in found.text
    bare = cells(header, "海风平台 | - | 40% | 无 | N/A | 无")
    assert (bare.owner, bare.risks, bare.progress) == (None, (), 40)


@pytest.mark.parametrize(("cell", "state"), [
    ("进行中", State.IN_PROGRESS), ("正常", State.IN_PROGRESS), ("On track", State.IN_PROGRESS),
    ("Amber", State.IN_PROGRESS), ("测试中", State.TESTING), ("QA", State.TESTING), ("已完成", State.DONE),
    ("Done", State.DONE), ("Closed", State.DONE), ("延期", State.DELAYED), ("Late", State.DELAYED),
    ("暂停", State.PAUSED), ("On hold", State.PAUSED), ("阻塞", State.BLOCKED), ("Blocked by Risk", State.BLOCKED),
    ("未启动", State.PLANNED), ("Planned", State.PLANNED), ("Not started", State.PLANNED),
    ("暂无进展", State.NO_UPDATE), ("**延期**，渠道未就绪", State.DELAYED),
])  # fmt: skip
def test_a_state_has_a_column_of_its_own(cell: str, state: State) -> None:
    """Below 状态 a single word says it, in both languages."""
    assert cells("项目 | 负责人 | 状态", f"海风平台 | 平台组 | {cell}").state is state


def test_rows_of_one_project_are_one_update() -> None:
    """A second row without a name of its own adds its milestone and its lines to the project above it."""
    (found,) = updates(*table("项目 | 进度 | 里程碑 | 日期", "海风平台 | 40% | 提测 | 9/20", " | | 上线 | 9/26"))
    assert (found.name, found.progress, found.line, found.line_end) == ("海风平台", 40, 6, 7)
    assert [(m.event, m.line) for m in found.milestones] == [("提测", 6), ("上线", 7)]


@pytest.mark.parametrize(("heading", "header", "row"), [
    ("## 下周工作及目标", NAMED, "海风平台 | 40% | 联调中"),
    ("## 【系统运行数据】", "项目 | 本周 | 上周", "海风平台 | 40% | 30%"),
    ("## 生产稳定性事件", "时间 | 项目 | 状态", "9/10 | 海风平台 | 已恢复"),
    ("## 【其他】", "项目 | 负责人", "海风平台 | 平台组"), ("## 【其他】", "姓名 | 时间 | 备注", "甲 | 9/26 | 值班"),
    ("## 【O1 服务业务】", "指标 | 本周 | 上周", "成功率 | 99.9% | 99.8%"),
])  # fmt: skip
def test_other_tables_name_no_project(heading: str, header: str, row: str) -> None:
    """Goals, figures, incidents and plain lists are no projects, though a column may be called 项目."""
    assert read(heading, *table(header, row)).updates == ()


def test_tables_and_lists_of_a_section_are_told_in_order() -> None:
    """A bullet before and behind a table stands before and behind its rows."""
    found = updates("- 青石平台：进度10%", *table(NAMED, "海风平台 | 40% | 联调中"), "", "- 云帆平台：进度20%")
    assert [(u.name, u.progress) for u in found] == [("青石平台", 10), ("海风平台", 40), ("云帆平台", 20)]


def test_a_table_tells_what_a_list_would() -> None:
    """The same project as a row and as a bullet has the same progress, state and owner."""
    (row,) = updates(*table("项目 | 负责人 | 进度 | 状态", "海风平台 | 平台组 | 40% | 延期"))
    bullet = update("- 海风平台（负责人：平台组）：进度40%，延期")
    assert (row.progress, row.state, row.owner) == (bullet.progress, bullet.state, bullet.owner)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=1, max_size=6), st.booleans())
def test_every_project_of_a_table_keeps_its_own_figure(rows: list[tuple[int, bool]], framed: bool) -> None:
    """Whatever progress the rows have, and with or without outer pipes, each project has that of its own row."""
    lines = table(
        NAMED, *(f"海风{'甲乙丙丁戊己'[at]} | {p}% | {'联调中' if s else ''}" for at, (p, s) in enumerate(rows))
    )
    found = updates(*(lines if framed else [line[2:-2] for line in lines]))
    assert [(u.name, u.progress, u.line) for u in found] == [
        (f"海风{'甲乙丙丁戊己'[at]}", percent, 6 + at) for at, (percent, _) in enumerate(rows)
    ]
