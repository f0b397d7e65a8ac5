"""Dates that a text mentions, exact (9/15 18:02), fuzzy (10月中, end of Q1) or relative (下周三, tomorrow).

The grammar is the table in `date_rules`; what makes digits a date is in `date_cues` and dates.toml. The scanner walks
a text once, tries the rules that may begin at each place, and takes the first that has its evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

from store.words.date_builders import Found
from store.words.date_cues import EVIDENCE, Site, cues
from store.words.date_rules import BEHIND_CHARS, CODE_LEFT, FLAGS, RULES_AT, RULES_BEHIND, Rule
from store.words.regex import regex
from store.words.windows import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from store.words.holidays import Holidays


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or a span of days in a text; `text` is what stands at `span` (start, end offsets).

    `start == end` for one day. `fuzzy` for 10月中, 月底, 下周, Q4; `relative` for words that need the day of writing.
    `time` is local, as written, of the first day.
    """

    start: date
    end: date
    span: tuple[int, int]
    text: str
    time: time | None = None
    fuzzy: bool = False
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A match of a rule with its evidence, for this module and `ranges`: the rule's name, what it found, and where."""

    name: str
    found: Found
    start: int
    end: int
    time: time | None = None
    partner: bool = False


def find_dates(
    text: str, on: date, holidays: Holidays | None = None, *, likely: bool = False
) -> tuple[DateMention, ...]:
    """The dates that `text` mentions, in order and without overlap; `on` is the day of writing.

    A date without a year takes the year nearest to `on`. `holidays` makes 国庆前 and 春节期间 known. `likely` says that
    the place is one for dates (a cell below 计划上线), so that a bare 9/15 needs no further evidence. Never raises.
    """
    source = _readied(text)
    if not _TRIGGER.search(source):
        return ()
    return tuple(_mention(text, hit) for hit in _scan(source, Clock(on, "near", holidays), strict=not likely))


def may_hold_dates(text: str) -> bool:
    """Whether `find_dates` could find anything in `text` or a part of it: a quick look, true too often, never false."""
    return _TRIGGER.search(prepared(text)) is not None


def _mention(text: str, hit: Hit) -> DateMention:
    start, end = hit.found.window
    span = (hit.start, hit.end)
    if start == end and (_OF_WEEK.search(text, 0, hit.start) or _THAT_WEEK.match(text, hit.end)):
        monday = start - timedelta(days=start.weekday())
        return DateMention(monday, monday + timedelta(days=6), span, text[slice(*span)], None, True, False)
    return DateMention(start, end, span, text[slice(*span)], hit.time, hit.found.fuzzy, hit.found.relative)


# w/c 27 Nov, the week of 4 December, 9/15那周: the Monday-Sunday around that day (design, section 6).
_OF_WEEK = regex(
    r"(?<![a-z])(?:week (?:of|commencing|beginning|starting|ending)|w/c|w/b|w/e)\s{1,2}(?:the\s)?$", FLAGS
)
_THAT_WEEK = regex(r"\s?(?:那|当|这)一?周")


_FULL_WIDTH = set(range(0xFF01, 0xFF5F)) - set(map(ord, "，；！？"))
_HALF_WIDTH = {code: code - 0xFEE0 for code in _FULL_WIDTH}
_HALF_WIDTH |= dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000\t"), ord(" "))
_HALF_WIDTH |= dict.fromkeys(map(ord, "–—―‒−‐‑"), ord("-")) | dict.fromkeys(map(ord, "〜∼"), ord("~"))
_OTHER_WIDTHS = regex(f"[{re.escape(''.join(map(chr, _HALF_WIDTH)))}]")

