"""Texts of a document → marked lines, with what only their neighbours tell: headings that are underlined, bold,
numbered or in capitals, table rows, code, and the properties on top of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.reading.document import Text
from store.reading.marks import CODE, Marked, marked
from store.reading.tables import Table, find_tables

LONGEST_HEADING = 60
_UNDERLINE = re.compile(r"\s{0,3}(=|-)\1{2,}\s*")
_FENCE = re.compile(r"\s*(```|~~~)")
_BOLD = re.compile(r"(?:\*\*|__)(?!\s)[^*_]+(?:\*\*|__)[：:]?")
_UNDERLINED = re.compile(r"<u>.+</u>[：:]?|\+\+.+\+\+", re.IGNORECASE)
_CHAPTER = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）])\s*\S")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9 &/'’,.()-]{2,}[:：]?")
_SENTENCE_END = re.compile(r"[。；，！？;,!?.]$")
MOST_PROPERTIES = 40  # lines of a page's properties (YAML between `---`)


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines with their marks in order, and the tables among them."""

    lines: tuple[Marked, ...]
    tables: tuple[Table, ...]


def outline(texts: Sequence[Text]) -> Outline:
    """The marked lines of a document: every heading is marked `#`…, every table row `|`, every line of code as such."""
    properties, code = _properties(texts), _code(texts)
    tables = find_tables([Text(t.line, "") if at in code else t for at, t in enumerate(texts)])
    rows = {line for table in tables for line in (table.header.line, *(row.line for row in table.rows))}
    lines = [_line(text, at in properties, at in code, text.line in rows) for at, text in enumerate(texts)]
    return Outline(tuple(_with_headings(lines, texts)), tables)


def _line(text: Text, is_property: bool, is_code: bool, is_row: bool) -> Marked:
    if is_property:
        return Marked(text.line, 0, "", text.markdown.strip().strip("-").strip())
    line = marked(text.line, text.markdown)
    if is_code:
        return replace(line, mark=CODE, text=text.markdown.strip())
    return replace(line, mark="|", text=text.markdown.strip().strip("|").strip()) if is_row and not line.blank else line


def _properties(texts: Sequence[Text]) -> range:
    """The positions of the properties that a page begins with, between two lines of `---`."""
    first = next((at for at, text in enumerate(texts) if text.markdown.strip()), len(texts))
    if first == len(texts) or texts[first].markdown.strip() != "---":
        return range(0)
    for at in range(first + 1, min(len(texts), first + MOST_PROPERTIES)):
        if texts[at].markdown.strip() == "---":
            return range(first, at + 1)
    return range(0)


def _code(texts: Sequence[Text]) -> set[int]:
    """The positions of code between fences. A fence that is never closed is none."""
    fences = [at for at, text in enumerate(texts) if _FENCE.match(text.markdown)]
    return {at for start, end in zip(fences[::2], fences[1::2], strict=False) for at in range(start, end + 1)}


def _with_headings(lines: Sequence[Marked], texts: Sequence[Text]) -> list[Marked]:
    found: list[Marked] = []
    for at, line in enumerate(lines):
        level = _level(lines, texts, at)
        found.append(replace(line, mark=level, text=_bare(line.text)) if level else line)
    return found


def _level(lines: Sequence[Marked], texts: Sequence[Text], at: int) -> str:
    """`#` or `##` for an underlined line, `###` for one that stands out otherwise, else nothing."""
    line = lines[at]
    if line.mark or line.blank or line.indent > 3 or len(line.text) > LONGEST_HEADING:
        return ""
    below = _UNDERLINE.fullmatch(texts[at + 1].markdown) if at + 1 < len(texts) else None
    if below and not _SENTENCE_END.search(line.text):
        return "#" if below[1] == "=" else "##"
    stands_alone = at == 0 or lines[at - 1].blank or lines[at - 1].mark.startswith("#")
    dressed = any(rule.fullmatch(line.text) for rule in (_BOLD, _UNDERLINED))
    chapter = _CHAPTER.match(line.text) is not None and not _SENTENCE_END.search(line.text) and not _goes_on(lines, at)
    return "###" if stands_alone and (dressed or chapter or _CAPITALS.fullmatch(line.text)) else ""


def _goes_on(lines: Sequence[Marked], at: int) -> bool:
    """Whether the next text is of the same numbering: `一、…` right above `二、…` is a list, and no heading."""
    following = next((line for line in lines[at + 1 :] if not line.blank), None)
    return following is not None and not following.mark and _CHAPTER.match(following.text) is not None


def _bare(text: str) -> str:
    return re.sub(r"</?u>|^\+\+|\+\+$", "", text, flags=re.IGNORECASE)
