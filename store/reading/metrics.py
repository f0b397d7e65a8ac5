"""Named numbers: success rates, availability, counts, and the changes that projects report ("健康分由656降至647")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from store.reading.clauses import LONGEST_LINE, clauses
from store.reading.columns import Column, Columns, read_columns
from store.reading.corrections import is_correction, opens_correction, read_correction, restated
from store.reading.incidents import is_figure, is_of_incidents
from store.reading.layout import PlacedTable
from store.reading.marks import CODE, plain
from store.reading.tables import Row
from store.reading.units import CLOCK, NUMBER, TIME, UNIT, minutes
from store.reading.vocabulary import any_rule
from store.records import HEADING, Item, Metric, Section, SectionKind
from store.words.dates import find_dates, prepared
from store.words.normalise import fold

_NUMBER = rf"(?P<value>{TIME}|(?:(?<![\w.])[-−])?(?:{NUMBER})(?![:：]\d))"
_CURRENCY = r"(?P<currency>USD|EUR|CNY|RMB|HKD|GBP|US\$|[¥$€£])?"
_ABOUT = r"(?:约|达到|达|凌晨|早上?|≥|>|<|≤|[+＋]|about\s|around\s|~)?"
_VALUE = rf"\s*{_ABOUT}\s*{_CURRENCY}\s*{_NUMBER}\s*(?P<unit>{UNIT})?(?![a-z0-9]|\.\d|/\d)"
# With a colon everything before it is the name (P99：112ms); without one the name must not run into the figure.
_LABELLED = re.compile(rf"(?P<name>[^:：]*[^\s:：])\s*[:：]{_VALUE}", re.IGNORECASE)
_ARROW = re.compile(
    rf"(?P<name>[^:：]*[^\s:：])\s*[:：]\s*(?P<old>\d+(?:\.\d+)?)\s*(?:{UNIT})?\s*(?:→|->)\s*(?P<new>\d+(?:\.\d+)?)\s*(?P<unit>{UNIT})?",
    re.IGNORECASE,
)
_SPACED = re.compile(rf"(?P<name>[^:：]*[^\s:：])\s+{_VALUE}", re.IGNORECASE)  # P99 44ms
_PIECE = re.compile(rf"(?P<name>[^:：]*?[^\d\s:：.a-z])\s*(?:为|是|=)?{_VALUE}", re.IGNORECASE)
_CHANGE = re.compile(
    rf"(?P<name>[^，。；,;：:()]{{1,20}}?[^\d，。；,;：:()\s.])[:：]?\s*(?:由|从)?\s*(?<![\d./])(?P<old>\d+(?:\.\d+)?)\s*(?:{UNIT})?\s*"
    r"(?P<verb>降低|下降|降|提升|提高|提|上升|升|增长|增加|上涨|涨|扩|扩大|扩充|→|->)(?P<to>至|到|为)?\s*"
    rf"(?P<new>\d+(?:\.\d+)?)(?!/\d|\d)\s*(?P<unit>{UNIT})?"
)
_FROM_TO = re.compile(
    r"(?P<name>[A-Za-z][\w '/-]{2,40}?)\s+(?:went|rose|fell|dropped|improved|grew|increased|decreased|is|was)?\s*"
    r"(?:up|down)?\s*from\s+"
    rf"(?P<old>\d+(?:\.\d+)?)\s*(?:{UNIT})?\s+to\s+(?P<new>\d+(?:\.\d+)?)\s*(?P<unit>{UNIT})?(?![\w/])",
    re.IGNORECASE,
)
_VERB = re.compile("[降提升增涨扩→]|->")  # without one of these no change is told, and to look for one is dear
_CELL = re.compile(_VALUE, re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_COLUMN_OF_WEEK = re.compile(
    r"(?:第\s*|w|week\s*)?(\d{1,2})\s*周?|(\d{1,2})\s*[/.-]\s*(\d{1,2})|(\d{1,2})月(\d{1,2})日?", re.IGNORECASE
)
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_BEFORE = re.compile(
    r"(?:last week|previous week|上周|上期|down from|up from|from|was|由|前值|prev\.?)\s*[:：]?\s*"
    rf"(?:[A-Z]{{3}}\s?|[¥$€£])?{_NUMBER}",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]$")
_LAST_PART = re.compile(r"^.*\s[-–—|]\s")  # "免密支付优化 - 签约率": the project, then its figure
_DASHES = "-–—"
_THIS_WEEK = re.compile(r"^(?:本周|当周|本月)")
_STANDS_AT = re.compile(
    r"(?<=\w)\s+(?:is|was|were|at|stands at|stood at|came in at|ended at|closed at|reached)$", re.IGNORECASE
)
_PROGRESS = re.compile(r"(?:进度|进展|完成度|完成率|灰度|切量)$")
# Sentences of English hold a figure each: "Availability was 99.9%. P95 latency 281 ms."
_SPLIT = re.compile(
    r"[，；;、。]|(?<!vs)(?<!No)\.(?=\s+[A-Z]|\s*$)|,(?!\d{3}(?!\d))|\s{2,}|\|"
    r"|(?<=[\d%次笔起个])\s+(?=[A-Z\u4e00-\u9fff]\S*[:：\d])"
)
_REMARKS = (SectionKind.OTHER, SectionKind.HIGHLIGHTS, None)  # where a report may put a figure right, too
_DOWN = ("降低", "下降", "降")


def read_metrics(
    items: Sequence[Item], sections: Sequence[Section], on: date, beside: Iterable[Metric] = ()
) -> tuple[Metric, ...]:
    """The metrics of the report in order: every figure of the metrics sections, and stated changes in the projects.

    `beside` are those of its tables: what a line puts right is best known by the name that the report gives it.
    """
    found: list[Metric] = []
    corrections: list[tuple[str, int, str | None]] = []
    remarks: list[tuple[str, int, str | None]] = []
    for item in items:
        kind = sections[item.section].kind if item.section is not None else None
        if item.mark in ("|", HEADING, CODE) or (kind is SectionKind.METRICS and is_of_incidents(item, on)):
            continue
        for offset, whole in enumerate(item.text.split("\n")):
            line = prepared(plain(whole[:LONGEST_LINE]))
            if kind is SectionKind.METRICS and is_correction(line):
                corrections.append((line, item.line + offset, item.group))
            elif kind in _REMARKS and opens_correction(line):
                remarks.append((line, item.line + offset, item.group))
            elif kind is SectionKind.METRICS or (kind is SectionKind.INCIDENTS and is_figure(whole)):
                found.extend(_figures(line, item.line + offset, item.group, on, loose=bool(item.mark)))
            elif kind is SectionKind.PROJECTS and any_rule("projects", "rates").search(fold(line)):
                rate = next(iter(clauses(line))).text
                found.extend(_figures(rate, item.line + offset, item.group, on, loose=True))
            elif kind is SectionKind.PROJECTS:
                found.extend(_changes(line, item.line + offset))
    names = {metric.name for metric in (*found, *beside)}
    corrected = filter(None, (read_correction(*each, names) for each in (*corrections, *remarks)))
    # Elsewhere than among the figures many a thing is corrected: there it must be one that the report gives.
    told = {line for _, line, _ in corrections}
    return (*found, *(metric for metric in corrected if metric.line in told or metric.name in names))


def _figures(text: str, line: int, group: str | None, on: date, *, loose: bool) -> Iterable[Metric]:
    """The figures of a line; in running text (not `loose`) only those that have a colon before or a unit behind."""
    changes = list(_changes(text, line))
    if changes:
        return changes
    found: list[Metric] = []
    stem = ""
    for piece in _pieces(_without_dates(text, on)):
        bare = piece.strip()
        if arrow := _ARROW.match(bare):
            name, old, new = _name(arrow["name"], stem), float(arrow["old"]), float(arrow["new"])
            found.append(Metric(name, new, _unit(arrow["unit"]), line, group, old))
            continue
        labelled = _LABELLED.match(bare) or _LABELLED.match(bare[_last_label(bare) :])
        after = bare[_last_label(bare) :].strip()
        spaced = _SPACED.match(_ASIDE.sub("", after)) or _SPACED.match(after)  # 5.0 bps (year-end target 4.5)
        match = labelled or spaced or _PIECE.match(_after_label(bare))
        if found and found[-1].previous is None and (before := _BEFORE.match(bare)):
            found[-1] = replace(found[-1], previous=_number(before["value"]))  # 成功率：99.97%，上周99.95%
            continue
        name = _name(match["name"], stem) if match else ""
        if match and name and not _is_no_name(name) and (loose or labelled or match["unit"]):
            stem = stem or _stem(bare, name)
            before = _BEFORE.search(bare, match.end())
            previous = _number(before["value"]) if before else None
            inside = _BRACKET.search(name)
            unit = _money(match) or (inside[1] if inside and re.fullmatch(UNIT, inside[1], re.IGNORECASE) else None)
            bare_name = _BRACKET.sub("", name).strip() if unit and inside and not match["unit"] else name
            found.append(Metric(bare_name, _number(match["value"]), unit, line, group, previous))
    later = restated(text, line, found[0]) if len(found) == 1 else None
    return [*found, later] if later else found


def _last_label(piece: str) -> int:
    """Where the name begins in `对账：自动对平率 99.64%`: behind the last colon that no figure follows."""
    return max((found.end() for found in re.finditer(r"[:：](?!\s*[\d.])", piece)), default=0)


def _is_no_name(name: str) -> bool:
    return not re.search(r"\w", name) or any_rule("metrics", "ignored").search(name) is not None


def _pieces(text: str) -> list[str]:
    """The text at its commas and the like, but for those in brackets: `99.24% (last week 99.17%, +0.07 pp)`."""
    cuts = [cut.span() for cut in _SPLIT.finditer(_BRACKETED.sub(lambda found: "〓" * len(found[0]), text))]
    edges = [0, *[edge for cut in cuts for edge in cut], len(text)]
    return [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _without_dates(text: str, on: date) -> str:
    """The text with its dates made blank: 11月9日 is no figure of a metric."""
    for mention in find_dates(text, on):
        if mention.relative:
            continue  # Deployments this week: 316
        start, end = mention.span
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _money(match: re.Match[str]) -> str | None:
    """The unit of a figure; an amount's currency stands before it (`USD 47.6 M` → `USD M`)."""
    if minutes(match["value"]) is not None:
        return CLOCK
    parts = [match["currency"], _unit(match["unit"])]
    return " ".join(part for part in parts if part) or None


