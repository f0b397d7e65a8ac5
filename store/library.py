"""The façade: everything that can be asked of reports, and the one way for reports to come in.

Every question is asked by a `viewer` on a day `as_of`: what the viewer may not see and what was reported later does
not exist for it. Dates are local days; ranges are inclusive, and a start of None means since ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from store.amending import Amended, Amendments, Found, amend, happened
from store.database import corrections, decisions, events, facts, reports, search, subjects
from store.database.connection import Connections, guarded
from store.errors import UnreadableFile
from store.kept import Memory
from store.linking.decisions import Kind
from store.linking.incidents import merge_incidents
from store.linking.milestones import Series, milestone_series
from store.quotes import quoted
from store.reading import READER_VERSION
from store.reading.document import Document
from store.reading.formats.text import decode
from store.records import (
    Citation,
    Goal,
    Hits,
    Incident,
    Item,
    Mention,
    Metric,
    ProjectName,
    Report,
    ReportRef,
    Section,
    SectionKind,
    Update,
)
from store.saving import save_all
from store.timeline import Timeline
from store.viewer import EVERYONE, Viewer
from store.words.speaking import Wanted

if TYPE_CHECKING:
    from store.explaining import Explained
    from store.intake import Candidate
    from store.reading_ahead import Reading

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: `status` is `added`, `revised`, `unchanged`, `restored` (it had been withdrawn), or
    `refused` (then with its `reason`)."""

    source: str
    status: str
    reason: str | None = None
    report: Report | None = None
    team: str | None = None


SEARCH_CANDIDATES = search.CANDIDATES
MOST_TEXTS = 128  # reports whose lines are kept: one answer cites a dozen, and the next one often the same
MOST_KEPT = 64  # answers of the database that many questions need; each is as large as what a viewer may see
MOST_RANGES = 16  # ranges whose incidents are kept: hardly two questions ask for the same
MOST_WORDS = 4096  # words of which it is kept whether a line says them: a question asks for twenty, and they are small


