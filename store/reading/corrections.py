"""Figures that a report puts right: `更正：第43周误杀率应为0.42%，原写0.24%`.

A line does so where it opens with a word for it (更正, Correction), or tells of another week and says that its figure
becomes another (上周误杀率更正为0.42%). The right value stands behind 应为 or "was"; the figure is best known by the
name that the report itself gives it, since `清算成功率统计口径有误，应为…` says more before the value than the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from store.reading.units import NUMBER, UNIT
from store.reading.vocabulary import alternatives, pattern, words
from store.records import Metric
from store.words.normalise import fold
from store.words.regex import regex

SHORTEST, LONGEST = 2, 40  # characters of a name that no figure of the report bears
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WEEK = r"第\s*\d{1,2}\s*周|week\s*\d{1,2}(?!\d)|(?<![a-z0-9])w\d{1,2}(?![a-z0-9])"
_DAY = (
    rf"\d{{1,2}}月\d{{1,2}}[日号]?|\d{{1,2}}/\d{{1,2}}(?!\d)|(?<!\d)\d{{1,2}}\s+{_MONTH}"
    rf"|{_MONTH}\s+\d{{1,2}}(?![\d.])"
)
_LOOSE = r"\d{1,2}\s*月份?|上周|上期|上个?月|last week|previous week|last month"
_SET = regex(
    rf"[(（]?\s*(?:{_WEEK}|{_DAY}|{_LOOSE})(?:的?周报|那周|当周|(?:'s)?\s+report)?\s*(?:'s|的|中|里)?\s*[)）]?"
)
_PERIODS = [regex(each) for each in (_WEEK, _DAY, _LOOSE)]  # the most exact first: 上周（第44周）
_AROUND = " 的'’\"“”《》()（）:：，,-–—"
_STARTS = regex(r"(?:(?:the|our|for|in|of|to|on)\b|[a-z]+'s\b|我组|本组|数据|备注|说明|注|note)[\s:：，,]*")
_NAME = regex(r"[^:：，,；;。()（）]{2,40}")


def _value(name: str) -> str:
    value = rf"(?:[¥$€£]|usd|eur|rmb|cny)?\s*(?P<{name}>{NUMBER})\s*(?P<{name}_unit>{UNIT})?"
    return rf"{value}(?![\d.]*\d|\s*[/月日号:]|\s*{_MONTH}\b)"


@cache
def _opening() -> re.Pattern[str]:
    opening = alternatives(words("corrections", "opening"))
    return re.compile(rf"\s*[(（【\[]?(?:(?:{_LOOSE})的?(?:数据|数字)?)?{opening}")


@cache
def _becomes() -> tuple[re.Pattern[str], ...]:
    """What stands before the right value: the words that can stand before no other, then those that may."""
    really = rf"(?:\s*{alternatives(words('corrections', 'really'))})?"
    plain = really + r"\s*[:：]?\s*" + _value("new")
    return tuple(re.compile(alternatives(words("corrections", name)) + plain) for name in ("becomes", "is"))


@cache
def _replaced() -> re.Pattern[str]:
    return re.compile(alternatives(words("corrections", "replaced")) + r"\s*[:：]?\s*" + _value("old"))


_BARE = regex(r"(?<![\d.,/])" + _value("new"))
_FROM = regex(r"(?:由|从|from)\s*" + _value("old") + r"\s*$")
_HEADED = regex(_value("old") + r"\s*[，,]?\s*$")


def opens_correction(text: str) -> bool:
    """Whether the line opens with a word for putting right."""
    return _opening().match(fold(text)) is not None


def is_correction(text: str) -> bool:
    """Whether the line puts something right that an earlier report said."""
    folded = fold(text)
    return opens_correction(text) or _tells_of_another(folded) is not None


def _tells_of_another(text: str) -> re.Match[str] | None:
    """`上周误杀率更正为0.42%`, `上周误杀率有误，应为0.42%`: a week before the figure, and a word that only corrections
    have; 应为 alone only says what a figure ought to be, and a bracket behind a value is read apart (`restated`)."""
    wrong = alternatives(words("corrections", "wrong"))
    for name, needs in (("restated", ""), ("becomes", wrong)):
        found = re.search(alternatives(words("corrections", name)) + r"\s*" + _value("new"), text)
        head = text[: found.start()] if found else ""
        if head.rfind("(") <= head.rfind(")") and _SET.search(head) and re.search(needs, head):
            return found
    return None


def corrected_week(text: str) -> int | None:
    """The number of the week that a line puts right; None of any other line."""
    about = re.search(_WEEK, fold(text)) if is_correction(text) else None
    return int("".join(filter(str.isdigit, about[0]))) if about else None


def read_correction(text: str, line: int, group: str | None = None, names: Iterable[str] = ()) -> Metric | None:
    """The corrected figure of a line, or None; text as folded by `prepared`, so that its places hold. `names` are those
    of the report's own figures."""
    folded = fold(text)
    opened = _opening().match(folded)
    found = _right_value(folded, opened.end()) if opened else _tells_of_another(folded)
    if found is None:
        return None
    name, rest = _named(text[opened.end() if opened else 0 : found.start()], names)
    if not name:
        return None
    old = _replaced().search(folded, found.end()) or _FROM.search(rest) or _HEADED.fullmatch(rest)
    unit = text[slice(*found.span("new_unit"))] if len(folded) == len(text) else found["new_unit"]
    return Metric(
        name, _number(found["new"]), unit or None, line, group,
        about=_about(text), corrects=_number(old["old"]) if old else None,
    )  # fmt: skip


