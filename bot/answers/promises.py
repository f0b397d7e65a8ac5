"""The goals of every report beside the report that follows it, with what became of each; worked out once and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from bot.answers.context import Context
from bot.answers.keeping import Line, Next, Outcome, Verdict, judged, ready, units
from bot.answers.keeping_words import rule
from store.records import Goal, Mention, ReportRef
from store.words.normalise import fold

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Promise:
    """The goals of the `former` report; `later` is the next one of its team, None as long as there is none."""

    former: ReportRef
    later: ReportRef | None


@dataclass(frozen=True, slots=True)
class Kept:
    """One goal with what became of it; without a verdict where no report has followed."""

    goal: Mention[Goal]
    verdict: Verdict | None

    @property
    def outcome(self) -> Outcome | None:
        """What became of it."""
        return self.verdict.outcome if self.verdict else None

    @property
    def done(self) -> bool:
        """Whether the report that follows says that it is done."""
        return self.outcome is Outcome.DONE


@dataclass(frozen=True, slots=True)
class Done:
    """What a report says is done and no goal before it had named: its line, and the report."""

    report: ReportRef
    line: Line


class Promises:
    """The goals that the asker may see, as they stood on the day of the question."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.library = context.library
        self.reports = self.library.reports_between(context.viewer, context.as_of, None, context.as_of)
        self._worked_out: dict[tuple[str, int], Any] = self.library.remembered(
            "goals", context.viewer, context.as_of, make=dict
        )
        self.all = self._pairs()

    def _pairs(self) -> tuple[Promise, ...]:
        """Newest first. A second report of the same day follows none of that day."""
        newest, found = dict[str | None, list[ReportRef]](), []
        for report in self.reports:
            known = newest.setdefault(report.team, [])
            found.append(Promise(report, next((r for r in known if r.report_date > report.report_date), None)))
            known.insert(0, report)
        return tuple(found)

    def newest(self, *, followed: bool) -> list[Promise]:
        """The newest of each team, `followed` by a report or not."""
        found: dict[str | None, Promise] = {}
        for promise in self.all:
            if promise.later or not followed:
                found.setdefault(promise.former.team, promise)
        return list(found.values())

    def before(self, promise: Promise) -> Promise | None:
        """The promise on which this report is the word."""
        return next((each for each in self.all if each.later and each.later.id == promise.former.id), None)

    def kept(self, promise: Promise) -> tuple[Kept, ...]:
        """Each goal of a report, in its order."""
        return self._remembered("goals kept", promise.former, lambda: self._kept(promise))

    def _kept(self, promise: Promise) -> tuple[Kept, ...]:
        goals = [Mention(goal, promise.former) for goal in self.library.goals(self.context.viewer, promise.former)]
        if promise.later is None:
            return tuple(Kept(goal, None) for goal in goals)
        later = self._next(promise.later)
        found = [(goal, judged(goal, later)) for goal in goals]
        return tuple(Kept(goal, self._in_the_end(goal, verdict, promise)) for goal, verdict in found)

    def _in_the_end(self, goal: Mention[Goal], verdict: Verdict, promise: Promise) -> Verdict:
        """Dropped is only what no report after it speaks of: what is done two weeks later was late."""
        if verdict.outcome is not Outcome.DROPPED:
            return verdict
        last = promise.later.report_date if promise.later else promise.former.report_date
        after = [r for r in reversed(self.reports) if r.team == promise.former.team and r.report_date > last]
        for report in after:
            found = judged(goal, self._next(report))
            if found.outcome is Outcome.DONE:
                return replace(found, outcome=Outcome.LATE)
            if found.outcome is not Outcome.DROPPED:
                return replace(found, outcome=Outcome.UNCLEAR)
        return verdict

    def beyond(self, promise: Promise) -> tuple[Done, ...]:
        """What the later report says is done beside the goals: days reached since the former report of projects that
        no goal names, and work of which it says that nobody had planned it."""
        if promise.later is None:
            return ()
        return self._remembered("beyond goals", promise.former, lambda: self._beyond(promise))

    def _beyond(self, promise: Promise) -> tuple[Done, ...]:
        later = self._next(promise.later) if promise.later else None
        if later is None:
            return ()
        words = frozenset().union(*(units(kept.goal.record.text) for kept in self.kept(promise)))
        told = {line.line for kept in self.kept(promise) if kept.verdict for line in kept.verdict.told}
        first = {line.line: line for line in reversed(later.lines)}
        names, found = self._names(), dict[int, Line]()
        for mention in later.updates:
            update, own = mention.record, units(mention.record.name)
            reached = [m for m in update.milestones if m.done and m.end > promise.former.report_date]
            named = own & words or names.get(mention.subject or 0, frozenset()) & words
            if reached and not named and update.line not in told and update.line in first:
                found[update.line] = first[update.line]
        found |= {line.line: line for line in later.lines if rule("unplanned").search(fold(line.text))}
        return tuple(Done(later.report, found[at]) for at in sorted(found))

    def _next(self, report: ReportRef) -> Next:
        return self._remembered("goals next", report, lambda: self._ready(report))

    def _ready(self, report: ReportRef) -> Next:
        library, viewer, day = self.library, self.context.viewer, report.report_date
        told = library.updates_between(viewer, self.context.as_of, None, self.context.as_of)
        own = [mention for mention in told if mention.report.id == report.id and mention.report.report_date == day]
        return ready(report, library.items(viewer, report), library.sections(viewer, report),
                     library.goals(viewer, report), own, self._names())  # fmt: skip

    def _names(self) -> dict[int, frozenset[str]]:
        library, viewer, day = self.library, self.context.viewer, self.context.as_of
        return library.remembered("goals names", viewer, day, make=lambda: {
            project.subject: frozenset().union(*(units(name) for name, _ in project.names))
            for project in library.projects(viewer, day)})  # fmt: skip

    def _remembered(self, name: str, report: ReportRef, make: Callable[[], Made]) -> Made:
        """What was worked out of a report, beside that of all others: a question for dropped goals needs every one."""
        if (name, report.id) not in self._worked_out:
            self._worked_out[name, report.id] = make()
        found: Made = self._worked_out[name, report.id]
        return found


def of_reports(promises: Sequence[Promise]) -> list[ReportRef]:
    """The reports that the promises stand in and those that follow, each once, newest first."""
    found = {r.id: r for each in promises for r in (each.former, each.later) if r}
    return sorted(found.values(), key=lambda r: (r.report_date, r.source), reverse=True)
