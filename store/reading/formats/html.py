"""HTML as Notion, Confluence and Word export it → `Document`, each text on its line of the source.

lxml reads it: it keeps source lines and takes hostile input in linear time, where the standard library's parser (and
Beautiful Soup over it) needs minutes for 200 KB of `<a <a <a`. Nothing is fetched; scripts, styles and navigation are
passed over. A paragraph that the source wraps stands on its first line as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from store.errors import UnreadableFile
from store.reading.document import Document, Text
from store.reading.formats.markdown import Cell, Draft, Row
from store.reading.formats.text import decode
from store.reading.marks import split_lines
from store.reading.parts import names_a_week

MOST_TAGS = 100_000  # a long report's export has some thousand; each costs up to 60 µs
_LAST_LINE = 65_535  # beyond this line libxml2 no longer says on which one an element stands
_DROPPED = frozenset(
    {"script", "style", "nav", "head", "svg", "template", "noscript", "iframe", "object", "button", "select", "math"}
)
# Confluence: where the page lies, who changed it when, and when it was exported.
_DROPPED_NAMES = frozenset({"breadcrumb-section", "breadcrumbs", "page-metadata", "footer"})
_BLOCKS = frozenset({
    "p", "div", "section", "article", "header", "footer", "main", "aside", "blockquote", "figure", "figcaption",
    "details", "summary", "address", "form", "fieldset", "caption", "dl", "dt", "dd", "ul", "ol", "li", "pre", "body",
    "table", "thead", "tbody", "tfoot", "tr", "td", "th", "center",
})  # fmt: skip
_BOLD = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(r"font-weight:\s*(?:bold|[6-9]00)")
_HIDDEN_STYLE = re.compile(r"display:\s*none")
_CHARSET = re.compile(rb"charset=[\"']?\s*([A-Za-z0-9_-]{2,20})")
_BOLD_ON, _BOLD_OFF = "\ue000", "\ue001"  # private characters: no report holds them, and any it does are taken out
_CJK = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
_WRAPPED = re.compile(rf"(?<=[{_CJK}])[ \t]*\n\s*(?=[{_CJK}])")


def html_document(content: bytes, source: str) -> Document:
    """The document of an HTML file; raises `UnreadableFile` (`empty`, `binary`, `too_complex`)."""
    return html_text_document(_decoded(content, source), source)


def html_text_document(text: str, source: str) -> Document:
    """The document of HTML that is decoded already; raises `UnreadableFile` (`empty`, `too_complex`)."""
    text = "\n".join(split_lines(text))
    if text.count("<") > MOST_TAGS:
        raise UnreadableFile(source, "too_complex")
    root = _parsed(text, source)
    reader = _Reader()
    if root is not None:
        reader.read(root)
    if not any(shown.strip() for texts in reader.draft.seen.values() for shown in texts):
        raise UnreadableFile(source, "empty")
    return reader.draft.document(text.count("\n") + 1)


def _decoded(content: bytes, source: str) -> str:
    """As any text, but a Western encoding, which no rule can tell from GB 18030, by the file's own declaration."""
    declared = _CHARSET.search(content[:2048])
    name = declared[1].decode("ascii").lower() if declared else ""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if name.startswith(("windows-125", "iso-8859-")) and b"\x00" not in content:
            return content.decode("windows-1252", "replace")  # what browsers take all of them for
    return decode(content, source)


def _parsed(text: str, source: str) -> Any:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, recover=True, no_network=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None  # no element in it at all
    # libxml2 stops at 2,048 levels and would leave the rest out without a word.
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise UnreadableFile(source, "too_complex")
    return root


@dataclass(slots=True)
class _Block:
    """The text being gathered: its pieces, the line of the first, and the mark that its beginning gets."""

    pieces: list[str] = field(default_factory=list)
    line: int = 0
    mark: str = ""
    box: str = ""


@dataclass(slots=True)
class _Table:
    rows: list[Row] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    line: int = 0


