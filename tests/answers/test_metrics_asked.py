"""`/metrics`: figures over the weeks, what was put right, what is missing, and why they moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from support.made_up import Put, answered, ask
from support.places import AFTER_SEEDS
from support.truth import false_quotes

from bot.answers.model import Answer, words_of
from bot.question.query import Kind
from bot.render.json import render_json
from bot.render.text import render_text
from store.library import Library
from store.records import ProjectName
from store.viewer import EVERYONE
from store.words.ranges import find_range

TODAY = "2023-10-23"


def figures(label: str, day: str, lines: Sequence[str], incidents: Sequence[str] = ()) -> str:
    """A report of figures, and of incidents."""
    parts = [f"# {label} {day}", "", "## 【系统运行数据】", "", *lines, ""]
    if incidents:
        parts += ["## 【O3 安全稳定】", "", "1. 生产稳定性事件：", *incidents, ""]
    return "\n".join(parts)


TEXTS = {
    "w38.md": figures("第38周", "2023-09-15", ["- 支付成功率：99.30%", "- 拒付：44笔", "- 系统可用性：99.990%"]),
    "w39.md": figures(
        "第39周", "2023-09-22", ["- 支付成功率：99.12%", "- 拒付：40笔", "- 系统可用性：99.990%"],
        ["- 9/20 08:05 批量代付超时，影响3笔", "处置：扩容后恢复。"]),
    "w40.md": figures("第40周", "2023-09-28", ["- 拒付：40笔", "- 系统可用性：99.980%"]),
    "w42.md": figures("第42周", "2023-10-13", [
        "- 支付成功率：99.40%", "- 拒付：40笔", "- 系统可用性：99.980%", "",
        "更正：第39周支付成功率应为99.20%，原写99.12%，漏了一条渠道。"]),
    "w43.md": figures(
        "第43周", "2023-10-20",
        ["- 支付成功率：99.35%（上周 99.41%）", "- 拒付：52笔", "", "备注：成功率下降因银行维护两小时。"],
        ["- 10/18 09:30 银行通道中断", "处置：切换备用通道。"]),
}  # fmt: skip


def named(library: Library, *names: str) -> tuple[ProjectName, ...]:
    """The metrics of these names."""
    known = library.metric_names(EVERYONE, date.max)
    return tuple(metric for name in names for metric in known if metric.name == name)


def metrics(library: Library, *names: str, today: str = TODAY, within: str | None = None, **asked: Any) -> Answer:
    """The answer on these metrics, in the range that `within` says in words."""
    day = date.fromisoformat(today)
    asked["range"] = find_range(within, day) if within else None
    return answered(library, Kind.METRICS, today, metrics=named(library, *names), **asked)


def head(answer: Answer) -> str:
    """The first line."""
    return words_of(answer.head)


def values(answer: Answer) -> list[float]:
    """The values of the first figure."""
    return [value["value"] for value in answer.data["metrics"][0]["values"]]


def uncited(answer: Answer) -> list[Any]:
    """The values in `data` whose line no citation holds, those that were put right too."""
    lines = {(c.report.source, c.line) for c in answer.citations}
    stated = [v for m in answer.data["metrics"] for v in m["values"]]
    stated += [v["original"] for v in stated if v["original"]]
    return [v for v in stated if (v["source"], v["line"]) not in lines]


def test_the_newest_value_stands_in_the_first_line_with_its_change(reports: Library) -> None:
    """Asked for a figure alone: its newest value, the week, and the computed change against the report before."""
    answer = metrics(reports, "支付成功率")
    assert head(answer) == "支付成功率：99.35% ← 99.40%（第42周 10/13），-0.05 个百分点，第43周 (2023-10-20)"
    assert answer.citations[0].quote == "- 支付成功率：99.35%（上周 99.41%）"
    assert not false_quotes(answer, TEXTS.__getitem__)
    assert uncited(answer) == []


def test_counts_change_absolutely_and_in_percent(reports: Library) -> None:
    """A count's change is told as a number and as a share of the earlier value."""
    assert "52笔 ← 40笔（第42周 10/13），+12笔（+30.0%）" in head(metrics(reports, "拒付"))


