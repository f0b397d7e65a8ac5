"""`/changes`: what one report changes against an earlier one, with the lines of both."""

from __future__ import annotations

from typing import Any

import pytest
from support.made_up import Put, answered, ask, put_all, weekly
from support.truth import false_quotes, uncited_facts

from bot.answers.model import Answer
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library

FIGURES = "## 【系统运行数据】\n\n- 出金成功率：{}%\n\n## 【O1"


def _report(label: str, day: str, rate: str, *projects: str) -> str:
    return weekly(label, day, projects).replace("## 【O1", FIGURES.format(rate))


TEXTS = {
    "w36.md": _report("第36周", "2023-09-01", "99.90", "- 海棠平台：开发进度50%，9/20提测"),
    "w37.md": _report("第37周", "2023-09-08", "99.95", "- 海棠平台：开发进度55%，9/20提测", "- 白桦系统：进度80%",
                      "- 雪松接口：进度30%，等待对方", "- 红杉迁移：进度90%"),
    "w38.md": _report("第38周", "2023-09-15", "99.91", "- 海棠平台：开发进度61%，提测由9/20调整至9/27",
                      "- 白桦系统：进度75%", "- 红杉迁移：进度100%，9/14上线完成", "- 银杏改造：进度10%"),
}  # fmt: skip


def _changes(answer: Answer) -> dict[str, list[Any]]:
    return {
        entry["kind"]: [change.get("project") or change["metric"] for change in entry["changes"]]
        for entry in answer.data["changes"]
    }


@pytest.mark.parametrize("question", [
    "/changes W37 W38", "/changes", "这周有什么变化", "what changed since last week", "第38周比第37周变了啥",
    "what changed between week 37 and 38", "9/8到9/15变了什么",
])  # fmt: skip
def test_what_changed_from_one_report_to_the_next(reports: Library, question: str) -> None:
    """New, finished, moved, further, back and gone, and the figures; each said with the lines of both."""
    answer = ask(reports, question, "2023-09-16")
    assert (answer.kind, answer.found) == (Kind.CHANGES, True)
    assert _changes(answer) == {
        "finished": ["红杉迁移"], "moved": ["海棠平台"], "back": ["白桦系统"], "new": ["银杏改造"],
        "further": ["红杉迁移", "海棠平台"], "gone": ["雪松接口"], "figures": ["出金成功率"],
    }  # fmt: skip
    text = render_text(answer)
    assert "80% → 75%  -5 pp" in text
    assert "9/20 → 9/27" in text
    assert "99.95% → 99.91%  -0.04 pp" in text
    assert not false_quotes(answer, TEXTS.__getitem__)
    assert not uncited_facts(answer)


def test_both_lines_of_a_change_are_cited(reports: Library) -> None:
    """What it was and what it is."""
    cited = {(c.report.source, c.quote) for c in ask(reports, "/changes W37 W38", "2023-09-16").citations}
    assert {("w37.md", "- 白桦系统：进度80%"), ("w38.md", "- 白桦系统：进度75%")} <= cited


def test_weeks_further_apart(reports: Library) -> None:
    """The weeks that are named are compared, whatever stands between them."""
    answer = ask(reports, "/changes W36 W38", "2023-09-16")
    assert "海棠平台  50% → 61%  +11 pp" in render_text(answer)
    assert answer.data["pairs"][0]["old"] == "w36.md"


def test_of_one_project(reports: Library) -> None:
    """A project's name leaves everything else out."""
    assert _changes(ask(reports, "/changes 白桦系统", "2023-09-16")) == {"back": ["白桦系统"]}


