"""Figures that a report puts right: `更正：第43周误杀率应为0.42%，原写0.24%`."""

from __future__ import annotations

import re
from functools import cache

from store.reading.vocabulary import alternatives, words
from store.records import Metric
from store.words.normalise import fold

_PERIOD = r"(?:第\s*\d{1,2}\s*周|week\s*\d{1,2}|w\d{1,2}|\d{1,2}\s*月份?|上周|上个?月|last week|last month)"
_VALUE = (
    r"(?P<{0}>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<{0}_unit>[%‰]|[万亿]?[次笔起个单户人名条项元]|分钟|小时|秒|ms|s\b)?"
)


@cache
def _correction() -> re.Pattern[str]:
    opening, becomes = alternatives(words("corrections", "opening")), alternatives(words("corrections", "becomes"))
    return re.compile(
        rf"\s*[(（]?(?P<opening>{opening})?[)）]?\s*[(（]?\s*[:：，,]?\s*(?:the\s+)?(?P<about>{_PERIOD})?\s*[)）]?\s*[:：]?(?:'s|的)?\s*"
        rf"(?P<name>[^:：，,；;\d]{{2,40}}?)\s*(?:由\s*(?P<was>[\d.,]+)\s*%?\s*)?[，,]?\s*(?P<becomes>{becomes})\s*[:：]?\s*"
        + _VALUE.format("new"),
        re.IGNORECASE,
    )


@cache
def _replaced() -> re.Pattern[str]:
    return re.compile(alternatives(words("corrections", "replaced")) + r"\s*[:：]?\s*" + _VALUE.format("old"))


def is_correction(text: str) -> bool:
    """Whether the line puts something right that an earlier report said."""
    opens = re.match(r"\s*[(（]?" + alternatives(words("corrections", "opening")), fold(text)) is not None
    return opens or _corrects(_correction().match(text))


def _corrects(found: re.Match[str] | None) -> bool:
    """Without 更正 before it, 应为 only says what a figure ought to be; 上周误杀率更正为0.42% corrects."""
    if found is None or found["opening"]:
        return found is not None
    opening = "|".join(map(re.escape, words("corrections", "opening")))
    return found["about"] is not None and re.match(opening, found["becomes"]) is not None


def read_correction(text: str, line: int, group: str | None = None) -> Metric | None:
    """The corrected figure of a line, or None; text as folded by `prepared`, so that its places hold."""
    found = _correction().match(text)
    if found is None or not _corrects(found):
        return None
    old = _replaced().search(fold(text[found.end() :]))
    was = found["was"] or (old["old"] if old else None)
    return Metric(
        found["name"].strip(" 的'"), _number(found["new"]), found["new_unit"], line, group,
        about=found["about"], corrects=_number(was) if was else None,
    )  # fmt: skip


def _number(written: str) -> float:
    return float(written.replace(",", ""))
