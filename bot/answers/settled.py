"""What became of a dated plan: reached, moved under another name, passed by a later stage, over with its project.

The one place that tells whether a day that is past is overdue, so that a project's status and the lists never
contradict each other. Everything here is worked out from the mentions that are handed in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from bot.answers.context import Context
from bot.answers.courses import Course
from store.linking.milestones import Series, Telling, milestone_series
from store.reading.clauses import clauses
from store.reading.events import event_in
from store.reading.vocabulary import any_rule, pattern, vocabulary
from store.records import Hit, Mention, Milestone, ProjectName, ReportRef, State, Update
from store.words.dates import find_dates
from store.words.names import key
from store.words.normalise import fold, has_cjk

# 涉赌涉诈模型 for 涉赌涉诈识别模型: the shorter name stands in the longer one in order, and isn't much shorter.
SHORTEST_ALIKE = 4  # characters
SHORTEST_FIRST = 3  # letters of a first word
MUCH_SHORTER = 0.6
ALIKE = 80  # percent of likeness: KYB docs upload, KYB document upload
# Days of one event in one team that are compared name by name; more than this is a hostile file's doing.
MOST_SHARING = 60
SHORTEST_NAMED = 2  # characters; 对账 stands in lines of all kinds
MOST_SINCE = 3
GENERAL = ("完成",)
_SHARE = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s*(?:%|percent\b)")
NOT_BEGUN = (State.PLANNED, State.PAUSED, State.BLOCKED, State.DELAYED, State.NO_UPDATE)


class How(StrEnum):
    """What ends a plan."""

    REACHED = "reached"
    MOVED = "moved"
    PASSED = "passed"
    FINISHED = "finished"
    SAID = "said"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class End:
    """What ended a plan: the mention that says so, the milestone in it if it is one, else the words."""

    how: How
    mention: Mention[Update]
    milestone: Milestone | None = None
    text: str = ""

    @property
    def line(self) -> int:
        """The line that says so."""
        return self.milestone.line if self.milestone else self.mention.record.line


class Fates:
    """What became of the plans of some projects, by all that is told of them and of their kin.

    `mentions` may come in any order. A project's kin are its whole and its parts; its twins are names of the same
    team so alike, and with the same event on the same day, that only the linking by strict rules keeps them apart:
    for saying that something is overdue they count as one, since a false alarm costs more than a missed one.
    """

    def __init__(
        self, known: Iterable[ProjectName], mentions: Iterable[Mention[Update]], series: Sequence[Series] | None = None
    ) -> None:
        self._known = {project.subject: project for project in known}
        ordered = sorted(mentions, key=lambda m: (m.report.report_date, m.report.source), reverse=True)
        self._mentions: dict[int, list[Mention[Update]]] = defaultdict(list)
        for mention in ordered:
            self._mentions[mention.subject or 0].append(mention)
        self._series: dict[int, list[Series]] = defaultdict(list)
        for one in milestone_series(ordered) if series is None else series:
            self._series[one.subject or 0].append(one)
        self._twins = self._twin_names()
        self._family: dict[int, list[int]] = defaultdict(list)
        for subject in self._known:
            self._family[self._root(subject)].append(subject)

    def end_of(self, series: Series) -> End | None:
        """What ended the milestone's newest plan; None where it is still open."""
        plan = series.tellings[-1]
        if plan.milestone.done:
            return End(How.REACHED, plan.mention, plan.milestone)
        own = self._own(series.subject or 0)
        return (
            self._reached(plan, own)
            or self._moved(series, own)
            or self._passed(plan, own)
            or self._finished(plan, own)
            or self._said(plan, own)
            or self._left_open(plan, own)
        )

    def ended(self, subject: int, milestone: Milestone) -> bool:
        """Whether the milestone, told of this project, is open no more."""
        day = (milestone.start, milestone.end)
        for series in self._series[subject]:
            newest = series.tellings[-1].milestone
            if series.event == milestone.event and (newest.start, newest.end) == day:
                return self.end_of(series) is not None
        return False

    def retold(self, series: Series) -> bool:
        """Whether a twin tells the same milestone as reached in a newer report."""
        plan = series.tellings[-1]
        if not plan.milestone.done:
            return False
        at = (plan.mention.report.report_date, series.subject or 0)
        return any(
            _same_day(plan, told) and (told.mention.report.report_date, twin) > at
            for twin in self._own(series.subject or 0) - {series.subject or 0}
            for told in self._done(twin, series.event)
        )

    def whole_of(self, subject: int) -> int:
        """The project that it is a part of, else itself; of twins the one that was reported last."""
        root = self._root(subject)
        return max(self._own(root), key=lambda one: (self._last_told(one), one == root))

    def _last_told(self, subject: int) -> date:
        told = self._mentions[subject]
        return told[0].report.report_date if told else date.min

    def since(self, series: Series) -> Mention[Update] | None:
        """The newest mention of the project in a report after the one that tells the milestone last."""
        told = self._mentions[series.subject or 0]
        after = series.tellings[-1].mention.report.report_date
        return told[0] if told and told[0].report.report_date > after else None

    def missed(self, series: Series) -> Mention[Update] | None:
        """The newest mention after the plan by which its day wasn't kept: `未能按11/14完成`, or 92% of a 完成."""
        plan = series.tellings[-1]
        for mention in self._mentions[series.subject or 0]:
            if mention.report.report_date <= plan.mention.report.report_date:
                return None
            part_done = plan.milestone.event in GENERAL and 0 < (mention.record.progress or 0) < 100
            past = mention.report.report_date > plan.milestone.end
            if (part_done and past) or any(says_missed(c.text, plan.milestone) for c in clauses(mention.record.text)):
                return mention
        return None

    def _own(self, subject: int) -> set[int]:
        return {subject, *self._twins.get(subject, ())}

    def _root(self, subject: int) -> int:
        project = self._known.get(subject)
        return project.parent if project and project.parent else subject

    def _wholes(self, own: Iterable[int]) -> set[int]:
        roots = {self._root(subject) for subject in own}
        return {twin for root in roots for twin in self._own(root)}

    def _reached(self, plan: Telling, own: set[int]) -> End | None:
        """Told as done on that day by a kin, or inside the planned days by the project itself."""
        kin = {subject for root in self._wholes(own) for subject in self._family[root]}
        for subject in (*own, *sorted(kin - own)):
            for telling in self._done(subject, plan.milestone.event):
                day = telling.milestone
                inside = subject in own and plan.milestone.start <= day.start <= plan.milestone.end
                if inside or day.start == plan.milestone.start:
                    return End(How.REACHED, telling.mention, day)
        return None

    def _done(self, subject: int, event: str) -> Iterator[Telling]:
        for series in self._series[subject]:
            if series.event == event:
                yield from (telling for telling in reversed(series.tellings) if telling.milestone.done)

    def _moved(self, series: Series, own: set[int]) -> End | None:
        """A twin tells the same event of the same day, and tells of it since."""
        plan = series.tellings[-1]
        for twin in own - {series.subject or 0}:
            for other in self._series[twin]:
                newest = other.tellings[-1]
                later = newest.mention.report.report_date > plan.mention.report.report_date
                if other.event == series.event and later and any(_same_day(plan, told) for told in other.tellings):
                    return End(How.MOVED, newest.mention, newest.milestone)
        return None

    def _passed(self, plan: Telling, own: set[int]) -> End | None:
        """A later stage of the project or of its whole was reached on that day or after it."""
        order = vocabulary()["event_rules"]["stages"]
        if plan.milestone.event not in order:
            return None
        later = order[order.index(plan.milestone.event) + 1 :]
        for subject in (*own, *self._wholes(own)):
            for event in later:
                for telling in self._done(subject, event):
                    if telling.milestone.start >= plan.milestone.start:
                        return End(How.PASSED, telling.mention, telling.milestone)
        return None

    def _finished(self, plan: Telling, own: set[int]) -> End | None:
        """The project or its whole is over by a report that isn't older than the plan."""
        for subject in (*own, *self._wholes(own)):
            project, told = self._known.get(subject), tuple(self._mentions[subject])
            over = Course(project, told, ()).finished if project and told else None
            if over and over.report.report_date >= plan.mention.report.report_date:
                return End(How.FINISHED, over, text=over.record.text)
        return None

    def _said(self, plan: Telling, own: set[int]) -> End | None:
        """A newer line of the project says without a day that it happened: 方案评审通过."""
        newer = [mention for subject in own for mention in self._mentions[subject]
                 if mention.report.report_date > plan.mention.report.report_date]  # fmt: skip
        for mention in reversed(newer):
            if words := _told_done(mention.record, plan.milestone.event):
                return End(How.SAID, mention, text=words)
        return None

    def _left_open(self, plan: Telling, own: set[int]) -> End | None:
        """A newer line of the project says that the day isn't known any more: 发布时间待定."""
        for subject in own:
            for mention in self._mentions[subject]:
                if mention.report.report_date <= plan.mention.report.report_date:
                    break
                if words := says_open(mention.record.text, plan.milestone.event):
                    return End(How.OPEN, mention, text=words)
        return None

    def _twin_names(self) -> dict[int, set[int]]:
        """The names that speak of one thing: alike, never side by side, with a day of an event in common."""
        days: dict[tuple[str | None, str, date, date], set[int]] = defaultdict(set)
        for subject, listed in self._series.items():
            if project := self._known.get(subject):
                for series in listed:
                    for told in series.tellings:
                        at = told.milestone
                        days[project.team, series.event, at.start, at.end].add(subject)
        found: dict[int, set[int]] = defaultdict(set)
        for sharing in days.values():
            if len(sharing) <= MOST_SHARING:
                for one, other in combinations(sorted(sharing), 2):
                    if other not in found[one] and self._twin(one, other):
                        found[one].add(other)
                        found[other].add(one)
        return found

    def _twin(self, one: int, other: int) -> bool:
        names = self._known[one].name, self._known[other].name
        if not (alike_names(*names) or _begin_alike(*names)):
            return False
        reports = {mention.report.id for mention in self._mentions[one]}
        return not any(mention.report.id in reports for mention in self._mentions[other])


