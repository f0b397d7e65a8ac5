"""A question in, an answer out: the one way for every channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.answers.context import Context
from bot.answers.incidents import answer_incidents
from bot.answers.metrics import answer_metrics
from bot.answers.model import Answer
from bot.answers.other import answer_choice, answer_help, answer_unknown
from bot.answers.report import answer_report
from bot.answers.search import answer_search
from bot.answers.status import answer_status
from bot.question.query import Kind
from bot.question.understand import Known, understand
from store.library import Library
from store.viewer import EVERYONE, Viewer
from store.words.holidays import Holidays

ANSWERS: dict[Kind, Callable[[Context], Answer]] = {
    Kind.STATUS: answer_status,
    Kind.INCIDENTS: answer_incidents,
    Kind.METRICS: answer_metrics,
    Kind.SEARCH: answer_search,
    Kind.REPORT: answer_report,
    Kind.HELP: answer_help,
    Kind.CHOICE: answer_choice,
    Kind.UNKNOWN: answer_unknown,
}


@dataclass(frozen=True, slots=True)
class Asker:
    """Answers questions over one library. `language` is `auto`, `zh` or `en`."""

    library: Library
    holidays: Holidays | None = None
    language: str = "auto"

    def ask(self, question: str, today: date, viewer: Viewer = EVERYONE) -> Answer:
        """The answer to `question` for `viewer` on the day `today`."""
        library = self.library
        known = Known(
            library.projects(viewer, today), library.teams(viewer, today), library.metric_names(viewer, today)
        )
        query = understand(question, today, known, self.holidays, self.language)
        seen = viewer.only(query.team) if query.team else viewer
        return ANSWERS[query.kind](Context(query, self.library, seen, today))
