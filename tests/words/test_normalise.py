"""Folding text for comparison, with the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.words.normalise import fold, fold_with_offsets, has_cjk, is_cjk

FOLDED = [
    ("８５％ ＰＯＳ", "85% pos"), ("Ｃ＋＋", "c++"), ("（小贝）", "(小贝)"), ("：；，", ":;,"), ("海风", "海风"),
    ("①", "1"), ("Straße", "strasse"),
    ("ﬁn", "fin"), ("㎡", "m2"), ("\u3000", " "), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_widths_and_case_fold_away(text: str, folded: str) -> None:
    """Full-width forms narrow, capitals fall, ligatures and circled digits come apart."""
    assert fold(text) == folded


@settings(max_examples=200)
@given(st.text(max_size=30))
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    """Offsets never go back, lie in the text, and each folded character is part of what its original folds to."""
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(folded) == len(offsets)
    assert list(offsets) == sorted(offsets)
    assert all(char in fold(text[at]) for char, at in zip(folded, offsets, strict=True))


@settings(max_examples=200)
@given(st.text(max_size=20), st.text(max_size=20))
def test_folding_parts_is_folding_the_whole(one: str, other: str) -> None:
    """A query folds as the text does, wherever it stands in it: no character's fold hangs on its neighbours."""
    assert fold(one + other) == fold(one) + fold(other)


@pytest.mark.parametrize(("char", "chinese"), [
    ("海", True), ("㐀", True), ("𠀀", True), ("豈", True), ("a", False), ("，", False), ("①", False), ("あ", False),
    ("한", False),
])  # fmt: skip
def test_chinese_characters_are_told_from_others(char: str, chinese: bool) -> None:
    """Ideographs of all planes are Chinese; kana, hangul, punctuation and digits are not."""
    assert (is_cjk(char), has_cjk(f"ab{char}")) == (chinese, chinese)
