"""A project over the weeks, oldest first: its progress, what each report changed, and how its dates moved."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.context import Context
from bot.answers.history_steps import Step, steps
from bot.answers.history_words import StepWords
from bot.answers.listing import speaks_of
from bot.answers.model import Answer, Block, Para, Style, plain
from bot.answers.period import period
from bot.answers.standing import without_parts
from bot.answers.trends import progress_chart
from bot.answers.unnamed import answer_unknown_name, answer_unnamed
from bot.answers.week_rows import week_page
from store.linking.milestones import Series
from store.records import Mention, ProjectName, Update
from store.words.bigrams import terms

PERCENT = (0.0, 100.0)
MOST_PARTS = 10


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
        self.asked = period(context)
        known = context.library.projects(context.viewer, context.as_of)
        self.parts = [p for p in known if p.parent == project.subject]
        self.above = next((p.name for p in known if p.subject == project.parent), None)
        told = context.library.updates(context.viewer, context.as_of, [p.subject for p in (project, *self.parts)])
        series = context.library.milestones(context.viewer, context.as_of)
        self.steps = self._of(project, told, series)
        self.of_parts = {p.name: found for p in self.parts if (found := self._of(p, told, series))}
        self.words = StepWords(context)

    def _of(self, project: ProjectName, told: Sequence[Mention[Update]], series: Sequence[Series]) -> list[Step]:
        own = [m for m in told if m.subject == project.subject]
        names: list[str] = []
        if project is self.project:
            names = sorted({m.record.name for m in told if m.subject != project.subject})
            own = [without_parts(m, names) for m in own]
        moved = [s for s in series if s.subject == project.subject]
        return [step for step in steps(own, moved, names) if self._asked_for(step)]

    def _asked_for(self, step: Step) -> bool:
        texts = [mention.record.text for mention in step.standing.mentions]
        wanted = terms(self.query.words)
        spoken = all(any(speaks_of(term, text) for text in texts) for term in wanted)
        return self.asked.holds(step.report.report_date) and spoken

    def answer(self) -> Answer:
        """The whole history, or that the range has none."""
        if not self.steps and not self.of_parts:
            return self._not_told()
        all_steps = self.steps or [step for found in self.of_parts.values() for step in found]
        shown, rest = week_page(self.context, self.steps)
        silent = self._silent(all_steps)
        blocks: list[Block | None] = [
            Para(plain(self._place(all_steps), Style.DIM)), self._dates(), self._table(shown, silent),
            Para(plain(self.say("answer.more_by", count=rest), Style.DIM)) if rest else None,
            *self._parts(), *self._notes(all_steps, silent),
        ]  # fmt: skip
        head = self._head(all_steps)
        return Answer(
            question=self.query.question, kind=self.query.kind, lang=self.query.lang, found=True,
            head=plain(head, Style.STRONG),
            blocks=tuple(block for block in blocks if block is not None),
            citations=tuple(self.words.cited),
            range=(self.asked.start, self.asked.end) if self.asked.labelled else self.context.asked_range(),
            data=self._data(silent),
            suggestions=(self.say("answer.ask_more"),) if rest else (),
            shown=self.query.skip + len(shown),
            chart=progress_chart(self.context, self._title(), {self._title(): self.steps, **self._of_parts_shown()}),
        )  # fmt: skip
