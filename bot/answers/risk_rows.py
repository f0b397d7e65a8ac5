"""Dangers as they are shown: a project with what endangers it, each with its lines and its sum; and as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.answers.amounts import far
from bot.answers.context import Context
from bot.answers.courses import Course
from bot.answers.dangers import Danger, Finding
from bot.answers.dates import source_text
from bot.answers.listing import Entry
from bot.answers.model import Para, Style, Text, join, plain, shortened
from bot.answers.risk_lines import RiskLine
from bot.answers.rows import date_data, row_place, state_words
from bot.answers.standing import note
from bot.answers.underway import cite_mention, cite_telling, figure, named
from store.reading.marks import unmarked
from store.records import Citation, Mention, ReportRef, Update

MOST_BELOW = 4  # findings of one project; what came before is in its history
QUOTE_LENGTH = 110
MOST_CITED = 6  # lines of one finding


@dataclass(frozen=True, slots=True)
class Threat:
    """A project or part with its dangers: those of now, the worst first, and those of before, the newest first;
    `newest` is the newest report of its team."""

    course: Course
    title: str
    current: tuple[Finding, ...]
    past: tuple[Finding, ...]
    newest: ReportRef

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them."""
        return (*self.current, *self.past)


def threat_entry(context: Context, threat: Threat, cited: bool) -> Entry:
    """A project with its dangers below."""
    shown = threat.findings[:MOST_BELOW]
    course = threat.course
    return Entry(
        text=join([plain(threat.title, Style.STRONG), plain(_kinds(context, threat), Style.WARN),
                   *_figure(course), *_age(context, threat)]),
        citations=tuple(dict.fromkeys(c for one in shown for c in _cited(context, one))) if cited else (),
        below=tuple(line for told in _by_line(shown) for line in _lines_of(context, told)),
        data={"name": threat.title, "team": course.project.team, "current": bool(threat.current),
              "findings": [finding_data(one) for one in shown]},
        asks=context.say("status.example", name=course.project.name),
        about=(*(name for name, _ in course.project.names), *(f.text for f in shown),
               *(f.told[0].record.text for f in shown), course.project.team or ""),
    )  # fmt: skip


def _kinds(context: Context, threat: Threat) -> str:
    """What endangers it now; what once did is told below."""
    names = dict.fromkeys(context.say(f"risks.{one.danger}") for one in threat.current)
    return named(context, list(names), len(Danger)) if names else context.say("risks.before")


def _figure(course: Course) -> list[Text]:
    known = figure(course)
    return [plain(far(known[1].record))] if known else []


def _age(context: Context, threat: Threat) -> list[Text]:
    """How old the news is, where its team has reported since."""
    last, newest = threat.course.last_told, threat.newest.report_date
    if last >= newest:
        return []
    return [plain(context.say("projects.older", day=context.day(last), days=(newest - last).days), Style.WARN)]


def _by_line(found: Sequence[Finding]) -> list[list[Finding]]:
    """Those that stand in one line of a report together: what is blocked for weeks stalls too."""
    by_line: dict[tuple[int, int, str], list[Finding]] = {}
    for one in found:
        by_line.setdefault((one.report.id, one.told[0].record.line, one.text), []).append(one)
    return list(by_line.values())


def _lines_of(context: Context, found: Sequence[Finding]) -> list[Text]:
    """What the dangers are, with their sums; and where they stand, with the words."""
    one = found[0]
    stop = "；" if context.query.lang == "zh" else "; "
    return [
        plain(f"{stop.join(said(context, each) for each in found)}  “{_words(one)}”"),
        source_text(context, one.report, one.told[0].record.line),
    ]


def _words(one: Finding) -> str:
    return shortened(" ".join(unmarked(one.text).split()), QUOTE_LENGTH)


def said(context: Context, one: Finding) -> str:
    """The danger in a few words, with the computation where it is computed."""
    say, reports = context.say, {mention.report.id for mention in one.told}
    first, last = one.told[-1].report.report_date, one.told[0].report.report_date
    span = context.day(last) if first == last else f"{context.day(first)}–{context.day(last)}"
    if one.danger is Danger.FALLING:
        now, then = one.figures
        return say("risks.said_falling", old=f"{then:g}", new=f"{now:g}", days=span, points=_points(now - then))
    if one.danger is Danger.STALLED and one.figures:
        return say("risks.said_stalled", value=f"{one.figures[0]:g}", count=len(reports), days=span)
    if one.danger is Danger.PACE:
        return _pace(context, one)
    return say("risks.said", danger=say(f"risks.{one.danger}"), count=len(reports), days=span)


def _pace(context: Context, one: Finding) -> str:
    assert one.due is not None
    milestone = one.due.milestone
    value, fast, slow = one.figures
    days = (milestone.end - one.report.report_date).days
    return context.say(
        "risks.said_pace", value=f"{value:g}", event=context.event(milestone), days=days,
        day=context.days(milestone.start, milestone.end), rest=f"{round(100 - value, 2):g}",
        needed=f"{one.needed:.1f}", best=f"{one.best:.1f}", slow=f"{slow:g}", fast=f"{fast:g}",
    )  # fmt: skip


