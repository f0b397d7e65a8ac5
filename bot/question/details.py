"""What narrows a question, each taken out of its words: team, owner, percentages, states, events, and the aspect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.question.lexicon import lexicon, pattern
from bot.question.query import Kind, Query
from bot.question.text import cut, without
from store.reading.events import find_event
from store.records import ProjectName
from store.words.normalise import fold, has_cjk

_N = r"\s*(\d{1,3}(?:\.\d+)?)\s*(?:%|percent\b|个?点)"
_ABOVE = re.compile(
    rf"(?P<over>超过|大于|高于|多于|over|above|more than|>(?!=))?(?P<from>不低于|至少|at least|>=|≥)?{_N}"
    r"(?P<behind>\s*(?:及以上|以上|往上|or more|or above|\+))?"
)
_BELOW = re.compile(
    rf"(?P<over>不到|低于|小于|不足|少于|under|below|less than|<(?!=))?(?P<from>不超过|最多|at most|<=|≤)?{_N}"
    r"(?P<behind>\s*(?:及以下|以下|以内|or less|or below))?"
)
_BETWEEN = re.compile(rf"(?:between\s)?{_N.replace('(?:%', '(?:%?')}?\s*(?:到|至|-|~|–|and|to)\s*{_N}(?:之间)?")
TINY = 1e-9  # over 90 % is not 90 %
_LEFT = re.compile(r"(?:^|[\s,，.。?？!！:：;；、/的看查]|我们|咱们)$")


def take_team(query: Query, text: str, teams: Sequence[str]) -> tuple[Query, str]:
    """The team named in full, else by what is left without 中心, 组 or team: 风控 of 风控中台, where it stands."""
    folded = fold(text)
    if len(folded) != len(text):
        return query, text
    for team in sorted(teams, key=len, reverse=True):
        if (at := folded.find(fold(team))) >= 0:
            ending = re.match(pattern("words", "team_endings").pattern, folded[at + len(team) :])
            return replace(query, team=team), cut(text, (at, at + len(team) + (ending.end() if ending else 0)))
    short = {name: [t for t in teams if _short(t) == name] for name in {_short(t) for t in teams} if name}
    for name, meant in sorted(short.items(), key=lambda entry: -len(entry[0])):
        if len(meant) == 1 and (span := _apart(folded, name)):
            return replace(query, team=meant[0]), cut(text, span)
    return query, text


def _short(team: str) -> str:
    """The team without the word that says that it is one; empty where nothing telling is left."""
    folded = fold(team)
    ending = re.search(rf"\s*(?:{pattern('words', 'team_endings').pattern})$", folded)
    rest = folded[: ending.start()] if ending else ""
    return rest if len(rest) >= (2 if has_cjk(rest) else 4) else ""


def _apart(text: str, name: str) -> tuple[int, int] | None:
    """Where a team's short name stands by itself or before a word of teams: 风控的项目, 风控组; not within a word."""
    ending = pattern("words", "team_endings").pattern
    beside = pattern("words", "beside_team").pattern
    for found in re.finditer(re.escape(name), text):
        if not _LEFT.search(text[: found.start()]):
            continue
        rest = text[found.end() :]
        if behind := re.match(rf"\s*{ending}", rest):
            return found.start(), found.end() + behind.end()
        if has_cjk(name) and (not rest.strip() or re.match(rf"[\s,，。?？!！]|{beside}", rest)):
            return found.span()
    return None


def take_owner(query: Query, text: str, owners: Sequence[str]) -> tuple[Query, str]:
    """The owner (a team or role of the reports) whose name stands in the question."""
    folded = fold(text)
    for owner in sorted(owners, key=len, reverse=True):
        at = folded.find(fold(owner))
        if at >= 0 and len(folded) == len(text):
            return replace(query, owner=owner), cut(text, (at, at + len(owner)))
    return query, text


def take_bounds(query: Query, text: str) -> tuple[Query, str]:
    """`90%以上`, `不到50%`, `between 20% and 60%`: the least and the most progress."""
    folded = fold(text)
    if len(folded) != len(text) or not re.search("%|percent", folded):
        return query, text
    if both := _BETWEEN.search(folded):
        return replace(query, least=float(both[1]), most=float(both[2])), cut(text, both.span())
    if found := next((m for m in _BELOW.finditer(folded) if _bounds(m)), None):
        return replace(query, most=float(found[3]) - TINY * bool(found["over"])), cut(text, found.span())
    if found := next((m for m in _ABOVE.finditer(folded) if _bounds(m)), None):
        return replace(query, least=float(found[3]) + TINY * bool(found["over"])), cut(text, found.span())
    return query, text


def has_bounds(text: str) -> bool:
    """Whether folded `text` asks for what is above or below a percentage."""
    return "%" in text and any(_bounds(found) for rule in (_ABOVE, _BELOW) for found in rule.finditer(text))


def _bounds(found: re.Match[str]) -> bool:
    return bool(found["over"] or found["from"] or found["behind"])


def take_states(query: Query, text: str) -> tuple[Query, str]:
    """`还没上线的`, `已完成的`, `in progress`: the states by the lexicon's table, which may be several."""
    for state in lexicon()["states"]:
        if pattern("states", state).search(fold(text)):
            return replace(query, states=(*query.states, *state.split("+"))), without("states", state, text)
    return query, text


def take_event(query: Query, text: str) -> tuple[Query, str]:
    """The event of a milestone by which a list is narrowed."""
    folded = fold(text)
    found = find_event(folded) if len(folded) == len(text) else None
    return (replace(query, event=found[0]), cut(text, found[1])) if found else (query, text)


def take_aspect(query: Query, text: str) -> tuple[Query, str]:
    """What the question asks of its kind, by the first entry of the kind's table whose words stand in it."""
    table = f"aspects.{query.kind}"
    for name in lexicon()["aspects"].get(query.kind, {}):
        if pattern(table, name).search(fold(text)):
            return replace(query, aspect=name), without(table, name, text)
    return query, text


EVENTFUL = frozenset({Kind.MILESTONES, Kind.DONE, Kind.SLIPS, Kind.OVERDUE, Kind.PROJECTS})
STATEFUL = frozenset({Kind.PROJECTS, Kind.MILESTONES, Kind.TEAM})


def take_details(query: Query, text: str, owners: Sequence[str]) -> tuple[Query, str]:
    """Everything that narrows a list of the query's kind."""
    query, text = take_aspect(query, text)
    query, text = take_owner(query, text, owners)
    if query.kind is Kind.PROJECTS:
        query, text = take_bounds(query, text)
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
