"""Block Kit: within Slack's limits whatever an answer holds, no report text as markup, the same facts as elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from support.made_up import Put, ask, weekly
from support.slack import problems

from bot.answers.ask import Asker
from bot.answers.model import Answer, Bar, Chart, ChartKind, ChartSeries, Para, Span, Style, Table, plain
from bot.question.query import Kind
from bot.render.slack import render_shared, render_slack
from bot.render.slack_parts import escape, shown, unescape
from bot.render.text import render_text
from bot.strings import TOUR
from store.library import Library
from store.records import Citation, ReportRef

TODAY = date(2023, 12, 11)
PING = "<!channel> <@U123> <https://x.example|click> & *bold* @here :tada:"


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a payload with the type of the object that holds it."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield str(value.get("type")), value["text"]
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def visible(message: dict[str, Any]) -> str:
    """All the text that the blocks show, unescaped."""
    shown = " ".join(text for _, text in texts(message["blocks"]))
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def answer(*blocks: Para | Table, head: str = "头", **more: Any) -> Answer:
    """An answer of these blocks."""
    return Answer("问", Kind.STATUS, "zh", True, plain(head), blocks, **more)


def citation(number: int, source: str = "a.md", url: str | None = None, line_end: int | None = None) -> Citation:
    """A citation of a report of its own."""
    day = date(2023, 9, 15)
    report = ReportRef(number, "支付中心", "第38周", day, day, day, source, url)
    return Citation(report, number + 1, line_end or number + 1, "…")


@pytest.mark.parametrize("question", [*TOUR, "/help", "", "/nosuch", "/incidents", "/report 10月", "/status"])
def test_every_sample_answer_is_fit_for_slack(asker: Asker, question: str) -> None:
    """The answers to all kinds of questions over the samples pass Slack's limits and slack_sdk's validation."""
    assert problems(render_slack(asker.ask(question, TODAY))) == []


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,:/]\d+)*%?", text))


@pytest.mark.parametrize("question", [question for question in TOUR if not question.startswith("/report")])
def test_slack_states_the_same_figures(asker: Asker, question: str) -> None:
    """Every number of the plain text stands in the blocks, and every number of the blocks in the plain text or the
    buttons."""
    found = asker.ask(question, TODAY)
    message = render_slack(found)
    text, blocks = render_text(found), visible(message)
    offered = "\n".join(found.suggestions)
    shown_sources = text.rsplit("\n", 1)[0]
    assert _numbers(shown_sources) <= _numbers(blocks)
    assert _numbers(blocks) <= _numbers(text) | _numbers(offered)


CHART = Chart("x", ChartKind.LINE, (ChartSeries("x", ((TODAY, 1.0),)),))
SPANS = st.builds(Span, st.text(max_size=120), st.sampled_from(list(Style)))
TEXTS = st.lists(SPANS, max_size=5).map(tuple)
HEADS = TEXTS.map(lambda text: (Span("头"), *text))
CELLS = st.one_of(st.builds(Bar, st.floats(0, 100)), TEXTS)
PARAS = st.builds(Para, TEXTS, st.integers(0, 1), st.booleans())
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=6).map(
        lambda rows: Table(tuple("列" for _ in range(width)), tuple(rows))
    )
)
CITATIONS = st.lists(
    st.builds(
        citation,
        st.integers(0, 9),
        st.text(min_size=1, max_size=200),
        st.sampled_from([None, "https://x.example/a b|c>", "javascript:alert(1)", "https://x.example/" + "y" * 3000]),
    ),
    max_size=8,
)


@given(
    st.lists(st.one_of(PARAS, TABLES), max_size=30),
    HEADS,
    CITATIONS,
    st.lists(st.text(max_size=100), max_size=8),
    st.integers(1, 60),
)
@example([Para(plain("x"))], plain("头"), [], ["", "  ", "a", "a"], 60)
# Such answers are large and shrink slowly; the extremes below are the small cases.
@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_any_answer_is_fit_for_slack(
    blocks: list[Para | Table], head: tuple[Span, ...], cited: list[Citation], next_questions: list[str], times: int
) -> None:
    """Whatever an answer holds and however much of it, the message stays within Slack's limits and pings nobody."""
    asked = Answer("问", Kind.SEARCH, "zh", True, head, tuple(blocks * times), tuple(cited))
    assert problems(render_slack(replace(asked, suggestions=tuple(next_questions)))) == []


