"""Dates in tables of projects: whose day a cell holds, whether it has come true, and which days no longer hold."""

from __future__ import annotations

import pytest
from support.written import events, table, updates

from store.reading.columns import read_columns
from store.reading.tables import Row

Events = list[tuple[str, str, bool]]
HEADERS = [
    ("提测", "提测"), ("提测时间", "提测"), ("计划提测", "提测"), ("上线", "上线"), ("计划上线时间", "上线"),
    ("预计上线日期", "上线"), ("**上线**", "上线"), ("评审时间", "评审"), ("投产日期", "投产"), ("灰度", "灰度"),
    ("验收", "验收"), ("完成时间", "完成"), ("计划完成", "完成"), ("Go-live", "上线"), ("Go live date", "上线"),
    ("Launch", "上线"), ("Release date", "上线"), ("GA", "上线"), ("QA handover", "提测"), ("QA start", "提测"),
    ("Beta", "灰度"), ("Pilot start", "试单"), ("Design review", "评审"), ("UAT", "验收"),
    ("Code complete", "开发完成"), ("Kickoff", "启动"), ("ETA", "完成"), ("Due date", "完成"), ("Deadline", "完成"),
]  # fmt: skip
NO_EVENTS = ["完成度", "% complete", "Completion", "里程碑", "状态", "负责人", "本周进展", "上线材料", "时间", "日期"]
DAYS = [
    ("9/26", "2023-09-26"), ("9月26日", "2023-09-26"),
    ("2023-09-26", "2023-09-26"), ("2023/9/26", "2023-09-26"), ("９／２６", "2023-09-26"), ("Sep 26", "2023-09-26"),
    ("26 Sep", "2023-09-26"), ("26 September 2023", "2023-09-26"), ("**9/26**", "2023-09-26"),
    ("9/26（周二）", "2023-09-26"), ("预计9/26", "2023-09-26"), ("10月中", "2023-10-11..2023-10-20"),
    ("10月下旬", "2023-10-21..2023-10-31"), ("2024年1月中旬", "2024-01-11..2024-01-20"),
    ("mid-October", "2023-10-11..2023-10-20"), ("end of Sep", "2023-09-21..2023-09-30"),
    ("9/18-9/22", "2023-09-18..2023-09-22"), ("下周", "2023-09-18..2023-09-24"), ("11月", "2023-11-01..2023-11-30"),
    ("1/12", "2024-01-12"),
]  # fmt: skip
NO_DAYS = ["", "-", "无", "待定", "TBD", "N/A", "下次评估", "?"]
MOVED = [
    "11/30（原11/23）", "11/30(原计划11/23)", "11/30（由11/23）", "11/30 (was Nov 23)", "Nov 30 (from Nov 23)",
    "11/23→11/30", "11/23 -> 11/30", "11/23=>11/30", "11/23改为11/30", "11/23调整至11/30", "11/23延期至11/30",
    "由11/23推迟到11/30", "原11/23，现11/30",
]  # fmt: skip
HAPPENED = [
    ("9/13已提测", True), ("已提测 9/13", True), ("9/13 ✓", True), ("✅ 9/13", True), ("9/13完成", True),
    ("9/13 done", True), ("9/13 (actual)", True), ("Shipped 9/13", True), ("9/13", False), ("计划9/13", False),
    ("已定9/26", False), ("9/26 done", False),
]  # fmt: skip
STATES = [
    ("已完成", [("提测", "2023-09-11", True), ("上线", "2023-09-14", True)]),
    ("测试中", [("提测", "2023-09-11", True), ("上线", "2023-09-14", False)]),
    ("开发中", [("提测", "2023-09-11", False), ("上线", "2023-09-14", False)]),
]  # fmt: skip
CHECKED = [("是", True), ("✓", True), ("Yes", True), ("已完成", True), ("否", False), ("", False), ("未完成", False)]
TOLD: list[tuple[str, Events]] = [
    ("9/13完成评审", [("上线", "2023-09-26", False), ("评审", "2023-09-13", True)]),
    ("联调中，预计9/26上线", [("上线", "2023-09-26", False)]), ("9/26全渠道上线", [("上线", "2023-09-26", False)]),
    ("预计9/20提测", [("上线", "2023-09-26", False), ("提测", "2023-09-20", False)]),
    ("用例3/5通过", [("上线", "2023-09-26", False)]), ("无", [("上线", "2023-09-26", False)]),
]  # fmt: skip


def told(header: str, *rows: str, title: str = "# 第38周 2023-09-15") -> Events:
    """The dated events of the one project of a table."""
    (only,) = updates(*table(header, *rows), title=title)
    return events(only)


@pytest.mark.parametrize(("header", "event"), HEADERS)
def test_a_header_that_names_an_event_holds_its_days(header: str, event: str) -> None:
    """提测, 计划上线时间, Go-live: the column's dates are of that event, whatever else the header says."""
    assert told(f"项目 | 负责人 | {header}", "海风平台 | 平台组 | 9/26") == [(event, "2023-09-26", False)]


@pytest.mark.parametrize("header", NO_EVENTS)
def test_a_header_that_only_holds_such_a_word_is_no_event(header: str) -> None:
    """完成度 is a progress and 上线材料 a thing; 时间 alone says nothing of what happens then."""
    assert read_columns(Row(1, (header,), "")).all[0].event is None


