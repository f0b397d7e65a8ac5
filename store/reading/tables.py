"""Markdown tables: which lines are one, and their cells. People leave out the outer pipes, a row may have too few
cells or too many, and a cell may hold `\\|` and `<br>`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from store.reading.document import Text

_PIPE = re.compile(r"(?<!\\)\|")
_SEPARATOR = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*[%％]?|\d+/\d+")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
# Cells beyond these are not looked at: a line of megabytes may be all pipes.
MOST_CELLS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line, as written but for `<br>` (a `；`) and `\\|`; missing cells are empty. `text` is the line
    as written, without its outer pipes."""

    line: int
    cells: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it, all with as many cells as the header. `header` is empty where the first row
    is no header."""

    header: Row
    rows: tuple[Row, ...]


def find_tables(texts: Sequence[Text], is_header: Callable[[tuple[str, ...]], bool]) -> dict[range, Table]:
    """The tables of a document by the positions of their texts: a line with pipes and a separator (`---|---`) below
    it, and the rows that follow. Rows between outer pipes are one without a separator, too, and so are rows below cells
    that `is_header` knows."""
    found, at = dict[range, Table](), 0
    while at < len(texts):
        size = _size(texts, at, is_header)
        if size:
            found[range(at, at + size)] = _table(texts[at : at + size])
        at += max(size, 1)
    return found


def _size(texts: Sequence[Text], at: int, is_header: Callable[[tuple[str, ...]], bool]) -> int:
    """How many texts from `at` on are one table; 0 where none begins."""
    first = texts[at].markdown
    if "|" not in first or not _PIPE.search(first):
        return 0
    separated = at + 1 < len(texts) and _is_separator(texts[at + 1].markdown)
    framed = _is_framed(first)
    if not separated and not framed and not is_header(_cells(first, framed)):
        return 0
    belongs = _is_framed if framed and not separated else _PIPE.search
    return sum(1 for _ in takewhile(lambda text: belongs(text.markdown), texts[at:]))


def _is_separator(text: str) -> bool:
    return "|" in text and len(text) < 2000 and _SEPARATOR.fullmatch(text) is not None


def _is_framed(text: str) -> bool:
    bare = text.strip()
    return bare.startswith("|") and len(bare) > 1


def _table(texts: Sequence[Text]) -> Table:
    framed = _is_framed(texts[0].markdown)
    header = _cells(texts[0].markdown, framed)
    if not any(_is_separator(text.markdown) for text in texts[1:2]) and any(map(_FIGURE.fullmatch, header)):
        # No header: a row like the others.
        texts = [Text(texts[0].line, "|".join(["", *[""] * len(header), ""])), *texts]
        header = ("",) * len(header)
    rows = [text for text in texts[1:] if not _is_separator(text.markdown)]
    width = len(header)
    return Table(
        Row(texts[0].line, header, _bare(texts[0].markdown)),
        tuple(Row(t.line, _fitted(_cells(t.markdown, framed), width), _bare(t.markdown)) for t in rows),
    )


def _cells(text: str, framed: bool) -> tuple[str, ...]:
    """The cells of a line. In a table with outer pipes the first and last piece are no cells, though a row may lack
    them; in one without, a row may begin with an empty cell."""
    written = _PIPE.split(text.strip())[: MOST_CELLS + 2]
    pieces = [_BREAK.sub("；", piece.strip()).replace("\\|", "|") for piece in written]
    if framed and len(pieces) > 1 and not pieces[0]:
        pieces = pieces[1:]
    if framed and len(pieces) > 1 and not pieces[-1]:
        pieces = pieces[:-1]
    return tuple(pieces)


def _bare(text: str) -> str:
    return text.strip().strip("|").strip()


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * width)[:width]
