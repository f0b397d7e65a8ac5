"""What of a question a line has to say, what speaks for it, and what no report knows."""

from __future__ import annotations

import pytest

from bot.question.sought import issues, meets_demand, sought, unknown_rate

TOLD = ("鼠标", "镜像构建", "重构", "刷脸", "收款成功率", "款成功率", "退费", "人民币", "对账", "平台", "时长", "visa",
        "merkle", "pr", "gnuplot 2021", "2021", "gnuplot", "0.7", "testnet", "引擎", "18期")  # fmt: skip


def told(word: str) -> bool:
    """Whether one of the words of these reports is, or begins with, the word."""
    return any(one == word or (word.isascii() and one.startswith(word)) for one in TOLD)


@pytest.mark.parametrize(("question", "needed"), [
    ("鼠标那个毛病好了吗", ["鼠标"]), ("镜像构建跑一轮现在多久", ["镜像构建"]), ("gnuplot2021 弄完没", ["gnuplot2021"]),
    ("merkle PR merged yet?", ["merkle", "pr"]), ("how far is the testnet", ["testnet"]), ("0.7 延到几号", ["0.7"]),
    ("对账平台的毛病", ["对账", "平台"]),
])  # fmt: skip
def test_words_that_only_ask_or_tell_little_need_not_stand_in_a_line(question: str, needed: list[str]) -> None:
    """What the question is about is needed, and nothing else; a platform beside a name is a part of it."""
    found = sought(question, told)
    assert ([word[0] for word in found.needed], found.unknown) == (needed, ())


@pytest.mark.parametrize(("question", "unknown"), [
    ("刷脸付进展", "付"), ("区块链做到哪了", "区块链"), ("数币人民币进展", "数币"), ("开票时长多少", "开票"),
    ("支付研发组最近怎么样", "支付研发组"), ("wombat testnet when", "wombat"), ("Visa Direct progress", "direct"),
])  # fmt: skip
def test_what_no_report_says_and_is_no_common_word_is_unknown(question: str, unknown: str) -> None:
    """A name, a part of one, and a team that no report has, are asked for all the same."""
    assert unknown in sought(question, told).unknown


def test_a_rate_is_another_one_than_that_of_something_else() -> None:
    """退费成功率 isn't told by 收款成功率, though each of its pairs of characters stands somewhere."""
    assert unknown_rate(sought("退费成功率最近怎样", told))
    assert not unknown_rate(sought("收款成功率最近怎样", told))


def test_an_issue_is_named_by_its_number() -> None:
    """16期 is an issue, whether reports have it or not."""
    assert issues(sought("16期说了啥", told)) == ("16期",)
    assert issues(sought("18期说了啥", told)) == ("18期",)


@pytest.mark.parametrize(("question", "line", "last", "meets"), [
    ("谁负责东湖改造", "东湖改造：已启动", False, False),
    ("谁负责东湖改造", "东湖改造（高岚，10/12）已启动", False, True),
    ("东湖那次赔了多少钱", "影响76笔交易", False, False), ("东湖那次赔了多少钱", "赔付商户3,000元", False, True),
    ("what did the nodes cost", "added 4 nodes", True, False), ("why did it stop", "pilot starts in May", True, False),
    ("why did it stop", "stopped because of the audit", True, True), ("why did it stop", "pilot starts", False, True),
])  # fmt: skip
def test_a_line_tells_what_is_demanded_by_a_word_of_its_own(question: str, line: str, last: bool, meets: bool) -> None:
    """Whose it is and what was paid stand in the line; a reason, where the line is the last resort."""
    assert meets_demand(question, line, last=last) is meets
