"""Figures as people ask for them: the worst and the best, bounds, targets, what isn't there, and numbers in lines."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask

from bot.answers.model import words_of
from bot.render.text import render_text
from store.library import Library

TODAY = "2024-03-25"
WEEKS = [
    ("第9周", "2024-03-01", "99.20%", "99.0%", "31"), ("第10周", "2024-03-08", "98.70%", "99.0%", "18"),
    ("第11周", "2024-03-15", "99.40%", "99.0%", "25"), ("第12周", "2024-03-22", "99.50%", "99.0%", "28"),
]  # fmt: skip


@pytest.fixture
def spring(library: Library, put: Put) -> Library:
    """Four weekly reports with a rate that has a target, complaints, a counted project, and a day of trade."""
    for at, (label, day, rate, target, complaints) in enumerate(WEEKS):
        lines = [
            f"# {label} {day}", "", "## 【重点工作】", "", "- 【春节保障】当天交易 120 万笔，金额 3.1 亿元。", "",
            "## 【系统运行数据】", "", "| 指标 | 本周 | 目标 |", "| --- | --- | --- |",
            f"| 代发成功率 | {rate} | {target} |", f"| 客户投诉量 | {complaints} | - |", "",
            "## 【O1 服务业务】", "", f"- 网点换机：累计换机{(at + 1) * 1200:,}台/9,600台，进度{20 + at * 10}%", "",
        ]  # fmt: skip
        if label == "第11周":
            lines += ["## 【其他】", "", "- 更正：第10周网点换机累计应为2,300台，原报2,400台", ""]
        put("\n".join(lines), name=f"{day}.md")
    return library


def head(library: Library, question: str) -> str:
    """The first line of the answer."""
    return words_of(ask(library, question, TODAY).head)


@pytest.mark.parametrize(("question", "said"), [
    ("代发成功率最差是哪周", "代发成功率最低 98.70%，第10周"), ("投诉量最差是哪周", "客户投诉量最高 31，第9周"),
    ("投诉量最好的一周", "客户投诉量最低 18，第10周"), ("best 代发成功率", "代发成功率 was highest at 99.50%"),
])  # fmt: skip
def test_the_worst_of_complaints_is_the_highest(spring: Library, question: str, said: str) -> None:
    """Worst and best are the end that is bad or good for the figure."""
    assert head(spring, question).startswith(said)


@pytest.mark.parametrize(("question", "said"), [
    ("哪周代发成功率低于99%", "代发成功率：4 期里 1 期 < 99：第10周 3/8 98.70%"),
    ("投诉量超过25的周", "客户投诉量：4 期里 2 期 > 25：第9周 3/1 31、第12周 3/22 28"),
    ("代发成功率哪几周没达标", "代发成功率：写了目标的 4 期里 1 期未达标：第10周 3/8 98.70%"),
    ("代发成功率达标了吗", "代发成功率：99.50%，目标 99.0%，达标"),
])  # fmt: skip
def test_the_weeks_over_or_under_a_bound_or_a_target(spring: Library, question: str, said: str) -> None:
    """Only the weeks that keep the bound, or miss the target of their own line."""
    assert head(spring, question).startswith(said)


def test_which_figures_miss_their_targets(spring: Library) -> None:
    """Of the figures whose newest line gives a target, those that miss it; none does, and their lines prove it."""
    answer = ask(spring, "哪些指标没达标", TODAY)
    assert answer.found
    assert words_of(answer.head).startswith("没达标的指标：写了目标的 1 项里有 0 项")
    assert [citation.quote for citation in answer.citations] == ["| 代发成功率 | 99.50% | 99.0% |"]
    assert "：代发成功率" in words_of(ask(spring, "第10周哪些指标没达标", TODAY).head)


@pytest.mark.parametrize(
    ("question", "names"), [("哪些指标变差了", ["客户投诉量"]), ("哪些指标变好了", ["代发成功率"])]
)
def test_worse_is_a_rise_of_complaints(spring: Library, question: str, names: list[str]) -> None:
    """Worse and better go by what is good for each figure."""
    assert [each["name"] for each in ask(spring, question, TODAY).data["metrics"]] == names


@pytest.mark.parametrize(
    "question", ["退款成功率最近怎样", "海外代发成功率多少", "refund success rate", "春节保障花了多少钱"]
)
def test_what_no_report_gives_is_denied(spring: Library, question: str) -> None:
    """Neither another figure nor another amount is given for what is asked."""
    assert not ask(spring, question, TODAY).found


def test_the_number_asked_for_stands_in_the_first_line(spring: Library) -> None:
    """`换了多少台` of a project is answered by the number that counts them, and not by its progress."""
    assert head(spring, "网点换机换了多少台了").startswith("网点换机 累计换机：4,800/9,600台")


def test_a_number_of_a_week_is_that_of_its_correction(spring: Library) -> None:
    """What a later report puts right stands before what the week's own report says."""
    lines = render_text(ask(spring, "第10周网点累计多少台", TODAY)).split("\n")
    assert "2,300台" in lines[0]
    assert any("2,400台" in line for line in lines[1:])


