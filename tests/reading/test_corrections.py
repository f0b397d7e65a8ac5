"""Figures that put an earlier report right, figures with the value before, and what is no figure at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.written import read

from store.reading.corrections import is_correction, read_correction

HEADING = "## 【系统运行数据】"
Correction = tuple[str, float, str | None, str | None, float | None]  # name, value, unit, about, the value replaced
CORRECTIONS: list[tuple[str, Correction]] = [
    ("更正：第36周误杀率应为0.42%，原写0.24%", ("误杀率", 0.42, "%", "第36周", 0.24)),
    ("更正:第36周的误杀率应为0.42%,原写0.24%", ("误杀率", 0.42, "%", "第36周", 0.24)),
    ("更正：第36周误杀率应是０．４２％，误写为０．２４％", ("误杀率", 0.42, "%", "第36周", 0.24)),
    ("**更正**：第36周误杀率应为0.42%，原为0.24%", ("误杀率", 0.42, "%", "第36周", 0.24)),
    ("更正：上周交易笔数应为1,204笔，误写成1,024笔", ("交易笔数", 1204, "笔", "上周", 1024)),
    ("更正：8月可用性应为99.98%，而非99.89%", ("可用性", 99.98, "%", "8月", 99.89)),
    ("勘误，第36周成功率更正为99.6%", ("成功率", 99.6, "%", "第36周", None)),
    ("修正：第36周平均耗时实为112ms，录成了121ms", ("平均耗时", 112, "ms", "第36周", 121)),
    ("更正：误杀率应为0.42%，原写0.24%", ("误杀率", 0.42, "%", None, 0.24)),
    ("Correction: last week's availability should read 99.95%, not 99.59%",
     ("availability", 99.95, "%", "last week", 99.59)),
    ("Correction: week 36 chargebacks should have been 41 instead of 14", ("chargebacks", 41, None, "week 36", 14)),
    ("Correction: W36 success rate should be 99.1%", ("success rate", 99.1, "%", "w36", None)),
]  # fmt: skip
NO_CORRECTIONS = [
    "更正：负责人应为平台组", "更正：第36周成功率有误", "更正：第36周成功率99.5%", "第36周误杀率应为0.42%",
    "成功率更正中：99.5%",
    "Correction: the owner should be the web team", "We corrected the success rate: 99.5%",
]  # fmt: skip
BEFORE: list[tuple[str, tuple[str, float, str | None, float | None]]] = [
    ("成功率：99.97%(上期 99.95%)", ("成功率", 99.97, "%", 99.95)),
    ("成功率：99.97%（由99.95%）", ("成功率", 99.97, "%", 99.95)),
    ("退款数：120笔（前值98笔）", ("退款数", 120, "笔", 98)),
    ("成功率：99.97%（目标99.9%）", ("成功率", 99.97, "%", None)),
    ("成功率：99.97%（环比+0.02pp）", ("成功率", 99.97, "%", None)),
    ("Success rate: 99.05% (prev. 99.24%, -0.19 pp)", ("Success rate", 99.05, "%", 99.24)),
    ("p95 latency: 468 ms (prev. 405 ms)", ("p95 latency", 468, "ms", 405)),
    ("Chargebacks: 39 (up from 37)", ("Chargebacks", 39, None, 37)),
    ("Chargebacks: 39 (was 41)", ("Chargebacks", 39, None, 41)),
    ("Availability 99.971%", ("Availability", 99.971, "%", None)),
    ("Processed volume: USD 49.9 M", ("Processed volume", 49.9, "USD M", None)),
    ("Merchants onboarded: 1,342", ("Merchants onboarded", 1342, None, None)),
    ("Onboarding time: 3.4 days", ("Onboarding time", 3.4, "days", None)),
    ("Errors went from 41 to 12", ("Errors", 12, None, 41)), ("签约率46%→49%", ("签约率", 49, "%", 46)),
]  # fmt: skip
RIDERS = ["较上周提升0.02%", "环比增长12%", "同比下降3%", "排名第3", "位列第5", "比上周多", "目标值已达到"]
NO_FIGURES = [
    "排名第3",
    "较上周提升0.2%",
    "环比增长12%",
    "同比下降3%",
    "其中3笔",
    "详见附件",
    "本周取数口径有变",
    "Ranked 3rd",
]


@pytest.mark.parametrize(("line", "correction"), CORRECTIONS)
def test_a_correction_says_what_it_is_about_and_what_it_replaces(line: str, correction: Correction) -> None:
    """Name, right value, the week or month it speaks of as written, and the value that it takes the place of."""
    (found,) = read(HEADING, f"- {line}").metrics
    about = found.about.casefold() if found.about else None
    assert (found.name, found.value, found.unit, about, found.corrects) == correction
    assert (found.line, found.previous) == (4, None)


@pytest.mark.parametrize("line", NO_CORRECTIONS)
def test_what_corrects_no_figure_is_no_correction(line: str) -> None:
    """Without a word that opens it, a right value and a word that makes it one, nothing is put right."""
    found = read_correction(line, 4)
    assert found is None
    assert not [m for m in read(HEADING, f"- {line}").metrics if m.about or m.corrects]


@pytest.mark.parametrize(
    "line", ["更正：第36周成功率有误", "更正：负责人应为平台组2", "Correction: see week 36, 99.5%"]
)
def test_a_correction_is_never_taken_for_this_weeks_figure(line: str) -> None:
    """A line that opens with 更正 speaks of something earlier, even where its figure isn't understood."""
    assert is_correction(line)
    assert read(HEADING, f"- {line}").metrics == ()


