"""The first day of a plan and what came of it; lists by event words alone; what ever fell back."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly

from bot.render.text import render_text
from store.library import Library

TEXTS = {
    "w38.md": weekly("第38周", "2023-09-15", [
        "- 海棠平台：开发60%，预计9/20提测，9/28全量切换", "- 木槿网关：开发50%", "- 整体上线9/18→：9/26上线"]),
    "w39.md": weekly("第39周", "2023-09-22", [
        "- 海棠平台：开发70%，9/20切量5%，因9/19事件全量切换由9/28推迟至10/12", "- 木槿网关：开发40%，返工",
        "- 云杉代付：9/21上线"]),
    "w40.md": weekly("第40周", "2023-09-29", [
        "- 海棠平台：9/26提测完成，10/12全量", "- 木槿网关：开发45%，10/5评审，10/6上线", "- 云杉代付：运行平稳"]),
}  # fmt: skip
TODAY = "2023-10-02"


@pytest.mark.parametrize(("question", "days"), [
    ("海棠平台全量从几号拖到几号了", "9/28 → 10/12"), ("海棠全量原来定的几号 现在几号", "9/28 → 10/12"),
    ("海棠平台提测 第一次说几号 实际几号", "9/20 → 9/26"),
    ("海棠平台 hand-over to test: planned vs actual date", "9/20 → 9/26"),
    ("original target date of 海棠平台 for the hand-over to test?", "9/20 → 9/26"),
])  # fmt: skip
def test_the_first_day_of_a_plan_stands_beside_the_last_one(reports: Library, question: str, days: str) -> None:
    """Who asks for the original day and the actual one gets both, in the first line, and no step of 5% between."""
    answer = ask(reports, question, TODAY)
    assert answer.kind == "slips"
    assert days in render_text(answer).split("\n")[0]


@pytest.mark.parametrize(("question", "kind", "name"), [
    ("9月都上线了什么", "done", "云杉代付"), ("这周有什么要上线要评审的", "milestones", "木槿网关"),
])  # fmt: skip
def test_an_event_alone_is_no_name(reports: Library, question: str, kind: str, name: str) -> None:
    """上线 asks for a list, whatever projects have the word in a misread name; two events ask for both."""
    answer = ask(reports, question, TODAY)
    assert (answer.kind, answer.found) == (kind, True)
    assert name in render_text(answer)


@pytest.mark.parametrize("question", ["哪些项目进度往回掉过", "have any projects gone backwards"])
def test_what_ever_fell_back_is_told_over_all_reports(reports: Library, question: str) -> None:
    """木槿网关 fell from 50% to 40% and rose since: it is among those that ever fell."""
    assert "木槿网关" in render_text(ask(reports, question, TODAY))


@pytest.mark.parametrize(("question", "kind", "name"), [
    ("which projects are already live", "done", "云杉代付"), ("go-lives still ahead?", "milestones", "木槿网关"),
    ("dates for next week (9-15 Oct)", "milestones", "海棠平台"),
])  # fmt: skip
def test_what_is_live_and_what_is_ahead_are_asked_for_in_many_words(
    reports: Library, question: str, kind: str, name: str
) -> None:
    """Already live is done, still ahead is to come, and a range said twice is one."""
    answer = ask(reports, question, TODAY)
    assert (answer.kind, answer.found) == (kind, True)
    assert name in render_text(answer)


def test_a_list_of_projects_names_the_finished_ones_and_has_the_silent_ones_last(library: Library, put: Put) -> None:
    """What the newest report speaks of stands before what none has for weeks; the finished are named and cited."""
    put(weekly("第36周", "2023-09-01", ["- 远山网关：开发90%，阻塞", "- 云杉代付：8/31上线，项目结项"]), name="w36.md")
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：开发70%"]), name="w39.md")
    answer = ask(library, "/projects", TODAY)
    text = render_text(answer)
    assert text.index("海棠平台") < text.index("远山网关") < text.index("云杉代付")
    assert any("结项" in citation.quote for citation in answer.citations)


def test_why_something_slipped_is_told_in_the_words_of_the_report(library: Library, put: Put) -> None:
    """咋推迟了 asks for the reason: the highlight that gives it is quoted and cited."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：首批切换9/26"]), name="w38.md")
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：首批切换10/12"], highlights=[
        "- 【海棠平台】方案评审未通过，首批切换由9/26调整到10/12"]), name="w39.md")  # fmt: skip
    assert "评审未通过" in render_text(ask(library, "海棠平台首批咋推迟了", TODAY)).split("\n")[0]


def test_at_risk_or_blocked_asks_for_both(library: Library, put: Put) -> None:
    """One of two projects is blocked, the other at risk: both are named."""
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：联调阻塞", "- 木槿网关：开发40%，10/6上线有风险"]))
    text = render_text(ask(library, "what is at risk or blocked", TODAY))
    assert "海棠平台" in text
    assert "木槿网关" in text


@pytest.mark.parametrize("question", [
    "海棠平台9/26为啥没上成", "海棠平台怎么没按时上线", "why didn't 海棠平台 go live on 26 Sep",
])  # fmt: skip
def test_why_a_day_was_missed_is_told_by_the_line_that_says_so(library: Library, put: Put, question: str) -> None:
    """The day in the question is that of the plan, and no week whose incidents are asked for."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：9/26上线"]), name="w38.md")
    put(weekly("第40周", "2023-09-29", ["- 海棠平台：因证书被误吊销未能上线，上线改到10/12"]), name="w40.md")
    answer = ask(library, question, TODAY)
    assert answer.kind == "slips"
    assert "证书被误吊销" in render_text(answer)
