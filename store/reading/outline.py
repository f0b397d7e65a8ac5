"""Texts of a document → marked lines, with what only their neighbours tell: headings that are underlined, bold,
numbered or in capitals, table rows, code, and the properties on top of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from store.reading.columns import is_header
from store.reading.document import Text
from store.reading.marks import CODE, Marked, marked
from store.reading.tables import Table, find_tables
from store.reading.vocabulary import pattern
from store.words.normalise import fold

LONGEST_HEADING = 60
_UNDERLINE = re.compile(r"\s{0,3}(=|-)\1{2,}\s*")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_BOLD = re.compile(r"(?:\*\*|__)(?!\s)[^*_]+(?:\*\*|__)[：:]?")
_ITALIC = re.compile(r"(?:\*(?![\s*])[^*]+\*|_(?![\s_])[^_]+_)[：:]?")
_UNDERLINED = re.compile(r"<u>.+</u>[：:]?|\+\+.+\+\+", re.IGNORECASE)
_CHAPTER = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）])\s*\S")
_FRAMED = re.compile(r"【[^【】]{1,30}】[：:]?")
_NUMBERED = re.compile(r"\d{1,2}[.)]")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9 &/'’,.()-]{2,}[:：]?")
_SENTENCE_END = re.compile(r"[。；，！？;,!?.]$")
MOST_PROPERTIES = 40  # lines of a page's properties (YAML between `---`)


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines with their marks in order, and the tables among them by the position of their header."""

    lines: tuple[Marked, ...]
    tables: Mapping[int, Table]


def outline(texts: Sequence[Text]) -> Outline:
    """The marked lines of a document: every heading is marked `#`…, every table row `|`, every line of code as such."""
    properties, code = _properties(texts), _code(texts)
    texts = _without_comments(texts)
    tables = find_tables([Text(t.line, "") if at in code else t for at, t in enumerate(texts)], is_header)
    rows = {at for places in tables for at in places}
    top = next((at for at, text in enumerate(texts) if text.markdown.startswith("##")), 0)
    lines = [_line(text, at in properties, at in code, at in rows, at < top) for at, text in enumerate(texts)]
    dressed = (*lines[: properties.stop], *_with_headings(lines, texts)[properties.stop :])
    return Outline(dressed, {places.start: table for places, table in tables.items()})


MOST_MARKED = 2  # a page with more headings marked `##` than this marks them all so


def _line(text: Text, is_property: bool, is_code: bool, is_row: bool, in_head: bool) -> Marked:
    if is_property:
        return Marked(text.line, 0, "", text.markdown.strip().strip("-").strip())
    line = marked(text.line, text.markdown)
    if in_head and line.text.startswith(">"):
        return replace(line, text=line.text.lstrip("> "))  # what a page says of itself below its title
    if is_code or line.text.startswith(">"):
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


def _without_comments(texts: Sequence[Text]) -> Sequence[Text]:
    """The texts with what stands in `<!-- … -->` made blank: a template's example is nothing that the report says."""
    found, inside = list(texts), False
    for at, text in enumerate(texts):
        if not inside and "<!--" not in text.markdown:
            continue
        kept, rest = "", text.markdown
        while rest:
            before, mark, rest = rest.partition("-->" if inside else "<!--")
            kept += "" if inside else before
            inside = inside != bool(mark)
        found[at] = replace(text, markdown=kept)
    return texts if inside else found  # a comment that is never closed is none


def _code(texts: Sequence[Text]) -> set[int]:
    """The positions of code between fences. A fence that is never closed is none."""
    found: set[int] = set()
    opened: tuple[int, str] | None = None
    for at, text in enumerate(texts):
        fence = _FENCE.match(text.markdown)
        if fence and opened is None:
            opened = at, fence[1]
        elif fence and opened and fence[1].startswith(opened[1]) and not text.markdown[fence.end() :].strip():
            found.update(range(opened[0], at + 1))
            opened = None
    return found


def _with_headings(lines: Sequence[Marked], texts: Sequence[Text]) -> list[Marked]:
    found: list[Marked] = []
    marks = sum(line.mark.startswith("##") for line in lines)
    for at, line in enumerate(lines):
        level = _level(lines, texts, at, numbered=marks <= MOST_MARKED)
        found.append(replace(line, mark=level, text=_bare(line.text)) if level else line)
    return found


def _level(lines: Sequence[Marked], texts: Sequence[Text], at: int, *, numbered: bool) -> str:
    """`#` or `##` for an underlined line, `###` for one that stands out otherwise, else nothing."""
    line = lines[at]
    if (numbered and _is_numbered_heading(lines, at)) or _is_framed_heading(lines, at):
        return "##"
    if line.mark or line.blank or line.indent > 3 or len(line.text) > LONGEST_HEADING:
        return ""
    below = _UNDERLINE.fullmatch(texts[at + 1].markdown) if at + 1 < len(texts) else None
    if below and not _SENTENCE_END.search(line.text):
        return "#" if below[1] == "=" else "##"
    if _SENTENCE_END.search(line.text.strip("*_")):
        return ""
    stands_alone = at == 0 or lines[at - 1].blank or lines[at - 1].mark.startswith("#")
    if pattern("projects", "none").fullmatch(fold(line.text)):
        return ""
    dressed = any(rule.fullmatch(line.text) for rule in (_BOLD, _UNDERLINED, _ITALIC))
    chapter = _CHAPTER.match(line.text) is not None and not _SENTENCE_END.search(line.text) and not _goes_on(lines, at)
    if _ITALIC.fullmatch(line.text):
        following = next((other for other in lines[at + 1 :] if not other.blank), None)
        return "####" if stands_alone and following is not None and following.mark in ("-", "|") else ""
    if chapter and line.text[0] in "(（":
        return "####" if stands_alone else ""
    return "###" if stands_alone and (dressed or chapter or _CAPITALS.fullmatch(line.text)) else ""


def _is_numbered_heading(lines: Sequence[Marked], at: int) -> bool:
    """`3. Projects` between blank lines, with bullets or a table as far left below it, is no item of a list."""
    line = lines[at]
    if not _NUMBERED.fullmatch(line.mark) or line.indent or len(line.text) > LONGEST_HEADING:
        return False
    alone = (at == 0 or lines[at - 1].blank) and at + 1 < len(lines) and lines[at + 1].blank
    below = next((other for other in lines[at + 1 :] if not other.blank), None) if alone else None
    if below is None or below.indent or _SENTENCE_END.search(line.text):
        return False
    after = lines.index(below) + 1
    return below.mark in ("-", "|") or (not below.mark and after < len(lines) and lines[after].blank)


def _is_framed_heading(lines: Sequence[Marked], at: int) -> bool:
    """`【需求进展】` alone on its line, above a list, a table or a blank line; above text it opens an item."""
    line = lines[at]
    if line.mark or not _FRAMED.fullmatch(line.text):
        return False
    return at + 1 == len(lines) or lines[at + 1].blank or lines[at + 1].mark != ""


def _goes_on(lines: Sequence[Marked], at: int) -> bool:
    """Whether the next text is of the same numbering: `一、…` right above `二、…` is a list, and no heading."""
    following = next((line for line in lines[at + 1 :] if not line.blank), None)
    return following is not None and not following.mark and _CHAPTER.match(following.text) is not None


def _bare(text: str) -> str:
    return re.sub(r"</?u>|^\+\+|\+\+$", "", text, flags=re.IGNORECASE)
