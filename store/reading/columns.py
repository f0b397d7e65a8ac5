"""What the columns of a table hold, from its header: the project, its progress, the day of its 上线 …"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from store.reading.events import event_in
from store.reading.marks import plain
from store.reading.tables import Row
from store.reading.vocabulary import alternatives, pattern, vocabulary, words
from store.words.memo import remembered
from store.words.normalise import fold

_LISTS = ("empty", "above", "whole", "done", "yes")  # words of cells, not of headers
_BRACKET = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its position, its header as written, its role (a list of `[columns]`), and the event whose dates it
    holds; `planned` where the header speaks of a plan (计划上线)."""

    at: int
    header: str
    role: str | None
    event: str | None = None
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table in order."""

    all: tuple[Column, ...]

    def first(self, *roles: str) -> Column | None:
        """The first column of any of these roles."""
        return next((column for column in self.all if column.role in roles), None)

    def having(self, *roles: str) -> tuple[Column, ...]:
        """All columns of these roles."""
        return tuple(column for column in self.all if column.role in roles)

    def cell(self, row: Row, *roles: str) -> str:
        """The text of the row in the first column of these roles; empty without one, or where it says nothing."""
        column = self.first(*roles)
        return content(row.cells[column.at]) if column else ""


@remembered
def content(cell: str) -> str:
    """The text of a cell without inline marks; empty where it only says that there is nothing (`-`, 无, N/A)."""
    text = plain(cell)
    return "" if fold(text).strip() in vocabulary()["columns"]["empty"] else text


@lru_cache(maxsize=16)  # each kind of fact asks for those of the same table
def read_columns(header: Row) -> Columns:
    """The columns of a table by their headers."""
    columns = [_column(at, plain(cell)) for at, cell in enumerate(header.cells)]
    if len(columns) > 1 and not any(header.cells):
        return Columns(tuple(replace(c, role="text" if c.at else "project") for c in columns))
    if any(column.role == "metric" for column in columns):
        # "This week" is a text beside a project's name, and a value beside a metric's.
        values = vocabulary()["columns"]["value"]
        columns = [replace(c, role="value") if fold(c.header).strip() in values else c for c in columns]
    return Columns(tuple(columns))


def is_header(cells: tuple[str, ...]) -> bool:
    """Whether these cells can only be the header of a table: at least three, short, and nearly all known by name."""
    known = sum(_role(fold(plain(cell)).strip()) is not None for cell in cells if len(cell) <= 12)
    return len(cells) >= 3 and known >= max(2, len(cells) - 1)


def _column(at: int, header: str) -> Column:
    bare = _BRACKET.sub("", fold(header)).strip()
    event, role = event_in(bare), _role(bare)
    planned = pattern("event_rules", "planned").search(bare) is not None
    if event and role in (None, "date", "goal", "when", "progress", "part") and role != "milestone":
        # 完成度 and % complete hold the word of an event as well.
        if role == "progress" and event in vocabulary()["event_rules"]["general"]:
            return Column(at, header, role)
        return Column(at, header, "date", event, planned)
    return Column(at, header, role, None, planned)


def _role(bare: str) -> str | None:
    """The role whose word ends last in the header, and the longest of those: 项目状态 is a state."""
    exact = next((role for role, entries in _roles() if bare in entries), None)
    if exact:
        return exact
    hits = [(found.end(), len(found[0]), role) for role, rule in _rules() for found in rule.finditer(bare)]
    return max(hits)[2] if hits else None


@cache
def _roles() -> tuple[tuple[str, frozenset[str]], ...]:
    table = vocabulary()["columns"]
    return tuple((role, frozenset(fold(word) for word in table[role])) for role in table if role not in _LISTS)


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((role, re.compile(alternatives(words("columns", role)))) for role, _ in _roles())
