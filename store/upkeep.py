"""What people do to the reports and names that are there: withdraw, bring back, read again, decide about names.

Beside `Library`, which takes reports in and answers; these methods are for whoever looks after the database. Those that
tell something take a `viewer`, as every question does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from store.database import decisions, facts, history, reports, subjects
from store.database.connection import guarded
from store.database.history import KeptReport, Revision
from store.errors import NamesOfTeams, UnknownName, UnreadableFile
from store.explaining import meant, near_names
from store.library import Library
from store.linking.decisions import Decision, Kind, Verdict, pair, plain_name
from store.reading import READER_VERSION, read_reports
from store.reading.formats import is_text, to_document
from store.reading.formats.text import decode
from store.records import ProjectName, Report
from store.revisions import Place, Standing, text_hash
from store.viewer import Viewer
from store.words.names import key


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of one report: `reason` says why today's reader could not read it (then it stays as it was)."""

    source: str
    reason: str | None = None


@guarded
class Upkeep:
    """The upkeep of one library. Each method is one transaction, or one for each report; killed, it loses nothing."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._connections = library._connections

    @property
    def library(self) -> Library:
        """The library that is looked after."""
        return self._library

    # ---- reports ---------------------------------------------------------------------------------------------

    def find(self, viewer: Viewer, words: str, team: str | None = None) -> tuple[KeptReport, ...]:
        """The reports that `words` may mean, withdrawn ones too: see `history.matching`."""
        return history.matching(self._connections.db, viewer, words, team)

    def withdrawn(self, viewer: Viewer) -> tuple[KeptReport, ...]:
        """Every withdrawn report, newest first."""
        return tuple(k for k in history.kept_reports(self._connections.db, viewer) if k.withdrawn_at)

    def kept(self, viewer: Viewer, report_id: int) -> KeptReport | None:
        """The report of this id, withdrawn or not; None where there is none that the viewer may see."""
        return history.one_kept(self._connections.db, viewer, report_id)

    def revisions(self, viewer: Viewer, report_id: int) -> tuple[Revision, ...]:
        """The revisions of a report, oldest first."""
        return history.revisions(self._connections.db, viewer, report_id)

    def text(self, viewer: Viewer, report_id: int, number: int) -> str | None:
        """The text of one revision as it came in; None where there is no such one."""
        if number not in {revision.number for revision in self.revisions(viewer, report_id)}:
            return None
        source, content = history.content(self._connections.db, report_id, number)
        return decode(content, source) if is_text(content, source) else "\n".join(to_document(content, source).lines)

    def withdraw(self, report_id: int, now: datetime) -> bool:
        """Take a report out of all answers, names and the search; False if it was out already."""
        if history.is_withdrawn(self._connections.db, report_id):
            return False
        with self._connections.writing() as db:
            subjects.mark_unlinked(db, history.withdraw(db, report_id, now))
        self._library.relink()
        return True

    def restore(self, report_id: int) -> bool:
        """Bring a withdrawn report back, read by today's reader; False if it wasn't withdrawn.

        Raises `UnreadableFile` where today's reader can't read it.
        """
        if not history.is_withdrawn(self._connections.db, report_id):
            return False
        self._read_again(report_id)
        self._library.relink()
        return True

    def reindex(self) -> Iterator[Reread]:
        """Read the newest revision of every report again, then derive all links and the search index anew.

        Each report is a transaction of its own: whoever stops in the middle has old and new readings side by side, and
        links that are derived at the next opening. Withdrawn reports stay withdrawn; they are read when they come back.
        """
        for report_id in history.to_reread(self._connections.db):
            try:
                yield Reread(self._read_again(report_id))
            except UnreadableFile as error:
                yield Reread(error.source, error.reason)
        with self._connections.writing() as db:
            history.mark_all_unlinked(db)
        self._library.relink()
        with self._connections.writing() as db:
            history.rebuild_index(db)

    def count(self) -> int:
        """How many reports `reindex` will read."""
        return len(history.to_reread(self._connections.db))

    def damage(self) -> str:
        """What SQLite finds wrong with the file, "" where it is whole."""
        return history.damage(self._connections.db)

    def read_by_older(self) -> int:
        """How many reports an older reader read last; `reindex` reads them anew."""
        return history.read_by_older(self._connections.db, READER_VERSION)

    def _read_again(self, report_id: int) -> str:
        arrival = history.arrival_of(self._connections.db, report_id, READER_VERSION)
        old = next(one for one in reports.standing(self._connections.db, arrival) if one.report_id == report_id)
        report = _read(arrival, old)
        place = Place(report_id, old.part, old.revision, text_hash(report), changed=False, again=True)
        with self._connections.writing() as db:
            reports.save(db, arrival, place, report)
            facts.replace_facts(db, report_id, report)
            subjects.mark_unlinked(db, arrival.team)
        return arrival.source

    # ---- names -----------------------------------------------------------------------------------------------

    def decide(self, *decided: Decision) -> int:
        """Note what people decided, all of it or nothing, and link anew; how many weren't decided so already."""
        with self._connections.writing() as db:
            changed = sum(decisions.put(db, decision) for decision in decided)
            for team in {decision.team for decision in decided}:
                subjects.mark_unlinked(db, team)
        self._library.relink()
        return changed

    def take_back(self, team: str, kind: Kind, one: str, other: str) -> bool:
        """Take back what was decided about two names, and link anew; False where nothing was."""
        with self._connections.writing() as db:
            removed = decisions.remove(db, team, kind, pair(kind, one, other))
            subjects.mark_unlinked(db, team)
        self._library.relink()
        return removed

    def decided(self, viewer: Viewer) -> tuple[Decision, ...]:
        """Every decision, by team, oldest first."""
        return decisions.seen(self._connections.db, viewer)

    def team_of(self, viewer: Viewer, kind: Kind, names: tuple[str, ...], team: str | None = None) -> str:
        """The one team that knows all these names.

        Raises `UnknownName` for a name that no team knows, and `NamesOfTeams` where several teams know them all, or
        none knows them all.
        """
        known = self._known(viewer, kind)
        owners = [self._owners(viewer, kind, known, name, team) for name in names]
        common = set.intersection(*owners)
        if len(common) != 1:
            raise NamesOfTeams(names, tuple(sorted(set.union(*owners))), bool(common))
        return common.pop()

    def name_of(self, viewer: Viewer, kind: Kind, name: str, team: str | None = None) -> str:
        """The name to decide about: `POS / 对账` speaks of the name 对账; any other stays as it is."""
        found = meant(plain_name(kind, name), self._known(viewer, kind), team)
        by_name = any(key(name) == key(known) for one in found for known, _ in one.names)
        return name.partition("/")[2].strip() if found and not by_name and "/" in name else name

    def broken(self, viewer: Viewer, team: str, kind: Kind) -> tuple[Decision, ...]:
        """The decisions on names that reports know which don't hold: an older one or one of the parents' stands
        against them."""
        known = self._known(viewer, kind)
        of_team = [d for d in self.decided(viewer) if (d.team, d.kind) == (team, kind)]
        return tuple(decision for decision in of_team if not _holds(decision, known))

    def _known(self, viewer: Viewer, kind: Kind) -> tuple[ProjectName, ...]:
        ask = self._library.projects if kind is Kind.PROJECT else self._library.metric_names
        return ask(viewer, date.max)

    def _owners(
        self, viewer: Viewer, kind: Kind, known: tuple[ProjectName, ...], name: str, team: str | None
    ) -> set[str]:
        """The teams that know a name, from reports or from a decision that names it."""
        plain = plain_name(kind, name)
        owners = {p.team or "" for p in meant(plain, known, team)}
        for decision in self.decided(viewer):
            if decision.kind is kind and team in (None, decision.team) and key(plain) in decision.pair:
                owners.add(decision.team)
        if not owners:
            of_team = [p for p in known if team is None or (p.team or "") == team]
            raise UnknownName(name, near_names(name, of_team))
        return owners


def _holds(decision: Decision, known: tuple[ProjectName, ...]) -> bool:
    """Whether some project bears both names, or none does, as decided; a name without a project contradicts nobody."""
    one, other = ({p.subject for p in meant(name, known, decision.team)} for name in decision.names)
    if not (one and other):
        return True
    return one.isdisjoint(other) if decision.verdict is Verdict.APART else not one.isdisjoint(other)


def _read(arrival: reports.Arrival, old: Standing) -> Report:
    """What today's reader reads in a kept file of the report that `old` was; raises `UnreadableFile`.

    Of a file with several weeks it is the one of that day, or of that label where today's reader dates it otherwise.
    """
    read = [r for r in read_reports(to_document(arrival.content, arrival.source), arrival.source) if r.report_date]
    same = [r for r in read if r.report_date == old.report_date]
    same = same or [r for r in read if r.label and r.label == old.label]
    found = next(iter(same), read[0] if len(read) == 1 else None)
    if found is None:
        raise UnreadableFile(arrival.source, "undated")
    return found
