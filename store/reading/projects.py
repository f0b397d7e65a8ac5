"""Items → what the report says about each project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from store.reading.milestones import read_milestones
from store.reading.naming import is_group, is_meeting, is_name, project_name, says_nothing
from store.reading.progress import read_progress
from store.reading.vocabulary import pattern, vocabulary
from store.records import HEADING, Item, Milestone, Section, SectionKind, State, Update
from store.words.normalise import fold


@dataclass(frozen=True, slots=True)
class _Named:
    """An item that speaks of a project of its own, and the project that it is part of."""

    item: int
    name: str
    parent: str | None


def read_updates(items: Sequence[Item], sections: Sequence[Section], on: date) -> tuple[Update, ...]:
    """One update for each item that speaks of a project, in the order of the report written on `on`.

    In project sections every item of the first level is a project, and the items below it are its parts; among the
    highlights only named ones that are no meeting, and what stands below them is their text.
    """
    named = {entry.item: entry for entry in _projects(items, sections)}
    owned: dict[int, list[Item]] = {at: [] for at in named}
    for at, owner in _owners(items, named).items():
        owned[owner].append(items[at])
    return tuple(_update(entry, items[entry.item], sections, owned[entry.item], on) for entry in named.values())


def _projects(items: Sequence[Item], sections: Sequence[Section]) -> list[_Named]:
    found: dict[int, _Named] = {}
    groups: set[int] = set()
    for at, item in enumerate(items):
        kind = sections[item.section].kind if item.section is not None else None
        if kind not in (SectionKind.PROJECTS, SectionKind.HIGHLIGHTS) or item.mark in ("", HEADING):
            continue
        name = project_name(item.head)
        top = item.parent is None or item.parent in groups
        if not is_name(name):
            continue
        if top and is_group(name):
            groups.add(at)
        elif top and _stands_for_project(item, name, kind):
            found[at] = _Named(at, name, None)
        elif item.parent in found and kind is SectionKind.PROJECTS and found[item.parent].parent is None:
            found[at] = _Named(at, name, found[item.parent].name)
    return list(found.values())


def _stands_for_project(item: Item, name: str, kind: SectionKind) -> bool:
    if says_nothing(item.text):
        return False
    if kind is SectionKind.PROJECTS:
        return True
    return not is_meeting(name) and len(name) < len(item.head)


def _owners(items: Sequence[Item], named: dict[int, _Named]) -> dict[int, int]:
    """For each item the nearest one at or above it that speaks of a project."""
    owner: dict[int, int] = {}
    for at, item in enumerate(items):
        if at in named:
            owner[at] = at
        elif item.parent in owner:
            owner[at] = owner[item.parent]
    return owner


def _update(entry: _Named, item: Item, sections: Sequence[Section], own: Sequence[Item], on: date) -> Update:
    section = sections[item.section] if item.section is not None else None
    milestones = tuple(m for each in own for m in read_milestones(each.text, each.line, on))
    progress = next((p for each in own if (p := read_progress(each.text, entry.name, on)) is not None), None)
    return Update(
        name=entry.name,
        parent=entry.parent,
        section=section.title if section else None,
        kind=section.kind if section else None,
        line=item.line,
        line_end=max(each.line_end for each in own),
        text="\n".join(each.text for each in own),
        progress=progress,
        state=read_state(item.text.replace(entry.name, " ", 1), progress, milestones),
        milestones=milestones,
    )


def read_state(text: str, progress: float | None, milestones: Sequence[Milestone]) -> State | None:
    """The state that the words of `text` give, in the order of the vocabulary; without one, 100 % of the whole is done.

    Nothing is done while the text plans a step that is still to come: "一期已上线，二期预计10/12上线".
    """
    ahead = any(not m.done for m in milestones)
    folded = pattern("states", "ignored").sub(" ", fold(text))
    found = (state for state, rule in _state_rules() if rule.search(folded))
    unfinished = ahead or progress not in (None, 100.0)
    said = next((state for state in found if not (state is State.DONE and unfinished)), None)
    if progress == 100 and not ahead and said in (None, State.IN_PROGRESS) and not _is_phase(folded):
        return State.DONE
    return said or _state_of_dates(milestones) or (State.IN_PROGRESS if progress else None)


@cache
def _state_rules() -> tuple[tuple[State, re.Pattern[str]], ...]:
    return tuple((state, pattern("states", state)) for state in State)


def _state_of_dates(milestones: Sequence[Milestone]) -> State | None:
    """What the dates alone say: all reached and the last of them live, or handed to test; or only a start ahead."""
    if not milestones:
        return None
    last = max(milestones, key=lambda m: (m.end, m.line))
    if all(m.done for m in milestones):
        if last.event in vocabulary()["event_rules"]["live"]:
            return State.DONE
        return State.TESTING if last.event == "提测" else None
    return State.PLANNED if last.event == "启动" and len(milestones) == 1 else None


def _is_phase(folded: str) -> bool:
    return pattern("progress", "phases", then=r"(?:进度|完成度|完成)?\s*[:：]?\s*100\s*%").search(folded) is not None
