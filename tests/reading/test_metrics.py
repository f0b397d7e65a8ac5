"""Figures of a report: names, values and units as written, and what changed from what."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.written import read

HEADING = "## 【系统运行数据】"
FIGURES = [
    ("支付成功率：99.97%", [("支付成功率", 99.97, "%")]), ("支付成功率: 99.97 %", [("支付成功率", 99.97, "%")]),
    ("支付成功率99.97%", [("支付成功率", 99.97, "%")]), ("支付成功率达99.97%", [("支付成功率", 99.97, "%")]),
    ("本周支付成功率：99.9%", [("支付成功率", 99.9, "%")]), ("**支付成功率**：99.9%", [("支付成功率", 99.9, "%")]),
    ("入金：99.997%，出金：99.965% ，一次：99.15%",
     [("入金", 99.997, "%"), ("出金", 99.965, "%"), ("一次", 99.15, "%")]),
    ("入金：99.97%；出金：99.9%", [("入金", 99.97, "%"), ("出金", 99.9, "%")]),
    ("事故数AB级0次，CD级1次", [("事故数AB级", 0, "次"), ("事故数CD级", 1, "次")]),
    ("交易笔数：1,024笔", [("交易笔数", 1024, "笔")]), ("交易额：3.5亿元", [("交易额", 3.5, "亿元")]),
    ("平均耗时：120ms", [("平均耗时", 120, "ms")]), ("错误数：0", [("错误数", 0, None)]),
    ("TPS峰值：1200", [("TPS峰值", 1200, None)]),
    ("2023年可用性：99.998%", [("2023年可用性", 99.998, "%")]), ("可用性≥99.99%", [("可用性", 99.99, "%")]),
    ("成功率：99.97%（上周99.95%）", [("成功率", 99.97, "%")]),
    ("Success rate: 99.97%", [("Success rate", 99.97, "%")]),
    ("成功率：99.97％", [("成功率", 99.97, "%")]),
    ("P0故障0次", [("P0故障", 0, "次")]),
    ("近7日成功率：99.9%", [("近7日成功率", 99.9, "%")]),
]  # fmt: skip
CHANGES = [
    ("健康分656降低647", ("健康分", 656, 647, None)), ("健康分由647提升至661", ("健康分", 647, 661, None)),
    ("响应时间由350毫秒降至210毫秒", ("响应时间", 350, 210, "毫秒")),
    ("接口数从120增加到150个", ("接口数", 120, 150, "个")),
    ("耗时由3.8秒降到1.6秒", ("耗时", 3.8, 1.6, "秒")),
]  # fmt: skip
NO_FIGURES = ["无", "成功率：－", "更正：第36周成功率99.5%", "系统平稳", "详见附件"]
NO_CHANGES = [
    "成功率99%",
    "成本下降30%",
    "进度由60%提升至75%",
    "健康分656降低9",
    "覆盖率98%，缺陷12个",
    "9/10降级，9/12恢复",
]


@pytest.mark.parametrize(("line", "figures"), FIGURES)
def test_every_figure_of_the_metrics_section(line: str, figures: list[tuple[str, float, str | None]]) -> None:
    """Name as written before the value, value as a number, unit in half-width; several to a line."""
    found = read(HEADING, f"- {line}").metrics
    assert [(m.name, m.value, m.unit) for m in found] == figures
    assert {m.line for m in found} == {4}


@pytest.mark.parametrize("line", NO_FIGURES)
def test_lines_without_a_figure_are_no_metric(line: str) -> None:
    """Words, an empty value and a correction of another week are no figures of this report."""
    assert read(HEADING, f"- {line}").metrics == ()


@pytest.mark.parametrize("heading", [HEADING, "## 【O3 安全稳定】"])
@pytest.mark.parametrize(("line", "change"), CHANGES)
def test_a_change_is_the_new_value_from_the_old(
    line: str, change: tuple[str, float, float, str | None], heading: str
) -> None:
    """A stated change, among the figures and in a project's text: where it stands, and what it came from."""
    (metric,) = read(heading, f"- {'' if heading == HEADING else '海风平台，'}{line}。").metrics
    assert (metric.name, metric.previous, metric.value, metric.unit) == change


@pytest.mark.parametrize("text", NO_CHANGES)
def test_projects_give_no_other_figures(text: str) -> None:
    """In a project's text a rate, a share, a progress and an amount of change are no metrics."""
    assert read("## 【O3 安全稳定】", f"- 海风平台，{text}").metrics == ()


@pytest.mark.parametrize(("line", "name", "value"), [
    ("海风代扣率：93.0%，年底目标95%", "海风代扣率", 93.0),
    ("海风通过率：43.5%，目标45%", "海风通过率", 43.5),
    ("Card losses 5.0 bps (year-end target 4.5)", "Card losses", 5.0),
    ("Reef approvals 94.5%, annual target 96%", "Reef approvals", 94.5),
])  # fmt: skip
def test_a_target_beside_a_figure_is_no_figure(line: str, name: str, value: float) -> None:
    """What is aimed at is neither the value nor a figure of its own, in brackets or behind a comma."""
    assert [(m.name, m.value) for m in read(HEADING, f"- {line}").metrics] == [(name, value)]


def test_a_figure_knows_its_group_and_its_line() -> None:
    """The plain line over a list is its figures' group, and a figure on an item's second line is cited there."""
    found = read(HEADING, "支付成功率：", "", "- 入金：99.9%", "出金：99.8%", "", "可用性：", "- 年度：99.99%").metrics
    assert [(m.group, m.name, m.line) for m in found] == [
        ("支付成功率", "入金", 6), ("支付成功率", "出金", 7), ("可用性", "年度", 10)
    ]  # fmt: skip


def test_other_sections_give_no_figures() -> None:
    """Goals and incidents hold numbers that are no metrics of the week."""
    report = read("## 生产稳定性事件", "- 9/10 09:29 成功率由99.9%降至90%", "# 下周工作", "1. 成功率：99.99%")
    assert report.metrics == ()


@settings(max_examples=100, deadline=None)
@given(st.decimals(0, 100, places=3), st.sampled_from(["：", ": ", " ", "为", ""]))
def test_any_rate_is_read_to_its_last_digit(rate: object, glue: str) -> None:
    """Whatever value a rate has and however it is joined to its name, it is read exactly."""
    (metric,) = read(HEADING, f"- 支付成功率{glue}{rate}%").metrics
    assert (metric.name, metric.value, metric.unit) == ("支付成功率", float(str(rate)), "%")
