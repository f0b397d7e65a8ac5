"""The target of a figure, where the line with its value gives one: a column of its table, or words beside it."""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.context import Context
from bot.question.lexicon import pattern
from store.records import Mention, Metric
from store.words.normalise import fold

_AMOUNT = re.compile(r"(?P<sign>[≥≤<>]=?|=)?\s*(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)\s*[%\w/万亿元]*", re.ASCII)
PERCENTS = ("%", "‰")  # of these more is better, unless the figure's name says that it isn't
_HOLDS = {
    "≥": operator.ge, ">=": operator.ge, ">": operator.gt, "≤": operator.le, "<=": operator.le, "<": operator.lt,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A target as written (`≤0.30%`); `met` is None where it has no sign that says which side is good."""

    text: str
    met: bool | None
    number: float | None = None


def target_of(context: Context, told: Mention[Metric], value: float | None = None) -> Target | None:
    """The target that the line gives, met by its own value or by this later one.

    One without a sign is met by whichever side is good for the figure (98% of a success rate from below, 5 hours of a
    delay from above), where that is known.
    """
    value = told.record.value if value is None else value
    target = _target_of(context, told, value)
    if target is None or target.met is not None or target.number is None:
        return target
    metric = told.record
    if pattern("figures", "adverse").search(fold(metric.name)):
        return replace(target, met=value <= target.number)
    return replace(target, met=value >= target.number) if metric.unit in PERCENTS else target


def _target_of(context: Context, told: Mention[Metric], value: float) -> Target | None:
    lines = context.library.lines(context.viewer, told.report)
    line = lines[told.record.line - 1]
    if "|" in line and (column := _in_column(lines, told.record.line - 1)):
        return _read(column, value)
    said = pattern("figures", "target").search(fold(line))
    return _read(fold(line)[said.end() :].lstrip(" :：为是"), value) if said else None


def _in_column(lines: Sequence[str], at: int) -> str:
    """The row's cell under the target's name."""
    top = at
    while top > 0 and "|" in lines[top - 1]:
        top -= 1
    heads, row = _cells(lines[top]), _cells(lines[at])
    named = (cell for head, cell in zip(heads, row, strict=False) if pattern("figures", "target").search(fold(head)))
    return next(named, "")


def _cells(line: str) -> list[str]:
    bare = line.strip()
    return [cell.strip() for cell in bare.removeprefix("|").removesuffix("|").split("|")]


def _read(text: str, value: float) -> Target | None:
    found = _AMOUNT.match(text)
    if found is None:
        return None
    holds = _HOLDS.get(found["sign"] or "")
    number = float(found["number"].replace(",", ""))
    return Target(found[0].strip(), holds(value, number) if holds else None, number)
