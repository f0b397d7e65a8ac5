"""A file as reading sees it: its lines for citations, and the text of each as Markdown, whatever the file's format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from store.reading.marks import split_lines


@dataclass(frozen=True, slots=True)
class Text:
    """A line of Markdown to be read, and the source line (1-based) that it stands on."""

    line: int
    markdown: str


@dataclass(frozen=True, slots=True)
class Document:
    """`lines` are the source's lines as a person sees them, which citations quote: the nth is line n + 1. `texts` is
    what is read, in order: one a line for Markdown and plain text; in other formats several texts may stand on one
    line (which then holds them below each other), and what isn't the report's own (markup, a quoted older mail) has
    none. `span` is the first and the last line where the document is one of several in its file."""

    lines: tuple[str, ...]
    texts: tuple[Text, ...]
    span: tuple[int, int] | None = None

    @classmethod
    def of_markdown(cls, text: str) -> Self:
        """The document of Markdown or plain text."""
        lines = split_lines(text)
        return cls(tuple(lines), tuple(Text(number, line) for number, line in enumerate(lines, 1)))
