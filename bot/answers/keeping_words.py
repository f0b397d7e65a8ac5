"""The words by which a report says what became of its goals, from `keeping.toml`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import tomli


@cache
def _words() -> dict[str, list[str]]:
    return tomli.loads(files("bot.answers").joinpath("keeping.toml").read_text(encoding="utf-8"))


@cache
def rule(name: str) -> re.Pattern[str]:
    """The regular expressions at `name`, for folded text."""
    return re.compile("|".join(f"(?:{part})" for part in _words()[name]))