@guarded
class Library:
    """The reports of one database. Safe to use from several threads."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._memory = Memory(MOST_KEPT)
        self._texts, self._words, self._ranges = Memory(MOST_TEXTS), Memory(MOST_WORDS), Memory(MOST_RANGES)

    @classmethod
    def open(cls, path: str, *, create: bool = False) -> Self:
        """The library in the database file at `path`, with the identities derived that an ingest left underived when it
        was broken off; raises `DatabaseUnusable`."""
        library = cls(Connections(path, create=create))
        library.relink()
        return library

    def close(self) -> None:
        """Close the database."""
        self._connections.close()

    # ---- reports come in -------------------------------------------------------------------------------------

    def ingest(
        self, files: Iterable[Candidate], now: datetime, team: str | None = None, url_base: str | None = None
    ) -> Iterable[Outcome]:
        """Take the files in, one by one; identities are derived anew at the end for the teams that changed.

        Of many new files the next ones are read by a second process meanwhile; close the iterator to break off.
        """
        from store.reading_ahead import Reading, read_ahead

        with closing(read_ahead(map(Reading, files), self._is_new)) as readings:
            for reading in readings:
                yield self._take(reading, now, team, url_base)
        self.relink()

    def _is_new(self, reading: Reading) -> bool:
        origin, read = reading.file.origin, (reading.sha256, READER_VERSION)
        return reading.file.content is not None and reports.said_team(self._connections.db, origin, *read) is None

    def _take(self, reading: Reading, now: datetime, team: str | None, url_base: str | None) -> Outcome:
        file = reading.file
        try:
            if file.content is None:
                raise UnreadableFile(file.source, file.reason or "denied")
            arrival = reports.Arrival(
                "", file.origin, file.source, file.content, reading.sha256, READER_VERSION, now, file.url(url_base)
            )
            arrival = replace(arrival, team=team or self._owner(arrival, file.folder, reading))
            self._adopt(file.origin, arrival.team)
            return self._store(arrival, reading)
        except UnreadableFile as error:
            return Outcome(file.source, "refused", error.reason)

    def _owner(self, arrival: reports.Arrival, folder: str | None, reading: Reading) -> str:
        """Whose the reports are: what they say, else the folder's name, else whose they were before."""
        db = self._connections.db
        said = reports.said_team(db, arrival.origin, arrival.sha256, arrival.reader_version)
        if said is None:
            said = next((report.team for report in reversed(reading.said[0]) if report.team), "")
        return said or folder or reports.team_of(db, arrival.origin) or ""

    def _adopt(self, origin: str, team: str) -> None:
        """A report that nobody's name was known of isn't another one when its team is named later."""
        if team and reports.team_of(self._connections.db, origin) == "":
            with self._connections.writing() as db:
                reports.adopt(db, origin, team)
                decisions.hand_over(db, "", team)
                subjects.mark_unlinked(db, "")
                subjects.mark_unlinked(db, team)

    def _store(self, arrival: reports.Arrival, reading: Reading) -> Outcome:
        if reports.is_known(self._connections.db, arrival):
            with self._connections.writing() as db:
                reports.note_place(db, arrival)
            return Outcome(arrival.source, "unchanged", team=arrival.team)
        read, lines = reading.said
        if any(report.report_date is None for report in read):
            raise UnreadableFile(arrival.source, "undated" if len(read) == 1 else "undated_part")
        with self._connections.writing() as db:
            status = save_all(db, replace(arrival, lines=lines), read)
        return Outcome(arrival.source, status, report=read[-1], team=arrival.team)

    @property
    def version(self) -> int:
        """A number that grows with every change of what can be answered."""
        return self._connections.version

    def relink(self) -> None:
        """Derive the identities anew for every team whose reports or decisions changed."""
        if teams := subjects.unlinked(self._connections.db):
            from store.database.relinking import relink  # a question needs none of the linking

            for team in teams:
                with self._connections.writing() as db:
                    relink(db, team)

    def at_rest(self) -> AbstractContextManager[None]:
        """Whatever this thread asks within sees one state of the reports, whoever brings in new ones meanwhile."""
        return self._connections.resting()

    def _kept(self, name: str, viewer: Viewer, *asked: Any, make: Callable[..., Made]) -> Made:
        """What `make(db, viewer, *asked)` gives, kept for this state by what the viewer may see, never by who it is."""
        of, at = (name, viewer.teams, *asked), self._connections
        return self._memory.get(of, at.version, lambda: make(at.db, viewer, *asked))

    def remembered(self, name: str, viewer: Viewer, *asked: Any, make: Callable[[], Made]) -> Made:
        """What `make()` gives of reports, kept until the database changes; `name` and `asked` tell it from the rest."""
        return self._kept(name, viewer, *asked, make=lambda *_: make())

    # ---- what people corrected -------------------------------------------------------------------------------

    def _amendments(self) -> Amendments:
        """What people corrected by hand, applied to what was read; worked out once for every state of the database."""
        return self._memory.get("amendments", self._connections.version, self._amend)

    def _amend(self) -> Amendments:
        kept = corrections.every(self._connections.db)
        known = reports.by_id(self._connections.db, EVERYONE, {one.report_id for one in kept})
        return amend([self.found_in(EVERYONE, report) for report in known.values()], kept)

    def found_in(self, viewer: Viewer, report: ReportRef) -> Found:
        """What was read in a report, as found, for whoever corrects it; nothing for a viewer who may not see it."""
        if not viewer.may_see(report.team or ""):
            return Found(report.id, report.report_date)
        db = self._connections.db
        read = facts.updates_in(db, report.id), facts.metrics_of(db, report.id), facts.incidents_in(db, report.id)
        return Found(report.id, report.report_date, self._lines(report)[1], *read)

    def corrections(self, viewer: Viewer, cited: Iterable[ReportRef]) -> tuple[Amended, ...]:
        """What is corrected by hand in these reports, and holds."""
        holding = self._amendments().holding
        seen = dict.fromkeys(report.id for report in cited if viewer.may_see(report.team or "")) if holding else ()
        return tuple(amended for report_id in seen for amended in holding.get(report_id, ()))

    # ---- questions -------------------------------------------------------------------------------------------

    def span(self, viewer: Viewer, as_of: date) -> tuple[int, date, date] | None:
        """How many reports there are, with the dates of the oldest and the newest; None without any."""
        return self._kept("span", viewer, as_of, make=reports.span)

    def teams(self, viewer: Viewer, as_of: date) -> tuple[str, ...]:
        """The teams that have a report, by name."""
        return self._kept("teams", viewer, as_of, make=reports.teams)

    def reports_between(self, viewer: Viewer, as_of: date, start: date | None, end: date) -> tuple[ReportRef, ...]:
        """The reports dated in the range, newest first: what a "none" was looked for in."""
        first, last, every = start or date.min, min(end, as_of), self._kept("reports", viewer, make=reports.listed)
        return tuple(report for report in every if first <= report.report_date <= last)

    def reports_labelled(self, viewer: Viewer, as_of: date, numbers: Sequence[int]) -> tuple[ReportRef, ...]:
        """The reports that call themselves by one of these week numbers, newest first."""
        return reports.labelled(self._connections.db, viewer, as_of, numbers)

    def created(self, viewer: Viewer, as_of: date, report_ids: Sequence[int]) -> dict[int, datetime]:
        """When each of these reports says that it was written or handed in (local time); those that say nothing are
        left out. Often that is when the page was exported: see `bot.answers.weeks.handed_in_late`."""
        return reports.created(self._connections.db, viewer, as_of, report_ids)

    def projects(self, viewer: Viewer, as_of: date) -> tuple[ProjectName, ...]:
        """Every project that can be asked for, with all its names."""
        return self._kept("projects", viewer, as_of, make=subjects.names)

    def updates(self, viewer: Viewer, as_of: date, subject_ids: Sequence[int]) -> tuple[Mention[Update], ...]:
        """What was reported on these projects, newest report first."""
        return self._told(viewer).of(subject_ids, as_of)

    def updates_between(
        self, viewer: Viewer, as_of: date, start: date | None, end: date
    ) -> tuple[Mention[Update], ...]:
        """What was reported on any project in the reports dated in the range, newest report first."""
        return self._told(viewer).between(start, min(end, as_of))

    def _told(self, viewer: Viewer) -> Timeline[Update]:
        return self._kept("updates", viewer, make=lambda *asked: Timeline(self._amendments().of(facts.updates(*asked))))

    def owners(self, viewer: Viewer, as_of: date) -> tuple[str, ...]:
        """The teams and roles that the reports name as owners of projects."""
        return self._kept("owners", viewer, as_of, make=lambda *_: tuple(sorted({
            m.record.owner for m in self.updates_between(viewer, as_of, None, as_of) if m.record.owner})))  # fmt: skip

    def milestones(self, viewer: Viewer, as_of: date) -> tuple[Series, ...]:
        """Every milestone that a report tells of, with all its tellings and how its date moved."""
        return self._kept("milestones", viewer, as_of, make=lambda db, *_: milestone_series(
            self.updates_between(viewer, as_of, None, as_of)))  # fmt: skip

    def goals_between(self, viewer: Viewer, as_of: date, start: date | None, end: date) -> tuple[Mention[Goal], ...]:
        """The goals of the reports dated in the range, newest report first."""
        return facts.goals_between(self._connections.db, viewer, as_of, start, end)

    def values_between(self, viewer: Viewer, as_of: date, start: date | None, end: date) -> tuple[Mention[Metric], ...]:
        """Every value of any metric in the reports dated in the range, newest report first."""
        return self._amendments().of(subjects.values_between(self._connections.db, viewer, as_of, start, end))

    def metric_names(self, viewer: Viewer, as_of: date) -> tuple[ProjectName, ...]:
        """Every metric that can be asked for, with all its names, Chinese and English."""
        return self._kept("metrics", viewer, as_of, make=subjects.metric_names)

    def metric_values(self, viewer: Viewer, as_of: date, subject_ids: Sequence[int]) -> tuple[Mention[Metric], ...]:
        """Every value reported for these metrics, newest report first; what reports tell apart isn't added up."""
        return self._amendments().of(subjects.values_of(self._connections.db, viewer, as_of, subject_ids))

    def explain(self, viewer: Viewer, as_of: date, name: str, team: str | None = None) -> tuple[Explained, ...]:
        """Why each project and metric of this name is what it is; none where nobody bears the name."""
        from store.database.explained import named

        known = {Kind.PROJECT: self.projects(viewer, as_of), Kind.METRIC: self.metric_names(viewer, as_of)}
        return named(self._connections.db, viewer, as_of, known, name, team)

    def incidents(
        self, viewer: Viewer, as_of: date, start: date | None, end: date
    ) -> tuple[tuple[Mention[Incident], ...], ...]:
        """The incidents of the range, newest first; several mentions of one incident together, newest report first."""
        def merged() -> tuple[tuple[Mention[Incident], ...], ...]:
            made = self._amendments()
            told = made.of(facts.incidents_between(self._connections.db, viewer, as_of, start, end, made.moved))
            return merge_incidents(happened(told, start, end) if made.moved else told)

        return self._ranges.get((viewer.teams, as_of, start, end), self._connections.version, merged)

    def incident_texts(self, viewer: Viewer, as_of: date) -> tuple[str, ...]:
        """What all reports tell of each incident, as one text."""

        def texts(*_: Any) -> tuple[str, ...]:
            return tuple(" ".join(filter(None, (part for m in group for part in (
                m.record.title, m.record.impact, m.record.cause, m.record.handling, *m.record.systems))))
                for group in self.incidents(viewer, as_of, None, as_of))  # fmt: skip

        return self._kept("incident_texts", viewer, as_of, make=texts)

    def says_no_incident(self, viewer: Viewer, as_of: date, report_ids: Sequence[int]) -> dict[int, int]:
        """Which of these reports say that there was no incident, and in which line."""
        return facts.no_incidents(self._connections.db, viewer, as_of, report_ids)

    def search(
        self, viewer: Viewer, as_of: date, query: str, start: date | None, end: date, limit: int = 20, near: bool = True
    ) -> Hits:
        """The items that hold every term of `query`, best and newest first; else, with `near`, those that come near."""
        return search.find(self._connections.db, viewer, as_of, query, start, end, limit, near=near)

    def search_speaking(
        self, viewer: Viewer, as_of: date, wanted: Sequence[Wanted], start: date | None, end: date, limit: int = 20
    ) -> Hits:
        """The items that speak of all that is `wanted` in whatever form, newest first, else those of most of it."""
        return search.find_speaking(self._connections.db, viewer, as_of, wanted, start, end, limit)

    def search_telling(self, viewer: Viewer, as_of: date, *asked: Any) -> Hits:
        """The items that say all that is needed (`search.find_telling`), by themselves or under their titles."""
        return search.find_telling(self._connections.db, viewer, as_of, *asked)

    def says(self, viewer: Viewer, as_of: date, word: str, *, spelled: bool = False) -> bool:
        """Whether any line says the word in any form, or `spelled` so: what none says can't tell lines apart."""
        of, at = (viewer.teams, as_of, word, spelled), self._connections
        return self._words.get(of, at.version, lambda: search.says(at.db, viewer, as_of, word, spelled))

    # ---- one report --------------------------------------------------------------------------------------------

    def sections(self, viewer: Viewer, report: ReportRef) -> tuple[Section, ...]:
        """The sections of a report, none for a viewer who may not see it."""
        return facts.sections_of(self._connections.db, report.id) if viewer.may_see(report.team or "") else ()

    def metrics(self, viewer: Viewer, report: ReportRef) -> tuple[Metric, ...]:
        """The metrics of a report in its order."""
        found = facts.metrics_of(self._connections.db, report.id) if viewer.may_see(report.team or "") else ()
        return tuple(self._amendments().one(report.id, metric) for metric in found)

    def items(self, viewer: Viewer, report: ReportRef) -> tuple[tuple[Item, SectionKind | None], ...]:
        """The lines of a report as they were read, each with the kind of its section."""
        return facts.items_of(self._connections.db, report.id) if viewer.may_see(report.team or "") else ()

    def goals(self, viewer: Viewer, report: ReportRef) -> tuple[Goal, ...]:
        """The goals of a report in its order."""
        return facts.goals_of(self._connections.db, report.id) if viewer.may_see(report.team or "") else ()

    def lines(self, viewer: Viewer, report: ReportRef) -> tuple[str, ...]:
        """The lines of a report as a person sees them, up to its last; of a file with several weeks, those of other
        weeks are empty. A line of HTML may hold several, one below the other."""
        return self._lines(report)[1] if viewer.may_see(report.team or "") else ()

    def _lines(self, report: ReportRef) -> tuple[int, tuple[str, ...]]:
        """The first line that is the report's own, and the lines up to its last: kept, since a list quotes twenty."""
        return self._texts.get(report.id, self._connections.version, lambda: self._read_lines(report))

    def _read_lines(self, report: ReportRef) -> tuple[int, tuple[str, ...]]:
        content, lines, span = reports.lines(self._connections.db, report.id)
        if lines is None:
            lines = Document.of_markdown(decode(content, report.source)).lines
        first, last = span or (1, len(lines))
        return first, ("",) * (first - 1) + lines[first - 1 : last]

    def cite(
        self, viewer: Viewer, report: ReportRef, line: int, line_end: int | None = None, about: str = ""
    ) -> Citation:
        """The citation of these lines, quoted as written; of a line that holds a whole page or much more than a person
        reads, only the part that `about` (the text of what is cited) stands in."""
        if not viewer.may_see(report.team or ""):
            return Citation(report, line, line_end or line, "")
        first, lines = self._lines(report)
        line = max(line, first)
        last = max(line_end or line, line)
        return Citation(report, line, last, quoted(lines[line - 1 : last], about))

    def first_sight(self, event_id: str, now: datetime) -> bool:
        """Note an event of Slack's; False when it was seen before."""
        with self._connections.writing() as db:
            return events.first_sight(db, event_id, now)
