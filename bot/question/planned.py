"""Questions for what became of a day that was planned: the first day and the one it has now, and why it was missed."""

from __future__ import annotations

from dataclasses import replace

from bot.question.known import Known
from bot.question.lexicon import rule
from bot.question.of_kind import of_list
from bot.question.of_project import of_project
from bot.question.query import Kind, Query
from bot.question.text import without
from store.words.normalise import fold


def of_planned_day(query: Query, text: str, masked: str, known: Known) -> Query | None:
    """What became of a planned day, and why."""
    return _first_planned(query, text, masked, known) or _missed(query, text, masked, known)


def _missed(query: Query, text: str, masked: str, known: Known) -> Query | None:
    """`云喇叭3/20为什么没上成`: why the day that a project had was moved; the day itself is that of its plan."""
    if not rule("why missed").search(masked):
        return None
    day = query.range is not None and query.range.start == query.range.end
    asked = replace(query, kind=Kind.SLIPS, range=None if day else query.range)
    tried = (of_list(asked, words, known) for words in (rule("why missed").sub(" ", fold(text)), text))
    found = next((one for one in tried if one.project), asked)  # "why didn't POS go live" has the name inside
    other = of_project(asked, text, known)
    return replace(found, aspect="why", words="", instead=other) if found.project else None


def _first_planned(query: Query, text: str, masked: str, known: Known) -> Query | None:
    """`网关全量从几号拖到几号了`, `planned vs actual date of the pilot`: the days that an event of one project had."""
    if not rule("first planned").search(masked):
        return None
    asked, bare = replace(query, kind=Kind.SLIPS), without("words", "first planned", text)
    found, other = of_list(asked, bare, known), of_project(query, text, known)
    if not found.project:  # 双活切流演练原定哪天: the event stands behind the name
        found = replace(asked, project=of_list(replace(query, kind=Kind.MILESTONES), bare, known).project)
    return replace(found, instead=other) if found.project else None