def restated(text: str, line: int, last: Metric) -> Metric | None:
    """The value of another week that the bracket behind a figure puts right: `92.3% (W44 restated to 91.2%)`."""
    for inside in re.findall(r"[(（]([^()（）]*)[)）]", fold(text)):
        if found := _tells_of_another(inside):
            return Metric(last.name, _number(found["new"]), found["new_unit"], line, last.group, about=_about(inside))
    return None


def _right_value(text: str, start: int) -> re.Match[str] | None:
    wrong = {found.start("old"): found.start() for found in _replaced().finditer(text)}
    for rule in _becomes():
        for found in rule.finditer(text, start):
            if wrong.get(found.start("new"), found.start()) >= found.start():  # the 为 of 误报为 gives no right value
                return found
    bare = _BARE.search(_SET.sub(lambda period: " " * len(period[0]), text), start)
    # `更正：第36周成功率99.5%` may quote the wrong value; with the one it replaces beside it there is no doubt.
    return bare if bare and _replaced().search(text, bare.end()) else None


def _about(text: str) -> str | None:
    found = (rule.search(fold(text)) for rule in _PERIODS)
    return next((match[0] for match in found if match), None)


def _named(head: str, names: Iterable[str]) -> tuple[str, str]:
    """The name of the figure and what stands behind it: one of the report's own that the words begin with, else the
    words before a comma; empty where there is none."""
    text = re.sub(r"[《》\s]+", " ", _SET.sub(" ", fold(head))).strip(_AROUND)
    while starts := _STARTS.match(text):
        text = text[starts.end() :].lstrip(_AROUND)
    if pattern("corrections", "beside").search(text):
        return "", ""
    if own := [name for name in names if text.startswith(fold(name))]:
        name = max(own, key=len)
        return name, text[len(name) :].strip(_AROUND)
    found = _NAME.match(_FROM.sub("", text).strip())
    name = re.split(alternatives(words("corrections", "fault")), _HEADED.sub("", found[0]) if found else "")[0]
    name = re.sub(r"\s(?:was|is|were)$", "", name.strip(" 的'"))
    named = SHORTEST <= len(name) <= LONGEST and not re.match(r"\d", name)
    return (name, text[len(name) :].strip(_AROUND)) if named else ("", "")


def _number(written: str) -> float:
    return float(written.replace(",", ""))
