"""A project over the weeks, oldest first: its progress, what each report changed, and how its dates moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.answers.amounts import sparkline
from bot.answers.context import Context
from bot.answers.history_steps import Step, steps
from bot.answers.history_words import StepWords, step_data
from bot.answers.model import Answer, Block, Para, Span, Style, Table, plain
from bot.answers.period import Period, period
from bot.answers.phases import next_phase
from bot.answers.trends import progress_chart
from bot.answers.unnamed import answer_unknown_name, answer_unnamed
from bot.answers.week_rows import Gap, gaps, team_reports, week_page
from bot.question.lexicon import pattern
from store.records import ProjectName, State
from store.words.bigrams import terms
from store.words.normalise import fold
from store.words.speaking import speaks_of

PERCENT = (0.0, 100.0)
MOST_PARTS = 10
GLANCE_WEEKS = 8
OLD_AFTER_DAYS = 10  # news older than a week and a half has missed a report


def answer_history(context: Context) -> Answer:
    """The history of the query's project in its range; not found where no report speaks of it."""
    query = context.query
    if query.project is None:
        return answer_unknown_name(context) if query.words else answer_unnamed(context)
    return _History(context, query.project).answer()


class _History:
    """One history in the making."""

    def __init__(self, context: Context, project: ProjectName) -> None:
        self.context, self.query, self.say, self.project = context, context.query, context.say, project
        self.asked = _at_a_glance(context)
        known = context.library.projects(context.viewer, context.as_of)
        self.above = next((p.name for p in known if p.subject == project.parent), None)
        self.parts = [p for p in known if p.parent == project.subject]
        self.told = context.library.updates(context.viewer, context.as_of, [p.subject for p in (project, *self.parts)])
        self.steps = self._steps(project, [p.name for p in self.parts])
        self.of_parts = {p.name: found for p in self.parts if (found := self._steps(p))}
        told = [step.report.report_date for step in self._all()]
        first, last = (min(told), max(told)) if told else (None, self.asked.end)
        self.gaps = gaps(told, team_reports(context, project.team), first, last) if told else ()
        self.words = StepWords(context)

    def _steps(self, project: ProjectName, parts: Sequence[str] = ()) -> list[Step]:
        context = self.context
        told = [mention for mention in self.told if mention.subject == project.subject]
        series = [s for s in context.library.milestones(context.viewer, context.as_of) if s.subject == project.subject]
        return [step for step in steps(told, series, parts) if self._asked_for(step)]

    def _asked_for(self, step: Step) -> bool:
        """Whether the step lies in the range and speaks of every word that the question has left."""
        texts = [mention.record.text for mention in step.standing.mentions]
        spoken = all(any(speaks_of(term, text) for text in texts) for term in terms(self.query.words))
        return self.asked.holds(step.report.report_date) and spoken

    def _all(self) -> list[Step]:
        return [*self.steps, *(step for found in self.of_parts.values() for step in found)]

    def _title(self) -> str:
        return f"{self.above} / {self.project.name}" if self.above else self.project.name

    def answer(self) -> Answer:
        """The whole history, or that the range has none."""
        if not self._all():
            return self._not_told()
        rows, rest = week_page(self.context, self.steps)
        head = self._head()
        blocks: list[Block] = [
            Para((Span(self._line(self.steps), Style.STRONG), Span(f"  {self._place()}", Style.DIM))),
            *([self._table(rows)] if rows else []),
            *([Para(plain(self.say("answer.more_by", count=rest), Style.DIM))] if rest else []),
            *self._falls(), *self._part_lines(), *self._age(),
        ]  # fmt: skip
        return Answer(
            question=self.query.question, kind=self.query.kind, lang=self.query.lang, found=True,
            head=plain(head, Style.STRONG),
            blocks=tuple(blocks),
            citations=tuple(self.words.cited),
            range=(self.asked.start, self.asked.end) if self.query.range else None,
            data=self._data(),
            suggestions=(self.say("answer.ask_more"),) if rest else (),
            shown=self.query.skip + len(rows),
            chart=progress_chart(self.context, self._title(), self._drawn(), self.gaps),
        )  # fmt: skip

    def _head(self) -> str:
        if self.query.aspect == "still" and self.steps:
            silent = [gap.report for gap in self.gaps if gap.report]
            return self.words.still(self._title(), self.steps, silent)
        if self.steps:
            return self.words.head(self._title(), self.steps)
        return self.say("history.parts", name=self._title(), count=len(self.of_parts))

    def _line(self, told: Sequence[Step]) -> str:
        """The sparkline of the progress, nothing where fewer than two reports state one."""
        if sum(step.progress is not None for step in told) < 2:
            return ""
        points: list[tuple[Any, float | None]] = [(step.report.report_date, step.progress) for step in told]
        points += [(gap.day, None) for gap in self.gaps]
        return sparkline([value for _, value in sorted(points, key=lambda point: point[0])], PERCENT)

    def _place(self) -> str:
        """`支付中心 · 2023-09-29 至 2023-12-08 · 10 期`."""
        days = [step.report.report_date for step in self._all()]
        start, end = (self.asked.start, self.asked.end) if self.query.range else (min(days), max(days))
        count = self.say("metrics.count", count=len(set(days)))
        return " · ".join(filter(None, (self.project.team, self.context.range_text(start, end), count)))

    def _table(self, rows: Sequence[Step]) -> Table:
        first, last = rows[0].report.report_date, rows[-1].report.report_date
        dated = [(step.report.report_date, self.words.row(step, self._parts_of(step))) for step in rows]
        dated += [(gap.day, self.words.gap(gap)) for gap in self.gaps if first <= gap.day <= last]
        return Table(("", "", "", ""), tuple(row for _, row in sorted(dated, key=lambda each: each[0])))

    def _parts_of(self, step: Step) -> list[tuple[str, Step]]:
        """The parts of which the same report speaks."""
        return [(name, one) for name, told in self.of_parts.items() for one in told if one.report.id == step.report.id]

    def _part_lines(self) -> list[Para]:
        """The parts, those of which newer reports speak first."""
        newest = sorted(self.of_parts.items(), key=lambda part: -part[1][-1].report.report_date.toordinal())
        lines = [self.words.part(name, told) for name, told in newest[:MOST_PARTS]]
        left = len(newest) - len(lines)
        return [*lines, *([Para(plain(self.say("history.more_parts", count=left), Style.DIM))] if left else [])]

    def _falls(self) -> list[Para]:
        """Where the progress went back."""
        fell = [step for step in self.steps if step.change is not None and step.change < 0 and not _next_phase(step)]
        return [Para(plain(self.words.fell(fell), Style.WARN))] if fell else []

    def _age(self) -> list[Para]:
        """That the news is old, where nobody asked for older news and it isn't over."""
        newest = max(self._all(), key=lambda step: step.report.report_date)
        days = (self.context.as_of - newest.report.report_date).days
        over = newest.progress == 100 or newest.standing.update.state is State.DONE
        if self.query.range or over or days <= OLD_AFTER_DAYS:
            return []
        report = newest.report
        text = self.say("status.age", report=self.context.report(report), days=days)
        return [Para(plain(text, Style.WARN))]

    def _not_told(self) -> Answer:
        words = {"range": self.context.range_text(self.asked.start, self.asked.end), "name": self._title()}
        key = "status.not_found_range"
        if self.query.words:
            key, words["words"] = "history.no_words", self.query.words
        return self.context.not_found(self.say(key, **words), data={"project": self._title()})

    def _drawn(self) -> dict[str, Sequence[Step]]:
        return {self._title(): self.steps, **self.of_parts}

    def _data(self) -> dict[str, Any]:
        return {
            "project": self._title(), "team": self.project.team,
            "start": self.asked.start.isoformat() if self.asked.start else None, "end": self.asked.end.isoformat(),
            "steps": [step_data(step) for step in self.steps],
            "parts": [{"name": name, "steps": [step_data(step) for step in told]}
                      for name, told in self.of_parts.items()],
            "gaps": [_gap_data(gap) for gap in self.gaps],
        }  # fmt: skip


def _next_phase(step: Step) -> bool:
    before = step.before
    return before is not None and next_phase(step.stated.record, before.stated.record)


def _at_a_glance(context: Context) -> Period:
    """The days of the question; 这几周 are as many as a person takes in at a glance, and no three."""
    asked, said = period(context), context.query.range
    if said is None or asked.start is None or not pattern("words", "few weeks").search(fold(context.query.question)):
        return asked
    return replace(asked, start=min(asked.start, asked.end - timedelta(weeks=GLANCE_WEEKS)))


def _gap_data(gap: Gap) -> dict[str, Any]:
    return {"monday": gap.monday.isoformat(), "report_date": gap.report.report_date.isoformat() if gap.report else None}
