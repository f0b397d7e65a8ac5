"""Headings that are projects: below 项目进展 each with a text of its own, or all over a report of another layout, whose
headings no word of ours names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from store.reading.fields import divides
from store.reading.marks import plain, unmarked
from store.reading.naming import is_group, is_meeting, is_name, project_name
from store.reading.progress import read_progress
from store.reading.vocabulary import any_rule, heading_type, vocabulary
from store.records import HEADING, Item, Section, SectionKind
from store.words.dates import find_dates
from store.words.normalise import fold

FEWEST_TOLD = 3
_KNOWN = (SectionKind.METRICS, SectionKind.INCIDENTS, SectionKind.DAILY)
_WEEKDAY = 6  # characters that a weekday may add to a date
_ANY_DAY = date(2000, 1, 1)  # a share is one on any day
_MOMENT = re.compile(r"[\d\s:：/.,~-]*(?:[ap]m|utc|cet|pst)?[\d\s:：/.,~-]*", re.IGNORECASE)
Headed = Mapping[int, tuple[str, str | None]]  # the section's position → the project's name and its parent's


def project_headings(items: Sequence[Item], sections: Sequence[Section]) -> Headed:
    """The sections whose heading is a project."""
    own = _own_items(items)
    if any(section.kind is SectionKind.PROJECTS for section in sections):
        return _below_known(own, sections)
    found = _of_other_layout(own, sections)
    if not any(section.kind in _KNOWN for section in sections):
        return found
    # Where the other sections are ones that we know, only headings with prose below them stand for projects, and only
    # where there are several: one alone is a section of its own kind.
    # A heading that says that it is one's (`Milestone - Rule engine`), or whose text is divided by Completed, Ongoing,
    # Next, needs no others beside it.
    sure = {at: named for at, named in found.items() if _typed(sections[at].title) or is_divided(own.get(at, ()))}
    if sure:
        return sure
    told = {at: named for at, named in found.items() if own.get(at) and own[at][0].mark == ""}
    return told if len(told) >= FEWEST_TOLD else {}


def listing_sections(items: Sequence[Item], sections: Sequence[Section], headed: Headed) -> frozenset[int]:
    """The sections that no word names and that list projects: a third of their items or more give a progress of
    their own."""
    found = set()
    for at, own in _own_items(items).items():
        if sections[at].named or (at not in headed and sections[at].kind is not SectionKind.OTHER):
            continue
        if at in headed and is_divided(own):
            continue
        top = [item for item in own if item.parent is None and item.mark not in ("", "|", HEADING)]
        if own[0].mark == "" and _states_progress(own[0]):
            continue  # what the heading itself is about stands above its parts
        stating = sum(_states_progress(item) for item in top)
        if stating >= 2 and stating * 3 >= len(top):
            found.add(at)
    return frozenset(found)


def _states_progress(item: Item) -> bool:
    name = project_name(item.head)

    return read_progress(unmarked(item.head), name, _ANY_DAY) is not None


def is_divided(items: Sequence[Item]) -> bool:
    """Whether a line among the items only says how what stands below it is meant: Completed, `- achieved:`."""
    return any(divides(item.text) is not None for item in items)


def _own_items(items: Sequence[Item]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = {}
    for item in items:
        if item.section is not None and item.mark != HEADING:
            found.setdefault(item.section, []).append(item)
    return found


def _below_known(own: Mapping[int, Sequence[Item]], sections: Sequence[Section]) -> Headed:
    """Sub-headings of a projects section are projects where one of them has a text right below it; elsewhere they only
    divide the list."""
    kinds = (SectionKind.PROJECTS, SectionKind.HIGHLIGHTS)
    below = [at for at, s in enumerate(sections) if not s.named and s.kind in kinds]
    levels = {sections[at].level for at in below if own.get(at) and own[at][0].mark == ""}
    return {
        at: (title, None)
        for at in below
        if sections[at].level in levels and _may_be_project(title := _title(sections[at]))
    }


def _of_other_layout(own: Mapping[int, Sequence[Item]], sections: Sequence[Section]) -> Headed:
    found: dict[int, tuple[str, str | None]] = {}
    for at, section in enumerate(sections):
        title = _title(section)
        below = list(_children(sections, at))
        above = next((p for p in range(at - 1, -1, -1) if sections[p].level < section.level), None)
        below_aside = above is not None and _says("asides", sections[above].title)
        if section.named or below_aside or not _may_be_project(title):
            continue
        real = [child for child in below if not _says("phases", _title(sections[child]))]
        if own.get(at) and own[at][0].mark == "|":
            continue  # a heading above a table
        if not own.get(at) and (not below or any(_typed(sections[child].title) for child in real)):
            continue  # an area that holds `Epic: …`, or an empty heading
        parent = found[above][0] if above in found and not _typed(section.title) else None
        found[at] = (title, parent)
    alone = len(found) == 1 and not any(_typed(sections[at].title) or is_divided(own.get(at, ())) for at in found)
    return {} if alone else found


def _may_be_project(title: str) -> bool:
    framing = _says("asides", title) or _says("phases", title) or _MOMENT.fullmatch(title) or _is_day(title)
    return is_name(title) and not framing and not is_group(title) and not is_meeting(title)


def _is_day(title: str) -> bool:
    """`6月9日`, `Mon, May 19`: a heading of a day's notes."""
    dated = find_dates(title, _ANY_DAY, likely=True)
    return any(m.span[1] - m.span[0] >= len(title.strip()) - _WEEKDAY for m in dated)


def _children(sections: Sequence[Section], at: int) -> Sequence[int]:
    end = next((p for p in range(at + 1, len(sections)) if sections[p].level <= sections[at].level), len(sections))
    return range(at + 1, end)


def _typed(title: str) -> bool:
    return heading_type().match(fold(title)) is not None


def _title(section: Section) -> str:
    typed = heading_type().match(fold(section.title))
    title = section.title[typed.end() :] if typed else section.title
    return plain(_suffix().sub("", title)) or title


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(rf"(?<=..)\s*(?:{'|'.join(map(re.escape, vocabulary()['headings']['suffixes']))})$")


def _says(what: str, title: str) -> bool:
    return any_rule("headings", what).search(fold(title)) is not None
