"""Text → clauses, each with its place, so that what a date or a number says is looked for nearby and cited right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from store.words.memo import remembered
from store.words.regex import regex

_CLOSE = ")）]】}」』》”"
# Characters of a line that are looked at for facts; the longest line of a real report seen has 1,400.
LONGEST_LINE = 20_000
# All that a line can be divided by, or that keeps it from being divided: brackets first, and an enumerator's number
# ("1）签约页联调完成 2）申购接口提测（11/15）"). An English full stop ends a sentence before a blank; 99.5 and udf.sql
# have none. The comma of a date (Nov 10, 2023) doesn't divide.
_MARK = regex(
    rf"(?P<open>[(（\[【{{「『《“])|(?P<close>[{re.escape(_CLOSE)}])|[，。；！？!?;]|,(?!\s(?:19|20)\d\d(?!\d))"
    r"|\.(?=\ |\Z)|[\ \u3000](?=\d{1,2}[)）、]|[①-⑳])"
)


class Clause(NamedTuple):
    """A stretch of text between commas, semicolons and full stops; `line` counts from the item's first line."""

    text: str
    start: int
    line: int

    @property
    def end(self) -> int:
        """One past its last character, in the item's text."""
        return self.start + len(self.text)


@remembered
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of `text`, which may have several lines. Commas inside brackets and numbers (1,024) don't divide."""
    return tuple(_divided(text))


def first_clause(text: str) -> Clause | None:
    """The first of the `clauses` of `text`, without a look at the rest; None where there is none."""
    return next(_divided(text), None)


def _divided(text: str) -> Iterator[Clause]:
    offset = 0
    for line, content in enumerate(text.split("\n")):
        for clause in _in_line(content[:LONGEST_LINE], offset, line):
            if clause.text.strip():
                yield clause
        offset += len(content) + 1


def _in_line(content: str, offset: int, line: int) -> Iterator[Clause]:
    start, depth, closing = 0, 0, None
    for mark in _MARK.finditer(content):
        at = mark.start()
        if mark.lastgroup == "open":
            # A bracket that nobody closes must not swallow the rest of the line.
            closing = max(map(content.rfind, _CLOSE)) if closing is None else closing
            depth += at < closing
        elif mark.lastgroup == "close":
            depth = max(0, depth - 1)
        elif depth == 0 and not (mark[0] == "," and _in_number(content, at)):
            yield Clause(content[start:at], offset + start, line)
            start = at + 1
    yield Clause(content[start:], offset + start, line)


def _in_number(text: str, comma: int) -> bool:
    return text[comma + 1 : comma + 2].isdigit() and text[comma - 1 : comma].isdigit()
