"""Plain text: columns aligned by display width, at most 4,000 characters, the sources at the end."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.answers.ask import Asker
from bot.answers.model import Answer, Bar, Cell, Para, Table, plain
from bot.question.query import Kind
from bot.render.parts import LONGEST_TEXT, bar, sources
from bot.render.text import render_text
from bot.strings import TOUR
from store.records import Citation, ReportRef


def report(number: int = 1, source: str = "a/第38周.md") -> ReportRef:
    """A report to cite."""
    day = date(2023, 9, 15)
    return ReportRef(number, "支付中心", "第38周", day, day, day, source)


def cited(*lines: tuple[int, int], of: ReportRef | None = None) -> tuple[Citation, ...]:
    """Citations of these lines."""
    return tuple(Citation(of or report(), first, last, "…") for first, last in lines)


def answer(*blocks: Para | Table, citations: tuple[Citation, ...] = (), lang: str = "zh", head: str = "头") -> Answer:
    """An answer of these blocks."""
    return Answer("问", Kind.STATUS, lang, True, plain(head), blocks, citations)


def test_columns_begin_at_the_same_place() -> None:
    """Each column begins at one display column in every row, with Chinese two wide and Latin one."""
    names = ("POS APP和SDK", "对账", "x", "渠道账单的字段血缘")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (plain(name), Bar(n * 30), plain(f"@{n}")) for n, name in enumerate(names)
    )
    lines = render_text(answer(Table(("", "", ""), rows))).split("\n")[1:]
    assert len({cell_len(line[: line.index("@")]) for line in lines}) == 1
    assert len({cell_len(line.split("%")[0]) for line in lines}) == 1


def test_an_empty_column_takes_no_room() -> None:
    """A column without any text leaves no gap, and no line ends in blanks."""
    rows: tuple[tuple[Cell, ...], ...] = ((plain("甲"), (), plain("1")), (plain("乙丙"), (), ()))
    assert render_text(answer(Table(("", "", ""), rows))).split("\n")[1:] == ["  甲    1", "  乙丙"]


@pytest.mark.parametrize(("progress", "shown"), [
    (0, "░░░░░░░░░░"), (4, "▌░░░░░░░░░"), (20, "██░░░░░░░░"), (50, "█████░░░░░"), (85, "████████▌░"),
    (99.9, "█████████▌"), (100, "██████████"),
])  # fmt: skip
def test_a_bar_shows_halves_and_is_full_at_100_only(progress: float, shown: str) -> None:
    """Ten cells, halves shown; nearly done isn't done."""
    assert bar(progress) == shown


@given(st.floats(-50, 250))
def test_a_bar_has_ten_cells(progress: float) -> None:
    """Any figure gives ten cells, and full ones exactly from 100 on."""
    drawn = bar(progress)
    assert len(drawn) == 10 or progress > 100
    assert (drawn == "█" * 10) is (progress == 100) or progress > 100


@pytest.mark.parametrize(("lang", "lines", "footer"), [
    ("zh", [(62, 62), (63, 63), (66, 66)], "来源：第38周.md 62–63, 66 行"), ("zh", [(5, 5)], "来源：第38周.md 5 行"),
    ("en", [(9, 9), (2, 4), (3, 3)], "Source: 第38周.md lines 2–4, 9"), ("en", [(5, 5)], "Source: 第38周.md line 5"),
])  # fmt: skip
def test_the_last_line_names_the_sources(lang: str, lines: list[tuple[int, int]], footer: str) -> None:
    """File name and lines, each line once and in order, neighbours joined; one line is not called lines."""
    assert render_text(answer(citations=cited(*lines), lang=lang)).split("\n")[-1] == footer


def test_many_sources_are_counted() -> None:
    """Four reports are named, best first, and the rest is counted."""
    citations = tuple(c for n in range(7) for c in cited((n + 1, n + 1), of=report(n, f"{n}.md")))
    footer = render_text(answer(citations=citations)).split("\n")[-1]
    assert footer == "来源：0.md 1 行；1.md 2 行；2.md 3 行；3.md 4 行 … 还有 3 条"


def test_two_reports_of_one_file_name_stay_two() -> None:
    """Reports are told apart by what they are, not by their file's name."""
    citations = (*cited((1, 1), of=report(1, "a/x.md")), *cited((1, 1), of=report(2, "b/x.md")))
    assert len(sources(citations)) == 2


@pytest.mark.parametrize("limit", [LONGEST_TEXT, 500])
def test_a_long_answer_is_cut_between_lines_and_says_so(limit: int) -> None:
    """Longer than the limit: whole lines from the start, then the mark of the cut, then the sources."""
    lines = [f"{n} 行字" * 5 for n in range(2000)]
    text = render_text(answer(*(Para(plain(line)) for line in lines), citations=cited((1, 3))), limit)
    first, *shown, mark, footer = text.split("\n")
    assert len(text) <= limit
    assert (first, mark, footer) == ("头", "……后面还有", "来源：第38周.md 1–3 行")
    assert shown == lines[: len(shown)]
    assert len(text) > limit * 0.8


def test_an_answer_at_the_limit_is_whole() -> None:
    """What just fits isn't cut, what just doesn't is."""
    whole = answer(Para(plain("x" * (LONGEST_TEXT - 3))))
    assert render_text(whole) == "头\n" + "x" * (LONGEST_TEXT - 3)
    assert render_text(answer(Para(plain("x" * (LONGEST_TEXT - 1))))).endswith("……后面还有")


PARAS = st.builds(
    lambda text, indent, bullet: Para(plain(text), indent, bullet),
    st.text(max_size=300),
    st.integers(0, 1),
    st.booleans(),
)


@given(st.text(max_size=6000), st.lists(PARAS, max_size=40), st.integers(200, 4000))
@settings(max_examples=100, deadline=None)
def test_no_text_is_longer_than_its_limit(head: str, paras: list[Para], limit: int) -> None:
    """Whatever the answer holds, its text stays within the limit and isn't empty where the head isn't."""
    text = render_text(answer(*paras, head=head), limit)
    assert len(text) <= limit
    assert text or not head


@pytest.mark.parametrize("question", TOUR)
def test_the_samples_stay_within_the_limit(asker: Asker, question: str) -> None:
    """Every answer of the tour fits, and its columns' lines hold no line break or tab."""
    text = render_text(asker.ask(question, date(2023, 12, 11)))
    assert len(text) <= LONGEST_TEXT
    assert "\t" not in text
    assert "\n\n" not in text
