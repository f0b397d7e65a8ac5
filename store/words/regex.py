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

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._compiled, name)
        setattr(self, name, asked)
        return asked


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern; one that is wrong raises `re.error` at its first use."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
