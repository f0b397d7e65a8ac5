"""How incidents are shown: each with its parts and its source, and below them what the answer was made from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bot.answers.context import Context
from bot.answers.incident_cases import Case, Wanted, cite_incident
from bot.answers.incident_counts import counts_data, spans_told
from bot.answers.incident_times import clocked
from bot.answers.incident_told import actions, cause, closed, closing, figure, later_words, mended, says_closed
from bot.answers.model import Block, Para, Span, Style, Text, plain, shortened
from bot.answers.period import Period, slid
from bot.question.lexicon import rule
from store.reading.clauses import clauses
from store.records import Citation, Incident, Mention, ReportRef
from store.words.names import key
from store.words.normalise import fold

MOST_SHOWN = 10
_OVER = re.compile(
    r"恢复|修复|解决|追回|\b(?:restored|recovered|resolved|fixed|fix deployed|back (?:up|online)|over by)\b"
)
# What is asked of all incidents together, so that none is left for "more".
COUNTED = ("by_system", "by_team", "unexplained", "by_severity", "by_week", "by_month", "recurrence", "worst")
REST_LENGTH = 160
MOST_SINCE = 2
MOST_WEEKS = 520  # of a range since ever; ten years of missing weeks are no help to anybody


@dataclass(frozen=True)
class Picture:
    """What the question asks for and what there is: every incident of the range, those that fit, the reports that were
    looked in, and the Mondays of weeks without one."""

    context: Context
    asked: Period
    wanted: Wanted
    in_range: tuple[Case, ...]
    cases: tuple[Case, ...]
    consulted: tuple[ReportRef, ...]
    missing: tuple[date, ...]
    reported: bool = False  # asked for is what the reports of these days tell, whenever it happened

    @property
    def covered(self) -> bool:
        """Whether reports are of the range: some, and not of only a day at its end (a team whose first report came in
        the week of 10/30, asked for October)."""
        told = any(self.asked.start is None or r.report_date >= self.asked.start for r in self.consulted)
        inside = any(r.report_date <= self.asked.end for r in self.consulted)
        return told and (inside or not self.missing)

    @property
    def span(self) -> str:
        """The range in words."""
        text = self.context.range_text(self.asked.start, self.asked.end)
        return self.context.say("incidents.of_reports", range=text) if self.reported else text

    @property
    def counted(self) -> bool:
        """Whether the answer is about all of them at once."""
        return self.context.query.aspect in COUNTED

    @property
    def shown(self) -> tuple[Case, ...]:
        """Those that the asker hasn't seen yet, as many as are shown at once."""
        first = min(self.context.query.skip, len(self.cases))
        return self.cases[first : first + MOST_SHOWN]


@dataclass(frozen=True)
class Part:
    """What an aspect makes of the picture."""

    head: str
    blocks: Sequence[Block]
    cited: Sequence[Citation]
    data: dict[str, Any] = field(default_factory=dict)
    told: bool = True  # False where the incident is there, and what is asked of it isn't said


def cite_all(picture: Picture, cases: Sequence[Case]) -> list[Citation]:
    """Every telling of these incidents, and what later reports say of them elsewhere."""
    context, found = picture.context, list[Mention[Incident]]()
    for case in cases:
        found += [*case.tellings, *(mention for _, mention in later_words(context, case)[:MOST_SINCE])]
    return [cite_incident(context, mention) for mention in found]


def looked_in(context: Context, asked: Period, cases: Sequence[Case]) -> tuple[ReportRef, ...]:
    """The reports that would tell of the range, those of its weeks, and any other that does tell of it."""
    last = asked.end + timedelta(days=6 - asked.end.weekday())
    first = asked.start - timedelta(days=asked.start.weekday()) if asked.start else None
    weeks = context.library.reports_between(context.viewer, context.as_of, first, last)
    tellers = [mention.report for case in cases for mention in case.tellings]
    found = {report.id: report for report in (*weeks, *tellers)}
    return tuple(sorted(found.values(), key=lambda r: (r.report_date, r.source), reverse=True))


