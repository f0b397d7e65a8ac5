"""The report of a week: its sections with their first-level lines, figures in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.answers.author import answer_author
from bot.answers.context import Context
from bot.answers.lines import readable
from bot.answers.model import Answer, Para, Style, Text, join, plain
from bot.answers.period import Period, period
from bot.question.content import content
from bot.question.text import trim, without
from store.reading.vocabulary import words
from store.records import Citation, ReportRef, Section, SectionKind
from store.words.names import key
from store.words.normalise import fold
from store.words.regex import regex
from store.words.speaking import SCATTERED, Wanted, most

PER_SECTION = 6
MOST_LINES = 24  # of a report without sections
LINE_LENGTH = 60
_LISTED = regex(r"(?:[-*•]|\d{1,2}[.、)）])\s*(?=\S)")


def answer_report(context: Context) -> Answer:
    """The report that the week, date or team names; each team's newest where the question names none."""
    found = reports_asked(context)
    if not found:
        return _none(context)
    if context.query.aspect == "author" and not context.query.words:
        return answer_author(context, found)
    if key(context.query.words) and (section := _titled(context)):
        return section
    if not key(trim(without("words", "gist", context.query.words))):
        context = replace(context, query=replace(context.query, words=""))
    wanted = content(context.query.words, context.told)
    if not wanted and _is_kind(context.query.words):
        return _unknown(context)  # 收获与反思, of a report that has none
    parts = (section for report in found for section in _sections(context, report))
    if context.query.aspect == "author" or (wanted and not any(_is_of(section, wanted) for section in parts)):
        return _unknown(context)
    if len(found) > 1:
        return _several(context, found)
    return _one(context, found[0])


def _titled(context: Context) -> Answer | None:
    from bot.answers.section import answer_section  # which shows sections as this module does

    return answer_section(context)


def _is_kind(said: str) -> bool:
    """Whether the words are what a kind of section is called."""
    name = fold(without("words", "section", said)).strip()
    return any(name == fold(called) for kind in SectionKind for called in words("sections", kind))


def _is_of(section: Section, wanted: Sequence[Wanted]) -> bool:
    """Whether the question's words name the section: the incidents part, 下周计划那部分."""
    names = (section.title, *(words("sections", section.kind) if section.kind else ()))
    return all(most(word, names) >= SCATTERED for word in wanted)


def _sections(context: Context, report: ReportRef) -> tuple[Section, ...]:
    return context.library.sections(context.viewer, report)


def _unknown(context: Context) -> Answer:
    """Words that name neither a team nor a section are no team's report."""
    teams = "、".join(context.library.teams(context.viewer, context.as_of))
    return context.not_found(context.say("report.unknown", words=context.query.words, teams=teams))


def reports_asked(context: Context) -> Sequence[ReportRef]:
    """The reports of the week or the days asked for, newest first; without any each team's newest."""
    asked = period(context)
    if context.query.range is None:
        return _newest_of_each_team(context.library.reports_between(context.viewer, context.as_of, None, asked.end))
    if asked.labelled:
        return asked.labelled
    reports = context.library.reports_between(context.viewer, context.as_of, asked.start, asked.end)
    if reports or asked.start is None:
        return reports
    return _week_of(context, asked.end.toordinal()) if asked.start == asked.end else _written_for(context, asked)


def _written_for(context: Context, asked: Period) -> Sequence[ReportRef]:
    """The reports of a range in which none is dated, whose own period reaches into it: those of a holiday."""
    reports = context.library.reports_between(context.viewer, context.as_of, None, context.as_of)
    return [r for r in reports if asked.start and r.period_start <= asked.end and asked.start <= r.period_end]


def range_asked(context: Context) -> tuple[date | None, date] | None:
    """The days that the question means, by the labels of the reports where it names a week."""
    asked = period(context)
    return (asked.start, asked.end) if asked.labelled else context.asked_range()


def _week_of(context: Context, ordinal: int) -> Sequence[ReportRef]:
    """A single day stands for its Monday-Sunday: "the 26 April report" needn't be dated the 26th."""
    monday = date.fromordinal(ordinal - date.fromordinal(ordinal).weekday())
    sunday = date.fromordinal(monday.toordinal() + 6)
    return context.library.reports_between(context.viewer, context.as_of, monday, sunday)