def test_english_questions_get_english_answers(reports: Library) -> None:
    """The sentences are English; names, units and labels stay as written."""
    text = render_text(metrics(reports, "拒付", lang="en"))
    assert text.startswith("拒付: 52笔 ← 40笔 (第42周 10/13), +12笔 (+30.0%), 第43周 (2023-10-20)")
    assert "as the week before" in text
    assert "mean 43.2笔 (216 ÷ 5 = 43.2笔)" in text


def test_a_corrected_value_takes_the_place_of_the_old_one(reports: Library) -> None:
    """更正 counts in its own week, shown with what it replaces, both lines cited; earlier on the old one stands."""
    answer = metrics(reports, "支付成功率", within="第39周")
    assert head(answer).startswith("支付成功率：99.20%（更正，原 99.12%）")
    assert [c.report.source for c in answer.citations][:2] == ["w42.md", "w39.md"]
    before = metrics(reports, "支付成功率", today="2023-10-01", within="第39周")
    assert head(before).startswith("支付成功率：99.12% ← 99.30%")


def test_a_range_gives_every_value_and_names_the_gaps(reports: Library) -> None:
    """Oldest first, with first and last, extremes, the mean's computation, and both kinds of gap."""
    answer = metrics(reports, "支付成功率", within="9月以来")
    text = render_text(answer)
    assert values(answer) == [99.30, 99.20, 99.40, 99.35]
    assert head(answer) == (
        "支付成功率上升：99.30% → 99.35%，+0.05 个百分点（第38周 (2023-09-15) → 第43周 (2023-10-20)）"
    )
    assert "397.25 ÷ 4 = 99.3125%" in text
    (rows,) = [line for line in text.split("\n") if "第40周 9/28" in line]
    assert "周报没写" in rows
    assert answer.data["metrics"][0]["gaps"] == [
        {"monday": "2023-09-25", "report_date": "2023-09-28"}, {"monday": "2023-10-02", "report_date": None},
    ]  # fmt: skip
    assert uncited(answer) == []


@pytest.mark.parametrize(("aspect", "said"), [
    ("highest", "支付成功率最高 99.40%，第42周 (2023-10-13)"),
    ("lowest", "支付成功率最低 99.20%（更正，原 99.12%），第39周 (2023-09-22)"),
    ("mean", "支付成功率平均 99.3125%（397.25 ÷ 4 = 99.3125%）"),
])  # fmt: skip
def test_extremes_and_the_mean_are_those_of_the_corrected_values(reports: Library, aspect: str, said: str) -> None:
    """Highest, lowest and mean stand in the first line, over all reports, with the corrected value in its week."""
    assert head(metrics(reports, "支付成功率", aspect=aspect)) == said


def test_an_extreme_that_stands_for_long_is_counted(reports: Library) -> None:
    """A lowest value of several weeks names them all, or how many there are."""
    assert head(metrics(reports, "拒付", aspect="lowest")) == (
        "拒付最低 40笔，第39周 (2023-09-22)、第40周 (2023-09-28)、第42周 (2023-10-13)"
    )


def test_than_last_week_compares_the_newest_with_the_week_before(reports: Library) -> None:
    """ "比上周" limits no range: the newest report is held against the one before, and both weeks are named."""
    answer = metrics(reports, "拒付", within="上周", aspect="against", question="拒付比上周涨了还是跌了")
    assert head(answer) == "拒付上升：40笔 → 52笔，+12笔（+30.0%）（第42周 (2023-10-13) → 第43周 (2023-10-20)）"


def test_values_that_stay_are_pointed_out(reports: Library) -> None:
    """A value like that of the week before says so, and from the third report on how long it has stood."""
    text = render_text(metrics(reports, "拒付"))
    assert "与上周相同" in text
    assert "与上周相同，连续 3 期" in text


