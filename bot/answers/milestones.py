"""`/milestones RANGE`: the dated events of a range, planned and reached, each by the newest report that dates it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from bot.answers.consulted import consulted, consulted_data, consulted_notes
from bot.answers.context import Context
from bot.answers.dates import (
    Dated,
    Dates,
    Since,
    asks_of,
    cite_end,
    cite_since,
    cite_telling,
    confirmed,
    dated_data,
    entries_of,
    event_asked,
    event_name,
    names_of,
    overlaps,
    place,
    retells,
    source_text,
    state_fits,
    told_words,
    without_reports,
)
from bot.answers.days_told import cite_told, told_days, told_notes
from bot.answers.listing import Entry, answer_list
from bot.answers.model import Answer, Span, Style, Text, plain, shortened
from bot.answers.moved_away import Away, cite_moved, moved_away, moved_notes, moved_words
from bot.answers.period import period
from bot.answers.settled import End, How
from bot.answers.spoken_of import only_spoken_of
from store.linking.milestones import Series
from store.records import Citation, ProjectName, ReportRef

MOST_DATES = 20  # of a line or two each: a calendar of some weeks is read at a glance

NAMED_IN_HEAD = 3
WORDS_LENGTH = 60
# How sure an entry is, in the order in which the first line counts them.
COUNTS = {
    "reached": "milestones.count_reached", "planned": "milestones.count_planned", "fuzzy": "milestones.count_fuzzy",
    "overdue": "milestones.count_overdue", "unreported": "milestones.count_unreported",
    "doubtful": "milestones.count_doubtful",
}  # fmt: skip
WARNED = ("overdue", "unreported", "doubtful")


@dataclass(frozen=True, slots=True)
class _Event:
    """One entry of the calendar: how sure it is, and the line that says more of it than its own."""

    dated: Dated
    certainty: str
    end: End | None = None
    since: Since | None = None


@dataclass(frozen=True, slots=True)
class _Days:
    """The days that the calendar holds; `ahead` where the question names none: what is open from today on."""

    start: date | None
    end: date
    ahead: bool = False


def answer_milestones(context: Context) -> Answer:
    """The milestones whose day lies in the range, by date; without a range the open ones from today on."""
    if nothing := without_reports(context):
        return nothing
    dates, days = Dates(context), _days(context)
    found_all = list(_events(dates, days))
    told_once = [one for one in found_all if not any(retells(one.dated, other.dated) for other in found_all)]
    events = sorted(told_once, key=lambda event: _place(event, days))
    entries, unknown = only_spoken_of(context, entries_of(context, events, partial(_entry, dates)))
    if unknown:
        return unknown
    reports = _consulted(context, days)
    told = told_days(context, days.start if not days.ahead else None, days.end, entries)
    moved = moved_away(dates, None if days.ahead else days.start, days.end)
    found = bool(entries or told or moved or (reports and _reached_by_plans(dates, days)))
    head = _head(context, entries, days, moved, found=found)
    looked_in = [] if entries else consulted_notes(context, reports)
    return answer_list(
        context, head, entries, found=found, name="milestones", most=MOST_DATES,
        notes=[*moved_notes(context, moved), *told_notes(context, told), *looked_in],
        citations=(*cite_moved(context, moved), *cite_told(context, told)),
        data={
            "start": days.start.isoformat() if days.start else None,
            "end": None if days.ahead else days.end.isoformat(),
            "consulted": consulted_data(reports),
        },
    )  # fmt: skip


def _days(context: Context) -> _Days:
    """The days asked for as they are: plans for a week without any report yet are told by older reports."""
    asked = context.query.range
    if asked is None:
        return _Days(context.as_of, date.max, ahead=True)
    labelled = period(context) if asked.weeks else None
    if labelled and labelled.labelled:
        return _Days(labelled.start, labelled.end)
    return _Days(asked.start, asked.end)


def _events(dates: Dates, days: _Days) -> Iterator[_Event]:
    for project, series in dates.series():
        newest = series.tellings[-1].milestone
        if not overlaps(newest.start, newest.end, days.start, days.end) or (days.ahead and newest.done):
            continue
        if (event := _event(dates, project, series, days)) is not None:
            yield event


def _event(dates: Dates, project: ProjectName, series: Series, days: _Days) -> _Event | None:
    """The entry of a milestone; None where another entry tells the same, or it isn't of a state that is asked for."""
    dated = dates.dated(project, series)
    end, event = dated.end, None
    if end is None:
        event = _open(dates, dated)
    elif end.how is How.REACHED and end.milestone is dated.milestone:
        if dates.fates.retold(series):
            return None
        event = _Event(dated, "reached")
    elif days.ahead or _told_beside(dates, end):
        return None
    elif end.how in (How.REACHED, How.SAID):
        event = _Event(dated, "reached", end)
    else:
        event = _Event(dated, "unreported", end)
    reached = event.certainty == "reached"
    return event if state_fits(dates.context, reached, dates.course(project)) else None


def _told_beside(dates: Dates, end: End) -> bool:
    """Whether what ended a plan is itself an entry: 12/6 演练 of the whole beside that of a part."""
    if end.how not in (How.REACHED, How.MOVED):
        return False
    project = dates.known.get(end.mention.subject or 0)
    return project is not None and dates.meant(project)


