"""What the reports hold that a question can name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.question.content import Told, everything
from store.records import ProjectName


@dataclass(frozen=True, slots=True)
class Known:
    """What the reports hold that a question can name, as far as the asker may see it.

    `as_of` where the question names the day as of which it asks, `strict` where no cue says what is asked: then a verb
    that no report says (休假) is looked for, too.
    """

    projects: Sequence[ProjectName]
    teams: Sequence[str]
    metrics: Sequence[ProjectName] = ()
    owners: Sequence[str] = ()
    incidents: Sequence[str] = ()
    told: Told = everything
    strict: bool = False
    as_of: bool = False
