"""Which lines are a table, and what stands in its cells, however carelessly it is drawn."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.written import body, read, table

from store.reading.columns import is_header
from store.reading.document import Text
from store.reading.tables import MOST_CELLS, find_tables
from store.records import SectionKind

HEADER = ("项目", "进度")
ROWS = [
    (("| 项目 | 进度 |", "|---|---|", "| 海风平台 | 40% |"), ("海风平台", "40%")),
    (("|项目|进度|", "|:--|:-:|", "|海风平台|40%|"), ("海风平台", "40%")),
    (("| 项目 | 进度 |", "| --- | ---: |", "|  海风平台  |\t40% |"), ("海风平台", "40%")),
    (("  | 项目 | 进度 |", "  |---|---|", "  | 海风平台 | 40% |"), ("海风平台", "40%")),
    (("项目 | 进度", "---|---", "海风平台 | 40%"), ("海风平台", "40%")),
    (("项目 | 进度", "---|---", " | 40%"), ("", "40%")),
    (("项目 | 进度", "---|---", "海风平台 | "), ("海风平台", "")),
    (("| 项目 | 进度 |", "|---|---|", "| 海风平台 | 40%"), ("海风平台", "40%")),
    (("| 项目 | 进度 |", "|---|---|", "海风平台 | 40% |"), ("海风平台", "40%")),
    (("| 项目 | 进度 |", "|---|---|", "|  | 40% |"), ("", "40%")),
    (("| 项目 | 进度 |", "|---|---|", "|| 40% |"), ("", "40%")),
    (("| 项目 | 进度 |", "|---|---|", "| 海风平台 | |"), ("海风平台", "")),
    (("| 项目 | 进度 |", "|---|---|", "| 海风平台 |"), ("海风平台", "")),
    (("| 项目 | 进度 |", "|---|---|", "| 海风平台 | 40% | 联调中 |"), ("海风平台", "40%")),
    (("| 项目 | 进度 |", "|---|---|", "| 海风\\|云帆 | 40% |"), ("海风|云帆", "40%")),
    (("| 项目 | 进度 |", "|---|---|", "| 海风<br>平台 | 40% |"), ("海风；平台", "40%")),
    (("| 项目 | 进度 |", "|---|---|", "| 海风 <BR /> 平台 | 40% |"), ("海风；平台", "40%")),
    (("| 项目 | 进度 |", "| 海风平台 | 40% |"), ("海风平台", "40%")),
]  # fmt: skip
NONE = [
    ("海风 | 云帆 | 青石",), ("海风平台 | 进度40%", "云帆平台 | 进度30%"), ("甲\\|乙", "---|---"), ("|",),
    ("海风平台", "---"), ("a || b",), ("",),
]  # fmt: skip
CELL = st.lists(st.sampled_from(["海风", "a b", "1%", "**", "`", "<", "、", "<br>", "\\|"]), max_size=4).map("".join)
GRIDS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=5)
)


def cells(*lines: str) -> list[list[tuple[int, tuple[str, ...]]]]:
    """For each table of these lines: the line and the cells of its header and of each row."""
    found = find_tables([Text(number, line) for number, line in enumerate(lines, 1)], is_header)
    return [[(row.line, row.cells) for row in (table.header, *table.rows)] for table in found.values()]


@pytest.mark.parametrize(("lines", "row"), ROWS)
def test_a_row_has_the_cells_that_were_meant(lines: tuple[str, ...], row: tuple[str, ...]) -> None:
    """With or without outer pipes, separator and all cells, a row has as many cells as the header, each in place."""
    assert cells(*lines) == [[(1, HEADER), (len(lines), row)]]


@pytest.mark.parametrize("lines", NONE)
def test_pipes_alone_make_no_table(lines: tuple[str, ...]) -> None:
    """A pipe in a sentence, an escaped one, and a line above a rule without pipes begin no table."""
    assert cells(*lines) == []


def test_known_headers_make_a_table_without_pipes_around_it_or_a_rule_below() -> None:
    """`项目 | 进度 | 状态` can only be a header, so the lines with pipes below it are its rows."""
    assert cells("项目 | 进度 | 状态", "海风平台 | 40% | 联调中") == [
        [(1, ("项目", "进度", "状态")), (2, ("海风平台", "40%", "联调中"))]
    ]  # fmt: skip


def test_a_table_ends_where_the_pipes_do() -> None:
    """A line without a pipe and a blank line end a table, and what follows may be another."""
    found = cells("| 甲 | 乙 |", "|---|---|", "| 1 | 2 |", "文字", "| 丙 | 丁 |", "|---|---|", "", "| 戊 | 己 |")
    assert [[line for line, _ in rows] for rows in found] == [[1, 3], [5], [8]]


def test_a_line_of_nothing_but_pipes_is_read_within_bounds() -> None:
    """A row has no more cells than are looked at, however many pipes it has."""
    ((header, row),) = cells("|" * 5000, "|" * 9000)
    assert len(header[1]) == len(row[1]) <= MOST_CELLS + 2


@settings(max_examples=200, deadline=None)
@given(GRIDS, st.booleans(), st.booleans())
def test_what_is_drawn_is_what_is_read(grid: list[list[str]], framed: bool, ruled: bool) -> None:
    """Any cells, drawn with outer pipes or without, come back as they were, in their order."""
    header = ["项目", "进度", "状态", "负责人", "风险"][: len(grid[0])]
    rule = ["---" for _ in header]
    ruled = ruled or not framed  # without both, two cells are a sentence with a pipe in it
    drawn = [" | ".join(row) for row in (header, *([rule] if ruled else []), *grid)]
    lines = [f"| {line} |" for line in drawn] if framed else drawn
    (found,) = cells(*lines)
    meant = [[cell.replace("<br>", "；").replace("\\|", "|") for cell in row] for row in grid]
    assert [list(row) for _, row in found] == [header, *meant]


def test_each_row_is_one_item_of_its_section() -> None:
    """The header and the rows are items of the section, in order, one a line; the rule between them is none."""
    report = read("## 【其他】", "- 值班", *table("甲 | 乙", "1 | 2", "3 | 4"), "- 值班")
    found = [(item.line, item.line_end, item.mark, item.text) for item in body(report)]
    assert found == [
        (4, 4, "-", "值班"), (5, 5, "|", "甲 | 乙"), (7, 7, "|", "1 | 2"), (8, 8, "|", "3 | 4"), (9, 9, "-", "值班")
    ]  # fmt: skip
    assert all(before[1] < after[0] for before, after in pairwise(found))


@pytest.mark.parametrize(("header", "row", "kind"), [
    ("指标 | 本周 | 上周", "成功率 | 99.9% | 99.8%", SectionKind.METRICS),
    ("Metric | This week | Last week", "Success rate | 99.9% | 99.8%", SectionKind.METRICS),
    ("时间 | 现象 | 影响 | 处置", "9/10 09:29 | 超时 | 7笔 | 重启", SectionKind.INCIDENTS),
    ("Date | What happened | Impact | Resolution", "9/10 09:29 | Slow | None | Restart", SectionKind.INCIDENTS),
    ("项目 | 进度 | 状态", "海风平台 | 40% | 联调中", SectionKind.PROJECTS),
    ("Workstream | Owner | Status | ETA", "Harbor | Web team | on track | Sep 26", SectionKind.PROJECTS),
    ("姓名 | 电话", "甲 | 123", SectionKind.OTHER), ("名称 | 地址", "甲 | 乙", SectionKind.OTHER),
])  # fmt: skip
def test_a_section_that_no_word_names_is_what_its_table_holds(header: str, row: str, kind: SectionKind) -> None:
    """Below `## 看板` the columns say whether these are figures, incidents or projects; a list of names is none."""
    (section,) = read("## 看板", *table(header, row)).sections
    assert section.kind is kind


@pytest.mark.parametrize(("heading", "kind"), [
    ("## 下周工作", SectionKind.GOALS), ("## 收获与反思", SectionKind.REFLECTIONS), ("## 【其他】", SectionKind.OTHER),
])  # fmt: skip
def test_a_named_section_keeps_its_kind(heading: str, kind: SectionKind) -> None:
    """A table of figures in a section whose words name its kind changes nothing of that."""
    assert read(heading, *table("指标 | 本周 | 上周", "成功率 | 99.9% | 99.8%")).sections[0].kind is kind
