"""What became of a goal: which lines of the next report speak of it, and whether they say that it is done.

Precision before recall. A goal is `done` only where a line that speaks of it says so, `dropped` only where no line
comes near its words; whatever lies between is `partly` (spoken of, not said to be done) or `unclear`. Pure: reports
in, verdicts out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from math import log
from operator import itemgetter

from bot.answers.goal_figures import meets, name_of, of_same_work, reached, target_of
from bot.answers.keeping_words import rule
from store.reading.clauses import clauses
from store.reading.events import as_written, event_in
from store.records import HEADING, Goal, Item, Mention, ReportRef, Section, SectionKind, State, Update
from store.words.dates import find_dates
from store.words.memo import remembered
from store.words.names import BRACKETS
from store.words.normalise import fold, has_cjk

SPEAKS = 0.55  # of a goal's words, by weight: such a line speaks of it
NEAR = 0.3  # below this in every line nobody speaks of it
REPEATS = 0.65  # of the words of both, for two goals to be one
REPEATS_MARKED = 0.5  # of the words of the earlier one, where the later says that it is left over
MOST_TOLD = 2  # lines that give the same figure
FEWEST_WORDS = 2  # of a goal, below which any line might be meant (Migrate two more connectors)
OWN_WORD = 0.6  # of a goal's words in the row that reviews it
_UNITS = re.compile(r"[a-z]+|\d+(?:\.\d+)*|[\u4e00-\u9fff]+")
_CELLS = re.compile(r"\s*(?<!\\)\|\s*|\s+(?=[：:])")
GENERAL = "完成"


class Outcome(StrEnum):
    """What became of a goal."""

    DONE = "done"
    CARRIED = "carried"
    PARTLY = "partly"
    DROPPED = "dropped"
    UNCLEAR = "unclear"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the next report with what it stands under, its words, its result where it reviews a goal, and whether
    it tells of an incident, beside the work itself."""

    text: str
    line: int
    line_end: int
    units: frozenset[str]
    own: frozenset[str]
    review: str | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Next:
    """The report that follows, made ready for looking goals up in it."""

    report: ReportRef
    lines: tuple[Line, ...]
    goals: tuple[Line, ...]
    updates: tuple[Mention[Update], ...]
    weights: Mapping[str, float]
    unseen: float

    def weight(self, words: frozenset[str]) -> float:
        """What words weigh together: what many lines of the report hold weighs less."""
        return sum([self.weights.get(word, self.unseen) for word in words])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a goal, with the line that says so: of the next report, or of its goals where it stands again;
    `reached` is the figure that the line gives for the one aimed at (50% of 零钱罐研发到60%)."""

    goal: Mention[Goal]
    outcome: Outcome
    report: ReportRef
    told: tuple[Line, ...] = ()
    again: Line | None = None
    reached: str = ""


@remembered
def units(text: str) -> frozenset[str]:
    """The words of a text as they are compared: pairs of Chinese characters, English words without their endings."""
    found: set[str] = set()
    for run in _UNITS.findall(fold(text)):
        if has_cjk(run):
            found.update(map("".join, pairwise(run)))
            found.update(run if len(run) == 1 else ())
        else:
            found.add(_stem(run))
    return frozenset(found)


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s", "e"):
        if len(word) - len(ending) >= 4 and word.endswith(ending):
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=4096)  # each goal is held against the goals of the next report
def subject(goal: str, day: date) -> str:
    """A goal without its dates and without the words that say what is to be done."""
    text = fold(goal)
    for found in reversed(find_dates(text := BRACKETS.sub(" ", text), day, likely=True)):
        text = f"{text[: found.span[0]]} {text[found.span[1] :]}"
    bare = rule("around").sub(" ", text)
    return bare if units(bare) else text


def ready(
    report: ReportRef,
    items: Iterable[tuple[Item, SectionKind | None]],
    sections: Sequence[Section],
    goals: Iterable[Goal],
    updates: Iterable[Mention[Update]],
    names: Mapping[int, frozenset[str]],
) -> Next:
    """The report that follows, with the words of each of its lines; a line that tells of a project has the words of
    all `names` of the project too (by subject), since goals call it by any of them."""
    updates = tuple(updates)
    called: dict[int, frozenset[str]] = {}
    for mention in updates:
        for line in range(mention.record.line, mention.record.line_end + 1):
            called[line] = called.get(line, frozenset()) | names.get(mention.subject or 0, frozenset())
    named = {goal.line for goal in goals}
    lines: list[Line] = []
    again: list[Line] = []
    above: list[tuple[int, str]] = []
    for item, kind in items:
        above = [one for one in above if one[0] < item.depth]
        under = units(" ".join(text for _, text in above)) | called.get(item.line, frozenset())
        above.append((item.depth, item.head[:40]))
        if item.line in named:
            again += _of_item(item, frozenset(), None)
        elif kind not in (None, SectionKind.GOALS, SectionKind.DAILY) and item.mark != HEADING:
            found = _of_item(item, under, _section(sections, item.line))
            lines += [replace(line, aside=kind is SectionKind.INCIDENTS) for line in found]
    titles = {section.line for section in sections}
    lines = [line for line in lines if line.line not in titles]
    counted = Counter(unit for line in lines for unit in line.units)
    weights = {unit: log(2 + len(lines) / (1 + count)) for unit, count in counted.items()}
    return Next(report, tuple(lines), tuple(again), updates, weights, log(2 + len(lines)))


def _section(sections: Sequence[Section], line: int) -> str:
    return next((section.title for section in reversed(sections) if section.line <= line), "")


def _of_item(item: Item, under: frozenset[str], section: str | None) -> list[Line]:
    """An item is one line to cite; in a section that reviews goals its last cells are the result."""
    text = item.text
    own = units(text)
    if section is None or not rule("review").search(fold(section)):
        return [Line(text, item.line, item.line_end, own | under, own)]
    cells = [cell for cell in _CELLS.split(text.strip("| ")) if cell.strip("-—：: ")]
    if len(cells) < 2:
        return [Line(text, item.line, item.line_end, own, own)]
    return [Line(text, item.line, item.line_end, units(cells[0]), own, review=fold(" ".join(cells[1:])))]


def judged(goal: Mention[Goal], later: Next) -> Verdict:
    """What became of a goal by the next report of its team."""
    parts = [_part(part, goal, later) for part in parts_of(goal.record.text)]
    told = tuple(dict.fromkeys(line for one in parts for line in one.told))
    worst = max(parts, key=lambda one: _ORDER.index(one.outcome))
    if len(parts) > 1 and any(one.outcome is Outcome.DONE for one in parts) and worst.outcome is not Outcome.DONE:
        return Verdict(goal, Outcome.PARTLY, later.report, told, worst.again)
    return replace(worst, told=told)


_ORDER = (Outcome.DONE, Outcome.PARTLY, Outcome.CARRIED, Outcome.UNCLEAR, Outcome.DROPPED)


def parts_of(goal: str) -> list[str]:
    """The promises of a goal: several where each clause has its own event (济宁公积金12/7提测，银行卡办理12/8提测), or
    several things share one (定转车位款、POS对账11/23上线)."""
    found = [clause.text for clause in clauses(goal)]
    if len(found) > 1 and all(event_in(fold(text)) and _is_something(text) for text in found):
        return [part for text in found for part in _shared(text)]
    head, _, _ = goal.partition("并")  # 9/26上线并观察首日数据: the promise is the 上线
    return _shared(head if event_in(fold(head)) not in (None, GENERAL) else goal)


def _is_something(text: str) -> bool:
    return len(units(subject(text, date(2000, 1, 1)))) > 1


def _shared(text: str) -> list[str]:
    event = event_in(fold(text))
    names = text.split("、")
    if event in (None, GENERAL) or len(names) < 2 or any(event_in(fold(name)) for name in names[:-1]):
        return [text]
    return [*(f"{name} {event}" for name in names[:-1]), names[-1]]


def _part(text: str, goal: Mention[Goal], later: Next) -> Verdict:
    words = units(subject(text, goal.report.report_date))
    reviewed = _best(later, words, (line for line in later.lines if line.review is not None))
    twin = _twin(later, words, later.goals)
    if reviewed[1] is not None and reviewed[0] >= OWN_WORD:
        return _reviewed(goal, later, reviewed[1], twin)
    lines = [line for line in later.lines if line.review is None]
    if figured := _by_figure(text, goal, later, lines, twin):
        return figured
    if len(words) < FEWEST_WORDS:
        return Verdict(goal, Outcome.UNCLEAR, later.report, _of_project(text, later), twin)
    if told := _says_done(later, words, text, lines):
        left = twin if twin and _is_rest(twin) else None
        return Verdict(goal, Outcome.PARTLY if left else Outcome.DONE, later.report, (told,), left)
    cover, nearest = _best(later, words, lines)
    spoken = (nearest,) if nearest and cover >= SPEAKS else ()
    if twin:
        return Verdict(goal, Outcome.PARTLY if _is_rest(twin) else Outcome.CARRIED, later.report, spoken, twin)
    if spoken:
        under_way = rule("under_way").search(fold(spoken[0].text))
        return Verdict(goal, Outcome.PARTLY if under_way else Outcome.UNCLEAR, later.report, spoken)
    # That it isn't dropped rests on a line that may speak of it, which is shown.
    near = _of_project(text, later) or _near(later, words, lines) or _named(text, lines)
    return Verdict(goal, Outcome.UNCLEAR if near else Outcome.DROPPED, later.report, near)


def _by_figure(
    text: str, goal: Mention[Goal], later: Next, lines: Sequence[Line], twin: Line | None
) -> Verdict | None:
    """The verdict on a goal that aims at a figure, by the line on the same thing that gives one."""
    target = target_of(text)
    words = units(name_of(target)) if target else frozenset[str]()
    if target is None or not words:
        return None
    told = [(line, said) for line, cover in zip(lines, _covers(later, words, lines), strict=True)
            if cover >= SPEAKS and (said := reached(target, line.text, _progress(line, later)))]  # fmt: skip
    told = [one for one in told if of_same_work(target, one[0].text) == one[1]] or told
    if not told:
        return None
    line, said = max(told, key=lambda one: (_progress(one[0], later) is not None, not one[0].aside, -len(one[0].text)))
    same = (line, *(other for other, also in told if also == said and other != line))[:MOST_TOLD]
    if meets(target, said):
        return Verdict(goal, Outcome.DONE, later.report, same, reached=said)
    outcome = Outcome.CARRIED if twin and not _is_rest(twin) else Outcome.PARTLY
    return Verdict(goal, outcome, later.report, same, twin, said)


def _progress(line: Line, later: Next) -> float | None:
    """The progress of the project that the line tells of."""
    return next((m.record.progress for m in later.updates if m.record.line == line.line), None)


def _of_project(goal: str, later: Next) -> tuple[Line, ...]:
    """The line of a project that the goal names; it may hold another word for what was promised."""
    there = units(goal)
    named = [m.record for m in later.updates if len(units(m.record.name)) > 1 and units(m.record.name) <= there]
    return tuple(line for line in later.lines if any(update.line == line.line for update in named))[:1]


def _near(later: Next, words: frozenset[str], lines: Sequence[Line]) -> tuple[Line, ...]:
    """The line that holds most of the words by weight, if enough of them: common ones alone come near nothing."""
    weight, line = max(((later.weight(words & line.units), line) for line in lines), key=itemgetter(0),
                       default=(0.0, None))  # fmt: skip
    return (line,) if line and weight >= NEAR * later.weight(words) else ()


def _named(goal: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The first line with a Chinese goal's Latin name (ES, POS): somebody may have spoken of it there."""
    named = {unit for unit in units(goal) if unit.isascii() and unit.isalpha()} if has_cjk(goal) else set()
    return tuple(line for line in lines if named & line.units)[:1]


