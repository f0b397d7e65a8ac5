"""What of a question is looked for in the lines of reports, and what a line must have to answer it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.question.content import MOST_WORDS, asks_day, asks_number, content, everything, telling, tells

REPORTS = """试点 门店 付款 演练 用户 小票 乱码 存管 合同 签署 渠道 机具 费率 谈判 第二轮 对账 容灾演练
payments drill terminals vendor"""


def told(word: str) -> bool:
    """Whether a made-up set of reports says the word: the words above, and no others."""
    return word in REPORTS.split()


@pytest.mark.parametrize(("question", "words"), [
    ("how many payments failed in the drill", "payments failed drill"),
    ("what did the vendor say about terminals", "vendor terminals"),
    ("合同签署了吗", "合同签署"),
    ("小票乱码是怎么回事", "小票乱码"),
    ("哪天演练", "演练"),
    ("请问费率谈判什么时候", "费率谈判"),
    ("机具的合同", "机具 合同"),
    ("", ""), ("？！", ""), ("什么时候", ""), ("which of them", ""),
])  # fmt: skip
def test_words_that_only_ask_are_no_content(question: str, words: str) -> None:
    """Question words, polite words and particles are left out; the rest is looked for as it was asked."""
    assert telling(question, everything) == words


@pytest.mark.parametrize(("question", "words"), [
    ("合同签署", ["合同", "签署"]),
    ("殃及用户", ["用户"]),
    ("试点开了", ["试点"]),
    ("区块链", ["区块", "链"]),
    ("支付网关组", ["支付网关组"]),
    ("seriously payments", ["payments"]),
    ("payments on zebra", ["payments", "zebra"]),
])  # fmt: skip
def test_what_no_report_says_is_cut_to_what_one_does(question: str, words: list[str]) -> None:
    """A run of Chinese that stands nowhere gives its words that stand somewhere; things that no report holds (a chain,
    a team, an animal) are asked for all the same, for there must be no answer then."""
    assert telling(question, told).split() == words


@pytest.mark.parametrize(("question", "forms"), [
    ("drill", ("drill", "演练")), ("演练", ("演练", "drill")), ("payments", ("payments",)), ("POS", ("pos", "机具")),
    ("merchants", ("merchants", "merchant", "商户")), ("合同", ("合同", "contract", "协议")),
    ("试点开", ("试点开", "试点")),
])  # fmt: skip
def test_a_word_may_be_said_in_other_words_of_the_trade(question: str, forms: tuple[str, ...]) -> None:
    """What the trade calls the same stands beside the word, which comes first."""
    (found,) = content(question)
    assert found[0] == forms[0]
    assert set(forms) <= set(found)


def test_each_word_is_looked_for_once_and_only_so_many() -> None:
    """A word said twice is one; of a very long question the first words are enough."""
    assert telling("payments 演练 payments", everything) == "payments 演练"
    long = " ".join(f"word{number}" for number in range(100))
    assert len(content(long)) == MOST_WORDS


@pytest.mark.parametrize(("question", "day"), [
    ("什么时候上线", True), ("哪天提测", True), ("啥时候演练", True), ("几号签合同", True), ("when is the drill", True),
    ("what day was it", True), ("谁签的合同", False), ("进度怎么样", False), ("whenever it suits", False),
    ("the update of the vendor", False), ("", False),
])  # fmt: skip
def test_whether_a_day_is_asked_for(question: str, day: bool) -> None:
    """When, in either language and as people say it; not a word that only holds one of these."""
    assert asks_day(question) is day


@pytest.mark.parametrize(("question", "number"), [
    ("多少笔付款失败", True), ("有几家门店", True), ("how many payments failed", True), ("谁签的合同", False),
    ("what did the vendor say", False), ("", False),
])  # fmt: skip
def test_whether_a_number_is_asked_for(question: str, number: bool) -> None:
    """多少, 几 and "how many" ask for a number."""
    assert asks_number(question) is number


@pytest.mark.parametrize(("question", "line", "well"), [
    ("多少笔付款失败", "付款失败132笔", 2), ("多少笔付款失败", "付款失败 1,320 笔", 2),
    ("多少笔付款失败", "付款失败3次", 0), ("多少笔付款失败", "付款失败若干", 0),
    ("几家门店试点", "试点12家门店", 2), ("几家门店试点", "12/5试点", 0),
    ("how many payments failed", "132 payments failed", 2), ("how many payments failed", "some payments failed", 0),
    ("how many tables are left", "wave 4 moved 38 tables", 0), ("how many tables are left", "38 tables remaining", 2),
    ("how many tables are left", "212 of 400 tables moved", 2), ("还剩多少户没迁", "已迁380户", 0),
    ("how many terminals are out", "41 went out, terminals by DHL", 1),
    ("合同花了多少钱", "合同金额12万元", 2), ("合同花了多少钱", "合同12页", 0),
    ("how long did the drill take", "the drill took 45 min", 2), ("how long did the drill take", "3 drills", 0),
    ("演练持续了多久", "演练历时2小时", 2), ("演练持续了多久", "演练3次", 0),
    ("谁签的合同", "合同由采购签署", 2), ("谁签的合同", "", 2),
])  # fmt: skip
def test_how_well_a_line_tells_the_number_that_is_asked_for(question: str, line: str, well: int) -> None:
    """Best with the unit that is asked for, then with another number, not at all without one or with only a date; where
    no number is asked for, any line will do."""
    assert tells(question, line) == well


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_text_has_some_content_or_none(text: str) -> None:
    """Whatever is asked: words that are no blanks, each once, and none that a report would have to be made up for."""
    found = content(text, told)
    assert all(one and all(word.strip() for word in one) for one in found)
    assert len(set(found)) == len(found) <= MOST_WORDS
    assert tells(text, text) in (0, 1, 2)
