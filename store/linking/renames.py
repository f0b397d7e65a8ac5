"""Where a report says that a project has another name now: in its name, in brackets, or in its text."""

from __future__ import annotations

import re

from store.words.names import BRACKETS, key

_BECAME = r"(?:已|现|现已|正式|已正式)?(?:更名为|改名为|更名成|改名成|renamed (?:to|as)|now (?:called|known as))"
_SHORT = r"(?:现|已|正式)?(?:更名|改名)"
_IN_NAME = re.compile(rf"原?(.+?)\s*(?:is |has been |was )?(?:{_BECAME}|{_SHORT})\s*(.+)", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\s*(?:{_BECAME}|现名|新名)\s*[:：]?\s*(.+)", re.IGNORECASE)
_OLD_IN_BRACKETS = re.compile(r"由?(.{2,}?)(?:更名|改名)(?:而来)?", re.IGNORECASE)
# "海风平台：本周更名为云帆平台，…": the clause must speak of the project itself, and not of one of its menus.
_NEW_NAME = r"[“\"「【《]?([^，,；;。.“”\"「」【】《》（）()\n]{2,40})"
_IN_TEXT = re.compile(
    r"(?:^|[：:，,；;。.])\s*(?:该|本)?(?:项目|project)?\s*(?:本周|本期|即日起|this week)?\s*(?:起|is |has been |was )?"
    rf"{_BECAME}\s*{_NEW_NAME}",
    re.IGNORECASE,
)


def renaming(name: str) -> tuple[str, str] | None:
    """The old and the new name that a name states: `海风平台更名为云帆平台`, `海风平台（已更名为云帆平台）`."""
    outer = BRACKETS.sub("", name).strip()
    for inside in BRACKETS.findall(name):
        if found := _IN_BRACKETS.fullmatch(inside.strip()):
            return _pair(outer, found[1])
        if found := _OLD_IN_BRACKETS.fullmatch(inside.strip()):
            return _pair(found[1], outer)
    found = _IN_NAME.fullmatch(name)
    return _pair(found[1], found[2]) if found else None


def renamed_in(text: str) -> str | None:
    """The new name that the text of a project gives it, if it does: `海风平台：本周更名为云帆平台，进度40%`."""
    found = _IN_TEXT.search(text)
    return found[1].strip() if found and len(key(found[1])) > 1 else None


def _pair(old: str, new: str) -> tuple[str, str] | None:
    old, new = (text.strip(' “”"「」《》') for text in (old, new))
    return (old, new) if len(key(old)) > 1 and len(key(new)) > 1 and key(old) != key(new) else None
