"""What is asked of incidents beside the list: how many of which, causes, what is open, what came back, the worst."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.made_up import Put, answered, ask, weekly
from support.truth import false_quotes, stray_numbers

from bot.answers.model import Answer
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library
from store.words.ranges import find_range

TODAY = date(2023, 10, 10)
GATEWAY = ["- 9/12 08:05 海棠网关超时，持续6分钟，影响30笔，无资损，定级CD。", "处置：扩容网关后恢复，事件关闭。"]
DISK = ["- 9/13 21:40 日志磁盘写满，账单晚出30分钟", "处置：原因为归档任务未停，清理后恢复，持续跟进。"]
AGAIN = ["- 9/20 10:15 海棠网关超时，持续11分钟，影响12笔，定级AB。", "处置：限流。"]
TEXTS = {
    "w38.md": weekly("第38周", "2023-09-15", ["- 海棠网关：开发60%"], [*GATEWAY, *DISK]),
    "w39.md": weekly("第39周", "2023-09-22", ["- 海棠网关：开发70%"], AGAIN),
    "w40.md": weekly("第40周", "2023-09-29", ["- 海棠网关：开发80%"], ["本周无生产稳定性事件。"]),
}


def _asked(library: Library, **asked: Any) -> Answer:
    span = find_range(asked.pop("span"), TODAY) if "span" in asked else None
    return answered(library, Kind.INCIDENTS, TODAY.isoformat(), range=span, **asked)


def _first(answer: Answer) -> str:
    return render_text(answer).split("\n")[0]


def test_the_first_line_counts_by_severity(reports: Library) -> None:
    """How many of each severity stands in the first line, and what no report grades is counted apart."""
    answer = _asked(reports)
    assert "3 起生产事件：AB 1 起、CD 1 起、未写级别 1 起" in _first(answer)
    assert {row["severity"]: row["count"] for row in answer.data["by_severity"]} == {"AB": 1, "CD": 1, None: 1}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("aspect", [
    "by_system", "by_severity", "by_week", "by_month", "recurrence", "worst", "open", "cause", "handling", "impact",
    "duration", "count",
])  # fmt: skip
def test_every_aspect_cites_what_it_says(reports: Library, aspect: str, lang: str) -> None:
    """Whatever is asked of them, each incident that is counted or shown is quoted as its report writes it."""
    answer = _asked(reports, aspect=aspect, lang=lang)
    assert answer.found
    assert false_quotes(answer, TEXTS.__getitem__) == []
    assert {c.report.source for c in answer.citations} >= {"w38.md", "w39.md"}


def test_systems_are_counted_with_the_days(reports: Library) -> None:
    """By system, the one with most comes first, with its days; the first line names it."""
    answer = _asked(reports, aspect="by_system")
    top = answer.data["by_system"][0]
    assert top["count"] == 2
    assert f"最多的是 {top['system']} 2 起" in _first(answer)
    assert "9/20、9/12" in render_text(answer)


def test_weeks_are_counted_with_those_that_had_none(reports: Library) -> None:
    """By week, oldest first: a week with a report and no incident is a 0, one without a report is no 0."""
    answer = _asked(reports, aspect="by_week", span="9/11到10/8")
    lines = render_text(answer).split("\n")
    rows = [line.split() for line in lines if line.startswith("  ")]
    told = [["9/11–9/17", "2", "起"], ["9/18–9/24", "1", "起"], ["9/25–10/1", "0", "起"], ["10/2–10/8", "没有周报"]]
    assert rows == told


def test_a_single_handling_stands_in_the_first_line(reports: Library) -> None:
    """Who asks how one incident was handled gets that first, with the incident that is meant."""
    answer = _asked(reports, aspect="handling", words="网关", span="9/12")
    assert _first(answer) == "处置：扩容网关后恢复，事件关闭。（9/12 08:05 海棠网关超时）"
    assert answer.citations[0].quote == "\n".join(GATEWAY)


def test_a_cause_is_the_reports_own_words(reports: Library) -> None:
    """The cause is quoted, from the handling too; of an incident whose entry gives none, that is said."""
    assert _first(_asked(reports, aspect="cause", words="磁盘")).startswith("原因：原因为归档任务未停（")
    assert _first(_asked(reports, aspect="cause", span="9/20")).startswith("原因：周报的事件条目未写（")


def test_open_closed_and_not_said_are_told_apart(reports: Library) -> None:
    """An incident is open only where its report says so, and what nobody says of stands apart from both."""
    answer = _asked(reports, aspect="open")
    assert (answer.data["open"], answer.data["closed"], answer.data["unsaid"]) == (1, 1, 1)
    assert "写明未关闭的 1 起；已关闭 1 起，未写是否关闭 1 起" in _first(answer)


def test_what_came_back_is_told_with_each_time(reports: Library) -> None:
    """Two incidents at one system recur; an incident that stands alone doesn't."""
    (row,) = _asked(reports, aspect="recurrence").data["recurrent"]
    assert row["days"] == ["2023-09-20", "2023-09-12"]


