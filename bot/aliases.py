"""`zhouzhi alias` and `zhouzhi explain`: what people decide about names, and why names are linked as they are."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.clock import now
from bot.options import Failure, by_option, database_option, echo, json_option, open_library, who
from bot.settings import read_settings
from store.errors import NamesOfTeams, UnknownName
from store.linking.decisions import Decision, Kind, Verdict
from store.viewer import EVERYONE
from store.words.names import key

if TYPE_CHECKING:
    from store.explaining import Explained
    from store.library import Library
    from store.upkeep import Upkeep

DONE = {
    Verdict.SAME: "{one} and {other} are one {kind} now",
    Verdict.APART: "{one} and {other} are two {kind}s now",
    Verdict.RENAMED: "{one} is called {other} now; its history is kept under both names",
}

SIGNS = {Verdict.SAME: "=", Verdict.APART: "≠", Verdict.RENAMED: "→"}


def team_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--team`, where several teams know a name."""
    return click.option("--team", metavar="NAME", help="Whose names, where several teams know them.")(command)


def metric_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--metric`, for names of metrics."""
    text = "The names are metrics', not projects'."
    return click.option("--metric", "kind", flag_value=Kind.METRIC, default=Kind.PROJECT, type=Kind, help=text)(command)


@contextmanager
def open_upkeep(database: str | None) -> Iterator[Upkeep]:
    """The upkeep of the library that `--db` or the settings name; unknown names become one line with the mend."""
    from store.upkeep import Upkeep

    with open_library(database, read_settings()) as library:
        try:
            yield Upkeep(library)
        except UnknownName as error:
            raise Failure(_unknown(error.name, error.near)) from error
        except NamesOfTeams as error:
            raise Failure(_teams(error)) from error


def _unknown(name: str, near: Sequence[str]) -> str:
    return f"{name}: no report has this name" + (f"; near: {'、'.join(near)}" if near else "")


def _teams(error: NamesOfTeams) -> str:
    names, teams = " and ".join(error.names), "、".join(team or "(no team)" for team in error.teams)
    if error.common:
        return f"{names}: known to several teams ({teams}); say which with --team"
    return f"{names}: names of different teams ({teams}); identity is per team, so these are never one"


alias = click.Group(
    "alias", help="Decide which names are one project (or metric) and which are two; outlives every rebuild."
)


@alias.command()
@click.argument("name")
@click.argument("other")
@click.option("--new", is_flag=True, help="OTHER is a name that no report uses yet, such as a nickname.")
@team_option
@metric_option
@by_option
@database_option
def add(name: str, other: str, new: bool, team: str | None, kind: Kind, by: str | None, database: str | None) -> None:
    """NAME and OTHER are the same project."""
    with open_upkeep(database) as upkeep:
        name, other = (upkeep.name_of(EVERYONE, kind, given, team) for given in (name, other))
        owner = upkeep.team_of(EVERYONE, kind, (name,) if new else (name, other), team)
        _decide(upkeep, Decision(owner, kind, Verdict.SAME, name, other, who(by), now()))


@alias.command()
@click.argument("name")
@click.argument("other")
@team_option
@metric_option
@by_option
@database_option
def apart(name: str, other: str, team: str | None, kind: Kind, by: str | None, database: str | None) -> None:
    """NAME and OTHER are two projects, however alike."""
    with open_upkeep(database) as upkeep:
        name, other = (upkeep.name_of(EVERYONE, kind, given, team) for given in (name, other))
        owner = upkeep.team_of(EVERYONE, kind, (name, other), team)
        _decide(upkeep, Decision(owner, kind, Verdict.APART, name, other, who(by), now()))


@alias.command()
@click.argument("old")
@click.argument("new")
@team_option
@metric_option
@by_option
@database_option
def rename(old: str, new: str, team: str | None, kind: Kind, by: str | None, database: str | None) -> None:
    """OLD is called NEW from now on: one project, shown as NEW, asked for by both."""
    with open_upkeep(database) as upkeep:
        old = upkeep.name_of(EVERYONE, kind, old, team)
        owner = upkeep.team_of(EVERYONE, kind, (old,), team)
        _decide(upkeep, Decision(owner, kind, Verdict.RENAMED, old, new, who(by), now()))


def _decide(upkeep: Upkeep, decision: Decision) -> None:
    _check(decision)
    one, other, kind = decision.one, decision.other, decision.kind
    changed = upkeep.decide(decision)
    echo(DONE[decision.verdict].format(one=one, other=other, kind=kind) + ("" if changed else " (as decided)"))
    for d in upkeep.broken(EVERYONE, decision.team, kind):
        why = "parts of two projects, or another decision stands against it"
        echo(f"not in force: {d.one} {SIGNS[d.verdict]} {d.other} ({why}); see: zhouzhi explain {shlex.quote(d.one)}")


def _check(decision: Decision) -> None:
    one, other = decision.one, decision.other
    if not (key(one) and key(other)):
        raise Failure(f"{one or other}: a name needs a letter or a digit")
    if decision.pair[0] == decision.pair[1] and decision.verdict is not Verdict.RENAMED:
        raise Failure(f"{one} and {other} are one name: blanks, punctuation and width make no second one")


@alias.command()
@click.argument("name")
@click.argument("other")
@team_option
@metric_option
@database_option
def remove(name: str, other: str, team: str | None, kind: Kind, database: str | None) -> None:
    """Take back what was decided about NAME and OTHER; the automatic rules hold again."""
    with open_upkeep(database) as upkeep:
        name, other = (upkeep.name_of(EVERYONE, kind, given, team) for given in (name, other))
        owner = upkeep.team_of(EVERYONE, kind, (name, other), team)
        removed = upkeep.take_back(owner, kind, name, other)
    echo(f"{name}, {other}: " + ("taken back" if removed else "nothing was decided about these two"))


@alias.command("list")
@database_option
@json_option
def list_decisions(database: str | None, as_json: bool) -> None:
    """Every decision: whose names, what, who said so, when."""
    with open_upkeep(database) as upkeep:
        decided = upkeep.decided(EVERYONE)
    if as_json:
        click.echo(json.dumps({"decisions": [_entry(d) for d in decided]}, ensure_ascii=False, indent=1))
        return
    for d in decided:
        kind = "" if d.kind is Kind.PROJECT else f"  ({d.kind})"
        who = f"{d.decided_by} {d.decided_at:%Y-%m-%d}"
        echo(f"{d.team or '-'}  {d.one} {SIGNS[d.verdict]} {d.other}{kind}  {who}")
    if not decided:
        click.echo("nothing decided yet")


@alias.command("export")
@database_option
def export_decisions(database: str | None) -> None:
    """Print every decision as TOML, for a file that a team keeps and edits."""
    with open_upkeep(database) as upkeep:
        decided = upkeep.decided(EVERYONE)
    for d in decided:
        # A JSON string is a TOML string, and all values are strings.
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in _entry(d).items()]
        click.echo("\n".join(["[[alias]]", *lines, ""]))


def _entry(d: Decision) -> dict[str, str]:
    return {
        "team": d.team, "kind": d.kind.value, "verdict": d.verdict.value, "one": d.one, "other": d.other,
        "decided_by": d.decided_by, "decided_at": d.decided_at.isoformat(),
    }  # fmt: skip


@alias.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@by_option
@database_option
def import_decisions(file: Path, by: str | None, database: str | None) -> None:
    """Take in decisions from a TOML file as `export` prints it; names that no report uses yet are welcome."""
    decided = _from_toml(file, who(by))
    with open_upkeep(database) as upkeep:
        changed = upkeep.decide(*decided)
    click.echo(f"{changed} changed, {len(decided) - changed} as decided")


def _from_toml(file: Path, by: str) -> list[Decision]:
    import tomli

    try:
        entries = tomli.loads(file.read_text(encoding="utf-8"))["alias"]
        decided = [_from_entry(entry, by) for entry in entries]
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Failure(f"{file}: no list of decisions ({error}); see what `zhouzhi alias export` prints") from error
    for decision in decided:
        _check(decision)
    return decided


def _from_entry(entry: dict[str, Any], by: str) -> Decision:
    """One table of the file; only `verdict`, `one` and `other` must stand in it."""
    at = datetime.fromisoformat(str(entry["decided_at"])) if "decided_at" in entry else now()
    return Decision(
        str(entry.get("team", "")),
        Kind(entry.get("kind", "project")),
        Verdict(entry["verdict"]),
        str(entry["one"]),
        str(entry["other"]),
        str(entry.get("decided_by", by)),
        at if at.tzinfo else at.replace(tzinfo=UTC),
    )


def _nearest(library: Library, name: str, team: str | None) -> tuple[Explained, ...]:
    """What a question would take the name for; a Failure with the near names where it would ask back."""
    from bot.question.linking import link
    from store.explaining import near_names

    known = (*library.projects(EVERYONE, date.max), *library.metric_names(EVERYONE, date.max))
    of_team = [one for one in known if team is None or (one.team or "") == team]
    meant = link(name, of_team).project
    if meant is None:
        raise Failure(_unknown(name, near_names(name, of_team)))
    return library.explain(EVERYONE, date.max, meant.name, meant.team or "")


@click.command()
@click.argument("name")
@team_option
@database_option
@json_option
def explain(name: str, team: str | None, database: str | None, as_json: bool) -> None:
    """Why the project or metric NAME is what it is: its names, every mention with its reason, and how to overrule.

    A part can be told from others of its name by its project: "POS / 对账".
    """
    from bot.render.explained import explained_json, explained_lines

    settings = read_settings()
    with open_library(database, settings) as library:
        found = library.explain(EVERYONE, date.max, name, team) or _nearest(library, name, team)
        corrected = library.corrections(EVERYONE, [m.report for one in found for m in one.mentions])
    if as_json:
        entries = [explained_json(one, corrected) for one in found]
        click.echo(json.dumps({"name": name, "found": entries}, ensure_ascii=False))
    else:
        for line in [line for one in found for line in [*explained_lines(one, settings.language, corrected), ""]][:-1]:
            echo(line)
