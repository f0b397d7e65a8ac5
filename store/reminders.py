"""What reminders need to know beside the reports: since when a team is reminded, which weeks have an excuse, and the
organisation's own days off. Beside `Library`, whose database it writes to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from store.database import reminders
from store.database.connection import guarded
from store.database.reminders import CalendarDay, Excuse
from store.library import Library

__all__ = ["CalendarDay", "Excuse", "ReminderBook"]


@guarded
class ReminderBook:
    """The book of one library's reminders. Each method that writes is one transaction."""

    def __init__(self, library: Library) -> None:
        self._connections = library._connections

    def known_since(self, teams: Sequence[str], now: datetime) -> Mapping[str, datetime]:
        """Since when each of these teams is reminded: from now on, where nobody knew it before."""
        known = reminders.known_teams(self._connections.db)
        new = tuple(team for team in teams if team not in known)
        if new:
            with self._connections.writing() as db:
                reminders.note_teams(db, new, now)
            known = reminders.known_teams(self._connections.db)
        return known

    def known(self) -> Mapping[str, datetime]:
        """Since when each team is reminded."""
        return reminders.known_teams(self._connections.db)

    def excuse(self, excuse: Excuse, now: datetime) -> None:
        """Note why a team has no report for a week."""
        with self._connections.writing() as db:
            reminders.put_excuse(db, excuse, now)

    def take_back(self, team: str, week: date) -> bool:
        """Forget an excuse; False where there was none."""
        with self._connections.writing() as db:
            return reminders.drop_excuse(db, team, week)

    def excuses(self, since: date) -> tuple[Excuse, ...]:
        """Those of the weeks since that Monday."""
        return reminders.excuses(self._connections.db, since)

    def set_day(self, day: CalendarDay, by: str, now: datetime) -> None:
        """Note whether people work on a day, whatever the calendar says."""
        with self._connections.writing() as db:
            reminders.put_day(db, day, by, now)

    def unset_day(self, team: str, day: date) -> bool:
        """Let the calendar decide again; False where it did."""
        with self._connections.writing() as db:
            return reminders.drop_day(db, team, day)

    def days(self) -> tuple[CalendarDay, ...]:
        """The days that are set, oldest first."""
        return reminders.days(self._connections.db)
