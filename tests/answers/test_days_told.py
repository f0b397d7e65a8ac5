"""Lines that name a day: what lists of dates and of what is done show beside milestones, and the lines they cite."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, put_all, weekly

from bot.render.json import render_json
from bot.render.text import render_text
from store.library import Library

OLD = """# Orchard weekly report, Week 37 (12 Sep 2025)

## Key work

- Heron readiness review passed on 10 Sep. Launch on 22 Sep.
- Lookup by voice went to 100% on 9 Sep.

## Projects

- Stork portal: 40%, launch on 8 Oct.
"""
NEW = """# Orchard weekly report, Week 38 (19 Sep 2025)

## Key work

- The auditor's report has not come yet, the assessor now says 24 Sep.
- Stork portal moves, partner is late, launch on 15 Oct.

## Projects

- Stork portal: 60%, launch on 15 Oct.

## Plan

- Batch 2 of the ledger on 25 Sep
"""
NEWEST = """# Orchard weekly report, Week 39 (26 Sep 2025)

## Projects

- Stork portal: 70%, in system test. 15 Oct holds.
"""


@pytest.fixture
def orchard(library: Library, put: Put) -> Library:
    """Two reports in English."""
    return put_all(library, put, {"Orchard/37.md": OLD, "Orchard/38.md": NEW})


def test_days_without_an_event_are_named_below_the_milestones(orchard: Library) -> None:
    """A day that an assessor says and one of a goal stand below the list, each with its line."""
    answer = ask(orchard, "dates due next week", "2025-09-19")
    text = render_text(answer)
    assert answer.found
    assert "assessor now says 24 Sep" in text
    assert "Batch 2 of the ledger on 25 Sep" in text
    assert {5, 14} <= {citation["line_start"] for citation in render_json(answer)["citations"]}


def test_what_happened_in_words_is_named_below_what_is_done(orchard: Library) -> None:
    """A review that passed and a release by another word are told of their days, plans aren't."""
    text = render_text(ask(orchard, "what got done from 8 Sep to 14 Sep", "2025-09-19"))
    assert "went to 100% on 9 Sep" in text
    assert "readiness review passed" in text
    assert "24 Sep" not in text


def test_a_move_cites_every_line_that_tells_its_day(library: Library, put: Put) -> None:
    """The highlight that tells the move, the row that dates it, and the newest line by which the day holds."""
    put_all(library, put, {"Orchard/37.md": OLD, "Orchard/38.md": NEW, "Orchard/39.md": NEWEST})
    answer = ask(library, "which launches slipped", "2025-09-29")
    cited = {(c["source"].rsplit("/", 1)[-1], c["line_start"]) for c in render_json(answer)["citations"]}
    assert {("37.md", 10), ("38.md", 6), ("38.md", 10), ("39.md", 5)} <= cited


W10 = weekly("第10周", "2024-03-08", ["- 海棠平台：进度30%，3/29上线", "- 白鹭对账：进度80%"])
W11 = weekly("第11周", "2024-03-15", [
    "- 海棠平台：进度40%，短信模板审核没下来，3/29上线", "- 白鹭对账：3/12上线完成",
    "- 苍鹰网关：立项通过，负责人：林默", "- 银杏账户：需求调研，下周立项评审",
])  # fmt: skip


@pytest.fixture
def two_weeks(library: Library, put: Put) -> Library:
    """Two reports of one team."""
    return put_all(library, put, {"w10.md": W10, "w11.md": W11})


def test_new_projects_are_those_that_a_report_takes_on(two_weeks: Library) -> None:
    """立项通过 counts, what only will be reviewed doesn't, nor what went on before."""
    answer = ask(two_weeks, "3月新立项的项目有哪些", "2024-03-18")
    assert [project["name"] for project in answer.data["projects"]] == ["苍鹰网关"]


def test_the_rest_of_a_month_begins_today(two_weeks: Library) -> None:
    """3月剩下还有哪些上线 leaves out what is behind."""
    answer = ask(two_weeks, "3月剩下还有哪些上线", "2024-03-18")
    assert [one["project"] for one in answer.data["milestones"]] == ["海棠平台"]


def test_no_project_blocked_is_no_all_clear(two_weeks: Library) -> None:
    """Where nothing is called blocked, what waits for an approval is named."""
    answer = ask(two_weeks, "有没有阻塞的", "2024-03-18")
    assert [risk["name"] for risk in answer.data["risks"]] == ["海棠平台"]


def test_passed_without_a_word_is_overdue(two_weeks: Library) -> None:
    """没交代 asks for no missing report."""
    answer = ask(two_weeks, "有啥过了日子没交代的", "2024-04-08")
    assert answer.kind == "overdue"
