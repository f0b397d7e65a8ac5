"""A team called by a first word that is a word of many lines too: 商户 of 商户服务, card of Card Issuing.

Such a word names no team by itself (商户投诉多少 asks for merchants' complaints). It does where a list of a team's is
asked for, a plan, a report, what changed, and the reading without a team has found no other use for the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.question.lexicon import command_words, pattern
from bot.question.query import Kind, Query
from bot.question.team_names import JOINTS, SHORTEST_PART, SHORTEST_WHOLE, short_name
from bot.question.text import cut, trim
from store.words.normalise import fold, has_cjk
from store.words.regex import regex

# What is asked of a team as a whole. Dangers, incidents and figures speak of things like merchants and cards as well.
OF_A_TEAM = frozenset({Kind.PLAN, Kind.REPORT, Kind.CHANGES, Kind.MISSING, Kind.SLIPS, Kind.OVERDUE, Kind.TEAM})
# Whoever begins with such a word and counts means the thing that it is a word of: 商户W18投诉多少.
OF_OTHERS = frozenset({Kind.METRICS, Kind.INCIDENTS, Kind.HELP, Kind.COVERAGE, Kind.TEAMS})
_WEEK = regex(r"\s*(?:w\s?\d|第\s?\d+\s?周|\d+\s?周)")  # the 商户 of 商户W17到W18 is a team, whatever is asked
SHORTEST_LATIN = 3  # letters: PCI of PCI Compliance


def leading_team(query: Query, text: str, teams: Sequence[str]) -> tuple[str, str, str] | None:
    """The one team that a word left over in the reading `query` of `text` begins the name of, and the text and what is
    left of it without the word; None where the word stands within others that go on with it."""
    if query.team or len(fold(text)) != len(text) or query.kind in OF_OTHERS:
        return None
    left_over = query.kind in OF_A_TEAM and query.project is None
    for word, team in first_words(tuple(teams)):
        found, left = _stands(word).search(fold(text)), _stands(word).search(fold(query.words))
        if fold(query.words) == word and (left_over or query.kind is Kind.CHOICE):
            return team, fold(text).replace(word, " ", 1), ""
        week = found is not None and not found.start() and _WEEK.match(fold(text), found.end(1))
        if found and (week or (left_over and left)):
            words = cut(query.words, left.span(1)) if left else query.words
            return team, cut(text, found.span(1)), trim(words)
    return None


@lru_cache(maxsize=256)
def _stands(word: str) -> re.Pattern[str]:
    """Where the word stands at the beginning or behind asking words, with time, blanks or asking behind it."""
    if not has_cjk(word):
        return re.compile(rf"(?<![a-z0-9])({re.escape(word)})(?:'s)?(?![a-z0-9])")
    before, behind = (pattern("words", name).pattern for name in ("before_team", "beside_team"))
    return re.compile(
        rf"(?:^|[\s,，。?？!！:：;；、/&]|(?:{before}))({re.escape(word)})(?=$|[\s,，。?？!！:：;；、/&\dw]|(?:{behind}))"
    )


@lru_cache(maxsize=64)
def first_words(teams: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each first word of a team's name that begins no other team's, with the team."""
    found: dict[str, list[str]] = {}
    for team in teams:
        for word in _first_words(team):
            found.setdefault(word, []).append(team)
    return tuple((word, meant[0]) for word, meant in found.items() if len(meant) == 1)


def _first_words(team: str) -> Iterator[str]:
    bare = short_name(team) or fold(team)
    first = bare[:SHORTEST_PART] if has_cjk(bare) else JOINTS.split(bare)[0]
    whole = first == bare or first in command_words()
    if not whole and (len(bare) >= SHORTEST_WHOLE if has_cjk(bare) else len(first) >= SHORTEST_LATIN):
        yield first
