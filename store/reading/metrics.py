"""Named numbers: success rates, availability, counts, and the changes that projects report ("健康分由656降至647")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from store.reading.marks import plain
from store.records import HEADING, Item, Metric, Section, SectionKind
from store.words.normalise import fold

_UNIT = (
    r"%|‰|次|笔|起|个|单|户|人|名|位|条|项|套|分钟|小时|毫秒|秒|天|分|亿元|万元|亿|万|元|ms|qps|tps|gb|tb|mb|min|s|h"
)
_NUMBER = r"(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_PIECE = re.compile(
    rf"(?P<name>[^:：]*?[^\d\s:：.])\s*(?:[:：]|为|是|=)?\s*(?:约|达到|达|≥|>|<|≤)?\s*{_NUMBER}\s*(?P<unit>{_UNIT})?(?![a-z0-9.])",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    rf"(?P<name>[^，。；,;：:()]{{1,20}}?[^\d，。；,;：:()\s.])(?:由|从)?\s*(?<![\d.])(?P<old>\d+(?:\.\d+)?)\s*(?:{_UNIT})?\s*"
    r"(?P<verb>降低|下降|降|提升|提高|提|上升|升|增长|增加|上涨|涨)(?P<to>至|到|为)?\s*"
    rf"(?P<new>\d+(?:\.\d+)?)\s*(?P<unit>{_UNIT})?"
)
# A correction speaks of another week's figure, and that week is not this report's.
_CORRECTION = re.compile(r"\s*更正")
_THIS_WEEK = re.compile(r"^(?:本周|当周|本月)")
_PROGRESS = re.compile(r"(?:进度|进展|完成度|完成率)$")
_SPLIT = re.compile(r"[，；;、。]|,(?!\d{3}(?!\d))|\s{2,}|\|")
_DOWN = ("降低", "下降", "降")


def read_metrics(items: Sequence[Item], sections: Sequence[Section]) -> tuple[Metric, ...]:
    """The metrics of the report in order: every figure of the metrics sections, and stated changes in the projects."""
    found: list[Metric] = []
    for item in items:
        kind = sections[item.section].kind if item.section is not None else None
        if item.mark == HEADING:
            continue
        for offset, line in enumerate(item.text.split("\n")):
            if kind is SectionKind.METRICS:
                found.extend(_figures(plain(line), item.line + offset, item.group))
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
    for piece in _SPLIT.split(text):
        if (match := _PIECE.match(piece.strip())) and (name := _name(match["name"], found)):
            value = float(fold(match["value"]).replace(",", ""))
            found.append(Metric(name, value, _unit(match["unit"]), line, group))
    return found


def _unit(written: str | None) -> str | None:
    return unicodedata.normalize("NFKC", written) if written else None


def _name(written: str, before: Sequence[Metric]) -> str:
    """The name of a figure; `CD级1次` after `事故数AB级0次` goes on in the name of the one before it."""
    name = _THIS_WEEK.sub("", written.strip(" -—*"))
    graded = re.search(r"[A-Za-zＡ-Ｚ]{1,2}\d?级$", name)
    if before and graded and graded.start() == 0:
        stem = re.sub(r"[A-Za-zＡ-Ｚ]{1,2}\d?级$", "", before[-1].name)
        return stem + name
    return name


def _changes(text: str, line: int) -> Iterable[Metric]:
    """`由A降至B` says where it stands; `A降低B` only when B lies in the direction of the verb (656降低647)."""
    for match in _CHANGE.finditer(fold(text)):
        old, new = float(match["old"]), float(match["new"])
        stands = new < old if match["verb"] in _DOWN else new > old
        plausible = match["to"] or (stands and min(old, new) > abs(old - new))
        if stands and plausible:
            name = _as_written(text, match.span("name")).strip(" 由从，。")
            if _PROGRESS.search(name):
                continue
            yield Metric(name, new, _unit(_as_written(text, match.span("unit"))), line, None, old)


def _as_written(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]] if len(fold(text)) == len(text) else fold(text)[span[0] : span[1]]
