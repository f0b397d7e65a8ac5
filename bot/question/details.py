"""What narrows a question, each taken out of its words: team, owner, percentages, states, events, and the aspect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.question.lexicon import lexicon, pattern, rule
from bot.question.percentages import take_bounds
from bot.question.query import Kind, Query
from bot.question.team_names import short_name
from bot.question.teams import by_sound
from bot.question.text import cut, without
from store.reading.events import find_event
from store.records import ProjectName
from store.words.names import key
from store.words.normalise import fold, has_cjk
from store.words.regex import regex

_SEVERITY = regex(
    r"(?<![a-z0-9])(?:(sev|[ps])(?:erity)?[\s-]*([0-4])(?:级|s(?![a-z]))?(?![a-z0-9.%])"
    r"|([a-d]{1,2})[级类](?=[事故的以有和与各几呢吗]|\W|$)|\b(ab|cd)(?=\s+(?:incident|outage))"
    r"|\b([a-d]{1,2})[\s-]level\b|\b(?:level|grade|class)[\s-]([a-d]{1,2})\b)"
)
_GRAVER = regex(r"\s*(?:级别?)?(?:及|或|和)?(?:以上|更高|更严重)|\s*(?:and|or) (?:above|higher|worse|up)\b|\+")
SHORTEST_FIRST_NAME = 3


def take_owner(query: Query, text: str, owners: Sequence[str]) -> tuple[Query, str]:
    """The owner (a person, team or role of the reports) whose name, or first name, stands in the question."""
    found = owner_in(text, owners)
    return (replace(query, owner=found[0]), cut(text, found[1])) if found else (query, text)


def owner_in(text: str, owners: Sequence[str]) -> tuple[str, tuple[int, int]] | None:
    """The owner that the text names, and where: in full, else by a first name that only one person has."""
    folded = fold(text)
    if len(folded) != len(text):
        return None
    for owner in sorted(owners, key=len, reverse=True):
        if fold(owner) in folded and key(owner) and (found := re.search(_bounded(fold(owner)), folded)):
            return owner, found.span()
    if heard := by_sound(folded, {(short_name(owner) or fold(owner)): [owner] for owner in owners}):
        return heard
    for first in dict.fromkeys(filter(None, map(_first_name, owners))):
        people = {fold(owner).split(" (")[0]: owner for owner in owners if _first_name(owner) == first}
        if len(people) == 1 and first in folded and (found := re.search(_bounded(first), folded)):
            return next(iter(people.values())), found.span()
    return None


def _bounded(name: str) -> str:
    """A Latin name only as a whole word: no Lea in release, no Jun in June."""
    return re.escape(name) if has_cjk(name) else rf"(?<![a-z]){re.escape(name)}(?![a-z])"


@lru_cache(maxsize=4096)
def _first_name(owner: str) -> str:
    """Hanna of Hanna Oyelaran; nothing of a team, or of a name that isn't written with Latin letters."""
    if has_cjk(owner) or re.search(rf"(?:{pattern('words', 'team_endings').pattern})$", fold(owner)):
        return ""
    first, _, rest = fold(owner).partition(" ")
    return first if rest and first.isalpha() and len(first) >= SHORTEST_FIRST_NAME else ""


def take_states(query: Query, text: str) -> tuple[Query, str]:
    """`还没上线的`, `已完成的`, `in progress`: the states by the lexicon's table, which may be several."""
    for state in lexicon()["states"]:
        if pattern("states", state).search(fold(text)):
            # "planned releases": of what has a date, all that is to come.
            meant = "open" if query.kind is Kind.MILESTONES and state == "planned" else state
            return replace(query, states=(*query.states, *meant.split("+"))), without("states", state, text)
    return query, text


