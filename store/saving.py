"""What a file says now, saved in the place of what it said before."""

from __future__ import annotations

from collections.abc import Sequence

from store.database import facts, history, reports, subjects
from store.database.rows import Database
from store.records import Report
from store.revisions import places, vanished


def save_all(db: Database, arrival: reports.Arrival, read: Sequence[Report]) -> str:
    """Save the reports of a file, all or none; whether it is `added`, `revised` or says what it said before."""
    standing = reports.standing(db, arrival)
    placed = places(standing, read, arrival.reader_version)
    gone = vanished(standing, placed)
    reports.save_file(db, arrival)
    told = [(place, report) for place, report in zip(placed, read, strict=True) if not place.kept]
    for place, report in told:
        report_id = reports.save(db, arrival, place, report)
        if place.again:
            facts.replace_facts(db, report_id, report)
    for report_id in gone:
        history.withdraw(db, report_id, arrival.at)
    for sha256 in {one.sha256 for one in standing} - {arrival.sha256} | ({arrival.sha256} if not told else set()):
        reports.forget_state(db, sha256)
    if gone or any(place.again for place in placed):
        subjects.mark_unlinked(db, arrival.team)
    if not standing:
        return "added"
    taken = {place.report_id for place, _ in told}
    if any(one.withdrawn and one.report_id in taken for one in standing):
        return "restored"
    return "revised" if gone or any(place.changed for place in placed) else "unchanged"
