"""Days that no report is of, and of which a later one says that nothing happened: 五一期间零故障."""

from __future__ import annotations

from datetime import timedelta

from bot.answers.context import Context
from bot.answers.period import Period
from bot.question.lexicon import rule
from store.records import Citation
from store.words.holidays import ChineseHolidays
from store.words.normalise import fold
from store.words.ranges import find_range

TOLD_WITHIN = timedelta(days=21)  # a report after the holiday looks back on it
MOST_LINES = 20
# What such lines hold, as the index finds them.
INDEXED = (
    "零故障", "零事故", "零事件", "无故障", "无事故", "无事件", "无生产", "无异常", "没有故障", "没有事故", "未发生",
    "no incident", "no outage", "incident-free",
)  # fmt: skip


def quiet_days(context: Context, asked: Period) -> list[Citation]:
    """The lines by which a report of the weeks after says that there was nothing in days that hold all of those asked.

    The line has to name the days (国庆期间, over Easter, 2-5 May); 本周无故障 speaks of its own week.
    """
    if asked.start is None:
        return []
    end = min(context.as_of, asked.end + TOLD_WITHIN)
    hits = context.library.search_speaking(context.viewer, context.as_of, (INDEXED,), asked.start, end, MOST_LINES)
    found = []
    for hit in hits.hits if hits.exact else ():
        for at, text in enumerate(hit.text.split("\n"), hit.line):
            said = rule("incident none").search(fold(text))
            named = find_range(text[: said.end()], hit.report.report_date, ChineseHolidays()) if said else None
            if named and named.start and named.start <= asked.start and asked.end <= named.end:
                found.append(context.cite(hit.report, at))
    return found
