"""What looks off in a draft, one note each; `[looks]` of the catalogues has its sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """Something to look at before the report counts.

    `line` is the draft's line (None where it speaks of the whole), `about` what it is about as written, `was` and
    `now` what it was and is, `count` of how many it speaks.
    """

    code: str
    line: int | None = None
    about: str = ""
    was: str = ""
    now: str = ""
    count: int = 0
