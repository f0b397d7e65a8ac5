"""What strangers' exams found wrong in answers: each mistake over small reports of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.made_up import Put, ask, weekly
from support.truth import false_quotes, stray_numbers

from bot.answers.model import Answer
from bot.render.text import render_text
from store.library import Library

W38 = weekly("第38周", "2023-09-15", [
    "- 海棠平台：开发进度60%，预计9/22提测",
    "- 清结算中台",
    "    1. 对账模块：进度30%",
    "    2. 大表治理：进度40%，已归档12/30张",
    "- 收银中台",
    "    1. 对账模块：进度70%",
    "- 云杉代付：9/14上线，首批商户切入",
], ["- 9/12 08:05 青禾行代付超时，影响3笔", "处置：扩容网关。"])  # fmt: skip
W39 = weekly("第39周", "2023-09-22", [
    "- 海棠平台：开发进度75%，提测由9/22调整至9/28",
    "- 清结算中台：联调中，大表治理已归档28/30张",
    "- 云杉代付：9/21上线，二批商户切入",
], ["- 9/20 21:40 日志磁盘写满，账单晚出30分钟", "处置：清理日志。"])  # fmt: skip
TEXTS = {"w38.md": W38, "w39.md": W39}
TODAY = "2023-09-25"


def first_line(answer: Answer) -> str:
    """The line that has to have the answer."""
    return render_text(answer).split("\n")[0]


def cited(answer: Answer) -> set[str]:
    """The reports that the answer cites."""
    return {citation.report.source for citation in answer.citations}


# ---- what is asked and isn't there ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("question", "asked"), [
    ("海棠平台的预算是多少", "预算"), ("海棠平台谁负责", "谁负责"), ("what is the budget of 海棠平台", "budget"),
    ("/status 海棠平台 预算", "预算"),
])  # fmt: skip
def test_what_no_report_says_of_a_project_is_said_first(reports: Library, question: str, asked: str) -> None:
    """A budget that no line speaks of is not found, the first line says so, and gives no figure in its place."""
    answer = ask(reports, question, TODAY)
    assert (answer.kind, answer.found) == ("status", False)
    assert asked in first_line(answer)
    assert "海棠平台" in first_line(answer)
    assert "75" not in first_line(answer)


def test_what_a_report_does_say_of_it_is_found(library: Library, put: Put) -> None:
    """A line that speaks of the budget answers the question for it."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：预算已批，开发进度60%"]))
    answer = ask(library, "海棠平台的预算是多少", TODAY)
    assert answer.found
    assert "预算已批" in render_text(answer)


@pytest.mark.parametrize(("question", "line"), [
    pytest.param("what is the budget of 海棠平台", "预算已批"),
    pytest.param("海棠平台谁负责", "负责人：交易一组"), ("海棠平台的负责人", "负责人：交易一组"),
])  # fmt: skip
def test_what_a_report_says_in_another_word_is_found(library: Library, put: Put, question: str, line: str) -> None:
    """Budget is 预算, and 谁负责 asks for the 负责人: where a report has them, it isn't said to be silent."""
    put(weekly("第38周", "2023-09-15", [f"- 海棠平台：开发进度60%，{line}"]))
    assert ask(library, question, TODAY).found


# ---- whose day it is -----------------------------------------------------------------------------------------------


def test_a_parts_day_is_not_given_as_the_projects(library: Library, put: Put) -> None:
    """Where only a part's launch is dated, its day stands in the first line with the part's name before it."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：联调中", "    1. 商户端：预计9/27上线"]))
    answer = ask(library, "海棠平台什么时候上线", TODAY)
    head = first_line(answer)
    assert "商户端" in head
    assert head.index("商户端") < head.index("9/27")
    assert [m["name"] for m in answer.data["asked"]["milestones"]] == ["商户端"]


def test_the_projects_own_day_goes_before_its_parts(library: Library, put: Put) -> None:
    """Where the project's own launch is dated, a part's day isn't in the first line."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：预计10/12上线", "    1. 商户端：预计9/27上线"]))
    head = first_line(ask(library, "海棠平台什么时候上线", TODAY))
    assert "10/12" in head
    assert "9/27" not in head


