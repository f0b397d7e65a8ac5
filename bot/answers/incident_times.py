"""How long an incident lasted by the two moments that a report gives: 11:08-11:47, or 14:20 and a 14:52恢复."""

from __future__ import annotations

import re

from bot.answers.context import Context
from bot.answers.incident_cases import Case, cite_incident
from bot.question.lexicon import rule
from store.reading.clauses import clauses
from store.records import Incident, Mention
from store.words.normalise import fold

_CLOCK = r"(\d{1,2}):([0-5]\d)(?::[0-5]\d)?"
# 22:15–23:05, 23:50~次日00:15, 11/26 23:50-11/27 00:15: the end of one night is the next day's.
_SPAN = re.compile(rf"{_CLOCK}\s*(?:-|–|—|~|至|到|\bto\b)+\s*(?:次日|当日|当天|\d{{1,2}}/\d{{1,2}}\s)?\s*{_CLOCK}")
_MOMENT = re.compile(_CLOCK)
DAY = 24 * 60  # minutes
LONGEST = 12 * 60  # minutes; more between two clock times says rather that a day lies between them

Clocked = tuple[str, int, Mention[Incident]]  # both moments, the minutes between them, and the report that gives them


def clocked(context: Context, case: Case) -> Clocked | None:
    """The moments of the newest telling that gives both, in its own words, and the minutes between them."""
    for mention in case.tellings:
        quote = fold(cite_incident(context, mention).quote)
        if told := _span(quote) or _until_mended(quote):
            return told[0], told[1], mention
    return None


def _span(quote: str) -> tuple[str, int] | None:
    found = _SPAN.search(quote.partition("\n")[0])
    return _between(found.group(1, 2), found.group(3, 4)) if found else None


def _until_mended(quote: str) -> tuple[str, int] | None:
    """From the time that the incident opens with to the one of the only clause that says that all was well again."""
    parts = [clause.text for clause in clauses(quote)]
    first = _MOMENT.search(parts[0]) if parts else None
    over = [found for part in parts[1:] if rule("incident back").search(part) and (found := _MOMENT.search(part))]
    if first is None or len(over) != 1:
        return None
    return _between(first.groups(), over[0].groups())


def _between(start: tuple[str | None, ...], end: tuple[str | None, ...]) -> tuple[str, int] | None:
    first, last = (int(at[0] or 0) * 60 + int(at[1] or 0) for at in (start, end))
    minutes = (last - first) % DAY
    words = f"{start[0]}:{start[1]}–{end[0]}:{end[1]}"
    return (words, minutes) if 0 < minutes <= LONGEST else None
