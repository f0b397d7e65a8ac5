"""The kind of a section that no word names, from the items in it: figures, incidents or projects.

`## 【核心数据】` above `日活：215万` lists figures, `## 【稳定性】` above `9/3 14:20 绑卡页白屏（P3）…` incidents, and
`## 【业务需求】` above `亲情卡：研发55%，提测9/12` projects, whatever their headings are called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from store.reading.events import event_in
from store.reading.fields import field_of
from store.reading.incidents import says_no_incident, tells_incident
from store.reading.marks import CODE, unmarked
from store.reading.milestones import read_milestones
from store.reading.naming import is_group, is_labelled, is_name, project_name
from store.reading.progress import read_progress
from store.reading.states import read_state
from store.reading.vocabulary import any_rule, pattern
from store.records import HEADING, Item, SectionKind
from store.words.normalise import fold

_ANY_DAY = date(2000, 1, 1)  # what a section holds doesn't hang on its day
_FIGURE = re.compile(
    r"[^:：]{2,40}[:：]\s*(?:约|about )?[^\s\d,，。;；%％]{0,3}\s?-?\d[\d,]*(?:\.\d+)?"
    r"\s*(?P<unit>[%％]|[^\s\d,，。;；(（/→-]{1,6})?\s*(?:[(（][^()（）]*[)）])?\s*(?:$|[,，。;；])"
)
LEAST_FIGURES = 2


def kind_of_items(items: Sequence[Item], *, alone: bool) -> SectionKind | None:
    """The kind of the section whose items these are, or None where they don't tell. Where the heading may stand
    `alone`, as the name of one project, a list of projects has two items that name one at the least."""
    top = [item for item in items if item.parent is None and item.mark not in ("", "|", HEADING, CODE)]
    listed = [item for item in items if item.parent is None and item.mark not in ("|", HEADING, CODE)]
    told = sum(says_no_incident(item.text) or tells_incident(unmarked(item.text), _ANY_DAY) for item in listed)
    if told and told * 2 >= len(top):
        return SectionKind.INCIDENTS
    if not top:
        return None
    sure = sum(map(_is_figure, top))
    if sure >= LEAST_FIGURES and sure * 2 >= len(top):
        return SectionKind.METRICS
    named = {project_name(item.head) for item in top if _tells_of_project(item)}
    return SectionKind.PROJECTS if len(named) > alone and len(named) * 2 >= len(top) else None


def _is_figure(item: Item) -> bool:
    """`日活：215万`, `Auto-approval rate: 61.5%`; a share alone may be a project's progress (`SSP: 70%`)."""
    head = unmarked(item.head)
    found = _FIGURE.match(head)
    if found is None or event_in(fold(head)):
        return False
    name = fold(head[: re.search("[:：]", head).start()])  # type: ignore[union-attr]
    rated = any_rule("metrics", "rates").search(name) is not None
    return rated or found["unit"] not in ("%", "％")


def _tells_of_project(item: Item) -> bool:
    """A name, set off from what is said of it, with a progress, a date or a state."""
    head, name = unmarked(item.head), project_name(item.head)
    if not is_labelled(item.head) or not is_name(name) or is_group(name) or field_of(item.head):
        return False
    if event_in(fold(name)) and pattern("progress", "phases").search(fold(name)):
        return False
    milestones = read_milestones(head, item.line, _ANY_DAY)
    return bool(milestones) or read_progress(head, name, _ANY_DAY) is not None or _state(head, name)


def _state(head: str, name: str) -> bool:
    return read_state(head.replace(name, " ", 1), None, ()) is not None