def test_nothing_came_back_is_an_answer(reports: Library) -> None:
    """Where no two are alike the answer says so and doesn't make up a pattern."""
    answer = _asked(reports, aspect="recurrence", span="9/13到9/20")
    assert answer.data["recurrent"] == []
    assert "出过两次及以上的有 0 处" not in _first(answer)


def test_the_worst_says_by_which_measure(reports: Library) -> None:
    """The gravest by severity, the largest count and the longest may be different ones: each with its measure."""
    answer = _asked(reports, aspect="worst")
    told = {one["measure"]: one["occurred_at"] for one in answer.data["worst"]}
    assert told == {"severity": "2023-09-20", "amount": "2023-09-12", "duration": "2023-09-20"}
    assert "级别最高：AB" in _first(answer)


def test_one_severity_filters(reports: Library) -> None:
    """CD级 leaves the incidents of that severity, however it is written."""
    assert [i["severity"] for i in _asked(reports, words="CD级").data["incidents"]] == ["CD"]


def test_a_severity_that_reports_use_may_have_none(reports: Library) -> None:
    """None of a severity of a scale that the reports use is an answer, with those that nobody graded beside it; of a
    scale that they don't use nothing is known."""
    none = _asked(reports, words="CD级", span="9/18到9/24")
    assert (none.found, none.data["count"]) == (True, 0)
    assert _asked(reports, words="P1").found is False


def test_none_of_a_known_system_is_an_answer(reports: Library) -> None:
    """A system that some incident spoke of had none in a covered week: found, with the last one before."""
    answer = _asked(reports, words="网关", span="9/25到10/1")
    assert answer.found
    assert "此前最近一次：9/20 10:15 海棠网关超时" in render_text(answer)
    assert _asked(reports, words="机房断电", span="9/25到10/1").found is False


def test_a_project_filters_by_its_names(reports: Library) -> None:
    """A project's incidents are those whose text names it, and not its team's others."""
    project = next(p for p in reports.projects(_viewer(), TODAY) if p.name == "海棠网关")
    answer = _asked(reports, project=project)
    assert [i["occurred_at"] for i in answer.data["incidents"]] == ["2023-09-20T10:15", "2023-09-12T08:05"]
    assert "与“海棠网关”有关" in _first(answer)


def _viewer() -> Any:
    from store.viewer import EVERYONE

    return EVERYONE


def test_contradicting_counts_are_pointed_out(library: Library, put: Put) -> None:
    """Where a later report counts the same incident differently, both stand there and it is said."""
    put(weekly("第38周", "2023-09-15", (), ["- 9/12 08:05 海棠网关超时，影响30笔"]), name="w38.md")
    put(weekly("第39周", "2023-09-22", (), ["- 9/12 08:05 海棠网关超时（上周已报），影响34笔"]), name="w39.md")
    answer = _asked(library)
    text = render_text(answer)
    assert answer.data["incidents"][0]["disputed"] == ["笔"]
    assert all(words in text for words in ("30笔", "34笔", "写的数不同（笔）"))


def test_a_figure_that_the_incidents_contradict_is_shown(library: Library, put: Put) -> None:
    """A report that counts no CD and tells of one is contradicted by itself: both lines are cited."""
    text = weekly("第38周", "2023-09-15", (), GATEWAY).replace(
        "## 【O3", "## 【系统运行数据】\n\n- 事故数AB级0次，CD级0次\n\n## 【O3"
    )
    put(text, name="w38.md")
    answer = _asked(library)
    assert "指标写“事故数CD级”0（5 行），同一份周报的事件却有 1 起" in render_text(answer)
    assert [c.quote for c in answer.citations] == ["\n".join(GATEWAY), "- 事故数AB级0次，CD级0次"]


def test_a_figure_that_may_be_right_is_left_alone(library: Library, put: Put) -> None:
    """One CD counted and one incident that nobody graded: no contradiction, so nothing is said."""
    figure = "## 【系统运行数据】\n\n- CD级事故数1次\n\n## 【O3"
    put(weekly("第38周", "2023-09-15", (), DISK).replace("## 【O3", figure), name="w38.md")
    assert "同一份周报的事件却有" not in render_text(_asked(library))


def test_more_shows_the_next_ones(library: Library, put: Put) -> None:
    """What is left of a long list comes with "more", and no further offer behind the last."""
    told = [f"- 9/{day} 0{hour}:10 渠道{day}{hour}号超时" for day in range(4, 9) for hour in range(1, 4)]
    put(weekly("第37周", "2023-09-08", (), told), name="w37.md")
    first, second = _asked(library), _asked(library, skip=10)
    assert (first.shown, second.shown, second.suggestions) == (10, 15, ())
    assert render_text(second).count("• ") == 5


def test_numbers_come_from_the_lines(reports: Library) -> None:
    """A count by system says no number that isn't counted from the incidents."""
    assert stray_numbers(_asked(reports, aspect="by_system"), TODAY) == []


