"""Which digests are to stand in which channels at a moment. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answers.weeks import Week
from bot.reminders.due import ESCALATED_WITHIN, Stage
from bot.reminders.standing import TeamWeek
from bot.teams import Roster


@dataclass(frozen=True, slots=True)
class DigestDue:
    """The digest of a week in a channel: of one team, or of all of them (`team` is "") where several share it.
    `fresh` as long as it is worth posting; later one that stands there is still corrected."""

    channel: str
    team: str
    week: Week
    fresh: bool


def digests(roster: Roster, weeks: Sequence[TeamWeek], at: datetime) -> Iterator[DigestDue]:
    """The digests whose time has come: the deadline of every team of the channel has passed."""
    for channel in dict.fromkeys(team.channel for team in roster.teams if team.channel):
        own = [one for one in weeks if one.team.channel == channel]
        several = len({one.team.name for one in own}) > 1
        for week in dict.fromkeys(one.week for one in own):
            stages = [stage for one in own if one.week == week for stage in one.stages]
            if stages and all(_has_passed(stage, at) for stage in stages if stage.stage == "due"):
                fresh = at < max(stage.due_at for stage in stages) + ESCALATED_WITHIN
                yield DigestDue(channel, "" if several else own[0].team.name, week, fresh)


def _has_passed(stage: Stage, at: datetime) -> bool:
    """Whether that week's deadline is over, and came after the team's reminders began."""
    return stage.due_at <= at and stage.reason != "new_team"
