"""The façade: everything that can be asked of reports, and the one way for reports to come in.

Every question is asked by a `viewer` on a day `as_of`: what the viewer may not see and what was reported later does
not exist for it. Dates are local days; ranges are inclusive, and a start of None means since ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from store import explaining
from store.database import decisions, events, explained, facts, reports, search, subjects
from store.database.connection import Connections, guarded
from store.errors import UnreadableFile
from store.explaining import Explained
from store.intake import Candidate
from store.linking.decisions import Kind, plain_name
from store.linking.incidents import merge_incidents
from store.reading import READER_VERSION, read_report
from store.reading.formats.text import decode, text_of
from store.reading.marks import split_lines
from store.records import (
    Citation,
    Goal,
    Hits,
    Incident,
    Mention,
    Metric,
    ProjectName,
    Report,
    ReportRef,
    Section,
    Update,
)
from store.viewer import Viewer


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


@guarded
class Library:
    """The reports of one database. Safe to use from several threads."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @classmethod
    def open(cls, path: str, *, create: bool = False) -> Self:
        """The library in the database file at `path`; raises `DatabaseUnusable`.

        Identities that an ingest left underived when it was broken off are derived now.
        """
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
        """Take the files in, one by one; identities are derived anew at the end for the teams that changed."""
        for file in files:
            yield self._take(file, now, team, url_base)
        self.relink()

    def _take(self, file: Candidate, now: datetime, team: str | None, url_base: str | None) -> Outcome:
        try:
            if file.content is None:
                raise UnreadableFile(file.source, file.reason or "denied")
            report = None
            text = decode(file.content, file.source)
            owner = team or None
            if owner is None:
                report = read_report(text, file.source)
                owner = report.team or file.folder or reports.team_of(self._connections.db, file.origin) or ""
            self._adopt(file.origin, owner)
            arrival = reports.Arrival(
                owner, file.origin, file.source, file.content, hashlib.sha256(file.content).hexdigest(),
                READER_VERSION, now, file.url(url_base),
            )  # fmt: skip
            return self._store(arrival, text, report)
        except UnreadableFile as error:
            return Outcome(file.source, "refused", error.reason)

    def _adopt(self, origin: str, team: str) -> None:
        """A report that nobody's name was known of isn't another one when its team is named later."""
        if team and reports.team_of(self._connections.db, origin) == "":
            with self._connections.writing() as db:
                reports.adopt(db, origin, team)
                decisions.hand_over(db, "", team)
                subjects.mark_unlinked(db, "")
                subjects.mark_unlinked(db, team)

    def _store(self, arrival: reports.Arrival, text: str, report: Report | None) -> Outcome:
        if reports.is_known(self._connections.db, arrival):
            with self._connections.writing() as db:
                reports.note_place(db, arrival)
            return Outcome(arrival.source, "unchanged", team=arrival.team)
        report = report or read_report(text, arrival.source)
        if report.report_date is None:
            raise UnreadableFile(arrival.source, "undated")
        withdrawn = reports.is_withdrawn(self._connections.db, arrival)
        with self._connections.writing() as db:
            report_id, revision = reports.save(db, arrival, report)
            facts.replace_facts(db, report_id, report)
            subjects.mark_unlinked(db, arrival.team)
        status = "restored" if withdrawn else "added" if revision == 1 else "revised"
        return Outcome(arrival.source, status, report=report, team=arrival.team)

    def relink(self) -> None:
        """Derive the identities anew for every team whose reports or decisions changed."""
        for team in subjects.unlinked(self._connections.db):
            with self._connections.writing() as db:
                subjects.relink(db, team)

    # ---- questions -------------------------------------------------------------------------------------------

    def span(self, viewer: Viewer, as_of: date) -> tuple[int, date, date] | None:
        """How many reports there are, with the dates of the oldest and the newest; None without any."""
        return reports.span(self._connections.db, viewer, as_of)

    def teams(self, viewer: Viewer, as_of: date) -> tuple[str, ...]:
        """The teams that have a report, by name."""
        return reports.teams(self._connections.db, viewer, as_of)

    def reports_between(self, viewer: Viewer, as_of: date, start: date | None, end: date) -> tuple[ReportRef, ...]:
        """The reports dated in the range, newest first: what a "none" was looked for in."""
        return reports.listed(self._connections.db, viewer, as_of, start, end)

    def reports_labelled(self, viewer: Viewer, as_of: date, numbers: Sequence[int]) -> tuple[ReportRef, ...]:
        """The reports that call themselves by one of these week numbers, newest first."""
        return reports.labelled(self._connections.db, viewer, as_of, numbers)

    def projects(self, viewer: Viewer, as_of: date) -> tuple[ProjectName, ...]:
        """Every project that can be asked for, with all its names."""
        return subjects.names(self._connections.db, viewer, as_of)

    def updates(self, viewer: Viewer, as_of: date, subject_ids: Sequence[int]) -> tuple[Mention[Update], ...]:
        """What was reported on these projects, newest report first."""
        return facts.updates_of(self._connections.db, viewer, as_of, subject_ids)

    def metric_names(self, viewer: Viewer, as_of: date) -> tuple[ProjectName, ...]:
        """Every metric that can be asked for, with all its names, Chinese and English."""
        return subjects.metric_names(self._connections.db, viewer, as_of)

    def metric_values(self, viewer: Viewer, as_of: date, subject_ids: Sequence[int]) -> tuple[Mention[Metric], ...]:
        """Every value reported for these metrics, newest report first; what reports tell apart isn't added up."""
        return subjects.values_of(self._connections.db, viewer, as_of, subject_ids)

    def explain(self, viewer: Viewer, as_of: date, name: str, team: str | None = None) -> tuple[Explained, ...]:
        """Why each project and metric of this name is what it is; none where nobody bears the name."""
        found = []
        for kind, known in (
            (Kind.PROJECT, self.projects(viewer, as_of)), (Kind.METRIC, self.metric_names(viewer, as_of))
        ):  # fmt: skip
            found += [explained.of(self._connections.db, viewer, as_of, kind, one, known)
                      for one in explaining.meant(plain_name(kind, name), known, team)]  # fmt: skip
        return tuple(found)

    def incidents(
        self, viewer: Viewer, as_of: date, start: date | None, end: date
    ) -> tuple[tuple[Mention[Incident], ...], ...]:
        """The incidents of the range, newest first; several mentions of one incident together, newest report first."""
        told = facts.incidents_between(self._connections.db, viewer, as_of, start, end)
        return merge_incidents(told)

    def says_no_incident(self, viewer: Viewer, as_of: date, report_ids: Sequence[int]) -> dict[int, int]:
        """Which of these reports say that there was no incident, and in which line."""
        return facts.no_incidents(self._connections.db, viewer, as_of, report_ids)

    def search(self, viewer: Viewer, as_of: date, query: str, start: date | None, end: date, limit: int = 20) -> Hits:
        """The items that hold every term of `query`, best and newest first; the nearest ones where there are none."""
        return search.find(self._connections.db, viewer, as_of, query, start, end, limit)

    # ---- one report --------------------------------------------------------------------------------------------

    def sections(self, viewer: Viewer, report: ReportRef) -> tuple[Section, ...]:
        """The sections of a report, none for a viewer who may not see it."""
        return facts.sections_of(self._connections.db, report.id) if viewer.may_see(report.team or "") else ()

    def metrics(self, viewer: Viewer, report: ReportRef) -> tuple[Metric, ...]:
        """The metrics of a report in its order."""
        return facts.metrics_of(self._connections.db, report.id) if viewer.may_see(report.team or "") else ()

    def goals(self, viewer: Viewer, report: ReportRef) -> tuple[Goal, ...]:
        """The goals of a report in its order."""
        return facts.goals_of(self._connections.db, report.id) if viewer.may_see(report.team or "") else ()

    def lines(self, viewer: Viewer, report: ReportRef) -> tuple[str, ...]:
        """The lines of a report as written."""
        if not viewer.may_see(report.team or ""):
            return ()
        return tuple(split_lines(text_of(reports.content(self._connections.db, report.id), report.source)))

    def cite(self, viewer: Viewer, report: ReportRef, line: int, line_end: int | None = None) -> Citation:
        """The citation of these lines, quoted as written."""
        last = line_end or line
        quote = "\n".join(self.lines(viewer, report)[line - 1 : last]).strip()
        return Citation(report, line, last, quote)

    # ---- Slack -----------------------------------------------------------------------------------------------

    def first_sight(self, event_id: str, now: datetime) -> bool:
        """Note an event of Slack's; False when it was seen before."""
        with self._connections.writing() as db:
            return events.first_sight(db, event_id, now)
