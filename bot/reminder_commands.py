"""`zhouzhi reminders`: which are due or coming, to whom and why, and what became of those that were sent."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.catalogue import sayer
from bot.clock import now as clock
from bot.options import Failure, Group, database_option, echo, json_option, open_library, terminal_language
from bot.reminders.due import Stage, State
from bot.reminders.log import Entry, entries, line
from bot.reminders.notice import notice_of
from bot.reminders.standing import as_sent, gather, team_weeks
from bot.roster_loading import roster_source, with_ids
from bot.settings import Settings, read_settings
from bot.teams_file import told
from store.library import Library
from store.outbox import Outbox

_OPEN = (State.DUE, State.COMING)

reminders = Group("reminders", help="The reminders of missing reports: which are due, to whom, and what was sent.")


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


@reminders.command()
@click.option("--days", default=14, show_default=True, help="How far to look back.")
@database_option
@json_option
def log(days: int, database: str | None, as_json: bool) -> None:
    """Show what was sent, when and to whom, oldest first; exits with 1 where something needs somebody.

    failed: Slack said why, and no second try mends it. uncertain: Slack's answer was lost; it is looked for and tried
    again as long as its time lasts.
    """
    settings = read_settings()
    with open_library(database, settings) as library:
        found = list(entries(Outbox(library).since(clock() - timedelta(days=days))))
    if as_json:
        click.echo(json.dumps([_entry(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            echo(line(one, settings.timezone))
        if not found:
            click.echo(f"nothing was sent in the last {days} days", err=True)
    if any(one.needs_somebody for one in found):
        sys.exit(1)


@reminders.command()
@click.option("--days", default=14, show_default=True, help="How far to look back.")
@database_option
def retry(days: int, database: str | None) -> None:
    """Let everything be tried again that failed or isn't certain, once its cause is mended; serve sends it.

    What stands in Slack already is found there and not sent twice; what is past its time stays unsent.
    """
    with open_library(database, read_settings()) as library:
        outbox = Outbox(library)
        letters = [one for one in outbox.since(clock() - timedelta(days=days)) if notice_of(one.key)]
        count = sum(outbox.retry(one, clock()) for one in letters)
    click.echo(f"{count} to be tried again")


def _entry(one: Entry) -> dict[str, object]:
    return {
        "stage": one.stage, "team": one.team, "week": one.week.isoformat(), "recipient": one.recipient,
        "state": one.state.value, "at": one.at.isoformat(), "reason": one.reason, "tries": one.tries,
    }  # fmt: skip


def _moment(text: str | None, settings: Settings) -> datetime:
    try:
        at = datetime.fromisoformat(text) if text else clock()
    except ValueError as error:
        raise click.BadParameter(f"{text} is no moment; write it as 2023-09-29T15:00", param_hint="--now") from error
    return at if at.tzinfo else at.replace(tzinfo=settings.timezone)


def _every(settings: Settings, library: Library | None, at: datetime) -> Iterator[Stage]:
    """This week's stages of each team, after those of the last week that are unanswered still."""
    source = roster_source(settings, library)
    roster = with_ids(source, library)() if library else source()
    for problem in roster.problems:
        click.echo(told(problem, sayer(terminal_language())), err=True)
    if settings.teams_file and not roster.teams and roster.problems:
        raise Failure(f"{settings.teams_file}: no team can be used")
    known = gather(library, at)
    for one in team_weeks(roster, known, at):
        ended = at.astimezone(ZoneInfo(one.team.timezone)).date() > one.week.sunday
        yield from (as_sent(stage, known.letters) for stage in one.stages if not ended or stage.state in _OPEN)


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