def read_table_metrics(tables: Sequence[PlacedTable], sections: Sequence[Section]) -> tuple[Metric, ...]:
    """The figures of metric tables: one row a metric, with this week's value, its unit and the value before."""
    found: list[Metric] = []
    for placed in tables:
        kind = sections[placed.section].kind if placed.section is not None else None
        columns = _with_weeks(read_columns(placed.table.header))
        if kind is SectionKind.METRICS or (columns.first("metric") and columns.first("value")):
            found += _rows(placed, columns)
    return tuple(found)


def _with_weeks(columns: Columns) -> Columns:
    """The columns, where they are named by week (第37周 | 第38周) or day: the newest holds the value, the one before it
    what it was."""
    days = {c.at: found for c in columns.all[1:] if (found := _COLUMN_OF_WEEK.fullmatch(c.header.strip()))}
    if len(days) < 2:
        return columns
    newest = sorted(days, key=lambda at: tuple(int(n) for n in days[at].groups() if n), reverse=True)
    roles = {newest[0]: "value", newest[1]: "previous"}
    return Columns(tuple(replace(c, role=roles.get(c.at, c.role), event=None) for c in columns.all))


def _rows(placed: PlacedTable, columns: Columns) -> Iterable[Metric]:
    name = columns.first("metric", "project") or columns.all[0]
    values = _value_columns(columns, name)
    header = placed.table.header
    rows = (header, *placed.table.rows) if any(_is_figure(header.cells[c.at]) for c in values) else placed.table.rows
    group = placed.group
    for row in rows:
        if row.cells[name.at] and not any(row.cells[: name.at] + row.cells[name.at + 1 :]):
            group = plain(row.cells[name.at])
            continue
        told = [m for value in values if (m := _cell_metric(row, name, value, columns, group)) is not None]
        if len(told) > 1:  # 系统 | 可用率 | 成功率: each column is a figure of the row's system
            told = [replace(m, name=f"{m.name}{c.header}") for m, c in zip(told, values, strict=False)]
        yield from told


