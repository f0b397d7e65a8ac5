"""The production incidents of a range, with impact and handling, and what the list was made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bot.answers.context import Context
from bot.answers.model import Answer, Para, Span, Style, Text, plain, shortened
from bot.answers.period import Period, period
from store.records import Citation, Incident, Mention, ReportRef
from store.words.bigrams import speaks_of, terms

MOST_SHOWN = 10
REST_LENGTH = 160
MOST_WEEKS = 520  # of a range since ever; ten years of missing weeks are no help to anybody
Told = tuple[Mention[Incident], ...]


def answer_incidents(context: Context) -> Answer:
    """The incidents of the asked range (without one: ever), newest first, filtered by the words left over."""
    asked = period(context)
    told = context.library.incidents(context.viewer, context.as_of, asked.start, asked.end)
    in_range = len(told)
    told = tuple(group for group in told if _about(context, group))
    told = told[: context.query.newest] if context.query.newest else told
    consulted = _consulted(context, asked, told)
    covered = any(asked.start is None or report.report_date >= asked.start for report in consulted)
    missing = _missing_weeks(context, consulted, asked)
    proofs = _proofs(context, consulted) if not told and not context.query.words else ()
    others = [Para(plain(context.say("incidents.others", count=in_range)))] if in_range and not told else []
    blocks = [*others, *_entries(context, told[:MOST_SHOWN]), *_tail(context, told, consulted, missing, asked), *proofs]
    citations = tuple(_cite(context, mention) for group in told[:MOST_SHOWN] for mention in group)
    return Answer(
        question=context.query.question,
        kind=context.query.kind,
        lang=context.query.lang,
        found=bool(told) or (covered and not context.query.words),
        head=plain(_head(context, len(told), asked, covered), Style.STRONG),
        blocks=tuple(blocks),
        citations=citations or (() if context.query.words else _proof_citations(context, consulted)),
        range=(asked.start, asked.end) if asked.labelled else context.asked_range(),
        data={**_data(told, consulted, missing, asked), "in_range": in_range},
    )


def _about(context: Context, group: Told) -> bool:
    """Whether the incident speaks of every word that the question has left; `CD级` is the CD of 定级CD."""
    wanted = [term.removesuffix("级") or term for term in terms(context.query.words)]
    texts = [f"{m.record.severity or ''} {m.record.title} {_quote(context, m)}" for m in group]
    return all(any(speaks_of(term, text) for text in texts) for term in wanted)


def _quote(context: Context, mention: Mention[Incident]) -> str:
    return _cite(context, mention).quote if context.query.words else ""


def _cite(context: Context, mention: Mention[Incident]) -> Citation:
    told = mention.record
    about = "\n".join(filter(None, (told.title, told.impact, told.handling)))
    return context.cite(mention.report, told.line, told.line_end, about)


def _consulted(context: Context, asked: Period, told: Sequence[Told]) -> tuple[ReportRef, ...]:
    """The reports that would tell of the range, those of its weeks, and any other that does tell of it."""
    last = asked.end + timedelta(days=6 - asked.end.weekday())
    first = asked.start - timedelta(days=asked.start.weekday()) if asked.start else None
    weeks = context.library.reports_between(context.viewer, context.as_of, first, last)
    tellers = [mention.report for group in told for mention in group]
    found = {report.id: report for report in (*weeks, *tellers)}
    return tuple(sorted(found.values(), key=lambda r: (r.report_date, r.source), reverse=True))


def _missing_weeks(context: Context, consulted: Sequence[ReportRef], asked: Period) -> list[date]:
    """The Mondays of the range's weeks without any report; a week that isn't over isn't missing yet."""
    dates = [report.report_date for report in consulted]
    first = asked.start or min(dates, default=asked.end)
    mondays = range((first - timedelta(days=first.weekday())).toordinal(), asked.end.toordinal() + 1, 7)
    weeks = [(date.fromordinal(monday), date.fromordinal(monday + 6)) for monday in mondays[-MOST_WEEKS:]]
    return [a for a, z in weeks if z < context.as_of and not any(a <= day <= z for day in dates)]


def _head(context: Context, count: int, asked: Period, covered: bool) -> str:
    filtered = "_filtered" if context.query.words else ""
    if context.query.newest == 1 and count:
        span = context.range_text(asked.start, asked.end)
        return context.say(f"incidents.head_newest{filtered}", range=span, words=context.query.words)
    key = f"head{filtered}" if count else f"head_none{filtered}" if covered else "head_uncovered"
    span = context.range_text(asked.start, asked.end)
    return context.say(f"incidents.{key}", range=span, count=count, words=context.query.words)


def _entries(context: Context, told: Sequence[Told]) -> list[Para]:
    return [para for group in told for para in _entry(context, group)]


def _entry(context: Context, group: Told) -> list[Para]:
    say, newest = context.say, group[0]
    incident = newest.record
    found = [Para((*plain(f"{_moment(context, incident)} ", Style.STRONG), *plain(incident.title)), 0, True)]
    rest = "" if incident.handling else _rest(context, newest)
    if incident.impact and incident.impact not in rest:
        found.append(Para(plain(say("incidents.impact", text=incident.impact)), 1))
    if incident.handling:
        found.append(Para(plain(say("incidents.handling", text=incident.handling)), 1))
    else:
        found.append(Para(plain(say("incidents.told", text=rest) if rest else say("incidents.no_handling")), 1))
    return [*found, *(_earlier(context, other) for other in group[1:]), Para(_source(context, newest), 1)]