def _newest_of_each_team(reports: Sequence[ReportRef]) -> list[ReportRef]:
    newest: dict[str | None, ReportRef] = {}
    for report in reports:
        newest.setdefault(report.team, report)
    return list(newest.values())


def title_of(context: Context, report: ReportRef) -> Text:
    """Team, label and day of a report."""
    parts = [report.team or "", report.label or "", str(report.report_date)]
    return join([plain(part, Style.STRONG) for part in parts])


def _one(context: Context, report: ReportRef) -> Answer:
    query = context.query
    lines = context.library.lines(context.viewer, report)
    sections = _sections(context, report)
    wanted = content(query.words, context.told)
    blocks = [Para(note) for note in _label_note(context, report)]
    opening = _opening(lines, sections)
    blocks += _shown(context, opening, PER_SECTION, _clipped) if not wanted else []
    for section, below in zip(sections, by_section(lines, sections), strict=True):
        blocks += _section(context, section, below) if not wanted or _is_of(section, wanted) else []
    if not sections:  # a mail of a few paragraphs
        shown = [(number, text) for number, text in enumerate(lines, 1) if _top_level(text)]
        blocks += _shown(context, shown, MOST_LINES, readable)
    return Answer(
        question=query.question,
        kind=query.kind,
        lang=query.lang,
        found=True,
        head=title_of(context, report),
        blocks=tuple(blocks),
        citations=(
            *(context.cite(report, number) for number, _ in opening),
            *_citations(context, report, sections, len(lines)),
        ),
        range=range_asked(context),
        data=_data(context, report, sections),
    )


def _opening(lines: Sequence[str], sections: Sequence[Section]) -> list[tuple[int, str]]:
    """What is listed before the first section: a mail may begin with its work and name only what comes after it."""
    before = lines[: sections[0].line - 1] if sections else ()
    return [(number, text) for number, text in enumerate(before, 1) if _LISTED.match(text)]


def _citations(context: Context, report: ReportRef, sections: Sequence[Section], last: int) -> tuple[Citation, ...]:
    """Each section whole, in the order of the report; the report whole where it has none."""
    if not sections:
        return context.cite_first(report, last)
    starts = [section.line for section in sections]
    ends = [line - 1 for line in starts[1:]] + [last]
    spans = zip(starts, ends, sections, strict=True)
    return tuple(context.cite(report, a, max(a, z), section.title) for a, z, section in spans)


def by_section(lines: Sequence[str], sections: Sequence[Section]) -> list[list[tuple[int, str]]]:
    """What stands below each section's title, with its line. A line of HTML may hold several texts, and sections."""
    found: list[list[tuple[int, str]]] = [[] for _ in sections]
    at = -1
    for number, line in enumerate(lines, 1):
        texts = line.split("\n")
        for text in texts:
            following = sections[at + 1] if at + 1 < len(sections) else None
            if following and number == following.line and (len(texts) == 1 or _names(text, following)):
                at += 1
                text = text if _holds_all(text, following) else ""  # 下周：A上线；B批下来。 is heading and text in one
            if at >= 0 and text:
                found[at].append((number, text))
    return found


def _holds_all(text: str, section: Section) -> bool:
    label, _, rest = readable(text).replace("：", ":").partition(":")
    return bool(rest.strip()) and label.strip() == section.title and section.kind is not SectionKind.OTHER


def _names(text: str, section: Section) -> bool:
    return all(word in text for word in section.title.split())


def _label_note(context: Context, report: ReportRef) -> list[Text]:
    """Where label and ISO week disagree, which report was taken is said."""
    asked, iso = context.query.range, report.report_date.isocalendar().week
    if asked and asked.weeks and report.label and str(iso) not in report.label:
        return [plain(context.say("answer.label_and_iso", label=report.label, iso=iso), Style.DIM)]
    return []