BIG_ROW = tuple(plain("x" * 5000) for _ in range(5))
ODD = f"\x00\x1b[2J\ud800\u202e\u2066عربي👩‍👧 {PING} &amp;lt; ```   \x85"
EXTREMES = {
    "long head": answer(head="头" * 5000),
    "empty paragraph": answer(Para(())),
    "blank paragraph": answer(Para(plain("   "))),
    "line breaks": answer(Para(plain("\n\n\n"))),
    "one huge paragraph": answer(Para(plain("字" * 50_000))),
    "a thousand paragraphs": answer(*(Para(plain("字" * 100)) for _ in range(1000))),
    "paragraphs and tables in turn": answer(*(part for n in range(60) for part in
                                              (Para(plain(f"{n}")), Table(("a",), ((plain("b"),),))))),
    "a thousand spans": answer(Para(tuple(Span("字") for _ in range(1000)))),
    "empty cells": answer(Table(("", ""), (((), ()), (plain(" "), plain("\n"))))),
    "a thousand rows": answer(Table(("a", "b"), tuple((plain(str(n)), Bar(50)) for n in range(1000)))),
    "long cells": answer(Table(("a",) * 5, (BIG_ROW,) * 10)),
    "five columns": answer(Table(("a",) * 5, (tuple(plain("x") for _ in range(5)),))),
    "twenty columns": answer(Table(("a",) * 20, (tuple(plain("x") for _ in range(20)),))),
    "thirty columns": answer(Table(("a",) * 30, (tuple(plain("x") for _ in range(30)),))),
    "no columns": answer(Table((), ((), ()))),
    "ten thousand citations": answer(citations=tuple(citation(n % 50, line_end=n + 1) for n in range(10_000))),
    "odd characters": answer(
        Para(plain(ODD)), Table((ODD,), ((plain(ODD),), (plain("\ud800"),), (plain("\x00"),))), head=ODD,
        citations=(citation(1, ODD, "https://x.example/" + ODD),), suggestions=(ODD, "\ud800", "\x00")),
    "a hundred suggestions": answer(suggestions=tuple(f"问题 {n}" for n in range(100))),
    "long suggestions": answer(suggestions=("问" * 5000, "", " ")),
    "a thousand sources": answer(citations=tuple(citation(n, "长名" * 200, "https://x.example/") for n in range(999))),
    "scattered lines": answer(citations=tuple(Citation(citation(1).report, n, n, "…") for n in range(1, 3000, 2))),
}  # fmt: skip


def test_a_table_without_rows_is_nothing() -> None:
    """A table that has no row yet is left out."""
    assert problems(render_slack(answer(Table(("a", "b"), ())))) == []


@pytest.mark.parametrize("name", EXTREMES)
def test_extremes_are_fit_for_slack(name: str) -> None:
    """Nothing, far too much, and the odd shapes between: a message that Slack takes, with a text beside the blocks."""
    message = render_slack(EXTREMES[name], TODAY, shareable=True)
    assert problems(message) == []
    assert len(json.dumps(message["blocks"])) < 100_000
    sent = json.dumps(message, ensure_ascii=False)
    assert sent.encode().decode() == sent


@pytest.mark.parametrize("name", ["one huge paragraph", "a thousand paragraphs"])
def test_a_cut_is_said(name: str) -> None:
    """Where the body doesn't fit, the message says that there is more."""
    assert "……后面还有" in visible(render_slack(EXTREMES[name]))


def test_a_long_head_is_told_in_full() -> None:
    """A head too long for Slack's header is cut there and stands whole below it."""
    head = "".join(f"{n}，" for n in range(100))
    assert head in visible(render_slack(answer(head=head)))


def test_nothing_of_a_report_is_markup(library: Library, put: Put) -> None:
    """What a report says never stands in mrkdwn unescaped: it pings nobody, links nowhere and is shown as written."""
    put(
        weekly("第38周", "2023-09-15", [f"- 海棠平台：{PING} 进度60%"], [f"- 9/12 08:05 {PING}超时"]),
        name=f"{PING[:9]}.md",
    )
    for question in ("/status 海棠", "/incidents", "/search channel", "/report", f"/status {PING}"):
        message = render_slack(ask(library, question, "2023-09-20"))
        assert problems(message) == [], question
        for kind, text in texts(message["blocks"]):
            assert kind != "mrkdwn" or "<!channel>" not in text, question
        assert not re.search(r"<[!@#h]", message["text"]), question
    assert PING in visible(render_slack(ask(library, "/search 进度60%", "2023-09-20")))


