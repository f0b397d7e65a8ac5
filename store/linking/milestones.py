"""The same milestone over the weeks: its dates as each report tells them, and how they moved.

A milestone is known by its project or part, its event, and what tells two of one event apart within a report: 一期 or
二期, 支付侧 or 业务侧, else the words around it. This is worked out from the mentions that a question has read anyway,
and kept in no table: nothing else asks for it, and so it is right for every viewer and every day by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from store.linking.words import rule
from store.reading.vocabulary import vocabulary
from store.records import Mention, Milestone, Update
from store.words.dates import find_dates
from store.words.names import key
from store.words.normalise import fold

# Below this the words around two dates speak of two things (接口联调完成, 压测完成).
WORDS_ALIKE = 0.5


class Direction(StrEnum):
    """Which way a date moved."""

    SLIP = "slip"
    FORWARD = "forward"


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's word on a milestone."""

    mention: Mention[Update]
    milestone: Milestone


@dataclass(frozen=True, slots=True)
class Move:
    """A date that moved from what `old` says to what `new` says, by at least so many days."""

    direction: Direction
    days: int
    old: Telling
    new: Telling


@dataclass(frozen=True, slots=True)
class Series:
    """One milestone: the project or part (`subject`) and event, the `mark` that tells it from others of its event
    ("" without one), every telling oldest first, and its moves."""

    subject: int | None
    event: str
    mark: str
    tellings: tuple[Telling, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """A telling with the mark that stands by its date, and what else is said around it."""

    telling: Telling
    mark: str
    words: str

    @property
    def milestone(self) -> Milestone:
        return self.telling.milestone


def milestone_series(mentions: Iterable[Mention[Update]]) -> tuple[Series, ...]:
    """The milestones that these mentions tell of, by first telling. The order of `mentions` makes no difference."""
    growing: dict[tuple[int | None, str], list[list[_Told]]] = {}
    for report in _by_report(mentions):
        for of, told in report.items():
            _go_on(growing.setdefault(of, []), told, general=of[1] in vocabulary()["event_rules"]["general"])
    return tuple(_series(*of, told) for of, known in growing.items() for told in known)


def _by_report(mentions: Iterable[Mention[Update]]) -> list[dict[tuple[int | None, str], list[list[_Told]]]]:
    """What each report tells of each project's events, oldest report first; what it tells twice stands together."""
    found: dict[int, dict[tuple[int | None, str], list[list[_Told]]]] = {}
    for mention in sorted(mentions, key=lambda m: (m.report.report_date, m.report.source, m.record.line)):
        events = found.setdefault(mention.report.id, {})
        for told in (_told(mention, milestone) for milestone in mention.record.milestones):
            known = events.setdefault((mention.subject, told.milestone.event), [])
            twin = next((each for each in known if _same_day(each[0].milestone, told.milestone)), None)
            known.append([told]) if twin is None else twin.append(told)
    return list(found.values())


def _go_on(known: list[list[_Told]], report: Sequence[list[_Told]], *, general: bool) -> None:
    """Add what one report tells of one event to the series that it goes on with, or as new ones.

    One date and one open series need no further proof, except under a general event: 完成 may be anybody's.
    """
    strict = general or len(report) > 1 or sum(not series[-1].milestone.done for series in known) > 1
    fits = sorted(
        ((fit, -t, -s) for t, told in enumerate(report) for s, series in enumerate(known)
         if (fit := _fit(told[0], series, strict=strict)) > 0), reverse=True,
    )  # fmt: skip
    homes: dict[int, int] = {}
    for _, t, s in fits:
        if -t not in homes and -s not in homes.values():
            homes[-t] = -s
    for t, told in enumerate(report):
        if t in homes:
            known[homes[t]].extend(told)
        else:
            known.append(list(told))


def _fit(told: _Told, series: Sequence[_Told], *, strict: bool) -> float:
    """How well a telling goes on with a series: 0 for another milestone, the more the surer."""
    last, mark = series[-1], _mark_of(series)
    if _begins_anew(told.milestone, last.milestone) or (told.mark and mark and told.mark != mark):
        return 0.0
    alike = fuzz.partial_ratio(told.words, last.words) / 100 if told.words and last.words else WORDS_ALIKE
    marked, same_day = told.mark != "" and told.mark == mark, _same_day(told.milestone, last.milestone)
    if strict and not marked and not same_day and alike < WORDS_ALIKE:
        return 0.0
    near = 1 / (2 + abs((told.milestone.end - last.milestone.end).days))
    return 1 + 2 * marked + alike + near


def _begins_anew(milestone: Milestone, last: Milestone) -> bool:
    """What has happened doesn't happen again on another day: a later date is the next one of its kind."""
    return last.done and (milestone.start > last.end or milestone.end < last.start)


def _same_day(one: Milestone, other: Milestone) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _told(mention: Mention[Update], milestone: Milestone) -> _Told:
    mark, words = _said(milestone.text, mention.report.report_date, milestone.start, milestone.end, mention.record.name)
    return _Told(Telling(mention, milestone), mark, words)


@lru_cache(maxsize=16384)  # each day that is asked for has its own series, most of them of the same texts
def _said(clause: str, on: date, start: date, end: date, name: str) -> tuple[str, str]:
    """The mark and the words that belong to this date alone: 支付侧9/26、业务侧10/12上线 has two dates, each with its
    own."""
    text = fold(clause)
    dates = find_dates(text, on, likely=True)
    own = next((at for at, d in enumerate(dates) if (d.start, d.end) == (start, end)), None)
    if own is None:
        before, after = text, ""
    else:
        edges = [0, *(d.span[1] for d in dates)], [*(d.span[0] for d in dates), len(text)]
        before, after = text[edges[0][own] : dates[own].span[0]], text[dates[own].span[1] : edges[1][own + 1]]
    marks = [match[0] for match in rule("phases").finditer(before)][-1:] or rule("phases").findall(after)[:1]
    words = key(rule("around").sub(" ", f"{before} {after}".replace(fold(name), " ")))
    return marks[0] if marks else "", words


def _mark_of(series: Sequence[_Told]) -> str:
    return next((told.mark for told in series if told.mark), "")


def _series(subject: int | None, event: str, told: Sequence[_Told]) -> Series:
    tellings = tuple(each.telling for each in told)
    return Series(subject, event, _mark_of(told), tellings, _moves(tellings))


def _moves(tellings: Sequence[Telling]) -> tuple[Move, ...]:
    """Each move against the last date that was not vaguer: 10月中 → 10/14 is no move, nor is 10/14 → 10月中."""
    found = []
    for at, new in enumerate(tellings[1:], 1):
        old = _firm(tellings[:at])
        a, b = old.milestone, new.milestone
        inside, vaguer = a.start <= b.start and b.end <= a.end, b.start <= a.start and a.end <= b.end
        if inside or vaguer:
            continue
        if b.end > a.end:
            found.append(Move(Direction.SLIP, (b.end - a.end).days, old, new))
        else:
            found.append(Move(Direction.FORWARD, (a.start - b.start).days, old, new))
    return tuple(found)


def _firm(tellings: Sequence[Telling]) -> Telling:
    """The newest telling, or an earlier and narrower one that it only says less exactly."""
    firm = tellings[0]
    for telling in tellings[1:]:
        a, b = firm.milestone, telling.milestone
        vaguer = b.start <= a.start and a.end <= b.end and not _same_day(a, b)
        firm = firm if vaguer else telling
    return firm
