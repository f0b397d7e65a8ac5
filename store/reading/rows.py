"""Tables of projects → what the report says about each: one row a project or a part of one.

An empty first cell means "as above", a row whose only filled cell is a bold name gathers the rows below it, and a row
that fills both the project's cell and the part's speaks of the part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from store.reading.clauses import clauses
from store.reading.columns import Column, Columns, content, read_columns
from store.reading.events import event_in
from store.reading.layout import PlacedTable
from store.reading.marks import unmarked
from store.reading.milestones import read_milestones
from store.reading.naming import is_name
from store.reading.progress import is_part_name, read_cell_progress, read_progress
from store.reading.risks import read_risks
from store.reading.states import read_said_state, read_state
from store.reading.tables import Row
from store.reading.vocabulary import pattern, vocabulary
from store.records import Milestone, Risk, Section, SectionKind, State, Update
from store.words.dates import DateMention, find_dates
from store.words.normalise import fold

_FACTS = ("progress", "state", "date", "text", "risk", "owner", "milestone")
_PART_TOLD = re.compile(
    r"(?:[^:：]*[:：])?\s*(?P<name>[^\d:：%％()（）]{2,16}?)\s*(?P<share>\d{1,3}(?:\.\d+)?\s*[%％]|\d+/\d+)"
)
_BELOW = re.compile(r"[-–—·•└├▪]+\s*(?=\S)")  # "- DNS failover" below "Cold-region DR"
_DOTTED = re.compile(r"^\s*(1[0-2]|0?[1-9])[.-](3[01]|[12]\d|0?[1-9])(?![\d.%])")  # 9.26 and 9-26 below 上线
_NUMBER = re.compile(r"[A-Z]{0,3}-?\d+(?:\.\d+)*")  # 序号: 1, 2.1, T-101
_BOLD = re.compile(r"\s*(?:\*\*|__).+(?:\*\*|__)\s*")
_OLD = re.compile(r"(?:原|原定|原计划|由|从|was|from|formerly|previously)\s*[:：]?\s*$", re.IGNORECASE)
_REPLACED = re.compile(r"\s*(?:→|->|=>|改至|改为|改到|调整[至为到]|延[期后]?[至到]|推迟[至到]|提前[至到])")
_NOT_HERE = (SectionKind.GOALS, SectionKind.INCIDENTS, SectionKind.METRICS, SectionKind.DAILY)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A project or part that a row speaks of. `own` is false where the row's figures are those of its part; `said` is
    the share of a part that only a cell's words tell of."""

    row: Row
    name: str
    parent: str | None
    own: bool = True
    said: float | None = None


def read_table_updates(tables: Sequence[PlacedTable], sections: Sequence[Section], on: date) -> tuple[Update, ...]:
    """One update for each project or part that the rows of project tables speak of, in the order of the report."""
    found: list[Update] = []
    for placed in tables:
        section = sections[placed.section] if placed.section is not None else None
        columns = read_columns(placed.table.header)
        if holds_projects(columns, section):
            columns = _with_parts(columns, placed.table.rows)
            rows = _in_percent(columns, placed.table.rows)
            found += _joined(_update(entry, columns, section, on) for entry in _entries(columns, rows))
    return tuple(found)


def holds_projects(columns: Columns, section: Section | None) -> bool:
    """Whether a table with these columns tells of projects: it names them, and how they stand."""
    kind = section.kind if section else None
    if _name_column(columns) is None or kind in _NOT_HERE or columns.first("metric", "handling", "previous"):
        return False
    if kind is SectionKind.PROJECTS:
        return columns.first(*_FACTS) is not None
    return bool(columns.first("progress") or (columns.first("state", "text", "milestone") and columns.first("date")))


def _name_column(columns: Columns) -> Column | None:
    """The column of the names: by its header, else the first, where that has no other role."""
    part = columns.first("part")
    if columns.first("project") is None and part and part.at:
        return columns.all[part.at - 1]  # 系统 | 模块: what stands before the parts is what they are parts of
    return columns.first("project") or part or next((c for c in columns.all[:1] if c.role is None), None)


def _part_column(columns: Columns) -> Column | None:
    part, name = columns.first("part"), _name_column(columns)
    return part if part is not name else None


