"""The words by which reports are read, from `vocabulary.toml`, made ready for matching once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from store.words.normalise import fold, has_cjk


@cache
def vocabulary() -> Mapping[str, Any]:
    """The whole file, parsed."""
    return tomli.loads(files("store.reading").joinpath("vocabulary.toml").read_text(encoding="utf-8"))


@cache
def words(*path: str) -> tuple[str, ...]:
    """The list at `path` (`words("projects", "groups")`), longest first."""
    found: Any = vocabulary()
    for step in path:
        found = found[step]
    return tuple(sorted(found, key=len, reverse=True))


@cache
def pattern(*path: str, then: str = "") -> re.Pattern[str]:
    """A pattern for any of the words at `path`, followed by the pattern `then`; to be used on folded text."""
    return re.compile(alternatives(words(*path)) + then)


@cache
def any_rule(*path: str) -> re.Pattern[str]:
    """A pattern that is found where any of the regular expressions at `path` is."""
    return re.compile("|".join(f"(?:{rule})" for rule in words(*path)))


def alternatives(entries: Iterable[str]) -> str:
    """An alternation of `entries`; Latin ones only match as whole words, since `at` stands in `data`."""
    return _alternation(tuple(entries))


@cache
def _alternation(entries: tuple[str, ...]) -> str:
    folded = [fold(entry) for entry in entries]
    either = "(?:" + "|".join(map(_bounded, folded)) + ")"
    if all(map(has_cjk, folded)):
        return either
    # What bounds a Latin word hides from `re` by which characters a match can begin; saying it makes a search ten times
    # quicker.
    return f"(?=[{''.join(re.escape(char) for char in sorted({word[0] for word in folded}))}]){either}"


def _bounded(word: str) -> str:
    escaped = re.escape(word)
    if has_cjk(word):
        return escaped
    escaped = escaped.replace("\\ ", r"[\s-]")  # go live, go-live
    return rf"(?<![a-z0-9]){escaped}(?![a-z0-9])"


@cache
def heading_type() -> re.Pattern[str]:
    """What a heading opens with that says that it is a project's: `Epic: Block merkelization`."""
    names = "|".join(map(re.escape, vocabulary()["headings"]["types"]))
    return re.compile(rf"(?:{names})\s*[:：–—-]\s*")