def test_what_went_live_twice_has_both_days(reports: Library) -> None:
    """Both days on which a project went live are in the first line, each with the clause that tells it apart."""
    answer = ask(reports, "云杉代付什么时候上线的", TODAY)
    days = {m["date_start"] for m in answer.data["asked"]["milestones"]}
    assert days == {"2023-09-14", "2023-09-21"}
    assert all(text in first_line(answer) for text in ("9/14", "9/21", "9/14上线", "9/21上线", "第38周"))
    assert cited(answer) == {"w38.md", "w39.md"}
    assert not false_quotes(answer, TEXTS.__getitem__)


# ---- incidents -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["白桦行的故障", "白桦行相关的事故", "incidents 白桦行", "/incidents 白桦行"])
def test_a_filter_that_nothing_fits_proves_nothing(reports: Library, question: str) -> None:
    """Nothing is cited or found, and the answer says how many incidents the time has all the same."""
    answer = ask(reports, question, TODAY)
    assert (answer.kind, answer.found, answer.citations) == ("incidents", False, ())
    assert (answer.data["count"], answer.data["in_range"], answer.data["incidents"]) == (0, 2, [])
    assert ("共有 2 起" if answer.lang == "zh" else "whatever about: 2") in render_text(answer)


def test_a_none_line_is_no_proof_for_a_filter(library: Library, put: Put) -> None:
    """`本周无生产稳定性事件` proves that there was none at all, and isn't cited for a bank's name."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：联调中"], ["本周无生产稳定性事件。"]))
    assert ask(library, "/incidents 9/11到9/15", TODAY).citations
    assert ask(library, "白桦行的故障 9/11到9/15", TODAY).citations == ()


def test_a_filter_that_fits_leaves_the_others_out(reports: Library) -> None:
    """青禾行相关的故障 is the one incident that speaks of 青禾行."""
    answer = ask(reports, "青禾行相关的故障", TODAY)
    assert [i["occurred_at"] for i in answer.data["incidents"]] == ["2023-09-12T08:05"]
    assert cited(answer) == {"w38.md"}


def test_the_newest_incident_is_one(reports: Library) -> None:
    """最近一次事故 is answered with the newest one alone."""
    answer = ask(reports, "最近一次事故", TODAY)
    assert [i["occurred_at"] for i in answer.data["incidents"]] == ["2023-09-20T21:40"]
    assert "青禾行" not in render_text(answer)


@pytest.mark.parametrize("question", ["昨天有什么故障", "any incidents yesterday?", "/incidents yesterday"])
def test_a_day_after_the_newest_report_is_not_covered(reports: Library, question: str) -> None:
    """No report tells of that day yet: not found, nothing cited, and no "none" claimed."""
    answer = ask(reports, question, "2023-09-27")
    assert (answer.kind, answer.found, answer.citations) == ("incidents", False, ())
    assert answer.range is not None
    assert "9/20" not in render_text(answer)


@pytest.mark.parametrize("question", [
    "/incidents", "最近一次事故", "青禾行相关的故障", "最近四周的事故", "/incidents 9/11到9/17", "/incidents 9/12",
    "/incidents 9/20",
])  # fmt: skip
def test_every_cited_report_was_consulted(reports: Library, question: str) -> None:
    """What is cited is among the reports said to have been looked in."""
    answer = ask(reports, question, TODAY)
    assert answer.citations
    assert cited(answer) <= {report["source"] for report in answer.data["consulted"]}


def test_a_late_report_that_tells_of_the_range_was_consulted(library: Library, put: Put) -> None:
    """An incident told weeks later is cited from that report, which is among the consulted ones."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：联调中"]), name="w38.md")
    put(weekly("第41周", "2023-10-08", ["- 海棠平台：联调中"], ["- 9/12 08:05 青禾行代付超时"]), name="w41.md")
    answer = ask(library, "/incidents 9/11到9/17", "2023-10-10")
    assert cited(answer) == {"w41.md"}
    assert {report["source"] for report in answer.data["consulted"]} == {"w38.md", "w41.md"}


