"""Writing Markdown from other formats: a document put together text by text, and tables as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from store.reading.document import Document, Text
from store.reading.marks import plain

DEEPEST = 20  # levels of a list that are told apart; what lies deeper is read at this level
WIDEST = 50  # columns of a table that are read
_INDENT = 4
# A bar inside a cell must not become a column.
_BAR = str.maketrans("|", "¦")


@dataclass(slots=True)
class Draft:
    """A document in the making. `lines` counts the source's lines as far as they are known."""

    texts: list[Text] = field(default_factory=list)
    seen: dict[int, list[str]] = field(default_factory=dict)

    def add(self, line: int, text: str, mark: str = "", depth: int = 0) -> None:
        """A text with its mark (`##`, `-`, `1.`), `depth` lists deep (0 outside of any). In a list a text without
        a mark goes on with the item above."""
        level = min(depth, DEEPEST)
        indent = _INDENT * (level - 1) + (0 if mark else 2) if level else 0
        self.texts.append(Text(line, " " * indent + f"{mark} {text}".lstrip()))
        self.show(line, plain(text.removeprefix("[ ] ").removeprefix("[x] ")))

    def show(self, line: int, text: str) -> None:
        """What a person sees on a line, in addition to what stands there already."""
        self.seen.setdefault(line, []).append(text)

    def gap(self, line: int) -> None:
        """An empty line between two blocks; two in a row are one."""
        if self.texts and self.texts[-1].markdown:
            self.texts.append(Text(line, ""))

    def add_table(self, rows: Sequence[Row]) -> None:
        """A table as Markdown rows; one of pairs of a heading and a value as lines `key: value`; one of a single
        column as paragraphs."""
        rows = [row for row in rows if any(cell.text for cell in row.cells)]
        pairs = all(len(row.cells) == 2 and row.cells[0].heads and not row.cells[1].heads for row in rows)
        filled = list(_filled(rows))
        for number, (row, cells) in enumerate(zip(rows, filled, strict=True)):
            if pairs and row.cells[0].text:
                self.add(row.line, f"{row.cells[0].text.rstrip(':： ')}: {row.cells[1].text}")
            elif max(map(len, filled)) == 1:
                self.add(row.line, cells[0])
                self.gap(row.line)
            else:
                self._add_row(row.line, cells, is_first=number == 0)

    def _add_row(self, line: int, cells: Sequence[str], *, is_first: bool) -> None:
        self.texts.append(Text(line, "| " + " | ".join(cell.translate(_BAR) for cell in cells) + " |"))
        self.show(line, " | ".join(map(plain, cells)))
        if is_first:
            self.texts.append(Text(line, "|" + "---|" * len(cells)))

    def document(self, count: int) -> Document:
        """The document, whose source has `count` lines; each is shown with its texts, one below the other."""
        lines = ["\n".join(self.seen.get(number, ())) for number in range(1, count + 1)]
        return Document(tuple(lines), tuple(self.texts))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as written: it covers `columns` × `rows` places; `heads` where it is a heading (`<th>`)."""

    text: str
    columns: int = 1
    rows: int = 1
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row as written, and the source line of its first text."""

    line: int
    cells: Sequence[Cell]


def _filled(rows: Iterable[Row]) -> Iterable[list[str]]:
    """Each row with all its columns: what a cell covers beyond its first place is empty, which reads "as above"."""
    below: dict[int, int] = {}  # column → rows that a cell further up still covers
    for row in rows:
        cells: list[str] = []
        for cell in row.cells:
            _skip_covered(cells, below)
            for place in range(min(cell.columns, WIDEST - len(cells))):
                below[len(cells)] = cell.rows - 1
                cells.append("" if place else cell.text)
        _skip_covered(cells, below)
        yield cells


def _skip_covered(cells: list[str], below: dict[int, int]) -> None:
    while below.get(len(cells), 0) > 0 and len(cells) < WIDEST:
        below[len(cells)] -= 1
        cells.append("")
