"""`/risks`: what is blocked, waiting, falling, stalled or too slow for its date, with its lines and its sum."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.made_up import Put, answered, ask, weekly
from support.truth import false_quotes

from bot.answers.model import Answer, words_of
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library
from store.records import ProjectName
from store.viewer import EVERYONE

TODAY = "2023-10-09"
LISTED = "\n".join(["", "## 风险与依赖", "", "- 海棠平台：压测环境只有一套。", "- 依赖账户侧提供接口。", ""])
TEXTS = {
    "w37.md": weekly("第37周", "2023-09-08", [
        "- 海棠平台：进度40%", "- 云帆平台：进度60%", "- 青松平台：进度10%，10/15上线", "- 银杏平台：进度20%",
    ]),
    "w38.md": weekly("第38周", "2023-09-15", [
        "- 海棠平台：进度40%", "- 云帆平台：进度50%，复核后返工", "- 青松平台：进度15%，10/15上线",
        "- 银杏平台：进度20%，阻塞，等待法务确认",
    ]),
    "w39.md": weekly("第39周", "2023-09-22", [
        "- 海棠平台：进度40%", "- 云帆平台：进度70%", "- 青松平台：进度20%，10/15上线",
        "- 银杏平台：进度20%，阻塞，等待法务确认",
    ]),
    "w40.md": weekly("第40周", "2023-09-29", [
        "- 海棠平台：进度40%", "- 云帆平台：进度80%，依赖账户侧接口", "- 青松平台：进度25%，10/15上线",
        "- 银杏平台：进度30%，法务已确认，恢复开发",
    ]) + LISTED,
}  # fmt: skip


def _asked(library: Library, **asked: Any) -> Answer:
    return answered(library, Kind.RISKS, asked.pop("today", TODAY), **asked)


def _named(library: Library, name: str) -> ProjectName:
    return next(p for p in library.projects(EVERYONE, date(2030, 1, 1)) if p.name == name)


def _findings(answer: Answer) -> set[tuple[str | None, str]]:
    return {(entry["name"], finding["danger"]) for entry in answer.data["risks"] for finding in entry["findings"]}


def test_the_dangers_of_now_are_those_that_still_hold(reports: Library) -> None:
    """By the newest report: what stalls, waits, is too slow, and what the report lists itself; no fall or block that
    is over."""
    answer = _asked(reports)
    assert _findings(answer) == {
        ("海棠平台", "stalled"), ("云帆平台", "waiting"), ("青松平台", "pace"), ("海棠平台", "risk"), (None, "waiting"),
    }  # fmt: skip
    kinds = "（等待/依赖 2、进度停滞 1、赶不上日期 1、风险 1）"
    assert words_of(answer.head).startswith(f"截至 2023-10-09：5 处风险{kinds}")
    assert not false_quotes(answer, TEXTS.__getitem__)


def test_a_computed_danger_shows_its_sum_and_its_lines(reports: Library) -> None:
    """A stall names its reports, a pace what is left, the days, and the fastest week; each figure's line is cited."""
    answer = _asked(reports)
    text = render_text(answer)
    assert "进度停滞：连续 4 份周报都是 40%（9/8–9/29）" in text
    assert "25%，离上线（10/15）16 天还差 75 个百分点，每周要 +32.8；以往最快每周 +5.0" in text
    quotes = [c.quote for c in answer.citations]
    assert quotes.count("- 海棠平台：进度40%") == 4
    assert "- 青松平台：进度25%，10/15上线" in quotes


def test_the_kind_asked_for_narrows(reports: Library) -> None:
    """依赖 lists what waits, 停滞 what stalls, and two kinds in one question both."""
    assert {d for _, d in _findings(ask(reports, "现在有哪些依赖?", TODAY))} == {"waiting"}
    assert _findings(ask(reports, "哪些项目停滞了", TODAY)) == {("海棠平台", "stalled")}
    both = ask(reports, "现在有哪些阻塞/依赖?", TODAY)
    assert both.data["kinds"] == ["blocked", "waiting"]
    assert {d for _, d in _findings(both)} == {"waiting"}


def test_none_of_a_kind_is_well_founded(reports: Library) -> None:
    """Where nothing is called blocked, what waits is named: no all-clear in a meeting."""
    answer = ask(reports, "/阻塞", TODAY)
    assert answer.found
    assert words_of(answer.head) == "截至 2023-10-09：1 处风险（等待/依赖 1）：云帆平台"
    assert len(answer.data["consulted"]) == 4


def test_as_of_an_earlier_day_the_block_stands(reports: Library) -> None:
    """Later reports don't exist: the project is blocked, since two reports."""
    answer = ask(reports, "as of 9/25 有哪些阻塞", TODAY)
    assert _findings(answer) == {("银杏平台", "blocked")}
    assert "阻塞：2 份周报写到（9/15–9/22）" in render_text(answer)


def test_a_range_tells_what_was_told_in_it(reports: Library) -> None:
    """Of past weeks also what is over by now."""
    answer = ask(reports, "9月有哪些倒退的", TODAY)
    assert _findings(answer) == {("云帆平台", "falling")}
    assert "进度倒退：60% → 50%，−10 个百分点（9/8–9/15）" in render_text(answer)
    assert [c.quote for c in answer.citations] == ["- 云帆平台：进度50%，复核后返工", "- 云帆平台：进度60%"]


