"""The desk where reports are handed in: what is understood of a draft is what will count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from support.files import mail
from support.handing_in import FRIDAY, ROSTER, TEAM
from support.places import NOW

from bot.submission.check import Count
from bot.submission.desk import Desk
from bot.submission.sent_files import reports_in, team_meant
from store.database.drafts import Draft
from store.library import Library
from store.viewer import EVERYONE

DRAFT = Draft(1, "U1", TEAM, FRIDAY, "", submitted=False)


@pytest.fixture
def desk(library: Library) -> Desk:
    """The desk of an empty library."""
    return Desk(library, lambda: ROSTER, lambda: FRIDAY, lambda: NOW)


@pytest.mark.parametrize("text", [
    "# 第51周 2023-12-15\n\n## O1 项目\n- 海风平台：进度40%",
    "From: a@example.org\nTo: b@example.org\nSubject: 第51周 2023-12-15\n\n## O1 项目\n- 海风平台：进度40%\n\n"
    "> ## O1 项目\n> - 旧平台：进度10%\n",
    "## O1 项目\n- 海风平台：进度40%",
])  # fmt: skip
def test_what_is_shown_is_what_will_count(desk: Desk, library: Library, text: str) -> None:
    """Also of a pasted mail, and of a text without a day: the counts of the preview are those of the report."""
    draft = desk.keep("V1", "U1", TEAM, FRIDAY, text)
    shown = desk.check(draft)
    assert desk.submit(draft).status == "added"
    counted = library.updates_between(EVERYONE, date.max, None, date.max)
    assert shown.counts[Count.PROJECTS] == len(counted) == 1
    assert shown.report is not None
    assert counted[0].report.report_date == shown.report.report_date == FRIDAY


def test_a_text_without_a_day_says_so(desk: Desk) -> None:
    """The day that it is taken for is named."""
    found = desk.check(replace(DRAFT, text="## O1 项目\n- 海风平台：进度40%"))
    assert ("no_day", "2023-12-15") in {(note.code, note.now) for note in found.notes}


@pytest.mark.parametrize("text", ["", "\0" * 90, "你好"])
def test_what_can_not_be_read_is_not_understood(desk: Desk, text: str) -> None:
    """Nothing breaks, and nothing is understood."""
    assert not desk.check(replace(DRAFT, text=text)).understood


def test_who_may_submit_for_which_teams(desk: Desk) -> None:
    """Leads for theirs, admins for all."""
    assert [desk.teams(user) for user in ("U1", "U3", "U5")] == [[TEAM], ["风控中台", "Merchant Services"], []]
    assert len(desk.teams("U9")) == 3


@pytest.mark.parametrize(("said", "beside", "own", "here", "meant"), [
    ("", "", ["甲"], [], "甲"), ("", "", ["甲", "乙"], [], ""), ("", "", ["甲", "乙"], ["乙", "丙"], "乙"),
    ("丙", "", ["甲"], [], "丙"), ("丁", "", ["甲"], [], "甲"), ("丙", "乙的周报", ["甲", "乙"], [], "乙"),
    ("", "甲和乙", ["甲", "乙"], [], ""), ("", "", [], ["甲"], ""), ("", "", ["甲"], ["乙"], "甲"),
])  # fmt: skip
def test_whose_report_it_is(said: str, beside: str, own: list[str], here: list[str], meant: str) -> None:
    """The message's word before the text's, then the channel, then the only team; else nobody guesses."""
    assert team_meant(said, beside, own, here, ["甲", "乙", "丙"]) == meant


def test_a_mail_that_was_saved_is_a_report() -> None:
    """An .eml is read without what it quotes, and dated by its subject."""
    (report,) = reports_in("w51.eml", mail("第51周 2023-12-15", "## O1 项目\n- 海风平台：进度40%\n"))
    assert (report.reason, report.day) == ("", FRIDAY)
    assert "海风平台：进度40%" in report.text


def test_a_text_of_several_weeks_takes_nobodys_place(desk: Desk, put: Callable[..., None]) -> None:
    """Reports that stand for its weeks are named as what will stand beside it, since that is what happens."""
    below = "\n\n## O1 项目\n- 海风平台：进度40%\n"
    weeks = [f"# 第51周 2023-12-15{below}", f"# 第50周 2023-12-08{below}"]
    put(weeks[1].replace("40", "30"))
    found = desk.check(desk.keep("V1", "U1", TEAM, FRIDAY, "\n".join(weeks)))
    assert found.week.taken is None
    assert [note.about for note in found.notes if note.code == "stands_beside"] == ["第50周 (2023-12-08)"]
