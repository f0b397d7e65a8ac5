"""How far a project is: which of a text's percentages is its progress, and which are rates, shares and changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from store.reading.clauses import Clause, clauses
from store.reading.vocabulary import alternatives, pattern, vocabulary, words
from store.words.dates import find_dates
from store.words.normalise import fold
from store.words.regex import regex

_FIGURE = regex(
    r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s*(?:%|percent\b)"
    r"|(?<![\d./])(\d{1,6}|\d{1,4}\.\d+(?=[万亿]))(?:[万亿](?=\s*/\s*[\d.]+\s*[万亿]))?"
    r"\s*(?:/|\bof\b)\s*(\d{1,6}|\d{1,4}\.\d+(?=[万亿]))(?![\d/%])"
    r"|([一二三四五六七八九])成(?![\u4e00-\u9fff])"
)
_STATED = regex(r"[^,;()]*\(\s*(\d{1,3}(?:\.\d+)?)\s*%\s*\)")  # 4 of 14 connectors migrated (29%)
# "由60%提升至75%": the second figure is where it stands now.
_CHANGE = regex(r"[^\d%,，。;；(（]{1,6}")
LARGEST_DAY = 31
LONGEST_CLAUSE = 2000  # as for milestones
_TENTHS = "一二三四五六七八九"
_MAY_HOLD = regex(
    r"\d\s*(?:%|percent\b|[万亿]?\s*/\s*\d|of\s+\d)|[一二三四五六七八九]成|过半|一半|\b(?:half|halfway|thirds?|quarters?)\b"
)
_FROM = regex(r"(?:由|从|\b(?:(?:went|rose|grew|increased|improved|moved|up|down) )?from)\s*$")
_AMONG = regex(r"(?:on|in) (?!our\b)|so far\b|$")  # Harbour: 6 of 14 on test
_IN_BRACKETS = regex(r"\s*\([^()\d%]*\)$")  # Token service (Kim): 60%
_TAG = regex(r"^\s*(?:\[[^\[\]\d%]*\]|【[^【】\d%]*】)")  # [dev] 68% overall
# "10% of traffic", "100% of unit tests pass": a share of something else.
_OF = regex(
    r"of\s+(?:\w+\s+){0,2}(?:traffic|users|merchants|requests|tests?|cases|volume|budget|customers|orders)\b"
)
_TWO_WORDS = regex(r"([a-z]+)\b(?:\s+([a-z]+)\b)?")
# "已匹配1938万（57%）", "用例已执行132/440": what is already done, as a share of all.
_DONE_SHARE = regex(r"已[\u4e00-\u9fff]{1,6}(?:[\d.,]+\s*[\u4e00-\u9fff]{0,3}\s*\()?$")


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(alternatives(words("progress", "cues")) + r"(?:了|为|是|到|至|达|约|中|：|:|=|-|—|\s)*$")


@cache
def _ratio_cue() -> re.Pattern[str]:
    return re.compile(alternatives(words("progress", "ratio_cues")) + r"(?:了|为|是|到|至|达|约|中|：|:|=|-|—|\s)*$")


@cache
def _not_cue() -> re.Pattern[str]:
    return re.compile(
        alternatives(words("progress", "not_cues")) + r"(?:由|从|了|为|是|到|至|达|约|在|：|:|=|\s|[(（])*$"
    )


def read_progress(text: str, name: str, on: date) -> float | None:
    """The progress that `text`, written on the day `on`, states for the project `name`, 0 to 100, or None.

    A figure counts when a word of progress stands right before it, or nothing but the name does. `104/135` without a
    percent sign needs a word of progress too. A figure over the whole ("项目整体进度") wins over one of a part.
    """
    folded, named = fold(text), fold(name)
    if not _MAY_HOLD.search(folded):
        return None
    found = [pair for clause in clauses(folded) for pair in _in_clause(clause, named, on)]
    overall = [value for whole, value in found if whole]
    return next(iter(overall or [value for _, value in found]), None)


_CELL = regex(
    r"(?:约|~|≈)?\s*(?:(?P<old>\d{1,3}(?:\.\d+)?)\s*%?\s*(?:→|->|至|到)\s*)?(?:(?P<percent>\d{1,3}(?:\.\d+)?)\s*%?"
    r"|(?P<done>\d{1,6})\s*(?:/|of)\s*(?P<total>\d{1,6})\s*[条项个家张台户人笔件套单名]?)(?:\s*[(（][^()（）]*[)）])?"
)


def read_cell_progress(cell: str) -> float | None:
    """The progress in a table's cell below 进度: `85%`, `85`, `7/14`, `640/800条`, `60%→75%` (where it
    stands), or None."""
    text = fold(cell).strip()
    found = _CELL.fullmatch(text)
    if found is None:
        # "85%，联调中", "已完成85%", "85%↑": the first percentage counts, whatever stands around it.
        percent = _PERCENT.search(text)
        return float(percent[1]) if percent and float(percent[1]) <= 100 else None
    if found["percent"]:
        return value if (value := float(found["percent"])) <= 100 else None
    return _share(int(found["done"]), int(found["total"]))


_PERCENT = regex(r"(?<![\d.↑↓+-])(\d{1,3}(?:\.\d+)?)\s*%")


def is_part_name(name: str) -> bool:
    """Whether a word before a share can be a part's name: no word of progress (开发), no rate (命中率)."""
    folded = fold(name)
    cued = any(rule.search(folded) for rule in (_cue(), _ratio_cue(), _not_cue(), pattern("progress", "phases")))
    return not cued and pattern("progress", "whole").search(folded) is None