def take_event(query: Query, text: str) -> tuple[Query, str]:
    """The event of a milestone by which a list is narrowed."""
    folded = fold(text)
    found = find_event(folded) if len(folded) == len(text) else None
    if found and query.kind is Kind.MILESTONES and pattern("words", "due").fullmatch(folded[slice(*found[1])]):
        ahead = query.range is None or query.range.end >= query.as_of
        # What is due may be of any event, and is still to come.
        return replace(query, states=("open",) if ahead else query.states), cut(text, found[1])
    if found is None:
        return query, text
    left = cut(text, found[1])
    if query.kind is Kind.DONE and (other := find_event(fold(left))) and other[0] != found[0]:
        return query, cut(left, other[1])  # 已经上线或结项了: whatever ended them
    if query.kind is Kind.MILESTONES and (other := find_event(fold(left))) and other[0] != found[0]:
        return query, cut(left, other[1])  # 这周有什么要上线要评审的: all that is to come
    return replace(query, event=found[0]), left


def take_grades(text: str) -> tuple[str, str]:
    """The severities that are asked for (P1事件, Sev 2, AB级, P2s), as answers compare them, and what is left."""
    folded = fold(text)
    if len(folded) != len(text):
        return "", text
    found = list(_SEVERITY.finditer(folded))
    for one in reversed(found):
        above = _GRAVER.match(folded, one.end())
        text = cut(text, (one.start(), above.end() if above else one.end()))
    grades = [grade for one in found for grade in _meant(one, folded)]
    return " ".join(dict.fromkeys(grades)), text


def _meant(one: re.Match[str], text: str) -> list[str]:
    """The severity itself, or with all that are graver (P2以上, Sev2 or worse)."""
    above = _GRAVER.match(text, one.end()) is not None
    if not one[1]:
        letters = one[3] or one[4] or one[5] or one[6]
        return [f"{each.upper()}级" for each in _lettered(letters)] if above else [f"{letters.upper()}级"]
    return [f"{one[1]}{number}".capitalize() for number in range(0 if above else int(one[2]), int(one[2]) + 1)]


def _lettered(grade: str) -> list[str]:
    """The grade of letters with those that are graver, of its own scale: AB and CD, or A to D."""
    scale = ["ab", "cd"] if len(grade) > 1 else ["a", "b", "c", "d"]
    return scale[: scale.index(grade) + 1] if grade in scale else [grade]


def take_aspect(query: Query, text: str) -> tuple[Query, str]:
    """What the question asks of its kind, by the first entry of the kind's table whose words stand in it."""
    table = f"aspects.{query.kind}"
    for name in lexicon()["aspects"].get(query.kind, {}):
        if pattern(table, name).search(fold(text)) and not (name == "target" and rule("no target").search(fold(text))):
            return replace(query, aspect=name), without(table, name, text)
    return query, text


EVENTFUL = frozenset({Kind.MILESTONES, Kind.DONE, Kind.SLIPS, Kind.OVERDUE, Kind.PROJECTS})
STATEFUL = frozenset({Kind.PROJECTS, Kind.MILESTONES, Kind.TEAM})


def take_details(query: Query, text: str, owners: Sequence[str]) -> tuple[Query, str]:
    """Everything that narrows a list of the query's kind."""
    if query.kind is Kind.PROJECTS and pattern("words", "ownerless").search(fold(text)):
        return replace(query, owner="", states=("open",)), without("words", "ownerless", text)
    query, text = take_aspect(query, text)
    query, text = take_owner(query, text, owners)
    if query.kind is Kind.PROJECTS:
        query, text = take_bounds(query, text)
    if query.kind is Kind.MILESTONES and pattern("words", "soon").search(fold(text)):
        query, text = take_event(query, text)  # 快上线了 isn't live yet
        return query, without("words", "soon", text)
    if query.kind in STATEFUL:
        query, text = take_states(query, text)
    return take_event(query, text) if query.kind in EVENTFUL else (query, text)


def attribute_in(text: str) -> str | None:
    """The word by which the question asks for something that reports seldom say (budget, 谁负责)."""
    found = (pattern("attributes", name).search(fold(text)) for name in lexicon()["attributes"])
    return next((match[0] for match in found if match), None)


def attribute_beside(project: ProjectName, text: str) -> str | None:
    """The same (`attribute_in`) of a question that names the project: the 预算 of 营销预算池 asks for nothing."""
    for name, _ in sorted(project.names, key=lambda each: -len(each[0])):
        text = fold(text).replace(fold(name), " ")
    return attribute_in(text)
