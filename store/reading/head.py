"""The head of a report: label, team, date, period and creation time, from its titles and from the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from store.reading.marks import Marked, plain
from store.reading.vocabulary import alternatives, any_rule, pattern, words
from store.words.dates import find_dates, prepared
from store.words.normalise import fold
from store.words.regex import regex

LABEL = re.compile(r"第\s*\d{1,2}\s*周|(?<![a-z0-9])week\s*\d{1,2}(?!\d)|(?<![a-z0-9])w\d{1,2}(?!\d)", re.IGNORECASE)
_DAY = regex(r"(?<!\d)(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT_DAY = regex(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")
# 2023/09/11-15, and 2023年第37周（9.11-9.15）: a span whose year, or month, stands once.
_SHORT_SPAN = regex(
    r"(?P<y>20\d\d)(?:[-/.年](?!第)|年第\d+周\D{0,3}?)\s*(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?\s*[-~–—至到]\s*"
    r"(?:(?P<m2>\d{1,2})[/.月])?(?P<d2>\d{1,2})日?(?![\d/.年-])"
)
_ANY_DAY = date(2000, 1, 1)  # no day that writes its year depends on the day of writing
_YEARED = regex(r"(?:19|20)\d\d")
_CLOCK = regex(
    r"(?P<half>下午|晚上|晚)?\s*(?P<h>\d{1,2})[:：](?P<m>\d{2})(?:[:：]\d{2})?\s*(?P<pm>[ap]\.?m)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Head:
    """Who wrote the report, and for when. The period is the one written, else the Monday-Sunday of the date."""

    label: str | None
    team: str | None
    report_date: date | None
    period_start: date | None
    period_end: date | None
    created_at: datetime | None


def week_of(day: date) -> tuple[date, date]:
    """The Monday and Sunday of the week that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def days_in(text: str) -> list[date]:
    """The days with a year that `text` writes, in order; impossible ones (2023-13-40) are left out."""
    text = prepared(text)
    if not _YEARED.search(text):
        return []
    found = sorted([*_DAY.finditer(text), *_COMPACT_DAY.finditer(text)], key=lambda match: match.start())
    days = [day for match in found if (day := _day(*match.groups())) is not None]
    return days or [m.start for m in find_dates(text, _ANY_DAY) if _YEARED.search(m.text) and m.start == m.end]


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_head(lines: Iterable[Marked], name: str) -> Head:
    """The head from its lines and the file's name. Reports without a date in their titles take the name's.

    `Created:` is when the page was exported and never the report's date.
    """
    texts = [plain(line.text) for line in lines]
    created = [text for text in texts if _labelled(text, "created")]
    titles = [text for text in texts if text not in created]
    days = _report_days(titles) or days_in(_stem(name))
    label = next((found[0] for text in [*titles, _stem(name)] if (found := LABEL.search(text))), None)
    period = _period(titles, days)
    report_date = next((day for day in days if not period or period[0] <= day <= period[1] + timedelta(days=7)), None)
    if period and (report_date is None or report_date == period[0]):
        report_date = period[1]
    start, end = period or (week_of(report_date) if report_date else (None, None))
    return Head(label, _team(titles), report_date, start, end, _created_at(created))


def _period(titles: list[str], days: list[date]) -> tuple[date, date] | None:
    """The period that the head writes: 周期：2023-10-30 ~ 2023-11-03, or (20–24 Nov 2023) in a title."""
    near = days[0] if days else None
    ordered = [t for t in titles if _labelled(t, "period")] + titles
    for text in ordered:
        for mention in find_dates(text, near or date(2000, 1, 1), likely=True):
            dated = near is not None or re.search(r"(?:19|20)\d\d", mention.text) is not None
            if dated and timedelta(0) < mention.end - mention.start <= timedelta(days=31) and not mention.fuzzy:
                return mention.start, mention.end
    for text in ordered:
        if span := _SHORT_SPAN.search(prepared(text)):
            start = _day(span["y"], span["m"], span["d"])
            end = _day(span["y"], span["m2"] or span["m"], span["d2"])
            if start and end and start < end <= start + timedelta(days=31):
                return start, end
    if len(days) >= 2 and days[0] < days[1] <= days[0] + timedelta(days=31):
        return days[0], days[1]
    return None


