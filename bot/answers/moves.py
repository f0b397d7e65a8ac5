"""How the day of a milestone moved: from report to report, and by what a report itself says of the old day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from store.linking.milestones import Direction, Move, Series, Telling
from store.reading.clauses import clauses
from store.reading.events import event_in
from store.reading.vocabulary import pattern
from store.records import Mention, Milestone, State, Update
from store.words.dates import DateMention, find_dates
from store.words.normalise import fold

_FROM = re.compile(r"(?:由|从|自|原为?|原计划|原定|\bfrom|\bwas)\s*[:：(（]?\s*$")
_TO = re.compile(r"^\s*(?:的|日)?(?:延期|推迟|延后|顺延|提前|调整|改期|改|延|挪)?(?:至|到|为|\s*to\b|→)")
# 上线7/29延到8/5, 12/14→12/21: and no days from the one to the other, 8/1到8/5.
_ONWARD = re.compile(
    r"^\s*(?:的|日)?(?:(?:又|再|后)?(?:延期|推迟|延后|顺延|提前|调整|改期|改|延|挪|推|拖)(?:至|到|为)|→|⇒|➔|➡|-{1,2}>|=>)"
)
_CORRECTED = re.compile(r"更正|勘误|笔误|误写|写错|写的|应为|correct|should (?:be|read)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moved:
    """One move of a day: `old` is None where only the new report tells the old day, which then is `start` to `end`."""

    direction: Direction
    days: int
    start: date
    end: date
    old: Telling | None
    new: Telling

    @property
    def to(self) -> Milestone:
        """The milestone with its new day."""
        return self.new.milestone

    @property
    def reported(self) -> date:
        """The date of the report that has the new day first."""
        return self.new.mention.report.report_date


def moves_of(series: Series) -> tuple[Moved, ...]:
    """Every move of the milestone, oldest first."""
    told = _told_in_words(series.tellings[0])
    return (*((told,) if told else ()), *map(_from_move, series.moves))


def _from_move(move: Move) -> Moved:
    old = move.old.milestone
    return Moved(move.direction, move.days, old.start, old.end, move.old, move.new)


def _told_in_words(first: Telling) -> Moved | None:
    """`上线由9/30提前至9/27` in the report that dates it first: no report before it has the old day."""
    new = first.milestone
    old = _old_day(first.mention, new)
    if old is None or (old.start <= new.start and new.end <= old.end):
        return None
    if new.end > old.end:
        return Moved(Direction.SLIP, (new.end - old.end).days, old.start, old.end, None, first)
    return Moved(Direction.FORWARD, (old.start - new.start).days, old.start, old.end, None, first)


def _old_day(mention: Mention[Update], new: Milestone) -> DateMention | None:
    """The day that the clause, or the one before it in its line, gives as the one that no longer holds."""
    for text in (*_around(mention.record, new), *_told_again(mention, new)):
        if _CORRECTED.search(text):
            return None
        folded = fold(text)
        for found in _dates(folded, mention.report.report_date):
            before, after = folded[: found.span[0]], folded[found.span[1] :]
            moved = _FROM.search(before) and (_TO.match(after) or text == new.text)
            moved = moved or _ONWARD.match(after) or pattern("event_rules", "moved", then=r"\s*$").search(before)
            if moved and (found.start, found.end) != (new.start, new.end):
                return found
    return None


@lru_cache(maxsize=4096)  # the same few clauses of reports, for every question about dates
def _dates(text: str, on: date) -> tuple[DateMention, ...]:
    return find_dates(text, on, likely=True)


def _around(update: Update, new: Milestone) -> list[str]:
    parts = clauses(update.text)
    at = next((at for at, part in enumerate(parts) if part.text.strip() == new.text), None)
    if at is None or at == 0 or not pattern("states", "delayed").search(fold(new.text)):
        return [new.text]
    return [new.text, parts[at - 1].text]


def _told_again(mention: Mention[Update], new: Milestone) -> list[str]:
    """The clauses that tell the same day of the event once more: 上线从5/20延至5/30 beside a cell with 5/30上线."""
    on, day = mention.report.report_date, (new.start, new.end)
    others = (clause.text for clause in clauses(mention.record.text) if clause.text.strip() != new.text)
    same = (text for text in others if event_in(fold(text)) == new.event)
    return [text for text in same if any((found.start, found.end) == day for found in _dates(fold(text), on))]


def delayed_in_words(update: Update) -> str:
    """The clause that says that something was put off; "" where none does."""
    if update.state is not State.DELAYED:
        return ""
    for clause in clauses(update.text):
        if pattern("states", "delayed").search(fold(clause.text)):
            return clause.text.strip()
    return ""