def test_a_last_week_that_contradicts_last_weeks_report_is_shown(reports: Library) -> None:
    """（上周 99.41%） where last week's report said 99.40%: both are quoted and cited."""
    answer = metrics(reports, "支付成功率")
    assert "第43周 10/20 的周报说上周是 99.41%，而 第42周 10/13 写的是 99.40%" in render_text(answer)
    assert {"w42.md", "w43.md"} <= {c.report.source for c in answer.citations}


def test_why_tells_the_reports_own_remark_and_the_weeks_incidents(reports: Library) -> None:
    """Asked why it fell: the newest fall, the remark beside the figures, and the incidents of that week."""
    text = render_text(metrics(reports, "支付成功率", aspect="why", question="支付成功率为什么跌了"))
    assert text.startswith("支付成功率下降：99.40% → 99.35%")
    assert "备注：成功率下降因银行维护两小时。" in text
    assert "10/18 银行通道中断" in text


def test_without_a_reason_the_reports_dont_say_why(reports: Library) -> None:
    """Neither a remark nor an incident in the week of the change: not found, and the change is told all the same."""
    answer = metrics(reports, "拒付", aspect="why", within="第39周", question="拒付为什么降了")
    assert answer.found  # that week has an incident
    answer = metrics(reports, "系统可用性", aspect="why", question="系统可用性为什么跌了")
    assert (answer.found, head(answer)[:14]) == (False, "系统可用性下降：99.990")


def test_availability_is_held_against_the_incidents(reports: Library) -> None:
    """A fall without an incident and an incident without a move are each one line; asked of one figure alone."""
    text = render_text(metrics(reports, "系统可用性"))
    assert "下降而那一周没有写生产事件：第40周 9/28" in text
    assert "写有生产事件而数值没有变：第39周 9/22" in text
    assert "没有写生产事件" not in render_text(metrics(reports, "系统可用性", "拒付"))


def test_a_figure_that_is_no_longer_told_is_called_old(reports: Library) -> None:
    """The newest value isn't of the newest report: its age is said."""
    assert "最近一次写到是 第42周 (2023-10-13)，20 天前" in render_text(
        metrics(reports, "系统可用性", today="2023-11-02")
    )


@pytest.mark.parametrize(("within", "said"), [
    ("第40周", "第40周 (2023-09-28) 的周报没有写支付成功率"),
    ("10/2到10/8", "2023-10-02 至 2023-10-08 没有周报，不知道支付成功率"),
])  # fmt: skip
def test_a_week_without_the_figure_is_not_found(reports: Library, within: str, said: str) -> None:
    """A named week without report or figure: not found; the neighbours that have it are named without their values."""
    answer = metrics(reports, "支付成功率", within=within)
    assert (answer.found, head(answer), answer.citations) == (False, said, ())
    assert "第39周 (2023-09-22)、第42周 (2023-10-13)" in render_text(answer)
    assert "99" not in render_text(answer)


def test_an_unknown_figure_is_not_found_with_what_is_near(reports: Library) -> None:
    """Words that name no figure are said, with the nearest names to ask for."""
    answer = metrics(reports, words="签约率", near=named(reports, "支付成功率"))
    assert (answer.found, answer.data["near"]) == (False, ["支付成功率"])
    assert "签约率" in head(answer)
    assert not metrics(reports, "支付成功率", words="网联").found


def test_several_figures_are_answered_each_on_its_own(reports: Library) -> None:
    """Several figures that fit: each with its own values and change, none added to another."""
    answer = metrics(reports, "支付成功率", "系统可用性")
    assert "支付成功率：99.35%" in head(answer)
    assert "系统可用性：99.980%" in head(answer)
    assert [m["unit"] for m in answer.data["metrics"]] == ["%", "%"]
    assert uncited(answer) == []


