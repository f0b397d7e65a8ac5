"""Whose report is missing: for one week who hasn't handed in, over several weeks which ones each team lacks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.answers.consulted import consulted_data
from bot.answers.context import Context
from bot.answers.listing import Entry, answer_list
from bot.answers.model import Answer, Para, Span, Style, Text, plain
from bot.answers.period import Period, period
from bot.answers.underway import named
from bot.answers.weeks import (
    Late,
    Week,
    by_team,
    cite_head,
    due_week,
    handed_in_late,
    missing_weeks,
    week_label,
    week_names,
    week_text,
    weeks_between,
)
from bot.question.lexicon import rule
from store.records import Citation, Hit, ReportRef
from store.words.holidays import has_working_day
from store.words.normalise import fold
from store.words.speaking import SCATTERED, most

MOST_CITED = 3
MOST_NAMED = 3  # weeks that the first line names
MOST_SEARCHED = 10  # lines that speak of one week's report
ALL_WEEKS = ("late", "weeks")  # aspects that ask for every week since the first report


@dataclass(frozen=True, slots=True)
class Handed:
    """What a team handed in for the asked weeks: its reports on them, those weeks that lack one, and the late ones.

    `first` and `last` are its oldest and newest report at all, `known` are all of them, and `why` are lines in which a
    later one says why one is missing. One that begins after the one week that is asked for
    lacks that week too, and nobody can say whether it was due.
    """

    team: str
    first: ReportRef
    last: ReportRef
    reports: tuple[ReportRef, ...]
    lacks: tuple[Week, ...]
    late: tuple[Late, ...]
    known: tuple[ReportRef, ...] = ()
    why: tuple[Hit, ...] = ()


def answer_missing(context: Context) -> Answer:
    """The teams without a report for the asked week; without one, the newest week whose Friday has passed."""
    query, asked = context.query, period(context)
    reports = context.library.reports_between(context.viewer, context.as_of, None, context.as_of)
    known = by_team(reports)
    if not known:
        return _unknown_team(context) if query.team else _of_nobody(context, reports)
    if query.words:
        return _unknown_team(context)
    weeks = _weeks(context, asked, known)
    if not weeks:
        span = context.range_text(asked.start, asked.end)
        return context.not_found(context.say("missing.not_yet", range=span), data={"missing": [], "weeks": []})
    found = [_handed(context, team, reports, weeks, asked) for team, reports in known.items()]
    return _answer(context, [each for each in found if each.reports or each.lacks], weeks)


def _of_nobody(context: Context, reports: Sequence[ReportRef]) -> Answer:
    """No report says whose it is, so nobody can lack one; or there is none at all."""
    if not reports:
        return context.not_found(context.none_known())
    return context.not_found(
        context.say("missing.no_team", count=len(reports)),
        citations=tuple(cite_head(context, report) for report in reports[:MOST_CITED]),
        data={"missing": [], "weeks": [], "consulted": consulted_data(reports)},
        suggestions=(context.say("missing.ask_coverage"),),
    )


def _unknown_team(context: Context) -> Answer:
    """A team that no report is of."""
    words = context.query.team or context.query.words
    return context.not_found(context.say("missing.unknown_team", words=words), data={"missing": [], "weeks": []})


def _weeks(context: Context, asked: Period, known: dict[str, list[ReportRef]]) -> list[Week]:
    """The weeks that the question speaks of, oldest first, as far as they have begun; of a longer range those whose
    Friday has passed."""
    if context.query.range is None and context.query.aspect not in ALL_WEEKS:
        return [due_week(context.as_of)]
    first = asked.start or min(report.report_date for reports in known.values() for report in reports)
    last = asked.labelled[0].report_date if _one_label(context) and asked.labelled else asked.end
    weeks = [week for week in weeks_between(max(first, last) if _one_label(context) else first, last)
             if week.monday <= context.as_of]  # fmt: skip
    return weeks if len(weeks) == 1 else [week for week in weeks if week.friday < context.as_of]


def _one_label(context: Context) -> bool:
    asked = context.query.range
    return asked is not None and asked.weeks is not None and asked.weeks[0] == asked.weeks[1]


def _handed(context: Context, team: str, reports: Sequence[ReportRef], weeks: Sequence[Week], asked: Period) -> Handed:
    """Week 46 is the one that each team calls so: its own label counts before the days do."""
    labelled = [r for r in asked.labelled if r.team == team] if _one_label(context) else []
    own = labelled or [r for r in reports if any(week.covered_by(r) for week in weeks)]
    lacks = [] if labelled else missing_weeks(reports, weeks)
    if len(weeks) == 1 and not own and has_working_day(weeks[0].monday, weeks[0].sunday):
        lacks = list(weeks)
    late, why = tuple(_late(context, reports, own)), _why(context, team, reports, lacks)
    return Handed(team, reports[-1], reports[0], tuple(own), tuple(lacks), late, tuple(reports), why)


NEXT_WEEK = ("下周", "下期", "next week")
LAST_WEEK = ("上周", "last week")  # what only the report that follows may say of it


def _why(context: Context, team: str, reports: Sequence[ReportRef], lacks: Sequence[Week]) -> tuple[Hit, ...]:
    """What later reports of the team say of the reports that it lacks: 第45周周报因封网未提交."""
    found = []
    for week in lacks[-MOST_CITED:]:
        number = re.sub(r"\D", "", week_label(reports, week)) or str(week.monday.isocalendar().week)
        names = tuple(form.format(int(number)) for form in ("第{}周", "w{}", "week {}", "{}周"))
        days = (f"{week.friday.month}/{week.friday.day}", f"{week.friday.month}月{week.friday.day}日")
        asked = context.viewer.only(team), context.as_of, ((*names, *days, *LAST_WEEK), ("周报", "report"))
        hits = context.library.search_speaking(*asked, week.sunday, context.as_of, MOST_SEARCHED)
        after = (report for report in reports if report.report_date > week.sunday)
        following = min(after, key=lambda report: report.report_date, default=None)
        told = [hit for hit in hits.hits if hits.exact and rule("not handed in").search(fold(hit.text))
                and (hit.report == following or most((*names, *days), (hit.text,)) >= SCATTERED)]  # fmt: skip
        found += told[-1:] or _announced(context, team, week)
    return tuple(found)


def _announced(context: Context, team: str, week: Week) -> list[Hit]:
    """What the report of the week before says of the next one: 下周全员培训，周报停一次."""
    asked = context.viewer.only(team), context.as_of, (NEXT_WEEK, ("周报", "report"))
    hits = context.library.search_speaking(
        *asked, week.monday - timedelta(days=7), week.monday - timedelta(days=1), MOST_SEARCHED)  # fmt: skip
    return [hit for hit in hits.hits if hits.exact and rule("not handed in").search(fold(hit.text))][:1]


def _late(context: Context, reports: Sequence[ReportRef], own: Sequence[ReportRef]) -> list[Late]:
    ids = {report.id for report in own}
    return [late for late in handed_in_late(context, reports) if late.report.id in ids]


def _answer(context: Context, found: Sequence[Handed], weeks: Sequence[Week]) -> Answer:
    lacking, late = [h for h in found if h.lacks], [h for h in found if h.late]
    only_late = context.query.aspect == "late"
    listed = late if only_late else [*lacking, *(h for h in found if not h.lacks)]
    entries = [_late_entry(context, one) for h in late for one in h.late] if only_late else [
        _entry(context, each, weeks) for each in listed]  # fmt: skip
    head = _late_head(context, late, weeks) if only_late else _head(context, found, lacking, weeks)
    consulted = [report for each in found for report in each.reports]
    note = Para((Span(context.say("missing.late_rule"), Style.DIM),))
    return answer_list(
        context, head, entries, found=bool(found), name="teams", notes=[note] if late or only_late else [],
        data={
            "weeks": [week.monday.isoformat() for week in weeks],
            "missing": [h.team for h in lacking],
            "late": [_late_data(one) for h in late for one in h.late],
            "consulted": consulted_data(consulted),
        },
    )  # fmt: skip


def _head(context: Context, found: Sequence[Handed], lacking: Sequence[Handed], weeks: Sequence[Week]) -> str:
    say, teams = context.say, named(context, [each.team for each in lacking])
    late = sum(len(each.late) for each in found)
    if len(weeks) == 1:
        week = _which(context, weeks[0])
        if not found:
            return say("missing.nobody_yet", week=week)
        key = "lacking" if lacking else "one" if len(found) == 1 else "all"
        head = say(f"missing.{key}", week=week, count=len(lacking) or len(found), teams=teams or found[0].team)
    else:
        span = context.days(weeks[0].monday, weeks[-1].sunday)
        missing = "、" if context.query.lang == "zh" else ", "
        few = sum(len(h.lacks) for h in lacking) <= MOST_NAMED
        counts = ((h.team, week_names(context, h.lacks, h.known) if few else len(h.lacks)) for h in lacking)
        each = missing.join(f"{team} {lacks}" for team, lacks in counts)
        key = "range" if lacking else "range_none"
        head = say(f"missing.{key}", range=span, weeks=len(weeks),
                   count=sum(len(h.lacks) for h in lacking), teams=each)  # fmt: skip
    return head + (say("missing.and_late", count=late) if late else "")


def _which(context: Context, week: Week) -> str:
    """A week by its days, called this week or the last where it is."""
    this = week.monday <= context.as_of <= week.sunday
    return context.say("missing.this_week" if this else "missing.week", days=week_text(context, week))


def _late_head(context: Context, late: Sequence[Handed], weeks: Sequence[Week]) -> str:
    span = context.days(weeks[0].monday, weeks[-1].sunday)
    count = sum(len(h.late) for h in late)
    if not count:
        return context.say("missing.none_late", range=span)
    return context.say("missing.late", range=span, count=count, teams=named(context, [h.team for h in late]))


def _entry(context: Context, handed: Handed, weeks: Sequence[Week]) -> Entry:
    single = len(weeks) == 1
    if handed.lacks:
        text, shown = _lacks_text(context, handed, single=single)
    else:
        shown = handed.reports[:2] if single else handed.reports[:1]
        reports = named(context, [context.report(report) for report in shown])
        key = "handed" if single else "handed_all"
        text = plain(context.say(f"missing.{key}", team=handed.team, reports=reports, count=len(handed.reports)))
    below = (*(plain(_why_text(context, hit)) for hit in handed.why),
             *(plain(_late_text(context, late), Style.WARN) for late in handed.late))  # fmt: skip
    cited = (
        *(context.cite(hit.report, hit.line, about=hit.text) for hit in handed.why),
        *(_cite_late(context, late) for late in handed.late),
        *(cite_head(context, report) for report in shown),
    )
    return Entry(text, tuple(cited), below, _data(handed), context.say("missing.ask_report", team=handed.team))


def _lacks_text(context: Context, handed: Handed, *, single: bool) -> tuple[Text, Sequence[ReportRef]]:
    """Which weeks it lacks, and its report nearest to them: the last one, or the first where it began later."""
    begins_later = single and handed.first.period_start > handed.lacks[-1].sunday
    key = "begins_later" if begins_later else "not_handed" if single else "lacks"
    lacks = context.say(f"missing.{key}", team=handed.team, count=len(handed.lacks),
                        weeks=week_names(context, handed.lacks, handed.known))  # fmt: skip
    near = handed.first if begins_later else handed.last
    told = context.say("missing.first" if begins_later else "missing.last", report=context.report(near))
    return (*plain(lacks, Style.WARN), Span(f"  {told}", Style.DIM)), [near]


def _why_text(context: Context, hit: Hit) -> str:
    place = f"{context.report(hit.report)} · {context.say('answer.line', line=hit.line)}"
    return f"“{' '.join(hit.text.split())}” {place}"


def _late_entry(context: Context, late: Late) -> Entry:
    text = plain(f"{late.report.team} {context.report(late.report)} {_late_text(context, late)}")
    return Entry(text, (_cite_late(context, late), cite_head(context, late.report)), data=_late_data(late))


def _late_text(context: Context, late: Late) -> str:
    days = (late.at.date() - late.report.report_date).days
    quote = " ".join(_cite_late(context, late).quote.split())
    return context.say("missing.late_line", label=late.report.label or late.report.report_date, days=days,
                       line=late.line, quote=quote)  # fmt: skip


def _cite_late(context: Context, late: Late) -> Citation:
    return context.cite(late.report, late.line)


def _data(handed: Handed) -> dict[str, Any]:
    return {
        "team": handed.team,
        "missing_weeks": [week.monday.isoformat() for week in handed.lacks],
        "reports": consulted_data(handed.reports),
        "first": consulted_data([handed.first])[0],
        "last": consulted_data([handed.last])[0],
        "late": [_late_data(late) for late in handed.late],
        "why": [{"source": hit.report.source, "line": hit.line, "text": hit.text} for hit in handed.why],
    }


def _late_data(late: Late) -> dict[str, Any]:
    return {**consulted_data([late.report])[0], "handed_in": late.at.isoformat(timespec="minutes"), "line": late.line}
