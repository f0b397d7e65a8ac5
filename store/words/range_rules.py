"""Ranges that are no dates in themselves: rolling spans, weeks by number, "ago", to-date words. One row each.

Patterns are searched in prepared text (`dates.prepared`). A row builds a `Span`; None means that the words only look
like a range. Dates and calendar words (9/15, 上周, Q3) come from the date grammar and are wrapped in `ranges`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from store.words import windows
from store.words.numbers import chinese_number
from store.words.regex import regex
from store.words.windows import DAY, WEEK

_FLAGS = re.IGNORECASE | re.ASCII


class Span(NamedTuple):
    """What a range rule understood; the fields are those of `ranges.DateRange`."""

    start: date | None
    end: date
    relative: bool = False
    weeks: tuple[int, int] | None = None
    year: int | None = None
    single_week: bool = False


@dataclass(eq=False)
class RangeRule:
    """A row: its pattern, what builds a span from a match and today, and its words, lower-case, between blanks: the
    pattern matches nowhere but where one of them stands."""

    source: str
    build: Callable[[re.Match[str], date], Span | None]
    words: str

    def may_match(self, lowered: str) -> bool:
        """Whether a text, in lower case, holds one of the words: most rows need no more than this look."""
        return any(word in lowered for word in self.words.split())

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first tried, since imports do no work."""
        return re.compile(self.source, _FLAGS)


_N = r"(?P<n>[0-9]{1,3}|[一二两三四五六七八九十百]{1,4}|[几半数])"
_ZH_UNIT = (
    r"(?P<unit>个?半月|个?半年|年|个?季度|个?月|个?星期|个?礼拜|个?周|天|日(?![报常志]))(?!会|报|[一二三四五六日]\b)"
)
# Without a word for "past" before it, 8月 is August, 三季度 the third quarter and 15日 a day.
_ZH_UNIT_SURE = _ZH_UNIT.replace("|个?季度|个?月|", "|个季度|个月|").replace("|日(?![报常志])", "")
_N_EN = (
    r"(?P<n>[0-9]{1,3}|(?:a\s)?few|several|(?:a\s)?couple(?:\sof)?|half\sa|an?|one|two|three|four|five"
    r"|six|seven|eight|nine"
    r"|ten|eleven|twelve|thirty)"
)
_UNIT = r"(?P<unit>days?|weeks?|wks?|months?|quarters?|years?|fortnights?|half[\s-]?years?)(?![a-z])"
_GLUE = r"(?:(?:over|in|during|within|for|across|throughout|from)\s{1,2})?(?:the\s{1,2})?"
_WORDS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"a": 1, "an": 1, "half a": 0.5, "thirty": 30, "半": 0.5, "几": 3, "数": 3}  # fmt: skip
_VAGUE = {"few": 3, "several": 3, "couple": 2}
_UNITS = (
    ("half", "half"), ("半年", "half"), ("fortnight", "fortnight"), ("quarter", "quarter"), ("季", "quarter"),
    ("month", "month"), ("月", "month"), ("year", "year"), ("年", "year"), ("day", "day"), ("天", "day"),
    ("日", "day"),
)  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_LABEL_SLACK = WEEK
FEW_WEEKS = 4


def _count(m: re.Match[str]) -> float:
    word = re.sub(r"\s+", " ", (m.groupdict().get("n") or "1").lower())
    vague = next((number for stem, number in _VAGUE.items() if stem in word), None)
    number = vague or _WORDS.get(word) or chinese_number(word) or 0
    if word == "几" and _unit(m) == "week":
        number = FEW_WEEKS  # 最近几周: as many as a month has
    # 一个半月 is a month and a half; 个半年 doesn't occur with a count.
    return number + 0.5 if "半月" in m["unit"] else number


def _unit(m: re.Match[str]) -> str:
    word = m["unit"].lower()
    return next((unit for stem, unit in _UNITS if stem in word), "week")


def _length(m: re.Match[str]) -> tuple[int, int]:
    """How long: whole months and days. Half a month is 15 days."""
    count, unit = _count(m), _unit(m)
    if unit in _MONTHS:
        months = count * _MONTHS[unit]
        return int(months), 15 * (months != int(months))
    return 0, int(count * {"day": 1, "week": 7, "fortnight": 14}[unit])


_FIRST_QUARTERS = regex(r"前[二三四两234]季度$")  # of the year, and not the last three: those are 前三个季度


def rolling(m: re.Match[str], today: date) -> Span | None:
    """So many days, weeks or months that end today: 4 weeks are exactly 28 days."""
    months, days = _length(m)
    if (not months and not days) or _FIRST_QUARTERS.search(m[0]):
        return None
    return Span(windows.shift(today, -months) - days * DAY + DAY, today, relative=True)


def rolling_bare(m: re.Match[str], today: date) -> Span | None:
    """4周以来 with no word for "past": a high number is a week's label (36周以来)."""
    return None if _unit(m) == "week" and _count(m) > 26 else rolling(m, today)