def test_a_correction_stands_beside_this_weeks_figures() -> None:
    """This week's value keeps no `about`, the corrected one has it, and both have the group above them."""
    lines = ("风控：", "", "- 误杀率：0.35%", "- 更正：第36周误杀率应为0.42%，原写0.24%")
    found = read(HEADING, *lines).metrics
    assert [(m.name, m.value, m.about, m.corrects, m.group) for m in found] == [
        ("误杀率", 0.35, None, None, "风控"), ("误杀率", 0.42, "第36周", 0.24, "风控")
    ]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 52), st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_any_correction_is_read_to_its_last_digit(week: int, right: object, wrong: object) -> None:
    """Whatever week and values it has, nothing of a correction is lost or swapped."""
    (found,) = read(HEADING, f"- 更正：第{week}周误杀率应为{right}%，原写{wrong}%").metrics
    assert (found.about, found.value, found.corrects) == (f"第{week}周", float(str(right)), float(str(wrong)))


@pytest.mark.parametrize(("line", "figure"), BEFORE)
def test_the_value_before_stands_in_brackets(line: str, figure: tuple[str, float, str | None, float | None]) -> None:
    """上期, 前值, prev. and was give the value before; a target and a change are none."""
    (found,) = read(HEADING, f"- {line}").metrics
    assert (found.name, found.value, found.unit, found.previous) == figure


@pytest.mark.parametrize("rider", RIDERS)
@pytest.mark.parametrize("comma", ["，", "；", ", "])
def test_changes_and_ranks_behind_a_figure_are_no_figures(rider: str, comma: str) -> None:
    """`，较上周提升0.02%` and `，排名第3` tell of the figure before them, which stays the only one."""
    found = read(HEADING, f"- 成功率：99.97%{comma}{rider}").metrics
    assert [(m.name, m.value, m.unit) for m in found] == [("成功率", 99.97, "%")]


@pytest.mark.parametrize("line", NO_FIGURES)
def test_a_change_or_a_rank_alone_is_no_figure(line: str) -> None:
    """A line that names nothing measured is no metric, whatever number it holds."""
    assert read(HEADING, f"- {line}").metrics == ()
