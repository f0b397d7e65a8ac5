"""The acceptance points of the issue on the one real report, where it is at hand. No sentence of it stands here."""

from __future__ import annotations

from datetime import date

import pytest
from support.made_up import ask
from support.truth import false_quotes, stray_numbers, uncited_facts

from bot.answers.model import Answer
from bot.render.text import render_text
from store.library import Library

TODAY = "2023-09-20"


def _row(answer: Answer, name: str) -> str:
    return next(line for line in render_text(answer).split("\n") if line.strip().startswith(name))


@pytest.mark.parametrize("question", ["/status POS", "POS 进度", "status POS", "POS现在到哪了?", "how is POS going?"])
def test_status_names_the_project_with_its_four_parts(real: Library, question: str) -> None:
    """The status of POS is that of its project, by four parts."""
    answer = ask(real, question, TODAY)
    assert (answer.kind, answer.found) == ("status", True)
    assert answer.data["project"] == "POS收单系统建设"
    assert [part["name"] for part in answer.data["parts"]] == ["POS后端", "POS APP和SDK", "对账技术方案", "POS内管"]


@pytest.mark.parametrize(("part", "line", "progress", "event", "start", "end"), [
    ("POS APP和SDK", 64, 85, "提测", "2023-09-15", "2023-09-15"),
    ("对账技术方案", 65, 20, "评审", "2023-09-18", "2023-09-24"),
    ("POS内管", 66, None, "完成", "2023-09-21", "2023-09-30"),
])  # fmt: skip
def test_each_part_has_its_figure_its_day_and_its_line(
    real: Library, part: str, line: int, progress: float | None, event: str, start: str, end: str
) -> None:
    """Progress, planned event and line of each part are the report's."""
    answer = ask(real, "/status POS", TODAY)
    (found,) = [p for p in answer.data["parts"] if p["name"] == part]
    assert (found["line"], found["progress"]) == (line, progress)
    assert [(m["event"], m["date_start"], m["date_end"]) for m in found["milestones"]] == [(event, start, end)]
    assert line in [c.line for c in answer.citations]
    assert str(line) in _row(answer, part)


def test_the_text_says_what_the_issue_asks_for(real: Library) -> None:
    """Figures, days and lines stand in the text too: 85 % and 9/15 overdue, 20 % and 9/18–9/24, 9月底, the showcase."""
    answer = ask(real, "/status POS", TODAY)
    rows = {name: _row(answer, name) for name in ("POS后端", "POS APP和SDK", "对账技术方案", "POS内管")}
    assert all(word in rows["POS APP和SDK"] for word in ("85%", "9/15", "提测", "⚠"))
    assert all(word in rows["对账技术方案"] for word in ("20%", "9/18–9/24", "评审"))
    assert all(word in rows["POS内管"] for word in ("9月底", "完成"))
    assert all(word in rows["POS后端"] for word in ("showcase", "63"))
    assert "已到期" in render_text(answer).split("\n")[0]


@pytest.mark.parametrize("question", ["/incidents last 4 weeks", "最近四周的事故", "/report incidents last 4 weeks"])
def test_exactly_three_incidents_with_impact_and_handling(real: Library, question: str) -> None:
    """Three incidents, newest first, each with impact, handling and lines; the range is echoed."""
    answer = ask(real, question, TODAY)
    told = answer.data["incidents"]
    times = ["2023-09-14T18:02", "2023-09-11T10:12", "2023-09-10T09:29"]
    assert [i["occurred_at"] for i in told] == times
    assert [(i["line"], i["line_end"]) for i in told] == [(86, 88), (84, 85), (82, 83)]
    assert all(i["impact"] and i["handling"] for i in told)
    assert all(day in render_text(answer).split("\n")[0] for day in ("2023-08-24", "2023-09-20"))


def test_search_finds_the_three_lines(real: Library) -> None:
    """The three projects about 存管 are found by their lines, and nothing else is."""
    answer = ask(real, "/search 存管", TODAY)
    assert sorted(c.line for c in answer.citations) == [46, 50, 51]
    assert answer.data["total"] == 3


def test_what_is_not_there_is_not_found(real: Library) -> None:
    """A name of no project: not found, nothing cited, real names offered."""
    answer = ask(real, "/status 区块链", TODAY)
    assert (answer.found, answer.citations) == (False, ())
    assert "POS收单系统建设" in render_text(answer)


@pytest.mark.parametrize("question", ["/status POS", "/incidents last 4 weeks", "/search 存管", "/report 第38周",
                                      "小贝什么时候上线?", "/status 支付成功率"])  # fmt: skip
def test_quotes_are_as_written(real: Library, question: str) -> None:
    """Every citation quotes the file's own lines."""
    assert false_quotes(ask(real, question, TODAY)) == []


@pytest.mark.parametrize("question", ["/status POS", "/incidents last 4 weeks", "/search 存管", "小贝什么时候上线?",
                                      "/status 商户品质优化", "/search 提测"])  # fmt: skip
def test_facts_and_numbers_are_the_reports(real: Library, question: str) -> None:
    """No fact without a line and no number from elsewhere."""
    answer = ask(real, question, TODAY)
    assert answer.found
    assert uncited_facts(answer) == []
    assert stray_numbers(answer, date.fromisoformat(TODAY)) == []
