"""Which team a question names: in full, by what is left without 中心 or 组, by how its name begins, or as it sounds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.question.content import Told
from bot.question.lexicon import command_words, pattern
from bot.question.query import Query
from bot.question.text import cut
from store.words.normalise import fold, has_cjk
from store.words.sounds import readings, spells

SHORTEST_BEGINNING = 2  # characters: 跨境 of 跨境支付组
SHORTEST_LATIN = 4  # letters of a team's first word; so short it needs a team's ending: risk team, but not risk
_JOINTS = re.compile(r"[\s_-]+")
SHORTEST_INITIALS = 3  # letters of a Chinese name's initials: two of them are too many other things
_SYLLABLE = r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?[aeiouv]{1,3}(?:ng?|r)?"
_PINYIN = re.compile(rf"(?<![a-z0-9])(?=[a-z]{{5,}}){_SYLLABLE}{_SYLLABLE}+(?![a-z0-9])")
_SAID_OF = re.compile(r"\b(?:on|for|in|at|from|by|did|with)\s+$")
_DOES = re.compile(r"\s*(?:[:,]|'s\b|doing\b|working\b|$)")  # how is Issuing doing
_BEHIND = re.compile(r"[\s,，。?？!！:：、/的'’s\d]")
_LETTERS = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2,6}(?![A-Za-z0-9])")
_NEXT = re.compile(r"[a-z0-9]+|.")


def take_team(query: Query, text: str, teams: Sequence[str], told: Told) -> tuple[Query, str]:
    """The team named in full, else by what is left without 中心, 组 or team (风控 of 风控中台), else by a beginning
    or an end that no other team has (跨境, 支付组 of 跨境支付组), where it stands; `told` as in `team_in`."""
    found = team_in(text, teams, told)
    return (replace(query, team=found[0]), cut(text, found[1])) if found else (query, text)


def team_in(text: str, teams: Sequence[str], told: Told) -> tuple[str, tuple[int, int]] | None:
    """The team that the text names, and where; `told` says which words stand in the reports, so that no beginning of
    another name (跨境收款) is taken for the team."""
    folded = fold(text)
    if len(folded) != len(text):
        return None
    for team in sorted(teams, key=len, reverse=True):
        # A team that is called Metrics has its capital; who asks for metrics writes none.
        found = re.search(re.escape(team), text) if fold(team) in command_words() else _written(team).search(folded)
        if found:
            ending = re.match(pattern("words", "team_endings").pattern, folded[found.end() :])
            return team, (found.start(), found.end() + (ending.end() if ending else 0))
    names = _short_names(tuple(teams))
    for name, meant in sorted(names.items(), key=lambda entry: -len(entry[0])):
        if len(meant) == 1 and name in folded and (span := _apart(folded, name, told)):
            return meant[0], span
    return by_sound(folded, names) or _by_initials(text, teams, told)


@lru_cache(maxsize=4096)
def _written(team: str) -> re.Pattern[str]:
    """The team's name as people write it: Risk Platform is Risk-Platform."""
    return re.compile(r"[\s_-]*".join(map(re.escape, _JOINTS.split(fold(team)))))


def _by_initials(text: str, teams: Sequence[str], told: Told) -> tuple[str, tuple[int, int]] | None:
    """The one team whose initials stand in `text`, and where, with a team's ending: fkzt or fk中台 of 风控中台, MS of
    Merchant Services in capitals."""
    for run in _LETTERS.finditer(text):
        ending = re.match(pattern("words", "team_endings").pattern, fold(text[run.end() :]))
        meant = [team for team in teams if _are_initials(run[0], team, told)
                 or (ending and _spell(fold(run[0]), short_name(team)))]  # fmt: skip
        if len(meant) == 1:
            return meant[0], (run.start(), run.end() + (ending.end() if ending else 0))
    return None


def _are_initials(letters: str, team: str, told: Told) -> bool:
    if not has_cjk(team):
        parts = re.findall(r"[A-Z][a-z]+", team)
        return len(parts) > 1 and letters == "".join(part[0] for part in parts)
    return len(letters) >= SHORTEST_INITIALS and not told(fold(letters)) and _spell(fold(letters), fold(team))


def _spell(letters: str, name: str) -> bool:
    heard = readings(name)
    begun = zip(letters, heard, strict=False)
    return len(letters) == len(heard) > 1 and all(any(one.startswith(char) for one in said) for char, said in begun)


