"""What the line of a figure says in words: that it has no value, how it moved, which place it takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from bot.answers.amounts import PERCENT, amount, difference, signed, with_unit
from bot.answers.figure_words import FigureWords
from bot.answers.figures import Figure, Reading
from bot.answers.lines import readable
from bot.answers.model import shortened
from bot.answers.period import Period
from bot.question.lexicon import pattern
from store.reading.clauses import clauses
from store.records import ReportRef, SectionKind
from store.words.normalise import fold

CLAUSE_LENGTH = 60
_PLACE = re.compile(r"第\s*\d+|排名|\b\d+(?:st|nd|rd|th)\b|\branks?\b")
_MOVED = tuple(("figures", name) for name in ("rose", "fell", "same"))


def without_value(words: FigureWords, figure: Figure, reports: Iterable[ReportRef]) -> str:
    """What the newest of these reports writes in the place of the value: `Cards activated: n/a (warehouse job failed)`;
    empty where none does."""
    names = [fold(name) for name, _ in figure.metric.names]
    for report in reports:
        for item, kind in words.context.library.items(words.context.viewer, report):
            if kind is not SectionKind.METRICS:
                continue
            text = readable(item.head)
            told = [text] if item.mark == "|" else [clause.text.strip() for clause in clauses(text)]
            for clause in told:
                if any(name in fold(clause) for name in names) and pattern("figures", "void").search(fold(clause)):
                    words.cite(report, item.line)
                    return shortened(clause, CLAUSE_LENGTH)
    return ""


def said_place(words: FigureWords, figure: Figure, reading: Reading) -> str:
    """The clause of its line that says which place it takes (`排名第5`); empty where none does."""
    return next((clause for clause in _clauses(words, figure, reading) if _PLACE.search(fold(clause))), "")


def said_move(words: FigureWords, figure: Figure, reading: Reading) -> str:
    """How it moved by its own line: against the last week's value there (computed), else in that line's words."""
    previous = reading.mention.record.previous
    if previous is not None:
        quote = words.cite(reading.report, reading.mention.record.line).quote
        old, new = amount(previous, figure.unit, quote), amount(reading.value, figure.unit)
        by = signed(difference(old, new))
        by = words.say("metrics.points", change=by) if figure.unit == PERCENT else with_unit(by, figure.unit)
        return words.say("metrics.from_same_line", old=old, change=by)
    moved = (c for c in _clauses(words, figure, reading) if any(pattern(*each).search(fold(c)) for each in _MOVED))
    return next(moved, "")


def told_a_week_later(words: FigureWords, figure: Figure, asked: Period) -> str:
    """The value of the asked week as the next week's report writes it beside its own (0.183元（上周0.186元）)."""
    for reading in figure.readings:
        metric, report = reading.mention.record, reading.report
        if metric.previous is not None and report.period_start - timedelta(days=1) == asked.end:
            quote = words.context.cite(report, metric.line).quote
            if pattern("figures", "last week").search(fold(quote)) is None:
                continue  # 由661升至664: the last week that had a value may be another
            words.cite(report, metric.line)
            value = amount(metric.previous, figure.unit, quote)
            week = words.context.report(report)
            return words.say("metrics.told_later", name=words.name(figure), value=value, report=week)
    return ""


def _clauses(words: FigureWords, figure: Figure, reading: Reading) -> list[str]:
    """The clauses of the reading's line; none where it holds another figure too, of which they may speak."""
    context, line = words.context, reading.mention.record.line
    told = context.library.metrics(context.viewer, reading.mention.report)
    if sum(metric.line == line for metric in told) > 1:
        return []
    quote = words.cite(reading.mention.report, line).quote
    return [shortened(clause.text.strip(), CLAUSE_LENGTH) for clause in clauses(readable(quote))]
