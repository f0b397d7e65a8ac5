"""An answer that knows no channel: what to say, in which order, and which lines say so.

Text is spans with a style, never markup: each renderer escapes for its own channel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from bot.question.query import Kind
from store.records import Citation


class Style(StrEnum):
    """What a span is to the reader."""

    PLAIN = "plain"
    STRONG = "strong"
    DIM = "dim"
    HIT = "hit"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style."""

    text: str
    style: Style = Style.PLAIN


Text = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A progress of 0 to 100, drawn by each renderer as it can, and what it was worked out of (`688/900`)."""

    progress: float
    share: str = ""

    def __str__(self) -> str:
        return f"{self.progress:4.4g}%" + (f" ({self.share})" if self.share else "")


Cell = Text | Bar


@dataclass(frozen=True, slots=True)
class Para:
    """A line of text; `indent` is 0 or 1; `bullet` marks an entry of a list."""

    text: Text
    indent: int = 0
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column names, all of the same length."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Para | Table


class ChartKind(StrEnum):
    """How a chart is drawn: a line through points, steps that last until the next, or bars."""

    LINE = "line"
    STEPS = "steps"
    BARS = "bars"


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """A named row of points in order of days; a value of None is a week that has none, drawn as a gap."""

    label: str
    points: tuple[tuple[date, float | None], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a renderer may draw of an answer. `notes` are marked at their day (更正, 11/24 上线); `bounds` are the
    ends of the scale, where it has any."""

    title: str
    kind: ChartKind
    series: tuple[ChartSeries, ...]
    unit: str = ""
    notes: tuple[tuple[date, str], ...] = ()
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `head` is the first line, which has the answer; `citations` are best first.

    `range` is the range asked for, as understood (a start of None is since ever). `suggestions` are whole questions
    that may be asked next. `data` holds the facts for programs: JSON values, described in docs/answers.md. `expands`
    has for each entry of a list the question that tells more of it; `shown` of them the asker has now seen. `chart` is
    the same over time, where that says more than words.
    """

    question: str
    kind: Kind
    lang: str
    found: bool
    head: Text
    blocks: tuple[Block, ...] = ()
    citations: tuple[Citation, ...] = ()
    range: tuple[date | None, date] | None = None
    data: dict[str, Any] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    expands: tuple[str, ...] = ()
    shown: int = 0
    chart: Chart | None = None


def plain(text: str, style: Style = Style.PLAIN) -> Text:
    """One span, as a text; an empty string is no span at all."""
    return (Span(text, style),) if text else ()


def join(parts: Sequence[Text], between: str = " · ") -> Text:
    """The non-empty parts with `between` between them."""
    kept = [part for part in parts if part]
    spans = [span for at, part in enumerate(kept) for span in ((Span(between),) * (at > 0) + part)]
    return tuple(spans)


def words_of(text: Text) -> str:
    """The text without its styles."""
    return "".join(span.text for span in text)


def shortened(text: str, length: int) -> str:
    """`text` in at most `length` characters, the last one an ellipsis where it was longer."""
    return text if len(text) <= length else text[: length - 1] + "…"
