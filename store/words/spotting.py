"""Looking for any of many words without compiling a pattern of them: a start compiled four hundred, and needed few."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property


class Spotter:
    """Whether any of some words stands in a text, as it stands there: `at` stands in `data`."""

    def __init__(self, words: Iterable[str]) -> None:
        known: dict[str, list[str]] = {}
        for word in filter(None, words):
            known.setdefault(word[0], []).append(word)
        self._known = {first: tuple(listed) for first, listed in known.items()}
        self._firsts = frozenset(known)

    def stands(self, text: str) -> bool:
        """Whether it does."""
        known = self._known
        return not self._firsts.isdisjoint(text) and any(
            text.startswith(known[char], at) for at, char in enumerate(text) if char in known
        )


class WordRule:
    """A regular expression that matches nowhere but where one of `words` stands, compiled at the first text in which
    one does. To be used like a compiled one."""

    def __init__(self, pattern: str, words: Iterable[str]) -> None:
        self.pattern = pattern
        self._spotter = Spotter(words)

    @cached_property
    def _rule(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """As of a compiled pattern; so are the others."""
        return self._rule.search(text) if self._spotter.stands(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Where the pattern matches the whole text."""
        return self._rule.fullmatch(text) if self._spotter.stands(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match."""
        return self._rule.finditer(text) if self._spotter.stands(text) else iter(())

    def findall(self, text: str) -> list[str]:
        """The text of every match."""
        return [match[0] for match in self.finditer(text)]

    def split(self, text: str) -> list[str]:
        """The text between the matches."""
        return self._rule.split(text) if self._spotter.stands(text) else [text]
