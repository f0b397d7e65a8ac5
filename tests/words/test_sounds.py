"""How characters may be read, from a table of our own."""

from __future__ import annotations

from importlib.resources import files

import pytest
from support.make_sounds import written

from store.words.sounds import may_be_read, readings, spells


def test_the_table_is_the_library_s() -> None:
    """The file says of every character of GB 2312 what pypinyin says of it."""
    assert files("store.words").joinpath("sounds.txt").read_text(encoding="utf-8") == written()


@pytest.mark.parametrize(
    ("text", "syllables", "fits"),
    [
        ("银行", ("yin", "hang"), True),
        ("银航", ("yin", "hang"), True),
        ("pos对帐", ("pos", "dui", "zhang"), True),
        ("重庆", ("chong", "qing"), True),
        ("银行", ("yin",), False),
        ("龘银", ("da", "yin"), False),
    ],
)
def test_any_reading_counts(text: str, syllables: tuple[str, ...], fits: bool) -> None:
    """A character fits whatever it may be read as, and a rare one nothing."""
    assert may_be_read(readings(text), syllables) is fits


@pytest.mark.parametrize(
    ("letters", "text", "fits"),
    [("fengkong", "风控", True), ("zhifu", "支付", True), ("chongqing", "重庆", True), ("fengkon", "风控", False)],
)
def test_letters_spell_characters(letters: str, text: str, fits: bool) -> None:
    """Letters without blanks spell characters only as a whole."""
    assert spells(letters, readings(text)) is fits
