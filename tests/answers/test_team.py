"""`/team`: one team at a glance, or all of them in a few lines."""

from __future__ import annotations

from typing import Any

import pytest
from support.made_up import Put, answered, ask, weekly
from support.truth import false_quotes

from bot.answers.model import Answer, words_of
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library

TODAY = "2023-10-03"
RATE = "\n".join(["## 【系统运行数据】", "", "- 支付成功率：{}%", "", ""])
TEXTS = {
    "w39.md": weekly("第39周", "2023-09-22", [
        "- 海棠平台：进度50%，10/10上线", "- 云帆平台：进度90%", "- 青松平台：进度40%",
    ]) + RATE.format("99.30"),
    "w40.md": weekly(
        "第40周", "2023-09-29",
        ["- 海棠平台：进度60%，10/13上线", "- 云帆平台：9/27已上线，项目结项", "- 青松平台：进度30%",
         "- 银杏平台：进度5%"],
        ["- 9/26 08:05 海棠网关超时，影响3笔", "处置：扩容后恢复。"], ["1. 海棠联调"],
    ) + RATE.format("99.35"),
    "r40.md": weekly("第40周", "2023-09-29", ["- 红枫模型：进度10%"]),
}  # fmt: skip


@pytest.fixture
def autumn(library: Library, put: Put) -> Library:
    """Two teams, the first with two reports: one project finished, one new, one fell back, one date moved."""
    for name, text in TEXTS.items():
        put(text, name=name, team="风控中台" if name == "r40.md" else "支付中心")
    return library


def _asked(library: Library, **asked: Any) -> Answer:
    return answered(library, Kind.TEAM, asked.pop("today", TODAY), **asked)


def test_one_team_shows_what_counts(autumn: Library) -> None:
    """The first line has the numbers; below stand projects, dates, incidents, figures and goals, with their lines."""
    answer = _asked(autumn, team="支付中心")
    data = answer.data
    numbers = "在做 3 个项目，两周内 1 个日期，近 4 周生产事件 1 起"
    assert words_of(answer.head) == f"支付中心 · 第40周 (2023-09-29)：{numbers}"
    assert [(d["project"], d["date_end"]) for d in data["due"]] == [("海棠平台", "2023-10-13")]
    assert [(i["occurred_at"], i["line"]) for i in data["incidents"]] == [("2023-09-26T08:05", 13)]
    assert [g["text"] for g in data["goals"]] == ["海棠联调"]
    assert "支付成功率 99.3% → 99.35%  +0.05 pp" in render_text(answer)
    assert not false_quotes(answer, TEXTS.__getitem__)


def test_the_newest_report_is_held_against_the_one_before(autumn: Library) -> None:
    """New, finished and fallen projects, and the date that moved."""
    changes = _asked(autumn, team="支付中心").data["changes"]
    assert (changes["new"], changes["finished"], changes["back"]) == (["银杏平台"], ["云帆平台"], ["青松平台"])
    (move,) = changes["moves"]
    assert (move["project"], move["old"], move["new"]) == ("海棠平台", "2023-10-10", "2023-10-13")


def test_all_teams_have_a_line_each(autumn: Library) -> None:
    """Without a name every team that the asker may see is listed with its numbers."""
    answer = _asked(autumn)
    assert [team["team"] for team in answer.data["teams"]] == ["支付中心", "风控中台"]
    assert words_of(answer.head) == "2 个团队：支付中心、风控中台"


def test_as_of_a_day_later_reports_do_not_exist(autumn: Library) -> None:
    """A team of ten days ago is told by the report of then."""
    answer = ask(autumn, "as of 9/25 支付中心怎么样", TODAY)
    assert (answer.kind, answer.data["report"]["label"], answer.data["incidents"]) == (Kind.TEAM, "第39周", [])


def test_an_old_report_is_called_old(autumn: Library) -> None:
    """A team that missed a Friday says how old its news is."""
    assert "最近一份周报是 21 天前的" in render_text(_asked(autumn, team="支付中心", today="2023-10-20"))


def test_an_unknown_team_and_a_time_without_reports_have_no_answer(autumn: Library) -> None:
    """The teams that there are are offered instead."""
    unknown = _asked(autumn, words="数据平台部")
    assert not unknown.found
    assert words_of(unknown.head) == "没有叫“数据平台部”的团队"
    assert unknown.data["teams"] == ["支付中心", "风控中台"]
    assert not ask(autumn, "/team 风控 2023年1月", TODAY).found


def test_in_english(autumn: Library) -> None:
    """The same in English, names as written."""
    answer = ask(autumn, "how is 支付中心 doing", TODAY, "en")
    assert answer.kind is Kind.TEAM
    assert words_of(answer.head).startswith("支付中心 · 第40周 (2023-09-29): 3 projects under way")


def test_a_week_that_goes_on_has_the_newest_report_until_its_own_is_there(autumn: Library) -> None:
    """On a Tuesday this week has no report: the newest one is told and called so; a week that is over has none."""
    answer = ask(autumn, "支付中心这周怎么样", TODAY)
    assert answer.found
    assert "2023-10-02 至 2023-10-08 还没有周报" in render_text(answer)
    assert not ask(autumn, "支付中心9月11日那周怎么样", TODAY).found
