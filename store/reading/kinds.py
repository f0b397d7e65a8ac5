"""The kind of a section that no word names, from the tables and items in it: `## Health` above a table of metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from store.reading.columns import Columns, read_columns
from store.reading.contents import kind_of_items
from store.reading.layout import Layout, PlacedTable, kind_on_top, section_title
from store.reading.marks import CODE
from store.reading.rows import holds_projects
from store.reading.vocabulary import words
from store.records import HEADING, Item, Section, SectionKind
from store.words.normalise import fold

# Where a report has sections of these kinds, its other headings stand for sections, too, and not each for a project.
_FRAMING = (SectionKind.METRICS, SectionKind.INCIDENTS, SectionKind.GOALS, SectionKind.PROJECTS, SectionKind.HIGHLIGHTS)


def with_kinds(layout: Layout) -> Layout:
    """The layout with the kinds that the tables and items give to sections of no known name."""
    return _with_kinds_of_items(_with_kinds_of_tables(_with_opening(layout)))


def _with_opening(layout: Layout) -> Layout:
    """The layout with a section for the list that a report opens with, below no heading (`领导好，本周情况如下：`)."""
    own = [item for item in layout.items if item.section is None]
    kind = kind_of_items(own, alone=True)
    if kind is None:
        return layout
    first = next(item for item in own if item.mark not in ("", HEADING, CODE))
    above = [item for item in own if item.line <= first.line and item.mark in ("", HEADING) and item is not first]
    title = next((item for item in reversed(above) if item.text.endswith(("：", ":"))), above[0] if above else first)
    opened = Section(section_title(title.text), kind, title.line, 2, named=True)
    return replace(
        layout,
        sections=(opened, *layout.sections),
        items=tuple(replace(i, section=_moved(i.section, i.line >= first.line)) for i in layout.items),
        tables=tuple(replace(t, section=_moved(t.section, t.table.header.line >= first.line)) for t in layout.tables),
    )


def _moved(section: int | None, below: bool) -> int | None:
    """The position of a section where another one was put before all."""
    return section + 1 if section is not None else 0 if below else None


def _with_kinds_of_tables(layout: Layout) -> Layout:
    kinds = {
        placed.section: kind
        for placed in reversed(layout.tables)
        if placed.section is not None and (kind := _kind(placed, layout.sections[placed.section]))
    }
    sections = [replace(s, kind=kinds.get(at, s.kind)) for at, s in enumerate(layout.sections)]
    return replace(layout, sections=tuple(sections)) if kinds else layout


def _with_kinds_of_items(layout: Layout) -> Layout:
    own: dict[int, list[Item]] = {}
    for item in layout.items:
        if item.section is not None:
            own.setdefault(item.section, []).append(item)
    sections, framed = layout.sections, any(s.named and s.kind in _FRAMING for s in layout.sections)
    found = {
        at: kind
        for at in range(len(sections))
        if _is_open(sections, at)
        and (kind := (framed and kind_on_top(sections[at].title)) or kind_of_items(own.get(at, ()), alone=not framed))
        and (kind is SectionKind.INCIDENTS or fold(sections[at].title) not in words("sections", "in_line"))
    }
    return replace(layout, sections=_named_so(sections, found, framed)) if found else layout


def _is_open(sections: Sequence[Section], at: int) -> bool:
    """A heading of no known kind that stands below no other one and divides no further."""
    if sections[at].named or sections[at].kind is not SectionKind.OTHER:
        return False
    level = sections[at].level
    above = any(s.level < level and not s.named for s in sections[:at])
    return not above and not (at + 1 < len(sections) and sections[at + 1].level > level)


def _named_so(sections: Sequence[Section], found: Mapping[int, SectionKind], framed: bool) -> tuple[Section, ...]:
    """Where nothing else frames the report, headings with lists of figures or incidents below them have to show first
    that headings here stand for sections."""
    if not framed and all(kind is SectionKind.PROJECTS for kind in found.values()):
        return tuple(sections)
    return tuple(replace(s, kind=found[at], named=True) if at in found else s for at, s in enumerate(sections))


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
    if columns.first("title", "impact") is None:
        return False
    # 时间 | 事件 | 级别 | 影响 | 原因 | 状态: no column tells of the handling, but two others are of incidents.
    dated = columns.first("when", "date") is not None
    told = sum(columns.first(role) is not None for role in ("title", "impact", "cause", "severity", "system"))
    own = columns.first("cause", "severity") is not None
    return columns.first("handling") is not None or (dated and own and told >= 2)
