"""Whatever is typed is answered: with an answer, or with what can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.places import AFTER_SEEDS

from bot.answers.ask import Asker, Turn
from bot.bootstrap import build_asker
from bot.question.lexicon import lexicon
from bot.render.json import render_json
from bot.render.parts import LONGEST_TEXT
from bot.render.slack import render_slack
from store.library import Library

ODD = [
    "'; DROP TABLE reports; --", '" OR 1=1', "NEAR(a b)", "bi:银联 AND", 'w:"', "存管*", "^POS", "{x", "-- \x00",
    "\u202e项目", "😀", "👨‍👩‍👧‍👦", "ﷺ", "𠮷野家", "ｐｏｓ　ＡＰＰ", "\ud7ff", "%s%n{}", "../../etc/passwd",
    "<!channel>", "`rm`", "进度" * 400, "9" * 300,
    "第99999999999周", "W00", "2月31日", "13/45",
    "last 99999999999 weeks", "100000年", "比", "vs", "/", "//", "/status", "?？",
]  # fmt: skip


def _words() -> st.SearchStrategy[str]:
    cues = [word for words in lexicon()["cues"].values() for word in words]
    names = ["POS", "银行卡办理", "风控", "支付成功率", "Merchant Services",
             "上周", "12/5", "W49", "90%以上", "为什么", "有哪些", "什么时候"]  # fmt: skip
    return st.one_of(st.sampled_from(cues), st.sampled_from(names), st.sampled_from(ODD), st.text(max_size=12))


@pytest.fixture(scope="module")
def asker(seeds_database: Any) -> Iterator[Asker]:
    """The bot over the samples."""
    library = Library.open(str(seeds_database))
    yield build_asker(library)
    library.close()


@settings(max_examples=300, deadline=None)
@given(words=st.lists(_words(), min_size=1, max_size=6), between=st.sampled_from(["", " ", "，"]))
def test_every_question_is_answered(asker: Asker, words: list[str], between: str) -> None:
    """No words raise: there is an answer with a first line that can be shown everywhere, and none is a wall."""
    answer = asker.ask(between.join(words), AFTER_SEEDS)
    told = render_json(answer)
    assert told["text"].strip()
    assert len(told["text"]) <= LONGEST_TEXT
    assert render_slack(answer)["blocks"]


@settings(max_examples=60, deadline=None)
@given(turns=st.lists(_words(), min_size=2, max_size=4))
def test_every_conversation_goes_on(asker: Asker, turns: list[str]) -> None:
    """Nor does anything said after anything else."""
    turn: Turn | None = None
    for said in [*turns, "更多", "为什么", "第2条", "那风控呢"]:
        turn = asker.converse(said, AFTER_SEEDS, before=turn)
        assert render_json(turn.answer)["text"].strip()


@pytest.mark.parametrize("question", [*ODD, "銀聯" * 5000, "why " * 2500, "\n".join("项目" for _ in range(2000))])
@pytest.mark.parametrize("today", [AFTER_SEEDS, date(1, 1, 1), date(9999, 12, 31)])
def test_odd_questions_on_odd_days(asker: Asker, question: str, today: date) -> None:
    """Ten thousand characters, SQL, FTS syntax, emoji and the ends of the calendar: an answer each."""
    assert render_json(asker.ask(question, today))["text"].strip()