def test_groups_of_one_name_stay_apart(library: Library, put: Put) -> None:
    """成功率 of 网联 and of 银联 are two rows, each said with its group."""
    lines = ["网联：", "- 成功率：99.1%", "", "银联：", "- 成功率：98.2%"]
    put(figures("第38周", "2023-09-15", lines))
    answer = metrics(library, "成功率")
    assert {m["group"]: m["values"][0]["value"] for m in answer.data["metrics"]} == {"网联": 99.1, "银联": 98.2}
    assert "成功率（网联）" in head(answer)


def test_units_stay_apart(library: Library, put: Put) -> None:
    """A latency in 秒 and later in ms is no fall to a thousand times: two rows."""
    put(figures("第38周", "2023-09-15", ["- 页面加载：2秒"]), name="a.md")
    put(figures("第39周", "2023-09-22", ["- 页面加载：1800ms"]), name="b.md")
    answer = metrics(library, "页面加载")
    assert [(m["unit"], m["change"]) for m in answer.data["metrics"]] == [("ms", None), ("秒", None)]


def test_teams_stay_apart(reports: Library, put: Put) -> None:
    """One name in two teams is two figures, each with its team; a team that is asked for leaves the other out."""
    put(figures("第43周", "2023-10-20", ["- 拒付：7笔"]), team="清算中心", name="c43.md")
    assert "拒付（清算中心）：7笔" in head(metrics(reports, "拒付"))
    assert "7笔" not in render_text(metrics(reports, "拒付", team="支付中心"))


def test_a_bound_names_the_weeks_within_it(reports: Library) -> None:
    """At most 99.3: how many of how many weeks, and which."""
    answer = metrics(reports, "支付成功率", most=99.3)
    assert head(answer).startswith("支付成功率：4 期里 2 期 ≤ 99.3：第38周 9/15 99.30%、第39周 9/22 99.20%")
    assert not metrics(reports, "支付成功率", most=90.0).found


def test_the_overview_has_each_teams_newest_figures(reports: Library) -> None:
    """Without a name: the figures of the newest report with their changes; those it doesn't give are left out."""
    answer = metrics(reports)
    assert [m["name"] for m in answer.data["metrics"]] == ["支付成功率", "拒付"]
    assert "99.35% ← 99.40%，-0.05 个百分点" in render_text(answer)
    fallen = metrics(reports, aspect="change", question="哪些指标跌了")
    assert [m["name"] for m in fallen.data["metrics"]] == ["支付成功率"]


def test_nothing_is_known_without_reports(library: Library) -> None:
    """An empty library says so, and a month without figures is not found."""
    assert not metrics(library).found


def test_a_relative_range_after_the_newest_report_slides_and_says_so(reports: Library) -> None:
    """ "Last 2 weeks" long after the newest report: the same span up to that report, said with both ranges."""
    answer = metrics(reports, "拒付", today="2023-12-31", within="last 2 weeks")
    assert values(answer) == [40, 52]
    assert "2023-12-18" in render_text(answer)


def test_a_viewer_who_may_not_see_a_report_sees_no_value_of_it(reports: Library, put: Put) -> None:
    """Figures of a team that the viewer doesn't see are neither listed nor counted."""
    put(figures("第43周", "2023-10-20", ["- 拒付：7笔"]), team="清算中心", name="c43.md")
    assert [m["team"] for m in metrics(reports, team="清算中心").data["metrics"]] == ["清算中心"]


def test_later_reports_dont_exist_as_of_a_day(reports: Library) -> None:
    """As of a day, only what was reported by then counts."""
    assert head(metrics(reports, "拒付", today="2023-09-23")).startswith("拒付：40笔 ← 44笔（第38周 9/15）")


def test_the_chart_has_the_values_with_gaps_and_marks(reports: Library) -> None:
    """A figure over its weeks can be drawn: a gap where there is none, corrected weeks marked."""
    chart = metrics(reports, "支付成功率", within="9月以来").chart
    assert chart is not None
    (series,) = chart.series
    assert [value for _, value in series.points] == [99.30, 99.20, None, None, 99.40, 99.35]
    assert (chart.unit, chart.notes) == ("%", ((date(2023, 9, 22), "更正"),))