def _value_columns(columns: Columns, name: Column) -> Sequence[Column]:
    """The columns of the values: the one that says so, else all that no word names, else the first beside the name."""
    if said := columns.first("value"):
        return [said]
    beside = [c for c in columns.all if c is not name]
    return [c for c in beside if c.role is None] or beside[:1]


def _is_figure(cell: str) -> bool:
    return _cell_figure(cell) is not None


def _cell_figure(cell: str) -> re.Match[str] | None:
    """The value in a cell, whatever arrow or aside stands around it: `99.97%↑`, `99.97%（上周99.95%）`."""
    return _CELL.fullmatch(_ASIDE.sub("", prepared(plain(cell))).strip(" ↑↓▲▼→+"))


def _cell_metric(row: Row, name: Column, value: Column, columns: Columns, group: str | None) -> Metric | None:
    written = plain(row.cells[name.at])
    figure = _cell_figure(row.cells[value.at])
    if figure is None or not written or _is_figure(written):
        return None
    inside = _BRACKET.search(written)
    header_unit = _BRACKET.search(value.header)
    if inside and not _may_be_unit(inside[1], figure):
        inside, name_told = None, written  # SWIFT直通率（STP）: what people call it
    else:
        name_told = _BRACKET.sub("", written).strip()
    unit = figure["unit"] or columns.cell(row, "unit") or (inside or header_unit or ["", ""])[1] or None
    money = _money(figure) if minutes(figure["value"]) is not None else None
    money = money or " ".join(filter(None, (figure["currency"], _unit(unit)))) or None
    before = _cell_figure(columns.cell(row, "previous")) or _BEFORE.search(prepared(row.cells[value.at]))
    previous = _number(before["value"]) if before else None
    return Metric(name_told, _number(figure["value"]), money, row.line, group, previous)


