"""What becomes of a report after it was handed in: withdrawn, and brought back, by who may and as it stands now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.submission.desk import Desk
from store.database.history import KeptReport
from store.errors import UnreadableFile
from store.upkeep import Upkeep
from store.viewer import Viewer


class Came(StrEnum):
    """What came of it; each is the name of a sentence in `[handed]` of the catalogues."""

    WITHDRAWN = "withdrawn"
    ALREADY = "already"  # it had been withdrawn
    RESTORED = "restored"
    STANDS = "stands"  # it wasn't withdrawn
    CHANGED = "changed"  # somebody corrected it meanwhile, and their text isn't withdrawn unseen
    OTHER = "other"  # another report stands for the week, which is then the one that is named
    UNREADABLE = "unreadable"
    GONE = "gone"
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What came of it, and the report as it is now; None where there is no such one."""

    came: Came
    kept: KeptReport | None = None


def withdraw(desk: Desk, user: str, report_id: int, revision: int) -> Afterwards:
    """Take a report out of all answers, as long as it is at the revision that its withdrawer has seen."""
    kept = report_now(desk, user, report_id)
    if kept is None or not _may(desk, user, kept):
        return _refused(kept)
    if kept.withdrawn_at is not None:
        return Afterwards(Came.ALREADY, kept)
    if kept.revision != revision:
        return Afterwards(Came.CHANGED, kept)
    done = Upkeep(desk.library).withdraw(report_id, desk.now())
    return Afterwards(Came.WITHDRAWN if done else Came.ALREADY, report_now(desk, user, report_id))


def restore(desk: Desk, user: str, report_id: int) -> Afterwards:
    """Bring a withdrawn report back, as long as no other one stands for its week."""
    kept = report_now(desk, user, report_id)
    if kept is None or not _may(desk, user, kept):
        return _refused(kept)
    if kept.withdrawn_at is None:
        return Afterwards(Came.STANDS, kept)
    other = desk.drafts.week(kept.ref.team or "", kept.ref.report_date).taken
    if other is not None and other.withdrawn_at is None:
        return Afterwards(Came.OTHER, other)
    try:
        done = Upkeep(desk.library).restore(report_id)
    except UnreadableFile:
        return Afterwards(Came.UNREADABLE, kept)
    return Afterwards(Came.RESTORED if done else Came.STANDS, report_now(desk, user, report_id))


def report_now(desk: Desk, user: str, report_id: int) -> KeptReport | None:
    """The report as it is now, withdrawn or not; None where there is no such one that they may see."""
    return Upkeep(desk.library).kept(Viewer(user), report_id)


def _may(desk: Desk, user: str, kept: KeptReport) -> bool:
    return desk.may(user, kept.ref.team or "")


def _refused(kept: KeptReport | None) -> Afterwards:
    return Afterwards(Came.NOT_ALLOWED, kept) if kept else Afterwards(Came.GONE)
