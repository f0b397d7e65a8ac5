"""What every answer is made from: the query, the library as its viewer sees it, the day, and the language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.answers.model import Answer, Span, Style, Text, plain
from bot.catalogue import Say, day, days, sayer
from bot.question.query import Query
from store.library import Library
from store.reading.events import as_written
from store.records import Citation, Milestone, ReportRef
from store.viewer import Viewer
from store.words.normalise import has_cjk


@dataclass(frozen=True, slots=True)
class Context:
    """A question to be answered. `today` is the real day, `query.as_of` the one that the answer speaks of."""

    query: Query
    library: Library
    viewer: Viewer
    today: date

    @property
    def say(self) -> Say:
        """The sentences of the asker's language."""
        return sayer(self.query.lang)

    @property
    def as_of(self) -> date:
        """Reports after this day don't exist for the answer."""
        return self.query.as_of

    def told(self, word: str) -> bool:
        """Whether any report says the word, for whoever asks."""
        return self.library.says(self.viewer, self.as_of, word)

    def day(self, value: date) -> str:
        """A day, with its year only where it isn't the answer's."""
        return day(value, self.as_of)

    def days(self, start: date, end: date) -> str:
        """A span of days as people say it."""
        return days(start, end, self.as_of, self.query.lang)

    def event(self, milestone: Milestone) -> str:
        """The event of a milestone as its report calls it, where that is Chinese; English reports use a dozen wordings
        ("live since", "GA", "rolled out"), so there it is our own word for the event."""
        written = as_written(milestone.event, milestone.text)
        return written if has_cjk(written) and written != milestone.event else self._event_word(milestone, written)

    def _event_word(self, milestone: Milestone, written: str) -> str:
        told_in_chinese = has_cjk(milestone.text)
        return written if told_in_chinese else self.say(f"event.{milestone.event}")

    def report(self, report: ReportRef) -> str:
        """A report as it is called: `第38周 (2023-09-15)`."""
        return f"{report.label} ({report.report_date})" if report.label else str(report.report_date)

    def cite(self, report: ReportRef, line: int, line_end: int | None = None, about: str = "") -> Citation:
        """The lines as written; `about` is the text of what is cited, for lines that hold a whole page."""
        return self.library.cite(self.viewer, report, line, line_end, about)

    def cite_first(self, report: ReportRef, last: int | None = None) -> tuple[Citation, ...]:
        """The first line with anything on it, which shows that there is a report, or all up to `last`; none of an empty
        report."""
        lines = self.library.lines(self.viewer, report)
        written = next((number for number, line in enumerate(lines, 1) if line.strip()), None)
        return (self.cite(report, written, last),) if written else ()

    def line(self, line: int) -> Text:
        """Where a fact stands, for the end of its row."""
        return (Span(self.say("answer.line", line=line), Style.DIM),)

    def range_text(self, start: date | None, end: date) -> str:
        """The range as understood, always with its dates."""
        if start is None:
            return self.say("answer.until", end=end)
        return self.say("answer.range", start=start, end=end) if start != end else str(start)

    def asked_range(self) -> tuple[date | None, date] | None:
        """The range that the question asks for, if it asks for one."""
        asked = self.query.range
        return (asked.start, asked.end) if asked else None

    def none_known(self, end: date | None = None) -> str:
        """That there are no reports, or none yet up to the last day that is asked for."""
        known = self.library.span(self.viewer, self.today)
        if known is None or known[1] <= (end or self.as_of):
            return self.say("answer.no_reports")
        return self.say("answer.no_reports_by", day=end or self.as_of, first=known[1])

    def not_found(self, head: str, **more: object) -> Answer:
        """The honest "the reports don't say", with whatever helps to ask better."""
        query = self.query
        values = {"range": self.asked_range(), **more}
        return Answer(query.question, query.kind, query.lang, False, plain(head, Style.STRONG), **values)  # type: ignore[arg-type]
