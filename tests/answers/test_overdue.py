"""`/overdue`: what was planned before today and isn't reported done."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly
from support.truth import false_quotes

from bot.render.text import render_text
from store.library import Library

W38 = weekly("第38周", "2023-09-15", [
    "- 海棠平台：开发进度60%，预计9/20提测", "- 白鹭对账：预计9/18上线", "- 苍鹰网关：9/19评审", "- 蓝鲸系统：9/21上线",
])  # fmt: skip
W39 = weekly("第39周", "2023-09-22", ["- 白鹭对账：9/18上线完成", "- 蓝鲸系统：上线由9/21调整至10/9"])
TEXTS = {"w38.md": W38, "w39.md": W39}


def test_what_is_past_and_not_done_longest_first(reports: Library) -> None:
    """Reached and moved dates are not overdue; the rest stand with their days, longest first."""
    answer = ask(reports, "哪些过期没完成?", "2023-09-25")
    assert [(o["project"], o["days_overdue"]) for o in answer.data["overdue"]] == [("苍鹰网关", 6), ("海棠平台", 5)]
    assert "2 个里程碑" in render_text(answer).split("\n")[0]
    assert not false_quotes(answer, TEXTS.__getitem__)


@pytest.mark.parametrize(("today", "count"), [("2023-09-19", 0), ("2023-09-20", 1), ("2023-09-21", 2)])
def test_a_day_is_overdue_from_the_day_after(reports: Library, today: str, count: int) -> None:
    """On the planned day itself nothing is overdue. Up to 9/21 only the first report exists."""
    names = {o["project"] for o in ask(reports, "/overdue", today).data["overdue"]}
    assert len(names & {"苍鹰网关", "海棠平台"}) == count


def test_a_moved_date_is_overdue_by_its_new_day(reports: Library) -> None:
    """What was put off to 10/9 is overdue from 10/10 on."""
    assert "蓝鲸系统" not in render_text(ask(reports, "/overdue", "2023-10-09"))
    assert "蓝鲸系统" in render_text(ask(reports, "/overdue", "2023-10-10"))


def test_old_news_is_called_old(reports: Library) -> None:
    """Where the last word on the project is weeks old, its age stands there."""
    assert "30 天前" in render_text(ask(reports, "/overdue 海棠平台", "2023-10-15"))


def test_a_newer_line_that_leaves_it_open_is_told_apart(library: Library, put: Put) -> None:
    """A newer report speaks of the project without the day: not certain, and the line is shown."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：预计9/20评审"]), name="a.md")
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：与业务方沟通需求"]), name="b.md")
    answer = ask(library, "/overdue", "2023-09-25")
    (late,) = answer.data["overdue"]
    assert (late["certain"], answer.data["certain"], late["since"]["source"]) == (False, 0, "b.md")


@pytest.mark.parametrize(
    "line", ["完成88%，未能按9/20完成", "完成88%，剩余网点已协调支援", "未能按9/20完成，剩余网点在县域"]
)
def test_what_a_report_says_was_not_kept_is_overdue(library: Library, put: Put, line: str) -> None:
    """A newer line that says so, or that counts less than 100% of it, leaves no doubt; 完成88% is no 完成."""
    put(weekly("第38周", "2023-09-15", ["- 海棠巡检：完成60%，计划9/20完成"]), name="a.md")
    put(weekly("第39周", "2023-09-22", [f"- 海棠巡检：{line}"]), name="b.md")
    answer = ask(library, "哪些过期没完成", "2023-09-25")
    (late,) = answer.data["overdue"]
    assert (late["project"], late["certain"], late["since"]["source"]) == ("海棠巡检", True, "b.md")
    assert {c.report.source for c in answer.citations} == {"a.md", "b.md"}


def test_none_is_an_answer_with_what_was_looked_in(library: Library, put: Put) -> None:
    """Nothing overdue is found, and says which reports say so."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：预计10/20上线"]), name="a.md")
    answer = ask(library, "what is overdue?", "2023-09-25")
    assert (answer.found, answer.data["count"]) == (True, 0)
    assert [r["source"] for r in answer.data["consulted"]] == ["a.md"]


@pytest.mark.parametrize("question", ["有啥到期了还没做完的", "过期没完成的有哪些", "overdue"])
def test_words_of_asking_are_no_words_to_look_for(reports: Library, question: str) -> None:
    """`还没做完` asks for what is overdue, and is no name."""
    assert ask(reports, question, "2023-09-25").data["count"] == 2


def test_unknown_words_are_named(reports: Library) -> None:
    """A word that no entry speaks of is said to be missing."""
    answer = ask(reports, "/overdue 量子计算", "2023-09-25")
    assert (answer.found, answer.data["words"]) == (False, "量子计算")


def test_no_reports_at_all(library: Library) -> None:
    """An empty library has no answer."""
    assert not ask(library, "/overdue", "2023-09-25").found
