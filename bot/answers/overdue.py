"""`/overdue`: what was planned before today and isn't reported done, and how old the last word on it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.answers.consulted import consulted, consulted_data, consulted_notes
from bot.answers.context import Context
from bot.answers.dates import (
    Dated,
    Dates,
    Since,
    asks_of,
    cite_since,
    cite_telling,
    dated_data,
    entries_of,
    event_asked,
    event_name,
    names_of,
    overlaps,
    place,
    source_text,
    span_text,
    state_fits,
    told_words,
    without_reports,
)
from bot.answers.listing import Entry, answer_list
from bot.answers.model import Answer, Para, Span, Style, Text, plain, shortened
from bot.answers.spoken_of import only_spoken_of
from store.records import Citation

# News older than a week and a half has missed a report; a status says so from there on too.
OLD_AFTER_DAYS = 10
WORDS_LENGTH = 60


@dataclass(frozen=True, slots=True)
class _Late:
    """A plan that is past; with `since` newer lines speak of the project and leave open whether it was reached."""

    dated: Dated
    since: Since | None

    @property
    def certain(self) -> bool:
        """Whether the plan is still the last word, or a newer one says that it wasn't kept."""
        return self.since is None or self.since.missed


def answer_overdue(context: Context) -> Answer:
    """The milestones past their day by their newest telling, longest overdue first; behind them those of which newer
    reports speak without saying whether they were reached."""
    if nothing := without_reports(context):
        return nothing
    dates = Dates(context)
    late = sorted(_late(dates), key=lambda one: (not one.certain, one.dated.milestone.end, one.dated.called))
    made = entries_of(context, late, partial(_entry, dates))
    entries, unknown = only_spoken_of(context, made)
    if unknown:
        return unknown
    certain = sum(entry.data["certain"] for entry in entries)
    coming = _next(dates) if context.query.project and not entries else None
    reports = consulted(context, None, context.as_of)
    return answer_list(
        context, _head(context, entries, certain, coming), entries, found=bool(reports), name="overdue",
        notes=[*([Para(source_text(context, coming.report, coming.milestone.line, told_words(coming.newest)))]
                 if coming else []), *consulted_notes(context, reports)],
        citations=[cite_telling(context, coming.newest)] if coming else [],
        data={"as_of": context.as_of.isoformat(), "certain": certain, "consulted": consulted_data(reports)},
    )  # fmt: skip


def _late(dates: Dates) -> list[_Late]:
    context, asked, found = dates.context, dates.context.query.range, list[_Late]()
    for project, series in dates.series():
        milestone = series.tellings[-1].milestone
        # A highlight is news of a day, whose end nobody reports.
        if milestone.done or milestone.end >= context.as_of or not project.firm:
            continue
        if asked and not overlaps(milestone.start, milestone.end, asked.start, asked.end):
            continue
        dated = dates.dated(project, series)
        if dated.end is None and state_fits(context, False, dates.course(project)):
            found.append(_Late(dated, dates.since(dated)))
    return [late for late in found if not (late.since and late.since.done)]


def _next(dates: Dates) -> Dated | None:
    """The next date of the project asked for, of whatever event."""
    ahead = [dates.dated(project, series) for project, series in dates.series()
             if series.tellings[-1].milestone.end >= dates.context.as_of]  # fmt: skip
    planned = [one for one in ahead if one.end is None and not one.milestone.done]
    return min(planned, key=lambda one: (one.milestone.end, one.milestone.start), default=None)


def _head(context: Context, entries: Sequence[Entry], certain: int, coming: Dated | None) -> str:
    say, rest = context.say, len(entries) - certain
    span = span_text(context)
    about = event_asked(context)
    if not entries:
        project = context.query.project
        none = say("overdue.none", range=span, name=f"{project.name} " if project else "", event=about)
        if coming is None:
            return none
        day = context.days(coming.milestone.start, coming.milestone.end)
        return none + say("overdue.next", day=day, name=f"{coming.called} {event_name(context, coming)}")
    if not certain:
        return say("overdue.head_spoken", range=span, count=rest, event=about)
    named = f"{'：' if context.query.lang == 'zh' else ': '}{entries[0].about[0]}" if certain == 1 else ""
    head = say("overdue.head", range=span, count=certain, event=about) + named
    return head + (say("overdue.head_rest", count=rest) if rest else "")


def _entry(dates: Dates, late: _Late, cited: bool) -> Entry:
    context, dated = dates.context, late.dated
    what = f"{dated.called} {event_name(context, dated)}"
    day = context.days(dated.milestone.start, dated.milestone.end)
    days = (context.as_of - dated.milestone.end).days
    told = context.say("overdue.days" if late.certain else "overdue.spoken", count=days)
    return Entry(
        text=(*plain(f"{what} ", Style.STRONG), *plain(f"{day} · "), Span(told, Style.WARN)),
        citations=_citations(context, late) if cited else (),
        below=tuple(_below(dates, late)),
        data=_data(dates, late, days),
        asks=asks_of(context, dated),
        about=(f"{what} {day}", *names_of(dates, dated.project)),
    )


def _below(dates: Dates, late: _Late) -> list[Text]:
    context, dated = dates.context, late.dated
    doubtful = context.say("overdue.doubtful") if dated.milestone.doubtful else ""
    found = [(*source_text(context, dated.report, dated.milestone.line, told_words(dated.newest)), *plain(doubtful))]
    if late.since is not None:
        words = shortened(" ".join(late.since.text.split()), WORDS_LENGTH)
        where = f"{context.report(late.since.report)} {context.say('answer.line', line=late.since.line)}"
        found.append(plain(context.say("dates.since", words=words, place=where)))
        return found
    last = dates.course(dated.project).mentions[0].report
    age = (context.as_of - last.report_date).days
    if age > OLD_AFTER_DAYS:
        found.append(plain(context.say("overdue.age", report=context.report(last), days=age), Style.WARN))
    return found


def _citations(context: Context, late: _Late) -> tuple[Citation, ...]:
    found = [cite_telling(context, late.dated.newest)]
    found += [cite_since(context, late.since)] if late.since else []
    return tuple(found)


def _data(dates: Dates, late: _Late, days: int) -> dict[str, Any]:
    since, last = late.since, dates.course(late.dated.project).mentions[0].report
    return {
        **dated_data(late.dated), "days_overdue": days, "certain": late.certain,
        "last_told": last.report_date.isoformat(),
        "since": {**place(since.report, since.line), "text": since.text} if since else None,
    }  # fmt: skip
