"""`zhouzhi team`: who leads which team. What is changed here lies in the database; teams.toml stays as it is."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from bot.catalogue import sayer
from bot.clock import now
from bot.options import Failure, Group, database_option, echo, json_option, open_library, terminal_language
from bot.roster_loading import RosterSource, roster_source
from bot.settings import read_settings
from bot.team_values import VALUES
from bot.teams import Problem, Team
from bot.teams_file import as_written, parse, render_teams, told, unmatched
from store.library import Library
from store.roster import CHANGED, REMOVED, WHOLE, RosterBook, TeamOverride
from store.viewer import EVERYONE
from store.words.names import key as folded

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


@team.command("set")
@click.argument("name")
@click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE...")
@database_option
def set_(name: str, values: tuple[str, ...], database: str | None) -> None:
    """Add a team, or change some of its settings: zhouzhi team set 支付中心 leads=U1,U2 due="Thu 18:00".

    KEY is one of teams.toml's; lists are separated by commas.
    """
    settings = read_settings()
    with open_library(database, settings, create=True) as library:
        source, keys = roster_source(settings, library), dict(_pair(each) for each in values)
        known = source().named(name) is not None
        _change(source, library, name, CHANGED if known else WHOLE, keys)
    click.echo(f"{name}: {', '.join(keys)}")


@team.command()
@click.argument("name")
@database_option
def remove(name: str, database: str | None) -> None:
    """Expect no reports of a team any more; teams.toml may go on naming it."""
    settings = read_settings()
    with open_library(database, settings) as library:
        source = roster_source(settings, library)
        if source().named(name) is None:
            raise Failure(f"there is no team {name}; zhouzhi team list shows them")
        _change(source, library, name, REMOVED, {})
    click.echo(name)


@team.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@database_option
def import_(file: str, database: str | None) -> None:
    """Take the teams of a teams.toml into the database; all of them or, where one is wrong, none."""
    settings = read_settings()
    raws, problems = parse(Path(file).read_text(encoding="utf-8-sig"), file)
    with open_library(database, settings, create=True) as library:
        alone = RosterSource("", settings.admins, None).with_changes(
            [TeamOverride(raw.name, WHOLE, dict(raw.keys), "", now()) for raw in raws])  # fmt: skip
        if problems or alone.problems or not all(raw.name for raw in raws):
            _complain((*problems, *alone.problems))
            raise Failure(f"{file}: nothing was taken")
        source = roster_source(settings, library)
        for one in alone.teams:
            _change(source, library, one.name, WHOLE, as_written(one))
    click.echo(f"{len(alone.teams)} teams")


@team.command()
@database_option
def export(database: str | None) -> None:
    """Print the teams as they are now, as a teams.toml."""
    settings = read_settings()
    with open_library(database, settings, create=True) as library:
        click.echo(render_teams(roster_source(settings, library)()), nl=False)


def _pair(each: str) -> tuple[str, object]:
    key, equals, text = each.partition("=")
    if not equals or key not in VALUES or key == "name":
        keys = ", ".join(key for key in VALUES if key != "name")
        raise click.BadParameter(f"{each} is no KEY=VALUE; the keys are {keys}", param_hint="KEY=VALUE")
    many = isinstance(getattr(Team("any"), key), tuple)
    return key, [part.strip() for part in text.split(",") if part.strip()] if many else text


def _change(source: RosterSource, library: Library, name: str, kind: str, keys: dict[str, object]) -> None:
    """Make the change, unless it would leave the team with something wrong."""
    values = {"name": name, **keys} if kind == WHOLE else keys
    RosterBook(library).change(name, kind, values, getpass.getuser(), now(), _allowed(source, name))


def _allowed(source: RosterSource, name: str) -> Callable[[Sequence[TeamOverride]], None]:
    def ask(changes: Sequence[TeamOverride]) -> None:
        wrong = [p for p in source.with_changes(changes).problems if folded(p.team) == folded(name)]
        if wrong:
            raise Failure(told(wrong[0], sayer(terminal_language())))

    return ask


def _complain(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(told(problem, sayer(terminal_language())), err=True)
