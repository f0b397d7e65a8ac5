"""`zhouzhi correct`: a fact that was misread is put right by hand, for good, with who said so and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from bot.aliases import open_upkeep, team_option
from bot.answers.corrected import correction_data
from bot.clock import now
from bot.options import Failure, by_option, database_option, echo, json_option, open_library, who
from bot.settings import read_settings
from bot.upkeep import one_report
from store.amending import Amended, Field
from store.corrector import Corrector
from store.errors import BadCorrection, NoSuchFact
from store.records import State
from store.viewer import EVERYONE, Viewer

if TYPE_CHECKING:
    from store.corrector import Listed

MOST_NEAR = 8
TAKES = {
    Field.PROGRESS: "0 to 100, or none", Field.STATE: ", ".join(State) + ", or none", Field.OWNER: "a name, or none",
    Field.DATE: "YYYY-MM-DD, or YYYY-MM-DD..YYYY-MM-DD",
    Field.EVENT: "a word such as 上线", Field.REACHED: "yes or no", Field.VALUE: "a number",
    Field.TIME: "YYYY-MM-DD, YYYY-MM-DDTHH:MM, or none", Field.SEVERITY: "a word such as P1, or none",
    Field.CLOSED: "yes, no, or none",
}  # fmt: skip

correct = click.Group(
    "correct", help="Put a misread fact right by hand; outlives rereading, is shown in answers, can be taken back."
)


@contextmanager
def _mended() -> Iterator[None]:
    """What can't be corrected, as one line with the mend."""
    try:
        yield
    except BadCorrection as error:
        takes = TAKES[Field(error.field)]
        raise Failure(f"{error.value}: no {error.field}; it takes {takes}") from error
    except NoSuchFact as error:
        near = "; ".join(error.near[:MOST_NEAR]) or "none in this report"
        raise Failure(f"line {error.line}: which {error.fact}? name its line, and it with --name: {near}") from error


@correct.command()
@click.argument("report")
@click.argument("line", type=click.IntRange(1))
@click.argument("what", metavar="FIELD", type=click.Choice([one.value for one in Field]))
@click.argument("value")
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is shown in answers.")
@click.option("--name", default="", metavar="NAME", help="Of the fact, where the line has several; a part is enough.")
@team_option
@by_option
@database_option
def add(
    report: str, line: int, what: str, value: str, why: str, name: str, team: str | None, by: str | None,
    database: str | None,
) -> None:  # fmt: skip
    """The FIELD of the fact in LINE of REPORT is VALUE.

    FIELD is progress, state, owner (of a project); date, event, reached (of a milestone); value (of a metric); time,
    severity, closed (of an incident). REPORT as for `withdraw`; LINE as answers cite it.
    """
    with open_upkeep(database) as upkeep, _mended():
        ref = one_report(upkeep, report, team, withdrawn=False).ref
        corrector = Corrector(upkeep.library)
        done = corrector.correct(Viewer(who(by)), ref, line, Field(what), value, why, now(), name)
    echo(f"{done.number}: {done.name}: {done.field} is {done.value} now, was read as {done.read}")


@correct.command("list")
@database_option
@json_option
def list_corrections(database: str | None, as_json: bool) -> None:
    """Every correction, newest first, with those that don't apply, since their lines are in the report no more."""
    with open_library(database, read_settings()) as library:
        found = Corrector(library).listed(EVERYONE)
    if as_json:
        click.echo(json.dumps({"corrections": [_entry(one) for one in found]}, ensure_ascii=False, indent=1))
        return
    for one in found:
        echo(_line(one))
    if not found:
        click.echo("nothing is corrected by hand")


def _line(one: Listed) -> str:
    c = one.correction
    where = f"{one.report.source}:{one.holds.line}" if one.holds else f"{one.report.source}"
    broken = "" if one.holds else f"  DOES NOT APPLY: the report has no such line any more: {c.quote.splitlines()[0]}"
    told = f"{c.name}: {c.field} {c.read} → {c.value}"
    return f"{c.number}  {where}  {told}  {c.decided_by} {c.decided_at:%Y-%m-%d}: {c.reason}{broken}"


def _entry(one: Listed) -> dict[str, Any]:
    c = one.correction
    held = one.holds or Amended(c, 0, 0)
    lines = {} if one.holds else {"line_start": None, "line_end": None}
    return {**correction_data(held), **lines, "source": one.report.source, "team": one.report.team,
            "quote": c.quote, "applies": one.holds is not None}  # fmt: skip


@correct.command()
@click.argument("number", type=int)
@database_option
def remove(number: int, database: str | None) -> None:
    """Take back the correction NUMBER; what was read holds again."""
    with open_library(database, read_settings()) as library:
        if not Corrector(library).take_back(number):
            raise Failure(f"{number}: no correction has this number; see: zhouzhi correct list")
    echo(f"{number}: taken back")
