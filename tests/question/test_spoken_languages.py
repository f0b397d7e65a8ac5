"""Which language the words of a question say, where they say one."""

from __future__ import annotations

import pytest

from bot.question.text import says_language

PAIRS = [
    ("status POS", None), ("/status POS", None), ("/report status POS", None), ("/project 小贝", None), ("POS", None),
    ("/report", None), ("/incidents", None), ("/report W38", None), ("/report 支付中心", None),
    ("status 银行卡办理", None), ("", None), ("/project 存管衍生", None),
    ("/incidents last 4 weeks", "en"), ("/report incidents last 4 weeks", "en"), ("when will 小贝 go live?", "en"),
    ("what slipped", "en"), ("/report what is overdue", "en"),
    ("小贝什么时候上线?", "zh"), ("/incidents 最近四周", "zh"), ("/report 上周的事故", "zh"), ("POS 进度", "zh"),
    ("项目 POS", "zh"), ("帮助", "zh"), ("海棠平台", "zh"), ("/project POS 现在怎么样", "zh"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language"), PAIRS)
def test_words_say_a_language_where_they_are_more_than_names(text: str, language: str | None) -> None:
    """Commands and names behind them say none; a name that somebody writes in Chinese by itself is Chinese."""
    assert says_language(text) == language
