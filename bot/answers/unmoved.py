"""One project that no date of which moved: its dates, and in how many reports they stood unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.answers.consulted import consulted, consulted_data, consulted_notes
from bot.answers.dates import (
    Dated,
    Dates,
    asks_of,
    cite_telling,
    dated_data,
    entries_of,
    event_name,
    names_of,
    source_text,
)
from bot.answers.listing import Entry, answer_list
from bot.answers.model import Answer, Para, Style, plain
from bot.answers.moves import delayed_in_words
from bot.answers.period import Period
from bot.answers.settled import How
from store.records import Mention, Update


def answer_unmoved(dates: Dates, days: Period) -> Answer:
    """That nothing moved, as far as reports of the range date anything; not found where they date nothing at all."""
    context, project = dates.context, dates.context.query.project
    assert project is not None
    told = [dates.dated(of, series) for of, series in dates.series()]
    told = [one for one in told if not one.end or one.end.how is not How.MOVED]
    told.sort(key=lambda one: (one.milestone.start, one.called))
    reports = consulted(context, days.start, days.end)
    put_off = _put_off(dates, days) or _left_open(told)
    found = bool(reports) and bool(told or put_off)
    span = context.range_text(days.start, days.end)
    key = "put_off" if put_off else "unmoved" if told else "undated"
    head = context.say(f"slips.{key}" if reports else "slips.uncovered", name=dates.called(project), range=span,
                       words=put_off[1] if put_off else "")  # fmt: skip
    cited = [context.cite(put_off[0].report, put_off[0].record.line, put_off[0].record.line_end)] if put_off else []
    notes = [Para(source_text(context, put_off[0].report, put_off[0].record.line))] if put_off else []
    return answer_list(
        context, head, entries_of(context, told, partial(_entry, dates)) if found else [], found=found,
        name="unmoved", before=notes, notes=consulted_notes(context, reports), citations=cited,
        data={"start": days.start.isoformat() if days.start else None, "end": days.end.isoformat(),
              "project": project.name, "slips": [], "slipped": 0, "forward": 0, "consulted": consulted_data(reports)},
    )  # fmt: skip


def _put_off(dates: Dates, days: Period) -> tuple[Mention[Update], str] | None:
    """The newest line that says in words that something of the project was put off."""
    for subject in dates.known:
        if dates.meant(dates.known[subject]):
            for mention in dates.mentions.get(subject, ()):
                if days.holds(mention.report.report_date) and (words := delayed_in_words(mention.record)):
                    return mention, words
    return None


def _left_open(told: Sequence[Dated]) -> tuple[Mention[Update], str] | None:
    """The newer line by which a day that never moved holds no more: 恢复时间待定."""
    ends = (one.end for one in told)
    return next(((end.mention, end.text) for end in ends if end and end.how is How.OPEN), None)


def _entry(dates: Dates, one: Dated, cited: bool) -> Entry:
    context, first, newest = dates.context, one.series.tellings[0], one.newest
    reports = {telling.mention.report.id for telling in one.series.tellings}
    begun, now = first.milestone, newest.milestone
    day = context.days(now.start, now.end)
    if (begun.start, begun.end) == (now.start, now.end):
        text = context.say("slips.same", day=day, count=len(reports), start=first.mention.report.report_date,
                           end=newest.mention.report.report_date)  # fmt: skip
    else:
        text = context.say("slips.within", old=context.days(begun.start, begun.end), day=day)
    citations = (cite_telling(context, newest), cite_telling(context, first)) if cited else ()
    done = context.say("milestones.reached") if now.done else ""
    return Entry(
        text=(*plain(f"{one.called} {event_name(context, one)} ", Style.STRONG),
              *plain(" · ".join(filter(None, [text, done])))),
        citations=tuple(dict.fromkeys(citations)),
        below=(source_text(context, one.report, now.line, now.text),),
        data={**dated_data(one), "reports": len(reports)},
        asks=asks_of(context, one),
        about=names_of(dates, one.project),
    )  # fmt: skip
