"""`/slips`: which milestones moved, how often, by how many days, and the lines that say so."""

from __future__ import annotations

import pytest
from support.made_up import ask, weekly
from support.truth import false_quotes

from bot.render.text import render_text
from store.library import Library

W38 = weekly("第38周", "2023-09-15", [
    "- 海棠平台：开发进度60%，预计9/22提测", "- 白鹭对账：预计10/20上线", "- 苍鹰网关：10/10上线",
])  # fmt: skip
W39 = weekly("第39周", "2023-09-22", [
    "- 海棠平台：开发进度75%，提测由9/22调整至9/28", "- 白鹭对账：上线提前至10/12", "- 苍鹰网关：10/10上线",
])  # fmt: skip
W40 = weekly("第40周", "2023-09-29", [
    "- 海棠平台：开发进度80%，因接口未到，提测推迟至10/11", "- 苍鹰网关：10/10上线", "- 蓝鲸系统：评审延期",
])  # fmt: skip
TEXTS = {"w38.md": W38, "w39.md": W39, "w40.md": W40}


def test_moves_are_counted_with_their_sum(reports: Library) -> None:
    """Two moves of one milestone: the days of each, their sum, and every day that it had."""
    answer = ask(reports, "/slips", "2023-10-05")
    first = answer.data["slips"][0]
    assert (first["project"], first["times"], first["days"]) == ("海棠平台", 2, 19)
    assert [move["days"] for move in first["moves"]] == [6, 13]
    text = render_text(answer)
    assert "9/22 → 9/28 → 10/11" in text
    assert "推迟 2 次，共 19 天（6 + 13）" in text


def test_both_lines_of_a_move_are_cited(reports: Library) -> None:
    """The line of the new day and that of the old one stand as proof, quoted as written."""
    answer = ask(reports, "/slips 海棠", "2023-10-05")
    assert {c.report.source for c in answer.citations} == {"w38.md", "w39.md", "w40.md"}
    assert not false_quotes(answer, TEXTS.__getitem__)


def test_what_was_brought_forward_is_told_apart(reports: Library) -> None:
    """An earlier day is no slip; asked for alone it stands alone."""
    answer = ask(reports, "哪些项目提前了?", "2023-10-05")
    (forward,) = answer.data["slips"]
    assert (forward["project"], forward["times"], forward["days_forward"]) == ("白鹭对账", 0, 8)
    assert (ask(reports, "/slips", "2023-10-05").data["slipped"], answer.data["forward"]) == (1, 1)


def test_a_range_has_the_moves_reported_in_it(reports: Library) -> None:
    """Moves count by the report that has the new day first."""
    answer = ask(reports, "what slipped since 2023-09-25", "2023-10-05")
    (slip,) = answer.data["slips"]
    assert [(move["from_start"], move["to_start"]) for move in slip["moves"]] == [("2023-09-28", "2023-10-11")]


def test_a_delay_in_words_is_told_without_days(reports: Library) -> None:
    """`评审延期` without a day is told as it is written, and counts no days."""
    answer = ask(reports, "/slips", "2023-10-05")
    assert [told["project"] for told in answer.data["in_words"]] == ["蓝鲸系统"]
    assert "写了延期，没有写从哪天改的或新日期" in render_text(answer)


@pytest.mark.parametrize("question", ["苍鹰网关延期了吗?", "/slips 苍鹰网关", "did 苍鹰网关 slip?"])
def test_a_date_that_stood_is_said_to_stand(reports: Library, question: str) -> None:
    """A project none of whose dates moved: none, with the day and how many reports tell it."""
    answer = ask(reports, question, "2023-10-05")
    assert (answer.found, answer.data["slipped"]) == (True, 0)
    (kept,) = answer.data["unmoved"]
    assert (kept["date_start"], kept["reports"]) == ("2023-10-10", 3)


def test_a_none_says_what_was_looked_in(reports: Library) -> None:
    """No move in a week with a report is an answer with that report."""
    answer = ask(reports, "/slips 9月11日到9月17日", "2023-10-05")
    assert (answer.found, answer.data["count"]) == (True, 0)
    assert [r["source"] for r in answer.data["consulted"]] == ["w38.md"]


def test_days_without_reports_are_not_found(reports: Library) -> None:
    """Whether something moved in March nobody knows."""
    answer = ask(reports, "/slips 2023年3月", "2023-10-05")
    assert (answer.found, answer.citations) == (False, ())


def test_unknown_words_are_named(reports: Library) -> None:
    """A word that no move speaks of is said to be missing."""
    answer = ask(reports, "/slips 量子计算", "2023-10-05")
    assert (answer.found, answer.data["words"]) == (False, "量子计算")


def test_the_reason_is_quoted_where_it_is_asked_for(reports: Library) -> None:
    """`为什么延期` has the lines that tell the new day in full."""
    assert "因接口未到" in render_text(ask(reports, "/slips 海棠 为什么", "2023-10-05"))


def test_english_questions_are_answered_in_english(reports: Library) -> None:
    """The sentences are English, the quotes as written."""
    text = render_text(ask(reports, "what slipped?", "2023-10-05"))
    assert "海棠平台" in text.split("\n")[0]
    assert "推迟" not in text.split("\n")[0]
