"""The command line in this process: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bot.cli import main


@dataclass(frozen=True)
class Ran:
    """How a command ended. A bug of ours isn't kept: it is raised in the test."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def jsonl(self) -> list[Any]:
        """Standard output as one JSON value a line."""
        return [json.loads(line) for line in self.out.removesuffix("\n").split("\n")] if self.out else []


def run(*args: str | Path, stdin: str | bytes | None = None) -> Ran:
    """Run `zhouzhi` with these arguments."""
    result = CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def complaint(ran: Ran) -> str:
    """The one line on standard error of a command that failed; an AssertionError for anything else."""
    assert ran.code != 0, ran
    assert ran.err.endswith("\n"), ran
    assert ran.err.count("\n") == 1, ran
    assert ran.err.startswith("zhouzhi: "), ran
    assert "Traceback" not in ran.err, ran
    return ran.err


def rows(database: Path) -> dict[str, int]:
    """How many rows each table of a database holds."""
    connection = sqlite3.connect(database)
    try:
        # A virtual table needs functions that only the bot's own connections know.
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        names = [name for (name,) in connection.execute(sql)]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    finally:
        connection.close()
