"""What is told to whom, as the outbox knows it: a reminder by its stage, the week's digest. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from bot.teams import STAGES

DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Notice:
    """One row of the outbox: a stage (or `digest`) of a team's week (its Monday) for one recipient."""

    stage: str
    week: date
    team: str
    recipient: str

    @property
    def key(self) -> str:
        """What the outbox knows it by."""
        return key_of(self.stage, self.week.isoformat(), self.team, self.recipient)


def key_of(*parts: str | int) -> str:
    """A key of the outbox; its first part says what kind of message it is."""
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def notice_of(key: str) -> Notice | None:
    """The reminder or digest that a key stands for; None for any other message."""
    kind, *rest = json.loads(key)
    if kind not in (*STAGES, DIGEST):
        return None
    week, team, recipient = rest
    return Notice(kind, date.fromisoformat(week), team, recipient)
