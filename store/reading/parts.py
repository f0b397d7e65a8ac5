"""Several weeks in one file → a document for each, in the file's order, with the lines of the whole file.

A part begins at a heading that names another week than the one before: not at each line with a date, not where a
report repeats its title, and not at the days of a 日报合集.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from store.reading.document import Document, Text
from store.reading.head import LABEL, days_in, week_of
from store.reading.layout import section_kind
from store.reading.marks import Marked, marked, plain
from store.reading.vocabulary import alternatives, words
from store.words.normalise import fold

_LONGEST_TITLE = 80  # characters
_LONGEST_REST = 20
_LISTED = ("- ", "* ", "|")  # what most lines begin with, and no title
_PLAIN = 7  # the level of a title without `#`
_A_YEAR_APART = 60  # days: the same label so far apart is another year's
_MONTHS = re.compile(r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\b")


@dataclass(frozen=True, slots=True)
class _Title:
    """A heading that names a week: where it stands among the texts, at which level, and what it says
    beside the week."""

    at: int
    level: int
    label: int | None
    day: date | None
    rest: str

    def is_same_week(self, other: _Title) -> bool:
        if self.label and other.label:
            far = self.day and other.day and abs((self.day - other.day).days) > _A_YEAR_APART
            return self.label == other.label and not far
        return self.day is not None and other.day is not None and week_of(self.day) == week_of(other.day)


def parts(document: Document) -> tuple[Document, ...]:
    """The documents of the weeks in a file, in its order; the document itself where it holds one week or none.

    What stands above the first part (a team's name) holds for all. Lines of other parts are empty in a part, so that
    the lines that are there keep their numbers.
    """
    starts = _starts(document.texts)
    if len(starts) < 2:
        return (document,)
    preface = document.texts[: starts[0]]
    ends = [*starts[1:], len(document.texts)]
    return tuple(_part(document, preface, a, z) for a, z in zip(starts, ends, strict=True))


def names_a_week(markdown: str) -> bool:
    """Whether the line names a week, by a label or a whole date."""
    return LABEL.search(markdown) is not None or bool(days_in(markdown[:_LONGEST_TITLE]))


def _starts(texts: Sequence[Text]) -> list[int]:
    found = [title for at, text in enumerate(texts) if (title := _title(at, text)) is not None]
    levels = sorted({title.level for title in found})
    for level in levels:
        titles = [title for title in found if title.level == level]
        # Below the uppermost level that names a week, days and weeks are told of inside of a report; only full titles
        # (第37周 2023-09-08) below one `# 周报 2023-09-15` are parts.
        if level != levels[0]:
            titles = [title for title in titles if title.label and title.day]
        starts = _changes(titles)
        if len(starts) > 1:
            return starts
    return []


def _changes(titles: Sequence[_Title]) -> list[int]:
    """Where another week begins."""
    if any(title.label for title in titles):
        titles = [title for title in titles if title.label]  # days between labelled weeks are their daily reports
    starts: list[_Title] = []
    for title in (title for title in titles if _is_bare(title, titles)):
        if not starts or not title.is_same_week(starts[-1]):
            starts.append(title)
    return [title.at for title in starts]


def _title(at: int, text: Text) -> _Title | None:
    if len(text.markdown) > _LONGEST_TITLE or text.markdown.lstrip().startswith(_LISTED):
        return None
    if not names_a_week(text.markdown):
        return None
    line = marked(text.line, text.markdown)
    bare = plain(line.text)
    label, days = LABEL.search(bare), days_in(bare)
    if section_kind(line) is not None or not (line.mark.startswith("#") or (not line.mark and label and days)):
        return None
    number = int(re.sub(r"\D", "", label[0])) if label else None
    return _Title(at, len(line.mark) or _PLAIN, number, days[-1] if days else None, _rest(bare))


def _rest(title: str) -> str:
    """The letters of a title beside its week and words such as 周报."""
    kinds = alternatives(words("head", "report_words"))
    rest = _MONTHS.sub("", re.sub(kinds, "", fold(LABEL.sub("", title))))
    return re.sub(r"[^a-z\u4e00-\u9fff]|[年月日号至到]", "", rest)


def _is_bare(title: _Title, titles: Sequence[_Title]) -> bool:
    """Whether a title names a week and not a topic: `## 2023-09-15 数据库故障` and `# 第39周计划` are sections.

    What a title says beside its week is a name where it says both label and day, or where another week has it too.
    """
    if not title.rest:
        return True
    if len(title.rest) > _LONGEST_REST:
        return False
    others = (other for other in titles if not other.is_same_week(title))
    return (title.label is not None and title.day is not None) or any(other.rest == title.rest for other in others)


def _part(document: Document, preface: Sequence[Text], start: int, end: int) -> Document:
    own = document.texts[start:end]
    above = [Text(text.line, plain(line.text)) for text in preface if _holds_for_all(line := _marked(text), text)]
    span = (own[0].line, _last_line(document, end))
    lines = {text.line for text in above} | set(range(span[0], span[1] + 1))
    shown = tuple(line if number in lines else "" for number, line in enumerate(document.lines, 1))
    # The part's own title comes first, since what it says of the week counts before what the file says; and it is the
    # uppermost heading of its report, whatever it is in the file.
    title = Text(own[0].line, f"# {_marked(own[0]).text}")
    return Document(shown, (title, *above, Text(own[0].line, ""), *own[1:]), span)


def _last_line(document: Document, end: int) -> int:
    """The last line of the part whose texts end before `end`: a minified HTML file has several parts on one line."""
    if end == len(document.texts):
        return len(document.lines)
    return max(document.texts[end].line - 1, document.texts[end - 1].line)


def _marked(text: Text) -> Marked:
    return marked(text.line, text.markdown)


def _holds_for_all(line: Marked, text: Text) -> bool:
    """Whether a line above the first part says something of each: a team's name, but no date and no list."""
    is_head = not line.blank and (not line.mark or line.mark.startswith("#"))
    return is_head and section_kind(line) is None and not names_a_week(text.markdown)
