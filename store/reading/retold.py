"""Highlights that tell what a project's own line in the same report tells as well: a fact counts once, where it stands
among the projects. A headline in 【】 opens a report of its own, as the twins of the samples have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from store.records import Milestone, SectionKind, State, Update
from store.words.dates import find_dates
from store.words.names import key

# That a project halts or has ended is news beside a bare figure; that it goes its way the own line knows best.
GOING = (State.TESTING, State.IN_PROGRESS, State.PLANNED)


def without_retold(updates: Sequence[Update]) -> Iterator[Update]:
    """The updates of one report; of each highlight only what the project's own lines don't tell. A highlight of which
    nothing is left is none; one that never told more than words stays for these."""
    own: dict[str, list[Update]] = {}
    for update in updates:
        if update.kind is SectionKind.PROJECTS and update.parent is None:
            own.setdefault(key(update.name), []).append(update)
    for update in updates:
        is_second = update.kind is SectionKind.HIGHLIGHTS and not update.text.lstrip().startswith("【")
        told = own.get(key(update.name), ()) if is_second else ()
        left = _left(update, told)
        if left == update or _tells(left):
            yield left


def _left(update: Update, told: Iterable[Update]) -> Update:
    for one in told:
        update = replace(
            update,
            progress=None if one.progress == update.progress else update.progress,
            state=None if _is_known(update.state, one) else update.state,
            milestones=tuple(each for each in update.milestones if not _is_told(each, one)),
        )
    return update


def _is_known(state: State | None, told: Update) -> bool:
    return state == told.state or (told.state is not None and state in GOING)


def _is_told(milestone: Milestone, told: Update) -> bool:
    """Whether the own line has the same event on the same days; that it happened is news where that line only plans,
    and so is the day that it moved from."""
    return any(
        (one.event, one.start, one.end) == (milestone.event, milestone.start, milestone.end)
        and (one.done or not milestone.done)
        and _days(one) >= _days(milestone)
        for one in told.milestones
    )


def _tells(update: Update) -> bool:
    return update.progress is not None or bool(update.state or update.milestones or update.owner or update.risks)


def _days(milestone: Milestone) -> int:
    return len(find_dates(milestone.text, milestone.start, likely=True))