# Where a rule may begin. The look at one character before all else makes the walk over a text three times quicker.
_CHARS = "|".join(f"{char}(?=[\\s{re.escape(behind)}])" for char, behind in BEHIND_CHARS.items())
_TRIGGER = regex(
    rf"(?=[0-9A-Za-z{''.join(BEHIND_CHARS)}])(?:"
    r"(?<![0-9])(?P<digits>[0-9]{1,4}(?=\s{0,2}(?P<behind>[-/.年月日号季~至到A-Za-z]))|[0-9]{8})(?![0-9])"
    rf"|{_CHARS}|[A-Za-z]+)"
)
_CODE_LEFT = regex(CODE_LEFT)
_CODE_RIGHT = regex(r"[0-9_/\\=a-z]|[.\-][0-9A-Za-z]|:[0-9]|\s?%")
_GUARDED = frozenset({"ymd", "mdy", "compact", "iso month", "slash", "dash", "dot"})
_WEEKDAY = regex(
    r"\s?(?:\(\s?(?:(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})\s?\)"
    r"|(?:周|星期|礼拜)[一二三四五六日天](?![期次轮批阶版级])|,?\s(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat"
    r"(?:ur)?|sun)"
    r"(?:day)?(?![a-z]))",
    FLAGS,
)
_TIME = regex(
    r"(?:T|,?\s{0,2}(?:at\s|@\s?)?)(?P<half>凌晨|早上|早|上午|中午|下午|傍晚|晚上|晚间|晚|夜间)?\s?(?P<h>2[0-4]|"
    r"[01]?[0-9])"
    r"(?::(?P<min>[0-5][0-9])(?::[0-5][0-9](?:[.,][0-9]{1,9})?)?|\s?[点时](?P<zh>半|[0-5]?[0-9]分?|整|钟|"
    r"(?=[左前后开发上完出\s，,;；。]|$)|(?<=午.点)|(?<=午..点)|(?<=上.点)|(?<=上..点)|(?<=[晚早晨].点)|(?<=[晚早晨]..点))"
    r"|(?=\s?[ap]\.?m))(?:\s?(?P<pm>[ap])\.?m(?![a-z])\.?)?(?:Z|\s?[+-][0-9]{2}:?[0-9]{2})?(?![0-9])",
    FLAGS,
)
_AFTERNOON = frozenset(("下午", "傍晚", "晚上", "晚间", "晚", "夜间"))
_JOIN = regex(r"\s{0,2}(?:-{1,2}|~|至|到|(?:to|until|till|through|thru)(?=\s))\s{0,2}", FLAGS)
_BETWEEN, _AND = regex(r"(?<![a-z])between\s{1,2}$", FLAGS), regex(r"\s{1,2}and\s{1,2}", FLAGS)
# Which rules may complete a range that a rule began.
_PARTNERS = {
    "ymd": ("ymd", "slash", "dash", "dot", "zh"), "slash": ("slash", "ymd"), "dot": ("dot", "ymd"),
    "dash": ("dash", "ymd"), "compact": ("compact",), "zh": ("zh", "slash"), "en": ("en",),
    "month": ("month", "month part"), "mdy": ("mdy",), "month part": ("month part", "month"), "quarter": ("quarter",),
    "week": ("week",), "weekday of": ("weekday of",), "word": ("word", "week", "weekday of"),
}  # fmt: skip
_SHORT = {
    "zh": regex(r"(?P<d>[0-9]{1,2})\s?[日号]"),
    "slash": regex(r"(?<=[-~至到])(?P<d>[0-9]{1,2})(?![0-9/.%:-])(?!\s?[个项笔次家条])"),
    "dot": regex(r"(?<=[-~至到])(?P<d>[12][0-9]|3[01])(?=[日号])"),
    "en": regex(r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9A-Za-z:%/]|\.[0-9])(?:,?\s(?P<y>20[0-9]{2}))?", FLAGS),
}


def prepared(text: str) -> str:
    """The text with full-width digits, letters and signs made ASCII, character for character, so that offsets hold."""
    return text if text.isascii() or not _OTHER_WIDTHS.search(text) else text.translate(_HALF_WIDTH)


_ADDRESS = regex(r"[A-Za-z]{2,8}://[!-~]{1,2000}")


def _readied(text: str) -> str:
    """The text prepared, with web addresses made opaque at the same length: their dates name files, not days."""
    source = prepared(text)
    return _ADDRESS.sub(lambda m: "x" * len(m[0]), source) if "://" in source else source


def scan(text: str, clock: Clock, *, strict: bool = True) -> Iterator[Hit]:
    """The hits of the grammar in `text`, in order and without overlap; `strict` asks for the evidence reports need."""
    return _scan(_readied(text), clock, strict)


def _scan(source: str, clock: Clock, strict: bool) -> Iterator[Hit]:
    free = 0
    for place in _TRIGGER.finditer(source):
        start = place.start()
        rules = RULES_BEHIND[place["behind"] or ""] if place["digits"] else RULES_AT.get(place[0].lower())
        if rules is None or start < free:
            continue
        hit = next(_hits_at(source, start, rules, clock, strict), None)
        if hit is not None:
            free = hit.end
            yield hit


def _hits_at(text: str, start: int, rules: tuple[Rule, ...], clock: Clock, strict: bool) -> Iterator[Hit]:
    for rule in rules:
        match = rule.pattern.match(text, start)
        if match is None or (rule.name in _GUARDED and not _CODE_LEFT.match(text, start)):
            continue
        hit = _completed(text, rule, match, clock)
        if hit is not None and _allowed(text, rule, match, hit, clock.today if strict else None):
            yield hit


def _built(rule: Rule, match: re.Match[str], clock: Clock) -> Found | None:
    """Days that the calendar lacks (2/30) and the ends of time are no dates."""
    try:
        return rule.build(match, clock)
    except (ValueError, OverflowError):
        return None


def _completed(text: str, rule: Rule, match: re.Match[str], clock: Clock) -> Hit | None:
    """The match with the weekday, the time and the range partner that follow it."""
    found = _built(rule, match, _leaning(text, rule, match, clock))
    if found is None:
        return None
    hit = _with_time(text, Hit(rule.name, found, match.start(), match.end()))
    return _with_partner(text, rule, match, hit, clock) or hit