def _rest(context: Context, mention: Mention[Incident]) -> str:
    """What the report says of the incident beyond its title, where it labels no handling."""
    text = " ".join(_cite(context, mention).quote.split())
    title = mention.record.title
    rest = text.split(title, 1)[-1].strip(" ，。；,;") if title in text else ""
    return shortened(rest, REST_LENGTH)


def _earlier(context: Context, mention: Mention[Incident]) -> Para:
    """What another report says of the same incident: said too, since the two may differ."""
    text = " ".join(_cite(context, mention).quote.split()).lstrip("-*• ")
    label = mention.report.label or mention.report.report_date
    return Para(plain(context.say("incidents.retold", label=label, line=mention.record.line, text=text)), 1)


def _source(context: Context, mention: Mention[Incident]) -> Text:
    incident = mention.record
    lines = str(incident.line) if incident.line == incident.line_end else f"{incident.line}–{incident.line_end}"
    key = "answer.line" if lines.isdigit() else "answer.lines"
    place = [context.report(mention.report), context.say(key, line=lines, lines=lines)]
    return (Span(" · ".join([*filter(None, [incident.severity]), *place]), Style.DIM),)


def _moment(context: Context, incident: Incident) -> str:
    moment = incident.occurred_at
    if moment is None:
        return context.say("incidents.no_time")
    text = context.day(moment.date() if isinstance(moment, datetime) else moment)
    return f"{text} {moment:%H:%M}" if isinstance(moment, datetime) else text


def _tail(
    context: Context, told: Sequence[Told], consulted: Sequence[ReportRef], missing: Sequence[date], asked: Period
) -> list[Para]:
    say, found = context.say, []
    if len(told) > MOST_SHOWN:
        found.append(Para(plain(say("answer.more", count=len(told) - MOST_SHOWN), Style.DIM)))
    if asked.slid and context.query.range:
        words = context.range_text(context.query.range.start, context.query.range.end)
        found.append(Para(plain(say("incidents.shifted", asked=words, end=asked.end), Style.WARN)))
    if consulted:
        text = say("incidents.consulted", count=len(consulted), reports=_named(context, consulted))
        found.append(Para(plain(text, Style.DIM)))
        span = context.library.span(context.viewer, context.as_of)
        newest = span[2] if span else context.as_of
        if not told and newest < min(asked.end, context.as_of):
            found.append(Para(plain(say("incidents.until", day=newest), Style.WARN)))
    if missing:
        weeks = [say("incidents.week", monday=context.day(monday)) for monday in missing]
        found.append(Para(plain(say("incidents.missing", weeks=_shortened(weeks)), Style.DIM)))
    return found


def _named(context: Context, reports: Sequence[ReportRef]) -> str:
    teams = {report.team for report in reports}
    return _shortened([
        (f"{r.team} " if len(teams) > 1 and r.team else "") + (r.label or str(r.report_date)) for r in reports
    ])  # fmt: skip


def _shortened(names: Sequence[str]) -> str:
    return "、".join(names) if len(names) <= 6 else f"{'、'.join(names[:3])} … {names[-1]}"


def _proofs(context: Context, consulted: Sequence[ReportRef]) -> list[Para]:
    """The lines by which the reports themselves say that there was nothing."""
    return [
        Para(
            plain(
                context.say(
                    "incidents.proof", label=c.report.label or c.report.source, date=c.report.report_date, quote=c.quote
                )
            )
        )
        for c in _proof_citations(context, consulted)
    ]


def _proof_citations(context: Context, consulted: Sequence[ReportRef]) -> tuple[Citation, ...]:
    lines = context.library.says_no_incident(context.viewer, context.as_of, [r.id for r in consulted])
    return tuple(context.cite(report, lines[report.id]) for report in consulted if report.id in lines)


def _data(
    told: Sequence[Told], consulted: Sequence[ReportRef], missing: Sequence[date], asked: Period
) -> dict[str, Any]:
    return {
        "count": len(told),
        "start": asked.start.isoformat() if asked.start else None,
        "end": asked.end.isoformat(),
        "incidents": [_incident_data(group) for group in told],
        "consulted": [
            {"source": r.source, "label": r.label, "team": r.team, "report_date": r.report_date.isoformat()}
            for r in consulted
        ],
        "missing_weeks": [monday.isoformat() for monday in missing],
    }


def _incident_data(group: Told) -> dict[str, Any]:
    incident, report = group[0].record, group[0].report
    moment = incident.occurred_at
    return {
        "occurred_at": iso_minute(moment),
        "title": incident.title,
        "impact": incident.impact,
        "handling": incident.handling,
        "severity": incident.severity,
        "team": report.team,
        "source": report.source,
        "line": incident.line,
        "line_end": incident.line_end,
        "also": [{"source": m.report.source, "line": m.record.line} for m in group[1:]],
    }


def iso_minute(moment: datetime | date | None) -> str | None:
    """ISO 8601 to the minute, as reports write it: `2023-09-10T09:29`; a day without a time stays a day."""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="minutes")
    return moment.isoformat() if moment else None
