"""Small made-up reports in the payments layout, for tests that say what a few lines of a report mean."""

from __future__ import annotations

from datetime import date

from store.reading import read_report
from store.records import Item, Report, Update

ON = date(2023, 9, 15)  # a Friday in ISO week 37; the reports of that day call themselves 第38周
TITLE = "# 第38周 2023-09-15"


def written(*lines: str, title: str = TITLE) -> str:
    """The text of a report: its title, a blank line, and the lines; its first line after the title is line 3."""
    return "\n".join((title, "", *lines))


def read(*lines: str, title: str = TITLE) -> Report:
    """What a report of these lines is understood to say."""
    return read_report(written(*lines, title=title))


def updates(*lines: str, title: str = TITLE) -> tuple[Update, ...]:
    """What the lines of a project section say about projects."""
    return read("## 【O1 服务业务】", *lines, title=title).updates


def update(*lines: str, title: str = TITLE) -> Update:
    """The one project that the lines of a project section speak of."""
    (only,) = updates(*lines, title=title)
    return only


def body(report: Report) -> list[Item]:
    """The items that are neither a title nor a heading."""
    return [item for item in report.items if item.mark != "#"]


def table(header: str, *rows: str) -> tuple[str, ...]:
    """The lines of a table between outer pipes; header and rows are cells with ` | ` between them."""
    rule = " | ".join("---" for _ in header.split(" | "))
    return tuple(f"| {line} |" for line in (header, rule, *rows))


def events(found: Update) -> list[tuple[str, str, bool]]:
    """The dated events of a project: the event, its days (`2023-09-26`, or two with `..`), whether it happened."""
    return [
        (m.event, "..".join(dict.fromkeys((m.start.isoformat(), m.end.isoformat()))), m.done) for m in found.milestones
    ]
