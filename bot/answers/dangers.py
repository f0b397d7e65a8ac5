"""What endangers a project, by its reports: what they say of it in words, and what its figures and dates give away.

Pure: a course in, findings out. Each finding covers a run of reports one after the other, newest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise

import tomli

from bot.answers.courses import Course, is_final
from bot.answers.phases import next_phase
from bot.answers.underway import FIGURE_DAYS, OpenDate
from store.reading.clauses import clauses
from store.reading.vocabulary import any_rule
from store.records import Mention, ReportRef, State, Update
from store.words.normalise import fold

FEWEST_EQUAL = 3  # reports with the same figure, for a project to be stalled
FEWEST_STEPS = 2  # steps from figure to figure, before a pace can be judged
WEEK = 7
# Last percents often come in one step with going live, so that only what is far beyond the fastest week is too slow.
FAR_BEYOND = 1.5


class Danger(StrEnum):
    """The kinds of danger, what stops a project first."""

    BLOCKED = "blocked"
    PAUSED = "paused"
    DELAYED = "delayed"
    WAITING = "waiting"
    FALLING = "falling"
    STALLED = "stalled"
    PACE = "pace"
    RISK = "risk"


Told = tuple[Mention[Update], ...]
Figure = tuple[float, Mention[Update]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A danger of a project: the lines that tell of it, newest first, and the words that name it.

    Of `stalled`, `falling` and `pace` the figures, newest first; of `pace` also the date that it has to be reached by,
    and percentage points a week: what is needed, and the most that there ever was.
    """

    danger: Danger
    told: Told
    text: str
    figures: tuple[float, ...] = ()
    due: OpenDate | None = None
    needed: float = 0.0
    best: float = 0.0

    @property
    def report(self) -> ReportRef:
        """The newest report that tells of it."""
        return self.told[0].report


