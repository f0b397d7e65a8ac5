"""The lines that a report lists as its risks, in a section of their own: 风险与依赖, Risks & dependencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answers.context import Context
from bot.answers.dangers import Danger, danger_of, words
from store.reading.vocabulary import vocabulary
from store.records import HEADING, Item, ProjectName, ReportRef, Section, SectionKind
from store.words.normalise import fold


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One such line, and the projects that it names."""

    report: ReportRef
    line: int
    line_end: int
    text: str
    danger: Danger
    projects: tuple[ProjectName, ...]


def risk_lines(context: Context, reports: Sequence[ReportRef], known: Sequence[ProjectName]) -> list[RiskLine]:
    """The lines of the risk sections of these reports, in their order."""
    return [line for report in reports for line in _of_report(context, report, known)]


def _of_report(context: Context, report: ReportRef, known: Sequence[ProjectName]) -> Iterator[RiskLine]:
    sections = context.library.sections(context.viewer, report)
    if not any(map(_lists_risks, sections)):
        return
    titles = {section.line for section in sections}
    projects = [project for project in known if project.team == report.team]
    for item, _ in context.library.items(context.viewer, report):
        section = next((s for s in reversed(sections) if s.line <= item.line), None)
        if section is None or not _lists_risks(section) or item.line in titles or _is_frame(item):
            continue
        text = " ".join(item.text.split())
        danger = danger_of(text)
        if danger is not None:
            yield RiskLine(report, item.line, item.line_end, text, danger, _named(text, projects))


def _lists_risks(section: Section) -> bool:
    return section.kind is SectionKind.OTHER and words("sections").search(fold(section.title)) is not None


def _is_frame(item: Item) -> bool:
    """Whether it is a heading, or the row of a table that names its columns."""
    first = fold(item.text.split("|")[0]).strip()
    return item.mark == HEADING or ("|" in item.text and first in vocabulary()["columns"]["risk"])


def _named(text: str, projects: Sequence[ProjectName]) -> tuple[ProjectName, ...]:
    folded = fold(text)
    return tuple(p for p in projects if p.firm and any(len(n) > 2 and fold(n) in folded for n, _ in p.names))
