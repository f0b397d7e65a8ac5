"""What every command is made with: its options, the database it opens, and how its errors end."""

from __future__ import annotations

import getpass
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.catalogue import sayer
from bot.clock import today
from bot.errors import BotError
from bot.settings import Settings, read_settings
from store.errors import DatabaseUnusable, StoreError, UnreadableFile
from store.library import Library

if TYPE_CHECKING:
    from rich.console import Console

DATABASE_MENDS = {
    "missing": "there is no database yet; make one with: zhouzhi ingest PATH --db {path}",
    "not_a_database": "this file is no zhouzhi database; name another with --db",
    "damaged": "the database is damaged; restore a copy or ingest the reports into a new one",
    "full": "the disk is full; make room and try again",
    "locked": "another process is writing; try again in a moment",
    "denied": "the file can't be opened or written; check its folder and permissions",
    "newer": "a newer zhouzhi wrote this database; update this one",
}


class Failure(click.ClickException):
    """Something that the user can mend; its message is one line."""


class Group(click.Group):
    """Commands whose errors are one line on standard error, with the mend; bugs pass through."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and exit with 0, 1 where something could not be done, 2 where the command line is wrong."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        try:
            sys.exit(super().main(args, prog_name, complete_var, False, **extra))
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            sys.exit(2)
        except click.ClickException as error:
            click.echo(f"zhouzhi: {_one_line(error)}", err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit(130)
        except BrokenPipeError:
            # `zhouzhi ask - | head` has enough; what is still buffered must not be complained about at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        except Exception as error:
            if "--debug" in (sys.argv if args is None else args):
                raise
            click.echo(f"zhouzhi: {bug(error)}", err=True)
            sys.exit(70)  # EX_SOFTWARE of sysexits.h

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except DatabaseUnusable as error:
            raise Failure(f"{error.path}: {DATABASE_MENDS[error.reason].format(path=error.path)}") from error
        except UnreadableFile as error:
            raise Failure(refusal(error.source, error.reason)) from error
        except (BotError, StoreError) as error:
            raise Failure(str(error)) from error


def _one_line(error: click.ClickException) -> str:
    message = " ".join(error.format_message().split())
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{message} See: {error.ctx.command_path} --help"
    return message


def refusal(source: str, reason: str) -> str:
    """Why a file wasn't taken, and what to do, on one line."""
    return f"{source}: {sayer(terminal_language())(f'error.{reason}')}"


def terminal_language() -> str:
    """The language of refusals: Chinese where it is set, else English."""
    return "zh" if read_settings().language == "zh" else "en"


def bug(error: Exception) -> str:
    """What is said of an error that is no user's fault, on one line."""
    return f"something broke ({type(error).__name__}: {' '.join(str(error).split())}); see it with: zhouzhi --debug …"


Command = TypeVar("Command", bound=Callable[..., Any])


def database_option(command: Command) -> Command:
    """`--db`, the same for every command that reads the database."""
    text = "The database. Default: $ZHOUZHI_DB, else zhouzhi.db."
    return click.option("--db", "database", metavar="FILE", help=text)(command)


def today_option(command: Command) -> Command:
    """`--today`, so that any moment can be asked from."""
    kind, text = click.DateTime(["%Y-%m-%d"]), "Answer as if it were this day."
    return click.option("--today", type=kind, metavar="YYYY-MM-DD", help=text)(command)


def json_option(command: Command) -> Command:
    """`--json`, for programs."""
    return click.option("--json", "as_json", is_flag=True, help="JSON on standard output, for programs.")(command)


def by_option(command: Command) -> Command:
    """`--by`, who decides."""
    return click.option("--by", metavar="NAME", help="Who decides. Default: the user of this machine.")(command)


def who(by: str | None) -> str:
    """Who `--by` names, else the user of this machine."""
    try:
        return by or getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"  # a container may run under a number that has no name


def day_of(given: datetime | None, settings: Settings) -> date:
    """The day given by `--today`, else today where the bot is."""
    return given.date() if given else today(settings.timezone)


@contextmanager
def open_library(database: str | None, settings: Settings, *, create: bool = False) -> Iterator[Library]:
    """The library that `--db` or the settings name, closed in the end."""
    library = Library.open(database or settings.database, create=create)
    try:
        yield library
    finally:
        library.close()


def terminal() -> Console:
    """Standard output, for what is printed in colour."""
    from rich.console import Console

    return Console(highlight=False)


def echo(text: str) -> None:
    """A line on standard output; control characters of reports, which a terminal would obey, are shown as �."""
    click.echo("".join("�" if unicodedata.category(char)[0] == "C" else char for char in text))
