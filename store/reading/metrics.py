"""Named numbers: success rates, availability, counts, and the changes that projects report ("健康分由656降至647")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from store.reading.clauses import LONGEST_LINE
from store.reading.marks import plain
from store.records import HEADING, Item, Metric, Section, SectionKind
from store.words.dates import prepared
from store.words.normalise import fold

_COUNTED = r"次|笔|起|个|单|户|人|名|位|条|项|套|台|家|张|元"
_UNIT = rf"%|‰|(?:百万|千万|万|亿|千|百)?(?:{_COUNTED})|亿|万|分钟|小时|毫秒|秒|天|分|ms|qps|tps|gb|tb|mb|min|s|h"
_NUMBER = r"(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_VALUE = rf"\s*(?:约|达到|达|≥|>|<|≤)?\s*{_NUMBER}\s*(?P<unit>{_UNIT})?(?![a-z0-9.])"
# With a colon everything before it is the name (P99：112ms); without one the name must not run into the figure.
_LABELLED = re.compile(rf"(?P<name>[^:：]*[^\s:：])\s*[:：]{_VALUE}", re.IGNORECASE)
_ARROW = re.compile(
    rf"(?P<name>[^:：]*[^\s:：])\s*[:：]\s*(?P<old>\d+(?:\.\d+)?)\s*(?:{_UNIT})?\s*(?:→|->)\s*(?P<new>\d+(?:\.\d+)?)\s*(?P<unit>{_UNIT})?",
    re.IGNORECASE,
)
_SPACED = re.compile(rf"(?P<name>[^:：]*[^\s:：])\s+{_VALUE}", re.IGNORECASE)  # P99 44ms
_PIECE = re.compile(rf"(?P<name>[^:：]*?[^\d\s:：.a-z])\s*(?:为|是|=)?{_VALUE}", re.IGNORECASE)
_CHANGE = re.compile(
    rf"(?P<name>[^，。；,;：:()]{{1,20}}?[^\d，。；,;：:()\s.])(?:由|从|[:：])?\s*(?<![\d.])(?P<old>\d+(?:\.\d+)?)\s*(?:{_UNIT})?\s*"
    r"(?P<verb>降低|下降|降|提升|提高|提|上升|升|增长|增加|上涨|涨|扩|扩大|扩充|→|->)(?P<to>至|到|为)?\s*"
    rf"(?P<new>\d+(?:\.\d+)?)\s*(?P<unit>{_UNIT})?"
)
_VERB = re.compile("[降提升增涨扩→]|->")  # without one of these no change is told, and to look for one is dear
_CELL = re.compile(_VALUE, re.IGNORECASE)
_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]$")
_LAST_PART = re.compile(r"^.*\s[-–—|]\s")  # "免密支付优化 - 签约率": the project, then its figure
# A correction speaks of another week's figure, and that week is not this report's.
_CORRECTION = re.compile(r"\s*更正")
_THIS_WEEK = re.compile(r"^(?:本周|当周|本月)")
_PROGRESS = re.compile(r"(?:进度|进展|完成度|完成率|灰度|切量)$")
_SPLIT = re.compile(r"[，；;、。]|,(?!\d{3}(?!\d))|\s{2,}|\||(?<=[\d%次笔起个])\s+(?=[A-Z\u4e00-\u9fff]\S*[:：\d])")
_DOWN = ("降低", "下降", "降")


def read_metrics(items: Sequence[Item], sections: Sequence[Section]) -> tuple[Metric, ...]:
    """The metrics of the report in order: every figure of the metrics sections, and stated changes in the projects."""
    found: list[Metric] = []
    for item in items:
        kind = sections[item.section].kind if item.section is not None else None
        if item.mark == HEADING:
            continue
        for offset, whole in enumerate(item.text.split("\n")):
            line = whole[:LONGEST_LINE]
            if kind is SectionKind.METRICS and item.mark == "|":
                found.extend(_row(prepared(plain(line)), item.line + offset, item.group))
            elif kind is SectionKind.METRICS:
                found.extend(_figures(prepared(plain(line)), item.line + offset, item.group))
            elif kind is SectionKind.PROJECTS:
                found.extend(_changes(line, item.line + offset))
    return tuple(found)


def _figures(text: str, line: int, group: str | None) -> Iterable[Metric]:
    if _CORRECTION.match(text):
        return []
    changes = list(_changes(text, line))
    if changes:
        return changes
    found: list[Metric] = []
    stem = ""
    for piece in _SPLIT.split(text):
        bare = piece.strip()
        if arrow := _ARROW.match(bare):
            name, old, new = _name(arrow["name"], stem), float(arrow["old"]), float(arrow["new"])
            found.append(Metric(name, new, _unit(arrow["unit"]), line, group, old))
            continue
        match = _LABELLED.match(bare) or _SPACED.fullmatch(bare) or _PIECE.match(_after_label(bare))
        if match and (name := _name(match["name"], stem)):
            stem = stem or _stem(bare, name)
            value = float(fold(match["value"]).replace(",", ""))
            found.append(Metric(name, value, _unit(match["unit"]), line, group))
    return found


def _row(text: str, line: int, group: str | None) -> Iterable[Metric]:
    """A table row: the name (its unit may stand in brackets), then this week's value; further columns are older."""
    cells = [cell.strip() for cell in text.split("|")]
    value = _CELL.fullmatch(cells[1]) if len(cells) > 1 else None
    if value and not _CELL.fullmatch(cells[0]):
        name, inside = _BRACKET.sub("", cells[0]).strip(), _BRACKET.search(cells[0])
        unit = value["unit"] or (inside[1] if inside else None)
        yield Metric(name, float(fold(value["value"]).replace(",", "")), _unit(unit), line, group)


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
    name = _THIS_WEEK.sub("", written.strip(" -—*"))
    graded = _GRADE.search(name)
    return stem + name if stem and graded and graded.start() == 0 else name


def _changes(text: str, line: int) -> Iterable[Metric]:
    """`由A降至B` says where it stands; `A降低B` only when B lies in the direction of the verb (656降低647)."""
    for match in _CHANGE.finditer(fold(text)) if _VERB.search(fold(text)) else ():
        old, new = float(match["old"]), float(match["new"])
        stands = new < old if match["verb"] in _DOWN else new > old
        plausible = match["to"] or (stands and min(old, new) > abs(old - new))
        if stands and plausible:
            name = _as_written(text, match.span("name")).strip(" 由从，。")
            name = _LAST_PART.sub("", name)
            if _PROGRESS.search(name):
                continue
            yield Metric(name, new, _unit(_as_written(text, match.span("unit"))), line, None, old)


def _as_written(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]] if len(fold(text)) == len(text) else fold(text)[span[0] : span[1]]