ENGLISH = [
    "## Incidents", "", "- **Sev1** Oct 3 03:30 – Card switch down, both nodes lost quorum, 27 minutes",
    "  - Impact: 11,900 authorisations declined, 42 customers called", "  - Fix: manual start, third node ordered",
    "  - Status: open", "- **Sev3** Sep 26 06:10 – Statement batch late", "  - Fix: batch window moved to 02:00",
    "  - Status: closed on 2 October", "", "## Highlights", "",
    "- Card switch: root cause is a firmware fault of the second node",
]  # fmt: skip
ASKED_OF = [
    ("any Sev1 incidents?", "incidents about “Sev1” found: 1", True),
    ("how many sev-3s in September", "incidents about “Sev3” found: 1", True),
    ("Sev2 or worse?", "incidents about “Sev0 Sev1 Sev2” found: 1", True),
    ("有P1事件吗", "没有", False),
    ("root cause of the card switch outage", "firmware fault of the second node", True),
    ("root cause of the statement batch incident", "Cause: not in the report's entry", False),
    ("how many authorisations were declined when the card switch went down", "11,900 authorisations declined", True),
    ("how many customers called in the card switch outage", "42 customers called", True),
    ("how many merchants were affected by the statement batch incident", "Statement batch late", False),
    ("is the statement batch incident closed?", "closed on 2 October", True),
    ("what was the fix for the statement batch incident", "batch window moved to 02:00", True),
]  # fmt: skip


@pytest.mark.parametrize(("question", "first", "found"), ASKED_OF)
def test_what_is_asked_of_one_stands_in_the_first_line(
    library: Library, put: Put, question: str, first: str, found: bool
) -> None:
    """A severity narrows; a cause, a number with its unit, a state: told first, from elsewhere too, or not found."""
    put("\n".join(["# Cards weekly report, Week 40 (Oct 2 - Oct 6, 2023)", "", *ENGLISH]), name="w40.md")
    answer = ask(library, question, "2023-10-09")
    assert (answer.found, first in _first(answer)) == (found, True), render_text(answer)


def test_a_graded_incident_is_asked_for_and_not_the_figure_of_its_name(library: Library, put: Put) -> None:
    """AB级事故 are incidents, though a figure is named 事故数AB级; who says 事故数 means the figure."""
    incident = ["- 9/20 10:15 海棠网关超时，影响12笔，AB级", "处置：限流，已恢复。"]
    put(weekly("第39周", "2023-09-22", ["- 海棠网关：开发70%", "- 事故数AB级：1次"], incident), name="w39.md")
    assert "海棠网关超时" in render_text(ask(library, "AB级事故有几起", TODAY.isoformat()))
    assert ask(library, "AB级和P1事件各几起", TODAY.isoformat()).data["count"] == 1
    assert ask(library, "出过几次问题", TODAY.isoformat()).kind is Kind.INCIDENTS


def test_what_a_report_tells_is_counted_whenever_it_happened(library: Library, put: Put) -> None:
    """第38周的周报写了几起 counts those of that report, the Sunday before too; 第38周有几起 those of the week."""
    sunday = ["- 9/10 10:15 海棠网关超时，影响12笔。", "处置：限流。"]
    put(weekly("第38周", "2023-09-15", ["- 海棠网关：开发60%"], [*sunday, *GATEWAY]), name="w38.md")
    assert ask(library, "第38周的周报写了几起事故", TODAY.isoformat()).data["count"] == 2
    assert ask(library, "第38周有几起事故", TODAY.isoformat()).data["count"] == 1


def counted(label: str, day: str, count: int, *incidents: str) -> str:
    """A week's report whose figures count so many incidents of CD."""
    figures = f"## 【系统运行数据】\n\n- 事故数AB级0次，CD级{count}次\n\n"
    return weekly(label, day, ["- 海棠网关：开发60%"], incidents).replace("## 【O1", f"{figures}## 【O1")


def test_a_severity_is_counted_by_the_figures_too(library: Library, put: Put) -> None:
    """One incident is graded CD and the figures count two: both stand in the first line, with the sum and its lines."""
    texts = counted("第38周", "2023-09-15", 1, *GATEWAY), counted("第39周", "2023-09-22", 1, *DISK)
    put(texts[0], name="w38.md")
    put(texts[1], name="w39.md")
    answer = ask(library, "9月出了几次CD级事故", "2023-10-10")
    assert "1 起与“CD级”有关" in _first(answer)
    assert "合计 2" in _first(answer)
    assert "第38周: 1 + 第39周: 1 = 2" in render_text(answer)
    assert {(c.report.source, c.line) for c in answer.citations} >= {("w38.md", 5), ("w39.md", 5)}
    assert false_quotes(answer, {"w38.md": texts[0], "w39.md": texts[1]}.__getitem__) == []


def test_figures_that_agree_are_not_repeated(library: Library, put: Put) -> None:
    """One incident of CD and a figure of one: the figure adds nothing to the first line."""
    put(counted("第38周", "2023-09-15", 1, *GATEWAY), name="w38.md")
    assert "合计" not in _first(ask(library, "9月出了几次CD级事故", "2023-10-10"))
