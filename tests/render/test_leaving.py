"""Answers that leave for a wiki page or a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.answers.ask import Asker
from bot.answers.model import Answer, Bar, Para, Table, plain
from bot.question.query import Kind
from bot.render.markdown import render_markdown
from bot.render.parts import printable
from bot.render.sheet import FORMULA, render_csv
from store.records import Citation, ReportRef

TODAY = date(2023, 12, 11)
REPORT = ReportRef(1, "海港组", "第38周", TODAY, TODAY, TODAY, "a/b.md", "https://example.org/x")


def made(text: str, data: dict[str, object] | None = None) -> Answer:
    """An answer that says `text` wherever an answer can say something of a report."""
    rows = ((plain(text), Bar(50.0)),)
    blocks = (Para(plain(text)), Para(plain(text), 0, True), Table(("name", ""), rows))
    cited = (Citation(REPORT, 3, 3, text),)
    return Answer("?", Kind.SEARCH, "zh", True, plain(text), blocks, cited, data=data or {})


@given(st.text(st.sampled_from("ab中*_`[]<>#|~\\\n-+1.)!$ "), max_size=40))
def test_report_text_is_no_markup(text: str) -> None:
    """Whatever a report says, the Markdown of an answer has no link, image, emphasis or HTML of the report's making."""
    parsed = MarkdownIt("commonmark").parse(render_markdown(made(text)))
    inline = [child for token in parsed for child in token.children or ()]
    links = [child.attrs["href"] for child in inline if child.type == "link_open"]
    assert set(links) <= {"https://example.org/x"}
    assert not [t for t in [*parsed, *inline] if t.type in ("html_block", "html_inline", "image", "fence", "em_open")]


def test_markdown_has_the_sources_with_their_lines(asker: Asker) -> None:
    """Each cited line stands below its file, quoted."""
    answer = asker.ask("/status POS", TODAY)
    text = render_markdown(answer)
    assert text.startswith("### ")
    assert all(first.strip() in text for c in answer.citations for first in c.quote.split("\n")[:1] if first.isalnum())
    assert "2023-12-08.md" in text


def test_csv_has_facts_and_not_where_they_were_looked_for() -> None:
    """A short list of facts beside a long one of the reports looked in: the facts are the rows."""
    data = {"consulted": [{"source": f"{n}.md"} for n in range(9)], "projects": [{"name": "海风"}]}
    assert list(csv.DictReader(io.StringIO(render_csv(made("x", data))))) == [{"name": "海风"}]


def test_csv_has_a_row_for_each_fact() -> None:
    """The facts of a list are rows under their names; what isn't a single value is JSON, and nothing is a formula."""
    facts = [
        {"name": "=1+1", "progress": 40.0, "dates": ["9/26"]},
        {"name": "云帆", "source": "a.md", "progress": None},
    ]
    rows = list(csv.DictReader(io.StringIO(render_csv(made("x", {"count": 2, "projects": facts})))))
    assert rows == [
        {"name": "'=1+1", "progress": "40.0", "dates": '["9/26"]', "source": ""},
        {"name": "云帆", "progress": "", "dates": "", "source": "a.md"},
    ]


@pytest.mark.parametrize("begin", FORMULA)
def test_no_cell_begins_like_a_formula(begin: str) -> None:
    """A spreadsheet takes no text of a report for a formula."""
    written = render_csv(made("x", {"text": f"{begin}cmd"}))
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    assert row["text"] == f"'{printable(begin)}cmd"


@pytest.mark.parametrize("char", ["\x1b", "\u202e", "\x07", "\u2028"])
def test_no_control_character_leaves(char: str) -> None:
    """Escape sequences and marks that turn text around are � in Markdown and CSV; a wide space is a space."""
    say = f"海风\u3000{char}[2J"
    facts = [{"text": say, "dates": [say]}]
    for written in (render_markdown(made(say)), render_csv(made("x", {"rows": facts}))):
        assert char not in written
        assert "海风 �" in written
