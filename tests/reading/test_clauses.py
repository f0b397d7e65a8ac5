"""Where a line divides into clauses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.reading.clauses import clauses

_OPEN, _CLOSE = "(（[【{「『《“", ")）]】}」』》”"
_ENUMERATOR = re.compile(r"\d{1,2}[)）、]|[①-⑳]")
_PIECES = st.sampled_from(
    [*_OPEN, *_CLOSE, *"，。；！？!?;,. \u3000\n", "1,024", "1）", "②", "²", "存管", "a", "9/15", "."]
)


def _one_by_one(text: str) -> list[tuple[str, int, int]]:
    """The clauses by a walk over single characters, which is slow and plain: (text, start, line)."""
    found, offset = [], 0
    for line, content in enumerate(text.split("\n")):
        start, depth = 0, 0
        closing = max(map(content.rfind, _CLOSE))
        for at, char in enumerate(content):
            if char in _OPEN and at < closing:
                depth += 1
            elif char in _CLOSE:
                depth = max(0, depth - 1)
            elif depth == 0 and _divides(content, at):
                found.append((content[start:at], offset + start, line))
                start = at + 1
        found.append((content[start:], offset + start, line))
        offset += len(content) + 1
    return [clause for clause in found if clause[0].strip()]


def _divides(text: str, at: int) -> bool:
    char, following = text[at], text[at + 1 : at + 2]
    if char == ",":
        return not (following.isdigit() and text[at - 1 : at].isdigit())
    if char in " \u3000" and _ENUMERATOR.match(text, at + 1):
        return True
    return char in "，。；！？!?;" or (char == "." and following in ("", " "))


@settings(max_examples=500)
@given(st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=25).map("".join)))
def test_a_line_divides_as_a_walk_over_its_characters_would(text: str) -> None:
    """One pattern over the line finds the clauses that a look at every single character finds, at the same places."""
    assert [(clause.text, clause.start, clause.line) for clause in clauses(text)] == _one_by_one(text)


@pytest.mark.parametrize(("text", "divided"), [
    ("金额1,024元，已退", ["金额1,024元", "已退"]),
    ("完成（含a，b），上线", ["完成（含a，b）", "上线"]),
    ("未闭合（a，b", ["未闭合（a", "b"]),
    ("1）联调完成 2）提测", ["1）联调完成", "2）提测"]),
    ("见udf.sql. 可用性99.5", ["见udf.sql", " 可用性99.5"]),
])  # fmt: skip
def test_what_divides_and_what_does_not(text: str, divided: list[str]) -> None:
    """Commas divide, but not inside numbers and closed brackets; enumerators do, and full stops before a blank."""
    assert [clause.text for clause in clauses(text)] == divided
