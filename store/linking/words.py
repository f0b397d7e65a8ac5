"""The words by which names are linked, from `words.toml` and `terms.toml`, made ready for matching once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from store.words.names import key
from store.words.normalise import fold


@cache
def data() -> Mapping[str, Any]:
    """The whole of `words.toml`, parsed."""
    return tomllib.loads(files("store.linking").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def suffixes() -> tuple[str, ...]:
    """Words that a project's name may lose from its end, longest first, folded."""
    return tuple(sorted(map(fold, data()["suffixes"]), key=len, reverse=True))


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
    lists = tomllib.loads(files("store.linking").joinpath("terms.toml").read_text(encoding="utf-8"))["same"]
    return {key(name): tuple(names) for names in lists for name in names}
