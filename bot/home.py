"""What a person sees on the Home tab, as facts: their teams, or all of them, and for admins who reports.

Pure gathering from the library; how it looks in Slack is `render/slack_home.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.answers.amounts import sparkline
from bot.answers.context import Context
from bot.answers.courses import courses
from bot.answers.glance import Due, Figure, Glance, Told, figures, glances, goals
from bot.answers.weeks import Week, by_team, due_week, missing_weeks, week_around
from bot.question.query import Kind, Query
from bot.teams import Roster
from store.library import Library
from store.people import Person
from store.records import Goal, ReportRef
from store.viewer import Viewer

MOST_TEAMS = 6
MOST_FIGURES = 3
SPARK_WEEKS = 8
COVERED_WEEKS = 6
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure of the newest report, and how it went over the last weeks: `▃▁▅█`."""

    figure: Figure
    line: str


@dataclass(frozen=True, slots=True)
class TeamHome:
    """One team: `report` is this week's, None while it is missing; `expected` where teams.toml says who writes it. What
    falls due within a week or is overdue, what the newest report promises, its figures, this week's incidents."""

    name: str
    glance: Glance | None
    report: ReportRef | None
    expected: bool
    due: tuple[Due, ...] = ()
    promises: tuple[Goal, ...] = ()
    figures: tuple[Reading, ...] = ()
    incidents: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """For admins: the weeks, and for each team which of them have a report (None: before its first, or not due yet)."""

    weeks: tuple[Week, ...]
    teams: Mapping[str, tuple[bool | None, ...]]
    leaderless: tuple[str, ...]
    away: Mapping[str, date]
    open_feedback: int


@dataclass(frozen=True, slots=True)
class Home:
    """The whole tab of one person on one day. `own` where `teams` are those that they lead; `zone` is theirs."""

    context: Context
    person: Person
    now: datetime
    teams: tuple[TeamHome, ...]
    own: bool
    coverage: Coverage | None
    zone: ZoneInfo

    @property
    def is_empty(self) -> bool:
        """Whether there is no report at all that this person may see."""
        return not any(team.glance for team in self.teams)


def home_of(
    library: Library, roster: Roster, person: Person, lang: str, today: date, now: datetime, *,
    away: Mapping[str, date], open_feedback: int,
) -> Home:  # fmt: skip
    """Everything that the tab of `person` shows."""
    context = Context(Query("", Kind.TEAM, lang, today), library, Viewer(person.user), today)
    reports = library.reports_between(context.viewer, today, None, today)
    told = {one.team or "": one for one in glances(context, courses(context), reports) if one.team}
    own = [team.name for team in roster.led_by(person.user)]
    names = own or list(dict.fromkeys([*(team.name for team in roster.teams), *told]))[:MOST_TEAMS]
    covered = _coverage(roster, reports, today, away, open_feedback) if roster.is_admin(person.user) else None
    teams = tuple(_team(context, name, told.get(name), roster) for name in names)
    return Home(context, person, now, teams, bool(own), covered, ZoneInfo(roster.zone_of(person.user)))


def _team(context: Context, name: str, glance: Glance | None, roster: Roster) -> TeamHome:
    week = week_around(context.today)
    expected = roster.named(name) is not None
    if glance is None:
        return TeamHome(name, None, None, expected)
    report = glance.newest if week.covered_by(glance.newest) else None
    last = context.today + SOON
    return TeamHome(
        name, glance, report, expected,
        due=tuple(due for due in glance.due if due.date.milestone.start <= last),
        promises=goals(context, glance.newest),
        figures=_readings(context, glance),
        incidents=tuple(told for told in glance.incidents if _within(told, week)),
    )  # fmt: skip


def _within(told: Told, week: Week) -> bool:
    at = told[0].record.occurred_at
    return at is not None and week == week_around(at.date() if isinstance(at, datetime) else at)


def _readings(context: Context, glance: Glance) -> tuple[Reading, ...]:
    found = figures(context, glance.reports)[:MOST_FIGURES]
    first = glance.newest.report_date - timedelta(weeks=SPARK_WEEKS)
    values = context.library.values_between(context.viewer, context.today, first, glance.newest.report_date)
    return tuple(
        Reading(one, sparkline([v.record.value for v in reversed(values) if _is_same(v.record, one) and
                                v.subject == one.now.subject and v.record.about is None]))
        for one in found
    )  # fmt: skip


def _is_same(record: object, one: Figure) -> bool:
    return (getattr(record, "unit", None), getattr(record, "name", None)) == (one.now.record.unit, one.now.record.name)


def _coverage(
    roster: Roster, reports: Sequence[ReportRef], today: date, away: Mapping[str, date], open_feedback: int
) -> Coverage:
    this = week_around(today)
    weeks = tuple(Week(this.monday - timedelta(weeks=back)) for back in range(COVERED_WEEKS - 1, -1, -1))
    known = by_team(reports)
    names = dict.fromkeys([*(team.name for team in roster.teams), *known])
    return Coverage(
        weeks, {name: tuple(_handed(known.get(name, []), week, due_week(today)) for week in weeks) for name in names},
        tuple(team.name for team in roster.teams if not team.leads), away, open_feedback,
    )  # fmt: skip


def _handed(reports: Sequence[ReportRef], week: Week, due: Week) -> bool | None:
    if any(map(week.covered_by, reports)):
        return True
    return False if week <= due and missing_weeks(reports, [week]) else None
