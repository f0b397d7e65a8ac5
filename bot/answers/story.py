"""What is told of one project up to a day: where it and its parts stand, what newer lines say, what is due."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.answers.context import Context
from bot.answers.courses import is_final
from bot.answers.settled import Fates, alike_subjects, spoken_since
from bot.answers.standing import Standing, newer_words, standings, without_parts
from bot.question.content import is_trade_word
from store.records import Citation, Hit, Mention, Milestone, ProjectName, State, Update
from store.words.names import key
from store.words.normalise import fold

# A part of which no report spoke for this long no longer belongs to how the project stands now.
FORGOTTEN_AFTER_DAYS = 42
# News older than a week and a half has missed a report.
OLD_AFTER_DAYS = 10
WHOLE = 100
MOST_NAMES = 3  # by which newer lines are looked for
_BRACKET = re.compile(r"\s*[(（]")
_LATIN = re.compile(r"[a-z]{5,}")  # a word of a name that may stand for it


@dataclass(frozen=True, slots=True)
class Told:
    """What the library holds on a project: `asked` are its mentions and its parts' in the range of the question,
    `history` all of them, `beside` those of its whole and its siblings; `known` are all projects of the day."""

    asked: Sequence[Mention[Update]]
    history: Sequence[Mention[Update]]
    beside: Sequence[Mention[Update]]
    known: Sequence[ProjectName]


class Story:
    """One project as its reports tell it; `context.as_of` is the day that it is told for."""

    def __init__(self, context: Context, told: Told) -> None:
        assert context.query.project is not None
        self.context = context
        self.project = context.query.project
        self.above = next((p.name for p in told.known if p.subject == self.project.parent), None)
        self.newest = told.asked[0].report
        self.told, self.history = self._separated(told.asked), self._separated(told.history)
        found = standings(self.told)
        self.own = next((s for s in found if s.subject == self.project.subject), None)
        self.parts = [s for s in found if s.subject != self.project.subject and self._still_counts(s)]
        self.beside, self.known = told.beside, told.known
        # Looked for as reports write it; shown as it was called on that day, which knows no later new name.
        self.name = self.own.update.name if self.own else self.project.name
        self.called = {p.subject: p.name for p in told.known}
        self.title = self.called.get(self.project.subject, self.name)
        self.names = self._names()
        self.later = self._later()

    def _names(self) -> tuple[str, ...]:
        """As which newer lines may speak of it: as its own line does, and as the question does by a word that stands in
        another of its names (ScreenPlus of "Screening migration to ScreenPlus"), and a name without its bracket."""
        asked, own = fold(self.context.query.question), fold(self.name)
        whole = [fold(name) for name, _ in self.project.names]
        words = [word for name in whole for word in _LATIN.findall(name)]
        others = (word for word in (*whole, *words) if word in asked and word not in own and not is_trade_word(word))
        bare = [name for name in _BRACKET.split(own)[:1] if name != own and self._alone(name)]
        return tuple(dict.fromkeys((self.name, *bare, *others)))[:MOST_NAMES]

    def _alone(self, name: str) -> bool:
        """Whether no other project's name begins so, and it is no word of the trade: 对账 of 对账（POS）."""
        others = (p for p in self.known if p.firm and p.subject != self.project.subject)
        plain = len(key(name)) > 1 and not is_trade_word(name)
        return plain and not any(one.startswith(name) for p in others for one in p.folded)

    def _later(self) -> tuple[Hit, ...]:
        """Newer lines that speak of it, newest first, each once."""
        found = [
            hit for name in self.names for hit in spoken_since(self.context, name, self.newest, self.last_day)
        ]
        return tuple(sorted(dict.fromkeys(found), key=lambda hit: hit.report.report_date, reverse=True))

    def speaks(self, text: str) -> bool:
        """Whether a text names it."""
        return any(fold(name) in fold(text) for name in self.names)

    def _separated(self, mentions: Sequence[Mention[Update]]) -> list[Mention[Update]]:
        """A project's line tells of its parts too ("分账升级，大表治理已归档28/28张表"): theirs is not its own."""
        parts = [m.record.name for m in mentions if m.subject != self.project.subject]
        return [m if m.subject != self.project.subject else without_parts(m, parts) for m in mentions]

    def _still_counts(self, part: Standing) -> bool:
        """Parts of the newest report, and those of the last weeks that have a figure, a date or a state to carry on."""
        age = (self.newest.report_date - part.newest.report.report_date).days
        finished = self.own is not None and self.own.update.state is State.DONE
        return age == 0 or (age <= FORGOTTEN_AFTER_DAYS and part.telling and not finished)

    @property
    def all(self) -> list[Standing]:
        """The project's own standing, then those of its parts."""
        return [*([self.own] if self.own else []), *self.parts]

    @property
    def last_day(self) -> date:
        """The last day of which the question asks."""
        asked = self.context.query.range
        return asked.end if asked else self.context.as_of

    @property
    def age(self) -> int:
        """How many days old the newest report is that speaks of it."""
        return (self.context.as_of - self.newest.report_date).days

    @property
    def is_old(self) -> bool:
        """Whether it missed a report since."""
        return self.age > OLD_AFTER_DAYS

    def name_of(self, standing: Standing) -> str:
        """What it was called on that day."""
        return self.called.get(standing.subject, standing.update.name)

    def newer_words(self, part: Standing) -> tuple[str, Mention[Update]] | None:
        """What a newer line of the project says of a part."""
        return None if part is self.own else newer_words(part, self.told)

    def own_history(self) -> Iterator[Mention[Update]]:
        """The mentions of the project itself up to the newest one in question, newest first."""
        for mention in self.history:
            if mention.subject == self.project.subject and mention.report.report_date <= self.newest.report_date:
                yield mention

    @cached_property
    def last_figure(self) -> Mention[Update] | None:
        """The newest mention with a progress, where the newest report tells the project without one."""
        if self.own is None or self.own.progress is not None:
            return None
        for mention in self.own_history():
            if mention.record.progress is not None:
                return mention if mention.record.progress < WHOLE else None  # what goes on after 100 % is something new
            if mention.record.state is State.DONE or any(m.done and is_final(m) for m in mention.record.milestones):
                return None  # 65 % from before it went live says nothing about it any more
        return None

    @cached_property
    def figure_before(self) -> Mention[Update] | None:
        """The mention with the progress before the one that holds."""
        if self.own is None or self.own.progress is None:
            return None
        at = self.own.newest.report.report_date
        older = (m for m in self.own_history() if m.report.report_date < at and m.record.progress is not None)
        return next(older, None)

    def overdue(self, standing: Standing, milestone: Milestone) -> bool:
        """Past, and neither reached nor settled in any other way, by the rules that hold for every list of dates."""
        if milestone.done or milestone.end >= self.context.as_of or not self.project.firm:
            return False  # a highlight is news of a day, whose end nobody reports
        newer = self.later if standing is self.own else self.newer_words(standing) or self._spoken_since(standing)
        return not newer and not self._fates.ended(standing.subject, milestone)

    def all_overdue(self) -> list[tuple[Standing, Milestone]]:
        """What is overdue of the project and its parts."""
        return [(s, m) for s in self.all for m in s.milestones if self.overdue(s, m)]

    def all_ahead(self) -> list[tuple[Standing, Milestone]]:
        """What lies ahead of the project and its parts, by date."""
        as_of = self.context.as_of
        found = [(s, m) for s in self.all for m in s.milestones if not m.done and m.end >= as_of]
        return sorted(found, key=lambda entry: entry[1].start)

    def _spoken_since(self, part: Standing) -> tuple[Hit, ...]:
        name = part.update.name
        return spoken_since(self.context, name, part.newest.report, self.last_day) if len(key(name)) > 2 else ()

    @cached_property
    def _fates(self) -> Fates:
        """What became of the plans of the project, its kin, and those of its team with a name nearly its own."""
        context, told = self.context, [*self.told, *self.beside]
        subjects = {mention.subject for mention in told}
        known = [project for project in self.known if project.team == self.project.team]
        named = [project for project in known if project.subject in subjects]
        near = {subject for project in named for subject in alike_subjects(project, known)} - subjects
        near |= {project.subject for project in known if project.parent in near} - subjects
        told += context.library.updates(context.viewer, context.query.as_of, sorted(near)) if near else ()
        return Fates(known, told)

    def cite(self, standing: Standing) -> tuple[Citation, ...]:
        """Where it stands, and the lines of dates that another mention in the same report has."""
        report, update = standing.newest.report, standing.update
        inside = range(update.line, update.line_end + 1)
        lines = {m.line: m.text for m in reversed(standing.milestones) if m.line not in inside}
        return (
            self.context.cite(report, update.line, update.line_end, update.text),
            *(self.context.cite(report, line, about=text) for line, text in reversed(lines.items())),
        )

    def cite_mention(self, mention: Mention[Update]) -> Citation:
        """The lines of one mention."""
        update = mention.record
        return self.context.cite(mention.report, update.line, update.line_end, update.text)