def test_teams_side_by_side(reports: Library, put: Put) -> None:
    """Without a team each is told in a few lines, against its own report before."""
    put(_report("第37周", "2023-09-08", "99.1", "- 月桂项目：进度10%"), name="b37.md", team="结算")
    put(_report("第38周", "2023-09-15", "99.1", "- 月桂项目：进度20%"), name="b38.md", team="结算")
    answer = ask(reports, "/changes", "2023-09-16")
    assert [pair["team"] for pair in answer.data["pairs"]] == ["支付中心", "结算"]
    assert "月桂项目  10% → 20%  +10 pp" in render_text(answer)


def test_nothing_changed(library: Library, put: Put) -> None:
    """Said as an answer, with both reports cited."""
    for label, day in (("第37周", "2023-09-08"), ("第38周", "2023-09-15")):
        put(_report(label, day, "99.9", "- 海棠平台：进度50%"), name=f"{label}.md")
    answer = ask(library, "/changes", "2023-09-16")
    assert (answer.found, answer.data["changes"], len(answer.citations)) == (True, [], 2)
    assert "没有变化" in render_text(answer)


@pytest.mark.parametrize("question", ["/changes W20 W21", "/changes W20", "what changed between week 20 and 21"])
def test_a_week_without_a_report(reports: Library, question: str) -> None:
    """No other week is put in the place of one that is named."""
    assert not ask(reports, question, "2023-09-16").found


def test_before_this_weeks_report(reports: Library) -> None:
    """`这周` without a report yet: the newest one, and that is said."""
    answer = ask(reports, "这周有什么变化", "2023-09-18")
    assert answer.found
    assert "还没有周报" in render_text(answer)


def test_as_of_a_day(reports: Library) -> None:
    """Later reports don't exist for the answer."""
    answer = ask(reports, "/changes as of 2023-09-10", "2023-09-16")
    assert answer.data["pairs"][0] == {"team": "支付中心", "old": "w36.md", "new": "w37.md"}


def test_without_reports(library: Library) -> None:
    """Nothing read: said so."""
    assert not answered(library, Kind.CHANGES, "2023-09-25").found


def test_the_week_before_a_numbered_week(reports: Library) -> None:
    """第37周跟上一周比 compares with week 36, whatever week it is today."""
    head = render_text(ask(reports, "第37周跟上一周比变了什么", "2023-09-18")).split("\n")[0]
    assert "第36周" in head
    assert "第37周" in head


def test_two_weeks_in_any_order(reports: Library) -> None:
    """第38周和第36周 are the same two weeks as 第36周和第38周."""
    heads = [render_text(ask(reports, f"{weeks}相比变了什么", "2023-09-18")).split("\n")[0]
             for weeks in ("第38周和第36周", "第36周和第38周")]  # fmt: skip
    assert heads[0] == heads[1]
    assert "第36周" in heads[0]
    assert "第38周" in heads[0]


@pytest.mark.parametrize("question", [
    "上期到这期出金成功率差在哪", "W37 vs W38 出金成功率 diff", "这期跟上期比出金成功率变了多少",
    "w37 w38两期出金成功率差多少",
])  # fmt: skip
def test_a_figure_that_is_named_is_all_that_is_compared(reports: Library, question: str) -> None:
    """Both values are said, and nothing of the projects."""
    text = render_text(ask(reports, question, "2023-09-16"))
    assert "99.95" in text
    assert "99.91" in text
    assert "海棠平台" not in text


def test_a_value_is_said_as_its_line_writes_it(library: Library, put: Put) -> None:
    """44.0 stays 44.0, though 44 is the same number."""
    days = {"2023-09-08": "43.1", "2023-09-15": "44.0"}
    put_all(library, put, {f"{day}.md": _report(day, day, rate, "- 海棠平台：进度50%") for day, rate in days.items()})
    assert "43.1% → 44.0%  +0.9 pp" in render_text(ask(library, "这期跟上期比变了啥", "2023-09-16"))


def test_no_other_week_stands_in_for_one_of_two(reports: Library) -> None:
    """Of W33 there is no report, so that nothing can be compared with it."""
    assert not ask(reports, "/changes W33 W37", "2023-09-16").found
