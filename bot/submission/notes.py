"""What looks off in a draft, one note each; `[looks]` of the catalogues has its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from store.records import ReportRef


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


def report_name(report: ReportRef) -> str:
    """A report as a sentence names it: `第50周（2023-12-08）` without its team, by its day where it has no label."""
    day = report.report_date.isoformat()
    return f"{report.label} ({day})" if report.label else day