def _entries(columns: Columns, rows: Sequence[Row]) -> Iterable[_Entry]:
    above = group = None
    for row in rows:
        project, part = _cell(row, _name_column(columns)), _cell(row, _part_column(columns))
        if above and (below := _BELOW.match(project)):
            project, part = "", project[below.end() :]
        if fold(project) in vocabulary()["columns"]["above"]:
            project = ""
        if fold(part) in vocabulary()["columns"]["whole"]:
            part = ""
        if fold(project) in vocabulary()["columns"]["whole"]:
            continue  # 合计: the sum of the rows above
        if _gathers(row, project):
            above = group = project
            yield _Entry(row, project, None)
        elif project and is_name(project):
            if project != above:
                above, group = project, None if _is_bold(row, columns) else group
                yield _Entry(row, project, group, own=not part)
            elif not part:
                yield _Entry(row, project, group if group != project else None)
        elif not part and above and any(map(content, row.cells)):
            yield _Entry(row, above, group if group != above else None)
        if part and above and is_name(part):
            yield _Entry(row, part, above)
        elif above:
            yield from (_Entry(row, name, above, said=share) for name, share in _parts_told(columns, row))


def _cell(row: Row, column: Column | None) -> str:
    return " ".join(content(row.cells[column.at]).replace("；", " ").split()) if column else ""


def _gathers(row: Row, name: str) -> bool:
    filled = [cell for cell in row.cells if content(cell) and not _NUMBER.fullmatch(content(cell))]
    return bool(name) and len(filled) == 1 and len(row.cells) > 1 and _BOLD.fullmatch(filled[0]) is not None


def _is_bold(row: Row, columns: Columns) -> bool:
    column = _name_column(columns)
    return column is not None and _BOLD.fullmatch(row.cells[column.at]) is not None


def _with_parts(columns: Columns, rows: Sequence[Row]) -> Columns:
    """The columns, where one of no known name right beside the names tells rows of the same name apart: its parts."""
    name = _name_column(columns)
    beside = columns.all[name.at + 1 : name.at + 2] if name else ()
    if not beside or beside[0].role is not None or columns.first("part") not in (None, name):
        return columns
    pairs = [(row.cells[beside[0].at - 1], row.cells[beside[0].at]) for row in rows]
    repeated = len({project for project, _ in pairs}) < len(pairs) == len(set(pairs))
    roles = {beside[0].at - 1: "project", beside[0].at: "part"} if repeated else {}
    return Columns(tuple(replace(c, role=roles.get(c.at, c.role)) for c in columns.all))