def previous(m: re.Match[str], today: date) -> Span | None:
    """上两周: so many whole weeks or months before the current one."""
    unit, count = _unit(m), int(_count(m))
    if unit not in ("week", "month", "quarter", "year"):
        return rolling(m, today)
    return Span(windows.moved(unit, today, -count)[0], windows.current(unit, today)[0] - DAY)


def before_last(m: re.Match[str], today: date) -> Span:
    """The week, month, quarter or year before last."""
    unit = _unit(m)
    return Span(*windows.moved(unit, today, -2), single_week=unit == "week")


def coming(m: re.Match[str], today: date) -> Span | None:
    """The mirror of rolling: so many days from today on. Not `relative`: no older report stands in for a plan."""
    months, days = _length(m)
    return Span(today, windows.shift(today, months) + (days - 1) * DAY) if months or days else None


def ago(m: re.Match[str], today: date) -> Span | None:
    """The day, week, month, quarter or year that lies so far back: two weeks ago is that whole week."""
    unit, (months, days) = _unit(m), _length(m)
    if not months and not days:
        return None
    day = windows.shift(today, -months) - days * DAY
    if unit in ("week", "fortnight") and days % 7 == 0:
        return Span(*windows.week(day), single_week=True)
    if unit == "day" or days:
        return Span(day, day)
    return Span(*windows.current("month" if months % _MONTHS[unit] or unit == "half" else unit, day))


def labels(m: re.Match[str], today: date) -> Span | None:
    """Weeks by number. The dates are those of the ISO weeks, for teams whose reports carry no numbers.

    Without a year the latest one in which the first week has begun; a team's own number may run one ahead of ISO's, so
    a week that begins within seven days counts as begun. `since W36` is (36, 53) with today as its end.
    """
    groups = m.groupdict()
    first = chinese_number(groups["a"]) or 0
    open_end = bool(groups.get("open") or groups.get("since"))
    last = 53 if open_end else chinese_number(groups.get("b") or groups["a"]) or 0
    if not 1 <= first <= 53 or not 1 <= last <= 53:
        return None
    year = _label_year(groups, first, today)
    start = _iso_monday(year, first)
    if open_end:
        return Span(min(start, today), today, weeks=(first, 53), year=year)
    end = _iso_monday(year + (last < first), last) + 6 * DAY
    return Span(start, end, weeks=(first, last), year=year)


def _label_year(groups: dict[str, str | None], week: int, today: date) -> int:
    if written := groups.get("y") or groups.get("y2"):
        return int(written)
    if word := groups.get("yw"):
        return today.year - (word == "去年")
    latest = today + _LABEL_SLACK
    year = latest.isocalendar().year
    return year if _iso_monday(year, week) <= latest else year - 1


def _iso_monday(year: int, week: int) -> date:
    """Monday of an ISO week; week 53 of a year with 52 is the one after its last."""
    return date.fromisocalendar(year, 1, 1) + (week - 1) * WEEK


def to_date(m: re.Match[str], today: date) -> Span:
    """YTD, QTD, MTD, WTD."""
    unit = {"y": "year", "q": "quarter", "m": "month", "w": "week"}[(m["x"] or m["long"])[0].lower()]
    return Span(windows.current(unit, today)[0], today)


def bare_year(m: re.Match[str], today: date) -> Span:
    """In 2023, since 2023."""
    first, last = windows.year(int(m["y"]))
    return Span(first, max(today, first)) if m["since"] else Span(first, last)


def ever(m: re.Match[str], today: date) -> Span:
    """All time."""
    return Span(None, today)


_WEEK_EN = r"(?:weeks?|wk|cw|kw|w)\.?\s?#?"
_SEP = r"\s{0,2}(?:-|~|至|到|to|through|thru|until|and|&|和|与|、|,)\s{0,2}"
_OPEN = r"(?P<open>\s?(?:以来|起|至今|到现在|到今天|到目前|开始|onwards?))?"