def missing_weeks(context: Context, consulted: Sequence[ReportRef], asked: Period) -> tuple[date, ...]:
    """The Mondays of the range's weeks without any report; a week that isn't over isn't missing yet."""
    dates = {report.report_date - timedelta(days=report.report_date.weekday()) for report in consulted}
    first = asked.start or min(dates, default=asked.end)
    mondays = range((first - timedelta(days=first.weekday())).toordinal(), asked.end.toordinal() + 1, 7)
    weeks = map(date.fromordinal, mondays[-MOST_WEEKS:])
    return tuple(week for week in weeks if week + timedelta(days=6) < context.as_of and week not in dates)


def entry(context: Context, case: Case) -> list[Para]:
    """One incident: when and what, impact, handling, what other reports say of it, and where it stands."""
    say, main = context.say, case.main
    incident, cause_told = main.record, case.telling("cause").record.cause
    found = [Para((*plain(f"{moment(context, case)} ", Style.STRONG), *plain(incident.title)), 0, True)]
    rest = "" if incident.handling else _rest(context, main)
    if incident.impact and incident.impact not in rest:
        found.append(Para(plain(say("incidents.impact", text=incident.impact)), 1))
    if cause_told and cause_told not in rest:
        found.append(Para(plain(say("incidents.cause", text=cause_told)), 1))
    if incident.handling:
        found.append(Para(plain(say("incidents.handling", text=incident.handling)), 1))
    else:
        found.append(Para(plain(say("incidents.told", text=rest) if rest else say("incidents.no_handling")), 1))
    return [*found, *_others(context, case), Para(source(context, case), 1)]


def field_entry(context: Context, case: Case, field: str) -> list[Para]:
    """One incident with only what was asked of it."""
    head = Para((*plain(f"{moment(context, case)} ", Style.STRONG), *plain(case.title)), 0, True)
    text, teller = field_told(context, case, field)
    place = _place(context, teller) if teller is not case.main else ()
    told = Para((*plain(text), *place), 1)
    return [head, told, *_others(context, case), Para(source(context, case), 1)]


def field_told(context: Context, case: Case, field: str) -> tuple[str, Mention[Incident]]:
    """What the reports say of one thing about an incident, or that they don't say it, and which telling says so."""
    say = context.say
    if field == "cause":
        text, teller = cause(context, case)
        return (say("incidents.cause", text=text) if text else say("incidents.no_cause")), teller
    if field == "duration":
        return _lengths(context, case)
    if field == "recovered":
        return _recovered(context, case)
    if field == "figure":
        return figure(context, case) or (say("incidents.no_amount"), case.newest)
    if field == "actions":
        return actions(context, case) or (say("incidents.no_actions"), case.newest)
    if field == "open":
        return _whether_over(context, case)
    teller = case.telling(field)
    text = getattr(teller.record, field) or ""
    if text:
        return say(f"incidents.{field}", text=text), teller
    if field == "impact":
        return say("incidents.no_impact"), teller
    text = _rest(context, teller)
    return say("incidents.told", text=text) if text else say("incidents.no_handling"), teller


def _whether_over(context: Context, case: Case) -> tuple[str, Mention[Incident]]:
    """Whether it is closed; where no report says that, that it was mended (当晚修复), if one says so."""
    say, (over, teller) = context.say, closed(context, case)
    repaired = None if over and says_closed(context, teller) else mended(context, case)
    since = repaired and repaired[1].report.report_date > teller.report.report_date
    if repaired and (over is not False or since):
        return say("incidents.mended", text=repaired[0]), repaired[1]
    if over is None:
        return say("incidents.open_unsaid"), teller
    text = say("incidents.closed" if over else "incidents.open")
    return "：".join(filter(None, (text, closing(context, teller, over)))), teller


def is_told(context: Context, case: Case, field: str) -> bool:
    """Whether any report says this thing of the incident."""
    if field == "cause":
        return bool(cause(context, case)[0])
    if field == "duration":
        return bool(_spans(context, case)) or clocked(context, case) is not None
    if field == "recovered":
        return _recovery(context, case) is not None
    if field in ("actions", "figure"):
        return (actions if field == "actions" else figure)(context, case) is not None
    if field == "open":
        return closed(context, case)[0] is not None or mended(context, case) is not None
    told = getattr(case.telling(field).record, field)
    return bool(told) or (field == "handling" and bool(_rest(context, case.main)))


