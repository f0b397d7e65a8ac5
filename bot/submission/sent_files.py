"""Files that people send: the reports in them, as texts that can be drafts. Pure: bytes in, texts out."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import PurePosixPath

from store.errors import UnreadableFile
from store.intake import FOREIGN_SUFFIXES, REPORT_SUFFIXES, Candidate
from store.intake.archives import members
from store.reading import read_reports
from store.reading.formats import to_document

ARCHIVE = ".zip"
TAKEN = REPORT_SUFFIXES | {ARCHIVE}
MOST_REPORTS = 5  # of one archive; whoever has more has them read in from a folder


@dataclass(frozen=True, slots=True)
class SentReport:
    """A report in a file: its text as Markdown, and the day and the team that it says of itself (None, "").

    `reason` says why it can't be taken: one of `UnreadableFile`, or `several` weeks, or `many` reports, of which no
    text is given.
    """

    name: str
    text: str = ""
    day: date | None = None
    team: str = ""
    reason: str = ""


def suffix(name: str) -> str:
    """What tells a file's format, in small letters."""
    return PurePosixPath(name).suffix.lower()


def may_be_report(name: str) -> bool:
    """Whether a file of this name is one that people send as a report, be it in a format that isn't read."""
    return suffix(name) in TAKEN | FOREIGN_SUFFIXES


def reports_in(name: str, content: bytes) -> tuple[SentReport, ...]:
    """The reports in a file, at most `MOST_REPORTS`."""
    if suffix(name) not in TAKEN:
        return (SentReport(name, reason="unsupported"),)
    found = tuple(islice(map(_report, _files(name, content)), MOST_REPORTS + 1))
    if len(found) > MOST_REPORTS:
        return (SentReport(name, reason="many"),)
    return found or (SentReport(name, reason="empty"),)


def _files(name: str, content: bytes) -> Iterator[Candidate]:
    if suffix(name) == ARCHIVE:
        return members(io.BytesIO(content), Candidate(name, name, name))
    return iter((Candidate(name, name, name, content=content),))


def _report(file: Candidate) -> SentReport:
    if file.content is None:
        return SentReport(file.source, reason=file.reason or "denied")
    try:
        document = to_document(file.content, file.source)
    except UnreadableFile as error:
        return SentReport(file.source, reason=error.reason)
    reports = read_reports(document, file.source)
    if len(reports) > 1:
        return SentReport(file.source, reason="several")
    text = "\n".join(text.markdown for text in document.texts)
    return SentReport(file.source, text, reports[0].report_date, reports[0].team or "")


def team_meant(said: str, beside: str, own: Sequence[str], here: Sequence[str], known: Sequence[str]) -> str:
    """Whose report it is: of the team that the message `beside` it names, else of the one that it `said` itself if that
    is a `known` one, else of the one of this channel (`here`) that the sender may submit for, else of their only one;
    "" where that can't be said."""
    named = [team for team in own if team in beside]
    if len(named) == 1:
        return named[0]
    if said in known:
        return said
    mine = [team for team in here if team in own] or list(own)
    return mine[0] if len(mine) == 1 else ""
