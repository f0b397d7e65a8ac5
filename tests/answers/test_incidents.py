"""`/incidents RANGE`: what happened, with impact and handling, and what a "none" rests on."""

from __future__ import annotations

from datetime import date

import pytest
from support.made_up import Put, ask, weekly
from support.truth import false_quotes, stray_numbers

from bot.render.text import render_text
from store.library import Library

TIMEOUT = ["- 9/12 08:05 批量代付超时，影响3笔，无资损", "处置：扩容网关后恢复。"]
DISK = ["- 9/13 21:40 日志磁盘写满，账单晚出30分钟"]
W38 = weekly("第38周", "2023-09-15", ["- 海棠平台：开发进度60%"], [*TIMEOUT, *DISK])
W39 = weekly("第39周", "2023-09-22", ["- 海棠平台：开发进度70%"], ["本周无生产稳定性事件。"])
W41 = weekly("第41周", "2023-10-08", ["- 海棠平台：开发进度90%"], [
    "- 9/12 08:05 批量代付超时（上次未结），影响3笔", "处置：已加限流，关闭。",
    "- 10/6 07:30 短信通道中断", "处置：切换备用通道。",
])  # fmt: skip
TEXTS = {"w38.md": W38, "w39.md": W39, "w41.md": W41}


def test_an_incident_has_its_time_impact_handling_and_lines(reports: Library) -> None:
    """Each incident of the range is told once with what the report says, newest first, and cited as written."""
    answer = ask(reports, "/incidents 9/11到9/17", "2023-09-20")
    disk, timeout = answer.data["incidents"]
    assert (disk["occurred_at"], timeout["occurred_at"]) == ("2023-09-13T21:40", "2023-09-12T08:05")
    assert "批量代付超时" in timeout["title"]
    assert "3笔" in timeout["impact"]
    assert timeout["handling"] == "扩容网关后恢复。"
    assert [c.quote for c in answer.citations] == ["\n".join(DISK), "\n".join(TIMEOUT)]
    assert not false_quotes(answer, TEXTS.__getitem__)


def test_a_missing_handling_is_said_to_be_missing(library: Library, put: Put) -> None:
    """Where the report gives no handling the answer says that, and doesn't take another incident's."""
    put(weekly("第38周", "2023-09-15", (), [*TIMEOUT, "- 9/13 21:40 日志磁盘写满"]))
    answer = ask(library, "/incidents 9/13", "2023-09-20")
    (disk,) = answer.data["incidents"]
    assert disk["handling"] is None
    assert "处置：周报未写" in render_text(answer)
    assert "扩容" not in render_text(answer)


def test_what_is_told_without_labels_is_told_on(reports: Library) -> None:
    """What a report says of an incident beyond its title isn't lost where no word labels it."""
    assert "账单晚出30分钟" in render_text(ask(reports, "/incidents 9/13", "2023-09-20"))


def test_a_retold_incident_is_one_incident(reports: Library) -> None:
    """The same minute told in two reports counts once, by its newest telling, and the other one is named."""
    answer = ask(reports, "/incidents 代付", "2023-10-10")
    (timeout,) = answer.data["incidents"]
    assert timeout["source"] == "w41.md"
    assert [also["source"] for also in timeout["also"]] == ["w38.md"]
    assert timeout["handling"] == "已加限流，关闭。"
    assert "第38周" in render_text(answer)


def test_every_telling_is_shown_and_cited(reports: Library) -> None:
    """What an earlier report said of a retold incident is shown too, each telling with its citation."""
    answer = ask(reports, "/incidents 代付", "2023-10-10")
    assert {c.report.source for c in answer.citations} == {"w41.md", "w38.md"}
    assert not stray_numbers(answer, date(2023, 10, 10))


def test_two_incidents_of_one_minute_stay_two(library: Library, put: Put) -> None:
    """Two different stories at the same minute of one report are not merged."""
    put(weekly("第38周", "2023-09-15", (), ["- 9/12 08:05 短信通道中断", "- 9/12 08:05 日志磁盘写满"]))
    assert ask(library, "/incidents", "2023-09-20").data["count"] == 2


