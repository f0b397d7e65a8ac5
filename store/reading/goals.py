"""What a report promises for the next week."""

from __future__ import annotations

from collections.abc import Sequence

from store.reading.columns import Columns, content, read_columns
from store.reading.layout import PlacedTable
from store.reading.marks import CODE, plain
from store.reading.naming import says_nothing
from store.records import HEADING, Goal, Item, Section, SectionKind
from store.words.regex import regex

_PIECES = regex(r"[；;。\n]")  # 下周：A上线；B批下来。


def read_goals(items: Sequence[Item], sections: Sequence[Section]) -> tuple[Goal, ...]:
    """Every item of the goals sections, in the order of the report, sub-items too: each is a promise of its own."""
    promised = [
        item
        for item in items
        if item.section is not None
        and sections[item.section].kind is SectionKind.GOALS
        and item.mark not in ("|", HEADING, CODE)
        and not says_nothing(item.text)
    ]
    # Below a list, running text only takes leave ("祝各位周末愉快").
    listed = {item.section for item in promised if item.mark}
    opening = {section.line for section in sections}
    return tuple(
        Goal(plain(text), item.line)
        for item in promised
        if item.mark or item.section not in listed
        for text in (_PIECES.split(item.text) if item.line in opening else [item.text.replace("\n", " ")])
        if text.strip()
    )


def read_table_goals(tables: Sequence[PlacedTable], sections: Sequence[Section]) -> tuple[Goal, ...]:
    """The rows of the tables in goals sections: each promises what its main cell says."""
    return tuple(
        Goal(text, row.line)
        for placed in tables
        if placed.section is not None and sections[placed.section].kind is SectionKind.GOALS
        for row in placed.table.rows
        if (text := _promise(read_columns(placed.table.header), row.cells)) and not says_nothing(text)
    )


def _promise(columns: Columns, cells: Sequence[str]) -> str:
    """The cell of the plan, with the project before it where that has a column of its own."""
    named = (
        columns.first("goal") or columns.first("change") or columns.first("text") or columns.first("project", "part")
    )
    main = named.at if named else 0
    # A first column of numbers or grades (序号, P0) says nothing: the longest text does.
    if not named:
        main = max(range(len(cells)), key=lambda at: len(content(cells[at])) if columns.all[at].role is None else 0)
    project = columns.first("project")
    said, named_for = content(cells[main]), content(cells[project.at]) if project and project.at != main else ""
    return said if not named_for or named_for in said else f"{named_for}：{said}"
