"""Which figures are one metric: spellings, units, languages, groups, and what people decide."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.linking.decisions import Decision, Kind, Verdict
from store.linking.metrics import Figure, link
from store.linking.words import bare

BARE = [
    ("本周支付成功率（%）：", "支付成功率"), ("支付成功率(本周)", "支付成功率"), ("交易金额（万元）", "交易金额"),
    ("Payment success rate (this week)", "Payment success rate"), ("This week: refunds", "refunds"),
    ("成功率（网联）", "成功率（网联）"), ("本周", "本周"), ("P99 latency (ms)", "P99 latency"),
]  # fmt: skip


def figures(*rows: tuple[str, str | None, str | None] | str, one_report: bool = False) -> list[Figure]:
    """Figures (name, group, unit) of a report each, or of one report."""
    whole = [row if isinstance(row, tuple) else (row, None, None) for row in rows]
    return [
        Figure(at, name, group, unit, ("2023-09-15" if one_report else f"2023-09-{at:02}", "a.md", at))
        for at, (name, group, unit) in enumerate(whole, 1)
    ]


def together(found: list[Figure], *decisions: Decision) -> list[list[int]]:
    """The figures of each metric."""
    return sorted(sorted(entry.mention for entry in subject.links) for subject in link(found, decisions))


@pytest.mark.parametrize(("name", "plain"), BARE)
def test_units_and_weeks_are_no_part_of_a_name(name: str, plain: str) -> None:
    """A unit in brackets, 本周 and a colon go; a bracket that tells something stays."""
    assert bare(name) == plain


def test_spellings_and_languages_are_one_metric() -> None:
    """支付成功率 under five spellings and in English is one metric, called as the newest report calls it."""
    names = ("支付成功率", "本周支付成功率", "支付 成功率（%）", "支付成功率：", "Payment success rate")
    (metric,) = link(figures(*names))
    assert [entry.mention for entry in metric.links] == [1, 2, 3, 4, 5]
    assert metric.name == "Payment success rate"
    assert {name for name, _ in metric.names} >= {"支付成功率", "Payment success rate"}


def test_what_one_report_lists_twice_is_two() -> None:
    """入金成功率 beside 入金有效成功率 in one report: two metrics, in every week."""
    listed = figures("入金成功率", "入金有效成功率", one_report=True)
    later = [Figure(9, "入金成功率", None, None, ("2023-09-22", "b.md", 1))]
    assert together([*listed, *later]) == [[1, 9], [2]]


def test_groups_of_one_report_tell_metrics_apart() -> None:
    """成功率 of 网联 and 成功率 of 银联 are two, each with its own later weeks; one group alone tells nothing."""
    listed = figures(("成功率", "网联", "%"), ("成功率", "银联", "%"), one_report=True)
    later = Figure(9, "成功率", "银联", "%", ("2023-09-22", "b.md", 1))
    assert together([*listed, later]) == [[1], [2, 9]]
    assert together(figures(("成功率", "网联", "%"), ("成功率", None, "%"))) == [[1, 2]]


def test_a_percentage_is_no_count() -> None:
    """退款 in % and 退款 in 笔 are two; a figure without its unit goes with the counts."""
    assert together(figures(("退款", None, "%"), ("退款", None, "笔"), ("退款", None, None))) == [[1], [2, 3]]
    assert together(figures(("成功率", None, "%"), ("成功率", None, None))) == [[1, 2]]


def test_people_decide_about_metrics_too() -> None:
    """A person joins what no rule joins and parts what a rule does; the link says who."""
    day = datetime(2023, 12, 1, tzinfo=UTC)
    same = Decision("甲组", Kind.METRIC, Verdict.SAME, "首单转化", "新客转化率", "U1", day)
    apart = Decision("甲组", Kind.METRIC, Verdict.APART, "支付成功率", "Payment success rate", "U2", day)
    assert together(figures("首单转化", "新客转化率"), same) == [[1, 2]]
    assert together(figures("支付成功率", "Payment success rate"), apart) == [[1], [2]]
    (metric,) = link(figures("首单转化", "新客转化率"), [same])
    assert {entry.decided_by for entry in metric.links} == {"U1", "reader"}