RANGE_RULES: tuple[RangeRule, ...] = (
    RangeRule(rf"(?:(?:在|从)?(?:最近|近|过去|这(?!个|一)|之前|(?<![日号天节庆假月周年期0-9])前)(?:的|这)?\s?){_N}\s?{_ZH_UNIT}"
              rf"(?:以?来|之?内|里(?!程))?", rolling, "近 过去 这 前"),
    RangeRule(rf"(?<![第0-9一二三四五六七八九十.]){_N}\s?{_ZH_UNIT_SURE}"
              r"(?:以?来(?!说|自)|之?内(?![管部])|的?(?=趋势|走势|变化|曲线))",
              rolling_bare, "来 内 趋势 走势 变化 曲线"),
    RangeRule(rf"(?<![a-z]){_GLUE}(?:last|past|previous|prior|preceding|trailing"
              rf"|recent)\s{{1,2}}{_N_EN}[\s-]{{1,2}}{_UNIT}",
              rolling, "last past previous prior preceding trailing recent"),
    RangeRule(rf"(?<![a-z0-9.]){_N_EN}[\s-]{_UNIT}(?=\s(?:trend|history|chart|average|view))",
              rolling, "trend history chart average view"),
    RangeRule(rf"(?<![a-z]){_GLUE}(?:past|trailing)\s{{1,2}}{_UNIT}", rolling, "past trailing"),
    RangeRule(r"(?<![a-z])(?:over|in|during|within|for)\s{1,2}the\s{1,2}last\s{1,2}(?P<unit>week|month"
              r"|year)(?![a-z])", rolling, "last"),
    RangeRule(rf"(?<![a-z]){_GLUE}last\s{{1,2}}(?P<unit>fortnight|half[\s-]year)(?![a-z])", rolling, "last"),
    RangeRule(rf"(?<![第0-9一二三四五六七八九十.]){_N}\s?{_ZH_UNIT_SURE}(?:之|以)?前", ago, "前"),
    RangeRule(rf"(?<![a-z]){_N_EN}\s{{1,2}}{_UNIT}\s{{1,2}}ago(?![a-z])", ago, "ago"),
    RangeRule(rf"上\s?(?P<n>[2-9]|[两二三四五六])\s?{_ZH_UNIT}", previous, "上"),
    RangeRule(r"(?<![a-z])(?:the\s{1,2})?(?P<unit>week|month|quarter|year)\sbefore\slast(?![a-z])",
              before_last, "before"),
    RangeRule(rf"(?:在)?(?:未来|接下来|今后|往后|后续|后面|[下后](?!半年|半月|一))(?:的|这)?\s?"
              rf"{_N}\s?{_ZH_UNIT}(?:之?内|里(?!程))?", coming, "未来 下 后"),
    RangeRule(rf"(?<![a-z]){_GLUE}(?:next|coming|following|upcoming)\s{{1,2}}{_N_EN}[\s-]{{1,2}}{_UNIT}",
              coming, "next coming following upcoming"),
    RangeRule(rf"(?<![a-z])within\s{{1,2}}{_N_EN}\s{{1,2}}{_UNIT}", coming, "within"),
    RangeRule(r"(?<![a-z])(?:over|in|during|within|for)\s{1,2}the\s{1,2}next\s{1,2}(?P<unit>week|month"
              r"|year|fortnight)(?![a-z])", coming, "next"),
    RangeRule(rf"(?<![0-9A-Za-z_-])(?P<since>since\s{{1,2}}|从|自)?(?:"
              rf"(?P<y>20[0-9]{{2}})[\s-]?)?{_WEEK_EN}(?P<a>[0-9]{{1,2}})(?![0-9A-Za-z%.])"
         rf"(?:(?:{_SEP})(?:weeks?|wk|w)?\s?(?P<b>[0-9]{{1,2}})(?![0-9A-Za-z%./]))?(?:\s{{1,2}}(?:of\s)?"
         rf"(?P<y2>20[0-9]{{2}}))?{_OPEN}", labels, "w"),
    RangeRule(rf"(?P<since>自|从)?(?:(?P<y>20[0-9]{{2}})\s?年?的?|(?P<yw>今年|去年)的?)?第\s?(?P<a>[0-9]{{1,2}}"
              rf"|[一二三四五六七八九十]{{1,3}})\s?周?"
         rf"(?:{_SEP}第?\s?(?P<b>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?)?(?:(?<=周)|周){_OPEN}", labels, "第"),
    RangeRule(rf"(?<![0-9.第/]){{0}}(?:(?P<y>20[0-9]{{2}})\s?年\s?)?(?<![0-9.第/])"
              rf"(?P<a>[0-9]{{1,2}})\s?周?{_SEP}(?P<b>[0-9]{{1,2}})\s?周(?![内来年])", labels, "周"),
    RangeRule(rf"(?<![0-9.第/])(?:(?P<y>20[0-9]{{2}})\s?年\s?)?(?P<a>[1-5][0-9]|[1-9](?=\s?周的?周?报))\s?周"
              rf"(?![内来年期前后]|的?(?:趋势|走势)){_OPEN}", labels, "周"),
    RangeRule(r"(?<![0-9A-Za-z])(?P<x>[YQMW])TD(?![0-9A-Za-z])|(?P<long>year|quarter|month"
              r"|week)[\s-]to[\s-]date", to_date, "td to"),
    RangeRule(r"(?<![a-z])(?:in|during|for|of|throughout|(?P<since>since))\s{1,2}(?P<y>20[0-9]{2})"
              r"(?![0-9./:-]|\s?[年项笔个])", bare_year, "20"),
    RangeRule(r"有史以来|历史以来|历史上|一直以来|(?<![a-z])(?:of\s)?all[\s-]time(?![a-z])|since\sthe\s(?:very\s)?"
              r"(?:beginning|start)(?!\sof)|(?<![a-z])ever(?![a-z])", ever, "历史 有史 一直 all since ever"),
)  # fmt: skip