# ---- parts ---------------------------------------------------------------------------------------------------------


def test_parts_of_one_name_are_offered_with_what_is_above(reports: Library) -> None:
    """Two parts of one name are told apart by their projects, and each question offered has the answer meant."""
    choice = ask(reports, "/status 对账模块", TODAY)
    assert (choice.kind, choice.found) == ("choice", False)
    options, questions = choice.data["options"], choice.suggestions
    assert sorted(options) == ["收银中台 对账模块", "清结算中台 对账模块"]
    progress = {o: ask(reports, q, TODAY).data.get("progress") for o, q in zip(options, questions, strict=True)}
    assert progress == {"收银中台 对账模块": 70, "清结算中台 对账模块": 30}


def row(answer: Answer, name: str) -> str:
    """The row of the answer's table that begins with a name."""
    return next(line for line in render_text(answer).split("\n") if line.lstrip(" •-|").startswith(name))


def test_a_line_that_tells_of_a_part_is_not_the_projects_progress(reports: Library) -> None:
    """28/30 is what the part has archived: the project above has no progress of its own."""
    answer = ask(reports, "/status 清结算中台", TODAY)
    assert (answer.data["progress"], answer.data["state"]) == (None, "in_progress")
    assert "93.33" not in render_text(answer)
    assert not stray_numbers(answer, date.fromisoformat(TODAY))


def test_newer_words_about_a_part_stand_in_its_row(reports: Library) -> None:
    """The row of the part has what the newer report says, with that report's line, and not last week's figure."""
    answer = ask(reports, "/status 清结算中台", TODAY)
    told = row(answer, "大表治理")
    assert "大表治理已归档28/30张" in told
    assert "40" not in told
    assert told.rstrip().endswith("6 行")
    assert any("28/30" in citation.quote for citation in answer.citations)


# ---- what is overdue -----------------------------------------------------------------------------------------------


def parts_of(library: Library, put: Put, second: str) -> tuple[str, dict[str, Any]]:
    """How a project of two parts stands: the first plans a launch on 9/20, the second says so."""
    put(
        weekly("第38周", "2023-09-15", ["- 海棠平台", "    1. 商户端：预计9/20上线", "    2. 柜面端：联调中"]),
        name="a.md",
    )
    put(weekly("第39周", "2023-09-22", ["- 海棠平台", f"    1. 柜面端：{second}"]), name="b.md")
    answer = ask(library, "/status 商户端", TODAY)
    return render_text(answer), answer.data


@pytest.mark.parametrize(("second", "overdue"), [
    ("9/20已上线", False), ("9/19已上线", True), ("9/20已提测", True), ("联调中", True),
])  # fmt: skip
def test_what_a_sibling_tells_as_done_is_not_overdue(library: Library, put: Put, second: str, overdue: bool) -> None:
    """The same event on the same day told as done beside it settles the plan; another event or day doesn't."""
    text, data = parts_of(library, put, second)
    assert data["project"] == "商户端"
    assert ("已到期，尚未见完成" in text) is overdue


def test_what_a_sibling_tells_as_done_is_not_overdue_above_either(library: Library, put: Put) -> None:
    """Asked of the project above, the part's plan isn't called overdue either."""
    parts_of(library, put, "9/20已上线")
    assert "已到期" not in render_text(ask(library, "/status 海棠平台", TODAY))


@pytest.mark.parametrize("question", ["商户端什么时候上线", "/status 商户端", "海棠平台什么时候上线"])
def test_a_parts_newer_day_in_the_line_above_replaces_its_plan(library: Library, put: Put, question: str) -> None:
    """`海棠平台：…，商户端9/21上线` is newer than the part's plan for 9/20: it stands first, and nothing is overdue."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台", "    1. 商户端：预计9/20上线"]), name="a.md")
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：联调中，商户端9/21上线"]), name="b.md")
    text = render_text(ask(library, question, TODAY))
    assert "9/21" in text
    assert "已到期" not in text
    assert "9/20" not in text or text.index("9/21") < text.index("9/20")


def test_a_figure_from_before_the_event_is_not_told_after_it(library: Library, put: Put) -> None:
    """65 % told before a project went live says nothing about it any more: it isn't shown as its last figure."""
    put(weekly("第37周", "2023-09-08", ["- 海棠平台：开发进度65%"]), name="a.md")
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：9/14上线"]), name="b.md")
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：新增商户12家"]), name="c.md")
    assert "65" not in render_text(ask(library, "/status 海棠平台", TODAY))