def by_sound(text: str, names: Mapping[str, Sequence[str]]) -> tuple[str, tuple[int, int]] | None:
    """What is meant by the one name that folded text spells in pinyin, and where, with a team's ending (组); `names`
    say what each may mean."""
    for run in _PINYIN.finditer(text):
        said = {meant[0] for name, meant in names.items()
                if has_cjk(name) and len(meant) == 1 and spells(run[0], readings(name))}  # fmt: skip
        if len(said) == 1:
            ending = re.match(pattern("words", "team_endings").pattern, text[run.end() :])
            return said.pop(), (run.start(), run.end() + (ending.end() if ending else 0))
    return None


@lru_cache(maxsize=64)
def _short_names(teams: tuple[str, ...]) -> dict[str, list[str]]:
    """Each short name with the teams that may be meant: 风控 of 风控中台, Issuing of Issuing Platform."""
    found: dict[str, list[str]] = {}
    begun: dict[str, list[str]] = {}
    for team in teams:
        first = _JOINTS.split(fold(team))[0]
        latin = first if not has_cjk(team) and len(first) >= SHORTEST_LATIN else ""
        for name in {short_name(team), latin} - {""}:
            found.setdefault(name, []).append(team)
        for name in (*_beginnings(team), *_endings(team)):
            begun.setdefault(name, []).append(team)
    return {name: meant for name, meant in (begun | found).items() if name[0].isalnum()}


def _beginnings(team: str) -> list[str]:
    """How the name of a Chinese team begins: 跨境, 跨境支 and 跨境支付 of 跨境支付组."""
    name = short_name(team)
    return [name[:end] for end in range(SHORTEST_BEGINNING, len(name)) if has_cjk(name[:end])]


def _endings(team: str) -> list[str]:
    """How the name of a Chinese team ends, with the word that says that it is one: 支付组 of 跨境支付组."""
    name = fold(team)
    said = re.search(rf"(?:{pattern('words', 'team_endings').pattern})$", name)
    latest = said.start() - SHORTEST_BEGINNING if said and has_cjk(name) else 0
    return [name[begin:] for begin in range(1, latest + 1)]


@lru_cache(maxsize=4096)
def short_name(team: str) -> str:
    """The team without the word that says that it is one; empty where nothing telling is left."""
    folded = fold(team)
    ending = re.search(rf"\s*(?:{pattern('words', 'team_endings').pattern})$", folded)
    rest = folded[: ending.start()] if ending else ""
    return rest if len(rest) >= (2 if has_cjk(rest) else 4) else ""


def _apart(text: str, name: str, told: Told) -> tuple[int, int] | None:
    """Where a team's short name stands by itself or before words that go on with no name: 风控的项目, 风控组,
    跨境卡在哪, but not 跨境收款."""
    ending = pattern("words", "team_endings").pattern
    for found in re.finditer(re.escape(name), text):
        before, rest = text[: found.start()], text[found.end() :]
        if not re.search(rf"(?:^|[\s,，.。?？!！:：;；、/]|{pattern('words', 'before_team').pattern})$", before):
            continue
        if behind := re.match(rf"\s*{ending}", rest):
            return found.start(), found.end() + behind.end()
        if has_cjk(name) or has_cjk(rest[:1]):
            if _goes_on(name, rest, told):
                return found.span()
        elif len(name) > SHORTEST_LATIN and _stands_alone(before, rest):
            return found.span()
    return None


def _is_asked(rest: str) -> bool:
    """Whether what stands behind a Latin name asks for something: Issuing goals, Issuing这周, no Issuing BIN."""
    following = re.match(r"\s*([a-z]+)", rest)
    if following:
        return following[1] in command_words()
    return re.match(rf"\s*{pattern('words', 'beside_team').pattern}", rest) is not None


def _stands_alone(before: str, rest: str) -> bool:
    """Whether a Latin name between these is a team's: on Issuing, how is Issuing doing."""
    if re.match(r"[a-z0-9]", rest):
        return False
    return _SAID_OF.search(before) is not None or _DOES.match(rest) is not None or _is_asked(rest)


def _goes_on(name: str, rest: str, told: Told) -> bool:
    """Whether the text behind a team's short name is no part of a name that begins with it."""
    if not rest.strip() or _BEHIND.match(rest) or re.match(pattern("words", "beside_team").pattern, rest):
        return True
    following = _NEXT.match(rest)
    return following is not None and not told(name + following[0])
