"""What the reports hold that a question can name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.question.content import Told, everything
from store.records import ProjectName


@dataclass(frozen=True, slots=True)
class Known:
    """What the reports hold that a question can name, as far as the asker may see it."""

    projects: Sequence[ProjectName]
    teams: Sequence[str]
    metrics: Sequence[ProjectName] = ()
    owners: Sequence[str] = ()
    incidents: Sequence[str] = ()
    told: Told = everything
