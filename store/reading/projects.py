"""Items → what the report says about each project."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from store.reading.events import event_in
from store.reading.fields import divides, field_of, owner_in
from store.reading.headings import Headed, listing_sections, project_headings
from store.reading.incidents import read_severity
from store.reading.marks import CODE, plain, unmarked
from store.reading.milestones import read_milestones
from store.reading.naming import (
    is_bold_lead,
    is_group,
    is_labelled,
    is_meeting,
    is_name,
    project_name,
    says_nothing,
    without_introduction,
)
from store.reading.progress import read_progress
from store.reading.risks import read_risks
from store.reading.sentences import end_of_name, listed_by_end, listed_for_short, listed_in_full, listed_name
from store.reading.signing import Signed, signed_names
from store.reading.statements import is_statement
from store.reading.states import read_said_state, read_state
from store.reading.vocabulary import any_rule, pattern, words
from store.records import HEADING, Item, Milestone, Section, SectionKind, State, Update
from store.words.normalise import fold, has_cjk

_ANY_DAY = date(2000, 1, 1)  # whether there is news doesn't hang on its day
_COUNTED = re.compile(r"\b(?:\d+ of (?:the )?\d+|all \d+)\b")  # Kestrel: 6 of 14 on test
A_WEEK = timedelta(days=7)
LONGEST_PART = 6  # words of the name of a part in English


@dataclass(frozen=True, slots=True)
class _Named:
    """An item that speaks of a project of its own, and the project that it is part of."""

    item: int
    name: str
    parent: str | None


def read_updates(
    items: Sequence[Item], sections: Sequence[Section], on: date, tabled: Iterable[str] = ()
) -> tuple[Update, ...]:
    """One update for each item that speaks of a project, in the order of the report written on `on`; `tabled` are the
    projects of its tables.

    In project sections every item of the first level is a project, and the items below it are its parts; among the
    highlights only named ones that are no meeting, and what stands below them is their text. Where headings are
    projects, what stands below them is theirs.
    """
    headed = project_headings(items, sections)
    listing = listing_sections(items, sections, headed)
    headed = {at: named for at, named in headed.items() if at not in listing}
    found = _projects(items, sections, headed, listing, frozenset(tabled))
    signed = signed_names(items[entry.item].head for entry in found)
    named = {entry.item: _without_persons(entry, items, signed) for entry in found}
    owned: dict[int, list[Item]] = {at: [] for at in named}
    ahead = _ahead(items)
    for at, owner in _owners(items, named, sections, headed).items():
        if at == owner or divides(items[at].text) is None:
            owned[owner].append(items[at])
    return tuple(
        _update(entry, items[at], sections, owned[at], ahead, on, signed.get(items[at].head))
        for at, entry in named.items()
    )


def _ahead(items: Sequence[Item]) -> set[Item]:
    """The items that say what is still to be done, or stand below one that says that they do
    (`Next`, `- next:`, 下一步：): no progress and no state."""
    return {items[at] for at in _still_ahead(items)}


def _still_ahead(items: Sequence[Item]) -> set[int]:
    found: set[int] = set()
    opened: int | None = None  # the section in which the last plain line opened such a list
    for at, item in enumerate(items):
        if item.mark in ("", HEADING):
            opened = item.section if divides(item.text) == "ahead" else None
        field = field_of(item.head)
        if item.parent in found or (field and field[0] == "ahead") or (item.mark and opened == item.section):
            found.add(at)
    return found


def _projects(
    items: Sequence[Item],
    sections: Sequence[Section],
    headed: Headed,
    listing: frozenset[int],
    tabled: frozenset[str],
) -> list[_Named]:
    found: dict[int, _Named] = {}
    groups: set[int] = set()
    listed = _listed(items, sections) | tabled
    divided = _divided(items, headed)
    for at, item in enumerate(items):
        kind = sections[item.section].kind if item.section is not None else None
        if item.section is not None and item.section in headed:
            if entry := _headed_entry(at, item, sections[item.section], *headed[item.section], at in divided):
                found[at] = entry
            continue
        kind = SectionKind.PROJECTS if item.section in listing else kind
        if kind not in (SectionKind.PROJECTS, SectionKind.HIGHLIGHTS) or not _may_name(item):
            continue
        told = _told_of(item, listed, tabled) if kind is SectionKind.HIGHLIGHTS or not is_labelled(item.head) else None
        name = told or _name(item)
        top = item.parent is None or item.parent in groups
        if not is_name(name) or (field_of(item.head) and not _introduces(item)):
            continue
        if top and is_group(name):
            groups.add(at)
        elif top and (_stands_for_project(item, name, kind, listed) or (told and not is_meeting(name))):
            found[at] = _Named(at, name, None)
        elif item.parent in found and found[item.parent].parent is None and _is_part(item, name, kind):
            if item.section in listing and not is_labelled(item.head):
                continue
            found[at] = _Named(at, name, found[item.parent].name)
    return list(found.values())


def _divided(items: Sequence[Item], headed: Headed) -> set[int]:
    """The items below a heading of a project that have a list of their own below `achieved:` and `next:`, where there
    are several: one alone (`- Core`) stands for the project itself."""
    found = {item.parent for item in items if item.parent is not None and divides(item.head) is not None}
    held = Counter(items[at].section for at in found)
    return {at for at in found if items[at].section not in headed or held[items[at].section] > 1}


def _headed_entry(at: int, item: Item, section: Section, name: str, parent: str | None, divided: bool) -> _Named | None:
    """The heading itself, or below it a part: a named item in a projects section, or one with a list of its own below
    `achieved:` and `next:` (`divided`)."""
    if item.mark == HEADING:
        return _Named(at, name, parent) if item.line == section.line else None
    part = project_name(item.head)
    listed = item.mark not in ("", "|", CODE) and item.parent is None and section.kind is SectionKind.PROJECTS
    if divided and item.parent is None and item.mark and is_name(part) and part != name:
        return _Named(at, part, name)
    is_part = listed and is_labelled(item.head) and is_name(part) and not field_of(item.head) and part != name
    return _Named(at, part, name) if is_part else None


def _may_name(item: Item) -> bool:
    """List items do; a line without a mark only as `【name】…` or `Project: name`."""
    if item.mark in ("|", HEADING, CODE):
        return False
    return bool(item.mark) or item.text.startswith("【") or _introduces(item)


def _introduces(item: Item) -> bool:
    """`Project: Self-serve signup` opens a block of lines about it."""
    field = field_of(item.head)
    return field is not None and field[0] == "name" and bool(field[1])


def _name(item: Item) -> str:
    field = field_of(item.head) if _introduces(item) else None
    return project_name(field[1] if field else item.head)


def _told_of(item: Item, listed: Collection[str], tabled: Collection[str]) -> str | None:
    """The project listed elsewhere in the report that a sentence of the highlights speaks of; where a table lists it,
    the sentence may shorten its name."""
    head = without_introduction(plain(item.head))
    name = _name(item)
    if is_bold_lead(item.head) or item.parent is not None or says_nothing(item.text) or name in listed:
        return None
    if is_labelled(item.head) or head.startswith(("【", "[")):
        return listed_for_short(name, tabled)
    shorts = (listed_for_short(short, tabled) for short in (head.split(maxsplit=1)[0], name))
    if found := listed_name(head, listed) or next(filter(None, shorts), None) or listed_by_end(head, listed):
        return found
    found = listed_in_full(head[:end], listed) if (end := end_of_name(head)) else None
    return found if found in listed else None


def _stands_for_project(item: Item, name: str, kind: SectionKind, listed: frozenset[str]) -> bool:
    figures = (any_rule("projects", name) for name in ("figures", "rates"))
    if says_nothing(item.text) or any(rule.search(fold(item.head)) for rule in figures):
        return False
    if kind is SectionKind.PROJECTS:
        return True
    # Sentences of English highlights have colons and commas as well: only a name that stands out, or that the report
    # lists among its projects, is one.
    known = is_bold_lead(item.head) or name in listed or _tells_of(item, name)
    stands_out = len(name) < len(item.head) if has_cjk(item.head) else known
    return stands_out and not is_meeting(name) and read_severity(item.head) is None


def _tells_of(item: Item, name: str) -> bool:
    """`Bulk import tool: released on 12 June`, `Bulk import tool went live`: a short name, and an event or a state of
    it."""
    head = without_introduction(plain(item.head))
    if not head[:1].isupper() or len(name.split()) > LONGEST_PART or fold(name) in words("projects", "aside_labels"):
        return False
    if end_of_name(head):
        return _is_news(head, name)
    if pattern("projects", "sentence_words").search(fold(name)):
        return False
    rest = fold(head[len(name) :])
    labelled = is_labelled(head) and head.startswith(name)
    told = event_in(rest) is not None or read_state(rest, None, ()) is not None
    return labelled and (told or _COUNTED.search(rest) is not None)


def _is_news(head: str, name: str) -> bool:
    """Whether what a sentence says behind the name, before any colon, is an event of a certain day, or a progress with
    an event beside it: Overtime was at 14% in September."""
    told = head.partition(": ")[0][len(name) :]
    days = (milestone.end - milestone.start for milestone in read_milestones(told, 1, _ANY_DAY))
    if any(length <= A_WEEK for length in days):
        return True
    return read_progress(head, name, _ANY_DAY) is not None and event_in(fold(head[len(name) :])) is not None


def _listed(items: Sequence[Item], sections: Sequence[Section]) -> frozenset[str]:
    """The names of the items in projects sections, in Chinese reports where a colon sets them off or a list tells of
    them."""
    above = {id(items[item.parent]) for item in items if item.parent is not None}
    named = {
        project_name(item.head)
        for item in items
        if item.section is not None
        and sections[item.section].kind is SectionKind.PROJECTS
        and item.mark not in ("", "|", HEADING, CODE)
        and (not has_cjk(item.head) or is_labelled(item.head) or id(item) in above)
        and is_name(project_name(item.head))
    }
    # Only one that tells of persons stands behind several: 云帆通2.0(林楠) is 云帆通2.0 among the highlights.
    signed = {each.written: each.name for each in signed_names(named).values()}
    return frozenset(signed.get(name, name) for name in named)


def _is_part(item: Item, name: str, kind: SectionKind) -> bool:
    """Below a project every item is a part in Chinese reports; in English ones many are sentences of its text."""
    if kind is not SectionKind.PROJECTS or is_statement(item.head):
        return False
    return has_cjk(item.head) or (is_labelled(item.head) and len(name.split()) <= LONGEST_PART)


def _owners(
    items: Sequence[Item], named: dict[int, _Named], sections: Sequence[Section], headed: Headed
) -> dict[int, int]:
    """For each item the nearest one at or above it that speaks of a project."""
    owner: dict[int, int] = {}
    head: dict[int | None, int] = {}
    for at, item in enumerate(items):
        if at in named:
            owner[at] = at
            if item.mark == HEADING:
                head = {item.section: at}
        elif item.mark == HEADING and item.section is not None and item.section not in headed:
            # A sub-heading that only divides: what stands below it is still the project's.
            above = next(iter(head.items()), None)
            deeper = above and above[0] is not None and sections[item.section].level > sections[above[0]].level
            head = {item.section: above[1]} if above and deeper else {}
        elif item.mark != CODE and item.parent in owner:
            owner[at] = owner[item.parent]
        elif item.mark not in ("|", CODE) and item.section in head:
            owner[at] = head[item.section]
    return owner


def _without_persons(entry: _Named, items: Sequence[Item], signed: Mapping[str, Signed]) -> _Named:
    """The entry, and the one that it is part of, by their names without their owners."""
    told = signed.get(items[entry.item].head)
    parents = {project_name(head): each.name for head, each in signed.items()}
    parent = parents.get(entry.parent, entry.parent) if entry.parent else None
    return replace(entry, name=told.name if told else entry.name, parent=parent)


def _update(
    entry: _Named,
    item: Item,
    sections: Sequence[Section],
    own: Sequence[Item],
    ahead: Collection[Item],
    on: date,
    signed: Signed | None,
) -> Update:
    section = sections[item.section] if item.section is not None else None
    told = [(unmarked(each.text), each.line) for each in own]
    lines = [line for text, _ in told for line in text.split("\n")]
    fields = [field for line in lines[1:] if (field := field_of(line))]
    milestones = tuple(m for text, line in told for m in read_milestones(text, line, on))
    if signed:  # Self-service portal (SSP, Daniel): 40%
        told[0] = (told[0][0].replace(signed.written, signed.name, 1), told[0][1])
    so_far = [told[at] for at, each in enumerate(own) if each not in ahead or each is item]
    progress = next((p for text, _ in so_far if (p := read_progress(text, entry.name, on)) is not None), None)
    return Update(
        name=entry.name,
        parent=entry.parent,
        section=section.title if section else None,
        kind=section.kind if section else None,
        line=item.line,
        line_end=max(each.line_end for each in own),
        text="\n".join(each.text for each in own),
        progress=progress,
        state=_state(_statement(entry, so_far), fields, progress, milestones),
        milestones=milestones,
        owner=next((text for field, text in fields if field == "owner"), None)
        or next(filter(None, (owner_in(text) for text, _ in told[: 2 if item.mark == HEADING else 1])), None)
        or (signed.people if signed else None),
        risks=tuple(risk for text, line in told for risk in read_risks(text, line)),
    )


def _statement(entry: _Named, told: Sequence[tuple[str, int]]) -> str:
    """What the item says beside the name; of a heading, the first text below it."""
    below = told[1][0] if len(told) > 1 and told[0][0].strip().endswith(entry.name) else ""
    return told[0][0].replace(entry.name, " ", 1) + "\n" + below


def _state(
    text: str, fields: Sequence[tuple[str, str]], progress: float | None, milestones: Sequence[Milestone]
) -> State | None:
    said = next((told for field, told in fields if field == "state"), None)
    return (read_said_state(said, progress, milestones) if said else None) or read_state(text, progress, milestones)
