"""Who wrote a report: the line of its head that names the writer, or of the front matter above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers.context import Context
from bot.answers.listing import Entry, answer_list
from bot.answers.model import Answer, Para, Span, Style, plain
from bot.answers.weeks import HEAD_LINES
from store.reading.marks import unmarked
from store.reading.vocabulary import words
from store.records import ReportRef
from store.words.normalise import fold

WITH_COLON = ("from", "by")  # these begin other lines too, so that only a colon makes them a label
LONGEST_NAME = 40  # characters


def answer_author(context: Context, reports: Sequence[ReportRef]) -> Answer:
    """The writer of each of the reports; `found` where any of them names one."""
    told = [(report, found) for report in reports if (found := _author(context, report))]
    silent = [report for report in reports if report not in [report for report, _ in told]]
    without = "、".join(" ".join(filter(None, [r.team, context.report(r)])) for r in silent[:6])
    head = context.say("report.no_author", reports=without)
    if not told:
        return context.not_found(head, data={"authors": []})
    entries = [_entry(context, report, *found) for report, found in told]
    names = "、".join(dict.fromkeys(name for _, (name, _) in told))
    notes = [Para(plain(head, Style.DIM))] if silent else []
    return answer_list(context, names, entries, found=True, name="authors", notes=notes)


def _entry(context: Context, report: ReportRef, name: str, line: int) -> Entry:
    told = " · ".join(filter(None, [report.team, context.report(report)]))
    return Entry(
        text=(*plain(name, Style.STRONG), Span(f"  {told} · {context.say('answer.line', line=line)}", Style.DIM)),
        citations=(context.cite(report, line),),
        data={"author": name, "team": report.team, "source": report.source, "line": line},
    )


def _author(context: Context, report: ReportRef) -> tuple[str, int] | None:
    """The name that stands behind 撰写人： or `Written by` in the head, and its line."""
    for at, line in enumerate(context.library.lines(context.viewer, report)[:HEAD_LINES], 1):
        text = unmarked(line).strip(" \t>|-")
        for label in words("head", "author"):
            colon = r"\s*人?\s*[:：]\s*" if label in WITH_COLON or not label.isascii() else r"\s*(?:[:：]\s*|\s)"
            found = re.match(re.escape(label) + colon, fold(text))
            if (
                found
                and len(fold(text)) == len(text)
                and 0 < len(name := text[found.end() :].strip(" \"'")) <= LONGEST_NAME
            ):
                return name, at
    return None