@dataclass(slots=True)
class _Reader:
    draft: Draft = field(default_factory=Draft)
    line: int = 1
    block: _Block = field(default_factory=_Block)
    lists: list[int | None] = field(default_factory=list)  # the last number of each open list, None for bullets
    table: _Table | None = None
    title: tuple[int, str] | None = None
    has_heading: bool = False
    preformatted: bool = False
    bold: int = 0

    def read(self, root: Any) -> None:
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start":
                self._at(element)
                if _is_dropped(element):
                    self._drop(element)
                    walker.skip_subtree()
                else:
                    self._start(element)
                    # Notion writes its dates as "@November 29, 2023".
                    self._text((element.text or "").lstrip("@") if element.tag == "time" else element.text)
            else:
                if event == "end" and not _is_dropped(element):
                    self._end(element)
                elif event != "end":
                    self._at(element)  # a comment is known by its last line
                self._text(element.tail)
        self._flush()
        self._entitle()

    def _at(self, element: Any) -> None:
        line = element.sourceline or 0
        self.line = line if 0 < line < _LAST_LINE else self.line

    def _drop(self, element: Any) -> None:
        if element.tag == "head" and (title := element.findtext("title")):
            self.title = (element.find("title").sourceline or 1, " ".join(title.split()))
        self.line += sum(text.count("\n") for text in element.itertext())

    def _text(self, text: str | None) -> None:
        if not text:
            return
        for part in re.findall(r"[^\n]*\n|[^\n]+", text) if self.preformatted else [text]:
            if part.strip() and not self.block.line:
                self.block.line = self.line + part[: len(part) - len(part.lstrip())].count("\n")
            self.block.pieces.append(part.replace(_BOLD_ON, "").replace(_BOLD_OFF, ""))
            self.line += part.count("\n")
            if self.preformatted and part.endswith("\n"):
                self._flush()

    # ---- elements --------------------------------------------------------------------------------------------

    def _start(self, element: Any) -> None:
        tag = element.tag
        if (tag in ("br", "hr") or _is_block(tag)) and not (tag == "dd" and _follows(element, "dt")):
            self._break(element)
        if tag == "li":
            self.block.mark = self._item_mark(element)
        elif _is_heading(tag) and not self.lists and not self.table:
            self.block.mark = "#" * int(tag[1])
            self.has_heading = self.has_heading or tag == "h1"
        elif tag in ("ul", "ol"):
            self.lists.append(_number(element, "start", 1) - 1 if tag == "ol" else None)
        elif tag == "table" and self.table is None and not _is_frame(element):
            self.table = _Table()
        elif tag == "tr" and self.table:
            self.table.cells, self.table.line = [], 0
        elif tag == "pre":
            self.preformatted = self.table is None
        elif _is_bold(element):
            self.bold += 1
            self.block.pieces.append(_BOLD_ON)
        self._checkbox(element)

    def _break(self, element: Any) -> None:
        """Whatever ends a line: inside of a table's cell it only parts words."""
        if self.table:
            self.block.pieces.append(" ")
            return
        self._flush()
        if element.tag not in ("br", "dt", "dd") and not self.lists:
            self.draft.gap(self.line)

    def _end(self, element: Any) -> None:
        tag = element.tag
        if tag in ("td", "th") and self.table:
            self._end_cell(element)
        elif tag == "tr" and self.table:
            self.table.rows.append(Row(self.table.line or self.line, tuple(self.table.cells)))
            self.table.cells = []
        elif tag == "table" and self.table:
            self._end_table()
        elif tag == "caption" and self.table:
            self.draft.add(self.block.line or self.line, self._gathered())
            self.block = _Block()
        elif tag == "dt" and not self.table:
            self.block.pieces.append(" " if "".join(self.block.pieces).rstrip().endswith((":", "：")) else ": ")
        elif _is_bold(element):
            self.bold -= 1
            self.block.pieces.append(_BOLD_OFF)
        elif _is_block(tag):
            self._break(element)
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()
            self.block.mark = "" if tag == "li" or _is_heading(tag) else self.block.mark
            self.preformatted = self.preformatted and tag != "pre"

    def _end_cell(self, element: Any) -> None:
        assert self.table is not None
        self.table.line = self.table.line or self.block.line
        columns, rows = (max(1, _number(element, name, 1)) for name in ("colspan", "rowspan"))
        self.table.cells.append(Cell(self._gathered(), columns, rows, element.tag == "th"))
        self.block = _Block()

    def _end_table(self) -> None:
        assert self.table is not None
        rows, self.table, self.block = self.table.rows, None, _Block()
        self.draft.add_table(rows)
        self.draft.gap(self.line)

    def _item_mark(self, element: Any) -> str:
        if not self.lists or self.lists[-1] is None:
            return "-"
        self.lists[-1] = _number(element, "value", self.lists[-1] + 1)
        return f"{self.lists[-1]}."

    def _checkbox(self, element: Any) -> None:
        names = (element.get("class") or "").split()
        if element.tag == "input" and (element.get("type") or "").lower() == "checkbox":
            self.block.box = "[x] " if element.get("checked") is not None else "[ ] "
        elif "checkbox-on" in names or "checkbox-off" in names:  # Notion's to-do lists
            self.block.box = "[x] " if "checkbox-on" in names else "[ ] "

    # ---- texts -----------------------------------------------------------------------------------------------

    def _gathered(self) -> str:
        text = _WRAPPED.sub("", "".join(self.block.pieces) + _BOLD_OFF * self.bold)
        text = re.sub(rf"{_BOLD_OFF}(\s*){_BOLD_ON}", r"\1", re.sub(r"\s+", " ", text)).strip()
        text = re.sub(rf"{_BOLD_ON}+\s*([^{_BOLD_ON}{_BOLD_OFF}]*?)(\s*){_BOLD_OFF}+", _emphasised, text)
        return text.replace(_BOLD_ON, "").replace(_BOLD_OFF, "").strip()

    def _flush(self) -> None:
        """The gathered text becomes a text of the document; what follows in the same item goes on with it."""
        block, text = self.block, self._gathered()
        if not text:
            block.pieces, block.line = [_BOLD_ON] * self.bold, 0
            return
        if block.mark.startswith("#"):
            text = text.replace("**", "")
        self.draft.add(block.line, block.box + text, block.mark, len(self.lists))
        self.block = _Block([_BOLD_ON] * self.bold)

    def _entitle(self) -> None:
        """The page's title, where the page has no heading: but a title left over from a template names some other
        week, so it stands back behind a week that the page names itself."""
        opening = [text.markdown for text in self.draft.texts if text.markdown][:5]
        if self.title and not self.has_heading and not any(map(names_a_week, opening)):
            line, title = self.title
            self.draft.texts.insert(0, Text(line, f"# {title}"))
            self.draft.seen.setdefault(line, []).insert(0, title)


