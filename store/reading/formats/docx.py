"""Word documents → `Document`. The "lines" of a .docx are its paragraphs, counted from 1 in reading order, empty ones
too; each row of a table counts as one paragraph.

python-docx opens the file; the paragraphs are read from their XML, since it leaves out what stands in tracked
insertions and content controls. What an archive may unpack to is checked before; entities are not resolved.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from store.errors import UnreadableFile
from store.reading.document import Document
from store.reading.formats.docx_styles import Style, Styles
from store.reading.formats.markdown import Cell, Draft, Row

LARGEST_MEMBER = 10 * 2**20  # bytes of the text's XML, unpacked; a 200-page document has 3 MB
MOST_PARAGRAPHS = 40_000  # those of tables too
LARGEST_UNPACKED = 100 * 2**20  # bytes of everything, pictures included, unpacked
_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # a .docx with a password is an OLE file
# What older Words read in the place of a text box, which says the same once more.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def docx_document(content: bytes, source: str) -> Document:
    """The document of a .docx; raises `UnreadableFile` (`bad_document`, `encrypted`, `too_large`, `too_complex`,
    `empty`)."""
    if content.startswith(_ENCRYPTED):
        raise UnreadableFile(source, "encrypted")
    _check_size(content, source)
    try:
        word = docx.Document(io.BytesIO(content))
        if sum(1 for _ in word.element.body.iter(qn("w:p"))) > MOST_PARAGRAPHS:
            raise UnreadableFile(source, "too_complex")
        reader = _Reader(word, Styles(word))
        reader.read()
    except UnreadableFile:
        raise
    # python-docx raises whatever a broken package makes it run into: KeyError, ValueError, lxml's errors and others.
    except Exception as error:
        raise UnreadableFile(source, "bad_document") from error
    if not any(text.markdown.strip() for text in reader.draft.texts):
        raise UnreadableFile(source, "empty")
    return reader.draft.document(reader.number)


def _check_size(content: bytes, source: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(source, "bad_document") from error
    texts = sum(info.file_size for info in members if info.filename.endswith((".xml", ".rels")))
    if texts > LARGEST_MEMBER or sum(info.file_size for info in members) > LARGEST_UNPACKED:
        raise UnreadableFile(source, "too_large")


@dataclass(slots=True)
class _Reader:
    word: Any
    styles: Styles
    draft: Draft = field(default_factory=Draft)
    number: int = 0  # of the paragraph
    counters: dict[tuple[str, int], int] = field(default_factory=dict)

    def read(self) -> None:
        etree.strip_elements(self.word.element.body, _FALLBACK, with_tail=False)
        for block in _blocks(self.word.element.body):
            if block.tag == qn("w:p"):
                self._paragraph(block)
            else:
                self._table(block)

    def _paragraph(self, paragraph: Any) -> None:
        self.number += 1
        lines = _text(paragraph).split("\n")
        style = self.styles.of(paragraph)
        mark, depth = self._mark(style) if any(map(str.strip, lines)) else ("", 0)
        if not depth:
            self.draft.gap(self.number)
        for line in filter(None, map(str.strip, lines)):
            self.draft.add(self.number, line.replace("**", "") if mark.startswith("#") else line, mark, depth)
            mark = ""

    def _mark(self, style: Style) -> tuple[str, int]:
        if style.level:
            return "#" * style.level, 0
        if style.numbering is None:
            return "", 0
        number, depth = style.numbering
        abstract, kind = self.styles.numbering(number, depth)
        if kind == "bullet":
            return "-", depth + 1
        count = self.counters.get((abstract, depth), 0) + 1
        self.counters = {key: n for key, n in self.counters.items() if key[0] != abstract or key[1] <= depth}
        self.counters[(abstract, depth)] = count
        return f"{count}.", depth + 1

    def _table(self, table: Any) -> None:
        self.draft.gap(self.number)
        rows = []
        for row in table.iterchildren(qn("w:tr")):
            self.number += 1
            rows.append(Row(self.number, tuple(map(_cell, _cells(row)))))
        self.draft.add_table(rows)
        self.draft.gap(self.number)


def _blocks(body: Any) -> Iterator[Any]:
    """The paragraphs and tables, those in content controls too."""
    waiting = list(reversed(body))
    while waiting:
        block = waiting.pop()
        if block.tag in (qn("w:p"), qn("w:tbl")):
            yield block
        elif block.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            waiting.extend(reversed(block))


def _text(paragraph: Any) -> str:
    """The text with its line breaks; bold stretches in `**`."""
    pieces: list[tuple[bool, str]] = []
    for run in paragraph.iter(qn("w:r")):
        text = "".join(map(_piece, run.iterchildren()))
        if text:
            is_bold = _is_on(run.find(f"{qn('w:rPr')}/{qn('w:b')}"))
            if pieces and (pieces[-1][0] == is_bold or not text.strip()):
                pieces[-1] = (pieces[-1][0], pieces[-1][1] + text)
            else:
                pieces.append((is_bold, text))
    return "".join(_emphasised(text) if is_bold else text for is_bold, text in pieces)


def _emphasised(text: str) -> str:
    return re.sub(r"(?m)^(\s*)(\S.*?)(\s*)$", r"\1**\2**\3", text)


def _piece(node: Any) -> str:
    if node.tag == qn("w:t"):
        return str(node.text or "")
    return {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}.get(node.tag, "")


def _is_on(flag: Any) -> bool:
    return flag is not None and flag.get(qn("w:val")) not in ("0", "false", "off")


def _cells(row: Any) -> Iterator[Any]:
    yield from (cell for cell in row.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr")), None) is row)


def _cell(cell: Any) -> Cell:
    properties = cell.find(qn("w:tcPr"))
    merge = properties.find(qn("w:vMerge")) if properties is not None else None
    span = properties.find(qn("w:gridSpan")) if properties is not None else None
    width = str(span.get(qn("w:val")) or "") if span is not None else ""
    if merge is not None and merge.get(qn("w:val")) != "restart":
        text = ""  # the cell goes on from the row above
    else:
        text = " ".join(" ".join(_text(paragraph) for paragraph in cell.iter(qn("w:p"))).split())
    return Cell(text, int(width) if re.fullmatch(r"[1-9]\d?", width, re.ASCII) else 1)
