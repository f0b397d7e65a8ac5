"""The time range that a question asks for, and the day it asks as of (DESIGN, section 6).

Two sources, the earliest in the question wins: the rows of `range_rules` (last 4 weeks, W36-W38, two weeks ago), and
dates and calendar words of the date grammar (9/15, 上周, Q3) with the words around them (since, 以来, 前, 那周).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from store.words import windows
from store.words.dates import Hit, prepared, scan
from store.words.range_rules import RANGE_RULES, Span
from store.words.regex import regex
from store.words.windows import DAY, Clock, Lean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from store.words.holidays import Holidays

_FLAGS = re.IGNORECASE | re.ASCII
_REACH = 40
_LONGEST = 2000
_HALF_A_YEAR = 183
_A_YEAR = 364 * DAY


@dataclass(frozen=True, slots=True)
class DateRange:
    """First and last day asked for (`start` None: since ever), and the words that say so at `span` of the question.

    `relative`: slides with today and ends on it (last 4 weeks). `weeks`: label numbers as asked for, with the `year`
    they most likely belong to; start and end then hold the ISO weeks, and `since W36` is (36, 53).
    `single_week`: one Monday–Sunday is meant (上周, week of D, the 26 April report).
    """

    start: date | None
    end: date
    span: tuple[int, int]
    text: str
    relative: bool
    weeks: tuple[int, int] | None = None
    year: int | None = None
    single_week: bool = False


def find_range(
    question: str, today: date, holidays: Holidays | None = None, lean: Lean | None = None
) -> DateRange | None:
    """The first range that `question` names, or None; the words of an "as of" are not taken for one.

    A date or month without a year is the latest that has begun by `today`; near words that look ahead (by, due, 前,
    预计) the nearest, after next or 未来 the coming one; `lean` overrules the words. `span` holds the glue words too
    (since, over the, 的). Only the first 2,000 characters are read. Never raises.
    """
    source = _DOTS.sub("~ ", prepared(question[:_LONGEST]))
    as_of = find_as_of(question, today)
    if as_of:
        low, high = as_of[1]
        source = source[:low] + " " * (high - low) + source[high:]
    found = [*_by_rules(source, today), *_by_dates(source, Clock(today, lean or _lean(source), holidays))]
    if not found:
        return None
    span, (low, high) = min(found, key=lambda f: (f[1][0], -f[1][1]))
    low, high = _with_glue(source, low, high)
    return DateRange(span.start, span.end, (low, high), question[low:high], *span[2:])


def find_as_of(question: str, today: date) -> tuple[date, tuple[int, int]] | None:
    """The day that the question puts in the place of today, and its words: as of 1 Sep, 截至9月1日. Never raises.

    A month, week or quarter stands for its last day, but not for one after today.
    """
    source = prepared(question[:_LONGEST])
    head = _AS_OF.search(source)
    if head is None:
        return None
    if now := _NOW.match(source, head.end()):
        return today, (head.start(), now.end())
    hits = scan(source[: head.end() + _REACH], Clock(today, "past"), strict=False)
    hit = next((h for h in hits if h.start == head.end()), None)
    if hit is not None:
        first, last = hit.found.window
        return (today if first <= today < last else last), (head.start(), _end(_UNTIL_TAIL, source, hit.end))
    for span, (low, high) in _by_rules(source, today):
        if low == head.end():
            return min(span.end, today), (head.start(), _end(_UNTIL_TAIL, source, high))
    return None


_Placed = tuple[Span, tuple[int, int]]

_AS_OF = regex(
    r"(?:(?<![a-z])as\s(?:of|at)\s{1,2}(?:the\s{1,2})?|截至到?|截止至|截止到|截止(?=[0-9上本今昨去前]))\s?",
    _FLAGS,
)
_NOW = regex(r"(?:now|today|this moment|目前|现在|当前|今天|今日|今)(?![a-z年])(?:为止)?", _FLAGS)
_UNTIL_TAIL = regex(r"(?:为止|止|的时候|时(?!间))?")

_SINCE_LEFT = regex(r"(?:(?<![a-z])(?:ever\s)?since|自从|自)\s{0,2}(?:the\s{1,2})?$", _FLAGS)
_SINCE_RIGHT = regex(
    r"\s?(?:以来|至今|起(?!步|草|初)|到(?:现在|目前|今天|今日|今)(?!年)|开始(?=[,，的到至]|$)|onwards?|"
    r"(?:to|until|till)\s(?:now|today|date)(?![a-z]))",
    _FLAGS,
)
_FROM_LEFT = regex(r"(?:(?<![a-z])(?:starting\s)?from|从)\s{0,2}(?:the\s{1,2})?$", _FLAGS)
_BEFORE_LEFT = regex(r"(?<![a-z])(?:before|prior to)\s{1,2}(?:the\s{1,2})?$", _FLAGS)
# "hit by the June 3 outage" names no deadline.
_NO_DEADLINE = "".join(f"(?<!{word} )" for word in ("hit", "affected", "impacted", "caused", "touched"))
_BY_LEFT = regex(rf"(?<![a-z])(?:{_NO_DEADLINE}by)\s{{1,2}}(?:the\s{{1,2}})?$", _FLAGS)
_UP_TO_LEFT = regex(
    r"(?<![a-z])(?:until|till|up\s(?:to|until|till)|no later than|through)\s{1,2}(?:the\s{1,2})?$", _FLAGS
)
_BEFORE_RIGHT = regex(r"(?:之|以)?前(?![期端置台])")
_AFTER_LEFT = regex(r"(?<![a-z])after\s{1,2}(?:the\s{1,2})?$", _FLAGS)
_AFTER_RIGHT = regex(r"(?:之|以)?后(?![端台续])")
_WEEK_LEFT = regex(
    r"(?<![a-z])week\s(?:of|beginning|ending|commencing|starting|containing"
    r"|around)\s{1,2}(?:the\s{1,2})?$",
    _FLAGS,
)
_WEEK_RIGHT = regex(
    r"\s?(?:(?:的?那|当|所在的?|这)一?个?(?:周|星期|礼拜)(?![一二三四五六日期])|\sweek(?![a-z]))",
    _FLAGS,
)
_BESIDE_LEFT = (
    r"(?<![a-z])(?:the\s{{1,2}})?week\s(?:{0})\s{{1,2}}(?:that\sof\s{{1,2}})?(?:the\s{{1,2}})?(?:week\sof\s{{1,2}})?$"
)
_BESIDE_RIGHT = (
    r"\s?(?:(?:的|之|以)?{0}(?:的|那|面)?一?个?(?:周|星期|礼拜)|(?:(?:那|当)一?周)?的?{1}一?个?(?:周|星期))"
    r"(?![一二三四五六日报])"
)
_WEEK_AFTER_LEFT = regex(_BESIDE_LEFT.format("after|following"), _FLAGS)
_WEEK_AFTER_RIGHT = regex(_BESIDE_RIGHT.format("后", "下"), _FLAGS)
_WEEK_BEFORE_LEFT = regex(_BESIDE_LEFT.format("before|preceding"), _FLAGS)
_WEEK_BEFORE_RIGHT = regex(_BESIDE_RIGHT.format("前", "上"), _FLAGS)
_REPORT_RIGHT = regex(
    r"(?:'s|’s)?(?=\s?(?:的|那[份篇])?\s?(?:周报|报告|周会|(?:weekly\s)?report(?![a-z])))",
    _FLAGS,
)
# The word report stays outside the span: it tells what is asked for.
_REPORT_LEFT = regex(
    r"(?<![a-z])reports?(?P<glue>\s{1,2}(?:(?:of|for|from|dated|on)\s{1,2})?(?:the\s{1,2})?)$|(?:周报|报告)"
    r"(?P<zh>[\s:：(]{0,2})$",
    _FLAGS,
)
_DOTS = regex(r"(?<=[0-9])\.\.(?=[0-9])")
_TO = regex(r"\s{0,2}(?:到|至|-|~|(?:to|until|till|through|thru)(?=\s)(?:\s{1,2}the(?=\s))?)\s{0,2}", _FLAGS)
_AND = regex(r"\s{1,2}and\s{1,2}(?:the\s)?", _FLAGS)
_BOTH = regex(r"\s{0,2}(?:和|与|跟|及|、|&|(?:and|vs\.?|versus)(?=\s)|对比|比)\s{0,2}", _FLAGS)
_BETWEEN = regex(r"(?<![a-z])between\s{1,2}(?:the\s)?$", _FLAGS)

_AHEAD = regex(r"(?<![a-z])(?:next|upcoming|coming)(?![a-z])|未来|接下来|即将|下(?=个?(?:月|周|季|年))", _FLAGS)
_PLANS = regex(
    r"(?<![a-z])(?:by|due|before|planned|plan|plans|expected|scheduled|deadlines?|will|until|till|through|up\sto)(?![a-z])"
    r"|预计|计划|预期|将要|要上线"
    r"|到期|(?<=周[一二三四五六日天])前|(?<=期[一二三四五六日天])前|(?<=[0-9月日号旬底末初中度])(?:之|以)?前",
    _FLAGS,
)
_LEFT_GLUE = regex(
    r"(?:(?<![A-Za-z])(?:over|in|on|during|within|for|from|since|between|at|by|before|after|until|till"
    r"|up to|throughout|across|the)"
    r"\s{1,2}){1,3}$|(?:自从|从|自|于|(?<![现存正所实])在)\s?$",
    _FLAGS,
)
_RIGHT_GLUE = regex(r"['’]s?(?![a-z])|(?:期间|这段时间|之内|以内|内(?![管部容审])|里面|里(?!程))?的?", _FLAGS)


def _by_rules(source: str, today: date) -> Iterator[_Placed]:
    lowered = source.lower()
    for rule in (rule for rule in RANGE_RULES if rule.may_match(lowered)):
        for match in rule.pattern.finditer(source):
            try:
                span = rule.build(match, today)
            except (ValueError, OverflowError):
                continue
            if span is not None:
                yield span, match.span()
                break


def _by_dates(source: str, clock: Clock) -> Iterator[_Placed]:
    hits = list(scan(source, clock, strict=False))
    for hit, following in pairwise(hits):
        if joined := _joined(source, hit, following, clock.holidays):
            yield joined
    for hit in hits:
        try:
            yield _wrapped(source, hit, clock.today)
        except (ValueError, OverflowError):
            continue


def _lean(source: str) -> Lean:
    if _PLANS.search(source):
        return "near"
    return "future" if _AHEAD.search(source) else "past"


def _joined(source: str, hit: Hit, following: Hit, holidays: Holidays | None) -> _Placed | None:
    """From a date to a date of another form: 从9月1日到昨天, between July and 15 Aug; and neighbours: 8月和9月."""
    before = source[max(0, hit.start - _REACH) : hit.start]
    if _TO.fullmatch(source, hit.end, following.start):
        head = _FROM_LEFT.search(before)
    elif head := _BETWEEN.search(before):
        if not _AND.fullmatch(source, hit.end, following.start):
            return None
    else:
        both = _BOTH.fullmatch(source, hit.end, following.start)
        return _neighbours(hit, following) if both else None
    first, last = hit.found.window[0], following.found.window[1]
    if last < first:
        # The second date took a year of its own; it follows the first.
        later = Clock(first, "future", holidays)
        again = next(scan(source[following.start : following.end], later, strict=False), following)
        last = again.found.window[1]
    if (last - first).days > _HALF_A_YEAR:
        # 5/16到月底, asked on 13 May: the first day took last year, and is the latest one before the second.
        near = next(scan(source[hit.start : hit.end], Clock(last, "past", holidays), strict=False), hit)
        first = max(first, near.found.window[0])
    return (Span(first, last), (hit.start - len(head[0] if head else ""), following.end)) if first <= last else None


def _neighbours(hit: Hit, following: Hit) -> _Placed | None:
    """8月和9月, this week and last week: one range, where nothing lies between the two."""
    (first, end), (start, last) = sorted((hit.found.window, following.found.window))
    return (Span(first, last), (hit.start, following.end)) if end + DAY == start else None


def _wrapped(source: str, hit: Hit, today: date) -> _Placed:
    """The range that a date means with the words around it."""
    for left, right, wrap in _WRAPS:
        head = left.search(source[max(0, hit.start - _REACH) : hit.start]) if left else None
        tail = right.match(source, hit.end) if right else None
        span = wrap(hit, today) if head or tail else None
        if span is not None:
            return span, (hit.start - _glue(head), tail.end() if tail else hit.end)
    return _plain(hit, today), (hit.start, hit.end)


def _glue(head: re.Match[str] | None) -> int:
    """How much of the words before a date belongs to the range."""
    if head is None:
        return 0
    return len((head.group(head.lastgroup) if head.lastgroup else head[0]).lstrip())


def _plain(hit: Hit, today: date) -> Span:
    """The window itself; around a holiday gone by, all that lies before it or since."""
    first, last = hit.found.window
    if hit.found.kind == "before holiday" and last < today:
        return Span(None, last)
    if hit.found.kind == "after holiday" and first <= today:
        return Span(first, max(last, today))
    return Span(first, last, single_week=hit.found.kind == "week")


def _since(hit: Hit, today: date) -> Span | None:
    first, last = hit.found.window
    return Span(first, today if first <= today else last)


def _before(hit: Hit, today: date) -> Span | None:
    return _up_to(hit, today, hit.found.window[0] - DAY)


def _by(hit: Hit, today: date) -> Span | None:
    return _up_to(hit, today, hit.found.window[1])


def _up_to(hit: Hit, today: date, last: date) -> Span | None:
    """Up to a day: from today if it lies ahead, else since ever. The end of a month stays 21 to end (DESIGN, 6)."""
    if hit.found.kind == "part":
        return Span(*hit.found.window)
    return Span(today if last >= today else None, last)


def _up_to_day(hit: Hit, today: date) -> Span | None:
    """Up to the end of a month, from today on: no part of it is meant, as it is by its end."""
    last = hit.found.window[1]
    return Span(today if last >= today else None, last)


def _chinese_before(hit: Hit, today: date) -> Span | None:
    # 9/30前 as a deadline takes the day in; what lies before a past day leaves it out.
    ahead = hit.found.kind in ("day", "range") and hit.found.window[1] >= today
    return _by(hit, today) if ahead else _before(hit, today)


def _after(hit: Hit, today: date) -> Span | None:
    """Since a day gone by, or all that is planned after one to come: no plan reaches further than a year."""
    first = hit.found.window[1] + DAY
    return Span(first, today if first <= today else first + _A_YEAR)


def _week_of(hit: Hit, today: date) -> Span | None:
    return Span(*windows.week(hit.found.window[0]), single_week=True)


def _report_of(hit: Hit, today: date) -> Span | None:
    return _week_of(hit, today) if hit.found.kind == "day" else None


def _week_beside(hit: Hit, today: date) -> Span | None:
    """The week after the one of a day."""
    return Span(*windows.moved("week", hit.found.window[0], 1), single_week=True)


def _week_ahead_of(hit: Hit, today: date) -> Span | None:
    """The week before the one of a day."""
    return Span(*windows.moved("week", hit.found.window[0], -1), single_week=True)


# Words before or after a date, either of which makes it the range that the function builds; None passes on.
_WRAPS = (
    (_WEEK_AFTER_LEFT, _WEEK_AFTER_RIGHT, _week_beside),
    (_WEEK_BEFORE_LEFT, _WEEK_BEFORE_RIGHT, _week_ahead_of),
    (_WEEK_LEFT, _WEEK_RIGHT, _week_of),
    (_SINCE_LEFT, _SINCE_RIGHT, _since),
    (_BEFORE_LEFT, None, _before),
    (_BY_LEFT, None, _by),
    (_UP_TO_LEFT, None, _up_to_day),
    (None, _BEFORE_RIGHT, _chinese_before),
    (_AFTER_LEFT, _AFTER_RIGHT, _after),
    (_REPORT_LEFT, _REPORT_RIGHT, _report_of),
)


def _with_glue(source: str, low: int, high: int) -> tuple[int, int]:
    head = _LEFT_GLUE.search(source[max(0, low - _REACH) : low])
    return low - len(head[0] if head else ""), _end(_RIGHT_GLUE, source, high)


def _end(pattern: re.Pattern[str], source: str, at: int) -> int:
    match = pattern.match(source, at)
    return match.end() if match else at