def _section(context: Context, section: Section, lines: Sequence[tuple[int, str]]) -> list[Para]:
    shown = [(number, text) for number, text in lines if _top_level(text)]
    if section.kind in (SectionKind.REFLECTIONS, SectionKind.DAILY) or not shown:
        return []
    return [Para(plain(section.title, Style.STRONG)), *_shown(context, shown, PER_SECTION, _clipped)]


def _shown(
    context: Context, lines: Sequence[tuple[int, str]], most_lines: int, said: Callable[[str], str]
) -> list[Para]:
    """So many of the lines, as `said` writes them, and how many more there are."""
    found = [Para((*plain(said(text)), *plain("  "), *context.line(number)), 1) for number, text in lines[:most_lines]]
    if len(lines) > most_lines:
        found.append(Para(plain(context.say("report.more_items", count=len(lines) - most_lines), Style.DIM), 1))
    return found


def _top_level(text: str) -> bool:
    return not text[:1].isspace() and bool(readable(text))


def _clipped(text: str) -> str:
    bare = readable(text)
    return bare if len(bare) <= LINE_LENGTH else bare[: LINE_LENGTH - 1] + "…"


def _several(context: Context, reports: Sequence[ReportRef]) -> Answer:
    query = context.query
    blocks = tuple(
        Para((*title_of(context, r), *plain(f"  {r.source}", Style.DIM)), 0, True) for r in reports[:20]
    )  # fmt: skip
    head = context.say("report.several", asked=words_asked(context), count=len(reports))
    return Answer(
        question=query.question,
        kind=query.kind,
        lang=query.lang,
        found=True,
        head=plain(head, Style.STRONG),
        blocks=blocks,
        citations=tuple(cited for report in reports[:6] for cited in context.cite_first(report)),
        range=range_asked(context),
        data={"reports": [reference(report) for report in reports]},
        suggestions=tuple(f"周报 {r.team or ''} {r.report_date}".replace("  ", " ") for r in reports[:3]),
    )


def words_asked(context: Context) -> str:
    """What is asked for, for the head of an answer: team, week and words."""
    asked = context.query.range
    parts = [context.query.team or "", asked.text.strip() if asked else "", context.query.words]
    return " ".join(filter(None, parts)) or str(context.as_of)


def _none(context: Context) -> Answer:
    """No report for the week: said, with the neighbouring reports named, and nothing of what they hold."""
    if context.library.span(context.viewer, context.as_of) is None:
        return context.not_found(context.none_known())
    near = _neighbours(context)
    named = "、".join(context.report(report) for report in near)
    blocks = (Para(plain(context.say("report.neighbours", reports=named))),) if near else ()
    asked = context.query.range
    words = words_asked(context)
    if asked and asked.start:
        words = f"{words} ({context.range_text(asked.start, asked.end)})"
    return context.not_found(
        context.say("report.none", asked=words), blocks=blocks, data={"neighbours": [reference(r) for r in near]}
    )


def _neighbours(context: Context) -> list[ReportRef]:
    asked = context.query.range
    middle = asked.end if asked else context.as_of
    everything = context.library.reports_between(context.viewer, context.as_of, None, context.as_of)
    before = [r for r in everything if r.report_date <= middle][:1]
    after = [r for r in everything if r.report_date > middle][-1:]
    return [*before, *after]


def reference(report: ReportRef) -> dict[str, Any]:
    """A report as JSON values."""
    return {
        "team": report.team, "label": report.label, "report_date": report.report_date.isoformat(),
        "source": report.source, "url": report.url,
    }  # fmt: skip


def _data(context: Context, report: ReportRef, sections: Sequence[Section]) -> dict[str, Any]:
    metrics = context.library.metrics(context.viewer, report)
    goals = context.library.goals(context.viewer, report)
    return {
        **reference(report),
        "sections": [{"title": s.title, "kind": s.kind, "line": s.line} for s in sections],
        "metrics": [
            {"name": m.name, "value": m.value, "unit": m.unit, "line": m.line, "about": m.about, "corrects": m.corrects}
            for m in metrics
        ],
        "goals": [{"text": goal.text, "line": goal.line} for goal in goals],
    }