def test_as_of_a_day_the_later_telling_does_not_exist(reports: Library) -> None:
    """As of the first report the incident has that report's handling, and the later incident isn't known."""
    answer = ask(reports, "/incidents as of 9/20", "2023-10-10")
    assert [i["source"] for i in answer.data["incidents"]] == ["w38.md", "w38.md"]
    assert "短信" not in render_text(answer)


@pytest.mark.parametrize(("question", "count"), [
    ("/incidents", 3), ("事故", 3), ("/incidents 9月", 2), ("/incidents 10月", 1), ("/incidents 10/6", 1),
    ("/incidents 9/13到10/5", 1), ("/incidents last 4 weeks", 2), ("最近四周的事故", 2), ("/incidents 9/12", 1),
    ("any outages since 10/1?", 1), ("上周的事故", 1),
])  # fmt: skip
def test_an_incident_counts_by_its_own_day(reports: Library, question: str, count: int) -> None:
    """The range is held against the day of the incident, first and last day included, not against the report's."""
    answer = ask(reports, question, "2023-10-10")
    assert answer.kind == "incidents"
    assert answer.data["count"] == count == len(answer.data["incidents"])


def test_none_is_proven_by_the_line_that_says_so(reports: Library) -> None:
    """A week whose report says 本周无 is an answer: found, the report consulted is named and its line cited."""
    answer = ask(reports, "/incidents 9/18到9/24", "2023-10-10")
    assert (answer.found, answer.data["count"]) == (True, 0)
    assert [r["source"] for r in answer.data["consulted"]] == ["w39.md"]
    assert [c.quote for c in answer.citations] == ["本周无生产稳定性事件。"]
    assert not false_quotes(answer, TEXTS.__getitem__)
    assert "第39周" in render_text(answer)


def test_none_without_a_report_is_not_known(reports: Library) -> None:
    """A week without any report is no "none": found is False, nothing is cited, and the week is named as missing."""
    answer = ask(reports, "/incidents 9/25到10/1", "2023-10-10")
    assert (answer.found, answer.citations, answer.data["consulted"]) == (False, (), [])
    assert answer.data["missing_weeks"] == ["2023-09-25"]
    assert "9/25" in render_text(answer)


def test_missing_weeks_are_named_beside_what_there_is(reports: Library) -> None:
    """The weeks of the range without a report are named, each by its Monday; those that aren't over yet are not."""
    answer = ask(reports, "/incidents 9/11到10/15", "2023-10-10")
    assert answer.data["missing_weeks"] == ["2023-09-25"]
    assert len(answer.data["consulted"]) == 3


def test_the_range_is_repeated_as_understood(reports: Library) -> None:
    """The first line holds both dates of the range, and `range` is the same."""
    answer = ask(reports, "/incidents last 4 weeks", "2023-10-10")
    first, *_ = render_text(answer).split("\n")
    assert answer.range == (date(2023, 9, 13), date(2023, 10, 10))
    assert "2023-09-13" in first
    assert "2023-10-10" in first


def test_a_relative_range_after_the_newest_report_slides_back_and_says_so(reports: Library) -> None:
    """ "Last 4 weeks" long after the newest report means the four weeks up to it, with both ranges told."""
    answer = ask(reports, "最近四周的事故", "2023-12-31")
    text = render_text(answer)
    assert answer.range == (date(2023, 12, 4), date(2023, 12, 31))
    assert (answer.data["start"], answer.data["end"]) == ("2023-09-11", "2023-10-08")
    assert answer.data["count"] == 3
    assert all(day in text for day in ("2023-12-04", "2023-12-31", "2023-09-11", "2023-10-08"))


