"""SQL for what reminders need to know beside the reports: known teams, weeks without a report, and days of our own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from store.database.rows import Database


class Excuse(NamedTuple):
    """Why a team has no report for a week, by its Monday; `given_by` is Slack's id of who said so."""

    team: str
    week: date
    reason: str
    given_by: str


class CalendarDay(NamedTuple):
    """A day on which people work, or don't, against what the calendar says; `team` is "" for all of them."""

    team: str
    day: date
    works: bool
    note: str


def note_teams(db: Database, teams: tuple[str, ...], now: datetime) -> None:
    """Note teams that weren't known before. The caller holds the transaction."""
    for team in teams:
        db.execute("INSERT OR IGNORE INTO known_teams (team, since) VALUES (?, ?)", (team, now.isoformat()))


def known_teams(db: Database) -> Mapping[str, datetime]:
    """Since when each team is reminded."""
    rows = db.execute("SELECT team, since FROM known_teams").fetchall()
    return {team: datetime.fromisoformat(since) for team, since in rows}


def put_excuse(db: Database, excuse: Excuse, now: datetime) -> None:
    """Note it, in place of what was said before. The caller holds the transaction."""
    db.execute(
        "INSERT OR REPLACE INTO excuses (team, week, reason, given_by, given_at) VALUES (?, ?, ?, ?, ?)",
        (excuse.team, excuse.week.isoformat(), excuse.reason, excuse.given_by, now.isoformat()),
    )


def drop_excuse(db: Database, team: str, week: date) -> bool:
    """Forget it; False where there was none. The caller holds the transaction."""
    found = db.execute("DELETE FROM excuses WHERE team = ? AND week = ?", (team, week.isoformat()))
    return found.rowcount == 1


def excuses(db: Database, since: date) -> tuple[Excuse, ...]:
    """Those of the weeks since that Monday."""
    sql = "SELECT team, week, reason, given_by FROM excuses WHERE week >= ? ORDER BY week, team"
    rows = db.execute(sql, (since.isoformat(),)).fetchall()
    return tuple(Excuse(team, date.fromisoformat(week), reason, by) for team, week, reason, by in rows)


def put_day(db: Database, new: CalendarDay, by: str, now: datetime) -> None:
    """Note it, in place of what was set before. The caller holds the transaction."""
    db.execute(
        "INSERT OR REPLACE INTO calendar_days (team, day, works, note, set_by, set_at) VALUES (?, ?, ?, ?, ?, ?)",
        (new.team, new.day.isoformat(), new.works, new.note, by, now.isoformat()),
    )


def drop_day(db: Database, team: str, day: date) -> bool:
    """Forget it; False where there was none. The caller holds the transaction."""
    return db.execute("DELETE FROM calendar_days WHERE team = ? AND day = ?", (team, day.isoformat())).rowcount == 1


def days(db: Database) -> tuple[CalendarDay, ...]:
    """All of them, oldest first."""
    rows = db.execute("SELECT team, day, works, note FROM calendar_days ORDER BY day, team").fetchall()
    return tuple(CalendarDay(team, date.fromisoformat(day), bool(works), note) for team, day, works, note in rows)
