"""Whose reports are expected, from whom and when: the teams, their leads, and who looks after the bot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ADDRESS = "@"  # what an e-mail address has and Slack's ids haven't
STAGES = ("remind", "again", "due", "escalate")


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A time of the week on a team's own clock: `weekday` 0 is Monday. Its text is that of teams.toml: "Fri 15:00"."""

    weekday: int
    hour: int
    minute: int

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.hour:02}:{self.minute:02}"


@dataclass(frozen=True, slots=True)
class Team:
    """One team, as `teams.toml` has it (the design's section 5).

    `leads` and `escalate_to` are Slack user ids or e-mail addresses; `calendar` is "CN", another country's code, or
    "none"; `escalate` is a time of the week after; a team that is paused expects no report before `paused_until`.
    """

    name: str
    leads: tuple[str, ...] = ()
    channel: str = ""
    timezone: str = "Asia/Shanghai"
    remind: Moment = Moment(4, 15, 0)
    again: Moment = Moment(4, 17, 30)
    due: Moment = Moment(4, 18, 0)
    escalate: Moment = Moment(0, 10, 0)
    escalate_to: tuple[str, ...] = ()
    calendar: str = "CN"
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a team's settings. `code` names the sentence `roster.{code}` that says it and how to mend it,
    `values` what is put into it; `line` is 0 where the setting stands in the database, `file` then "". `team` is the
    name as given, "" where there is none."""

    code: str
    team: str = ""
    file: str = ""
    line: int = 0
    key: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Roster:
    """All teams whose settings can be used, in the file's order, the admins' Slack user ids, and what is wrong with
    the teams that were left out."""

    teams: tuple[Team, ...] = ()
    admins: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The people who are named by e-mail addresses that nobody has looked up."""
        every = (one for team in self.teams for one in (*team.leads, *team.escalate_to))
        return tuple(dict.fromkeys(one for one in every if ADDRESS in one))

    def by_ids(self, ids: Mapping[str, str]) -> Roster:
        """The same with Slack's ids in place of the addresses that `ids` knows, by the address in small letters."""
        if not ids or not self.addresses:
            return self

        def known(people: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(ids.get(one.casefold(), one) for one in people))

        teams = (replace(team, leads=known(team.leads), escalate_to=known(team.escalate_to)) for team in self.teams)
        return replace(self, teams=tuple(teams))

    def named(self, name: str) -> Team | None:
        """The team of this name."""
        return next((team for team in self.teams if team.name == name), None)

    def led_by(self, user: str) -> tuple[Team, ...]:
        """The teams that `user` leads."""
        return tuple(team for team in self.teams if user in team.leads)

    def zone_of(self, user: str) -> str:
        """The time zone of the first team that `user` leads, else that of a team that doesn't say."""
        return next((team.timezone for team in self.led_by(user)), Team("").timezone)

    def is_admin(self, user: str) -> bool:
        """Whether `user` looks after the bot."""
        return user in self.admins

    def may_submit(self, user: str, team: str) -> bool:
        """Whether `user` may submit, correct or withdraw reports of `team`: its leads and the admins."""
        known = self.named(team)
        return self.is_admin(user) or (known is not None and user in known.leads)