def _emphasised(found: re.Match[str]) -> str:
    return f"**{found[1]}**{found[2]}" if found[1] else found[2]


def _is_block(tag: str) -> bool:
    return tag in _BLOCKS or _is_heading(tag)


def _is_heading(tag: str) -> bool:
    return len(tag) == 2 and tag[0] == "h" and tag[1] in "123456"


def _is_bold(element: Any) -> bool:
    return element.tag in _BOLD or (element.tag == "span" and bool(_BOLD_STYLE.search(element.get("style") or "")))


def _is_dropped(element: Any) -> bool:
    if element.tag in _DROPPED or element.get("hidden") is not None:
        return True
    names = {element.get("id"), *(element.get("class") or "").split()}
    return bool(_HIDDEN_STYLE.search(element.get("style") or "")) or not names.isdisjoint(_DROPPED_NAMES)


def _is_frame(table: Any) -> bool:
    """Whether a table only lays the page out: it holds headings or further tables."""
    return next(_inner(table), None) is not None


def _inner(table: Any) -> Iterator[Any]:
    return (inner for inner in table.iter("table", "h1", "h2", "h3") if inner is not table)


def _follows(element: Any, tag: str) -> bool:
    before = element.getprevious()
    return before is not None and before.tag == tag


def _number(element: Any, name: str, otherwise: int) -> int:
    written = (element.get(name) or "").strip()
    return int(written) if re.fullmatch(r"\d{1,4}", written, re.ASCII) else otherwise