def test_the_last_figure_is_told_while_nothing_came_after_it(library: Library, put: Put) -> None:
    """Where the newest report has only words, the progress of an older one is told, with its report."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：开发进度65%"]), name="b.md")
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：弹窗文案已审"]), name="c.md")
    text = render_text(ask(library, "/status 海棠平台", TODAY))
    assert "65%" in text
    assert "第38周" in text


ENDING = weekly("第38周", "2023-09-15", [
    "- 埋点治理：方案评审通过，计划9/20结项", "- 云杉代付：9/14上线，首批商户切入",
    "- 海棠平台：开发进度60%，预计9/22提测",
], highlights=[
    "- 【港区XBA牌照续期】", "材料已提交，等待审批结果。",
    "- 【外部复评】", "整改完成3/9，计划10/12现场评估。"])  # fmt: skip
ENDED = weekly("第39周", "2023-09-22", [
    "- 埋点治理：9/20结项，共清理52个埋点", "- 云杉代付：累计接入8家商户", "- 海棠平台：开发进度75%",
], highlights=[
    "- 【港区XBA牌照续期】", "9/19续期获批，项目关闭。",
    "- 【外部复评】", "整改完成5/9，10/12现场评估不变。"])  # fmt: skip


@pytest.fixture
def ending(library: Library, put: Put) -> Library:
    """Two reports in which a project is closed and a highlight comes to its end."""
    put(ENDING, name="w38.md")
    put(ENDED, name="w39.md")
    return library


@pytest.mark.parametrize("question", [
    "埋点治理什么时候结项的", "埋点治理什么时候弄完的", "has 埋点治理 been closed? when",
])  # fmt: skip
def test_a_project_that_was_closed_has_its_day(ending: Library, question: str) -> None:
    """结项 ends a project as going live does, by whatever word its end is asked for."""
    answer = ask(ending, question, TODAY)
    assert answer.found
    assert "9/20" in first_line(answer)
    assert "w39.md" in cited(answer)


def test_a_project_under_way_has_no_day_of_its_end(ending: Library) -> None:
    """Of what isn't over no day is given as that of its end."""
    assert "9/22" not in first_line(ask(ending, "海棠平台什么时候结项的", TODAY))


def test_what_was_closed_is_done(ending: Library) -> None:
    """Projects that went live and those that were closed stand in one list."""
    text = render_text(ask(ending, "哪些项目已经上线或结项了", TODAY))
    assert "埋点治理" in text
    assert "云杉代付" in text
    assert "海棠平台" not in text


@pytest.mark.parametrize("question", ["when is the on-site assessment", "现场评估是哪天"])
def test_an_on_site_assessment_has_its_day(ending: Library, question: str) -> None:
    """The day on which somebody comes to look is a milestone like any other."""
    assert "10/12" in first_line(ask(ending, question, TODAY))


def test_a_highlight_has_its_course_and_its_dangers(ending: Library) -> None:
    """What only highlights tell of is found by a part of its name: its course, and that it waits no longer."""
    course = ask(ending, "XBA续期的来龙去脉", TODAY)
    assert course.found
    assert "9/19" in render_text(course)
    assert cited(course) == {"w38.md", "w39.md"}
    assert "9/19续期获批" in render_text(ask(ending, "XBA牌照续期还在等审批吗", TODAY))


def test_finished_projects_that_are_named_are_cited(ending: Library) -> None:
    """A finished project that the list of those under way names has the line by which it is over."""
    answer = ask(ending, "现在有哪些项目", TODAY)
    assert "云杉代付" in render_text(answer)
    assert any("9/14上线" in citation.quote for citation in answer.citations)
