"""`zhouzhi team`: who leads which team. What is changed here lies in the database; teams.toml stays as it is."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from bot.catalogue import Say, sayer
from bot.clock import now
from bot.options import Failure, Group, database_option, echo, json_option, open_library, terminal_language, who
from bot.roster_loading import roster_source
from bot.settings import read_settings
from bot.team_changes import Changes, pairs, read_teams
from bot.teams import Problem
from bot.teams_file import as_written, render_teams, told, unmatched
from store.roster import RosterBook
from store.viewer import EVERYONE

team = Group("team", help="The teams: who leads them, and when their reports are due (teams.toml, and changes of it).")


@team.command("list")
@database_option
@json_option
def listed(database: str | None, as_json: bool) -> None:
    """List the teams, and what is wrong with their settings; exits with 1 where something is."""
    settings = read_settings()
    with open_library(database, settings, create=True) as library:
        roster = roster_source(settings, library)()
        span = library.span(EVERYONE, now().date())
        reporting = library.teams(EVERYONE, span[2]) if span else ()
    if as_json:
        click.echo(json.dumps([as_written(one) for one in roster.teams], ensure_ascii=False))
    else:
        for one in roster.teams:
            echo(f"{one.name}  {', '.join(one.leads) or '–'}  {one.remind} / {one.again} / {one.due}  {one.timezone}")
    _complain((*roster.problems, *unmatched(roster, reporting)))
    if roster.problems:
        sys.exit(1)


@team.command()
@click.argument("name")
@click.argument("values", nargs=-1, metavar="KEY=VALUE...")
@database_option
def add(name: str, values: tuple[str, ...], database: str | None) -> None:
    """Add a team: zhouzhi team add 支付中心 leads=U1,U2 due="Thu 18:00".

    KEY is one of teams.toml's; lists are separated by commas; what isn't said is as in docs/slack.md.
    """
    with _changing(database) as changes:
        changes.add(name, pairs(values, _say()))
    click.echo(" ".join([name, *values]))


@team.command()
@click.argument("name")
@click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE...")
@database_option
def edit(name: str, values: tuple[str, ...], database: str | None) -> None:
    """Change some of a team's settings; the others stay: zhouzhi team edit 支付中心 paused_until=2024-02-19.

    KEY is one of teams.toml's; lists are separated by commas. KEY= alone takes a value away.
    """
    with _changing(database) as changes:
        changes.edit(name, pairs(values, _say()))
    click.echo(" ".join([name, *values]))


@team.command()
@click.argument("name")
@database_option
def remove(name: str, database: str | None) -> None:
    """Expect no reports of a team any more; teams.toml may go on naming it."""
    with _changing(database) as changes:
        changes.remove(name)
    click.echo(name)


@team.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@database_option
def import_(file: str, database: str | None) -> None:
    """Take the teams of a teams.toml into the database; all of them or, where one is wrong, none."""
    teams, problems = read_teams(Path(file).read_text(encoding="utf-8-sig"), file, now())
    if problems or not teams:
        _complain(problems)
        raise Failure(f"{file}: nothing was taken")
    with _changing(database) as changes:
        for one in teams:
            changes.put(one.name, as_written(one))
    click.echo(f"{len(teams)} teams")


@team.command()
@database_option
def export(database: str | None) -> None:
    """Print the teams as they are now, as a teams.toml."""
    settings = read_settings()
    with open_library(database, settings, create=True) as library:
        click.echo(render_teams(roster_source(settings, library)()), nl=False)


@contextmanager
def _changing(database: str | None) -> Iterator[Changes]:
    """What changes the teams of the database that is named."""
    settings = read_settings()
    with open_library(database, settings, create=True) as library:
        yield Changes(roster_source(settings, library), RosterBook(library), _say(), who(None), now())


def _say() -> Say:
    return sayer(terminal_language())


def _complain(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(told(problem, sayer(terminal_language())), err=True)