NIGHTS = [
    ("W10", "2024-03-08", "05:40", "1.9天", "171ms", "20", "11"),
    ("W11", "2024-03-15", "04:29", "1.2天", "151ms", "24", "15"),
    ("W12", "2024-03-22", "04:33", "0.8天", "149ms", "29", "19"),
]


@pytest.fixture
def nights(library: Library, put: Put) -> Library:
    """Three reports with a time of day, a figure that is itself a mean, a latency, a cost with a budget and a rate in
    basis points, and a project under a numbered title."""
    for label, day, finish, mean, latency, done, backlog in NIGHTS:
        budget = "（预算 20 万）" if label == "W10" else ""
        lines = [
            f"# 灯塔组周报 {label} {day}", "", "## 运行数据", "", f"- 日终轧账完成时间：{finish}",
            f"- 平均开通时长：{mean}",
            f"- 网关P99：{latency}", f"- 机房月租：{done} 万{budget}", "- 盗用损失率：0.35bp",
            f"- 人工审核积压：{backlog}单",
            "- 兑换成功率：99.1%", "", "## 3 项目", "", "### 3.3 Heron", "", f"{done} of 40 endpoints removed.", "",
        ]  # fmt: skip
        put("\n".join(lines), name=f"{day}.md")
    return library


@pytest.mark.parametrize(("question", "said"), [
    ("日终轧账几点能完", "日终轧账完成时间：04:33 ← 04:29"),
    ("日终轧账完成时间比W10晚了吗", "05:40 → 04:33，-67 min"),
    ("开通现在平均几天", "0.8天 ←"),
    ("网关P99降到150以下了么", "149 ms ← 151 ms"),
    ("P99降到150以下了么", "≤ 150：是"),
    ("网关P99低于140了没", "< 140：否"),
    ("月租还超预算吗", "29万，目标 20 万"),
    ("网关P99比W11涨了没", "下降：151 ms → 149 ms"),
    ("is 网关P99 lower than W10", "171 ms → 149 ms"),
    ("盗用损失率多少", "0.35 bp"),
    ("人审积压平均多少单", "平均 15单（45 ÷ 3 = 15单）"),
    ("兑换率现在多少", "兑换成功率：99.1%"),
])  # fmt: skip
def test_figures_are_times_means_and_what_they_are_held_against(nights: Library, question: str, said: str) -> None:
    """A time of day is a figure; a named week, a bound or a budget is what the newest value is held against; and a
    figure that is itself a mean is told by its newest value."""
    assert said in head(nights, question)


def test_the_number_of_a_title_is_no_count(nights: Library) -> None:
    """3.3 before the name of a project isn't how many of something it has."""
    assert "3.3" not in head(nights, "how many endpoints of Heron are removed")
