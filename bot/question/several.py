"""Two projects and more that one question names: `聚合码和换机进度`, `Token Vault and Smart Routing status`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.question.known import Known
from bot.question.lexicon import pattern
from bot.question.linking import Linked, link, literal_name
from bot.question.query import Kind, Query
from bot.question.text import cut, trim, without
from store.reading.events import find_event
from store.records import ProjectName
from store.words.names import key
from store.words.normalise import fold
from store.words.regex import regex

MOST = 5  # projects that a person asks for at once
SHORTEST = 2  # characters: 上了吧 names nothing
_JOINED = regex(r"\s*(?:和|与|跟|以及|还有|或者|或|还是|、|，|\bor\b|\bversus\b|\bvs\b|\band\b|&|,)\s*")


def several_named(text: str, projects: Sequence[ProjectName]) -> tuple[ProjectName, ...]:
    """The projects that the text names side by side, in its order; empty where any of its parts names none for sure,
    or two the same. A name that holds a joining word (`POS APP和SDK`) stays one."""
    if _JOINED.search(fold(text)) is None or len(fold(text)) != len(text):
        return ()
    if (literal := literal_name(text, projects)) and _JOINED.search(fold(literal.words)):
        return ()
    parts = [part for part in map(_bare, _JOINED.split(fold(text))) if part]
    if not 1 < len(parts) <= MOST or any(len(key(part)) < SHORTEST for part in parts):
        return ()
    named = [_named(part, projects).project for part in parts]
    found = tuple(dict.fromkeys(project for project in named if project is not None))
    return found if len(found) == len(parts) else ()


def _named(words: str, projects: Sequence[ProjectName]) -> Linked:
    literal = literal_name(words, projects)
    return literal.linked if literal and not trim(cut(words, literal.span)) else link(words, projects, heard=False)


def _bare(part: str) -> str:
    """The part without the words of asking around its name."""
    if event := find_event(part):
        part = cut(part, event[1])
    for table, name in (("cues", "status"), ("words", "when"), ("words", "first"), ("words", "done")):
        part = without(table, name, part)
    return trim(without("words", "asking", part))


# What is asked of one project, or of all, and of no two.
NOT_OF_SEVERAL = (Kind.HELP, Kind.MISSING, Kind.SLIPS, Kind.OVERDUE, Kind.PLAN, Kind.SILENT, Kind.RISKS,
                  Kind.INCIDENTS, Kind.METRICS, Kind.HISTORY, Kind.REPORT)  # fmt: skip


def several(query: Query, text: str, masked: str, known: Known) -> Query | None:
    """Two projects that are asked for at once: how each stands, in one list."""
    if any(pattern("cues", kind).search(masked) for kind in NOT_OF_SEVERAL):
        return None
    projects = several_named(text, known.firm)
    return replace(query, kind=Kind.PROJECTS, tied=projects, words="") if projects else None