def _leaning(text: str, rule: Rule, match: re.Match[str], clock: Clock) -> Clock:
    """A bare weekday in a report is the coming one where the clause plans (预计周三上线), else this week's."""
    if rule.name != "weekday" or clock.lean != "near":
        return clock
    site = Site(text, match.start(), match.end(), match, False, True)
    planned = cues().near(site, "future") or text.startswith("前", match.end())
    return replace(clock, lean="future") if planned else clock


def _with_time(text: str, hit: Hit) -> Hit:
    if hit.found.kind != "day":
        return hit
    weekday = _WEEKDAY.match(text, hit.end)
    end = weekday.end() if weekday else hit.end
    match = _TIME.match(text, end)
    if match is None:
        return replace(hit, end=end) if weekday else hit
    return replace(hit, end=match.end(), time=_time(match))


def _time(match: re.Match[str]) -> time | None:
    hour, minute = int(match["h"]), match["min"] or (match["zh"] or "").rstrip("分整钟")
    if hour < 12 and ((match["pm"] or "").lower() == "p" or match["half"] in _AFTERNOON):
        hour += 12
    elif hour == 12 and (match["pm"] or "").lower() == "a":
        hour = 0
    return time(hour % 24, 30 if minute == "半" else int(minute or 0))


def _with_partner(text: str, rule: Rule, match: re.Match[str], hit: Hit, clock: Clock) -> Hit | None:
    """The range that the hit begins, if a partner follows: 9/18-9/22, 9月18日至22日, Oct 1-7."""
    join = _JOIN.match(text, hit.end)
    if join is None and _BETWEEN.search(text, max(0, match.start() - 10), match.start()):
        join = _AND.match(text, hit.end)
    if join is None or rule.name not in _PARTNERS or _moves(text, match, join):
        return None
    # A partner without a year follows the first; words like 本周 stay with the day of writing.
    later = clock if hit.found.relative else replace(clock, today=hit.found.window[0], lean="future")
    end = _partner(text, join.end(), rule.name, later)
    end = end or _short_partner(text, join.end(), rule.name, hit.found)
    if end is None:
        return None
    first = hit.found
    undated = "y" in match.re.groupindex and match["y"] is None
    if end.found.window[1] < first.window[0] or (undated and end.partner):
        # Oct 24 - Nov 3, 2023: the year that stands at the end holds for both.
        first = _built(rule, match, replace(clock, today=end.found.window[1], lean="past")) or first
    return _joined(hit, first, end)


def _moves(text: str, match: re.Match[str], join: re.Match[str]) -> bool:
    """Moved from 11/8 to 11/22: two dates of a slip, not a range."""
    low, _ = cues().clause(Site(text, match.start(), match.end(), match, False, True), 32)
    return join[0].strip() in ("到", "至", "to") and cues().says(text, low, match.start(), "moved")


def _joined(hit: Hit, first: Found, end: Hit) -> Hit | None:
    window = (first.window[0], end.found.window[1])
    if not 0 < (window[1] - window[0]).days < 800:
        return None
    fuzzy = first.fuzzy or end.found.fuzzy
    found = Found(window, "range", fuzzy, first.relative or end.found.relative)
    return replace(hit, found=found, end=end.end, partner=True)


def _partner(text: str, start: int, name: str, clock: Clock) -> Hit | None:
    key = re.compile(r"[0-9]|[A-Za-z]+|.", re.DOTALL).match(text, start)
    rules = RULES_AT.get("0" if key and key[0].isdecimal() else key[0].lower(), ()) if key else ()
    for rule in rules:
        match = rule.pattern.match(text, start) if rule.name in _PARTNERS[name] else None
        found = _built(rule, match, clock) if match else None
        if match and found:
            dated = "y" in match.re.groupindex and match["y"] is not None
            return replace(_with_time(text, Hit(rule.name, found, start, match.end())), partner=dated)
    return None


def _short_partner(text: str, start: int, name: str, first: Found) -> Hit | None:
    match = _SHORT[name].match(text, start) if name in _SHORT else None
    if match is None or int(match["d"]) <= first.window[0].day:
        return None
    year = match["y"] if "y" in match.re.groupindex else None
    try:
        day = first.window[0].replace(day=int(match["d"]), year=int(year or first.window[0].year))
    except ValueError:
        return None
    return replace(_with_time(text, Hit(name, Found((day, day)), start, match.end())), partner=bool(year))


def _allowed(text: str, rule: Rule, match: re.Match[str], hit: Hit, writing: date | None) -> bool:
    """The hit has the evidence its rule needs; `writing` is the day of a report, None for a question."""
    if rule.name in _GUARDED and _CODE_RIGHT.match(text, hit.end):
        return False
    dated = hit.time is not None or hit.partner or hit.end > match.end()
    days = abs(hit.found.window[0] - writing).days if writing else 0
    return not rule.needs or EVIDENCE[rule.needs](Site(text, hit.start, hit.end, match, dated, bool(writing), days))
