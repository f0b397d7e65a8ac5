"""Where a question has a project's name as people shorten it: 引擎二期 of 实时决策引擎二期, 商户升级 of 商户系统升级,
bfj盘点 of 备付金盘点."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.question.content import asks_day, asks_number, is_trade_word
from bot.question.lexicon import pattern
from bot.question.text import trim, without
from store.records import ProjectName
from store.words.names import key
from store.words.normalise import fold, has_cjk
from store.words.regex import regex
from store.words.sounds import readings

SHORTEST = 4  # characters of a shortened name: two of them are words of the language
_CHUNK = 2  # characters that stand together in the name; single ones are chance
_RUN = regex(r"[\u3400-\u9fff]{4,}")
_INITIALS = regex(r"(?<![a-z0-9])([a-z]{2,6})([\u3400-\u9fff]{2,})")
_STAGE = regex(r"[一二三四五六七八九十]期")
_BEFORE = regex(r"[\u3400-\u9fff]*$")

Spot = tuple[tuple[int, int], ProjectName]


def in_full(text: str, projects: Sequence[ProjectName]) -> str:
    """`text` with the name that it shortens written in full; as it is, where there is none.

    A question for a day or a number is left alone unless initials say the name: what the reports don't say of
    静默开户补授权 isn't answered by how 静默开户合规治理 stands.
    """
    folded = fold(text)
    if len(folded) != len(text):
        return text
    exact = asks_day(text) or asks_number(text)
    spot = _only([*_initials(folded, projects), *(() if exact else _parts(folded, projects))])
    if spot is None:
        return text
    (start, end), project = spot
    return f"{text[:start]}{project.name}{text[end:]}"


def _only(spots: Sequence[Spot]) -> Spot | None:
    """The longest of the spots, where it means one project, or one and its parts."""
    longest = max((end - start for (start, end), _ in spots), default=0)
    best = [spot for spot in spots if spot[0][1] - spot[0][0] == longest]
    meant = {project.subject: project for _, project in best}
    top = [one for one in meant.values() if all(o is one or o.parent == one.subject for o in meant.values())]
    return (best[0][0], top[0]) if len(top) == 1 and len({span for span, _ in best}) == 1 else None


def _parts(text: str, projects: Sequence[ProjectName]) -> Iterator[Spot]:
    for run in _RUN.finditer(text):
        said = frozenset(run[0])
        for project in projects:
            if len(said & project.characters) < SHORTEST:
                continue
            for name in project.folded:
                if (found := _shortened(run[0], key(name))) is None:
                    continue
                (start, end), at_first = found
                part = run[0][start:end]
                if not _is_general(part) and (at_first or _begins(text[: run.start() + start])):
                    yield (run.start() + start, run.start() + end), project


@lru_cache(maxsize=16384)
def _shortened(run: str, name: str) -> tuple[tuple[int, int], bool] | None:
    """The longest part of `run` that is pieces of `name` in their order, and whether it begins as the name does."""
    best: tuple[tuple[int, int], bool] | None = None
    for start in range(len(run) - SHORTEST + 1):
        at, end = 0, start
        first = -1
        while (piece := _piece(run[end:], name, at)) is not None:
            where, length = piece
            first = where if first < 0 else first
            at, end = where + length, end + length
        if end - start >= SHORTEST and (best is None or end - start > best[0][1] - best[0][0]):
            best = (start, end), first == 0
    return best


def _piece(run: str, name: str, after: int) -> tuple[int, int] | None:
    """Where the longest beginning of `run` stands in `name` behind `after`, and its length."""
    length, where = 0, -1
    while length < len(run) and (found := name.find(run[: max(length + 1, _CHUNK)], after)) >= 0:
        length, where = max(length + 1, _CHUNK), found
        if length > len(run):
            return None
    return (where, length) if where >= 0 else None


def _is_general(part: str) -> bool:
    """Whether it is made of words that any project may have: 系统升级. A stage tells one from another: 引擎二期."""
    rest = without("words", "generic", part)
    words = [rest[at : at + 2] for at in range(0, len(rest), 2)] if len(rest) == len(part) else [trim(rest)]
    return _STAGE.search(part) is None and all(not word or is_trade_word(word) for word in words)


def _begins(before: str) -> bool:
    """Whether what stands before is no word that a name may go on from: 数据质量 of 生产数据质量 names nothing."""
    beside = _BEFORE.search(before)
    if beside is None or not beside[0]:
        return True
    said = beside[0]
    return not key(trim(without("words", "asking", said))) or re.search(
        rf"{pattern('words', 'before_team').pattern}$", said
    ) is not None


def _initials(text: str, projects: Sequence[ProjectName]) -> Iterator[Spot]:
    """bfj盘点: the initials of what stands before 盘点 in the name."""
    for found in _INITIALS.finditer(text):
        letters, said = found[1], found[2]
        for project in projects:
            for name in project.folded:
                if has_cjk(name) and (length := _begun(letters, said, key(name))):
                    yield (found.start(), found.start(2) + length), project


@lru_cache(maxsize=16384)
def _begun(letters: str, said: str, name: str) -> int:
    """How many characters of `said` stand in the name behind characters with these initials; 0 for fewer than two."""
    for at in range(len(letters), len(name) - 1):
        if name[at : at + 2] != said[:2]:
            continue
        before = readings(name[at - len(letters) : at])
        if len(before) == len(letters) and all(
            any(one.startswith(letter) for one in heard) for letter, heard in zip(letters, before, strict=True)
        ):
            length = 2
            while length < len(said) and name[at : at + length + 1] == said[: length + 1]:
                length += 1
            return length
    return 0