def _points(change: float) -> str:
    return f"{round(change, 2):g}".replace("-", "−")


def _cited(context: Context, one: Finding) -> list[Citation]:
    telling = [cite_telling(context, one.due.telling)] if one.due else []
    return [*(cite_mention(context, mention) for mention in _proof(one)), *telling]


def _proof(one: Finding) -> Sequence[Mention[Update]]:
    """Its lines, of many the newest ones and the first."""
    return one.told if len(one.told) <= MOST_CITED else (*one.told[: MOST_CITED - 1], one.told[-1])


def finding_data(one: Finding) -> dict[str, Any]:
    """A danger as JSON values."""
    return {
        "danger": one.danger, "text": one.text, **_where(one.told[0]),
        "told": [_where(mention) for mention in one.told], "figures": list(one.figures),
        "due": date_data(one.due) if one.due else None,
        "needed_a_week": round(one.needed, 2) if one.due else None,
        "best_a_week": round(one.best, 2) if one.due else None,
    }  # fmt: skip


def _where(told: Mention[Update]) -> dict[str, Any]:
    return row_place(told.report, told.record.line)


def line_entry(context: Context, one: RiskLine, cited: bool) -> Entry:
    """A line that the report itself lists as a risk."""
    name = one.projects[0].name if one.projects else None
    text = shortened(one.text, QUOTE_LENGTH)
    found = {"danger": one.danger, "text": one.text, **row_place(one.report, one.line),
             "told": [row_place(one.report, one.line)], "figures": [], "due": None, "needed_a_week": None,
             "best_a_week": None}  # fmt: skip
    return Entry(
        text=(*plain(f"{context.say(f'risks.{one.danger}')} ", Style.WARN), *plain(f"“{text}”")),
        citations=(context.cite(one.report, one.line, one.line_end, one.text),) if cited else (),
        below=(source_text(context, one.report, one.line),),
        data={"name": name, "team": one.report.team, "current": True, "findings": [found]},
        asks=context.say("status.example", name=name) if name else "",
        about=(one.text, *(n for project in one.projects for n, _ in project.names), one.report.team or ""),
    )  # fmt: skip


def preferred(threat: Threat, kinds: frozenset[Danger]) -> Threat:
    """The same with the dangers that were asked for before the others."""
    current, past = (tuple(sorted(told, key=lambda f: f.danger not in kinds)) for told in (threat.current, threat.past))
    return replace(threat, current=current, past=past)


def one_head(
    context: Context, course: Course, threats: Sequence[Threat], lines: Sequence[RiskLine], kinds: frozenset[Danger]
) -> str:
    """The first line on one project: what endangers it now in the way that was asked for, else what did so last, else
    what endangers it otherwise; or that nothing is said to."""
    say, name, day = context.say, course.project.name, context.day(course.last_told)
    now = [(threat, one) for threat in threats for one in threat.current]
    past = [(threat, one) for threat in threats for one in threat.past]
    past.sort(key=lambda told: -told[1].report.report_date.toordinal())
    asked_now = [told for told in now if told[1].danger in kinds]
    asked_past = [told for told in past if told[1].danger in kinds]
    if now and (asked_now or not asked_past):
        threat, one = (asked_now or now)[0]
        of_kinds = named(context, list(dict.fromkeys(say(f"risks.{each.danger}") for _, each in asked_now or now)))
        # A row of a table names no reason; the report's list of risks does.
        words = shortened(lines[0].text, QUOTE_LENGTH) if lines and "|" in one.text else _words(one)
        return say("risks.one_now", name=name, kinds=of_kinds, part=_part(threat, course), words=words)
    if lines and not asked_past:
        return say("risks.one_listed", name=name, words=shortened(lines[0].text, QUOTE_LENGTH))
    if asked_past or past:
        threat, one = (asked_past or past)[0]
        danger = say(f"risks.{one.danger}")
        return say("risks.one_past", name=name, day=day, danger=danger, part=_part(threat, course),
                   before=said(context, one), words=_words(one))  # fmt: skip
    return say("risks.one_none", name=name, day=day)


def _part(threat: Threat, course: Course) -> str:
    """The name of the part that the danger is one of."""
    return "" if threat.course.project.subject == course.project.subject else f"{threat.course.project.name} "


def standing_line(context: Context, course: Course) -> Para:
    """How the project stands by its newest report."""
    newest = course.newest
    words = join([plain(state_words(context, course)), *_figure(course),
                  plain(shortened(note(newest.record), QUOTE_LENGTH))])  # fmt: skip
    where = source_text(context, newest.report, newest.record.line)
    return Para((*plain(context.say("risks.stands")), *words, *plain("  "), *where))
