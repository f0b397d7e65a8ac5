"""What a draft is understood to say, and what looks off in it beside the reports before. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.submission.against import contradictions
from bot.submission.before import Before
from bot.submission.notes import Note
from store.drafts import Week
from store.reading import read_reports
from store.reading.document import Document
from store.records import Report, Section, SectionKind
from store.words.normalise import fold

FEWEST_REPORTS = 2  # before a section that all of them had is expected
LATE = timedelta(weeks=4)  # a report of an older week is asked about
MUCH_UNCHANGED = 0.3  # of the lines with something in them
SHORT_LINE = 6  # characters, below which a line may well stand there every week (无, none, 1. 会议)
_TITLED = (SectionKind.PROJECTS, SectionKind.OTHER)  # kinds of which a report has several, told apart by their titles


class Count(StrEnum):
    """What is counted in a report."""

    PROJECTS = "projects"
    METRICS = "metrics"
    INCIDENTS = "incidents"
    GOALS = "goals"


@dataclass(frozen=True, slots=True)
class Findings:
    """What a draft was understood to say (its newest report, None where nothing is dated), what looks off in it, and
    what is there of its week."""

    report: Report | None
    counts: dict[Count, int]
    notes: tuple[Note, ...]
    week: Week = field(default_factory=Week)

    @property
    def understood(self) -> bool:
        """Whether any fact was found."""
        return any(self.counts.values())


def check(document: Document, name: str, day: date, today: date, before: Before) -> Findings:
    """The findings on the text of a draft for the week of `day`; `name` dates a file whose titles don't."""
    return findings(read_reports(document, name), day, today, before)


def findings(reports: Sequence[Report], day: date, today: date, before: Before) -> Findings:
    """The same on what was read already, oldest first."""
    report = reports[-1]
    counts = {
        Count.PROJECTS: len(report.updates), Count.METRICS: len(report.metrics),
        Count.INCIDENTS: len(report.incidents), Count.GOALS: len(report.goals),
    }  # fmt: skip
    if any(one.report_date is None for one in reports):
        return Findings(None, counts, (Note("undated"),))
    notes = [*_of_week(report, len(reports), day, today), *_of_text(report, before)]
    if not any(counts.values()):
        notes.insert(0, Note("nothing"))
    return Findings(report, counts, (*notes, *contradictions(report, before)))


def _of_week(report: Report, reports: int, day: date, today: date) -> Iterator[Note]:
    on = report.report_date or day
    if on != day:
        yield Note("other_date", about=on.isoformat(), now=day.isoformat())
    if on > today + timedelta(days=7):
        yield Note("future", about=on.isoformat())
    if on < today - LATE:
        yield Note("old", about=on.isoformat())
    if reports > 1:
        yield Note("several", count=reports)


def _of_text(report: Report, before: Before) -> Iterator[Note]:
    yield from _unchanged(report, before)
    yield from _missing_sections(report, before)
    yield from _empty_sections(report)


def _unchanged(report: Report, before: Before) -> Iterator[Note]:
    """Lines that stand in last week's report word by word; the titles are its structure and don't count."""
    titles = {section.line for section in report.sections}
    old = {_said(line) for line in before.lines} - {""}
    lines = [(n, line) for n, line in enumerate(report.lines, 1)
             if n not in titles and len(_said(line)) >= SHORT_LINE and not line.lstrip().startswith("#")]  # fmt: skip
    same = [(n, line) for n, line in lines if _said(line) in old]
    if same and len(same) >= max(2, MUCH_UNCHANGED * len(lines)):
        yield Note("unchanged", same[0][0], same[0][1].strip(), count=len(same), now=f"{len(same) / len(lines):.0%}")


def _said(line: str) -> str:
    return fold(line.strip().lstrip("-*+•0123456789.、)# "))


def _missing_sections(report: Report, before: Before) -> Iterator[Note]:
    """Sections that each of the last reports had. Of most kinds a report has one, whatever its title."""
    if len(before.sections) < FEWEST_REPORTS:
        return
    kinds = {section.kind for section in report.sections}
    titles = {fold(section.title) for section in report.sections}
    always = set.intersection(*({fold(s.title) for s in sections} for sections in before.sections))
    for section in before.sections[0]:
        there = fold(section.title) in titles or (section.kind in kinds and section.kind not in _TITLED)
        if fold(section.title) in always and not there and _filled(section, before):
            yield Note("missing_section", about=section.title)


def _filled(section: Section, before: Before) -> bool:
    """Whether anything stood in a section of last week's report."""
    following = [other.line for other in before.sections[0] if other.line > section.line]
    end = min(following, default=len(before.lines) + 1)
    return any(text.strip() for text in before.lines[section.line : end - 1])


def _empty_sections(report: Report) -> Iterator[Note]:
    """Titles with nothing below them before the next one of their level or the end."""
    ends = [section.line for section in report.sections[1:]] + [len(report.lines) + 1]
    for section, end in zip(report.sections, ends, strict=False):
        above = end <= len(report.lines) and _level(report, section.line) < _level(report, end)
        empty = not any(line.strip() for line in report.lines[section.line : end - 1])
        if empty and not above and section.kind is not SectionKind.DAILY:
            yield Note("empty_section", section.line, section.title)


def _level(report: Report, line: int) -> int:
    """How deep a heading stands: by its marks, and 2 for a line without any."""
    text = report.lines[line - 1].lstrip() if line <= len(report.lines) else ""
    return len(text) - len(text.lstrip("#")) or 2
