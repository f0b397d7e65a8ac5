"""The steps of a project's history: what each report that speaks of it says, and what that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.answers.moves import Moved, moves_of
from bot.answers.standing import Standing, without_parts
from store.linking.milestones import Series, Telling
from store.records import Mention, ReportRef, Update


@dataclass(frozen=True)
class Step:
    """One report's word on a project or part. `before` is the newest step before it that has a progress, `first` the
    milestones that it is the first to date, `moved` those whose day it moves, `reached` those that it first says
    happened. Without slots, so that what is asked over and over is found once."""

    standing: Standing
    before: Step | None = None
    first: tuple[Telling, ...] = ()
    moved: tuple[tuple[Series, Moved], ...] = ()
    reached: tuple[Telling, ...] = ()

    @property
    def report(self) -> ReportRef:
        """The report."""
        return self.standing.mentions[0].report

    @cached_property
    def stated(self) -> Mention[Update]:
        """The mention that states the progress; the one that says most where none does."""
        ordered = (self.standing.newest, *self.standing.mentions)
        return next((m for m in ordered if m.record.progress is not None), self.standing.newest)

    @property
    def progress(self) -> float | None:
        """The progress that the report states."""
        return self.stated.record.progress

    @property
    def change(self) -> float | None:
        """By how many points that differs from the last progress before."""
        if self.progress is None or self.before is None or self.before.progress is None:
            return None
        return self.progress - self.before.progress


def steps(told: Sequence[Mention[Update]], series: Sequence[Series], parts: Sequence[str] = ()) -> list[Step]:
    """The steps of one subject, oldest first, from all its mentions and milestones. What its lines say of one of the
    `parts` (names) isn't its own."""
    by_report: dict[int, list[Mention[Update]]] = defaultdict(list)
    for mention in told:
        by_report[mention.report.id].append(without_parts(mention, parts))
    moves = [(one, move) for one in series for move in moves_of(one)]
    found: list[Step] = []
    for mentions in sorted(by_report.values(), key=lambda of: (of[0].report.report_date, of[0].report.source)):
        standing = Standing(mentions[0].subject or 0, tuple(mentions))
        before = next((step for step in reversed(found) if step.progress is not None), None)
        found.append(_step(standing, before, series, moves))
    return found


def _step(
    standing: Standing, before: Step | None, series: Sequence[Series], moves: Sequence[tuple[Series, Moved]]
) -> Step:
    at = standing.mentions[0].report.id
    moved = tuple((one, move) for one, move in moves if move.new.mention.report.id == at)
    new = [move.new for _, move in moved]
    first = [one.tellings[0] for one in series if one.tellings[0].mention.report.id == at]
    reached = [telling for one in series if (telling := _reached(one)) and telling.mention.report.id == at]
    planned = tuple(telling for telling in first if not telling.milestone.done and telling not in new)
    return Step(standing, before, planned, moved, tuple(reached))


def _reached(series: Series) -> Telling | None:
    """The first telling that says that it happened."""
    return next((telling for telling in series.tellings if telling.milestone.done), None)