def _recovered(context: Context, case: Case) -> tuple[str, Mention[Incident]]:
    told = _recovery(context, case)
    return told or (context.say("incidents.no_recovery"), case.main)


def _recovery(context: Context, case: Case) -> tuple[str, Mention[Incident]] | None:
    """The clauses that say when it was over: 16:40恢复, fix deployed on 6 Nov."""
    for mention in case.tellings:
        told = [c.text.strip(" -*•|\n") for c in clauses(cite_incident(context, mention).quote)
                if _OVER.search(fold(c.text)) and re.search(r"\d", c.text)]  # fmt: skip
        if told:
            return "；".join(told), mention
    return None


def _lengths(context: Context, case: Case) -> tuple[str, Mention[Incident]]:
    for told, mention in _spans(context, case):
        return context.say("incidents.duration", text="；".join(told)), mention
    if by_clock := clocked(context, case):
        words, minutes, mention = by_clock
        return context.say("incidents.span", text=words, minutes=minutes), mention
    return context.say("incidents.no_duration"), case.newest


def _spans(context: Context, case: Case) -> list[tuple[Sequence[str], Mention[Incident]]]:
    """How long it lasted by each telling: its title and impact, else its first line, else the clauses that name a
    duration (Time to recovery: 15 minutes)."""
    found = []
    for mention in case.tellings:
        quote = cite_incident(context, mention).quote
        told = "\n".join(filter(None, (mention.record.title, mention.record.impact)))
        named = [text for text in spans_told(quote) if rule("incident length").search(fold(text))]
        found.append((spans_told(told) or spans_told(quote.partition("\n")[0]) or named, mention))
    return [(spans, mention) for spans, mention in found if spans]


def _others(context: Context, case: Case) -> list[Para]:
    """That two reports count differently, and what the others say."""
    units = context.say("incidents.between").join(case.disputed())
    warned = [Para(plain(context.say("incidents.disputed", units=units), Style.WARN), 1)] if units else []
    since = [_since(context, words, mention) for words, mention in later_words(context, case)[:MOST_SINCE]]
    return [*warned, *since, *(_earlier(context, other) for other in case.tellings if other is not case.main)]


def _since(context: Context, words: str, mention: Mention[Incident]) -> Para:
    """What a later report says of it elsewhere: that the last of the payments came back."""
    text = context.say("incidents.since", text=shortened(words, REST_LENGTH))
    return Para((*plain(text), *_place(context, mention)), 1)


def _rest(context: Context, mention: Mention[Incident]) -> str:
    """What the report says of the incident beyond its title, where it labels no handling."""
    text = " ".join(cite_incident(context, mention).quote.split())
    title = mention.record.title
    rest = text.split(title, 1)[-1].strip(" ，。；,;") if title in text else ""
    return shortened(rest, REST_LENGTH)


def _earlier(context: Context, mention: Mention[Incident]) -> Para:
    """What another report says of the same incident: said too, since the two may differ."""
    text = " ".join(cite_incident(context, mention).quote.split()).lstrip("-*• ")
    label = mention.report.label or mention.report.report_date
    return Para(plain(context.say("incidents.retold", label=label, line=mention.record.line, text=text)), 1)


def source(context: Context, case: Case) -> Text:
    """Its severity, its systems where the title names none, and the report and lines that tell of it."""
    team, main = case.main.report.team or "", case.main
    systems = "" if any(key(s) in key(main.record.title) for s in case.systems) else "、".join(case.systems)
    parts = filter(None, [case.severity, systems, team, words_of_place(context, main)])
    return (Span(" · ".join(parts), Style.DIM),)


def words_of_place(context: Context, mention: Mention[Incident]) -> str:
    """`第38周 (2023-09-15) · 66–67 行`."""
    incident = mention.record
    lines = str(incident.line) if incident.line == incident.line_end else f"{incident.line}–{incident.line_end}"
    name = "answer.line" if lines.isdigit() else "answer.lines"
    return f"{context.report(mention.report)} · {context.say(name, line=lines, lines=lines)}"


