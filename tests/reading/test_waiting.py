"""Clauses by which a project waits for others, in the short words of reports."""

from __future__ import annotations

import pytest
from support.written import update

from bot.answers.dangers import danger_of

WAITS = [
    ("等青禾行改造", "waiting"), ("仍等律所意见", "waiting"), ("剩余归档表待业务低峰窗口", "waiting"),
    ("材料待银行批复", "waiting"), ("two blockers from Legal", "blocked"),
]  # fmt: skip
NO_WAITS = ["支持微信、支付宝等渠道", "幂等键丢失", "等保测评通过", "blockers resolved", "no blockers", "人人平等"]


@pytest.mark.parametrize(("text", "danger"), WAITS)
def test_a_short_word_of_waiting_is_a_dependency(text: str, danger: str) -> None:
    """等 at the head of a clause, or 待 before what others have to give, says what the project waits for."""
    (risk,) = update(f"- 海风平台：进度60%，{text}").risks
    assert (risk.text, danger_of(risk.text)) == (text, danger)


@pytest.mark.parametrize("text", NO_WAITS)
def test_the_same_characters_inside_other_words_are_none(text: str) -> None:
    """等 of 幂等, 等保 and of a list, and blockers that are gone, endanger nothing."""
    assert update(f"- 海风平台：进度60%，{text}").risks == ()