def _open(dates: Dates, dated: Dated) -> _Event:
    milestone, as_of = dated.milestone, dates.context.as_of
    if milestone.end >= as_of:
        return _Event(dated, "planned" if milestone.start == milestone.end else "fuzzy")
    since = dates.since(dated)
    if since is not None:
        return _Event(dated, "reached" if since.done else "unreported", since=since)
    if not dated.project.firm:
        return _Event(dated, "doubtful" if milestone.doubtful else "unreported")
    return _Event(dated, "overdue")


def _place(event: _Event, days: _Days) -> tuple[date, bool, date, str, str]:
    """By day, what has one day before what has a window that holds it."""
    milestone = event.dated.milestone
    first = max(milestone.start, days.start) if days.start else milestone.start
    return first, milestone.start != milestone.end, milestone.end, event.dated.called, event.dated.series.event


def _consulted(context: Context, days: _Days) -> tuple[ReportRef, ...]:
    """The reports that a "none" rests on: for days to come all of them, for days gone by those of these days and
    of the time after, since a report may tell of a day weeks later."""
    if days.ahead or days.end >= context.as_of:
        return consulted(context, None, context.as_of)
    return consulted(context, days.start, context.as_of) if consulted(context, days.start, days.end) else ()


def _reached_by_plans(dates: Dates, days: _Days) -> bool:
    """Whether a "none" is well founded: days to come are, as far as any plan of the asked team or project reaches."""
    if days.ahead or days.start is None or days.start <= dates.context.as_of:
        return True
    told = dates.context.library.milestones(dates.context.viewer, dates.context.as_of)
    return any(series.tellings[-1].milestone.end >= days.start for series in told)


def _head(context: Context, entries: Sequence[Entry], days: _Days, moved: Sequence[Away], *, found: bool) -> str:
    say = context.say
    span = say("milestones.ahead", day=context.as_of) if days.ahead else context.range_text(days.start, days.end)
    about = event_asked(context)
    if not entries and moved:
        names = ("、" if context.query.lang == "zh" else ", ").join(moved_words(context, one) for one in moved)
        return say("milestones.none_now", range=span, event=about, moved=names)
    if not entries:
        return say("milestones.none" if found else "milestones.uncovered", range=span, event=about)
    names = "" if len(entries) > NAMED_IN_HEAD else "、".join(e.about[0] for e in entries)
    if names:
        return say("milestones.head_named", range=span, count=len(entries), event=about, names=names)
    if days.ahead:
        return say("milestones.head_next", range=span, count=len(entries), event=about, next=entries[0].about[0])
    counts = Counter(entry.data["certainty"] for entry in entries)
    parts = [say(key, count=counts[name]) for name, key in COUNTS.items() if counts[name]]
    between = "，" if context.query.lang == "zh" else ", "
    return say("milestones.head", range=span, count=len(entries), event=about, parts=between.join(parts))


def _entry(dates: Dates, event: _Event, cited: bool) -> Entry:
    context, dated = dates.context, event.dated
    what = f"{dated.called} {event_name(context, dated)}"
    when = _when(context, dated)
    style = Style.WARN if event.certainty in WARNED else Style.PLAIN
    state = context.say(f"milestones.{event.certainty}")
    below = [source_text(context, dated.report, dated.milestone.line, told_words(dated.newest))]
    if event.end or event.since:
        below.append(_more(context, event))
    return Entry(
        text=(*plain(f"{when} ", Style.STRONG), *plain(f"{what} · "), Span(state, style)),
        citations=_citations(dates, event) if cited else (),
        below=tuple(below),
        data={**dated_data(dated), "certainty": event.certainty, "since": _since_data(event)},
        asks=asks_of(context, dated),
        about=(f"{context.days(dated.milestone.start, dated.milestone.end)} {what}", *names_of(dates, dated.project)),
    )


def _citations(dates: Dates, event: _Event) -> tuple[Citation, ...]:
    context, stands = dates.context, confirmed(dates, event.dated)
    found = [cite_telling(context, event.dated.newest), *([stands] if stands else [])]
    found += [cite_end(context, event.end)] if event.end else []
    found += [cite_since(context, event.since)] if event.since else []
    found += [cite_telling(context, move.old) for move in event.dated.series.moves]
    return tuple(dict.fromkeys(found))


def _when(context: Context, dated: Dated) -> str:
    """The day that holds, behind those that it moved from: `11/10 → 11/24 → 12/8`."""
    told = [move.old.milestone for move in dated.series.moves] + [dated.milestone]
    days = [context.days(one.start, one.end) for one in told]
    return " → ".join(dict.fromkeys(days))


def _more(context: Context, event: _Event) -> Text:
    if event.end is not None:
        report, line = event.end.mention.report, event.end.line
        words = event.end.milestone.text if event.end.milestone else event.end.text
    else:
        assert event.since is not None
        report, line, words = event.since.report, event.since.line, event.since.text
    words = shortened(" ".join(words.split()), WORDS_LENGTH)
    place_text = f"{context.report(report)} {context.say('answer.line', line=line)}"
    return plain(context.say("dates.since", words=words, place=place_text))


def _since_data(event: _Event) -> dict[str, object] | None:
    if event.end is not None:
        words = event.end.milestone.text if event.end.milestone else event.end.text
        return {**place(event.end.mention.report, event.end.line), "text": words}
    if event.since is not None:
        return {**place(event.since.report, event.since.line), "text": event.since.text}
    return None