def _twin(later: Next, words: frozenset[str], goals: Sequence[Line]) -> Line | None:
    """The goal of the next report that is the same: by the words of both, or by its own word that it is left over."""
    for line in goals:
        marked = rule("left_over").search(fold(line.text)) is not None
        for part in parts_of(line.text):
            theirs = units(subject(part, later.report.report_date))
            ours = _cover(later, words, theirs)
            if min(ours, _cover(later, theirs, words)) >= REPEATS or (marked and ours >= REPEATS_MARKED):
                return line
    return None


def _is_rest(again: Line) -> bool:
    """Whether the repeated goal is only what is left of the first: "the 13th connector (left over from this week)"."""
    return rule("rest").search(fold(again.text)) is not None


def _reviewed(goal: Mention[Goal], later: Next, line: Line, twin: Line | None) -> Verdict:
    said = line.review or ""
    if rule("open_result").search(said):
        outcome = Outcome.CARRIED if twin else Outcome.PARTLY
    elif rule("done_result").match(said):
        outcome = Outcome.DONE
    elif rule("partly_result").search(said):
        outcome = Outcome.PARTLY
    else:
        outcome = Outcome.DONE if rule("done_result").search(said) else Outcome.UNCLEAR
    return Verdict(goal, outcome, later.report, (line,), None if outcome is Outcome.DONE else twin)


