"""The kind of a section that no word names, from the tables in it: `## Health` above a table of metrics."""

from __future__ import annotations

from dataclasses import replace

from store.reading.columns import Columns, read_columns
from store.reading.layout import Layout, PlacedTable
from store.reading.rows import holds_projects
from store.records import Section, SectionKind


def with_kinds(layout: Layout) -> Layout:
    """The layout with the kinds that the tables give to sections of no known name."""
    kinds = {
        placed.section: kind
        for placed in reversed(layout.tables)
        if placed.section is not None and (kind := _kind(placed, layout.sections[placed.section]))
    }
    sections = [replace(s, kind=kinds.get(at, s.kind)) for at, s in enumerate(layout.sections)]
    return replace(layout, sections=tuple(sections)) if kinds else layout


def _kind(placed: PlacedTable, section: Section) -> SectionKind | None:
    if section.kind is not SectionKind.OTHER:
        return None
    columns = read_columns(placed.table.header)
    if section.named:  # 其他项目 above a table with progress lists projects all the same
        return SectionKind.PROJECTS if columns.first("progress") and holds_projects(columns, section) else None
    if columns.first("metric") and columns.first("value"):
        return SectionKind.METRICS
    if holds_incidents(columns):
        return SectionKind.INCIDENTS
    return SectionKind.PROJECTS if holds_projects(columns, section) else None


def holds_incidents(columns: Columns) -> bool:
    """Whether a table with these columns tells of incidents, whatever section it stands in."""
    return columns.first("handling") is not None and columns.first("title", "impact") is not None
