"""Goals with a figure to reach (数币联调到60%, 预案演练累计12个, OCR to 30%), and how far a line says that it came."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.answers.keeping_words import rule
from store.reading.clauses import clauses
from store.reading.units import UNIT
from store.words.normalise import fold

_NUMBER = r"(?<![\d./-])(?<!\d:)(\d[\d,]*(?:\.\d+)?)(?!\s*[月号/:-])"
_UNIT = rf"(%|[笔次单条]/秒|[个项家户笔条台张人份次套期批类场]|万?元|{UNIT})"
_FIGURE = re.compile(rf"{_NUMBER}\s*({_UNIT})(?![a-z])")
# Of figures without any unit only one that a goal is to reach, or that alone stands in a clause: breaks below 80.
_BARE = re.compile(rf"(?<![a-z]){_NUMBER}()(?!\s*{_UNIT})(?![\w%])")
_TOWARDS = re.compile(
    r"(?:累计|达到|完成到?|做到|做满|推进到?|提[升高]?[到至]|升[到至]|降[低到至]+|压[到至]|切[量流]?[到至]|放量[到至]|铺[到至]|"
    r"[到至]|满|不少于|不低于|不超过|≥|>=|≤|<=|"
    r"\b(?:to|at|reach|reaching|hit|at least|up to|below|under)\b)\s*(?:约|about|over)?\s*$"
)
_CELL = re.compile(r"\s*(?<!\\)\|\s*")
_WORK = re.compile(r"(?<=切量|切流|灰度|放量|覆盖|研发|开发|测试|进度|迁移)\s*$")  # 额度中心切流30%
_THINGS = re.compile("[个家台项场]")  # 故障预案演练12个 aims at as many
_LESS = re.compile(r"降|减|压[到至缩]|以内|以下|不超过|≤|<=|\b(?:below|under|down|reduce|cut|lower)\b")
_BEHIND = re.compile(r"^\s*(?:左右|以上|以内|以下|of\b.*)?[\s。.;；,，)）]*$")


@dataclass(frozen=True, slots=True)
class Target:
    """What a goal wants to reach: the number, its unit, whether less is better, the goal without the figure, and its
    words for the work that is measured: 切量 of 切量到100%."""

    number: float
    unit: str
    less: bool
    rest: str
    work: frozenset[str] = frozenset()


def target_of(goal: str) -> Target | None:
    """The one figure that a goal is to reach; None where it has none, several, or one that only counts things."""
    text = fold(goal)
    found = list(_FIGURE.finditer(text)) or list(_BARE.finditer(text))
    if len(found) != 1:
        return None
    figure = found[0]
    before, behind = text[: figure.start()], text[figure.end() :]
    towards = _TOWARDS.search(before)
    towards = towards or (_WORK.search(before) if figure[2] == "%" else None)
    if not _BEHIND.match(behind) or (towards is None and not _THINGS.fullmatch(figure[2])):
        return None
    rest = before[: towards.start()] if towards else before
    work = frozenset(found[0] for found in rule("activity").finditer(before))
    return Target(_value(figure[1]), figure[2], _LESS.search(text) is not None, rest, work)


def name_of(target: Target) -> str:
    """What is to reach it, without the words for the work on it: 零钱罐 of 零钱罐研发到60%."""
    bare = rule("around").sub(" ", target.rest)
    return rule("activity").sub(" ", bare).strip(" ：:，,的")


def reached(target: Target, line: str, progress: float | None) -> str | None:
    """The figure of the same unit that a line gives, as it writes it: the project's `progress` where it is a percent,
    else the only one; None where it gives none, or several. What may come (月末可能超过180分钟) isn't reached."""
    said = " ， ".join(text for clause in clauses(line) if not rule("to_come").search(text := fold(clause.text)))
    if of_work := of_same_work(target, line):
        return of_work
    told = _figures(target, said)
    stated = [found for found in told if progress is not None and _value(found[1]) == progress]
    if target.unit == "%" and stated:
        return stated[0][0]
    first = [found for found in told if not said[: found.start()].rstrip().endswith(("共", "总", "of"))]
    return first[0][0] if len(first) == 1 else None


def _figures(target: Target, text: str) -> list[re.Match[str]]:
    """The figures of a folded text that have the target's unit, or like it none."""
    return [found for found in (_FIGURE if target.unit else _BARE).finditer(text) if found[2] == target.unit]


def of_same_work(target: Target, line: str) -> str | None:
    """The figure that the line gives of the very work that the goal speaks of, where it gives one: of 灰度到50% the row
    of the project (90% | 灰度中) tells its progress, and 5/7 灰度扩到50% what was to be reached."""
    parts = (fold(part) for clause in clauses(line) for part in _CELL.split(clause.text))
    told = [found[0] for part in parts if any(word in part for word in target.work) and not rule("to_come").search(part)
            for found in _figures(target, part)]  # fmt: skip
    return told[0] if len(told) == 1 else None


def meets(target: Target, said: str) -> bool:
    """Whether a figure reached is the one aimed at, or beyond it."""
    found = (_FIGURE if target.unit else _BARE).search(said)
    number = _value(found[1]) if found else 0.0
    return number <= target.number if target.less else number >= target.number


def _value(text: str) -> float:
    return float(text.replace(",", ""))