def _stem(name: str) -> str:
    # A Notion export's name ends in the page's id, and 32 hexadecimal digits may well hold a "date".
    base = re.split(r"[\\/]", name)[-1]
    return re.sub(r"[0-9a-f]{32}|[0-9a-f]{16}(?=\.|$)", "", base, flags=re.IGNORECASE)


def _report_days(titles: list[str]) -> list[date]:
    # The labelled line ("日期：2023-09-15") counts before a date that a title happens to hold.
    ordered = [t for t in titles if _labelled(t, "report_date")] + titles
    return next((days for text in ordered if (days := days_in(text))), [])


def _labelled(text: str, what: str) -> bool:
    return pattern("head", what, then=r"\s*[:：]").match(fold(text)) is not None


def _team(titles: list[str]) -> str | None:
    labels, kinds = alternatives(words("head", "team_labels")), alternatives(words("head", "report_words"))
    for text in titles:
        if said := re.search(rf"(?:^|[|·;；]\s*){labels}\s*[:：]\s*([^|·;；]+)", text, re.IGNORECASE):
            return said[1].strip()
    bare = [_without_dates(_NOTE.sub(_kept, text)) for text in titles if not _labelled(text, "author")]
    for text in bare:
        if said := re.search(rf"{_WHOSE}\s*[】\])）]?\s*[·•|–—-]?\s*{kinds}", text, re.IGNORECASE):
            return re.sub(r"^(?:本周|本期|上周)", "", said[1].strip())
    for text in bare:
        # "Weekly report: Merchant Services": the team stands behind.
        if said := re.match(rf"{kinds}\s*(?:[:：–—-]|\sfor\s|\sof\s)\s*{_WHOSE}", text, re.IGNORECASE):
            return said[1].strip()
    endings = alternatives(words("head", "team_endings"))
    for text in bare:
        alone = text.strip(" 日·|()（）[]【】:：,，-—_")
        if re.fullmatch(rf"\S{{1,18}}?{endings}", alone, re.IGNORECASE):
            return alone
    return None


# （清明节当周未单独出周报，内容合并在本期）, （上周因封闭开发未出周报）tell of the report, and of no team.
_NOTE = regex(r"[(（][^()（）]*[)）]")
# A team is one word in Chinese, and up to five in English.
_WHOSE = r"((?:[A-Za-z&][\w&/'-]*[ ]){0,4}[A-Za-z&][\w&/'-]*|[^\s·|()（）【】\[\]:：,，_—–-]{2,20})"


def _kept(bracketed: re.Match[str]) -> str:
    told = re.search(r"[，,。；;]", bracketed[0]) or any_rule("head", "notes").search(fold(bracketed[0]))
    return "" if told else bracketed[0]


def _without_dates(text: str) -> str:
    return LABEL.sub(" ", _COMPACT_DAY.sub(" ", _DAY.sub(" ", text)))


def _created_at(lines: list[str]) -> datetime | None:
    for text in lines:
        if days := days_in(text) or _english_days(text):
            clock = _CLOCK.search(text, text.find(":") + 1) or _CLOCK.search(text)
            hour, minute = (int(clock["h"]), int(clock["m"])) if clock else (0, 0)
            later = clock is not None and (clock["half"] or (clock["pm"] or "").lower().startswith("p"))
            hour = hour % 12 + 12 if later else 0 if clock and clock["pm"] and hour == 12 else hour
            if re.search(r"\d\s*pm\b", text, re.IGNORECASE) and hour < 12:
                hour += 12
            if hour < 24 and minute < 60:
                return datetime(days[0].year, days[0].month, days[0].day, hour, minute)
    return None


def _english_days(text: str) -> list[date]:
    """`Created: November 29, 2023 8:54 PM`, as Notion exports it where its user reads English."""
    from email.utils import parsedate

    parsed = parsedate(text.partition(":")[2].replace("@", " "))
    day = _day(*map(str, parsed[:3])) if parsed else None
    return [day] if day else []
