"""What is said of reports that come in, at any size: within Slack's limits, and in the sender's language."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from support.slack import problems

from bot.originals import Cited, Sources
from bot.render.slack_files import file_fault, render_file, render_whose
from bot.render.slack_handed_in import packed_report, render_afterwards, render_handed_in, unpacked_report
from bot.render.slack_source import render_source
from bot.render.slack_submit import build_preview, build_reading, build_told, packed_draft, unpacked_draft
from bot.submission.afterwards import Afterwards, Came
from bot.submission.check import Count, Findings
from bot.submission.notes import Note
from store.database.drafts import Draft
from store.database.history import KeptReport
from store.drafts import Week
from store.originals import Original
from store.records import Report, ReportRef

DAY = date(2023, 12, 15)
LONG = "长<!channel>&" * 60
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


def kept(name: str = "支付中心", revision: int = 3, *, withdrawn: bool = False) -> KeptReport:
    """A report that stands, or doesn't."""
    ref = ReportRef(7, name, "第51周", DAY, DAY, DAY, f"{name}/w51.md", revision=revision)
    return KeptReport(ref, revision, datetime(2023, 12, 16, tzinfo=UTC) if withdrawn else None)


def findings(count: int = 40) -> Findings:
    """Findings with that many long notes, on a report that takes another one's place."""
    notes = tuple(Note("goal_unmentioned", at + 1, LONG) for at in range(count))
    report = Report(LONG, None, DAY, DAY, DAY, None, ("x",))
    return Findings(report, dict.fromkeys(Count, 5), notes, Week(kept(LONG)))


DRAFT = Draft(12, "U1", LONG, DAY, "x", submitted=False)


@LANGUAGES
def test_everything_fits_whatever_the_names_and_notes(lang: str) -> None:
    """Long names, many notes, teams by the hundred: Slack takes each message and modal."""
    messages = [
        render_file(DRAFT, findings(), lang, LONG), render_file(DRAFT, findings(0), lang),
        render_whose(12, LONG, [LONG, *(f"team {at}" for at in range(300))], lang),
        render_handed_in("✓", kept(LONG), lang), render_handed_in("✓", kept(LONG, withdrawn=True), lang),
    ]  # fmt: skip
    assert [problems(message) for message in messages] == [[]] * len(messages)
    modals = [build_preview(DRAFT, findings(), lang, LONG), build_reading(lang), build_told(LONG, lang)]
    assert [problems(modal, "modal") for modal in modals] == [[]] * len(modals)


@LANGUAGES
@pytest.mark.parametrize("came", list(Came))
def test_whatever_came_of_it_has_a_sentence(came: Came, lang: str) -> None:
    """With the buttons for the report as it is; none of what can't be read or isn't there."""
    if came is not Came.NOT_ALLOWED:
        message = render_afterwards(Afterwards(came, kept(withdrawn=came in (Came.WITHDRAWN, Came.ALREADY))), lang)
        assert problems(message) == []
        assert ("支付中心" in message["text"]) is (came is not Came.GONE)
    assert problems(render_afterwards(Afterwards(Came.GONE), lang)) == []


@LANGUAGES
def test_a_fault_names_the_file_and_the_reason(lang: str) -> None:
    """Without the folders of an archive, and in one sentence."""
    text = file_fault("a.zip/folder/w51.md", "binary", lang)
    assert text.startswith("w51.md")
    assert len(file_fault(LONG * 20, "too_large", lang)) < 400


def test_buttons_carry_what_they_mean() -> None:
    """A report at its revision; a draft with what was there of its week."""
    assert unpacked_report(packed_report(kept())) == (7, 3)
    assert unpacked_draft(packed_draft(DRAFT, Week(kept()))) == (12, (7, 3))
    assert unpacked_draft(packed_draft(DRAFT, Week())) == (12, (0, 0))


def test_a_whole_report_is_shown_as_far_as_it_goes() -> None:
    """Without citations all lines are shown from the first on, none marked, and what doesn't fit is said to be left."""
    original = Original(kept().ref, 2, False, tuple(f"第 {at} 行" for at in range(5000)))
    view = render_source(Sources("zh", (Cited(7, 2, ()),)), [original])
    assert problems(view, "modal") == []
    text = str(view)
    assert all(each in text for each in ("第 0 行", "第 100 行", "后面的没有显示", "现在是第 3 版，下面是第 2 版"))
    assert "rich_text_quote" not in text