@cache
def words(name: str) -> re.Pattern[str]:
    """The expressions of one entry of `dangers.toml` as one."""
    table = tomli.loads(files("bot.answers").joinpath("dangers.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(f"(?:{each})" for each in table[name]))


def danger_of(text: str) -> Danger | None:
    """What kind of danger a line tells of that a report calls a risk; None where it is none: a word of the trade
    (风险等级) made it one, or it says that the danger is over."""
    whole = fold(text)
    folded = words("none").sub(" ", whole)
    if not re.search(r"\w", folded) or (_is_told(whole) and not _is_told(folded)):
        return None
    kinds = (Danger.BLOCKED, Danger.WAITING, Danger.STALLED)
    return next((kind for kind in kinds if words(kind.value).search(folded)), Danger.RISK)


def tells_danger(text: str) -> bool:
    """Whether a line of any section tells of a danger by words of its own."""
    kinds = (Danger.BLOCKED, Danger.WAITING, Danger.STALLED)
    spoken = words("none").sub(" ", fold(text))
    return _is_told(spoken) or any(words(kind.value).search(spoken) for kind in kinds)


def _is_told(folded: str) -> bool:
    """Whether the words themselves tell of a danger; what stands in a column for risks needs none."""
    return any_rule("risks", "patterns").search(folded) is not None or words("hints").search(folded) is not None


def findings(course: Course, due: Sequence[OpenDate] = ()) -> list[Finding]:
    """Every danger that its reports ever told of, the newest of each kind first."""
    weeks = by_report(course)
    pace = _pace(weeks, due)
    states = (Danger.BLOCKED, Danger.PAUSED, Danger.DELAYED)
    told = [finding for danger in states for finding in _runs(weeks, danger, State(danger.value))]
    return [*told, *_said(weeks), *_falls(weeks), *_stalls(weeks), *([pace] if pace else [])]


def by_report(course: Course) -> list[Told]:
    """What each report says of it, newest report first."""
    found: dict[int, list[Mention[Update]]] = {}
    for mention in course.mentions:
        found.setdefault(mention.report.id, []).append(mention)
    return [tuple(told) for told in found.values()]


def _runs(weeks: Sequence[Told], danger: Danger, state: State) -> Iterator[Finding]:
    """Each stretch of reports that give it this state."""
    run: list[Mention[Update]] = []
    for told in (*weeks, ()):
        mention = next((m for m in told if m.record.state is state), None)
        if mention is not None:
            run.append(mention)
        elif run:
            yield Finding(danger, tuple(run), run[0].record.text)
            run = []


def _said(weeks: Sequence[Told]) -> Iterator[Finding]:
    """What each report says that it waits for or is endangered by; the same words week after week are one."""
    known: dict[tuple[Danger, str], list[Mention[Update]]] = {}
    for told in weeks:
        for mention in told:
            for danger, text in _said_of(mention):
                known.setdefault((danger, text), []).append(mention)
    for (danger, text), mentions in known.items():
        yield Finding(danger, tuple(mentions), text)


def _said_of(mention: Mention[Update]) -> Iterator[tuple[Danger, str]]:
    """The words of one line; where a cell says no more than 等待 or 有风险, the whole line."""
    update = mention.record
    told = [risk.text for risk in update.risks]
    for name in ("hints", "stalled"):
        if words(name).search(fold(update.text)):
            told += [c.text.strip() for c in clauses(update.text) if words(name).search(fold(c.text))]
    stands_still = update.state in (State.BLOCKED, State.PAUSED)
    for text in dict.fromkeys(told):
        danger = danger_of(text)
        bare = not re.search(r"\w", words("bare").sub(" ", fold(text)))
        if danger is None or (stands_still and (bare or danger in (Danger.BLOCKED, Danger.STALLED))):
            continue
        yield danger, update.text if bare or danger is Danger.STALLED else text  # 本周无进展，等待密钥口径


def figures_of(weeks: Sequence[Told]) -> list[Figure]:
    """The progress that each report states, newest first: among its lines that of the project's own before others."""
    found = []
    for told in weeks:
        stated = [m for m in told if m.record.progress is not None]
        if stated:
            best = max(stated, key=lambda m: (m.record.kind == "projects", -m.record.line))
            found.append((best.record.progress or 0.0, best))
    return found


def _falls(weeks: Sequence[Told]) -> Iterator[Finding]:
    """Each step back. What is done and then counted in test cases begins anew, and doesn't fall."""
    figures = figures_of(weeks)
    for (now, new), (then, old) in pairwise(figures):
        anew = then >= 100 or (new.record.state is State.TESTING and old.record.state is not State.TESTING)
        anew = anew or next_phase(new.record, old.record)
        if now < then and not anew:
            yield Finding(Danger.FALLING, (new, old), new.record.text, (now, then))


def _stalls(weeks: Sequence[Told]) -> Iterator[Finding]:
    """Each stretch of at least three reports with the same figure."""
    run: list[Figure] = []
    for figure in (*figures_of(weeks), None):
        if run and (figure is None or figure[0] != run[0][0]):
            if len(run) >= FEWEST_EQUAL and run[0][0] < 100:
                values, told = tuple(value for value, _ in run), tuple(m for _, m in run)
                yield Finding(Danger.STALLED, told, told[0].record.text, values)
            run = []
        if figure is not None:
            run.append(figure)


def _pace(weeks: Sequence[Told], due: Sequence[OpenDate]) -> Finding | None:
    """Where the nearest day of going live asks for more percentage points a week than there ever were in one."""
    figures = figures_of(weeks)
    one = next((d for d in due if not d.overdue and not d.milestone.doubtful and is_final(d.milestone)), None)
    if one is None or len(figures) <= FEWEST_STEPS or figures[0][0] >= 100:
        return None
    value, newest = figures[0]
    days = (one.milestone.end - newest.report.report_date).days
    steps = [(_a_week(now, then), (now, then)) for now, then in pairwise(figures)]
    best, (fast, slow) = max(steps, key=lambda step: step[0])
    needed = (100 - value) / days * WEEK if days > 0 else 0.0
    age = (weeks[0][0].report.report_date - newest.report.report_date).days
    if needed <= FAR_BEYOND * max(best, 0.0) or age > FIGURE_DAYS:
        return None
    told = tuple(dict.fromkeys((newest, one.telling.mention, fast[1], slow[1])))
    return Finding(Danger.PACE, told, newest.record.text, (value, fast[0], slow[0]), one, needed, best)


def _a_week(now: Figure, then: Figure) -> float:
    days = (now[1].report.report_date - then[1].report.report_date).days
    return (now[0] - then[0]) / days * WEEK if days > 0 else 0.0
