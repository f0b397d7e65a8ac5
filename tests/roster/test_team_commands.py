"""`zhouzhi team`: changes lie over teams.toml, which is never written, and nothing wrong gets in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.roster_loading import RosterSource
from store.library import Library
from store.roster import RosterBook

FILE = '[[team]]\nname = "甲组"\nleads = ["U1"]\n\n[[team]]\nname = "乙组"\n'
Team = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A teams.toml with two teams."""
    path = tmp_path / "teams.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.fixture
def team(tmp_path: Path, file: Path) -> Team:
    """Run `zhouzhi team …` on that file and a database."""

    def run(*args: str) -> Result:
        where = ["--db", str(tmp_path / "a.db")]
        return CliRunner().invoke(main, ["team", *args, *where], env={"ZHOUZHI_TEAMS": str(file)})

    return run


def leads(team: Team) -> dict[str, list[str]]:
    """Each team with its leads, as they are now."""
    return {one["name"]: one["leads"] for one in json.loads(team("list", "--json").stdout)}


def test_changes_lie_over_the_file(team: Team, file: Path) -> None:
    """A changed key, a new team and a removed one; the file is as it was."""
    assert leads(team) == {"甲组": ["U1"], "乙组": []}
    assert team("edit", "乙组", "leads=U2, U3", "due=Thu 18:00", "again=Thu 17:00", "remind=Thu 15:00").exit_code == 0
    assert team("add", "丙组", "leads=anna@x.test").exit_code == 0
    assert team("remove", "甲组").exit_code == 0
    assert leads(team) == {"乙组": ["U2", "U3"], "丙组": ["anna@x.test"]}
    assert file.read_text(encoding="utf-8") == FILE


@pytest.mark.parametrize("value", [
    "due=Fry 18:00", "leads=@anna", "timezone=Mars", "remind=Fri 19:00", "nothing", "x=1",
])  # fmt: skip
def test_what_is_wrong_changes_nothing(team: Team, value: str) -> None:
    """The mistake is told in a line, and the team stays as it was."""
    before = leads(team)
    said = team("edit", "甲组", value)
    assert said.exit_code in (1, 2)
    assert "Traceback" not in said.output
    assert leads(team) == before


def test_an_unknown_team_is_not_removed(team: Team) -> None:
    """It is said that there is none."""
    assert team("remove", "丁组").exit_code == 1


def test_what_is_exported_can_be_imported(team: Team, tmp_path: Path) -> None:
    """The teams are the same afterwards; a file with a mistake is taken not at all."""
    exported = tmp_path / "exported.toml"
    exported.write_text(team("export").stdout, encoding="utf-8")
    team("remove", "甲组")
    assert team("import", str(exported)).exit_code == 0
    assert leads(team) == {"甲组": ["U1"], "乙组": []}
    exported.write_text(FILE + '\n[[team]]\nname = "丙组"\ndue = "never"\n', encoding="utf-8")
    said = team("import", str(exported))
    assert said.exit_code == 1
    assert "丙组" not in leads(team)


def test_mistakes_in_the_file_are_listed_and_the_others_stay(team: Team, file: Path) -> None:
    """With its line and key; the exit code says that something is wrong."""
    file.write_text(FILE + 'due = "Fry 18:00"\n', encoding="utf-8")
    said = team("list")
    assert said.exit_code == 1
    assert f"{file}:7" in said.stderr
    assert "甲组" in said.stdout


def test_the_roster_follows_the_file_and_the_changes(library: Library, file: Path) -> None:
    """Asked again after a change of either it is another one; a file that breaks leaves the teams as they were."""
    source = RosterSource(str(file), ("U9",), RosterBook(library))
    assert source().may_submit("U1", "甲组")
    file.write_text(FILE.replace("U1", "U12"), encoding="utf-8")
    assert source().may_submit("U12", "甲组")
    file.write_text("[[team", encoding="utf-8")
    assert source().may_submit("U12", "甲组")
    assert [problem.code for problem in source().problems] == ["syntax"]
    assert source().is_admin("U9")