def _same_day(one: Telling, other: Telling) -> bool:
    return (one.milestone.start, one.milestone.end) == (other.milestone.start, other.milestone.end)


@lru_cache(maxsize=16384)
def alike_names(one: str, other: str) -> bool:
    """Whether two names may well be one: 涉赌涉诈模型 and 涉赌涉诈识别模型."""
    short, long = sorted((key(one), key(other)), key=len)
    if len(short) < SHORTEST_ALIKE or len(short) < MUCH_SHORTER * len(long):
        return False
    return LCSseq.similarity(short, long) == len(short) or fuzz.ratio(short, long) >= ALIKE


def _told_done(update: Update, event: str) -> str:
    """The words of an update by which an event has happened; "" where it has none."""
    for clause in clauses(update.text):
        if says_happened(clause.text, event):
            return clause.text.strip()
    if event == "启动" and update.state not in NOT_BEGUN and not any(m.event == event for m in update.milestones):
        return update.text  # what is told of has begun: "POS试点：3家门店一周交易86笔"
    order = vocabulary()["event_rules"]["stages"]
    tested = event in order and order.index(event) <= order.index("提测")
    return update.text if tested and update.state in (State.TESTING, State.DONE) else ""


def says_happened(text: str, event: str) -> bool:
    """Whether a clause says that the event happened: `方案评审通过`, `design review held, passed`."""
    folded = fold(text)
    if event_in(folded) != event or pattern("states", "unfinished").search(folded):
        return False
    if event in GENERAL and any(float(share[1]) < 100 for share in _SHARE.finditer(folded)):
        return False  # 完成88% is no 完成
    if pattern("event_rules", "failed").search(folded):
        return False
    return pattern("event_rules", "happened").search(folded) is not None


