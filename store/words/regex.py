"""Regular expressions that are compiled at their first use: a start has four hundred at hand and needs half of them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


class _Late:
    """To be used like a compiled one; what is asked of it is kept, so that asking again costs what it always did."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    @cached_property
    def search(self) -> Any:
        """As of a compiled pattern; so are the others."""
        return self._compiled.search

    @cached_property
    def match(self) -> Any:
        """Where the text begins with it."""
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> Any:
        """Where it matches the whole text."""
        return self._compiled.fullmatch

    @cached_property
    def finditer(self) -> Any:
        """Every match."""
        return self._compiled.finditer

    @cached_property
    def findall(self) -> Any:
        """The text of every match."""
        return self._compiled.findall

    @cached_property
    def sub(self) -> Any:
        """The text with every match replaced."""
        return self._compiled.sub

    @cached_property
    def split(self) -> Any:
        """The text between the matches."""
        return self._compiled.split


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern; one that is wrong raises `re.error` at its first use."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
