"""`zhouzhi calendar`: days on which people work, or don't, against what the public calendar says."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import click

from bot.clock import now
from bot.options import Failure, Group, by_option, database_option, echo, json_option, open_library, who
from bot.reminders.calendar import is_estimated, works_on
from bot.roster_loading import roster_source
from bot.settings import read_settings
from bot.teams import Team
from store.reminders import CalendarDay, ReminderBook

MOST_WEEKS = 6
DAY = click.DateTime(["%Y-%m-%d"])
WORKS = {"work": True, "off": False}

calendar = Group("calendar", help="Days off and working days for reminders, over the public calendar.")


@calendar.command("list")
@database_option
@json_option
def listed(database: str | None, as_json: bool) -> None:
    """List the days that are set, and how the next weeks come out for each calendar that a team has."""
    settings = read_settings()
    with open_library(database, settings, create=True) as library:
        days = ReminderBook(library).days()
        teams = roster_source(settings, library)().teams
    if as_json:
        click.echo(json.dumps([_json(one) for one in days], ensure_ascii=False))
        return
    for one in days:
        echo(f"{one.day}  {'work' if one.works else 'off '}  {one.team or 'everybody'}  {one.note}".rstrip())
    today = now().astimezone(settings.timezone).date()
    for team in teams:
        echo(f"{team.name} ({team.calendar}): {_ahead(team, days, today)}")


def _ahead(team: Team, days: tuple[CalendarDay, ...], today: date) -> str:
    """The weekdays off and weekends at work of the next weeks, and from which year on that is a guess."""
    works = works_on(team, days)
    ahead = [today + timedelta(days=n) for n in range(7 * MOST_WEEKS)]
    special = [f"{day} {'work' if works(day) else 'off'}" for day in ahead if works(day) != (day.weekday() < 5)]
    years = [year for year in (today.year, today.year + 1) if is_estimated(team.calendar, year)]
    guess = f"; the holidays of {years[0]} aren't published yet" if years else ""
    return (", ".join(special) or f"nothing special in {MOST_WEEKS} weeks") + guess


@calendar.command("set")
@click.argument("day", type=DAY)
@click.argument("works", type=click.Choice(list(WORKS)))
@click.option("--team", default="", metavar="NAME", help="For one team alone. Default: for all.")
@click.option("--note", default="", help="Why, for whoever wonders.")
@by_option
@database_option
def set_(day: datetime, works: str, team: str, note: str, by: str | None, database: str | None) -> None:
    """Say whether people work on a DAY, whatever the calendar says: zhouzhi calendar set 2024-02-09 off."""
    settings = read_settings()
    with open_library(database, settings, create=True) as library:
        if team and roster_source(settings, library)().named(team) is None:
            raise Failure(f"there is no team {team}; zhouzhi team list shows them")
        ReminderBook(library).set_day(CalendarDay(team, day.date(), WORKS[works], note), who(by), now())
    click.echo(f"{day.date()} {works}")


@calendar.command()
@click.argument("day", type=DAY)
@click.option("--team", default="", metavar="NAME", help="What was set for one team alone.")
@database_option
def unset(day: datetime, team: str, database: str | None) -> None:
    """Let the calendar decide again on a DAY."""
    with open_library(database, read_settings(), create=True) as library:
        if not ReminderBook(library).unset_day(team, day.date()):
            raise Failure(f"nothing is set for {day.date()}; zhouzhi calendar list shows what is")
    click.echo(f"{day.date()}")


def _json(one: CalendarDay) -> dict[str, object]:
    return {"day": one.day.isoformat(), "works": one.works, "team": one.team or None, "note": one.note}