def _share(done: float, total: float) -> float | None:
    return round(done * 100 / total, 2) if 0 <= done <= total and total > 0 else None


def _in_clause(clause: Clause, name: str, on: date) -> list[tuple[bool, float]]:
    figures = list(_FIGURE.finditer(clause.text))
    if not figures:
        return _in_words(clause, name)
    found = _stated(clause, figures, name)
    # A day that no figure could be taken for changes nothing, and to look for days costs more than all the rest.
    if any(figure[2] for figure in figures) and (found or any(_changes(clause, figures))):
        days = [mention.span for mention in find_dates(clause.text[:LONGEST_CLAUSE], on)]
        figures = [
            f
            for f in figures
            if _is_counted(clause.text, f.end()) or not any(f.start() < end and start < f.end() for start, end in days)
        ]
        return _stated(clause, figures, name)
    return found


def _changes(clause: Clause, figures: Sequence[re.Match[str]]) -> list[bool]:
    return [_is_change(clause, figures, at) for at in range(len(figures))]


def _stated(clause: Clause, figures: Sequence[re.Match[str]], name: str) -> list[tuple[bool, float]]:
    """The figures that count as progress, each with whether it is that of the whole."""
    found, changed = [], _changes(clause, figures)
    for at, figure in enumerate(figures):
        before = clause.text[: figure.start()]
        value = _value(figures[at + 1] if changed[at] else figure)
        if figure[2] and value is not None and _is_counted(clause.text, figure.end()):
            stated = _STATED.match(clause.text, figure.end())
            found.append((False, float(stated[1]) if stated else value))
        elif value is not None and not (at and changed[at - 1]) and _counts(before, figure, name, changed[at]):
            whole = pattern("progress", "whole")
            found.append(((whole.search(before) or whole.match(_behind(figure))) is not None, value))
    return found


def _is_counted(text: str, end: int) -> bool:
    """`4/12 done`, `5 of 14 connectors migrated`: what is counted is done, a few words behind the figures."""
    found = pattern("progress", "counted").search(text, end)
    return found is not None and len(text[end : found.start()].split()) <= 3 and "," not in text[end : found.start()]


def _in_words(clause: Clause, name: str) -> list[tuple[bool, float]]:
    """`about two thirds done`: a share in words that says how far the project is, and of nothing else."""
    bare = clause.text.replace(name, "", 1).strip(" :：-—–")
    return [(False, value) for value, rule in _fractions() if rule.fullmatch(bare)][:1]


@cache
def _fractions() -> tuple[tuple[float, re.Pattern[str]], ...]:
    table = vocabulary()["progress"]["fractions"]
    before, behind = r"(?:进度|完成|about|around|roughly|over|nearly)?\s*", r"\s*(?:done|complete|completed)?"
    return tuple((float(v), re.compile(before + alternatives(entries) + behind)) for v, entries in table.items())


def _is_change(clause: Clause, figures: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the figure is the old one of a change, so that the next one says where it stands."""
    return at + 1 < len(figures) and bool(_CHANGE.fullmatch(clause.text, figures[at].end(), figures[at + 1].start()))


def _value(figure: re.Match[str]) -> float | None:
    if figure[1]:
        value = float(figure[1])
        return value if value <= 100 else None
    if figure[4]:
        return (_TENTHS.index(figure[4]) + 1) * 10.0
    return _share(float(figure[2]), float(figure[3]))


def _behind(figure: re.Match[str]) -> str:
    return figure.string[figure.end() :].lstrip(" ")


def _of_things(behind: str) -> bool:
    """Whether a share is one of things: 0.4% rejects being looked at, 6% late parcels, but not 40% across regions."""
    found, others = _TWO_WORDS.match(behind), words("progress", "no_things")
    said = [word for word in found.groups() if word] if found else []
    if not said or said[0] in others:
        return False
    return any(len(w) > 2 and w.endswith("s") and not w.endswith(("ss", "us")) and w not in others for w in said)


def _counts(before: str, figure: re.Match[str], name: str, changes: bool) -> bool:
    if changes:
        before = _FROM.sub("", before)
        if not _not_cue().search(before) and not before.strip(" :：，,"):
            return True  # "由60%推进至75%"
    behind = _behind(figure)
    if _not_cue().search(before) or pattern("progress", "not_behind").match(behind) or _OF.match(behind):
        return False
    if figure[1] and _of_things(behind) and not _is_counted(figure.string, figure.end()):
        return False
    # 已换 120/300家, 已迁户 470万/820万, and no 已上线 3/10
    no_day = int(figure[3] or 0) > LARGEST_DAY or any(unit in figure[0] for unit in "万亿")
    if _DONE_SHARE.search(before.rstrip() if no_day else before) or _ratio_cue().search(before):
        return True
    if figure[1] and _cue().search(before):
        return True
    # "Factory：3614/4222" is a share of what there is; a smaller one may be a day, a pass rate or a rank.
    bracketed = before.endswith("(") and before.isascii()  # Monorepo split (7/14)
    plain_count = figure[2] is not None and "of" in figure[0] and _AMONG.match(behind) is not None
    apart = ":" in before or not (before.strip() or behind)  # 结算风险限额，22/40
    alone = bool(figure[1] or figure[4]) or bracketed or plain_count or (apart and float(figure[3] or 0) > LARGEST_DAY)
    own = _TAG.sub("", before).strip(" :：-—–|(")
    return alone and (own in ("", name) or _IN_BRACKETS.sub("", own) == name)
