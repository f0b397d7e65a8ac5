"""`zhouzhi reminders`: which are due or coming, to whom, and why. Nothing is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.answers.weeks import week_around
from bot.catalogue import sayer
from bot.clock import now as clock
from bot.options import Failure, Group, database_option, echo, json_option, open_library, terminal_language
from bot.reminders.calendar import working_days
from bot.reminders.due import Stage, State, stages
from bot.roster_loading import roster_source
from bot.settings import Settings, read_settings
from bot.teams import Team
from bot.teams_file import told
from store.library import Library
from store.people import PeopleBook
from store.viewer import EVERYONE
from store.words.names import key as folded

reminders = Group("reminders", help="The reminders of missing reports: which are due, and to whom.")


@reminders.command()
@click.option("--now", "moment", metavar="ISO", help="The moment to look at, as 2023-09-29T15:00. Default: now.")
@click.option("--teams", metavar="FILE", help="The teams. Default: ZHOUZHI_TEAMS, and what was changed over it.")
@database_option
@json_option
def due(moment: str | None, teams: str | None, database: str | None, as_json: bool) -> None:
    """Show which reminders are due or coming, to whom, and why; nothing is sent.

    Of this week every stage is shown, of the last week what is still unanswered. A database that isn't there is empty.
    """
    settings = read_settings()
    settings = replace(settings, teams_file=teams or settings.teams_file)
    at, path = _moment(moment, settings), database or settings.database
    if Path(path).exists():
        with open_library(path, settings) as library:
            found = list(_every(settings, library, at))
    else:
        found = list(_every(settings, None, at))
    if as_json:
        click.echo(json.dumps([_json(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            echo(_line(one))


def _moment(text: str | None, settings: Settings) -> datetime:
    try:
        at = datetime.fromisoformat(text) if text else clock()
    except ValueError as error:
        raise click.BadParameter(f"{text} is no moment; write it as 2023-09-29T15:00", param_hint="--now") from error
    return at if at.tzinfo else at.replace(tzinfo=settings.timezone)


def _every(settings: Settings, library: Library | None, at: datetime) -> Iterator[Stage]:
    roster = roster_source(settings, library)()
    for problem in roster.problems:
        click.echo(told(problem, sayer(terminal_language())), err=True)
    if settings.teams_file and not roster.teams and roster.problems:
        raise Failure(f"{settings.teams_file}: no team can be used")
    for team in roster.teams:
        yield from _of(team, library, at)


def _of(team: Team, library: Library | None, at: datetime) -> Iterator[Stage]:
    """This week's stages, after those of the last week that are unanswered still."""
    today = at.astimezone(ZoneInfo(team.timezone)).date()
    away = PeopleBook(library).away(today) if library else {}
    this = week_around(today)
    for week in (this.monday - timedelta(days=7), this.monday):
        found = week_around(week)
        reports = library.reports_between(EVERYONE, today, week, found.sunday) if library else ()
        reported = any(found.covered_by(one) and folded(one.team or "") == folded(team.name) for one in reports)
        made = stages(team, week, working_days(team.calendar), at, reported=reported, away=away)
        yield from (one for one in made if week == this.monday or one.state in (State.DUE, State.COMING))


def _json(one: Stage) -> dict[str, object]:
    return {
        "team": one.team, "week": one.week.isoformat(), "stage": one.stage, "due_at": one.due_at.isoformat(),
        "state": one.state.value, "recipients": list(one.recipients), "reason": _reason(one),
    }  # fmt: skip


def _reason(one: Stage) -> str:
    return sayer(terminal_language())(f"reminders.{one.reason}", day=one.value)


def _line(one: Stage) -> str:
    to = ", ".join(one.recipients) or "–"
    return f"{one.due_at:%a %m-%d %H:%M}  {one.stage:<8}  {one.state.value:<9}  {one.team}  {to}  {_reason(one)}"
