"""`/silent`: what was reported for weeks and then no more, and what isn't silent at all."""

from __future__ import annotations

from datetime import date
from typing import Any

from support.made_up import Put, answered, ask, weekly
from support.truth import false_quotes

from bot.answers.model import Answer, words_of
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library
from store.records import ProjectName
from store.viewer import EVERYONE

TODAY, LATER = "2023-10-09", date(2030, 1, 1)
STEADY = "- 海棠平台：开发进度{}%"
TEXTS = {
    "w37.md": weekly("第37周", "2023-09-08", [STEADY.format(50), "- 云帆平台：进度30%", "- 青松平台：进度90%"]),
    "w38.md": weekly("第38周", "2023-09-15", [
        STEADY.format(60), "- 云帆平台：进度40%，等业务确认", "- 青松平台：已于9/14上线，项目结项",
        "- 银杏平台：完成老数据归档",
    ]),
    "w39.md": weekly("第39周", "2023-09-22", [STEADY.format(70)]),
    "w40.md": weekly("第40周", "2023-09-29", [STEADY.format(80)]),
}  # fmt: skip


def _asked(library: Library, **asked: Any) -> Answer:
    return answered(library, Kind.SILENT, asked.pop("today", TODAY), **asked)


def _project(library: Library, name: str) -> ProjectName:
    return next(project for project in library.projects(EVERYONE, LATER) if project.name == name)


def test_an_unfinished_project_of_weeks_that_is_no_longer_told_is_silent(reports: Library) -> None:
    """The last line on it is cited, with its day and how many reports came since."""
    answer = _asked(reports)
    (only,) = answer.data["projects"]
    assert (only["name"], only["progress"], only["reports"]) == ("云帆平台", 40.0, 2)
    assert only["reports_since"] == ["2023-09-29", "2023-09-22"]
    assert words_of(answer.head) == "截至 2023-10-09：1 个项目没说完成就不再提了：云帆平台 (9/15)"
    assert "最后一次写到是 9/15，之后 2 份周报没再提（24 天）" in render_text(answer)
    assert [c.quote for c in answer.citations] == ["- 云帆平台：进度40%，等业务确认"]
    assert not false_quotes(answer, TEXTS.__getitem__)


def test_one_report_without_a_word_is_not_silence(reports: Library) -> None:
    """After a single report that leaves a project out nothing is said of it."""
    answer = _asked(reports, today="2023-09-25")
    assert answer.found
    assert answer.data["projects"] == []
    assert words_of(answer.head) == "截至 2023-09-25：没有说着说着就不提了的项目"
    assert [r["report_date"] for r in answer.data["consulted"]] == ["2023-09-22", "2023-09-15", "2023-09-08"]


def test_what_one_report_tells_as_under_way_is_silent_too(reports: Library, put: Put) -> None:
    """A progress or a date ahead in one report alone leaves something open; a chore of one week doesn't."""
    put(
        weekly("第36周", "2023-09-01", ["- 白桦平台：进度15%", "- 红枫平台：9/20评审", "- 紫藤平台：清理日志3TB"]),
        name="w36.md",
    )
    assert {p["name"] for p in _asked(reports).data["projects"]} == {"云帆平台", "白桦平台", "红枫平台"}


def test_what_a_goal_still_names_is_not_silent(reports: Library, put: Put) -> None:
    """A name in another line of a newer report counts as its last word."""
    put(weekly("第41周", "2023-10-06", [STEADY.format(90)], goals=["1. 云帆平台恢复开发"]), name="w41.md")
    assert _asked(reports).data["projects"] == []
    one = _asked(reports, project=_project(reports, "云帆平台"))
    assert words_of(one.head) == "云帆平台：最新一份周报（10/6）还写到，没有失联"
    assert "别处还提到过：第41周 (2023-10-06)" in render_text(one)
    assert "1. 云帆平台恢复开发" in [c.quote for c in one.citations]


def test_a_range_asks_what_it_does_not_speak_of(reports: Library) -> None:
    """Of a week it is what was told before and not in it."""
    answer = ask(reports, "/silent 9/25到10/1", TODAY)
    assert [p["name"] for p in answer.data["projects"]] == ["云帆平台"]
    assert "2023-09-25 至 2023-10-01 的周报一字未提" in render_text(answer)


def test_one_project_gets_its_last_word_first(reports: Library) -> None:
    """Asked of one project, the first line says when it was last told and how many reports there were since."""
    silent = _asked(reports, project=_project(reports, "云帆平台"))
    assert words_of(silent.head) == "云帆平台：最后一次写到是 9/15（24 天前），之后 2 份周报没再提，也没写完成"
    finished = _asked(reports, project=_project(reports, "青松平台"))
    assert words_of(finished.head) == "青松平台：已写完成，最后一次写到是 9/15（24 天前）"
    assert [c.quote for c in finished.citations] == ["- 青松平台：已于9/14上线，项目结项"]


def test_words_that_no_silent_project_has_are_named(reports: Library) -> None:
    """What nobody speaks of isn't ignored."""
    answer = _asked(reports, words="机房")
    assert not answer.found
    assert "机房" in words_of(answer.head)


def test_without_reports_nothing_is_known(library: Library) -> None:
    """An empty library gives no "none"."""
    assert not _asked(library).found


def test_plain_words_ask_for_it_in_both_languages(reports: Library) -> None:
    """People's words lead to the same list, answered in their language."""
    for question in ("哪些项目好几周没提了?", "哪些项目好久没消息了", "which projects went quiet"):
        answer = ask(reports, question, TODAY)
        assert answer.kind is Kind.SILENT, question
        assert [p["name"] for p in answer.data["projects"]] == ["云帆平台"], question
    assert "last mentioned 9/15, not in the 2 reports since (24 days)" in render_text(answer)
