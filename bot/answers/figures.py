"""One figure over the weeks: which value counts for which week, what was put right, and where reports disagree.

Pure: mentions in, frozen records out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answers.week_rows import monday_of
from store.records import Mention, Metric, ProjectName, ReportRef
from store.words.dates import find_dates
from store.words.normalise import fold

RUNNING = 3  # reports in a row with one value: nobody may have looked
COPIED_DECIMALS = 2  # a figure as fine as 99.36 seldom comes out the same twice
_LAST_WEEK = ("上周", "上期", "last week", "previous week")
_NUMBER = re.compile(r"\d+", re.ASCII)
_WEEK = re.compile(r"第\s*\d+\s*周|week\s*\d+|w\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of one week: the mention that states it, that week's own report, and the value as that report had it
    where a later one put it right (None where it said nothing)."""

    mention: Mention[Metric]
    report: ReportRef
    restated: bool = False
    original: Mention[Metric] | None = None

    @property
    def value(self) -> float:
        """The value that counts."""
        return self.mention.record.value

    @property
    def told(self) -> tuple[Mention[Metric], ...]:
        """Every mention that it rests on, the one that counts first."""
        return (self.mention, self.original) if self.original else (self.mention,)


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of one team in one unit, oldest week first; `loose` are corrections of weeks or months that no report
    here stands for."""

    metric: ProjectName
    unit: str | None
    group: str | None
    readings: tuple[Reading, ...]
    loose: tuple[Mention[Metric], ...] = ()


def figures(metric: ProjectName, told: Iterable[Mention[Metric]], reports: Sequence[ReportRef]) -> tuple[Figure, ...]:
    """The figure in each of its units, the one told last first; `reports` are the team's, newest first."""
    ordered = sorted(told, key=lambda m: (m.report.report_date, m.report.source, m.record.line))
    stated = [m for m in ordered if not _is_correction(m.record)]
    corrections = [m for m in ordered if _is_correction(m.record)]
    units: dict[str, list[Mention[Metric]]] = defaultdict(list)
    for mention in stated or corrections:
        units[_unit(mention.record)].append(mention)
    only = next(iter(units)) if len(units) == 1 else None
    found = []
    for unit, mentions in units.items():
        # "应为44" leaves the unit out, and "应为44件" adds one; with one unit in use that is meant.
        own = [c for c in corrections if _unit(c.record) == unit or (only == unit and not (c.record.unit and unit))]
        found.append(_figure(metric, mentions if stated else [], own, reports))
    return tuple(sorted(filter(_told, found), key=_newest, reverse=True))


def _told(figure: Figure) -> bool:
    return bool(figure.readings)


def _newest(figure: Figure) -> date:
    return figure.readings[-1].report.report_date


def _is_correction(metric: Metric) -> bool:
    return metric.about is not None or metric.corrects is not None


def _unit(metric: Metric) -> str:
    return fold(metric.unit or "")


def _figure(
    metric: ProjectName,
    stated: Sequence[Mention[Metric]],
    corrections: Sequence[Mention[Metric]],
    reports: Sequence[ReportRef],
) -> Figure:
    readings = [Reading(m, m.report) for at, m in enumerate(stated) if not _twice(m, stated[:at])]
    loose = []
    for correction in corrections:
        week = _corrected_report(correction, readings, reports)
        if week is None:
            loose.append(correction)
        else:
            readings = _put_right(readings, week, correction)
    readings.sort(key=lambda r: (r.report.report_date, r.report.source))
    newest = (stated or corrections)[-1].record
    return Figure(metric, newest.unit, newest.group, tuple(readings), tuple(loose))


def _twice(mention: Mention[Metric], before: Sequence[Mention[Metric]]) -> bool:
    """Whether the same report has said it already; a second and different value stands beside the first."""
    return any(m.report.id == mention.report.id and m.record.value == mention.record.value for m in before)


def _put_right(readings: list[Reading], week: ReportRef, correction: Mention[Metric]) -> list[Reading]:
    wrong = [r for r in readings if r.report.id == week.id]
    kept = [r for r in readings if r.report.id != week.id]
    original = next((r.original or r.mention for r in wrong), None)
    return [*kept, Reading(correction, week, True, original)]


def _corrected_report(
    correction: Mention[Metric], readings: Sequence[Reading], reports: Sequence[ReportRef]
) -> ReportRef | None:
    """The report of the week that a correction speaks of: by its label, as the week before, or by the value that is
    taken back."""
    before = [r for r in reports if r.report_date <= correction.report.report_date]
    about = fold(correction.record.about or "")
    if _WEEK.fullmatch(about):
        number = week_number(about)
        return next((r for r in before if week_number(r.label or "") == number), None)
    if about in _LAST_WEEK:
        monday = monday_of(correction.report.report_date) - timedelta(days=7)
        return next((r for r in before if monday_of(r.report_date) == monday), None)
    if about:
        return next((r for r in before if any(_in_week(d, r) for d in _days(about, correction))), None)
    earlier = [r for r in readings if r.report.report_date < correction.report.report_date]
    return next((r.report for r in reversed(earlier) if r.value == correction.record.corrects), None)


def _days(about: str, correction: Mention[Metric]) -> list[date]:
    """The day by which a correction calls the report that it puts right (10月24日, 24 oct); none of a month."""
    days = find_dates(about, correction.report.report_date, likely=True)
    return [day.start for day in days if day.start == day.end and day.start]


def _in_week(day: date, report: ReportRef) -> bool:
    return report.period_start <= day <= report.period_end


def week_number(label: str) -> int | None:
    """The number in the label of a week: 38 of 第38周; None without one."""
    found = _NUMBER.findall(label)
    return int(found[-1]) if found else None


def before(figure: Figure, reading: Reading) -> Reading | None:
    """The reading of the nearest earlier report, None before the first."""
    earlier = [r for r in figure.readings if r.report.report_date < reading.report.report_date]
    return earlier[-1] if earlier else None


def is_week_before(old: Reading, new: Reading) -> bool:
    """Whether `old` is of the week before that of `new`."""
    return monday_of(new.report.report_date) - monday_of(old.report.report_date) == timedelta(days=7)


def running(figure: Figure, reading: Reading) -> int:
    """In how many reports running the value has stood, up to this one."""
    at = figure.readings.index(reading)
    count = 0
    for earlier in reversed(figure.readings[: at + 1]):
        if earlier.value != reading.value:
            break
        count += 1
    return count


def contradictions(figure: Figure) -> tuple[tuple[Reading, Reading], ...]:
    """Pairs of a week and the next, whose report says another "last week" than that week's own."""
    found = []
    for old, new in zip(figure.readings, figure.readings[1:], strict=False):
        said = new.mention.record.previous
        if new.restated or said is None or not is_week_before(old, new):
            continue
        if not any(_same(m.record.value, said) for m in old.told):
            found.append((old, new))
    return tuple(found)


def _same(value: float, said: float) -> bool:
    """Whether `said` is the value, perhaps rounded."""
    decimals = len(f"{said:.12g}".partition(".")[2])
    return abs(round(value, decimals) - said) < 1e-9