def test_every_value_of_the_samples_is_cited(seeds: Library) -> None:
    """Over the sample reports: each figure's answer cites the line of each value, as it stands in the file."""
    for metric in seeds.metric_names(EVERYONE, AFTER_SEEDS):
        answer = answered(seeds, Kind.METRICS, "2023-12-11", metrics=(metric,), aspect="trend")
        assert answer.found
        assert uncited(answer) == []
        assert not false_quotes(answer)
        assert len(render_json(answer)["text"]) <= 4000


TARGETS = {
    "w38.md": "\n".join([
        "# 第38周 2023-09-15", "", "## 【系统运行数据】", "",
        "| 指标 | 本周 | 上周 | 目标 |", "|:--|--:|--:|--:|", "| 误杀率 | 0.31% | 0.30% | ≤0.30% |",
        "| 命中率 | 2.03% | 2.00% | ≥1.50% |", "| 耗时 | 38ms | 40ms | — |",
    ]),
}  # fmt: skip


@pytest.mark.parametrize(("name", "said"), [
    ("误杀率", "误杀率：0.31%，目标 ≤0.30%，未达标"), ("命中率", "命中率：2.03%，目标 ≥1.50%，达标"),
])  # fmt: skip
def test_a_target_stands_beside_the_value(library: Library, put: Put, name: str, said: str) -> None:
    """Asked whether a figure met its target: both as the table's row gives them, and which side of it is good."""
    put(TARGETS["w38.md"], name="w38.md")
    answer = metrics(library, name, aspect="target")
    assert head(answer).startswith(said)
    assert answer.found
    assert "0.3" in answer.citations[0].quote or "1.50%" in answer.citations[0].quote


def test_without_a_target_the_value_stands_and_nothing_is_found(library: Library, put: Put, reports: Library) -> None:
    """A line without a target can't say whether it was met."""
    answer = metrics(reports, "支付成功率", aspect="target")
    assert not answer.found
    assert "没有写目标" in head(answer)
    assert "99.35%" in head(answer)


@pytest.mark.parametrize(("question", "said"), [
    ("支付成功率什么时候跌过", "4 期里跌过 2 次：第39周 9/22 99.30% → 99.20%、第43周 10/20 99.40% → 99.35%"),
    ("支付成功率什么时候涨过", "4 期里涨过 1 次：第42周 10/13 99.20% → 99.40%"),
    ("系统可用性什么时候涨过", "没有涨过"),
])  # fmt: skip
def test_when_it_moved_is_told_over_all_weeks(reports: Library, question: str, said: str) -> None:
    """Each week in which it moved that way, with both values; or that there was none."""
    answer = ask(reports, question, TODAY)
    text = head(answer)
    assert said in text.replace("（更正，原 99.12%）", "")
    assert uncited(answer) == []


def test_why_a_value_is_missing_is_told_by_the_next_report(library: Library, put: Put) -> None:
    """A remark that names the figure answers; without one it stays not found."""
    told = (
        (38, "2023-09-15", ["- 拒付：44笔", "- 成功率：99.1%"]),
        (39, "2023-09-22", ["- 成功率：99.2%"]),
        (40, "2023-09-28", ["- 拒付：40笔", "- 成功率：99.3%", "", "注：拒付上周取数失败，不补。"]),
    )
    for week, day, lines in told:
        put(figures(f"第{week}周", day, lines), name=f"{week}.md")
    answer = metrics(library, "拒付", within="第39周", aspect="why")
    assert answer.found
    assert "取数失败" in render_text(answer)
    assert [c.report.source for c in answer.citations] == ["40.md"]
    asked_plainly = metrics(library, "拒付", within="第39周")
    assert not asked_plainly.found
    assert "取数失败" in render_text(asked_plainly)
