"""Which reminders are due at a moment, to whom, and why. Pure: the calendar, whether the report is there, who is away
and `now` are arguments.

The design's section 9: the day on which reports are due moves to the last working day on or before it; in a week with
none, to the make-up working day of its weekend (the last one); a week without any is skipped. All stages of the week
move by the same number of days, but the escalation moves forward, to the next working day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.reminders.calendar import WorkingDay
from bot.teams import STAGES, Moment, Team

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
ESCALATED_WITHIN = timedelta(days=3)  # an escalation that nobody sent by then is no news any more


class State(StrEnum):
    """What became of a reminder: `SENT`, `SNOOZED` and `UNCERTAIN` are for the outbox to tell, the others for the clock
    and the reports."""

    COMING = "coming"
    DUE = "due"
    SENT = "sent"
    SATISFIED = "satisfied"
    SNOOZED = "snoozed"
    EXPIRED = "expired"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a week, by its Monday: `stage` is a word of teams.toml, `due_at` the team's local time, `reason` why
    it stands as it does, as a key of `[reminders]` in the catalogues with `values` to put in."""

    team: str
    week: date
    stage: str
    due_at: datetime
    state: State
    recipients: tuple[str, ...]
    reason: str
    value: str = ""


def stages(
    team: Team, week: date, works: WorkingDay, now: datetime, *, reported: bool, away: Collection[str] = (),
    excuse: str = "", since: datetime | None = None,
) -> tuple[Stage, ...]:  # fmt: skip
    """The stages of a team's week (its Monday) as they stand at `now` (aware); none where nobody works that week.

    `reported` is whether the week's report is there, `away` who is on vacation, `excuse` why there is no report,
    `since` when the team's reminders began: of a week that was due before nobody is reminded.
    """
    times = moments(team, week, works)
    made = []
    for name in STAGES if times else ():
        state, reason, value = _settled(team, times, now, reported, excuse, since) or _by_clock(name, times, now)
        to, replaced = _recipients(team, name, away)
        made.append(Stage(team.name, week, name, times[name], state, to, replaced or reason, value))
    return tuple(made)


def moments(team: Team, week: date, works: WorkingDay) -> dict[str, datetime]:
    """When each stage of the week comes, in the team's local time; empty for a week without a working day."""
    last = _last_working_day(week, team.due.weekday, works)
    if last is None:
        return {}
    moved = last - (week + team.due.weekday * DAY)
    times = {name: _at(week + moved, getattr(team, name), team.timezone) for name in STAGES[:3]}
    escalation = week + WEEK + team.escalate.weekday * DAY
    while not works(escalation):
        escalation += DAY
    return {**times, "escalate": _at(escalation - team.escalate.weekday * DAY, team.escalate, team.timezone)}


def _last_working_day(week: date, weekday: int, works: WorkingDay) -> date | None:
    """The last working day from Monday to `weekday`, else the last one of the rest of the week."""
    before = [week + n * DAY for n in range(weekday, -1, -1)]
    after = [week + n * DAY for n in range(6, weekday, -1)]
    return next((day for day in (*before, *after) if works(day)), None)


def _at(monday: date, moment: Moment, zone: str) -> datetime:
    """The moment of that week on the team's clock. A time that the clock skips comes as much later, one that it shows
    twice comes the first time (PEP 495, fold 0): so each comes once."""
    local = datetime.combine(monday + moment.weekday * DAY, time(moment.hour, moment.minute), ZoneInfo(zone))
    return local.astimezone(UTC).astimezone(ZoneInfo(zone))


def _settled(
    team: Team, times: Mapping[str, datetime], now: datetime, reported: bool, excuse: str, since: datetime | None
) -> tuple[State, str, str] | None:
    """Where nobody is to be reminded of the week at all: why."""
    if reported:
        return State.SATISFIED, "reported", ""
    if excuse:
        return State.SATISFIED, "excused", excuse
    if team.paused_until and times["due"].date() < team.paused_until:
        return State.SATISFIED, "paused", team.paused_until.isoformat()
    if since and times["due"] < since <= now:
        return State.EXPIRED, "new_team", since.date().isoformat()
    return None


def _by_clock(name: str, times: Mapping[str, datetime], now: datetime) -> tuple[State, str, str]:
    if now < times[name]:
        return State.COMING, "coming", ""
    # First and second look back after downtime up to the deadline; that it passed is told until the escalation.
    ends = {"remind": times["due"], "again": times["due"], "due": times["escalate"]}
    if now < ends.get(name, times["escalate"] + ESCALATED_WITHIN):
        return State.DUE, "missing", ""
    return State.EXPIRED, "too_late", ""


def _recipients(team: Team, name: str, away: Collection[str]) -> tuple[tuple[str, ...], str]:
    """Who gets it, and why it isn't the leads."""
    here = tuple(lead for lead in team.leads if lead not in away)
    if name == "escalate":
        return team.escalate_to, "" if team.escalate_to else "nobody"
    if here:
        return here, ""
    return team.escalate_to, ("all_away" if team.leads else "no_leads") if team.escalate_to else "nobody"
