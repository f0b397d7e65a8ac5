"""A report's text ↔ the fields of a form: split at its sections, and joined again without a loss.

A field of Slack's holds 3,000 characters at most, so a longer section takes several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from store.words.regex import regex

LONGEST = 3000  # characters of one field, Slack's own bound
FILLED = 2600  # characters that a field is filled with at most, so that there is room to go on writing
_HEADING = regex(r"\s{0,3}#{1,6}\s+\S")
_FENCE = regex(r"\s{0,3}(```|~~~)")
_HINT = regex(r"\s*〔(?:上周|last week)[^〔〕]*〕")
_LISTED = regex(r"\s*(?:[-*+•]|\d+[.、)])\s*\S")
_MARKS = regex(r"^\s*#{1,6}\s+|\s+#+\s*$")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: the raw `heading` lines that stand above its text, and whether it goes on with the field
    before it: by `glue` ("" in the middle of a line, a newline between lines), None where a section begins."""

    heading: str
    text: str
    glue: str | None = None

    @property
    def title(self) -> str:
        """The heading without its marks, "" for what stands above the first one."""
        return _MARKS.sub("", self.heading.rsplit("\n", 1)[-1]).strip()


def split(text: str) -> tuple[Field, ...]:
    """The fields of a text: one for each heading, several where one isn't enough. `join` gives the text back."""
    return tuple(part for field in _sections(text.split("\n")) for part in parts(field))


def _sections(lines: Sequence[str]) -> Iterator[Field]:
    """Each heading with what stands below it; headings with nothing between them are one."""
    heading: list[str] = []
    body: list[str] = []
    fenced = False
    for line in lines:
        fenced ^= bool(_FENCE.match(line))
        if not fenced and _HEADING.match(line):
            if any(each.strip() for each in body):
                yield Field("\n".join(heading), "\n".join(body))
                heading, body = [], []
            heading += [*body, line]
            body = []
        else:
            body.append(line)
    if heading or any(each.strip() for each in body):
        yield Field("\n".join(heading), "\n".join(body))


def parts(field: Field) -> Iterator[Field]:
    """The field, or the fields that it takes: cut between lines where that leaves no part very short."""
    rest, glue, heading = field.text, field.glue, field.heading
    while len(rest) > FILLED:
        at = _cut(rest)
        cut_line = rest[at] != "\n"
        yield Field(heading, rest[:at], glue)
        rest, glue, heading = rest[at:] if cut_line else rest[at + 1 :], "" if cut_line else "\n", ""
    yield Field(heading, rest, glue)


def _cut(text: str) -> int:
    """Where to cut: before a line that isn't indented, else before any line, else before a character that isn't blank,
    since an entry field may lose blanks at its ends."""
    ends = [at for at in range(FILLED // 2, FILLED) if text[at] == "\n"]
    outer = [at for at in ends if text[at + 1 : at + 2].strip()]
    if ends:
        return (outer or ends)[-1]
    return next((at for at in range(FILLED, FILLED // 2, -1) if text[at - 1].strip() and text[at].strip()), FILLED)


def join(fields: Iterable[Field]) -> str:
    """The text of the fields, as it was split."""
    text = ""
    for at, field in enumerate(fields):
        above = f"{field.heading}\n" if field.heading else ""
        text += ("" if at == 0 else "\n" if field.glue is None else field.glue) + above + field.text
    return text


def written(title: str, fields: Sequence[Field]) -> str:
    """The report that was written in a form, below its title: without hints that were left as they were, and without
    headings below which nothing was written. A heading above others stays with the first of them that has a text."""
    kept: list[Field] = []
    waiting = ""
    for field in map(_without_hints, _whole(fields)):
        above = f"{waiting}\n{field.heading}".strip("\n")
        if field.text.strip():
            kept.append(replace(field, heading=above, text=f"\n{field.text.strip(chr(10))}\n"))
            waiting = ""
        else:
            waiting = "\n".join(above.split("\n")[:-1]) if "\n" in above else ""
    return f"{title}\n\n{join(kept)}" if title else join(kept)


def _whole(fields: Sequence[Field]) -> Iterator[Field]:
    """The fields with those that go on put together."""
    whole: Field | None = None
    for field in fields:
        if whole is None or field.glue is None:
            if whole is not None:
                yield whole
            whole = field
        else:
            whole = replace(whole, text=whole.text + field.glue + field.text)
    if whole is not None:
        yield whole


def _without_hints(field: Field) -> Field:
    """The field without what a form said beside its names: a name with nothing written beside it goes too, but for one
    with lines of its own below it, and so does a line that announces a list of which nothing is left."""
    lines = field.text.split("\n")
    if not any(map(_HINT.search, lines)):
        return field
    kept: list[str] = []
    for line in reversed(lines):
        bare = _HINT.sub("", line)
        left = bare != line and (not bare.strip(" -*+•") or bare.rstrip().endswith((":", "：")))
        if left and _indent(_first(kept)) > _indent(line):
            kept.append(bare.rstrip().rstrip(":："))
        elif not left and not (_announces(line) and not _LISTED.match(_first(kept))):
            kept.append(bare)
    return replace(field, text="\n".join(reversed(kept)))


def _first(below: Sequence[str]) -> str:
    """The first line with text of those below, which stand in reverse."""
    return next((line for line in reversed(below) if line.strip()), "")


def _announces(line: str) -> bool:
    return line.rstrip().endswith((":", "：")) and not _LISTED.match(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
