"""A question in, an answer out: the one way for every channel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.answers.corrected import with_corrections
from bot.answers.model import Answer
from bot.answers.otherwise import OTHERWISE, Turn, Turning
from bot.catalogue import sayer
from bot.question.following import Before, follow
from bot.question.known import Known
from bot.question.spelling import spelled
from store.library import Library
from store.viewer import EVERYONE, Viewer
from store.words.holidays import Holidays

__all__ = ["Asker", "Turn"]


@dataclass(frozen=True, slots=True)
class Asker:
    """Answers questions over one library. `language` is `auto`, `zh` or `en`."""

    library: Library
    holidays: Holidays | None = None
    language: str = "auto"

    def ask(self, question: str, today: date, viewer: Viewer = EVERYONE) -> Answer:
        """The answer to `question` for `viewer` on the day `today`, standing alone."""
        return self.converse(question, today, viewer).answer

    def converse(
        self, question: str, today: date, viewer: Viewer = EVERYONE, before: Turn | None = None, lang: str = ""
    ) -> Turn:
        """The same as the next turn of a conversation: `那风控呢?` takes the rest from the turn before. It is in
        `lang`, where whoever shows it knows the asker's."""
        with self.library.at_rest():
            return self._turn(question, today, viewer, before, lang or self.language)

    def _turn(self, question: str, today: date, viewer: Viewer, before: Turn | None, lang: str) -> Turn:
        known = self._known(today, viewer)
        last = _before(before) if before else None
        asked = spelled(question, lambda word: self.library.says(viewer, today, word, spelled=True))
        query = follow(asked, last, today, known, self.holidays, lang)
        turning = Turning(self.library, viewer, today, asked, query, known, self.holidays, lang, last is None)
        turn = turning.as_asked()
        for reading in () if turn.answer.found else OTHERWISE:
            if other := reading(turning, turn):
                turn = other
                break
        answer = replace(turn.answer, question=question)
        return Turn(turn.query, with_corrections(answer, self.library, turning.seen(query)))

    def _known(self, today: date, viewer: Viewer) -> Known:
        library = self.library
        return Known(
            projects=library.projects(viewer, today),
            teams=library.teams(viewer, today),
            metrics=library.metric_names(viewer, today),
            owners=library.owners(viewer, today),
            incidents=library.incident_texts(viewer, today),
            told=lambda word: library.says(viewer, today, word),
        )


def _before(turn: Turn) -> Before:
    """What a follow-up may go on with; an answer that offers more has more than it has shown."""
    answer = turn.answer
    offers = sayer(answer.lang)("answer.ask_more") in answer.suggestions
    return Before(turn.query, answer.expands, answer.shown, answer.shown + offers)