def _best(later: Next, words: frozenset[str], lines: Iterable[Line]) -> tuple[float, Line | None]:
    """The line that holds most of the words by weight, the shortest of several."""
    lines = tuple(lines)
    covers = _covers(later, words, lines)
    found = [(cover, -len(line.text), at, line) for at, (cover, line) in enumerate(zip(covers, lines, strict=True))]
    cover, _, _, line = max(found, default=(0.0, 0, 0, None), key=lambda one: (one[0], one[1], -one[2]))
    return cover, line


def _cover(later: Next, words: frozenset[str], units_there: frozenset[str]) -> float:
    """How much of the words stands there, by number, or by weight where that is more."""
    if not words:
        return 0.0
    there = words & units_there
    return max(later.weight(there) / later.weight(words), len(there) / len(words)) if there else 0.0


def _covers(later: Next, words: frozenset[str], lines: Iterable[Line]) -> list[float]:
    """The same of each line; most share no word."""
    return [0.0 if words.isdisjoint(line.units) else _cover(later, words, line.units) for line in lines]


def _says_done(later: Next, words: frozenset[str], goal: str, lines: Sequence[Line]) -> Line | None:
    """The line that speaks of the goal and says that it is done: with its date first, then the one that says most."""
    near = [(_done_in(later, line, goal, words), not line.aside, cover, -at, line)
            for at, (cover, line) in enumerate(zip(_covers(later, words, lines), lines, strict=True))
            if cover >= SPEAKS]  # fmt: skip
    found = [one for one in near if one[0]]
    return max(found, key=lambda one: (one[1], one[0], *one[2:4]))[4] if found else None


