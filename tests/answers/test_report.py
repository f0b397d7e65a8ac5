"""`/report WEEK`: one week's report with its lines, by label, by date, by team; neighbours where there is none."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly
from support.truth import false_quotes

from bot.render.text import render_text
from store.library import Library

W38 = weekly("第38周", "2023-09-15", ["- 海棠平台：开发进度61%"], ["本周无生产稳定性事件。"], ["1. 海棠提测"],
             ["- 【封网演练】", "9/13晚完成一次演练。"])  # fmt: skip
W39 = weekly("第39周", "2023-09-22", ["- 海棠平台：开发进度72%"])
W41 = weekly("第41周", "2023-10-08", ["- 海棠平台：开发进度93%"])
TEXTS = {"w38.md": W38, "w39.md": W39, "w41.md": W41}


@pytest.mark.parametrize(("question", "label"), [
    ("/report", "第41周"), ("/report latest", "第41周"), ("最新周报", "第41周"), ("周报", "第41周"),
    ("/report 第38周", "第38周"), ("/report W38", "第38周"), ("第38周的周报", "第38周"), ("/report 38周", "第38周"),
    ("/report 9/22", "第39周"), ("/report 9/20", "第39周"), ("/report week of 9/20", "第39周"),
    ("9/20那周的周报", "第39周"), ("/report last week", "第41周"), ("上周周报", "第41周"),
    ("/report 支付中心", "第41周"), ("支付中心 第39周 周报", "第39周"), ("/report as of 9/30", "第39周"),
])  # fmt: skip
def test_a_week_is_named_in_many_ways(reports: Library, question: str, label: str) -> None:
    """The report that calls itself so, or whose week holds the day; without a week the newest one."""
    answer = ask(reports, question, "2023-10-11")
    assert (answer.kind, answer.found, answer.data.get("label")) == ("report", True, label)
    assert not false_quotes(answer, TEXTS.__getitem__)


@pytest.mark.parametrize("question", ["the 22 September report", "show me the 22 Sep report"])
def test_the_report_of_a_day_in_english(reports: Library, question: str) -> None:
    """ "The 22 September report" asks for that week's report."""
    assert ask(reports, question, "2023-10-11").data.get("label") == "第39周"


def test_its_lines_are_shown_with_their_numbers(reports: Library) -> None:
    """Sections, lines and goals are told as written, each line with its number."""
    answer = ask(reports, "/report 第38周", "2023-10-11")
    text = render_text(answer)
    numbered = dict(enumerate(W38.split("\n"), 1))
    shown = [line for line in text.split("\n") if line.startswith("  ") and line.endswith("行")]
    assert len(shown) == 5
    for line in shown:
        words, number = line.strip().removesuffix(" 行").rsplit("  ", 1)
        assert words in numbered[int(number)]
    assert [(goal["text"], goal["line"]) for goal in answer.data["goals"]] == [
        ("海棠提测", W38.split("\n").index("1. 海棠提测") + 1)
    ]


def test_a_label_that_is_not_the_iso_week_is_said(reports: Library) -> None:
    """Where the label isn't the ISO week, the answer says which report was taken and how the calendar calls it."""
    text = render_text(ask(reports, "/report W38", "2023-10-11"))
    note = next(line for line in text.split("\n") if "ISO" in line)
    assert "第38周" in note
    assert "37" in note
    assert "ISO" not in render_text(ask(reports, "/report 9/15", "2023-10-11"))


@pytest.mark.parametrize(("question", "today", "neighbours"), [
    ("/report 第30周", "2023-10-11", {"第38周"}), ("/report 9/27", "2023-10-11", {"第39周", "第41周"}),
    ("/report week of 9/27", "2023-10-11", {"第39周", "第41周"}), ("/report 8月", "2023-10-11", {"第38周"}),
    ("/report 第38周", "2023-09-10", set()), ("/report 上周", "2023-10-31", {"第41周"}),
])  # fmt: skip
def test_a_week_without_a_report_names_its_neighbours(
    reports: Library, question: str, today: str, neighbours: set[str]
) -> None:
    """No report: found is False, nothing is cited, the neighbouring weeks are named, and no value of theirs is told."""
    answer = ask(reports, question, today)
    text = render_text(answer)
    assert (answer.kind, answer.found, answer.citations) == ("report", False, ())
    assert {n["label"] for n in answer.data.get("neighbours", ())} == neighbours
    assert all(label in text for label in neighbours)
    assert "%" not in text


@pytest.mark.parametrize("question", ["/report 国庆前", "/report before 9/20"])
def test_a_range_since_ever_holds_all_earlier_reports(reports: Library, question: str) -> None:
    """Before a day means every report before it."""
    answer = ask(reports, question, "2023-10-11")
    assert answer.found


def test_a_range_of_several_weeks_lists_them(reports: Library) -> None:
    """A month holds several reports: they are listed newest first, each cited."""
    answer = ask(reports, "/report 9月", "2023-10-11")
    assert [report["label"] for report in answer.data["reports"]] == ["第39周", "第38周"]
    assert [c.report.source for c in answer.citations] == ["w39.md", "w38.md"]


def test_label_numbers_span_by_label(reports: Library) -> None:
    """W38-W39 are the reports that call themselves so."""
    answer = ask(reports, "/report W38-W39", "2023-10-11")
    assert [report["label"] for report in answer.data["reports"]] == ["第39周", "第38周"]


def test_several_teams_are_listed_and_one_can_be_named(reports: Library, put: Put) -> None:
    """The newest week of two teams is a list whose suggestions lead to one report each."""
    put(weekly("第39周", "2023-09-22", ["- 清算改造：开发进度5%"]), team="清算中心", name="c39.md")
    answer = ask(reports, "/report", "2023-10-11")
    assert {report["team"] for report in answer.data["reports"]} == {"支付中心", "清算中心"}
    chosen = {ask(reports, question, "2023-10-11").data.get("team") for question in answer.suggestions}
    assert chosen == {"支付中心", "清算中心"}


def test_this_years_label_wins_over_last_years(reports: Library, put: Put) -> None:
    """第38周 means the latest week of that number, not the one of a year before."""
    put(weekly("第38周", "2022-09-16", ["- 海棠平台：开发进度5%"]), name="old.md")
    assert ask(reports, "/report 第38周", "2023-10-11").data["report_date"] == "2023-09-15"


def test_the_umbrella_command_goes_by_what_follows(reports: Library) -> None:
    """`/report X`: a kind first, then a week or a team, then a project."""
    expected = {
        "/report status 海棠": "status",
        "/report incidents": "incidents",
        "/report search 封网": "search",
        "/report 第38周": "report",
        "/report 海棠": "status",
    }
    assert {question: ask(reports, question, "2023-10-11").kind.value for question in expected} == expected


def test_a_mail_without_sections_is_shown_by_its_lines(library: Library, put: Put) -> None:
    """A report of a few paragraphs has no section to stand for it; all of it is cited."""
    put("主题：【周报】青禾组 2024-04-26\n\n1. 云杉直连：回归通过。\n\n数据：成功率99.57%。\n", "青禾组")
    answer = ask(library, "青禾组最新周报", "2024-04-27")
    assert "云杉直连：回归通过" in render_text(answer)
    assert "99.57%" in render_text(answer)
