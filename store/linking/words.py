"""The words by which names are linked, from `words.toml` and `terms.toml`, made ready for matching once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import tomli

from store.words.names import BRACKETS, key
from store.words.normalise import fold


@cache
def data() -> Mapping[str, Any]:
    """The whole of `words.toml`, parsed."""
    return tomli.loads(files("store.linking").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def suffixes() -> tuple[str, ...]:
    """Words that a project's name may lose from its end, longest first, folded."""
    return tuple(sorted(map(fold, data()["suffixes"]), key=len, reverse=True))


@cache
def telling() -> frozenset[str]:
    """Characters that are never mistyped for one another nor left out of a name."""
    return frozenset(data()["telling"])


@cache
def shortening(name: str) -> frozenset[str]:
    """The words at `shortened.<name>`, folded."""
    return frozenset(map(fold, data()["shortened"][name]))


def listing(name: str) -> bool:
    """Whether a name lists several things: 修复/升级, 清算与对账."""
    return any(re.search(mark, fold(name)) for mark in data()["shortened"]["listing"])


@cache
def abbreviations() -> Mapping[str, str]:
    """For each abbreviated word the whole one, both folded and in the singular."""
    return {short: whole for whole, *shorts in data()["shortened"]["abbreviations"] for short in shorts}


@cache
def rule(name: str) -> re.Pattern[str]:
    """Any of the regular expressions at `name`, for folded text."""
    return re.compile("|".join(f"(?:{part})" for part in data()[name]))


@cache
def folded(name: str) -> frozenset[str]:
    """The words at `metrics.<name>`, folded."""
    return frozenset(map(fold, data()["metrics"][name]))


@cache
def terms() -> Mapping[str, tuple[str, ...]]:
    """For each key of a trade term, the names of its metric, the first being the one to call it by."""
    lists = tomli.loads(files("store.linking").joinpath("terms.toml").read_text(encoding="utf-8"))["same"]
    return {key(name): tuple(names) for names in lists for name in names}


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A metric's name without what is no part of it: `本周支付成功率（%）：` → `支付成功率`."""
    text = BRACKETS.sub(lambda bracket: "" if fold(bracket[1]).strip() in _unsaid() else bracket[0], name)
    text = text.strip(" :：")
    for filler in folded("fillers"):
        lower = fold(text)
        if len(lower) == len(text) and lower.startswith(filler):
            text = text[len(filler) :].lstrip(" :：的")
        elif len(lower) == len(text) and lower.endswith(filler):
            text = text[: -len(filler)].rstrip()
    return text if len(key(text)) > 1 else name


def _unsaid() -> frozenset[str]:
    return folded("units") | folded("fillers")
