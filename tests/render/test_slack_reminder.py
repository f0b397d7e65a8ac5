"""Reminders as Slack messages: within Slack's limits and without a ping, whatever teams and reports are called."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.slack_limits import problems

from bot.answers.model import Span, Style, plain
from bot.answers.weeks import Week
from bot.catalogue import LANGUAGES
from bot.reminders.content import Part
from bot.reminders.due import Stage, State
from bot.render.slack_reminder import (
    build_excuse,
    render_done,
    render_excused,
    render_log,
    render_open,
    render_reminder,
    unpacked,
)
from bot.teams import STAGES
from store.reminders import Excuse

WEEK = Week(date(2023, 12, 11))
DUE = datetime(2023, 12, 15, 10, 0, tzinfo=UTC)
HOSTILE = ["<!channel>", "<@U1>", "<https://x|y>", "&amp;", "*b* `c`", "长" * 5000]
WORDS = st.text(max_size=300) | st.sampled_from(HOSTILE)
NAMES = WORDS.map(str.strip).filter(bool).map(lambda text: text[:200])
LINES = st.lists(WORDS.map(lambda text: (*plain(text), Span("  第50周 81 行", Style.DIM))), max_size=6).map(tuple)
REASONS = ["missing", "all_away", "no_leads"]


@given(
    team=NAMES, stage=st.sampled_from(STAGES), reason=st.sampled_from(REASONS), lang=st.sampled_from(LANGUAGES),
    found=st.lists(st.tuples(st.sampled_from(["promises", "dates", "silent", "metrics"]), LINES), max_size=4),
)
def test_any_reminder_fits(
    team: str, stage: str, reason: str, lang: str, found: list[tuple[str, tuple[tuple[Span, ...], ...]]]
) -> None:
    """Every stage, in both languages, with any promises, names and figures."""
    one = Stage(team, WEEK.monday, stage, DUE, State.DUE, ("U1",), reason)
    parts = [Part(name, lines, 3) for name, lines in found if lines]
    assert problems(render_reminder(one, DUE, parts, lang)) == []


@given(team=NAMES, words=WORDS, lang=st.sampled_from(LANGUAGES))
def test_what_a_reminder_becomes_fits(team: str, words: str, lang: str) -> None:
    """The tick, the excuse with who gave it, what is missing again, the modal and the admins' view."""
    assert problems(render_done(team, WEEK, words, lang)) == []
    assert problems(render_excused(Excuse(team, WEEK.monday, words[:300], "U1"), lang), allowed=["U1"]) == []
    assert problems(render_open(team, WEEK, lang)) == []
    assert problems(build_excuse(team, WEEK.monday, lang), "modal") == []
    assert problems(render_log([words] * 200, [words] * 50, WEEK.monday, lang)) == []


@pytest.mark.parametrize("team", ["甲组", 'a "quoted" team', "]["])
def test_a_button_knows_its_team_and_week(team: str) -> None:
    """Whatever the team is called."""
    modal = build_excuse(team, WEEK.monday, "zh")
    assert unpacked(modal["private_metadata"]) == (team, WEEK.monday)
