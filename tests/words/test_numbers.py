"""Numerals as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.words.numbers import chinese_number

READ = [
    ("0", 0), ("7", 7), ("12", 12), ("３", 3), ("１２", 12), ("零", 0), ("〇", 0), ("一", 1), ("两", 2), ("十", 10),
    ("十二", 12), ("二十", 20), ("二十三", 23), ("三十一", 31), ("一百", 100), ("一百零五", 105), ("两百三十", 230),
    ("二〇二三", 2023), ("一万二千", 12000), ("一三", 13),
]  # fmt: skip
NOT_READ = ["", "半", "几", "百", "十百", "一十二三", "abc", "1.5", "-1", "十 二", "万", "零十"]


@pytest.mark.parametrize(("text", "number"), READ)
def test_numerals_are_read(text: str, number: int) -> None:
    """ASCII, full-width and Chinese numerals give their whole number."""
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", NOT_READ)
def test_other_words_are_no_numbers(text: str) -> None:
    """Words that are no whole number, 半 and 几 among them, give None."""
    assert chinese_number(text) is None


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万半几0９a ", max_size=12))
def test_no_text_raises(text: str) -> None:
    """Any mixture of numerals gives a number that is not negative, or None."""
    number = chinese_number(text)
    assert number is None or number >= 0
