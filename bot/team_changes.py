"""Changing the teams by words: `leads=U1,U2 due="Thu 18:00"`, from the terminal and from Slack alike."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.catalogue import Say
from bot.errors import BotError
from bot.roster_loading import RosterSource
from bot.team_values import VALUES
from bot.teams import Problem, Team
from bot.teams_file import as_written, parse, told
from store.roster import CHANGED, REMOVED, WHOLE, RosterBook, TeamOverride
from store.words.names import key as folded

_QUOTES = str.maketrans("“”‘’", "\"\"''")  # phones write them so


class NotChanged(BotError):
    """A change that can't be made; its text says why and what to do."""


def pairs(texts: Sequence[str], say: Say) -> dict[str, object]:
    """The settings of `KEY=VALUE` texts, lists separated by commas; raises `NotChanged`."""
    return dict(_pair(each, say) for each in texts)


def _pair(each: str, say: Say) -> tuple[str, object]:
    key, equals, text = each.partition("=")
    if not equals or key not in VALUES or key == "name":
        raise NotChanged(say("roster.no_pair", text=each, keys=", ".join(key for key in VALUES if key != "name")))
    many = isinstance(getattr(Team("any"), key), tuple)
    return key, [part.strip() for part in text.split(",") if part.strip()] if many else text


def words_of_command(text: str, how: str) -> list[str]:
    """The words of a command, quotes of any kind held together; `list` where there are none. Raises `NotChanged`, which
    says `how` it is written."""
    try:
        return shlex.split(text.translate(_QUOTES)) or ["list"]
    except ValueError as error:  # a quote that doesn't end
        raise NotChanged(how) from error


def read_teams(text: str, file: str, now: datetime) -> tuple[tuple[Team, ...], tuple[Problem, ...]]:
    """The teams of a whole teams.toml as they would be alone, and all that is wrong with it; no team where a name is
    missing."""
    raws, problems = parse(text, file)
    alone = RosterSource("", (), None).with_changes(
        [TeamOverride(raw.name, WHOLE, dict(raw.keys), "", now) for raw in raws])  # fmt: skip
    return alone.teams if all(raw.name for raw in raws) else (), (*problems, *alone.problems)


class Changes:
    """Changes the teams of one database; each is made whole, or not at all and with the reason."""

    def __init__(self, source: RosterSource, book: RosterBook, say: Say, by: str, now: datetime) -> None:
        self._source, self._book, self._say, self._by, self._now = source, book, say, by, now

    def add(self, name: str, keys: dict[str, object]) -> None:
        """A team that isn't there yet."""
        if self._source().named(name) is not None:
            raise NotChanged(self._say("roster.there", name=name))
        self.put(name, keys)

    def edit(self, name: str, keys: dict[str, object]) -> None:
        """Some settings of a team that is there."""
        self._must_be_there(name)
        self._change(name, CHANGED, keys)

    def put(self, name: str, keys: dict[str, object]) -> None:
        """The whole of a team's settings."""
        self._change(name, WHOLE, {"name": name, **keys})

    def take(self, text: str) -> tuple[Team, ...]:
        """All teams of a teams.toml, or where one is wrong, none."""
        teams, problems = read_teams(text, "", self._now)
        if problems or not teams:
            raise NotChanged("\n".join([*(told(one, self._say) for one in problems), self._say("roster.not_taken")]))
        for team in teams:
            self.put(team.name, as_written(team))
        return teams

    def remove(self, name: str) -> None:
        """Expect no reports of a team any more."""
        self._must_be_there(name)
        self._change(name, REMOVED, {})

    def _must_be_there(self, name: str) -> None:
        if self._source().named(name) is None:
            raise NotChanged(self._say("roster.not_there", name=name))

    def _change(self, name: str, kind: str, keys: dict[str, object]) -> None:
        self._book.change(name, kind, keys, self._by, self._now, self._allowed(name))

    def _allowed(self, name: str) -> Callable[[Sequence[TeamOverride]], None]:
        """Asked with all changes as they will be: the team must have nothing wrong then."""

        def ask(changes: Sequence[TeamOverride]) -> None:
            wrong = [one for one in self._source.with_changes(changes).problems if folded(one.team) == folded(name)]
            if wrong:
                raise NotChanged(told(wrong[0], self._say))

        return ask
