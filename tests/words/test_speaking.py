"""Whether a line speaks of a word, and how such lines are looked for."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from store.words.normalise import fold, has_cjk
from store.words.speaking import SCATTERED, fts, most, share, speaks_of, stem

SAME = [
    ("delivered", "the delivery is done"), ("tests", "tested twice"), ("testing", "one test"), ("cert", "no cert yet"),
    ("certi", "the certificate expires"), ("settlement", "Settlements are late"), ("retries", "retry the queue"),
    ("POS", "ＰＯＳ机具"), ("pos", "the POS terminal"), ("E2E-7", "case E2E-7 failed"), ("7", "case E2E-7 failed"),
    ("12/15", "live on 12/15."), ("15", "live on 12/15."), ("99.9%", "hit 99.9% at last"), ("go-live", "the golive"),
    ("golive", "the go-live"), ("refunds", "refund of 3"), ("agreed", "we agree"),
    ("工行回单", "工行电子回单已上线"), ("规则引擎压测", "规则引擎已完成压测"), ("存管", "东湖存管"),
    ("退款", "退款重复"), ("东湖存管", "存管评审：东湖存管"), ("二期", "小贝二期上线"), ("银行卡", "银行卡办理"),
]  # fmt: skip
OTHER = [
    ("二期", "小贝一期上线"), ("小贝二期", "小贝一期上线"), ("pos", "the post office"), ("POS", "positions are open"),
    ("form", "the format is new"), ("format", "the form is new"), ("art", "the cart"), ("cart", "part"),
    ("12/15", "live on 12/16"), ("15", "150 payments"), ("7", "17 payments"), ("99.9%", "99.95%"),
    ("rate", "generate a file"), ("risk", "brisk trade"), ("phase2", "phase1"), ("东湖存管", "西湖存管"),
    ("规则引擎", "规则缓存"), ("退款", "扣款"), ("v2", "v3"), ("区块链", "银行链路"), ("test", ""), ("二期", ""),
    ("支付二组", "支付一组"), ("live", "delivered"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "text"), SAME)
def test_a_text_speaks_of_a_word_in_any_form(word: str, text: str) -> None:
    """The word itself, another form of it, a part of a joined word, or Chinese characters with others in between."""
    assert speaks_of(word, text)


@pytest.mark.parametrize(("word", "text"), OTHER)
def test_a_text_does_not_speak_of_another_word(word: str, text: str) -> None:
    """A word that merely begins alike, lies within another, or differs by the one character that matters."""
    assert not speaks_of(word, text)


@pytest.mark.parametrize(("one", "other"), [
    ("tests", "tested"), ("testing", "test"), ("deliveries", "delivery"), ("delays", "delayed"), ("closes", "closing"),
    ("merchants", "merchant"), ("freeze", "freezes"), ("retries", "retried"),
])  # fmt: skip
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    """Endings of number and tense are no part of the stem."""
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("word", "stemmed"), [
    ("is", "is"), ("bus", "bus"), ("red", "red"), ("p1s", "p1s"), ("", ""), ("key", "key"), ("day", "day"),
    ("e2e", "e2e"), ("hides", "hid"),
])  # fmt: skip
def test_a_short_word_is_its_own_stem(word: str, stemmed: str) -> None:
    """At least three letters are left, and what holds a digit stays as it is."""
    assert stem(word) == stemmed


@pytest.mark.parametrize(("word", "text", "low", "high"), [
    ("规则引擎", "规则引擎上线", 1.0, 1.0), ("规则引擎", "引擎与规则", SCATTERED, SCATTERED),
    ("规则引擎", "缓存", 0.0, 0.0),
    ("规则引擎", "规则缓存", 0.3, 0.6), ("工行回单", "工行电子回单", SCATTERED, 0.99),
    ("小贝二期", "小贝一期", 0.3, 0.9), ("pos", "pos", 1.0, 1.0), ("pos", "post", 0.0, 0.0),
])  # fmt: skip
def test_how_much_of_a_word_is_said(word: str, text: str, low: float, high: float) -> None:
    """All of it 1; all characters but not in one piece a little less; a part, its part; Latin words whole or not."""
    assert low <= share(word, text) <= high


def test_any_of_its_words_says_what_is_wanted() -> None:
    """Of what may be said in several words, and of several texts, the best counts; of none there is nothing."""
    assert most(("drill", "演练"), ("容灾演练通过",)) == 1.0
    assert most(("drill",), ("容灾演练通过", "the drills")) == 1.0
    assert most(("drill", "演练"), ("评审",)) == 0.0
    assert most((), ("评审",)) == most(("drill",), ()) == 0.0


@pytest.mark.parametrize(("wanted", "expression"), [
    ((), None), (((),), None), ((("drill",),), 'w:"drill" *'), ((("drills", "演练"),), 'bi:"演练" OR w:"drill" *'),
    ((("数据湖",),), 'bi:"数据" OR bi:"据湖"'), ((("湖",),), 'bi:"湖" *'), ((("tests",), ("tested",)), 'w:"test" *'),
])  # fmt: skip
def test_what_is_wanted_as_an_expression(wanted: tuple[tuple[str, ...], ...], expression: str | None) -> None:
    """Pairs of Chinese characters, the beginning of a single one, stems of the rest, each once; nothing of nothing."""
    assert fts(wanted) == expression


LETTERS = st.characters(categories=["L", "N"], max_codepoint=0x9FFF)
WORDS = st.one_of(
    st.text(st.sampled_from("abdegilnrsty0179-./%+"), min_size=1, max_size=9),
    st.text(st.sampled_from("工行电子回单一二期"), min_size=1, max_size=6),
    st.text(LETTERS, min_size=1, max_size=6),
    st.text(min_size=1, max_size=8),
).map(fold)  # fmt: skip


def whole(word: str) -> bool:
    """Whether it is one word as texts have them: Chinese, or Latin letters and digits with joints between them."""
    latin = word.isascii() and word.replace("-", "").isalnum()
    return has_cjk(word) or (latin and word[0].isalnum() and word[-1] != "-")


@given(WORDS, st.text(max_size=10), st.text(max_size=10))
@settings(max_examples=200, deadline=None)
def test_a_text_speaks_of_every_word_that_stands_in_it(word: str, before: str, behind: str) -> None:
    """Between blanks, beside anything: the word is spoken of, and all of it."""
    assume(whole(word))
    text = f"{before} {word} {behind}"
    assert speaks_of(word, text)
    assert share(word, text) == 1.0


@given(WORDS, st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_a_share_is_a_share(word: str, text: str) -> None:
    """From 0 to 1 for any word and any text, and a stem begins its word."""
    assert 0.0 <= share(word, text) <= 1.0
    assert word.startswith(stem(word))


@given(st.lists(st.lists(WORDS.filter(whole), max_size=3).map(tuple), max_size=3))
@settings(max_examples=100, deadline=None)
def test_any_expression_can_be_asked_of_the_index(wanted: list[tuple[str, ...]]) -> None:
    """Whatever words are wanted, the full-text index understands the expression."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE lines USING fts5(bi, w)")
    expression = fts(wanted)
    if expression is not None:
        assert database.execute("SELECT count(*) FROM lines WHERE lines MATCH ?", (expression,)).fetchone() == (0,)
    database.close()
