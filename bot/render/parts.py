"""What all renderers share: bars, the list of sources, and the length that an answer may have."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

from bot.answers.lines import line_ranges
from bot.answers.model import Answer, Bar, Cell, words_of
from bot.catalogue import sayer
from store.records import Citation, ReportRef

BAR_CELLS = 10
LONGEST_TEXT = 4000  # characters of an answer (design, section 4)
MOST_SOURCES = 4
LONGEST_LINK = 1500


def printable(text: str) -> str:
    """`text` with � for each character that a terminal or a page would obey; tabs and wide spaces are spaces."""
    # A report may hold escape sequences, or turn what stands behind it around (U+202E).
    return "".join(map(_harmless, text))


def _harmless(char: str) -> str:
    if char.isprintable() or char == "\n":
        return char
    return " " if char == "\t" or unicodedata.category(char) == "Zs" else "�"


def bar(progress: float, cells: int = BAR_CELLS) -> str:
    """`████████▌░` for 85: of so many cells, halves shown, and never full before 100."""
    halves = min(int(progress / 100 * cells * 2 + 0.5), cells * 2 - (progress < 100))
    full, half = divmod(max(0, halves), 2)
    return "█" * full + "▌" * half + "░" * (cells - full - half)


def cell_text(cell: Cell, cells: int = BAR_CELLS) -> str:
    """A cell as plain words: `████████▌░  85%`."""
    return f"{bar(cell.progress, cells)} {cell}" if isinstance(cell, Bar) else words_of(cell)


def sources(citations: Sequence[Citation]) -> list[tuple[Citation, str]]:
    """Each cited report once, in order of its first citation, with its lines: `62–66, 71`."""
    lines: dict[int, set[int]] = {}
    first: dict[int, Citation] = {}
    for citation in citations:
        first.setdefault(citation.report.id, citation)
        lines.setdefault(citation.report.id, set()).update(range(citation.line, citation.line_end + 1))
    return [(citation, line_ranges(sorted(lines[report_id]))) for report_id, citation in first.items()]


def has_link(report: ReportRef) -> bool:
    """Whether a report is published where a link may lead; an address may be anything that an admin wrote."""
    url = report.url or ""
    return url.startswith(("https://", "http://")) and len(url) <= LONGEST_LINK


def source_name(source: str) -> str:
    """A source as people call it: the file's name, without the way there."""
    return PurePosixPath(source).name


def sources_line(answer: Answer) -> str:
    """`来源：2023-09-15.md 62–66 行`; empty without citations."""
    say, found = sayer(answer.lang), sources(answer.citations)
    if not found:
        return ""
    named = [f"{source_name(c.report.source)} {_line_words(answer.lang, lines)}" for c, lines in found[:MOST_SOURCES]]
    rest = f" … {say('answer.more', count=len(found) - MOST_SOURCES)}" if len(found) > MOST_SOURCES else ""
    colon, between = ("：", "；") if answer.lang == "zh" else (": ", "; ")
    return f"{say('answer.sources')}{colon}{between.join(named)}{rest}"


def _line_words(lang: str, lines: str) -> str:
    key = "answer.line" if lines.isdigit() else "answer.lines"
    return sayer(lang)(key, line=lines, lines=lines)
