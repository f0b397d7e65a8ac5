"""How every team's weeks stand at a moment: what is known is gathered once, and the rest is decided purely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.answers.weeks import Week, week_around
from bot.reminders.calendar import works_on
from bot.reminders.due import Stage, State, stages
from bot.reminders.notice import Notice
from bot.teams import ADDRESS, Roster, Team
from store.library import Library
from store.outbox import OPEN, Letter, Outbox, Sending
from store.people import PeopleBook
from store.records import ReportRef
from store.reminders import CalendarDay, Excuse, ReminderBook
from store.viewer import EVERYONE
from store.words.names import key as folded

WEEK = timedelta(days=7)
LOOKS_BACK = timedelta(days=21)  # an escalation comes the week after, and holidays may put it off

# What the outbox says of a letter in the words of the design's section 9; the others are told by the clock.
_TOLD = {
    Sending.SENT: State.SENT, Sending.SNOOZED: State.SNOOZED, Sending.UNCERTAIN: State.UNCERTAIN,
    Sending.FAILED: State.UNCERTAIN,
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What is known at a moment: the reports and excuses of the last weeks, who is away or snoozes until when, since
    when teams are reminded, days of our own, and what the outbox holds."""

    reports: Mapping[str, Sequence[ReportRef]] = field(default_factory=dict)
    excuses: Mapping[tuple[str, date], Excuse] = field(default_factory=dict)
    away: Mapping[str, date] = field(default_factory=dict)
    snoozed: Mapping[str, datetime] = field(default_factory=dict)
    since: Mapping[str, datetime] = field(default_factory=dict)
    days: Sequence[CalendarDay] = ()
    letters: Mapping[str, Letter] = field(default_factory=dict)


@dataclass(frozen=True)
class TeamWeek:
    """One team's week: its stages, and what it was settled by."""

    team: Team
    week: Week
    stages: tuple[Stage, ...]
    report: ReportRef | None = None
    excuse: Excuse | None = None


def gather(library: Library | None, at: datetime, *, letters: bool = True) -> Known:
    """What is known at `at`, with what the outbox holds unless `letters` says no; without a library nothing."""
    if library is None:
        return Known()
    first, last = week_around(at.date()).monday - LOOKS_BACK, at.date() + 2 * WEEK
    book, people = ReminderBook(library), PeopleBook(library)
    reports: dict[str, list[ReportRef]] = {}
    # One that is dated later this week counts: it was handed in early.
    for report in library.reports_between(EVERYONE, last, first, last):
        reports.setdefault(folded(report.team or ""), []).append(report)
    return Known(
        reports, {(one.team, one.week): one for one in book.excuses(first)},
        people.away(at.date() - timedelta(days=1)), people.snoozing(at), book.known(), book.days(),
        {one.key: one for one in Outbox(library).since(at - LOOKS_BACK)} if letters else {},
    )  # fmt: skip


def team_weeks(roster: Roster, known: Known, at: datetime) -> Iterator[TeamWeek]:
    """Last week and this one of each team, oldest first."""
    for team in roster.teams:
        this = week_around(at.astimezone(ZoneInfo(team.timezone)).date())
        for week in (Week(this.monday - WEEK), this):
            yield team_week(team, week, known, at)


def team_week(team: Team, week: Week, known: Known, at: datetime) -> TeamWeek:
    """How one team's week stands."""
    report = next((one for one in known.reports.get(folded(team.name), ()) if week.covered_by(one)), None)
    excuse = known.excuses.get((team.name, week.monday))
    today = at.astimezone(ZoneInfo(team.timezone)).date()
    away = [user for user, back in known.away.items() if back > today]
    found = stages(
        team, week.monday, works_on(team, known.days), at, reported=report is not None, away=away,
        excuse=excuse.reason if excuse else "", since=known.since.get(team.name),
    )  # fmt: skip
    return TeamWeek(team, week, found, report, excuse)


def notice_for(stage: Stage, recipient: str) -> Notice:
    """The row of the outbox for one recipient."""
    return Notice(stage.stage, stage.week, stage.team, recipient)


def as_sent(stage: Stage, letters: Mapping[str, Letter]) -> Stage:
    """The stage as the outbox has it, where its time has come and something was tried for every recipient."""
    found = [letters.get(notice_for(stage, one).key) for one in stage.recipients]
    if stage.state not in (State.DUE, State.EXPIRED) or not found or not all(found):
        return stage
    states = [_TOLD.get(one.state, stage.state) for one in found if one]
    state = next(each for each in (State.UNCERTAIN, stage.state, State.SNOOZED, State.SENT) if each in states)
    return stage if state is stage.state else replace(stage, state=state, reason=state.value)


def wanted(one: TeamWeek, known: Known, at: datetime) -> Iterator[tuple[Notice, Stage]]:
    """Which notices of a team's week are to be sent now: to each recipient the latest stage that is due and not settled
    yet, unless they snooze. What came due before it, while nobody could send it, is said with it. To an address that
    nobody in Slack has, nothing can be sent."""
    due = [stage for stage in one.stages if stage.state is State.DUE]
    for recipient in dict.fromkeys(to for stage in due for to in stage.recipients if ADDRESS not in to):
        latest = [stage for stage in due if recipient in stage.recipients][-1]
        notice = notice_for(latest, recipient)
        letter = known.letters.get(notice.key)
        is_open = letter is None or (letter.state in OPEN and letter.wait_until <= at)
        if is_open and known.snoozed.get(recipient, at) <= at:
            yield notice, latest
