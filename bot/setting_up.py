"""`zhouzhi manifest` and `zhouzhi doctor`: setting the bot up, and finding out why it doesn't work."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from bot.clock import today
from bot.errors import BadSetting
from bot.options import database_option, json_option, terminal
from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.doctor import Finding

STYLES = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "fault": ("✗", "red")}


@click.command()
@click.option("--url", metavar="URL", help="The bot's public address, https://…, for HTTP. Default: Socket Mode.")
def manifest(url: str | None) -> None:
    """Print the manifest of the Slack app, with the configured command names (ZHOUZHI_COMMANDS).

    Paste it at https://api.slack.com/apps, "Create New App", "From a manifest". Without --url it is for Socket Mode,
    where Slack needs no way to the bot.
    """
    from bot.slack.manifest import build_manifest

    if url is not None and (urlsplit(url).scheme != "https" or not urlsplit(url).hostname):
        raise click.BadParameter("Slack calls https addresses alone: https://bot.example.com", param_hint="--url")
    click.echo(json.dumps(build_manifest(read_settings().commands, url), ensure_ascii=False, indent=2))


@click.command()
@database_option
@json_option
def doctor(database: str | None, as_json: bool) -> None:
    """Check settings, database, fonts and Slack tokens, and say how to mend each fault.

    Exits with 1 when something doesn't work; warnings alone are 0. Nothing is changed, and no token is shown.
    """
    found = list(_findings(database))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            _show(one)
    if any(one.level == "fault" for one in found):
        sys.exit(1)


def _findings(database: str | None) -> Iterator[Finding]:
    from bot.doctor import Finding, Level, check_database, check_fonts, check_holidays, check_settings, check_teams
    from bot.slack.checkup import check_slack

    try:
        settings = read_settings()
    except BadSetting as error:
        yield Finding("settings", Level.FAULT, str(error), f"set {error.name} in .env or the environment")
        return
    day = today(settings.timezone)
    yield check_settings(settings, Path.cwd())
    yield from check_database(database or settings.database, day)
    yield from check_teams(settings)
    yield check_fonts()
    yield check_holidays(day)
    yield from check_slack(settings)


def _show(one: Finding) -> None:
    mark, colour = STYLES[one.level]
    mend = f"  → {one.mend}" if one.mend else ""
    terminal().print(f"[{colour}]{mark}[/] {one.area}: ", end="")
    click.echo(f"{one.text}{mend}")
