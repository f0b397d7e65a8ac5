"""Names that people shorten, and lists asked for in other words: each over small made-up reports."""

from __future__ import annotations

from datetime import date

import pytest
from support.made_up import Put, ask, weekly

from bot.question.query import Kind
from bot.question.short_names import in_full
from bot.render.text import render_text
from store.library import Library
from store.viewer import EVERYONE

TODAY = "2023-09-25"
W38 = weekly("第38周", "2023-09-15", [
    "- 海棠供应链金融二期：开发进度40%，预计9/22提测",
    "- 备用库核对：进度70%",
    "- 云杉代付：9/14上线，首批商户切入",
    "- 生产数据看护：进度20%",
], ["- 9/12 08:05 小票断码，涉及机具17台、小票41张", "处置：回退模板。"])  # fmt: skip
W39 = weekly("第39周", "2023-09-22", [
    "- 海棠供应链金融二期：开发进度55%，提测由9/22调整至9/28",
    "- 备用库核对：进度90%，剩一个库",
    "- 云杉代付：9/21上线，二批商户切入",
], ["- 9/20 21:40 从库延迟最高600秒", "处置：停掉归档任务后追平。"])  # fmt: skip


@pytest.fixture
def weeks(library: Library, put: Put) -> Library:
    """Two reports of one team."""
    for name, text in (("w38.md", W38), ("w39.md", W39)):
        put(text, name=name)
    return library


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("byk核对到哪了", "备用库核对到哪了"),
        ("海棠金融二期还按计划走吗", "海棠供应链金融二期还按计划走吗"),
        ("测试数据看护怎么样了", "测试数据看护怎么样了"),
        ("海棠金融二期几号提测", "海棠金融二期几号提测"),
        ("xyz核对到哪了", "xyz核对到哪了"),
    ],
)
def test_a_shortened_name_is_written_in_full(weeks: Library, asked: str, read: str) -> None:
    """Initials and pieces in the name's order stand for it; other words before a piece, wrong initials and a question
    for a day leave the question as it is."""
    assert in_full(asked, weeks.projects(EVERYONE, date.fromisoformat(TODAY))) == read


def test_initials_before_characters_name_a_project(weeks: Library) -> None:
    """byk核对 is 备用库核对."""
    said = ask(weeks, "byk核对到哪了", TODAY)
    assert said.kind is Kind.STATUS
    assert said.found
    assert "90%" in render_text(said).splitlines()[0]


def test_a_shortened_name_has_a_course(weeks: Library) -> None:
    """The words of a shortened name aren't looked for in the lines of its course."""
    said = ask(weeks, "海棠供应链金融9月各周进度", TODAY)
    assert said.kind is Kind.HISTORY
    assert said.found


@pytest.mark.parametrize("asked", ["最近两周有东西上线吗", "最近两周谁上线了"])
def test_what_went_live_is_no_incident(weeks: Library, asked: str) -> None:
    """An event alone asks for dates, though an incident's line has its word."""
    said = ask(weeks, asked, TODAY)
    assert said.kind is Kind.DONE
    assert said.found
    assert "云杉代付" in render_text(said)


@pytest.mark.parametrize(("asked", "kind"), [
    ("有几个项目晚于原计划", Kind.SLIPS), ("看下日期调整过的里程碑", Kind.SLIPS),
    ("最近两周没写的项目", Kind.SILENT), ("有被遗忘的项目吗", Kind.SILENT), ("烂尾的有没有", Kind.SILENT),
    ("漏报的有几周", Kind.MISSING), ("给个里程碑日历", Kind.MILESTONES), ("本周的关键日期", Kind.MILESTONES),
    ("支付中心第一份周报", Kind.COVERAGE), ("对比一下38周和39周", Kind.CHANGES),
])  # fmt: skip
def test_lists_in_other_words(weeks: Library, asked: str, kind: Kind) -> None:
    """Each asks for its list, and not for all projects or the newest report."""
    assert ask(weeks, asked, TODAY).kind is kind


def test_what_is_counted_is_no_word_of_an_incident(weeks: Library) -> None:
    """Of 多少台机具 the 机具 is looked for, and the first line says how many."""
    said = ask(weeks, "小票断码影响多少台机具", TODAY)
    assert said.kind is Kind.INCIDENTS
    assert "机具17台" in render_text(said).splitlines()[0]


def test_how_an_incident_was_handled_is_no_figure(weeks: Library) -> None:
    """从库延迟怎么处理的 asks for the handling of an incident, whatever figures end in 延迟."""
    said = ask(weeks, "从库延迟怎么处理的", TODAY)
    assert said.kind is Kind.INCIDENTS
    assert "停掉归档任务" in render_text(said).splitlines()[0]
