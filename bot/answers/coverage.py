"""What the bot knows: which teams report, since when, how many reports, and which weeks lack one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answers.consulted import consulted_data
from bot.answers.context import Context
from bot.answers.listing import Entry, answer_list, narrowed
from bot.answers.model import Answer, Span, Style, join, plain
from bot.answers.period import Period, period
from bot.answers.underway import named
from bot.answers.weeks import by_team, cite_head, due_week, missing_weeks, week_names, weeks_between
from store.records import ReportRef

OLD_AFTER_DAYS = 10  # an older newest report has missed a Friday


def answer_coverage(context: Context) -> Answer:
    """Each team's reports: since when until when, how many, the weeks without one, and how old the newest is."""
    asked = period(context)
    known = _known(context, asked)
    if not known:
        return _none(context, asked)
    entries = narrowed(context, [_covered(context, team, reports, asked) for team, reports in known.items()])
    if context.query.words and not entries:
        return _no_such_team(context, known)
    days = [report.report_date for reports in known.values() for report in reports]
    key = "head_one" if len(known) == 1 else "head"
    head = context.say(
        f"coverage.{key}", count=len(known), reports=len(days), start=min(days),
        end=max(days), team=next(iter(known)),
    )  # fmt: skip
    data = {"start": min(days).isoformat(), "end": max(days).isoformat(), "reports": len(days)}
    return answer_list(context, head, entries, found=True, name="teams", data=data)


def answer_teams(context: Context) -> Answer:
    """Which teams there are, each with its last report."""
    asked = period(context)
    known = _known(context, asked)
    if not known:
        return _none(context, asked)
    entries = narrowed(context, [_team(context, team, reports) for team, reports in known.items()])
    if context.query.words and not entries:
        return _no_such_team(context, known)
    head = context.say("coverage.teams", count=len(known), teams=named(context, list(known)))
    return answer_list(context, head, entries, found=True, name="teams")


def _known(context: Context, asked: Period) -> dict[str, list[ReportRef]]:
    end = min(asked.end, context.as_of)
    return by_team(context.library.reports_between(context.viewer, context.as_of, asked.start, end))


def _none(context: Context, asked: Period) -> Answer:
    if context.query.range is None and context.query.team is None:
        return context.not_found(context.none_known(), data={"count": 0, "teams": []})
    span = context.range_text(asked.start, asked.end)
    head = context.say("coverage.none", range=span, team=context.query.team or "")
    return context.not_found(head.strip(), data={"count": 0, "teams": []})


def _no_such_team(context: Context, known: dict[str, list[ReportRef]]) -> Answer:
    words = context.say("team.unknown", words=context.query.words)
    blocks = context.say("team.known", teams=named(context, list(known), 12))
    return context.not_found(f"{words}；{blocks}" if context.query.lang == "zh" else f"{words}. {blocks}",
                             data={"count": 0, "teams": []})  # fmt: skip


def _covered(context: Context, team: str, reports: Sequence[ReportRef], asked: Period) -> Entry:
    say, newest, oldest = context.say, reports[0], reports[-1]
    last = due_week(context.as_of).sunday
    weeks = weeks_between(oldest.report_date, min(last, asked.end))
    lacks = missing_weeks(reports, weeks)
    gaps = say("coverage.lacks", count=len(lacks), weeks=week_names(context, lacks, reports)) if lacks else say(
        "coverage.no_gap")  # fmt: skip
    text = say("coverage.team", team=team, count=len(reports), start=oldest.report_date, end=newest.report_date)
    return Entry(
        text=join([plain(text), plain(gaps, Style.WARN if lacks else Style.PLAIN), *_age(context, newest)], " · "),
        citations=(cite_head(context, newest), cite_head(context, oldest)),
        data={"team": team, "reports": len(reports), "start": oldest.report_date.isoformat(),
              "end": newest.report_date.isoformat(), "missing_weeks": [w.monday.isoformat() for w in lacks],
              "newest": consulted_data([newest])[0]},
        asks=say("missing.ask_report", team=team), about=(team,),
    )  # fmt: skip


def _team(context: Context, team: str, reports: Sequence[ReportRef]) -> Entry:
    newest = reports[0]
    text = (*plain(team, Style.STRONG), Span(f"  {context.report(newest)}"))
    return Entry(
        text=join([text, *_age(context, newest)], " · "), citations=(cite_head(context, newest),),
        data={"team": team, "reports": len(reports), "newest": consulted_data([newest])[0]},
        asks=context.say("team.ask", team=team), about=(team,),
    )  # fmt: skip


def _age(context: Context, newest: ReportRef) -> list[tuple[Span, ...]]:
    days = _days_old(context.as_of, newest)
    label = newest.label or str(newest.report_date)
    text = context.say("coverage.newest", label=label, days=days)
    return [(Span(text, Style.WARN if days > OLD_AFTER_DAYS else Style.DIM),)]


def _days_old(as_of: date, newest: ReportRef) -> int:
    return (as_of - newest.report_date).days