def says_open(text: str, event: str) -> str:
    """The clause by which the day of the event, or of all that is to come (恢复时间待定), is open; "" where none is."""
    for clause in clauses(text):
        folded = fold(clause.text).strip()
        if any_rule("event_rules", "undecided").search(folded) and event_in(folded) in (event, None):
            return clause.text.strip()
    return ""


def says_missed(text: str, milestone: Milestone) -> bool:
    """Whether a clause says that the event didn't happen on its day: `未能按11/14完成`, `missed its 14 Nov go-live`."""
    folded = fold(text)
    if event_in(folded) != milestone.event or not pattern("event_rules", "failed").search(folded):
        return False
    days = find_dates(text, milestone.end, likely=True)
    return not days or any(day.start <= milestone.end <= day.end for day in days)


def _begin_alike(one: str, other: str) -> bool:
    """Whether two names of one event on one day open with the same words, as sentences on one thing do: 3DS rollout
    starts 13 Oct with 20 merchants, 3DS rollout started on 13 Oct."""
    if has_cjk(one) or has_cjk(other):
        return key(one)[:SHORTEST_ALIKE] == key(other)[:SHORTEST_ALIKE]
    first, second = fold(one).split(), fold(other).split()
    return first[:1] == second[:1] and len(first[0]) >= SHORTEST_FIRST


def alike_subjects(project: ProjectName, known: Iterable[ProjectName]) -> list[int]:
    """The projects of its team whose names are nearly its own, for those who read the mentions of a few only."""
    return [p.subject for p in known if p.team == project.team and p.subject != project.subject
            and alike_names(p.name, project.name)]  # fmt: skip


def spoken_since(context: Context, name: str, newest: ReportRef, last: date) -> tuple[Hit, ...]:
    """Lines of reports after `newest` and up to `last` that hold the whole name, whatever section they stand in."""
    after = date.fromordinal(newest.report_date.toordinal() + 1)
    if after > last:
        return ()
    viewer = context.viewer.only(newest.team or "")
    found = context.library.search(viewer, context.as_of, name, after, last, MOST_SINCE, near=False)
    return found.hits if found.exact else ()


def told_elsewhere(context: Context, name: str, plan: Telling) -> tuple[Hit, str] | None:
    """A line of a newer report, of any section, that says that the event of this project happened, with its clause."""
    if len(key(name)) <= SHORTEST_NAMED:
        return None
    for hit in spoken_since(context, name, plan.mention.report, context.as_of):
        for line in hit.text.split("\n"):
            if fold(name) in fold(line) and says_happened(line, plan.milestone.event):
                return hit, line.strip()
    return None


def fates_of(context: Context) -> Fates:
    """The fates of all plans that the viewer may know of on the answer's day."""
    viewer, day = context.viewer, context.as_of
    library = context.library
    told = library.updates_between(viewer, day, None, day)
    return Fates(library.projects(viewer, day), told, library.milestones(viewer, day))
