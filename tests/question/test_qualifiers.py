"""Which figure is meant by the words beside its name, and that none is given for another."""

from __future__ import annotations

import pytest
from support.naming import named

from bot.question.bounds import take_figure_bounds
from bot.question.figures import find_figures, shortened
from bot.question.query import Kind, Query
from bot.question.understand import date

COLLECT, SCAN, CARD = named(1, "跨境收款成功率"), named(2, "扫码支付成功率"), named(3, "刷卡支付成功率")
AUTH, LATENCY, CHARGEBACKS = named(4, "Authorisation rate"), named(5, "p95 latency"), named(6, "Chargeback rate")
COMPLAINTS, PASSED = named(7, "商户投诉量"), named(8, "进件通过率")
METRICS = (COLLECT, SCAN, CARD, AUTH, LATENCY, CHARGEBACKS, COMPLAINTS, PASSED)


@pytest.mark.parametrize(("text", "names"), [
    ("auth rate", ["Authorisation rate"]), ("lowest authorization rate", ["Authorisation rate"]),
    ("QR payment success rate", ["扫码支付成功率"]), ("success rate of card payments", ["刷卡支付成功率"]),
    ("收款成功率怎么样", ["跨境收款成功率"]), ("支付成功率", ["扫码支付成功率", "刷卡支付成功率"]),
    ("投诉量最近怎么样", ["商户投诉量"]), ("merchant complaints", ["商户投诉量"]), ("saoma成功率", ["扫码支付成功率"]),
    ("授权成功率多少", ["Authorisation rate"]), ("approval rate", ["进件通过率"]),
])  # fmt: skip
def test_a_figure_is_known_by_a_part_of_its_name_in_either_language(text: str, names: list[str]) -> None:
    """Words shortened, spelt otherwise, in the other language or in pinyin name the figure that has all of them."""
    found = find_figures(text, METRICS)
    assert found is not None
    assert ([metric.name for metric in found.named], found.unsaid) == (names, "")


@pytest.mark.parametrize(("text", "unsaid"), [
    ("退款成功率最近怎样", "退款成功率"), ("海外支付成功率", "海外支付成功率"), ("H5进件通过率", "h5进件通过率"),
    ("refund success rate", "refund success rate"), ("p99 latency", "p99 latency"),
    ("success rate of refunds", "refunds success rate"), ("latency of the vault", "vault latency"),
    ("港币跨境收款成功率", "港币跨境收款成功率"),
])  # fmt: skip
def test_no_figure_is_given_for_another(text: str, unsaid: str) -> None:
    """A word beside the name that no figure's name has asks for a figure that isn't there, however alike another is."""
    found = find_figures(text, METRICS)
    assert found is not None
    assert (found.named, found.unsaid) == ((), unsaid)


@pytest.mark.parametrize(("words", "names"), [
    ("chargebacks", ["Chargeback rate"]), ("p95", ["p95 latency"]), ("latency chargebacks", []), ("refunds", []),
])  # fmt: skip
def test_english_words_name_a_figure_without_its_last_word(words: str, names: list[str]) -> None:
    """`chargebacks` is the chargeback rate; what leaves out more than the word for figures names none."""
    assert [metric.name for metric in shortened(words, METRICS)] == names


@pytest.mark.parametrize(("text", "least", "most", "unit"), [
    ("低于98%", None, 98 - 1e-9, "%"), ("超过500ms", 500 + 1e-9, None, "ms"), ("掉到97以下", None, 97, ""),
    ("at least 91 percent", 91, None, ""), ("above 1,200", 1200 + 1e-9, None, ""), ("不低于5小时", 5, None, "小时"),
    ("超过3周", None, None, ""), ("第45周", None, None, ""),
])  # fmt: skip
def test_the_bounds_for_a_figure(text: str, least: float | None, most: float | None, unit: str) -> None:
    """The number behind a word for more or less, with its unit; a count of weeks is none."""
    query, _ = take_figure_bounds(Query("?", Kind.METRICS, "zh", date(2024, 1, 1)), text)
    assert (query.least, query.most, query.unit) == (least, most, unit)