@pytest.mark.parametrize("question", ["/incidents 12月", "/incidents 上周", "/incidents 12/4到12/31"])
def test_a_named_range_never_slides(reports: Library, question: str) -> None:
    """A month, a week or dates after the newest report stay what they are: not known."""
    answer = ask(reports, question, "2023-12-31")
    assert (answer.found, answer.data["count"], answer.data["consulted"]) == (False, 0, [])


@pytest.mark.parametrize("question", ["/incidents 短信", "短信 事故", "9月以来短信的故障"])
def test_words_left_over_filter(reports: Library, question: str) -> None:
    """What is left of the question besides range and kind must stand in the incident."""
    answer = ask(reports, question, "2023-10-10")
    assert [i["occurred_at"] for i in answer.data["incidents"]] == ["2023-10-06T07:30"]


def test_a_filter_that_nothing_fits_is_not_found(reports: Library) -> None:
    """No incident about the words: found is False, since no line says that there was none of it."""
    answer = ask(reports, "/incidents 机房断电", "2023-10-10")
    assert (answer.found, answer.data["incidents"]) == (False, [])
    assert "机房断电" in render_text(answer)


def test_another_teams_incidents_stay_out(reports: Library, put: Put) -> None:
    """A team named in the question leaves out the incidents and the reports of all others."""
    put(weekly("第38周", "2023-09-15", (), ["- 9/14 11:00 对账文件迟到"]), team="清算中心", name="c38.md")
    answer = ask(reports, "清算中心的事故", "2023-10-10")
    assert [i["team"] for i in answer.data["incidents"]] == ["清算中心"]
    assert [r["source"] for r in answer.data["consulted"]] == ["c38.md"]


def test_one_story_in_two_teams_is_counted_apart(reports: Library, put: Put) -> None:
    """Identity is per team: two teams that tell of the same minute are two incidents."""
    put(weekly("第38周", "2023-09-15", (), ["- 9/13 21:40 日志磁盘写满"]), team="清算中心", name="c38.md")
    assert ask(reports, "/incidents 9/13", "2023-10-10").data["count"] == 2


@pytest.mark.parametrize("question", ["第38周的事故", "/incidents W38"])
def test_a_week_is_the_one_that_calls_itself_so(reports: Library, question: str) -> None:
    """Week 38 is the week of the report that calls itself 第38周, which lies in ISO week 37."""
    answer = ask(reports, question, "2023-10-10")
    assert [i["occurred_at"] for i in answer.data["incidents"]] == ["2023-09-13T21:40", "2023-09-12T08:05"]


def test_a_long_list_says_how_many_more_there_are(library: Library, put: Put) -> None:
    """Ten are told, newest first; the count is that of all, and what is left out is said."""
    told = [f"- 9/{day} 0{hour}:10 渠道{day}{hour}号超时" for day in range(4, 9) for hour in range(1, 4)]
    put(weekly("第37周", "2023-09-08", (), told))
    answer = ask(library, "/incidents", "2023-09-10")
    text = render_text(answer)
    assert (answer.data["count"], text.count("• "), len(answer.citations)) == (15, 10, 10)
    assert "还有 5 条" in text
    assert [i["occurred_at"][:10] for i in answer.data["incidents"]] == sorted(
        (i["occurred_at"][:10] for i in answer.data["incidents"]), reverse=True
    )


def test_an_empty_library_knows_nothing(library: Library) -> None:
    """Without any report there is neither an incident nor a "none"."""
    answer = ask(library, "/incidents", "2023-09-10")
    assert (answer.found, answer.citations, answer.data["count"]) == (False, (), 0)


def test_latin_words_are_meant_whole(library: Library, put: Put) -> None:
    """A system's Latin name is no part of a longer word: POS isn't in `post office`, but stands in `POS撤销`."""
    put(weekly("第38周", "2023-09-15", (), ["- 9/12 08:05 post office 通道中断", "- 9/13 09:10 POS撤销报错"]))
    (only,) = ask(library, "/incidents POS", "2023-09-20").data["incidents"]
    assert only["title"] == "POS撤销报错"
