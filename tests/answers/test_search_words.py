"""Questions in plain words that fit no kind: the line that says it is the answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from support.made_up import Put, ask, weekly
from support.places import NOW
from support.truth import false_quotes

from bot.answers.model import Para, words_of
from bot.bootstrap import build_asker
from bot.question.query import Kind
from bot.render.text import render_text
from store.intake import Candidate
from store.library import Library

TODAY = "2023-11-15"
W44 = weekly("第44周", "2023-11-03", ["- 收银台改版：研发进展40%，计划11/20上线"],
             ["- 10/31 09:10 网关超时，影响12笔。", "处置：扩容。原因：连接数不足。"]) + """
# 其他

青禾行专线割接方案评审通过，专线11月28日到货。

费率谈判第一轮结束，报价0.3%。

首批开通12家门店试点，收集反馈37条。
"""  # fmt: skip
W45 = (
    weekly("第45周", "2023-11-10", ["- 收银台改版：研发进展70%，计划12/4上线"])
    + """
# 其他

费率谈判第二轮定在11月21日，法务参加。

与海川签署补充协议，金额18万元。

In the drill 132 payments failed, all of them refunded.
"""
)
TEXTS = {"w44.md": W44, "w45.md": W45}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two reports of one team, for reading."""
    library = Library.open(str(tmp_path_factory.mktemp("words") / "words.db"), create=True)
    for name, text in TEXTS.items():
        assert [o.status for o in library.ingest([Candidate(name, name, name, None, text.encode())], NOW, "支付中心")]
    yield library
    library.close()


def first_line(library: Library, question: str) -> str:
    """The first line of the answer as text."""
    return render_text(ask(library, question, TODAY)).split("\n")[0]


@pytest.mark.parametrize(("question", "said", "week"), [
    ("费率谈判第二轮定在哪天", "费率谈判第二轮定在11月21日", "第45周"),
    ("谁参加费率谈判第二轮", "费率谈判第二轮定在11月21日，法务参加", "第45周"),
    ("青禾行专线哪天到货", "青禾行专线割接方案评审通过，专线11月28日到货", "第44周"),
    ("门店试点开通了几家门店", "首批开通12家门店", "第44周"),
    ("补充协议签了多少钱", "与海川签署补充协议，金额18万元", "第45周"),
    ("和海川签了什么协议", "与海川签署补充协议，金额18万元", "第45周"),
    ("青禾行割接方案评审通过了吗", "青禾行专线割接方案评审通过", "第44周"),
    ("how many payments failed in the drill", "In the drill 132 payments failed", "45"),
    ("第一轮费率谈判报价多少", "费率谈判第一轮结束，报价0.3%", "第44周"),
])  # fmt: skip
def test_the_first_line_is_the_line_that_says_it(shop: Library, question: str, said: str, week: str) -> None:
    """The line itself, with its week, and the citation quotes it."""
    answer = ask(shop, question, TODAY)
    first = render_text(answer).split("\n")[0]
    assert answer.found
    assert said in first
    assert week in first
    assert said in answer.citations[0].quote
    assert not false_quotes(answer, TEXTS.__getitem__)


@pytest.mark.parametrize(("question", "said"), [
    ("费率谈判第一轮哪天", "费率谈判第一轮结束"), ("海川补充协议哪天签", "补充协议，金额18万元"),
    ("费率谈判第二轮有几家参加", "费率谈判第二轮定在11月21日"),
])  # fmt: skip
def test_a_day_or_number_that_no_line_has_is_not_answered(shop: Library, question: str, said: str) -> None:
    """A line about the thing without the day or number that is asked for isn't passed for the answer."""
    assert said not in first_line(shop, question)


@pytest.mark.parametrize("question", ["区块链存证", "量子加密网关哪天到货", "how is the zebra fed"])
def test_what_no_report_says_is_not_found(shop: Library, question: str) -> None:
    """Nothing speaks of it: found is False, whatever lines come near."""
    answer = ask(shop, question, TODAY)
    assert not answer.found
    assert answer.data.get("total", 0) == 0


