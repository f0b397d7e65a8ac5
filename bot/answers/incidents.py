"""The production incidents of a range, with impact and handling, and what the list was made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bot.answers.context import Context
from bot.answers.model import Answer, Para, Span, Style, Text, plain
from store.records import Citation, Incident, Mention, ReportRef
from store.words.bigrams import terms
from store.words.normalise import fold

MOST_SHOWN = 10
Told = tuple[Mention[Incident], ...]


def answer_incidents(context: Context) -> Answer:
    """The incidents of the asked range (without one: ever), newest first, filtered by the words left over."""
    start, end, shifted = _range(context)
    told = context.library.incidents(context.viewer, context.as_of, start, end)
    told = tuple(group for group in told if _of_team(context, group[0].report) and _about(context, group))
    consulted = [r for r in _consulted(context, start, end) if _of_team(context, r)]
    missing = _missing_weeks(context, consulted, start, end)
    proofs = _proofs(context, consulted) if not told and not context.query.words else ()
    blocks = [*_entries(context, told[:MOST_SHOWN]), *_tail(context, told, consulted, missing, shifted), *proofs]
    citations = tuple(_cite(context, group[0]) for group in told[:MOST_SHOWN])
    return Answer(
        question=context.query.question,
        kind=context.query.kind,
        lang=context.query.lang,
        found=bool(told) or (bool(consulted) and not context.query.words),
        head=plain(_head(context, len(told), start, end, bool(consulted)), Style.STRONG),
        blocks=tuple(blocks),
        citations=citations or _proof_citations(context, consulted),
        range=context.asked_range(),
        data=_data(told, consulted, missing, start, end),
    )


def _range(context: Context) -> tuple[date | None, date, bool]:
    """The range asked for; "last 4 weeks" that begin after the newest report slide back to it (design, section 6)."""
    asked = context.query.range
    if asked is None:
        return None, context.as_of, False
    span = context.library.span(context.viewer, context.as_of)
    newest = span[2] if span else context.as_of
    if asked.relative and asked.start and asked.start > newest:
        return asked.start - (asked.end - newest), newest, True
    return asked.start, asked.end, False


def _of_team(context: Context, report: ReportRef) -> bool:
    return context.query.team is None or report.team == context.query.team


def _about(context: Context, group: Told) -> bool:
    """Whether the incident speaks of every word that the question has left."""
    wanted = terms(context.query.words)
    texts = [
        fold(f"{m.record.title} {m.record.impact or ''} {m.record.handling or ''} {_quote(context, m)}") for m in group
    ]
    return all(any(term in text for text in texts) for term in wanted)


def _quote(context: Context, mention: Mention[Incident]) -> str:
    return _cite(context, mention).quote if context.query.words else ""


def _cite(context: Context, mention: Mention[Incident]) -> Citation:
    return context.cite(mention.report, mention.record.line, mention.record.line_end)


def _consulted(context: Context, start: date | None, end: date) -> tuple[ReportRef, ...]:
    """The reports that would tell of the range: those of its weeks, since an incident is told in the week's report."""
    last = end + timedelta(days=6 - end.weekday())
    first = start - timedelta(days=start.weekday()) if start else None
    return context.library.reports_between(context.viewer, context.as_of, first, last)


def _missing_weeks(context: Context, consulted: Sequence[ReportRef], start: date | None, end: date) -> list[date]:
    """The Mondays of the range's weeks without any report; a week that isn't over isn't missing yet."""
    dates = [report.report_date for report in consulted]
    first = start or min(dates, default=end)
    monday = first - timedelta(days=first.weekday())
    found = []
    while monday <= end:
        sunday = monday + timedelta(days=6)
        if sunday < context.as_of and not any(monday <= day <= sunday for day in dates):
            found.append(monday)
        monday += timedelta(days=7)
    return found


def _head(context: Context, count: int, start: date | None, end: date, covered: bool) -> str:
    filtered = "_filtered" if context.query.words else ""
    key = f"head{filtered}" if count else f"head_none{filtered}" if covered else "head_uncovered"
    return context.say(f"incidents.{key}", range=context.range_text(start, end), count=count, words=context.query.words)


def _entries(context: Context, told: Sequence[Told]) -> list[Para]:
    say, found = context.say, []
    for group in told:
        mention = group[0]
        incident, report = mention.record, mention.report
        found.append(Para((*plain(f"{_moment(context, incident)} ", Style.STRONG), *plain(incident.title)), 0, True))
        if incident.impact:
            found.append(Para(plain(say("incidents.impact", text=incident.impact)), 1))
        handling = (
            say("incidents.handling", text=incident.handling) if incident.handling else say("incidents.no_handling")
        )
        found.append(Para(plain(handling), 1))
        found.append(Para(_source(context, report, incident, group[1:]), 1))
    return found


def _source(context: Context, report: ReportRef, incident: Incident, others: Told) -> Text:
    lines = str(incident.line) if incident.line == incident.line_end else f"{incident.line}–{incident.line_end}"
    parts = [*([incident.severity] if incident.severity else []), context.report(report)]
    parts.append(context.say("answer.lines", lines=lines))
    parts += [
        context.say("incidents.retold", label=other.report.label or other.report.report_date, line=other.record.line)
        for other in others
    ]
    return (Span(" · ".join(parts), Style.DIM),)


def _moment(context: Context, incident: Incident) -> str:
    moment = incident.occurred_at
    if moment is None:
        return context.say("incidents.no_time")
    text = context.day(moment.date() if isinstance(moment, datetime) else moment)
    return f"{text} {moment:%H:%M}" if isinstance(moment, datetime) else text


def _tail(
    context: Context, told: Sequence[Told], consulted: Sequence[ReportRef], missing: Sequence[date], shifted: bool
) -> list[Para]:
    say, found = context.say, []
    if len(told) > MOST_SHOWN:
        found.append(Para(plain(say("answer.more", count=len(told) - MOST_SHOWN), Style.DIM)))
    if shifted and context.query.range:
        asked = context.range_text(context.query.range.start, context.query.range.end)
        span = context.library.span(context.viewer, context.as_of)
        found.append(Para(plain(say("incidents.shifted", asked=asked, end=span[2] if span else ""), Style.WARN)))
    if consulted:
        text = say("incidents.consulted", count=len(consulted), reports=_named(context, consulted))
        found.append(Para(plain(text, Style.DIM)))
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
    told: Sequence[Told], consulted: Sequence[ReportRef], missing: Sequence[date], start: date | None, end: date
) -> dict[str, Any]:
    return {
        "count": len(told),
        "start": start.isoformat() if start else None,
        "end": end.isoformat(),
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
