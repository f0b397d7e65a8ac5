"""The roster as it is now: teams.toml, over it what was changed by command or in Slack, and the admins.

The file is read, never written, and read again only when it or the changes are others than before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.settings import Settings
from bot.teams import Problem, Roster
from bot.teams_file import Raw, parse, roster_of
from store.library import Library
from store.people import PeopleBook
from store.roster import CHANGED, REMOVED, RosterBook, TeamOverride
from store.words.names import key as folded

_Stamp = tuple[int, int, int]


class RosterSource:
    """Called, it gives the roster as it is at that moment; cheap enough for every request.

    A file that can't be read any more leaves the teams as they last were, with the problem named: a slip of the pen
    while the bot runs must not take everybody's reminders.
    """

    def __init__(self, teams_file: str, admins: Sequence[str], book: RosterBook | None) -> None:
        self._file, self._admins, self._book = teams_file, tuple(admins), book
        self._stamp: _Stamp | None = None
        self._written: tuple[Raw, ...] = ()
        self._problems: tuple[Problem, ...] = ()
        self._last: tuple[object, Roster] | None = None

    def __call__(self) -> Roster:
        """The roster now; raises `DatabaseUnusable` where the database can't be read."""
        changes = self._book.teams() if self._book else ()
        self._read()
        state = (self._stamp, self._problems, changes)
        if self._last is None or self._last[0] != state:
            self._last = state, roster_of(overlay(self._written, changes), self._admins, self._problems)
        return self._last[1]

    def with_changes(self, changes: Sequence[TeamOverride]) -> Roster:
        """The roster as it would be with these changes."""
        self._read()
        return roster_of(overlay(self._written, changes), self._admins, self._problems)

    def _read(self) -> None:
        if not self._file:
            return
        try:
            stamp = _stamp(self._file)
            if stamp == self._stamp:
                return
            written, problems = parse(Path(self._file).read_text(encoding="utf-8-sig"), self._file)
        except (OSError, UnicodeDecodeError) as error:
            detail = getattr(error, "strerror", None) or "UTF-8?"
            self._stamp, self._problems = None, (Problem("unreadable", file=self._file, values={"detail": detail}),)
            return
        self._stamp, self._problems = stamp, problems
        if written or not problems:
            self._written = written


def _stamp(file: str) -> _Stamp:
    stat = Path(file).stat()
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def roster_source(settings: Settings, library: Library | None) -> RosterSource:
    """The roster of these settings and this database."""
    return RosterSource(settings.teams_file, settings.admins, RosterBook(library) if library else None)


def with_ids(source: Callable[[], Roster], library: Library) -> Callable[[], Roster]:
    """The same roster, with Slack's ids in place of the addresses that were looked up."""
    people = PeopleBook(library)
    return lambda: source().by_ids(people.by_email())


def load_roster(settings: Settings, library: Library | None) -> Roster:
    """The roster as it is now."""
    return roster_source(settings, library)()


def overlay(written: Sequence[Raw], changes: Sequence[TeamOverride]) -> tuple[Raw, ...]:
    """The teams of the file with the changes over them, in the file's order, teams of the database alone behind."""
    left = {folded(one.team): one for one in changes}
    found = []
    for raw in written:
        change = left.pop(folded(raw.name), None) if raw.name else None
        if change is None:
            found.append(raw)
        elif change.kind != REMOVED:
            found.append(_changed(raw, change))
    return (*found, *(_changed(Raw({"name": one.team}), one) for one in left.values() if one.kind != REMOVED))


def _changed(raw: Raw, change: TeamOverride) -> Raw:
    if change.kind != CHANGED:
        return Raw({"name": change.team, **change.keys})
    kept = {key: line for key, line in raw.lines.items() if key not in change.keys}
    return Raw({**raw.keys, **change.keys}, kept, raw.file)
