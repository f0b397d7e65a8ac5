"""What `zhouzhi doctor` looks at on this machine; each finding says how to mend what is wrong."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from bot.catalogue import sayer
from bot.roster_loading import load_roster
from bot.settings import Settings
from bot.teams_file import told
from store.errors import DatabaseUnusable
from store.library import Library
from store.upkeep import Upkeep
from store.viewer import EVERYONE
from store.words.holidays import is_published

OLD_AFTER_DAYS = 10  # days; a newest report that is older has missed a Friday
DECEMBER = 12  # next year's holidays are published in November


class Level(StrEnum):
    """How bad a finding is: a fault is what keeps something from working."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the checkup: what was looked at, what was found, and how to mend it ("" where nothing is to mend)."""

    area: str
    level: Level
    text: str
    mend: str = ""


def check_database(path: str, today: date) -> Iterator[Finding]:
    """Whether the database is there, whole, and up to date."""
    try:
        library = Library.open(path)
    except DatabaseUnusable as error:
        if error.reason == "missing":
            yield Finding("database", Level.WARNING, f"{path}: not there yet", "zhouzhi ingest PATH makes it")
        else:
            yield Finding("database", Level.FAULT, f"{path}: {error.reason}", "zhouzhi ask says what to do about it")
        return
    try:
        yield from _of_library(library, path, today)
    finally:
        library.close()


def _of_library(library: Library, path: str, today: date) -> Iterator[Finding]:
    upkeep = Upkeep(library)
    if damage := upkeep.damage():
        yield Finding("database", Level.FAULT, f"{path}: damaged ({damage})", "restore a copy, or ingest anew")
        return
    span = library.span(EVERYONE, today)
    if span is None:
        yield Finding("database", Level.WARNING, f"{path}: no report up to {today}", "zhouzhi ingest PATH")
        return
    count, _, newest = span
    days = (today - newest).days
    text = f"{path}: {count} reports, the newest of {newest}"
    if days > OLD_AFTER_DAYS:
        yield Finding("database", Level.WARNING, f"{text}, {days} days ago", "zhouzhi ingest the newer ones")
    else:
        yield Finding("database", Level.OK, text)
    if old := upkeep.read_by_older():
        text = f"{old} reports were read by an older version"
        yield Finding("database", Level.WARNING, text, "zhouzhi reindex")


def check_fonts() -> Finding:
    """Whether charts can be drawn in Chinese."""
    from bot.render.chart import drawable

    if drawable("支付成功率") == "支付成功率":
        return Finding("fonts", Level.OK, "charts are drawn in Chinese")
    return Finding("fonts", Level.FAULT, "no Chinese font for charts", "make install")


def check_holidays(today: date) -> Finding:
    """Whether the public holidays of this year, and in December of the next, are known."""
    years = [today.year] + [today.year + 1] * (today.month >= DECEMBER)
    unknown = [str(year) for year in years if not is_published(year)]
    if not unknown:
        return Finding("holidays", Level.OK, f"China's are known up to {years[-1]}")
    text = f"China's of {', '.join(unknown)} aren't known, reminders take plain weekdays"
    return Finding("holidays", Level.WARNING, text, "update the package chinesecalendar once they are published")


def check_settings(settings: Settings, folder: Path) -> Finding:
    """Where the settings come from; what can't be used has been named by then."""
    where = ".env and the environment" if (folder / ".env").is_file() else "the environment; there is no .env here"
    return Finding("settings", Level.OK, f"from {where}; time zone {settings.timezone}, language {settings.language}")


def check_http(settings: Settings) -> Iterator[Finding]:
    """What HTTP mode needs: a secret that looks like one, and a port that is free."""
    if not re.fullmatch("[0-9a-f]{32}", settings.signing_secret):
        text = "SLACK_SIGNING_SECRET doesn't look like one (32 of 0-9 and a-f)"
        yield Finding("HTTP", Level.FAULT, text, "copy it from Basic Information → App Credentials → Signing Secret")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            text = f"{settings.host}:{settings.port} can't be listened on ({error.strerror})"
            yield Finding("HTTP", Level.WARNING, text, "is zhouzhi serving already? else set ZHOUZHI_PORT")
        else:
            yield Finding("HTTP", Level.OK, f"{settings.host}:{settings.port} is free")


def check_teams(settings: Settings) -> Iterator[Finding]:
    """Whether teams.toml can be used, where there is one."""
    if not settings.teams_file:
        return
    roster = load_roster(settings, None)
    for problem in roster.problems:
        yield Finding("teams", Level.FAULT, told(problem, sayer("en")), "mend it there")
    if not roster.problems:
        yield Finding("teams", Level.OK, f"{settings.teams_file}: {len(roster.teams)} teams")
