"""`zhouzhi withdraw`, `history` and `reindex`: what is done to reports that are there."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from bot.aliases import open_upkeep
from bot.broken import warn_of_broken
from bot.clock import now
from bot.options import Failure, database_option, echo, json_option, refusal
from store.viewer import EVERYONE

if TYPE_CHECKING:
    from store.database.history import KeptReport
    from store.upkeep import Reread, Upkeep

MOST_NAMED = 6


def _team_option(command: Any) -> Any:
    return click.option("--team", metavar="NAME", help="Whose report, where several teams have one.")(command)


@click.command()
@click.argument("reports", nargs=-1, metavar="REPORT...")
@click.option("--undo", is_flag=True, help="Bring the report back.")
@click.option("--list", "listing", is_flag=True, help="List what is withdrawn.")
@_team_option
@database_option
@json_option
def withdraw(
    reports: tuple[str, ...], undo: bool, listing: bool, team: str | None, database: str | None, as_json: bool
) -> None:
    """Take reports out of all answers, the search and the names; they are kept in history.

    REPORT is a path as ingested, a week (W38, 第38周), a date (2023-09-15) or an id (id:12). Ingesting the file again
    brings its report back, as --undo does.
    """
    if not reports and not listing:
        raise click.UsageError("name a REPORT, or see what is withdrawn with --list")
    with open_upkeep(database) as upkeep:
        chosen = [one_report(upkeep, words, team, withdrawn=undo) for words in reports]
        done = [_apply(upkeep, kept, undo=undo) for kept in chosen]
        withdrawn = upkeep.withdrawn(EVERYONE) if listing else ()
    if as_json:
        entries = [{**_entry(kept), "status": status} for kept, status in zip(chosen, done, strict=True)]
        shown = {"withdrawn": [_entry(kept) for kept in withdrawn]} if listing else {}
        click.echo(json.dumps({"reports": entries, **shown}, ensure_ascii=False))
        return
    for kept, status in zip(chosen, done, strict=True):
        echo(f"{status}: {named(kept)}")
    for kept in withdrawn:
        echo(f"{named(kept)}  withdrawn {kept.withdrawn_at:%Y-%m-%d}, {kept.revision} revision(s) kept")
    if listing and not withdrawn:
        click.echo("nothing is withdrawn")


def one_report(upkeep: Upkeep, words: str, team: str | None, *, withdrawn: bool) -> KeptReport:
    """The one report that is meant; of several, the one that the command can still do something to."""
    found = upkeep.find(EVERYONE, words, team)
    fitting = [kept for kept in found if (kept.withdrawn_at is not None) == withdrawn] or list(found)
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise Failure(f"{words}: no such report; name a path as ingested, a week (W38), a date or an id (id:12)")
    more = f" and {len(fitting) - MOST_NAMED} more" if len(fitting) > MOST_NAMED else ""
    raise Failure(f"{words}: which of these? {'; '.join(map(named, fitting[:MOST_NAMED]))}{more}")


def _apply(upkeep: Upkeep, kept: KeptReport, *, undo: bool) -> str:
    if undo:
        return "brought back" if upkeep.restore(kept.ref.id) else "not withdrawn"
    return "withdrawn" if upkeep.withdraw(kept.ref.id, now()) else "already withdrawn"


def named(kept: KeptReport) -> str:
    """A report as the commands name it: id, team, label, date and source."""
    ref = kept.ref
    return " ".join(filter(None, [f"id:{ref.id}", ref.team, ref.label, f"({ref.report_date})", ref.source]))


def _entry(kept: KeptReport) -> dict[str, Any]:
    ref = kept.ref
    return {
        "id": ref.id, "team": ref.team, "label": ref.label, "report_date": ref.report_date.isoformat(),
        "source": ref.source, "revision": kept.revision,
        "withdrawn_at": kept.withdrawn_at.isoformat() if kept.withdrawn_at else None,
    }  # fmt: skip


@click.command()
@click.argument("report")
@click.option("--revision", type=int, metavar="N", help="Print the text of this revision.")
@_team_option
@database_option
@json_option
def history(report: str, revision: int | None, team: str | None, database: str | None, as_json: bool) -> None:
    """The revisions of a report, oldest first; answers are made from the newest. REPORT as for `withdraw`."""
    with open_upkeep(database) as upkeep:
        kept = one_report(upkeep, report, team, withdrawn=False)
        known = upkeep.revisions(EVERYONE, kept.ref.id)
        text = None if revision is None else upkeep.text(EVERYONE, kept.ref.id, revision)
    if revision is not None:
        if text is None:
            raise Failure(f"{named(kept)}: has revisions 1 to {kept.revision}")
        for line in text.removesuffix("\n").split("\n"):
            (echo if sys.stdout.isatty() else click.echo)(line)
        return
    if as_json:
        revisions = [{"number": r.number, "sha256": r.sha256, "size": r.size, "reader_version": r.reader_version,
                      "ingested_at": r.ingested_at.isoformat()} for r in known]  # fmt: skip
        click.echo(json.dumps({**_entry(kept), "revisions": revisions}, ensure_ascii=False))
        return
    state = f", withdrawn {kept.withdrawn_at:%Y-%m-%d}" if kept.withdrawn_at else ""
    echo(named(kept) + state)
    for r in known:
        click.echo(f"  {r.number}  {r.ingested_at:%Y-%m-%d %H:%M} UTC  {r.size} bytes  {r.sha256[:12]}")


@click.command()
@database_option
@json_option
def reindex(database: str | None, as_json: bool) -> None:
    """Read all kept texts again with today's reader, and make links and the search index anew.

    Exits with 1 when some text could not be read; its report then stays as it was read before.
    """
    with open_upkeep(database) as upkeep:
        read = _with_progress(upkeep.reindex(), upkeep.count())
        warn_of_broken(upkeep.library)
    failed = [one for one in read if one.reason]
    for one in failed:
        click.echo(f"zhouzhi: {refusal(one.source, one.reason or 'denied')}", err=True)
    _say_counts({"read": len(read) - len(failed), "refused": len(failed)}, as_json)
    sys.exit(bool(failed))


def _with_progress(steps: Iterator[Reread], count: int) -> list[Reread]:
    """What the steps give; with a bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        return list(steps)
    with click.progressbar(steps, length=count, label="reading", file=sys.stderr) as progress:
        return list(progress)


def _say_counts(counts: dict[str, int], as_json: bool) -> None:
    words: Sequence[str] = [f"{count} {name}" for name, count in counts.items() if count]
    click.echo(json.dumps(counts) if as_json else ", ".join(words) or "no reports yet")
