"""How a project stands, from the words of a report, its progress and its dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from store.reading.vocabulary import pattern, vocabulary
from store.records import Milestone, State
from store.words.normalise import fold
from store.words.regex import regex

_PART_LIVE = regex(r"已(?:上线|投产)\s*\d+\s*/\s*\d+")  # 已上线 3/10 家门店


def read_state(text: str, progress: float | None, milestones: Sequence[Milestone]) -> State | None:
    """The state that the words of `text` give, in the order of the vocabulary; without one, 100 % of the whole is done.

    Nothing is done while the text plans a step that is still to come: "一期已上线，二期预计10/12上线".
    """
    ahead = any(not m.done for m in milestones)
    folded = pattern("states", "ignored").sub(" ", fold(text))
    found = (state for state, rule in _state_rules() if rule.search(folded))
    unfinished = ahead or progress not in (None, 100.0) or pattern("states", "unfinished").search(folded) is not None
    unfinished = unfinished or _PART_LIVE.search(folded) is not None
    said = next((state for state in found if not (state is State.DONE and unfinished)), None)
    if progress == 100 and not unfinished and said in (None, State.IN_PROGRESS) and not _is_phase(folded):
        return State.DONE
    return said or _state_of_dates(milestones) or (State.IN_PROGRESS if progress else None)


@cache
def _state_rules() -> tuple[tuple[State, re.Pattern[str]], ...]:
    return tuple((state, pattern("states", state)) for state in State)


def read_said_state(said: str, progress: float | None, milestones: Sequence[Milestone]) -> State | None:
    """The state that a field or a cell made for it gives (`Status: planned`, 正常), by its first words."""
    first = re.split(r"[,，;；。:：(（]", fold(said), maxsplit=1)[0].strip(" .!")
    known = vocabulary()["states"]["said"]
    exact = next((State(name) for name in known if first in known[name]), None)
    return exact or read_state(first, progress, milestones) or read_state(said, progress, milestones)


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
    told = pattern("progress", "phases", then=r"(?:进度|完成度|完成)?\s*[:：]?\s*100\s*%").search(folded)
    return told is not None or pattern("progress", "phases_behind").search(folded) is not None