def _done_in(later: Next, line: Line, goal: str, words: frozenset[str]) -> int:
    """2 where the line gives the goal's own event as something that happened, 1 where it says done, else 0."""
    if rule("fell_short").search(fold(line.text)):
        return 0  # 第二轮压测完成，峰值11,400笔/秒，仍未达标
    if _A_NUMBER.search(fold(goal)) and _FEW.search(fold(line.text)):
        return 0  # Close 3 more gaps: 9 of 14 gaps closed, only one this week
    event = event_in(fold(goal))
    event = None if event == GENERAL else event
    here = [m.record for m in later.updates if m.record.line <= line.line <= m.record.line_end]
    dated = [m for update in here for m in update.milestones if m.line in range(line.line, line.line_end + 1)]
    if event and any(m.event == event for m in dated):
        return 2 if any(m.done for m in dated if m.event == event) else 0
    if event is None and any(u.line == line.line and (u.state is State.DONE or u.progress == 100) for u in here):
        return 1
    told = [part for clause in clauses(line.text) for part in _CELLS.split(clause.text)]
    said = [clause for clause in map(fold, told) if rule("done").search(clause) and not rule("not_done").search(clause)]
    if event is None:
        progress = next((u.progress for u in here if u.progress is not None), None)
        said = [clause for clause in said if not _falls_short(goal, clause, progress)]
        return int(any(_cover(later, words, units(clause)) >= SPEAKS / 2 or len(told) == 1 for clause in said))
    verb = _stem(as_written(event, goal))
    return int(any(event_in(clause) == event or (verb in clause and _cover(later, words, units(clause)) >= SPEAKS)
                   for clause in said))  # fmt: skip


_A_NUMBER = re.compile(r"(?<![\d./:-])\d+(?![\d./:%月日号-])")
_FEW = re.compile(r"\bonly (?:one|two|three|\d)|[仅只](?:完成|有|做|接|上|到)?了?\s*[一二两三\d]")
_SHARE = re.compile(r"(\d[\d,]*)\s*/\s*(\d[\d,]*)")
_COUNTED = re.compile(r"(?<![\d./-])(\d[\d,]*)\s*(?:/\s*\d[\d,]*\s*)?([个项家户笔条台张人份次])")
_FEWER = re.compile(r"降|减|压|少|以内|以下|不超过")


def _falls_short(goal: str, clause: str, progress: float | None) -> bool:
    """Whether a clause counts less than the goal asked for: of 完成18项, 整改项完成14/23 is not done; `progress` tells
    a share from a day (5/24完成接入)."""
    wanted = [(_number(number), unit) for number, unit in _COUNTED.findall(fold(goal))]
    if len(wanted) != 1 or _FEWER.search(fold(goal)):
        return False
    number, unit = wanted[0]
    told = [_number(found[1]) for found in _COUNTED.finditer(clause) if found[2] == unit]
    told += [_number(part) for part, whole in _SHARE.findall(clause) if _is_share(part, whole, progress)]
    return bool(told) and max(told) < number


def _is_share(part: str, whole: str, progress: float | None) -> bool:
    return progress is not None and _number(whole) > 0 and abs(100 * _number(part) / _number(whole) - progress) < 1


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def unplanned(later: Next) -> list[Line]:
    """The lines of a report that say of their work that nobody had planned it."""
    return [line for line in later.lines if rule("unplanned").search(fold(line.text))]
