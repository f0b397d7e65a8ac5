"""Lines that name a day and stand for no milestone: what a list of dates shows below its entries, as written.

A highlight that gives no event ("the assessor now says 24 Oct"), a goal ("Portfolio 2 on 25 Oct") and a stage by
another word (5/23全量) tell a day all the same; a list that passes over them looks complete and isn't.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.answers.context import Context
from bot.answers.dates import source_text
from bot.answers.listing import Entry
from bot.answers.model import Para, plain, shortened
from bot.question.lexicon import lexicon
from bot.question.lexicon import pattern as of_question
from bot.question.query import Kind
from store.reading.clauses import clauses
from store.reading.events import event_in
from store.reading.marks import plain as unmarked
from store.reading.vocabulary import pattern
from store.records import Citation, Item, ReportRef, SectionKind
from store.words.dates import DateMention, find_dates
from store.words.names import key
from store.words.normalise import fold

NEWS = timedelta(days=10)  # a day gone by is told in the report of its week, or the one after a holiday
WINDOW = timedelta(days=2)  # 27-28 Nov is a day; October is none
MOST_TOLD = 12
WORDS_LENGTH = 110
NEWS_OF = frozenset({SectionKind.HIGHLIGHTS, SectionKind.OTHER, SectionKind.METRICS, None})
SPOKEN = NEWS_OF | {SectionKind.PROJECTS, SectionKind.GOALS}
_OLD = re.compile(r"(?:由|从|自|原为?|原计划|原定|\bfrom|\bwas|\bnot|\bsince)\s*[:：(（]?\s*$")
_LEFT = re.compile(
    r"^\s*(?:的|日)?(?:未能|没能|没有|未(?!来)|(?:又|再|后)?(?:延期|推迟|延后|顺延|提前|调整|改期|改|延|挪|推|拖)(?:至|到|为)|"
    r"→|⇒|➔|➡|-{1,2}>|=>|missed|was missed|slipped|to\s+\d)"
)
_NEGATED = re.compile(r"未能|没能|没上|未上线|未完成|没完成|更正|\bnot\b|\bno\b|\bmissed\b|\bfailed\b|失败|未通过")


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a report that names a day of the range."""

    report: ReportRef
    item: Item
    start: date
    end: date
    words: str


def told_days(context: Context, start: date | None, end: date, entries: Sequence[Entry]) -> list[Told]:
    """The lines that name a day of the range which no entry has, by day; none where more than team and event is asked.

    Days to come count as the newest report of each team has them: what an older one says may have moved since.
    """
    if start is None or _narrow(context):
        return []
    covered = [_covers(entry) for entry in entries]
    found: dict[tuple[str, date], Told] = {}
    for told in _told(context, start, end):
        folded = key(told.item.text)
        if not any(first <= told.start <= last and _names(names, folded) for names, first, last in covered):
            found.setdefault((_what(told), told.start), told)
    return sorted(found.values(), key=lambda one: (one.start, one.report.source, one.item.line))[:MOST_TOLD]


def told_notes(context: Context, told: Sequence[Told]) -> list[Para]:
    """The lines as notes below a list."""
    if not told:
        return []
    notes = [Para(plain(context.say("dates.told_days", count=len(told))))]
    for one in told:
        notes.append(Para(plain(f"{context.days(one.start, one.end)}  {shortened(one.words, WORDS_LENGTH)}"), 0, True))
        notes.append(Para(source_text(context, one.report, one.item.line), 1))
    return notes


def cite_told(context: Context, told: Sequence[Told]) -> list[Citation]:
    """Their lines."""
    return [context.cite(one.report, one.item.line, one.item.line_end, one.words) for one in told]


def _narrow(context: Context) -> bool:
    """Whether only some projects, owners or words are asked for: of a line it isn't known which it means."""
    query = context.query
    bounds = (query.project, query.owner, query.least, query.most)
    return bool(query.words) or bool(set(query.states) - {"open"}) or any(one is not None for one in bounds)


def _covers(entry: Entry) -> tuple[tuple[str, ...], date, date]:
    data = entry.data
    first = data.get("date_start") or data["reached"][-1]["date_start"]
    last = data.get("date_end") or data["date"]
    return tuple(map(key, entry.about[1:])), date.fromisoformat(first), date.fromisoformat(last)


def _names(names: Sequence[str], folded: str) -> bool:
    return any(name in folded for name in names if len(name) > 1)


def _what(told: Told) -> str:
    """The start of the line: a highlight and a goal of one thing begin alike."""
    return key(told.item.text)[:6]


def _told(context: Context, start: date, end: date) -> Iterator[Told]:
    query, newest = context.query, set[str | None]()
    last = min(context.as_of, end + NEWS)
    for report in context.library.reports_between(context.viewer, context.as_of, None, context.as_of):
        if query.team not in (None, report.team):
            continue
        is_newest = report.team not in newest
        newest.add(report.team)
        if not (start <= report.report_date <= last or (is_newest and report.report_date < end)):
            continue
        for item, kind in context.library.items(context.viewer, report):
            if kind not in SPOKEN:
                continue
            for found, words in _days_in(item.text, report.report_date):
                if found.end < start or found.start > end or not _asked(context, words):
                    continue
                ahead = found.start > report.report_date
                planned = ahead and is_newest and query.kind is not Kind.DONE
                if planned or (not ahead and _happened(context, kind, found, words, report)):
                    yield Told(report, item, found.start, found.end, _line(item.text, words))


def _happened(context: Context, kind: SectionKind | None, found: DateMention, words: str, report: ReportRef) -> bool:
    """Whether the line tells what came on a day gone by: an event, and neither a goal nor an incident."""
    folded = fold(words)
    if kind is SectionKind.GOALS or found.end < report.report_date - NEWS or _NEGATED.search(folded):
        return False
    if of_question("words", "troubles").search(folded):
        return False
    if pattern("event_rules", "happened").search(folded):
        return True
    planned = pattern("event_rules", "planned").search(folded)
    is_news = kind in NEWS_OF and found.end < report.report_date
    told = event_in(folded) is not None or of_question("words", "came about").search(folded)
    return is_news and not planned and bool(told)  # 批任务读写分离 4/29 上线, 合同 4/23 签署


def _asked(context: Context, words: str) -> bool:
    """Whether the clause speaks of the event that is asked for, by any word of it."""
    asked = context.query.event
    if asked is None or asked == "完成":
        return True
    return event_in(fold(words)) in {*lexicon()["events"].get(asked, [asked]), *lexicon()["steps"].get(asked, [])}


@lru_cache(maxsize=4096)
def _days_in(text: str, on: date) -> tuple[tuple[DateMention, str], ...]:
    """The days that the text gives, each with its clause, without those that it takes back."""
    found = []
    for clause in clauses(text):
        folded = fold(clause.text)
        for one in find_dates(folded, on, likely=True):
            before, after = folded[: one.span[0]], folded[one.span[1] :]
            old = _OLD.search(before) or _LEFT.match(after)
            old = old or pattern("event_rules", "moved", then=r"\s*$").search(before)
            if one.end - one.start <= WINDOW and not old:
                found.append((one, clause.text))
    return tuple(found)


def _line(text: str, clause: str) -> str:
    """The line in a row, or where that is long its beginning and the clause."""
    row = " ".join(unmarked(text).split())
    clause = " ".join(unmarked(clause).split())
    shown = len(row) <= WORDS_LENGTH or clause not in row[WORDS_LENGTH - len(clause) :]
    return row if shown else f"{row[:24]}… {clause}"
