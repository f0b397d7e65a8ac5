"""Whose reports are expected, from whom and when: the teams, their leads, and who looks after the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Team:
    """One team, as `teams.toml` has it (the design's section 5). Times are "Fri 15:00", the team's local time.

    `leads` and `escalate_to` are Slack user ids or e-mail addresses; `calendar` is "CN", another country's code, or
    "none"; a team that is paused expects no report before `paused_until`.
    """

    name: str
    leads: tuple[str, ...] = ()
    channel: str = ""
    timezone: str = "Asia/Shanghai"
    remind: str = "Fri 15:00"
    again: str = "Fri 17:30"
    due: str = "Fri 18:00"
    escalate: str = "Mon 10:00"
    escalate_to: tuple[str, ...] = ()
    calendar: str = "CN"
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """All teams, in the file's order, and the admins' Slack user ids."""

    teams: tuple[Team, ...] = ()
    admins: tuple[str, ...] = ()

    def named(self, name: str) -> Team | None:
        """The team of this name."""
        return next((team for team in self.teams if team.name == name), None)

    def led_by(self, user: str) -> tuple[Team, ...]:
        """The teams that `user` leads."""
        return tuple(team for team in self.teams if user in team.leads)

    def is_admin(self, user: str) -> bool:
        """Whether `user` looks after the bot."""
        return user in self.admins

    def may_submit(self, user: str, team: str) -> bool:
        """Whether `user` may submit, correct or withdraw reports of `team`: its leads and the admins."""
        known = self.named(team)
        return self.is_admin(user) or (known is not None and user in known.leads)
