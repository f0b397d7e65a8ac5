"""Goals that aim at a figure: what they want to reach, what a line says was reached, and what is answered of them."""

from __future__ import annotations

import pytest
from support.made_up import ask, weekly

from bot.answers.goal_figures import meets, name_of, of_same_work, reached, target_of
from store.library import Library

TEXTS = {
    "w37.md": weekly("第37周", "2023-09-08", ["- 银杏模型：开发40%"],
                     goals=["1. 银杏模型开发到60%", "2. 故障预案演练12个", "3. 日终跑批降到140分钟"]),
    "w38.md": weekly(
        "第38周", "2023-09-15",
        ["- 银杏模型：开发50%，接口不稳", "- 日终跑批：耗时163分钟，月末可能超过180分钟"],
        goals=["1. 银杏模型开发到70%"], highlights=["- 故障预案演练做了12个(共20个)"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("goal", "aim"),
    [
        ("白桦中心切流30%", (30, "%", False, "白桦中心")), ("白桦灰度50%", (50, "%", False, "白桦")),
        ("银杏模型研发到60%", (60, "%", False, "银杏模型")), ("码牌铺到500家", (500, "家", False, "码牌")),
        ("OCR to 30%", (30, "%", False, "ocr")), ("投诉量降到20笔以内", (20, "笔", True, "投诉量")),
        ("p95 below 300 ms", (300, "ms", True, "p95")), ("海棠平台9/21提测", None),
        ("Migrate connectors 12 and 13", None),
        ("3个接口联调", None), ("成功率到99%，时延到200ms", None),
    ],
)  # fmt: skip
def test_a_goal_aims_at_its_one_figure(goal: str, aim: tuple[float, str, bool, str] | None) -> None:
    """The number with its unit, whether less is better, and what is to reach it; no goal of several or of none."""
    target = target_of(goal)
    assert (target and (target.number, target.unit, target.less, name_of(target))) == aim


@pytest.mark.parametrize(
    ("line", "said", "met"),
    [
        ("银杏模型：50%，比预期慢", "50%", False), ("银杏模型：进度65%", "65%", True),
        ("银杏模型：50%，预计下周60%", "50%", False), ("银杏模型：接口不稳", None, False),
        ("银杏模型：60%的用例通过，覆盖30%", None, False),
    ],
)  # fmt: skip
def test_what_a_line_says_was_reached(line: str, said: str | None, met: bool) -> None:
    """Its one figure of the unit; neither what may come nor one of several."""
    target = target_of("银杏模型到60%")
    assert target is not None
    assert reached(target, line, None) == said
    assert (said is not None and meets(target, said)) is met


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("银杏模型60%达到没", "“银杏模型开发到60%”：未完成，再次列入计划（写的是 50%）"),
        ("9/8说要做12个预案演练 做了几个", "“故障预案演练12个”：已完成（写的是 12个）"),
        ("9/8定的日终跑批140分钟到了吗", "“日终跑批降到140分钟”：写到了，没有写全部完成（写的是 163分钟）"),
    ],
)
def test_whether_a_figure_was_reached_is_told_with_both_lines(reports: Library, question: str, head: str) -> None:
    """The goal, the figure that the next report gives, and the lines of both."""
    answer = ask(reports, question, "2023-09-18")
    assert answer.found
    assert "".join(span.text for span in answer.head) == head
    assert {citation.report.source.rsplit("/", 1)[-1] for citation in answer.citations} == {"w37.md", "w38.md"}


def test_a_figure_that_no_goal_aims_at_is_the_projects_progress(reports: Library) -> None:
    """银杏模型80%达到没 has no such goal: how far the project is is told."""
    answer = ask(reports, "银杏模型80%达到没", "2023-09-18")
    assert answer.found
    assert "50%" in "".join(span.text for span in answer.head)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("白桦网关 | 苏晴 | 90% | 灰度中 | 9/27 全量", None), ("白桦网关 9/7 灰度扩到50%，全量推迟到9/27", "50%"),
        ("整体进度85%，灰度30%", "30%"), ("预计下周灰度50%", None),
        ("大表治理：归档55%", None),
    ],
)  # fmt: skip
def test_a_goal_of_a_rollout_is_judged_by_the_figure_of_the_rollout(line: str, said: str | None) -> None:
    """The progress of the project beside it is another figure, and what is expected isn't reached."""
    target = target_of("白桦网关灰度到50%")
    assert target
    assert of_same_work(target, line) == said