def _place(context: Context, mention: Mention[Incident]) -> Text:
    return (Span(f"  {words_of_place(context, mention)}", Style.DIM),)


def moment(context: Context, case: Case) -> str:
    """When it happened, as people say it."""
    at = case.moment
    if at is None:
        return context.say("incidents.no_time")
    text = context.day(at.date() if isinstance(at, datetime) else at)
    return f"{text} {at:%H:%M}" if isinstance(at, datetime) else text


def tail(picture: Picture) -> list[Para]:
    """Where the range was slid to, which reports were looked in, and what isn't known."""
    context, say = picture.context, picture.context.say
    found = slid(context, picture.asked)
    if picture.consulted:
        reports = _named(context, picture.consulted)
        text = say("incidents.consulted", count=len(picture.consulted), reports=reports)
        found.append(Para(plain(text, Style.DIM)))
        span = context.library.span(context.viewer, context.as_of)
        newest = span[2] if span else context.as_of
        if not picture.cases and newest < min(picture.asked.end, context.as_of):
            found.append(Para(plain(say("incidents.until", day=newest), Style.WARN)))
    if picture.missing:
        weeks = [say("incidents.week", monday=context.day(monday)) for monday in picture.missing]
        found.append(Para(plain(say("incidents.missing", weeks=_shortened(weeks)), Style.DIM)))
    return found


def _named(context: Context, reports: Sequence[ReportRef]) -> str:
    teams = {report.team for report in reports}
    return _shortened([
        (f"{r.team} " if len(teams) > 1 and r.team else "") + (r.label or str(r.report_date)) for r in reports
    ])  # fmt: skip


def _shortened(names: Sequence[str]) -> str:
    return "、".join(names) if len(names) <= 6 else f"{'、'.join(names[:3])} … {names[-1]}"


def proof_citations(picture: Picture) -> tuple[Citation, ...]:
    """The lines by which the reports themselves say that there was nothing."""
    context, consulted = picture.context, picture.consulted
    lines = context.library.says_no_incident(context.viewer, context.as_of, [r.id for r in consulted])
    return tuple(context.cite(report, lines[report.id]) for report in consulted if report.id in lines)


def proof_paras(context: Context, proofs: Sequence[Citation]) -> list[Para]:
    """Those lines, quoted."""
    say = context.say
    return [Para(plain(say("incidents.proof", report=context.report(c.report), quote=c.quote))) for c in proofs]


def data(picture: Picture) -> dict[str, Any]:
    """All of it as JSON values."""
    asked, listed = picture.asked, picture.cases if picture.counted else picture.shown
    return {
        "count": len(picture.cases),
        "start": asked.start.isoformat() if asked.start else None,
        "end": asked.end.isoformat(),
        "incidents": [_incident_data(picture.context, case) for case in listed],
        **counts_data(picture.cases),
        "consulted": [
            {"source": r.source, "label": r.label, "team": r.team, "report_date": r.report_date.isoformat()}
            for r in picture.consulted
        ],
        "missing_weeks": [monday.isoformat() for monday in picture.missing],
        "in_range": len(picture.in_range),
    }


def _incident_data(context: Context, case: Case) -> dict[str, Any]:
    incident, report = case.main.record, case.main.report
    return {
        "occurred_at": iso_minute(case.moment),
        "title": incident.title,
        "impact": incident.impact,
        "handling": incident.handling,
        "severity": case.severity,
        "systems": list(case.systems),
        "cause": case.telling("cause").record.cause,
        "closed": next((m.record.closed for m in case.tellings if m.record.closed is not None), None),
        "disputed": list(case.disputed()),
        "team": report.team,
        "source": report.source,
        "line": incident.line,
        "line_end": incident.line_end,
        "also": [{"source": m.report.source, "line": m.record.line} for m in case.tellings if m is not case.main],
    }


def iso_minute(moment: datetime | date | None) -> str | None:
    """ISO 8601 to the minute, as reports write it: `2023-09-10T09:29`; a day without a time stays a day."""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="minutes")
    return moment.isoformat() if moment else None
