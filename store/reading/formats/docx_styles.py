"""What a Word paragraph is by its styles: a heading of some level, an item of a list, or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"(?:heading|标题)\s*([1-6])$", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list (?:bullet|number)(?: ([2-9]))?$", re.IGNORECASE)
_MOST_STYLES = 20  # styles that a style may be based on, one on the other


@dataclass(frozen=True, slots=True)
class Style:
    """The level of a heading (0 for none), and the list that the paragraph is in with its depth from 0."""

    level: int
    numbering: tuple[str, int] | None


class Styles:
    """The styles and lists of one document, a python-docx `Document`; each is looked up once."""

    def __init__(self, word: Any) -> None:
        elements = word.styles.element.iterchildren(qn("w:style"))
        self._styles = {style.get(qn("w:styleId")): style for style in elements}
        try:
            lists = word.part.numbering_part.element
        except (KeyError, NotImplementedError):
            lists = ()  # a document without lists
        self._lists = {num.get(qn("w:numId")): num for num in lists if num.tag == qn("w:num")}
        self._abstract = {a.get(qn("w:abstractNumId")): a for a in lists if a.tag == qn("w:abstractNum")}
        self._known: dict[tuple[str, int], tuple[str, str]] = {}
        self._chains: dict[str | None, tuple[Any, ...]] = {}

    def of(self, paragraph: Any) -> Style:
        """What the paragraph's own properties and its styles say, its own first."""
        reference = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        styles = self._chain(reference.get(qn("w:val")) if reference is not None else None)
        sources = [paragraph.find(qn("w:pPr")), *(style.find(qn("w:pPr")) for style in styles)]
        names = [_value(style, "w:name") or "" for style in styles]
        return Style(_level(names, sources), _list_of(names, sources))

    def _chain(self, style_id: str | None) -> tuple[Any, ...]:
        if style_id not in self._chains:
            self._chains[style_id] = tuple(self._based(style_id))
        return self._chains[style_id]

    def _based(self, style_id: str | None) -> Iterator[Any]:
        for _ in range(_MOST_STYLES):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = _value(style, "w:basedOn")

    def numbering(self, number: str, depth: int) -> tuple[str, str]:
        """The list's own name, under which its numbers go on, and what stands before its items at this depth:
        `bullet`, `decimal` …"""
        if (number, depth) not in self._known:
            self._known[(number, depth)] = self._numbering(number, depth)
        return self._known[(number, depth)]

    def _numbering(self, number: str, depth: int) -> tuple[str, str]:
        entry = self._lists.get(number)
        abstract = _value(entry, "w:abstractNumId") or number
        starts_anew = entry is not None and entry.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}") is not None
        definition = self._abstract.get(abstract)
        if definition is None:
            return number, "bullet"
        levels = {level.get(qn("w:ilvl")): level for level in definition.iterchildren(qn("w:lvl"))}
        kind = _value(levels.get(str(depth), levels.get("0")), "w:numFmt") or "decimal"
        return number if starts_anew else abstract, "bullet" if kind == "none" else kind


def _level(names: list[str], sources: list[Any]) -> int:
    named = next((int(found[1]) for name in names if (found := _HEADING.match(name))), 0)
    if named or "title" in map(str.lower, names):
        return named or 1
    outline = next((value for source in sources if (value := _value(source, "w:outlineLvl")) is not None), "9")
    return int(outline) + 1 if outline in "012345" else 0


def _list_of(names: list[str], sources: list[Any]) -> tuple[str, int] | None:
    for source in sources:
        properties = source.find(qn("w:numPr")) if source is not None else None
        if properties is not None and (number := _value(properties, "w:numId")) is not None:
            level = _value(properties, "w:ilvl") or "0"
            # "List Bullet 2" is a list of its own, at its level 0.
            styled = next((int(found[1] or 1) - 1 for name in names if (found := _LIST_STYLE.match(name))), 0)
            return (number, max(int(level) if level in "012345678" else 0, styled)) if number != "0" else None
    return None


def _value(parent: Any, name: str) -> str | None:
    child = parent.find(qn(name)) if parent is not None else None
    return str(child.get(qn("w:val"))) if child is not None else None