def _may_be_unit(inside: str, figure: re.Match[str]) -> bool:
    """Whether a name's bracket gives the unit (查询P95（秒）), as it must where the value has none."""
    return not figure["unit"] or re.fullmatch(UNIT, fold(inside)) is not None


def _number(written: str) -> float:
    clock = minutes(written)
    return float(fold(written).replace(",", "").replace("−", "-")) if clock is None else clock


def _unit(written: str | None) -> str | None:
    return unicodedata.normalize("NFKC", written) if written else None


_GRADE = re.compile(r"[A-Za-zＡ-Ｚ]{1,2}\d?级$")


def _after_label(piece: str) -> str:
    """`事故数：AB级0次` names its figure with both: 事故数AB级."""
    label, colon, rest = piece.partition("：" if "：" in piece else ":")
    return label + rest if colon and _GRADE.match(re.split(r"\d", rest.strip())[0].strip()) else piece


def _stem(piece: str, name: str) -> str:
    return _GRADE.sub("", name) if _GRADE.search(name) else ""


def _name(written: str, stem: str) -> str:
    """The name of a figure; `CD级1次` after `事故数AB级0次` goes on in the name of the one before it."""
    name = _STANDS_AT.sub("", _THIS_WEEK.sub("", written.strip(" -—*")))
    graded = _GRADE.search(name)
    return stem + name if stem and graded and graded.start() == 0 else name


def _changes(text: str, line: int) -> Iterable[Metric]:
    """`由A降至B` says where it stands; `A降低B` only when B lies in the direction of the verb (656降低647)."""
    for match in _FROM_TO.finditer(text) if "from" in text else ():
        name = match["name"].strip()
        if not _is_no_name(name) and name[-1] not in _DASHES:  # "Harbor — from 40% to 55%" is Harbor's progress
            yield Metric(name, float(match["new"]), _unit(match["unit"]), line, None, float(match["old"]))
    for match in _CHANGE.finditer(fold(text)) if _VERB.search(fold(text)) else ():
        old, new = float(match["old"]), float(match["new"])
        stands = new < old if match["verb"] in _DOWN else new > old
        plausible = match["to"] or (stands and min(old, new) > abs(old - new))
        if stands and plausible:
            name = _as_written(text, match.span("name")).strip(" 由从，。")
            name = _LAST_PART.sub("", name)
            if _PROGRESS.search(name) or _is_no_name(name):
                continue
            yield Metric(name, new, _unit(_as_written(text, match.span("unit"))), line, None, old)


def _as_written(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]] if len(fold(text)) == len(text) else fold(text)[span[0] : span[1]]
