"""A draft held against last week's report: what contradicts it, and what it leaves unmentioned.

Precision before recall: a lead who is warned of nothing soon reads no warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from statistics import median

from bot.answers.keeping import Outcome, judged, ready
from bot.submission.before import Before, named
from bot.submission.notes import Note
from bot.submission.template import measured
from bot.submission.words import form_words
from store.linking.incidents import merge_incidents
from store.records import Mention, Milestone, Report, ReportRef, SectionKind, Update
from store.words.names import key
from store.words.normalise import fold

FEWEST_VALUES = 4  # of a metric, before its range is called usual
FAR = 3.0  # times the width of the usual range beyond its ends
FAR_CONSTANT = 0.2  # of a value that hardly ever changed
MOST_NAMES = 5  # projects that one note names


def contradictions(report: Report, before: Before) -> Iterator[Note]:
    """What the draft says against last week's report or leaves out of it."""
    if before.report is None or report.report_date is None:
        return
    ref = _ref(report, before.report)
    yield from _progress_and_dates(report, before)
    yield from _metrics(report, before)
    yield from _incidents(report, ref, before)
    yield from _goals(report, ref, before)
    yield from _projects(report, before)


def _ref(report: Report, last: ReportRef) -> ReportRef:
    """The draft as if it were stored, to be held against stored ones; no stored report has the id 0."""
    day = report.report_date or date.min
    return ReportRef(0, last.team, report.label, day, report.period_start or day, report.period_end or day, "")


def _known(updates: tuple[Update, ...]) -> dict[tuple[str, str], Update]:
    """Each project by its parent and name as compared; the first telling in its own section counts."""
    ordered = sorted(updates, key=lambda one: one.kind is not SectionKind.PROJECTS)
    return {_place(one): one for one in reversed(ordered)}


def _place(update: Update) -> tuple[str, str]:
    return key(update.parent or ""), key(update.name)


def _progress_and_dates(report: Report, before: Before) -> Iterator[Note]:
    old = _known(tuple(mention.record for mention in before.updates))
    for place, update in _known(report.updates).items():
        last = old.get(place)
        if last is None:
            continue
        if update.progress is not None and last.progress is not None and update.progress < last.progress:
            yield Note("progress_fell", update.line, update.name, f"{last.progress:g}%", f"{update.progress:g}%")
        if not _says_moved(report, update):
            yield from _dates(update, last)


def _dates(update: Update, last: Update) -> Iterator[Note]:
    """Events that were planned for a day and are planned for another one now."""
    planned = {one.event: one for one in last.milestones if not one.done}
    for now in update.milestones:
        was = planned.get(now.event)
        if was and not now.done and _apart(was, now) and _only(update, now.event) and _only(last, now.event):
            about = f"{update.name} {now.event}"
            yield Note("date_moved", now.line, about, was.start.isoformat(), now.start.isoformat())


def _apart(was: Milestone, now: Milestone) -> bool:
    """Whether no day fits both; 12月底 and 12/28 are no contradiction."""
    return now.start > was.end or now.end < was.start


def _only(update: Update, event: str) -> bool:
    return sum(one.event == event for one in update.milestones) == 1


def _says_moved(report: Report, update: Update) -> bool:
    said = fold(" ".join(report.lines[update.line - 1 : update.line_end]))
    return any(word in said for word in form_words()["moved"]["words"])


def _metrics(report: Report, before: Before) -> Iterator[Note]:
    for metric in report.metrics:
        values = _values(named(metric), before)
        if metric.about is None and len(values) >= FEWEST_VALUES and _is_far(metric.value, values):
            usual = f"{min(values):g}–{max(values):g}"
            yield Note("metric_off", metric.line, metric.name, usual, measured(metric))


def _values(name: tuple[str, str], before: Before) -> tuple[float, ...]:
    """The values of a metric in the weeks before; of one without a group, those of its name under any one group."""
    known = before.values or {}
    groups = [place for place in known if place[1] == name[1] and place[0]]
    only = not name[0] and len(groups) == 1
    return known.get(name, ()) + (known[groups[0]] if only else ())


def _is_far(value: float, values: tuple[float, ...]) -> bool:
    low, high = min(values), max(values)
    room = FAR * (high - low) or FAR_CONSTANT * abs(median(values))
    # Small counts (0, 1, 2 incidents) may well be 3 once.
    return not low - max(room, _smallest(values)) <= value <= high + max(room, _smallest(values))


def _smallest(values: tuple[float, ...]) -> float:
    whole = all(value == int(value) for value in values)
    return 3.0 if whole and max(map(abs, values)) < 10 else 0.0


def _incidents(report: Report, ref: ReportRef, before: Before) -> Iterator[Note]:
    """Incidents that were open, and of which the draft tells nothing."""
    told = [Mention(incident, ref) for incident in report.incidents]
    said = fold("\n".join(report.lines))
    for mention in before.open:
        again = any(len({one.report.id for one in group}) > 1 for group in merge_incidents([*told, mention]))
        if not again and fold(mention.record.title)[:12] not in said:
            yield Note("incident_open", about=mention.record.title)


def _goals(report: Report, ref: ReportRef, before: Before) -> Iterator[Note]:
    """Last week's goals to which no line of the draft comes near."""
    kinds = [section.kind for section in report.sections]
    items = [(item, kinds[item.section] if item.section is not None else None) for item in report.items]
    updates = [Mention(update, ref) for update in report.updates]
    later = ready(ref, items, report.sections, report.goals, updates, {})
    for goal in before.goals:
        if judged(goal, later).outcome is Outcome.DROPPED:
            yield Note("goal_unmentioned", about=goal.record.text)


def _projects(report: Report, before: Before) -> Iterator[Note]:
    """Projects of last week's list, still under way, that the draft nowhere names."""
    there = {key(update.name) for update in report.updates}
    said = key(" ".join(report.lines))
    old = [mention.record for mention in before.updates]
    under_way = [one for one in old if one.kind is SectionKind.PROJECTS and not one.parent and one.progress != 100]
    gone = [one.name for one in under_way if key(one.name) not in there and key(one.name) not in said]
    if gone:
        yield Note("projects_unmentioned", about="、".join(gone[:MOST_NAMES]), count=len(gone))
