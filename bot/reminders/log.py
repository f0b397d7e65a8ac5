"""What was sent, when and to whom, and what needs somebody: for the admins, in the terminal and in Slack. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.reminders.notice import notice_of
from store.outbox import Letter, Sending

NEEDS_SOMEBODY = (Sending.FAILED, Sending.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message: `stage` is a word of teams.toml or `digest`, `week` its Monday, `at` (UTC) when that became of it
    which `state` says, `reason` why: Slack's word or our own."""

    stage: str
    team: str
    week: date
    recipient: str
    state: Sending
    at: datetime
    reason: str
    tries: int
    key: str

    @property
    def needs_somebody(self) -> bool:
        """Whether it won't be mended by waiting."""
        return self.state in NEEDS_SOMEBODY


def entries(letters: Iterable[Letter]) -> Iterator[Entry]:
    """Every reminder and digest of the outbox, in its order; other messages are nobody's business but the reader's."""
    for one in letters:
        if notice := notice_of(one.key):
            yield Entry(notice.stage, notice.team, notice.week, one.recipient, one.state, one.changed_at, one.reason,
                        one.tries, one.key)  # fmt: skip


def line(one: Entry, zone: tzinfo) -> str:
    """`2023-12-15 15:00  remind  sent  支付中心  U1`."""
    reason = f"  ({one.reason})" if one.reason else ""
    at, team = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}", one.team or "–"
    return f"{at}  {one.stage:<8}  {one.state:<9}  {team}  {one.recipient}{reason}"
