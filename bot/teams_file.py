"""teams.toml: text → the teams, and what is wrong with it by line and key. Pure; files are read elsewhere.

A team with a mistake is left out and named, and never takes the others with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

import tomli

from bot.catalogue import Say
from bot.team_values import VALUES, BadValue, near
from bot.teams import Moment, Problem, Roster, Team
from store.words.names import key as folded
from store.words.names import score
from store.words.regex import regex

_TABLE = regex(r"\s*\[\[\s*team\s*\]\]")
_OTHER_TABLE = regex(r"\s*\[")
_KEY = regex(r"\s*[\"']?([\w-]+)[\"']?\s*=")
_LINE = regex(r"at line (\d+)")
_MEANT = 0.4  # of 1: the same by which `explain` offers names that are near
_IN_THE_WEEK = ("remind", "again", "due")


@dataclass(frozen=True)
class Raw:
    """One team as it is written: its keys, the line of each ("" is that of the table), and the file, "" where it
    stands in the database."""

    keys: Mapping[str, object]
    lines: Mapping[str, int] = field(default_factory=dict)
    file: str = ""

    @property
    def name(self) -> str:
        """The name as given, "" where there is none."""
        return str(self.keys.get("name") or "").strip()

    def problem(self, code: str, key: str, **values: str) -> Problem:
        """This problem at that key."""
        line = self.lines.get(key, self.lines.get("", 0))
        return Problem(code, self.name, self.file if line else "", line, key, values)


def read_roster(text: str, file_name: str, admins: Sequence[str] = ()) -> Roster:
    """The teams of a teams.toml with all that is wrong in it; never raises for what the text says."""
    raws, problems = parse(text, file_name)
    return roster_of(raws, admins, problems)


def parse(text: str, file_name: str) -> tuple[tuple[Raw, ...], tuple[Problem, ...]]:
    """The teams as they are written, unchecked, and what keeps the file from being read as teams at all."""
    try:
        tables = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        at = _LINE.search(str(error))
        line = int(at[1]) if at else len(text.rstrip("\n").split("\n"))  # "at end of document"
        return (), (Problem("syntax", file=file_name, line=line, values={"detail": str(error)}),)
    others = [Problem("other_table", "", file_name, _line_of(text, key), key) for key in tables if key != "team"]
    teams = tables.get("team", [])
    if not isinstance(teams, list) or not all(isinstance(team, dict) for team in teams):
        return (), (*others, Problem("not_a_list", "", file_name, _line_of(text, "team"), "team"))
    lines = _lines(text)
    first = _line_of(text, "team")
    return tuple(
        Raw(team, lines[n] if n < len(lines) else {"": first}, file_name) for n, team in enumerate(teams)
    ), tuple(others)


def _lines(text: str) -> list[dict[str, int]]:
    """For each [[team]] the line of each of its keys: the parser knows no lines. 1-based."""
    found: list[dict[str, int]] = []
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if _TABLE.match(line):
            found.append({"": number})
            inside = True
        elif _OTHER_TABLE.match(line) and "=" not in line and not line.lstrip().startswith('["'):
            inside = inside and line.rstrip().endswith(",")
        elif inside and (key := _KEY.match(line)):
            found[-1].setdefault(key[1], number)
    return found


def _line_of(text: str, key: str) -> int:
    wanted = regex(rf"\s*(?:\[+\s*)?[\"']?{key}\b")
    return next((number for number, line in enumerate(text.split("\n"), 1) if wanted.match(line)), 1)


def roster_of(raws: Iterable[Raw], admins: Sequence[str], problems: Sequence[Problem] = ()) -> Roster:
    """The roster of these teams: each checked, those with mistakes left out, all mistakes in the order of the teams."""
    teams: dict[str, tuple[Team, Raw]] = {}
    found = list(problems)
    for raw in raws:
        team, wrong = check(raw)
        if raw.name and (earlier := teams.get(folded(raw.name))):
            wrong = (*wrong, raw.problem("duplicate", "name", value=raw.name, first=str(_name_line(earlier[1]))))
        found += wrong
        if team and not wrong:
            teams[folded(team.name)] = team, raw
    return Roster(tuple(team for team, _ in teams.values()), tuple(admins), tuple(found))


def _name_line(raw: Raw) -> int:
    return raw.lines.get("name", raw.lines.get("", 0))


def check(raw: Raw) -> tuple[Team | None, tuple[Problem, ...]]:
    """The team that is written there, None where something is wrong with it, and all that is."""
    values: dict[str, Any] = {}
    wrong: list[Problem] = []
    for key, value in raw.keys.items():
        if key not in VALUES:
            wrong.append(raw.problem("unknown_key", key, name=near(key, VALUES) or ", ".join(VALUES)))
            continue
        try:
            values[key] = VALUES[key](value)
        except BadValue as error:
            wrong.append(raw.problem(error.code, key, **error.values))
    if "name" not in raw.keys:
        wrong.append(raw.problem("no_name", "name"))
    if wrong:
        return None, tuple(wrong)
    team = Team(**values)
    wrong += _out_of_order(team, raw)
    return (None if wrong else team), tuple(wrong)


def _out_of_order(team: Team, raw: Raw) -> list[Problem]:
    return [
        raw.problem("out_of_order", later, earlier=earlier, at=str(getattr(team, earlier)))
        for earlier, later in pairwise(_IN_THE_WEEK)
        if getattr(team, earlier) >= getattr(team, later)
    ]


def unmatched(roster: Roster, reporting: Sequence[str]) -> tuple[Problem, ...]:
    """The teams of which no report was ever read, each with the reporting team that may be meant.

    Where nothing was read yet, that says nothing about any team.
    """
    known = {folded(name) for name in reporting if name}
    return tuple(
        Problem("unmatched", team.name, key="name", values={"value": team.name, "near": _meant(team.name, reporting)})
        for team in roster.teams
        if known and folded(team.name) not in known
    )


def _meant(name: str, reporting: Sequence[str]) -> str:
    fit, best = max((score(name, other), other) for other in reporting if other)
    return best if fit >= _MEANT else ""


def told(problem: Problem, say: Say) -> str:
    """The problem as one line: where it is, what it is, and how to mend it."""
    at = f"{problem.file}:{problem.line}" if problem.line else problem.file
    where = " · ".join(part for part in (at, problem.team, problem.key) if part)
    values = dict(problem.values)
    if "near" in values:
        values["near"] = say("roster.near", name=values["near"]) if values["near"] else ""
    return f"{where}: {say(f'roster.{problem.code}', **values)}"


def as_written(team: Team) -> dict[str, Any]:
    """The team by the keys of teams.toml, with values as JSON has them; without a pause that there isn't."""
    written: dict[str, Any] = {}
    for key in VALUES:
        value = getattr(team, key)
        if isinstance(value, tuple):
            written[key] = list(value)
        elif value is not None:
            written[key] = value.isoformat() if isinstance(value, date) else str(value)
    return written


def render_teams(roster: Roster) -> str:
    """The teams as teams.toml, every key written out."""
    return "\n".join(_render_team(team) for team in roster.teams)


def _render_team(team: Team) -> str:
    lines = [f"{key} = {_toml(getattr(team, key))}" for key in as_written(team)]
    return "\n".join(["[[team]]", *lines, ""])


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, Moment):
        return f'"{value}"'
    # JSON's strings are TOML's but for DEL, which TOML wants escaped.
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