def test_a_project_that_is_no_longer_blocked_says_so_first(reports: Library) -> None:
    """The first line doesn't give the old block for the present, and the newest line stands before it."""
    answer = _asked(reports, project=_named(reports, "银杏平台"), aspect="blocked")
    head = words_of(answer.head)
    assert head.startswith("银杏平台：最新一次写到（9/29）已没有阻塞；此前 阻塞：2 份周报写到（9/15–9/22）")
    text = render_text(answer)
    assert text.index("最新：30%") < text.index("已不再写到")
    assert "- 银杏平台：进度30%，法务已确认，恢复开发" in [c.quote for c in answer.citations]


def test_a_project_with_a_danger_has_it_in_the_first_line(reports: Library) -> None:
    """Its danger and the words that tell of it."""
    head = words_of(_asked(reports, project=_named(reports, "云帆平台")).head)
    assert head == "云帆平台：等待/依赖——“依赖账户侧接口”"


def test_words_of_the_trade_are_no_danger(library: Library, put: Put) -> None:
    """风险等级 is no risk, and what doesn't block is no block."""
    told = ["- 海棠平台：进度40%，风险等级复评规则改造", "- 云帆平台：进度50%，遗留2个缺陷不阻塞"]
    put(weekly("第40周", "2023-09-29", told))
    answer = _asked(library)
    assert answer.found
    assert answer.data["risks"] == []


def test_what_is_done_and_then_tested_does_not_fall(library: Library, put: Put) -> None:
    """100 % of the development and then 30 % of the test cases is no step back."""
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：开发进度100%"]), name="w39.md")
    put(weekly("第40周", "2023-09-29", ["- 海棠平台：测试中，用例执行30%"]), name="w40.md")
    assert "falling" not in {danger for _, danger in _findings(_asked(library))}


def test_a_last_step_is_not_called_too_slow(library: Library, put: Put) -> None:
    """Somewhat more than the fastest week so far may well be done."""
    for at, (day, percent) in enumerate([("09-15", 70), ("09-22", 80), ("09-29", 88)]):
        put(weekly(f"第{38 + at}周", f"2023-{day}", [f"- 海棠平台：进度{percent}%，10/6上线"]), name=f"w{at}.md")
    assert _findings(_asked(library, today="2023-10-02")) == set()


def test_unknown_words_and_no_reports(reports: Library) -> None:
    """Words that no danger speaks of are named, and a time without reports has no answer."""
    unknown = _asked(reports, words="机房")
    assert not unknown.found
    assert "机房" in words_of(unknown.head)
    assert not ask(reports, "2022年1月有哪些风险", TODAY).found


def test_in_english(library: Library, put: Put) -> None:
    """English reports are read and answered in English."""
    told = ["# Week 40 2023-09-29", "", "## Projects", "", "- **Fee engine** — 40%, blocked by the acquirer", ""]
    put("\n".join(told), name="w40.md")
    answer = ask(library, "what's blocked", TODAY)
    assert _findings(answer) == {("Fee engine", "blocked")}
    assert words_of(answer.head) == "up to 2023-10-09: 1 at risk (blocked 1): Fee engine"


LOWS = "\n".join(["", "## Lowlights", "", "- 白桦直连未能提测，接口限流未解决", ""])


def test_what_is_late_for_a_listed_reason_is_stuck_too(library: Library, put: Put) -> None:
    """卡在哪 lists a project that is late and stands in the report's lowlights; one that is only late is not stuck."""
    put(weekly("第40周", "2023-09-29", [
        "- 白桦直连：进度75%，上线由9/25推迟至10/9", "- 红枫平台：进度30%，上线由9/28推迟至10/20",
        "- 紫藤平台：进度10%，暂停",
    ]) + LOWS)  # fmt: skip
    answer = ask(library, "卡在哪", TODAY)
    assert {entry["name"] for entry in answer.data["risks"]} == {"紫藤平台", "白桦直连"}
    assert "白桦直连未能提测，接口限流未解决" in render_text(answer)
    assert "红枫" not in render_text(answer)


@pytest.mark.parametrize(
    "question", ["what was blocking 银杏平台 in September", "what's holding up 银杏平台", "什么卡着银杏平台"]
)
def test_what_blocks_a_project_is_asked_in_many_words(reports: Library, question: str) -> None:
    """Blocking, holding up and 卡着 ask for what stood in its way, with the words of the reports of that time."""
    answer = ask(reports, question, TODAY)
    assert answer.kind is Kind.RISKS
    assert "等待法务确认" in render_text(answer)


def test_initials_name_the_project_that_is_stuck(reports: Library) -> None:
    """htpt卡在哪 asks for 海棠平台, though 哪 is left beside the initials."""
    assert ask(reports, "htpt卡在哪", TODAY).data["risks"] == ask(reports, "海棠平台卡在哪", TODAY).data["risks"]


def test_a_row_of_a_table_gives_way_to_the_reason(library: Library, put: Put) -> None:
    """The first line on one project quotes the risk that the report lists, and no row of cells."""
    table = ["## 项目进展", "", "| 项目 | 进度 | 状态 |", "| --- | --- | --- |", "| 海棠平台 | 30% | 阻塞 |", ""]
    put("\n".join(["# 第40周 2023-09-29", "", *table, "## 风险与问题", "", "- 海棠平台：等待财务侧口径", ""]))
    assert "等待财务侧口径" in words_of(ask(library, "海棠平台卡在哪", TODAY).head)
