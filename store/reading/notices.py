"""What looks wrong in a report, or wasn't understood, with its line: said, never corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from store.reading.clauses import LONGEST_LINE
from store.records import Notice, Report
from store.words.normalise import fold

_PERCENT = re.compile(r"(?<![\d.])(\d{3,}(?:\.\d+)?)\s*%")
_SHARE = re.compile(r"(?<![\d/])(\d{1,6})/(\d{1,6})(?![\d/])")
_WHOLE = re.compile(
    r"(?:累计|合计|总计|共|total)\s*[:：]?\s*(?P<done>\d{1,6})/(?P<all>\d{1,6})\s*[:：(,，]\s*(?P<parts>[^。;；|\n]{4,120})"
)
_PERCENT_SIGN = re.compile("[%％﹪]")


def read_notices(report: Report) -> tuple[Notice, ...]:
    """The notices of a dated report by line. Codes: `planned_in_past`, `incident_without_time`, `over_100_percent`,
    `long_line`, `no_sections`, `label_not_iso_week`, `total_off`."""
    found = [
        *_dates(report), *_incidents(report), *_percentages(report), *_long_lines(report), *_shape(report),
        *_totals(report),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda notice: (notice.line, notice.code)))


def _dates(report: Report) -> Iterable[Notice]:
    for update in report.updates:
        for milestone in update.milestones:
            if milestone.doubtful:
                yield Notice(milestone.line, "planned_in_past", milestone.text)


def _incidents(report: Report) -> Iterable[Notice]:
    for incident in report.incidents:
        if not isinstance(incident.occurred_at, datetime):
            yield Notice(incident.line, "incident_without_time", incident.title)


def _percentages(report: Report) -> Iterable[Notice]:
    for number, line in enumerate(report.lines, 1):
        if not _PERCENT_SIGN.search(line):
            continue
        for match in _PERCENT.finditer(fold(line[:LONGEST_LINE])):
            if float(match[1]) > 100:
                yield Notice(number, "over_100_percent", match[0])


def _totals(report: Report) -> Iterable[Notice]:
    """`累计218/420：离线171/280，实时47/140` adds up; where the parts told behind a colon don't, it is said."""
    for item in report.items:
        for offset, line in enumerate(item.text.split("\n")):
            told = fold(line[:LONGEST_LINE])
            for whole in _WHOLE.finditer(told) if "/" in told else ():
                parts = [(int(a), int(b)) for a, b in _SHARE.findall(whole["parts"])]
                total = (int(whole["done"]), int(whole["all"]))
                if len(parts) > 1 and tuple(map(sum, zip(*parts, strict=True))) != total:
                    yield Notice(item.line + offset, "total_off", whole[0])


def _long_lines(report: Report) -> Iterable[Notice]:
    for number, line in enumerate(report.lines, 1):
        if len(line) > LONGEST_LINE:
            yield Notice(number, "long_line", str(LONGEST_LINE))


def _shape(report: Report) -> Iterable[Notice]:
    if not report.sections:
        yield Notice(1, "no_sections", "")
    number = re.search(r"\d+", report.label or "")
    if number and report.report_date and int(number[0]) != report.report_date.isocalendar().week:
        line = next((n for n, text in enumerate(report.lines, 1) if report.label and report.label in text), 1)
        yield Notice(line, "label_not_iso_week", f"{report.label} ≠ ISO {report.report_date.isocalendar().week}")