@pytest.mark.parametrize(("cell", "days"), DAYS)
def test_a_cell_needs_no_word_to_be_a_day(cell: str, days: str) -> None:
    """Below an event any date counts, exact or fuzzy, in every form of both languages."""
    assert told("项目 | 进度 | 上线", f"海风平台 | 40% | {cell}") == [("上线", days, False)]


@pytest.mark.parametrize("cell", NO_DAYS)
def test_a_cell_without_a_day_plans_nothing(cell: str) -> None:
    """An empty, undecided or wordy cell is no milestone."""
    assert told("项目 | 进度 | 上线", f"海风平台 | 40% | {cell}") == []


@pytest.mark.parametrize("cell", MOVED)
def test_of_a_move_only_the_new_day_stays(cell: str) -> None:
    """`11/30（原11/23）` and `11/23→11/30` plan one event on 11/30."""
    assert told("项目 | 进度 | 上线", f"海风平台 | 40% | {cell}", title="# 第47周 2023-11-17") == [
        ("上线", "2023-11-30", False)
    ]  # fmt: skip


@pytest.mark.parametrize(("cell", "done"), HAPPENED)
def test_a_day_has_come_true_where_the_cell_says_so(cell: str, done: bool) -> None:
    """已, ✓ and done say it; that a day is over doesn't, and a day to come never happened."""
    ((event, _, happened),) = told("项目 | 进度 | 提测", f"海风平台 | 40% | {cell}")
    assert (event, happened) == ("提测", done)


@pytest.mark.parametrize(("state", "expected"), STATES)
def test_a_day_has_come_true_where_the_rows_state_says_so(state: str, expected: Events) -> None:
    """What is done has done all its days, what is being tested was handed over, what is in development nothing."""
    assert told("项目 | 状态 | 提测 | 上线", f"海风平台 | {state} | 9/11 | 9/14") == expected


def test_a_day_that_is_over_and_not_told_is_doubtful() -> None:
    """A planned day before the report's that nothing says to have come is flagged; one ahead is not."""
    (found,) = updates(*table("项目 | 提测 | 上线", "海风平台 | 9/11 | 9/26"))
    assert [(m.event, m.done, m.doubtful) for m in found.milestones] == [("提测", False, True), ("上线", False, False)]


@pytest.mark.parametrize(("cell", "done"), CHECKED)
def test_milestones_may_have_a_row_each(cell: str, done: bool) -> None:
    """里程碑, its day and 是否完成 in three columns: each row is one event of the project above."""
    header = "项目 | 里程碑 | 日期 | 是否完成"
    assert told(header, f"海风平台 | 方案评审 | 9/13 | {cell}", " | 上线 | 9/26 | 否") == [
        ("评审", "2023-09-13", done), ("上线", "2023-09-26", False)
    ]  # fmt: skip


@pytest.mark.parametrize(("header", "row", "expected"), [
    ("项目 | 进度 | 时间", "海风平台 | 40% | 9/26提测", [("提测", "2023-09-26", False)]),
    ("项目 | 进度 | 时间", "海风平台 | 40% | 9/20提测，9/26上线",
     [("提测", "2023-09-20", False), ("上线", "2023-09-26", False)]),
    ("项目 | 进度 | 时间", "海风平台 | 40% | 9/26", [("完成", "2023-09-26", False)]),
    ("项目 | 进度 | 里程碑", "海风平台 | 40% | 9/26上线", [("上线", "2023-09-26", False)]),
    ("Project | Next milestone | Date", "Harbor | Go-live | Sep 26", [("上线", "2023-09-26", False)]),
    ("Project | Status | ETA", "Harbor | on track | Sep 26", [("完成", "2023-09-26", False)]),
])  # fmt: skip
def test_a_column_of_days_takes_the_event_from_where_it_stands(header: str, row: str, expected: Events) -> None:
    """From the cell itself, from the milestone's column, and 完成 where nothing else is said."""
    assert told(header, row) == expected


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_the_text_adds_what_no_column_tells(text: str, expected: Events) -> None:
    """A day in the words of a row is a milestone, but for one that its column tells already."""
    assert told("项目 | 进度 | 上线 | 本周进展", f"海风平台 | 40% | 9/26 | {text}") == expected


def test_a_days_line_is_its_row() -> None:
    """Milestones of rows below each other stand on their own lines, and quote header and cell."""
    found = updates(*table("项目 | 进度 | 计划上线", "海风平台 | 40% | 9/26", "云帆平台 | 30% | 10月中"))
    assert [[(m.line, m.text) for m in u.milestones] for u in found] == [
        [(6, "计划上线 9/26")], [(7, "计划上线 10月中")]
    ]  # fmt: skip


def test_the_days_of_a_part_are_the_parts() -> None:
    """In a row that fills both cells the dates are those of the part, and the project has none."""
    found = updates(*table("项目 | 子任务 | 提测", "海风平台 | 前端 | 9/20", " | 后端 | 9/26"))
    assert [(u.name, [m.start.day for m in u.milestones]) for u in found] == [
        ("海风平台", []), ("前端", [20]), ("后端", [26])
    ]  # fmt: skip
