"""The gravest incidents by each measure that reports give; first the measure that the question names, if it does."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.answers.context import Context
from bot.answers.incident_asked import unit_asked
from bot.answers.incident_cases import Case
from bot.answers.incident_counts import gravest, largest, lasted
from bot.answers.incident_view import Part, Picture, cite_all, moment, source
from bot.answers.model import Block, Para, Style, plain
from bot.question.text import standard
from store.words.normalise import fold

MOST_WORST = 2
_LENGTH = re.compile(r"最久|最长|持续|时间|longest|how long|lasted")
Say = Callable[..., str]
Measured = tuple[str, str, tuple[Case, ...]]  # in words, for programs, and the incidents that have most of it


def worst(picture: Picture) -> Part | None:
    """The gravest by each measure that the reports give, each named; they are never weighed against one another. None
    where no report gives any measure, or there is only one incident."""
    context, say = picture.context, picture.context.say
    scales, found = gravest(picture.cases), _measured(picture)
    if not found or len(picture.cases) == 1:
        return None
    measure, kind_first, cases = found[0]
    gravest_named = say("incidents.between").join(named(context, case) for case in cases[:MOST_WORST])
    head = say("incidents.head_worst", range=picture.span, measure=measure, of=gravest_named)
    if len(scales) > 1 and kind_first == "severity":
        tops = say("incidents.between").join(say("incidents.of", name=row.name, count=row.count) for row in scales)
        head = say("incidents.head_scales", range=picture.span, of=tops)
    blocks: list[Block] = []
    for words, _, told in found:
        blocks.append(Para(plain(words, Style.STRONG), 0, True))
        blocks += [para for case in told[:MOST_WORST] for para in _short(context, case)]
    top = [(kind, case) for _, kind, told in found for case in told[:MOST_WORST]]
    data = [{"measure": kind, "occurred_at": case.day.isoformat(), "title": case.title,
             "source": case.main.report.source, "line": case.main.record.line} for kind, case in top]  # fmt: skip
    return Part(head, blocks, cite_all(picture, [case for _, case in top]), {"worst": data})


def _measured(picture: Picture) -> list[Measured]:
    """Every measure that the reports give, that of the question before the others."""
    say, cases = picture.context.say, picture.cases
    asked = fold(standard(picture.context.query.question))
    units = unit_asked(asked) or ()
    found: list[Measured] = [
        (say("incidents.by_grade", severity=row.name, count=row.count), "severity", row.cases) for row in gravest(cases)
    ]
    asked_for = [(c.value, c.unit, case) for case in cases for c in case.counts if c.unit in units]
    first = [_amount(say, max(asked_for, key=lambda one: one[0]))] if asked_for else []
    found += [_amount(say, (value, unit, case)) for unit, value, case in largest(cases)[:2]]
    times = [(told[0], case) for case in cases if (told := lasted(picture.context, case))]
    if len(times) > 1:
        minutes, longest = max(times, key=lambda one: one[0])
        found.append((say("incidents.by_length", minutes=f"{minutes:g}"), "duration", (longest,)))
        first += found[-1:] if _LENGTH.search(asked) else []
    return [*first, *(told for told in found if told not in first)]


def _amount(say: Say, told: tuple[float, str, Case]) -> Measured:
    value, unit, case = told
    return say("incidents.by_amount", value=f"{value:,g}", unit=unit), "amount", (case,)


def _short(context: Context, case: Case) -> list[Para]:
    impact = case.telling("impact").record.impact
    told = [Para(plain(say_impact), 1)] if (say_impact := _impact(context, impact)) else []
    return [Para((*plain(f"{named(context, case)}  "), *source(context, case)), 1), *told]


def _impact(context: Context, impact: str | None) -> str:
    return context.say("incidents.impact", text=impact) if impact else ""


def named(context: Context, case: Case) -> str:
    """When, and what."""
    return f"{moment(context, case)} {case.title}"