@pytest.mark.parametrize(("question", "total"), [
    ("/search 费率谈判", 2), ("搜索 费率谈判", 2), ("/search 到货", 1),
])  # fmt: skip
def test_a_command_to_search_lists_all_lines(shop: Library, question: str, total: int) -> None:
    """The first line counts them, each line follows, and none of them is passed for an answer."""
    answer = ask(shop, question, TODAY)
    lines = render_text(answer).split("\n")
    assert (answer.kind, answer.found, answer.data["total"], len(answer.citations)) == (Kind.SEARCH, True, total, total)
    assert str(total) in lines[0]
    assert all(citation.quote not in lines[0] for citation in answer.citations)


@pytest.mark.parametrize(("question", "kind", "said"), [
    ("费率谈判第二轮怎么样了", Kind.STATUS, "费率谈判第二轮定在11月21日"),
    ("海川补充协议进展", Kind.STATUS, "与海川签署补充协议"),
    ("海川补充协议到哪一步了", Kind.STATUS, "与海川签署补充协议"),
])  # fmt: skip
def test_a_kind_that_finds_nothing_gives_way_to_the_line(shop: Library, question: str, kind: Kind, said: str) -> None:
    """The words were read as another kind, which has no answer to them; the line that has one is the answer."""
    turn = build_asker(shop).converse(question, date.fromisoformat(TODAY))
    assert turn.query.kind is kind
    assert (turn.answer.kind, turn.answer.found) == (Kind.SEARCH, True)
    assert said in render_text(turn.answer).split("\n")[0]


@pytest.mark.parametrize(("question", "kind"), [
    ("收银台改版怎么样了", Kind.STATUS), ("上周的事故", Kind.INCIDENTS), ("收银台改版什么时候上线", Kind.STATUS),
    ("/incidents 费率谈判", Kind.INCIDENTS), ("/status 收银台改版", Kind.STATUS),
])  # fmt: skip
def test_a_kind_that_answers_keeps_its_answer(shop: Library, question: str, kind: Kind) -> None:
    """What is answered, if only by saying that there was none, is not looked for in lines; nor is a command's."""
    assert ask(shop, question, TODAY).kind is kind


def test_the_best_line_is_not_repeated_below(shop: Library) -> None:
    """The line that is the answer stands once; others that speak of it follow."""
    answer = ask(shop, "费率谈判第二轮定在哪天", TODAY)
    shown = ["".join(span.text for span in block.text) for block in answer.blocks if isinstance(block, Para)]
    assert "费率谈判第二轮定在11月21日" in words_of(answer.head)
    assert not any("费率谈判第二轮定在11月21日" in text for text in shown)


@pytest.mark.parametrize(("question", "said"), [
    ("第44周费率谈判说了什么", "第一轮"), ("上周费率谈判说了什么", "第二轮"),
])  # fmt: skip
def test_a_week_leaves_out_the_lines_of_others(shop: Library, question: str, said: str) -> None:
    """With a week in the question only that week's lines answer."""
    answer = ask(shop, question, TODAY)
    assert answer.found
    assert said in render_text(answer).split("\n")[0]


def test_a_day_to_come_is_asked_for_its_milestones(library: Library, put: Put) -> None:
    """What is on, on a day ahead, are the dates that the reports plan for it, in this year and not in the last."""
    put(weekly("第50周", "2023-12-08", ["- 东湖存管：进度40%，12/14提测", "- 西湖存管：进度70%"]))
    for question in ("12月14日有什么事", "12/14有什么", "what's happening on 12/14"):
        answer = ask(library, question, "2023-12-11")
        assert (answer.kind.value, answer.found) == ("milestones", True), question
        assert [citation.line for citation in answer.citations] == [5]


def test_a_trade_word_names_no_project(library: Library, put: Put) -> None:
    """Of "feature platform migration" the migration alone names no Connector migration: nothing is guessed."""
    put(weekly("Week 50", "2023-12-08", ["- Connector migration: 86%, in progress"]))
    assert ask(library, "feature platform migration status", "2023-12-11").data.get("project") is None
    assert ask(library, "connector migration status", "2023-12-11").data["project"] == "Connector migration"


def test_a_superlative_is_looked_for(library: Library, put: Put) -> None:
    """Which channel is the least stable isn't answered by any line on channels: no line says 不稳."""
    put(weekly("第38周", "2023-09-15", [], highlights=["- 银行通道切换演练完成"]), name="w38.md")
    assert not ask(library, "哪家银行的通道最不稳", "2023-09-18").found
    assert ask(library, "银行的通道切换演练", "2023-09-18").found
