"""Text → clauses, each with its place, so that what a date or a number says is looked for nearby and cited right."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN, _CLOSE = "(（[【{「『《“", ")）]】}」』》”"
# Characters of a line that are looked at for facts; the longest line of a real report seen has 1,400.
LONGEST_LINE = 20_000
_ENUMERATOR = re.compile(r"\d{1,2}[)）、]|[①-⑳]")  # "1）签约页联调完成 2）申购接口提测（11/15）"
_YEAR = re.compile(r"\s(?:19|20)\d\d(?!\d)")  # Nov 10, 2023
_ENDS = "，。；！？!?;"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text between commas, semicolons and full stops; `line` counts from the item's first line."""

    text: str
    start: int
    line: int

    @property
    def end(self) -> int:
        """One past its last character, in the item's text."""
        return self.start + len(self.text)


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of `text`, which may have several lines. Commas inside brackets and numbers (1,024) don't divide."""
    found, offset = [], 0
    for line, content in enumerate(text.split("\n")):
        found.extend(_in_line(content[:LONGEST_LINE], offset, line))
        offset += len(content) + 1
    return tuple(clause for clause in found if clause.text.strip())


def _in_line(content: str, offset: int, line: int) -> list[Clause]:
    found, start, depth = [], 0, 0
    closing = max(map(content.rfind, _CLOSE))  # a bracket that nobody closes must not swallow the rest of the line
    for at, char in enumerate(content):
        if char in _OPEN and at < closing:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and _divides(content, at):
            found.append(Clause(content[start:at], offset + start, line))
            start = at + 1
    return [*found, Clause(content[start:], offset + start, line)]


def _divides(text: str, at: int) -> bool:
    char, following = text[at], text[at + 1 : at + 2]
    if char == ",":
        return not (following.isdigit() and text[at - 1 : at].isdigit()) and not _YEAR.match(text, at + 1)
    if char in " \u3000" and _ENUMERATOR.match(text, at + 1):
        return True
    # An English full stop ends a sentence before a blank; 99.5 and udf.sql have none.
    return char in _ENDS or (char == "." and following in ("", " "))
