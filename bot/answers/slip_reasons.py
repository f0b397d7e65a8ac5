"""Why a milestone moved: what the report with its new day says of the project, and its other lines that name it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.context import Context
from bot.answers.dates import Dates, gives, names_in_lines
from bot.answers.model import Text, plain, shortened
from bot.answers.moves import Moved
from bot.question.lexicon import rule
from store.reading.vocabulary import pattern
from store.records import Citation, ReportRef, SectionKind
from store.words.normalise import fold

WHY_LENGTH = 240
IN_HEAD_LENGTH = 120
CUES = ("because", "in the way")
_LEAD = re.compile(r"^[\s*•-]+")


@dataclass(frozen=True, slots=True)
class Reason:
    """A line of the report that has the new day. `elsewhere`: not the one that dates the milestone."""

    report: ReportRef
    line: int
    line_end: int
    text: str
    elsewhere: bool


def reasons_of(dates: Dates, move: Moved) -> list[Reason]:
    """All that the report with the new day says of the project, the line that dates it first; then its lines that name
    the project and give a reason or tell the move (a highlight: "moves to 17 April: pen test found two highs")."""
    new = move.new.mention
    told = [m for m in dates.mentions[new.subject or 0] if m.report.id == new.report.id]
    told.sort(key=lambda m: (m.record.line != new.record.line, m.record.line))
    own = [Reason(m.report, m.record.line, m.record.line_end, m.record.text, elsewhere=False) for m in told]
    lines = {line for one in own for line in range(one.line, one.line_end + 1)}
    return [*own, *(one for one in _named_in(dates, new.report, new.subject or 0) if one.line not in lines)]


def lines_of(dates: Dates, move: Moved) -> list[Reason]:
    """The lines of the report with the new day that give that day to the project, beside the one that dates it: the
    highlight that tells the move (全量由5/20推迟到5/27) of what a row of the table only dates (5/27 全量)."""
    new = move.new.mention.report
    names = names_in_lines(dates, move.new.mention.subject or 0)
    return [
        Reason(new, item.line, item.line_end, item.text, elsewhere=True)
        for item, kind in dates.context.library.items(dates.context.viewer, new)
        if kind is not SectionKind.GOALS and not item.line <= move.to.line <= item.line_end
        and any(name in fold(item.text) for name in names) and gives(item.text, new.report_date, move.to)
    ]  # fmt: skip


def _named_in(dates: Dates, report: ReportRef, subject: int) -> list[Reason]:
    context, names = dates.context, names_in_lines(dates, subject)
    found = []
    for item, kind in context.library.items(context.viewer, report):
        folded = fold(item.text)
        told = rule("because").search(folded) or pattern("states", "delayed").search(folded) or "move" in folded
        if kind is not SectionKind.GOALS and told and any(name in folded for name in names):
            found.append(Reason(report, item.line, item.line_end, item.text, elsewhere=True))
    return found


def in_head(context: Context, reasons: Sequence[Reason]) -> str:
    """The reason for the first line, as written: the line that says because, else one that tells what stood in the way,
    else one beside the date's, else that."""
    best = min(reasons, key=lambda one: (*(not rule(cue).search(fold(one.text)) for cue in CUES), not one.elsewhere))
    return context.say("slips.head_why", words=shortened(_LEAD.sub("", _one_line(best.text)), IN_HEAD_LENGTH))


def as_written(context: Context, reason: Reason) -> Text:
    """The line below a move."""
    words = shortened(_one_line(reason.text), WHY_LENGTH)
    where = f"{context.report(reason.report)} {context.say('answer.line', line=reason.line)}"
    return plain(context.say("slips.why", words=words, place=where))


def cite_reason(context: Context, reason: Reason) -> Citation:
    """Its lines."""
    return context.cite(reason.report, reason.line, reason.line_end, reason.text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
