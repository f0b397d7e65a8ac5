"""What people call a team by: 风控 of 风控中台, 跨境 of 跨境支付组, 钱包 of 数字钱包, 账清 of 账户与清算, Issuing; and
the same in the other language: wallet of 账户钱包组, 跨境 of Cross-border."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.question.lexicon import command_words, lexicon, pattern
from store.words.normalise import fold, has_cjk
from store.words.regex import regex

SHORTEST_PART = 2  # characters: 跨境 of 跨境支付组
SHORTEST_LATIN = 4  # letters of a team's first word; so short it needs a team's ending: risk team, but not risk
SHORTEST_WHOLE = 4  # characters of a Chinese name without an ending that has parts: 渠道 of 渠道接入
JOINTS = regex(r"[\s_-]+")
_AND = regex(r"[与和及、&/·\s]+")

Names = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ShortNames:
    """Each short name with the teams that may be meant. Loose ones are words of other things: 钱包, onboarding; so is
    what a team is called in the other language. Ended ones need the ending of a team: data team, 数据组."""

    firm: Names
    loose: Names
    ended: Names


@lru_cache(maxsize=64)
def short_names(teams: tuple[str, ...]) -> ShortNames:
    """The short names of these teams; the name of one, without its ending, is no part of another's."""
    firm = _by_name(teams, _parts) | _by_name(teams, _wholes)
    loose = _by_name(teams, _ends) | _by_name(teams, lambda team: _translated(team, "teams"))
    ended = _by_name(teams, lambda team: _translated(team, "departments"))
    return ShortNames(firm, {name: meant for name, meant in loose.items() if name not in firm}, ended)


def _by_name(teams: Sequence[str], names: Callable[[str], Iterator[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for team in teams:
        for name in dict.fromkeys(names(team)):
            if name and name[0].isalnum():
                found.setdefault(name, []).append(team)
    return found


@lru_cache(maxsize=4096)
def short_name(team: str) -> str:
    """The team without the word that says that it is one; empty where nothing telling is left."""
    folded = fold(team)
    ending = re.search(rf"\s*(?:{pattern('words', 'team_endings').pattern})$", folded)
    rest = folded[: ending.start()] if ending else ""
    return rest if len(rest) >= (2 if has_cjk(rest) else 4) else ""


def _wholes(team: str) -> Iterator[str]:
    """风控 of 风控中台, Issuing of Issuing Platform."""
    yield short_name(team)
    first = JOINTS.split(fold(team))[0]
    if not has_cjk(team) and len(first) >= SHORTEST_LATIN:
        yield first


def _parts(team: str) -> Iterator[str]:
    """How a Chinese name begins (跨境, 跨境支 and 跨境支付 of 跨境支付组), how it ends with its ending (支付组), and
    the first characters of its words (账清 of 账户与清算)."""
    name, ending = short_name(team), len(fold(team)) - len(short_name(team))
    bare = name or fold(team)
    if not has_cjk(bare) or (not name and len(bare) < SHORTEST_WHOLE):
        return
    yield from (part for end in range(SHORTEST_PART, len(bare)) if not _is_word_of_asking(part := bare[:end]))
    yield from (fold(team)[begin:] for begin in range(1, len(bare) - 1) if name and ending)
    words = [piece[at : at + 2] for piece in _AND.split(bare) for at in range(0, len(piece), 2)]
    if len(words) > 1 and len(bare) >= SHORTEST_WHOLE:
        yield "".join(word[0] for word in words)


def _ends(team: str) -> Iterator[str]:
    """The last word of a name: 钱包 of 数字钱包, onboarding of Merchant Onboarding; never one that many teams may have
    (平台, 服务, services)."""
    bare = short_name(team) or fold(team)
    last = bare[-SHORTEST_PART:] if has_cjk(bare) else JOINTS.split(bare)[-1]
    if len(bare) >= SHORTEST_WHOLE and last != bare and not pattern("words", "team_tails").fullmatch(last):
        yield last if has_cjk(last) or len(last) > SHORTEST_LATIN else ""


def _translated(team: str, table: str) -> Iterator[str]:
    """The words of its name in the other language: risk of 风控技术组, 跨境 of cross-border."""
    bare = short_name(team) or fold(team)
    words = (bare, *JOINTS.split(bare))
    for group in _groups(table):
        if any(one in bare if has_cjk(one) else one in words for one in group):
            yield from (one for one in group if has_cjk(one) != has_cjk(bare))


@cache
def _groups(table: str) -> tuple[tuple[str, ...], ...]:
    """The words of each thing that teams are named after, in both languages."""
    return tuple(tuple(map(fold, group)) for group in lexicon()["translated"][table])


def _is_word_of_asking(part: str) -> bool:
    """Whether the word asks for something: 风险 of 风险策略."""
    return part in command_words() or pattern("words", "team_tails").fullmatch(part) is not None