def _in_percent(columns: Columns, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with progress in percent, where the column gives it as a part of one (0.983, 0.7308)."""
    column = columns.first("progress")
    cells = [content(row.cells[column.at]) for row in rows] if column else []
    parts = [cell for cell in cells if re.fullmatch(r"[01](?:\.\d+)?", cell)]
    if column is None or not any("." in cell for cell in parts) or len(parts) < len([c for c in cells if c]):
        return rows
    shares = [f"{float(cell) * 100:.2f}%" if cell else "" for cell in cells]
    return [
        replace(row, cells=(*row.cells[: column.at], share, *row.cells[column.at + 1 :]))
        for row, share in zip(rows, shares, strict=True)
    ]


def _joined(updates: Iterable[Update]) -> Iterable[Update]:
    """Rows of one project made one update, at its first line."""
    found: dict[tuple[str, str | None], Update] = {}
    for update in updates:
        known = found.get((update.name, update.parent))
        found[update.name, update.parent] = _merged(known, update) if known else update
    return found.values()


def _merged(known: Update, more: Update) -> Update:
    return replace(
        known,
        line_end=max(known.line_end, more.line_end),
        text=f"{known.text}\n{more.text}",
        progress=known.progress if known.progress is not None else more.progress,
        state=known.state or more.state,
        milestones=known.milestones + more.milestones,
        owner=known.owner or more.owner,
        risks=known.risks + more.risks,
    )


def _update(entry: _Entry, columns: Columns, section: Section | None, on: date) -> Update:
    row = entry.row
    update = Update(
        name=entry.name,
        parent=entry.parent,
        section=section.title if section else None,
        kind=section.kind if section else None,
        line=row.line,
        line_end=row.line,
        text=_told(columns, row) or row.text,
    )
    if entry.said is not None:
        return replace(update, progress=entry.said, text=_clause_of(entry.name, columns, row))
    return _with_figures(update, row, columns, on) if entry.own else update


def _parts_told(columns: Columns, row: Row) -> Sequence[tuple[str, float]]:
    """The parts that a cell lists with their shares (画布95%；回溯62%): two at least, and no phases or rates."""
    told = [c for column in columns.having("text") for c in clauses(content(row.cells[column.at]))]
    found = [(match["name"], share) for c in told if (match := _PART_TOLD.fullmatch(c.text.strip()))
             and is_part_name(match["name"]) and (share := read_cell_progress(match["share"])) is not None]  # fmt: skip
    return found if len(found) > 1 else []


def _clause_of(name: str, columns: Columns, row: Row) -> str:
    told = [c.text for column in columns.having("text") for c in clauses(content(row.cells[column.at]))]
    return next((text for text in told if name in text), row.text)


def _told(columns: Columns, row: Row) -> str:
    """What the row tells in words, a line for each cell; the figures have columns of their own, but what a progress is
    worked out of (226/280) is told."""
    share = columns.cell(row, "progress")
    cells = [*(row.cells[column.at] for column in columns.having("text")), *([share] if "/" in share else [])]
    return "\n".join(cell for cell in cells if content(cell))


def _with_figures(update: Update, row: Row, columns: Columns, on: date) -> Update:
    told = [content(row.cells[column.at]) for column in columns.having("text", "goal")]
    progress = _progress(columns, row, told, update.name, on)
    cell = columns.cell(row, "state")
    state = (read_said_state(cell, progress, ()) if cell else None) or read_state("；".join(told), progress, ())
    milestones = _milestones(columns, row, state, told, on)
    return replace(
        update,
        progress=progress,
        state=state,
        milestones=milestones,
        owner=columns.cell(row, "owner") or None,
        risks=tuple(Risk(text, row.line) for text in _risks(columns, row, told)),
    )


def _progress(columns: Columns, row: Row, told: Sequence[str], name: str, on: date) -> float | None:
    stated = read_cell_progress(columns.cell(row, "progress"))
    if stated is not None or columns.first("progress"):
        return stated
    return next((p for text in told if (p := read_progress(text, name, on)) is not None), None)


def _risks(columns: Columns, row: Row, told: Sequence[str]) -> Iterable[str]:
    yield from (text for column in columns.having("risk") if (text := content(row.cells[column.at])))
    for text in [columns.cell(row, "state"), *told]:
        yield from (risk.text for risk in read_risks(text, row.line))


def _milestones(
    columns: Columns, row: Row, state: State | None, told: Sequence[str], on: date
) -> tuple[Milestone, ...]:
    found: list[Milestone] = []
    named = event_in(fold(columns.cell(row, "milestone")))
    checked = fold(columns.cell(row, "checked")) in vocabulary()["columns"]["yes"]
    for column in columns.having("date"):
        if named and column.event is None:
            column = replace(column, event=named)
        if checked:
            state = State.DONE
        found += _dated(column, content(row.cells[column.at]), row.line, state, on)
    risks = [content(row.cells[column.at]) for column in columns.having("risk")]
    if not found and columns.first("milestone"):
        found += read_milestones(columns.cell(row, "milestone"), row.line, on)
    for text in map(unmarked, [*told, columns.cell(row, "state"), *risks]):
        found += [m for m in read_milestones(text, row.line, on) if not _is_told(m, found)]
    return tuple(found)


def _is_told(milestone: Milestone, found: Sequence[Milestone]) -> bool:
    """The column of an event says it best, but for what has happened meanwhile (6/11 已切量 30% before 全量切量)."""
    general = vocabulary()["event_rules"]["general"]
    return any(
        (m.event == milestone.event and (m.start == milestone.start or not milestone.done))
        or (m.start == milestone.start and m.event not in general)
        for m in found
    )


def _dated(column: Column, cell: str, line: int, state: State | None, on: date) -> Iterable[Milestone]:
    """The dates of a cell below `计划上线` are of that event; below 时间 the cell may name it (12/15提测)."""
    if column.event is None and (named := read_milestones(cell, line, on)):
        yield from named
        return
    general = vocabulary()["event_rules"]["general"]
    told = event_in(fold(cell)) if column.event in (None, *general) else None
    event = told or column.event or "完成"
    for mention in _standing(cell, on):
        happened = _happened(event, cell, state, mention, on)
        doubtful = not happened and mention.end < on
        text = f"{column.header} {cell}".strip()
        yield Milestone(event, mention.start, mention.end, text, line, happened, doubtful)


def _standing(cell: str, on: date) -> Iterable[DateMention]:
    """The dates of a cell but for the old one of a move: `11/30（原11/23）`, `11/10→11/24`."""
    cell = _DOTTED.sub(r"\1/\2", cell)
    for mention in find_dates(cell, on, likely=True):
        start, end = mention.span
        if not _OLD.search(cell[:start]) and not _REPLACED.match(cell, end):
            yield mention


def _happened(event: str, cell: str, state: State | None, mention: DateMention, on: date) -> bool:
    """A day in a table's cell has come true where the cell or the row's state says so, not by being over."""
    if mention.start > on:
        return False
    if pattern("columns", "done").search(fold(cell)) or state is State.DONE:
        return True
    return state is State.TESTING and event == "提测"
