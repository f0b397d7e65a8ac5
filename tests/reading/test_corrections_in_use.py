"""Corrections as people word them: whose name is followed by the fault, whose week stands in brackets or is a day."""

from __future__ import annotations

import pytest
from support.written import read

FIGURES = ("## 【系统运行数据】", "- 入账成功率：99.97%", "- Approval rate: 92.3%")
WORDED = [
    ("更正：上周（第44周）入账成功率统计口径有误，应为99.96%", ("入账成功率", 99.96, "第44周", None)),
    ("更正：第43周入账成功率漏计2件，应为99.2%", ("入账成功率", 99.2, "第43周", None)),
    ("勘误：上周入账成功率误报为99.98%，实际99.96%", ("入账成功率", 99.96, "上周", None)),
    ("更正：W44入账成功率99.96%（原99.98%）", ("入账成功率", 99.96, "w44", 99.98)),
    ("上周数据更正：入账成功率应为99.96%", ("入账成功率", 99.96, "上周", None)),
    ("备注：上周入账成功率有误，应为99.96%", ("入账成功率", 99.96, "上周", None)),
    ("第44周入账成功率由99.98%更正为99.96%", ("入账成功率", 99.96, "第44周", 99.98)),
    ("更正：10月24日周报中入账成功率应为99.96%", ("入账成功率", 99.96, "10月24日", None)),
    (
        "Correction: last week's approval rate (W44) was 91.2%, it left out retries",
        ("Approval rate", 91.2, "w44", None),
    ),
    ("Correction to week 12: approval rate was 94.31%, not 94.13%.", ("Approval rate", 94.31, "week 12", 94.13)),
    ("W44 approval rate corrected to 91.2% from 90.8%", ("Approval rate", 91.2, "w44", 90.8)),
    ("Erratum: last week's approval rate is 91.2%, not 90.8%", ("Approval rate", 91.2, "last week", 90.8)),
    ("Correction: the approval rate in the 24 Oct report should be 91.2%", ("Approval rate", 91.2, "24 oct", None)),
]
NONE = [
    "更正：第44周入账成功率目标应为99.99%", "Correction: go-live of the app is 28 Nov, not 21 Nov",
    "更正：第38周写的9/5上线为笔误，应为9/25上线。",
]  # fmt: skip


@pytest.mark.parametrize(("line", "correction"), WORDED)
def test_a_correction_is_read_however_it_is_worded(line: str, correction: tuple[str, float, str, float | None]) -> None:
    """The report's own name of the figure, the right value, the week it is about, and the wrong value where said."""
    (found,) = [m for m in read(*FIGURES, f"- {line}").metrics if m.about]
    assert (found.name, found.value, (found.about or "").casefold(), found.corrects) == correction


@pytest.mark.parametrize("line", NONE)
def test_a_corrected_target_or_day_is_no_figure(line: str) -> None:
    """What puts right a target or a date gives no figure another value."""
    assert not [m for m in read(*FIGURES, f"- {line}").metrics if m.about or m.corrects]


def test_a_bracket_behind_a_figure_corrects_the_week_before() -> None:
    """`92.3% (W44 restated to 91.2%)`: this week's value, and that of week 44."""
    found = read(FIGURES[0], "- Approval rate: 92.3% (W44 restated to 91.2%)").metrics
    assert [(m.value, m.about) for m in found] == [(92.3, None), (91.2, "w44")]


def test_another_section_corrects_only_a_figure_that_the_report_has() -> None:
    """A correction among the remarks counts for a figure of the report, and for nothing else."""
    remarks = ("## 【其他】", "- 更正：上周入账成功率应为99.96%", "- 更正：上周参会人数应为12人")
    found = read(*FIGURES, "", *remarks).metrics
    assert [(m.name, m.value) for m in found if m.about] == [("入账成功率", 99.96)]


def test_a_bracket_in_a_table_is_what_a_figure_is_called() -> None:
    """`直达率（DTR）` of 91% keeps its short name; `耗时（ms）` has its unit there."""
    table = ("| 指标 | 本周 |", "| --- | --- |", "| 直达率（DTR） | 91% |", "| 耗时（ms） | 35 |")
    found = read("## 【系统运行数据】", "", *table).metrics
    assert [(m.name, m.unit) for m in found] == [("直达率（DTR）", "%"), ("耗时", "ms")]
