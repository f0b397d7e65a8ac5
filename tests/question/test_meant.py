"""Which of several texts says most of what a question's words weigh."""

from __future__ import annotations

import pytest

from bot.question.content import content
from bot.question.meant import weighed, winner

TEXTS = (
    ("document uploads failed", "the storage certificate had expired"), ("welcome e-mail sent twice", "86 merchants"),
    ("老网关连接池打满", "持续17分钟，影响5,210笔"),
    ("小票重复打印", "打印模板配置错误"), ("微信通道超时", "影响318笔"),
    ("支付宝通道证书临期", "影响22笔"),
)  # fmt: skip


def told(word: str) -> bool:
    """Whether any text says it as it stands."""
    return any(word in part for text in TEXTS for part in text)


@pytest.mark.parametrize(("words", "at"), [
    ("document upload failure", 0), ("welcome mails double", 1), ("连接池满", 2), ("receipts printed twice", 3),
    ("wechat 通道 timeout", 4), ("documnet uploads", 0), ("支付宝证书", 5),
])  # fmt: skip
def test_the_text_that_says_most_wins(words: str, at: int) -> None:
    """Rare words weigh more, in any form or language, and one letter may be wrong."""
    assert winner(weighed(content(words, told), TEXTS, told)) == at


@pytest.mark.parametrize("words", ["量子网关超限", "商户", "failure", "通道", "stripe uploads webhook"])
def test_nothing_wins_without_enough(words: str) -> None:
    """What two say alike, what may be said of any, and names that none has choose nothing."""
    assert winner(weighed(content(words, told), TEXTS, told)) is None