def test_a_link_is_made_of_a_web_address_only() -> None:
    """Reports with a published address are linked, with its signs made harmless; other schemes are never links."""
    linked = render_slack(answer(citations=(citation(1, "<a>|b.md", "https://x.example/周报 1|2>.md"),)))
    (text,) = [text for kind, text in texts(linked["blocks"]) if kind == "mrkdwn"]
    assert text.startswith("<https://x.example/周报%201%7C2&gt;.md|&lt;a&gt;")
    for url in ("javascript:alert(1)", "file:///etc/passwd", "https://x.example/" + "y" * 3000, ""):
        plain_only = render_slack(answer(citations=(citation(1, "a.md", url),)))
        assert not [text for kind, text in texts(plain_only["blocks"]) if kind == "mrkdwn"], url


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_escaping_can_be_undone(text: str) -> None:
    """Escaping leaves no angle bracket and loses nothing but what Slack wouldn't take."""
    escaped = escape(text)
    assert not set(escaped) & set("<>")
    assert unescape(escaped) == shown(text)


@pytest.mark.parametrize("text", ["👩‍👩‍👧 ✈️", "١٢٣ عربي", "全　角", "a\tb\nc", "é"])
def test_what_people_write_is_shown_as_written(text: str) -> None:
    """Emoji that are joined, other scripts and wide spaces stay as they are."""
    assert shown(text) == text


@pytest.mark.parametrize("text", ["\x00", "\x1b[2J", "\ud83d", "‮", "⁦", "\x85"])
def test_what_slack_would_not_take_is_marked(text: str) -> None:
    """Control characters, halves of characters and what turns text around are shown as missing ones."""
    assert shown(f"a{text}b").startswith("a�")


def test_long_links_leave_room_for_the_answer() -> None:
    """Four links as long as links may be and a body that fills all room: still within what Slack takes in all."""
    cited = tuple(citation(n, "名" * 200, "https://x.example/" + "y" * 1480) for n in range(4))
    message = render_slack(answer(*(Para(plain("字" * 100)) for _ in range(200)), citations=cited))
    assert problems(message) == []
    assert "……后面还有" in visible(message)


def test_files_of_one_name_are_told_apart() -> None:
    """Teams that call their files by the date: the source names the team; a name of its own needs none."""
    day = date(2023, 9, 15)
    refs = [ReportRef(n, team, None, day, day, day, name) for n, (team, name) in enumerate(
        [("甲组", "a.md"), ("乙组", "a.md"), ("乙组", "b.md")])]  # fmt: skip
    message = render_slack(answer(citations=tuple(Citation(ref, 1, 1, "…") for ref in refs)))
    (context,) = [block for block in message["blocks"] if block["type"] == "context"]
    assert [part["text"] for part in context["elements"]] == ["来源：甲组 a.md 1 行", "乙组 a.md 1 行", "b.md 1 行"]


def test_who_asked_is_the_only_one_mentioned() -> None:
    """An answer for all names who asked by a mention, and shows the question as it was written."""
    message = render_shared(render_slack(answer()), "zh", "U7", PING)
    assert problems(message, allowed={"U7"}) == []
    assert problems(message) != []
    assert PING in visible(message)
    assert message["text"].splitlines()[0] == "头"


@given(st.text(max_size=4000), st.lists(st.one_of(PARAS, TABLES), max_size=30), CITATIONS)
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_any_shared_answer_is_fit_for_slack(question: str, blocks: list[Para | Table], cited: list[Citation]) -> None:
    """With who asked above it and all its buttons below, an answer of any size is within Slack's limits."""
    asked = Answer(question, Kind.STATUS, "en", True, plain("head"), tuple(blocks * 20), tuple(cited),
                   data={"project": question}, suggestions=(question, "x"), chart=CHART)  # fmt: skip
    for shareable in (True, False):
        message = render_slack(asked, TODAY, shareable=shareable)
        assert problems(message) == []
        assert problems(render_shared(message, "en", "U7", question), allowed={"U7"}) == []
