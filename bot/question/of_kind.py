"""A question whose kind is known: what narrows it, taken out of its words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.question.bounds import take_figure_bounds
from bot.question.content import asks_day, content, is_trade_word, is_unit, telling
from bot.question.details import (
    take_aspect,
    take_details,
    take_grades,
)
from bot.question.figures import (
    Figures,
    find_figures,
    link_figures,
    shortened,
)
from bot.question.known import Known
from bot.question.lexicon import pattern, rule
from bot.question.linking import Linked, link, literal_name
from bot.question.of_project import beyond, of_project
from bot.question.of_reports import of_report
from bot.question.query import Kind, Query
from bot.question.several import several
from bot.question.subject import SURE, link_words
from bot.question.text import asks_which, cut, trim, without
from store.reading.units import UNIT
from store.words.names import key
from store.words.normalise import fold
from store.words.numbers import chinese_number
from store.words.ranges import DateRange, find_range
from store.words.regex import regex

_ASKED_UNIT = regex(rf"(?:多少|几|how many)\s*(?:{UNIT})(?![a-z])", re.IGNORECASE)  # 首屏现在多少ms
_IN_UNIT = regex(r"\bin\s+(?:ms|milliseconds|seconds|minutes|percent|%)(?![a-z])", re.IGNORECASE)  # latency in ms
HALF_A_YEAR = 26  # weeks
WEEK = 7  # days
_COUNTED = regex(
    r"(?:最近|最后|近|上)的?\s*([一二两三四五六七八九十\d]+)\s*[次起个]|(?:last|latest|most recent)\s+(\d+)(?=\s|$)"
)
_DAY_ALONE = regex(r"(?<![\d./])(\d{1,2})(?:[号日]|st|nd|rd|th)?(?![\d./%a-z])")  # of 18 and 25 July
_AND = regex(r"跟|和|与|同|较|\band\b|\bto\b|\bvs\.?|\bversus\b|\bagainst\b|\bwith\b|[-~–至到]")
# Kinds that list what many reports say, and are narrowed alike.
LISTS = frozenset(Kind) - {
    Kind.STATUS, Kind.SEARCH, Kind.INCIDENTS, Kind.REPORT, Kind.HELP, Kind.METRICS, Kind.CHOICE, Kind.UNKNOWN,
}  # fmt: skip
_BEFORE = regex(r"上一?个?周|上一?期|前一?个?周|last week|(?:the )?previous week")  # 22周跟上一周比


def of_kind(query: Query, kind: Kind, rest: str, known: Known) -> Query:
    """The query of this kind whose other words are `rest`: what they name, and what else narrows it."""
    if kind is Kind.SEARCH:
        return replace(query, kind=kind, words=rest.strip())
    if kind is Kind.STATUS:
        return several(query, rest, fold(rest), known) or of_project(query, rest, known)
    if kind is Kind.METRICS:
        return of_figures(replace(query, kind=kind), rest, known)
    if kind in LISTS:
        return of_list(replace(query, kind=kind), rest, known)
    if kind is Kind.INCIDENTS:
        return _incidents(replace(query, kind=kind), rest, known)
    if kind is Kind.REPORT:
        return of_report(query, rest)
    return replace(query, kind=kind, words=trim(without("cues", kind, rest)))


def _incidents(query: Query, rest: str, known: Known) -> Query:
    """What is asked of incidents, before its words (根因, 几起) are taken away as cues; a severity always narrows."""
    query, rest = take_aspect(query, rest)
    if query.aspect == "open":  # still open / cause unknown
        rest = without("aspects.incidents", "unexplained", rest)
    grades, rest = take_grades(rest)
    query, rest = _newest(query, without("cues", Kind.INCIDENTS, rest))
    words = telling(without("words", "incident fields", rest), known.told, known.strict)
    words = " ".join(_uncounted(word) for word in words.split())
    if query.aspect == "worst":
        words = " ".join(word for word in words.split() if not is_unit(word.removesuffix("数")))  # 笔数最多
    return replace(query, words=" ".join(filter(None, (grades, words))))


def _uncounted(word: str) -> str:
    """机具 of the 台机具 that is left of 多少台机具."""
    return word[1:] if len(word) > 2 and is_unit(word[0]) and is_unit(word[1:]) else word


def of_figures(query: Query, text: str, known: Known) -> Query:
    """The metrics that are named; without any word left, all of them."""
    text = _IN_UNIT.sub(" ", text)
    found = find_figures(text, known.metrics)
    rest = cut(text, found.span) if found else text
    if found and found.named:
        query, rest = take_figure_bounds(query, rest)
    query, rest = take_aspect(query, _ASKED_UNIT.sub(" ", rest))
    words = trim(without("words", "asking", without("cues", "metrics", rest))).rstrip("比较跟和与")
    if found and found.unsaid:
        return replace(query, near=found.near, words=found.unsaid)
    query = _two_weeks(query, rest)
    if found:
        named = replace(query, metrics=found.named)
        return named if query.range else part_of_name(named, text)  # 进件现在平均几天: the newest of the 平均进件时长
    linked = link_figures(words, known.metrics) if key(words) else Figures(())
    if not linked.named and (never := rule("figure of it").search(fold(text))):
        return replace(query, near=linked.near, words=never[0])  # 逾期率, which no report gives
    left = "" if linked.named else telling(words, known.told, known.strict)
    if left and (short := shortened(left, known.metrics)):
        return part_of_name(replace(query, metrics=short), text)
    return part_of_name(replace(query, metrics=linked.named, near=linked.near, words=left), text)


def part_of_name(query: Query, text: str) -> Query:
    """The 平均 of 通道那个平均费率 is a part of 通道平均费率, and asks for no mean."""
    table = "aspects.metrics"
    named = [pattern(table, query.aspect).search(fold(m.name)) for m in query.metrics] if query.aspect else []
    if not query.aspect or not named or not all(named):
        return query
    return take_aspect(replace(query, aspect=None), without(table, query.aspect, text))[0]


def _two_weeks(query: Query, rest: str) -> Query:
    """W50 vs W51: the change of a figure from the one week to the other."""
    first, second = query.range, find_range(rest, query.as_of)
    if first is None or second is None or query.aspect not in (None, "change", "trend"):
        return query
    if first.start is None or second.start is None or max(map(_length, (first, second))) > WEEK:
        return query
    weeks = (*first.weeks, *second.weeks) if first.weeks and second.weeks else None
    both = replace(first, start=min(first.start, second.start), end=max(first.end, second.end), single_week=False,
                   weeks=(min(weeks), max(weeks)) if weeks else None)  # fmt: skip
    return replace(query, range=both, aspect="change")


def _of_same_month(query: Query, day: int) -> Query:
    """The reports of 18 and 25 July: both days are of July."""
    asked = query.range
    if asked is None or asked.start is None or asked.start != asked.end:
        return query
    try:
        other = asked.end.replace(day=day)
    except ValueError:
        return query
    return replace(query, beside=replace(asked, start=other, end=other, text=str(other)))


def _length(asked: DateRange) -> int:
    return (asked.end - asked.start).days if asked.start else WEEK + 1


def of_list(query: Query, text: str, known: Known) -> Query:
    """A list with all that narrows it: of one project where the words name one, else of what speaks of the words."""
    firm = known.firm
    literal = literal_name(text, known.projects)
    rest = cut(text, literal.span) if literal else text
    query, rest = take_details(query, rest, known.owners)
    if query.kind is Kind.RISKS:
        rest = without("words", "risk fields", rest)
    if query.kind is Kind.CHANGES:
        query = _both(replace(query, range=_in_order(query.range, query.as_of)))
    if query.kind is Kind.CHANGES and (second := find_range(rest, query.as_of)):
        weeks = query.range.weeks if query.range and _BEFORE.match(second.text) else None
        beside = find_range(f"第{weeks[0] - 1}周", query.as_of) if weeks and weeks[0] > 1 else second
        query, rest = replace(query, beside=beside), cut(rest, second.span)
    elif query.kind is Kind.CHANGES and (day := _DAY_ALONE.search(fold(rest))) and query.range:
        query, rest = _of_same_month(query, int(day[1])), cut(rest, day.span())
    if query.kind is Kind.MISSING:
        whole = any(pattern("words", name).search(fold(text)) for name in ("which week", "reason"))
        if query.range is None and query.aspect != "late" and whole:
            query = replace(query, aspect="weeks")  # Atlas组缺哪一周的周报: none is named, so that any may be meant
            rest = without("words", "which week", rest)
        rest = without("words", "handing in", rest)
    # 没人提 is a cue, of which no 没 is to be taken for filler.
    rest = without("cues", query.kind, trim(without("cues", query.kind, rest)))
    if query.kind is Kind.HISTORY:
        rest = without("words", "which week", without("cues", "status", rest))
    words = trim(without("words", "asking", rest))
    # "since the last" names no Card plastics switch.
    generic = len(key(words)) < 2 or (is_trade_word(words) and asks_which(text)) or not content(words, known.told)
    named = link("", ()) if generic else link_words(words, firm, surely=True)
    if not (literal or generic or named.named) and query.kind in (Kind.HISTORY, Kind.RISKS):
        query, named = _of_highlight(query, words, named, known)
    linked = literal.linked if literal else named
    if linked.tied and query.kind is Kind.PLAN and not literal:
        linked = Linked(None, (), linked.near, 0.0)  # goals are looked through by words, so that none need be chosen
    if linked.tied:
        return replace(query, kind=Kind.CHOICE, tied=linked.tied, words=literal.words if literal else words)
    left = query.words if linked.project else telling(words, known.told, known.strict or asks_day(text))
    if linked.project and query.kind is Kind.PLAN:  # a goal has words of its own: 上周说要提测Amazon
        left = " ".join(one[0] for one in beyond(linked.project, None, words, known.told))
    return replace(query, project=linked.project, words=left, near=linked.near)


def _for_sure(words: str, known: Known) -> tuple[Linked, str] | None:
    """The project or highlight that the words name for sure, all of them or all but the last, which its lines have to
    speak of then: 牌照续期还在等审批吗."""
    said = telling(words, known.told)
    name, _, last = said.rpartition(" ")
    for called, beside in ((words, ""), (said, ""), (name, last)):
        linked = link_words(called, known.projects, surely=True) if content(called, known.told) else None
        if linked and linked.project and linked.score >= SURE:
            return linked, beside
    return None


def _of_highlight(query: Query, words: str, named: Linked, known: Known) -> tuple[Query, Linked]:
    """A course or a danger of what only highlights tell: MSO续期的来龙去脉; a project beside what it waits for."""
    if query.kind is Kind.RISKS and (sure := _for_sure(words, known)):
        return replace(query, words=sure[1]), sure[0]
    bare = " ".join(map(trim, words.split()))
    told = link_words(bare, known.projects, surely=True).project
    if told and query.kind is Kind.HISTORY:
        return query, link_words(bare, known.projects, surely=True)
    return (replace(query, instead=replace(query, project=told)) if told else query), named


def _in_order(asked: DateRange | None, today: date) -> DateRange | None:
    """第49周和第47周 are two weeks of one year, and not all those from one to the other a year later."""
    if asked is None or asked.weeks is None or not 0 < asked.weeks[0] - asked.weeks[1] < HALF_A_YEAR:
        return asked
    return find_range(f"第{asked.weeks[1]}周到第{asked.weeks[0]}周", today) or asked


def _both(query: Query) -> Query:
    """这周跟上周 are two weeks set against each other, and no days from the one to the other."""
    asked = query.range
    parts = _AND.split(asked.text) if asked and not asked.weeks and not asked.single_week else []
    weeks = [week for part in parts if (week := find_range(part, query.as_of)) and week.single_week]
    if len(weeks) != len(parts) or len(weeks) != 2:
        return query
    older, newer = sorted(weeks, key=lambda week: week.end)
    return replace(query, range=newer, beside=older)


def _newest(query: Query, text: str) -> tuple[Query, str]:
    """`最近一次` and `last incident` ask for one, `最近三次` and `latest 3 incidents` for as many as they say."""
    if counted := _COUNTED.search(fold(text)):
        number = chinese_number(counted[1] or counted[2]) or 1
        return replace(query, newest=number), cut(text, counted.span()) if len(fold(text)) == len(text) else text
    found = pattern("words", "newest").search(fold(text)) is not None
    return replace(query, newest=int(found)), without("words", "newest", text)
