"""Markdown tables: which lines are one, and their cells. People leave out the outer pipes, a row may have too few
cells or too many, and a cell may hold `\\|` and `<br>`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from store.reading.document import Text

_PIPE = re.compile(r"(?<!\\)\|")
_SEPARATOR = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
# Cells beyond these are not looked at: a line of megabytes may be all pipes.
MOST_CELLS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line, as written but for `<br>` (a `；`) and `\\|`; missing cells are empty."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it, all with as many cells as the header. `header` is empty where the first row
    is no header."""

    header: Row
    rows: tuple[Row, ...]

    @property
    def lines(self) -> range:
        """The lines from the header to the last row."""
        return range(self.header.line, (self.rows[-1] if self.rows else self.header).line + 1)


def find_tables(texts: Sequence[Text]) -> tuple[Table, ...]:
    """The tables of a document: a line with pipes and a separator (`---|---`) below it, and the rows that follow; rows
    between outer pipes are one without a separator, too."""
    found, at = [], 0
    while at < len(texts):
        size = _size(texts, at)
        if size:
            found.append(_table(texts[at : at + size]))
        at += max(size, 1)
    return tuple(found)


def _size(texts: Sequence[Text], at: int) -> int:
    """How many texts from `at` on are one table; 0 where none begins."""
    if not _PIPE.search(texts[at].markdown):
        return 0
    separated = at + 1 < len(texts) and _is_separator(texts[at + 1].markdown)
    if not separated and not _is_framed(texts[at].markdown):
        return 0
    belongs = _PIPE.search if separated else _is_framed
    return sum(1 for _ in takewhile(lambda text: belongs(text.markdown), texts[at:]))


def _is_separator(text: str) -> bool:
    return "|" in text and len(text) < 2000 and _SEPARATOR.fullmatch(text) is not None


def _is_framed(text: str) -> bool:
    bare = text.strip()
    return bare.startswith("|") and len(bare) > 1


def _table(texts: Sequence[Text]) -> Table:
    header = _cells(texts[0].markdown, None)
    rows = [text for text in texts[1:] if not _is_separator(text.markdown)]
    width = len(header)
    return Table(
        Row(texts[0].line, header), tuple(Row(text.line, _cells(text.markdown, width)) for text in rows)
    )


def _cells(text: str, width: int | None) -> tuple[str, ...]:
    """The cells of a line. Between outer pipes, the first and last piece are no cells; a row without outer pipes may
    begin with an empty cell, which only the header's width tells from an outer pipe."""
    pieces = [_BREAK.sub("；", piece.strip()).replace("\\|", "|") for piece in _PIPE.split(text.strip())[: MOST_CELLS + 2]]
    if len(pieces) > 1 and not pieces[0] and (width is None or len(pieces) != width):
        pieces = pieces[1:]
    if len(pieces) > 1 and not pieces[-1] and (width is None or len(pieces) > width):
        pieces = pieces[:-1]
    if width is None:
        return tuple(pieces)
    return tuple((pieces + [""] * width)[:width])
