"""Which mentions tell of the same incident, decided when they are asked for, from the mentions of the range alone.

A later report tells an incident again to the minute, or a few minutes off, or with its day only, or with no more than
（上周已报）. Every mention is kept with its own figures: where they contradict each other, both are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from rapidfuzz import fuzz

from store.linking.words import rule, shortening
from store.records import Incident, Mention
from store.words.dates import find_dates
from store.words.names import BRACKETS, key
from store.words.normalise import fold
from store.words.regex import regex
from store.words.speaking import share

TITLES_ALIKE = 0.7
# Two reports put the begin of one incident some minutes apart; of two incidents of one day under like titles, those
# seen lie an hour and more apart.
MINUTES_OFF = timedelta(minutes=10)
# What says of itself that it was told before needs less likeness, and without any date much of it.
RETOLD_ALIKE, UNDATED_ALIKE = 0.45, 0.85
RETOLD_WITHIN = timedelta(days=21)  # of the report that told it first
# A line that goes on with an incident names it in a few words (Adyen failure), and its cause may take weeks.
NAMED_ALIKE, GOES_ON_WITHIN = 0.6, timedelta(days=42)
ONE_LIST = 2  # lines between two incidents of one list; a highlight stands farther off
# The words by which a line names an incident end before what it says of it: Statement delay (3 May) is over.
_HEAD = regex(r"[:：]\s*|\s(?:is|was|has|have|are|were|got|now|fully)\s")
_PIECES = regex(r"[a-z0-9]+|[\u3400-\u9fff]+")


def merge_incidents(told: Sequence[Mention[Incident]]) -> tuple[tuple[Mention[Incident], ...], ...]:
    """Mentions of the same incident together, newest report first within each.

    The same incident, of one team: the same minute; a few minutes off under a like title; the same day, without a time
    on one side and under a like title; less likeness will do where the later report says that it was told before, or
    goes on with it (`重复付汇根因：…`), or tells of a day before its own week and names it in the other's words
    (`11/2重复退款事件：已追回`). What one report lists apart is apart, but for what only
    repeats it elsewhere (`_echoes`). The groups run newest first by when it happened.
    """
    groups: list[list[Mention[Incident]]] = []
    for report in _by_report(told):
        echoes = _echoes(report)
        pairs = [(alike, m, at) for m, mention in enumerate(report) for at, group in enumerate(groups)
                 if m not in echoes and (alike := max(_likeness(mention, other) for other in group)) > 0]  # fmt: skip
        homes: dict[int, int] = {}  # of a mention, the group that it joins
        for _, m, at in sorted(pairs, key=lambda pair: (pair[0], pair[1], -pair[2]), reverse=True):
            if m not in homes and at not in homes.values():
                homes[m] = at
        for m, mention in enumerate(report):
            if m in echoes:
                continue
            again = [report[echo] for echo, of in echoes.items() if of == m]
            if m in homes:
                groups[homes[m]] += [mention, *again]
            else:
                groups.append([mention, *again])
    groups.sort(key=lambda group: _happened(group[0]), reverse=True)
    return tuple(tuple(group) for group in groups)


def _echoes(report: Sequence[Mention[Incident]]) -> dict[int, int]:
    """Which mentions of one report only repeat another of it, by their places: a highlight that names the day and the
    very title of what the list of incidents tells with its time. What stands in one list is no repetition."""
    found = {}
    for m, short in enumerate(report):
        fuller = [at for at, full in enumerate(report) if _is_echo(short, full)]
        if len(fuller) == 1:
            found[m] = fuller[0]
    return found


def _is_echo(short: Mention[Incident], full: Mention[Incident]) -> bool:
    a, b = short.record.occurred_at, full.record.occurred_at
    if a is None or isinstance(a, datetime) or not isinstance(b, datetime) or a != b.date():
        return False
    lines = max(short.record.line - full.record.line_end, full.record.line - short.record.line_end)
    told = {count.unit: count.value for count in full.record.counts}
    contradicts = any(told.get(count.unit, count.value) != count.value for count in short.record.counts)
    alike = fuzz.partial_ratio(_title(short), _title(full)) / 100
    return lines > ONE_LIST and not contradicts and alike >= UNDATED_ALIKE


def _happened(mention: Mention[Incident]) -> tuple[str, str, int]:
    moment = mention.record.occurred_at or mention.report.report_date
    return moment.isoformat(), mention.report.source, mention.record.line


def _by_report(told: Sequence[Mention[Incident]]) -> list[list[Mention[Incident]]]:
    """The mentions of each report, newest report first."""
    found: dict[int, list[Mention[Incident]]] = {}
    for mention in sorted(told, key=lambda m: (m.report.report_date, m.report.source, -m.record.line), reverse=True):
        found.setdefault(mention.report.id, []).append(mention)
    return list(found.values())


def _likeness(one: Mention[Incident], other: Mention[Incident]) -> float:
    """0 for two incidents; else how sure it is that the two mentions tell of one, over 0 and up to 2."""
    if one.report.team != other.report.team or one.report.id == other.report.id:
        return 0.0
    a, b = one.record.occurred_at, other.record.occurred_at
    if a and b and abs(_day(a) - _day(b)) > timedelta(days=1):
        return 0.0  # as with most pairs, and sooner known than how alike the titles are
    alike = fuzz.partial_ratio(_title(one), _title(other)) / 100
    later = max(one, other, key=lambda m: (m.report.report_date, m.report.source))
    retold = _retold(later)
    if a is None or b is None:
        if goes_on(later.record):
            near = abs(one.report.report_date - other.report.report_date) <= GOES_ON_WITHIN
            return alike / 2 if near and alike >= NAMED_ALIKE else 0.0
        near = abs(one.report.report_date - other.report.report_date) <= RETOLD_WITHIN
        return alike / 2 if retold and near and alike >= UNDATED_ALIKE else 0.0
    if _looks_back(later) and _day(a) == _day(b):
        named = _named_in(later, other if later is one else one)
        alike, retold = max(alike, named), retold or named >= NAMED_ALIKE
    enough = alike >= (RETOLD_ALIKE if retold else TITLES_ALIKE)
    if isinstance(a, datetime) and isinstance(b, datetime):
        near = abs(a - b) <= MINUTES_OFF and (enough or _systems(one) & _systems(other) != set())
        return 1 + alike if a == b else max(alike, 0.01) if near else 0.0
    return alike if _day(a) == _day(b) and enough else 0.0


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def goes_on(incident: Incident) -> bool:
    """Whether the line goes on with an incident told before, by its title: 重复付汇根因, Follow-up on the outage."""
    return rule("follow_up").search(fold(incident.title)) is not None


def retells(mention: Mention[Incident]) -> bool:
    """Whether the line tells on of an incident that an earlier report told, by its words or by its day."""
    return goes_on(mention.record) or _looks_back(mention)


def _looks_back(mention: Mention[Incident]) -> bool:
    """Whether it names no more than a day, and one before the week of its report: 11/2重复退款事件：已追回."""
    happened = mention.record.occurred_at
    return happened is not None and not isinstance(happened, datetime) and happened < mention.report.period_start


def _named_in(later: Mention[Incident], earlier: Mention[Incident]) -> float:
    """How much of the words by which the later line names it the earlier one says, 0 to 1."""
    record = earlier.record
    told = " ".join(filter(None, (record.title, record.impact, record.cause, record.handling)))
    head = rule("unnamed").sub(" ", _without_day(_HEAD.split(fold(later.record.title))[0], later))
    pieces = [piece for piece in _PIECES.findall(head) if len(piece) > 1 and piece not in shortening("empty")]
    length = sum(map(len, pieces))
    return sum(share(piece, told) * len(piece) for piece in pieces) / length if length else 0.0


def _without_day(title: str, mention: Mention[Incident]) -> str:
    days = [day.span for day in find_dates(title, mention.report.report_date, likely=True)]
    return next((title[:start] + " " + title[end:] for start, end in days), title)


def _title(mention: Mention[Incident]) -> str:
    """The title as it is compared, without the words or the bracket that say that it was told before."""
    title = mention.record.title
    if goes_on(mention.record):
        title = _without_day(rule("follow_up").sub("", fold(title)), mention)
    return key(BRACKETS.sub(lambda found: "" if _says_retold(found[1]) else found[0], title))


def _systems(mention: Mention[Incident]) -> set[str]:
    """The systems that the title names: 网联代付通道, POS."""
    return set(rule("systems").findall(fold(mention.record.title)))


def _retold(mention: Mention[Incident]) -> bool:
    record = mention.record
    return goes_on(record) or any(_says_retold(text) for text in (record.title, record.impact) if text)


def _says_retold(text: str) -> bool:
    return rule("retold").search(fold(text)) is not None
