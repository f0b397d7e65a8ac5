"""The terminal: colour where there is one, plain unwrapped text in a pipe, and no report drives it."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from support.made_up import Put, ask, weekly

from bot.answers.ask import Asker
from bot.answers.model import Answer, Bar, Para, Span, Style, Table, plain
from bot.question.query import Kind
from bot.render.terminal import print_answer
from bot.render.text import render_text
from bot.strings import TOUR
from store.library import Library

TODAY = date(2023, 12, 11)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def shown(answer: Answer, terminal: bool, width: int = 60) -> str:
    """What is printed to a terminal of this width, or into a pipe."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=width, highlight=False, color_system="truecolor")
    print_answer(console, answer)
    return out.getvalue()


@pytest.mark.parametrize("question", TOUR)
def test_a_pipe_gets_the_plain_text(asker: Asker, question: str) -> None:
    """In a pipe the answer is its plain text, however long its lines: no colours, no wrapping."""
    answer = asker.ask(question, TODAY)
    piped = shown(answer, terminal=False, width=20)
    assert piped.startswith(render_text(answer) + "\n")
    assert "\x1b" not in piped


@pytest.mark.parametrize("question", TOUR)
def test_a_terminal_shows_the_same_words(asker: Asker, question: str) -> None:
    """In a terminal every word of the plain text is there too, in colour, wrapped to its width."""
    answer = asker.ask(question, TODAY)
    seen = shown(answer, terminal=True)
    assert "\x1b[" in seen
    bare = re.sub(r"\s", "", COLOUR.sub("", seen))
    words = re.sub(r"\s", "", "".join(span.text for span in answer.head))
    assert words in bare
    for citation in answer.citations[:3]:
        assert citation.report.source.rsplit("/", 1)[-1] in bare


@pytest.mark.parametrize("terminal", [True, False])
def test_a_report_can_not_drive_the_terminal(library: Library, put: Put, terminal: bool) -> None:
    """Escape sequences, bells and backspaces in a report come out as a sign, not as commands."""
    put(
        weekly(
            "第38周",
            "2023-09-15",
            ["- 海棠平台：\x1b[2J\x1b]0;owned\x07进度60%\x08\x9b31m\u202e" + "很长的说明，" * 60],
        )
    )
    for question in ("/status 海棠", "/search 海棠", "/report"):
        seen = COLOUR.sub("", shown(ask(library, question, "2023-09-20"), terminal))
        assert "海棠" in seen
        assert not set(seen) & set("\x1b\x07\x08\x9b\u202e")


def test_a_question_can_not_drive_the_terminal(library: Library, put: Put) -> None:
    """What was asked is repeated without its escape sequences."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：进度60%"]))
    seen = shown(ask(library, "/status \x1b[2Jxyz", "2023-09-20"), terminal=False)
    assert "xyz" in seen
    assert "\x1b" not in seen


def test_markup_of_rich_is_only_text() -> None:
    """Square brackets in a report are shown, not obeyed."""
    answer = Answer("q", Kind.STATUS, "zh", True, plain("[bold red]头[/]"), (Para(plain("[link=x]甲[/link] :smile:")),))
    for terminal in (True, False):
        seen = COLOUR.sub("", shown(answer, terminal))
        assert "[bold red]头[/]" in seen
        assert "[link=x]甲[/link] :smile:" in seen


SPANS = st.builds(Span, st.text(max_size=40), st.sampled_from(list(Style)))
CELLS = st.one_of(st.builds(Bar, st.floats(0, 100)), st.lists(SPANS, max_size=2).map(tuple))
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4).map(
    lambda rows: Table(("a", "b", "c"), tuple(rows))
)


@given(st.lists(SPANS, max_size=3).map(tuple), st.lists(TABLES, max_size=2), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_answer_can_be_printed(head: tuple[Span, ...], tables: list[Table], terminal: bool) -> None:
    """Whatever an answer holds, it is printed, and nothing but colour codes and printable text comes out."""
    seen = shown(Answer("q", Kind.STATUS, "zh", True, head, tuple(tables)), terminal)
    assert all(char.isprintable() or char == "\n" for char in COLOUR.sub("", seen))
