"""Figures that count incidents (事故数AB级0次，CD级1次) held against the incidents that the same report tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.context import Context
from bot.answers.incident_cases import Case, cite_incident, same_grade
from bot.answers.model import Para, Style, plain
from store.records import Citation, Incident, Mention, Metric, ReportRef
from store.words.normalise import fold

_COUNTS = re.compile(r"事故|故障|生产事件|incidents?\b|outages?\b", re.ASCII)
# Those of a longer time, or of some of them: no report tells all the incidents of its year.
_OTHERS = re.compile(r"累计|年|月|季|未关闭|遗留|率|时长|ytd|total|month|year|open|rate|duration|time", re.ASCII)
_GRADED = re.compile(r"(?<![a-z])([a-d]{1,2}级|(?:sev|p|s)-?[0-4])(?![a-z0-9])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A figure of a report, and the incidents of the same report that contradict it."""

    figure: Mention[Metric]
    told: tuple[Mention[Incident], ...]


def mismatches(context: Context, consulted: Sequence[ReportRef], cases: Sequence[Case]) -> list[Mismatch]:
    """The figures of these reports that the incidents of their own report contradict, however they are graded: more
    told of the severity than counted, or more counted than told, ungraded ones and those told again included."""
    found = [_mismatch(value, cases) for value in _figures(context, consulted)]
    return [one for one in found if one is not None]


def zero_figures(context: Context, consulted: Sequence[ReportRef], grade: str) -> list[Mention[Metric]]:
    """The figures of these reports that count none of that severity, newest report first; none where any counts one."""
    found = [value for value in _figures(context, consulted) if same_grade(grade, _grade(value.record))]
    return [] if any(value.record.value for value in found) else found


def graded_figures(context: Context, consulted: Sequence[ReportRef], grade: str) -> list[Mention[Metric]]:
    """The figures of these reports that count incidents of that severity, and any, oldest report first; one that
    counts others with it (CD级) is no count of C级."""
    asked = grade.removesuffix("级")
    found = [m for m in _figures(context, consulted) if m.record.value and same_grade(grade, _grade(m.record))
             and len(_grade(m.record)) <= len(asked)]  # fmt: skip
    return sorted(found, key=lambda mention: mention.report.report_date)


def _figures(context: Context, consulted: Sequence[ReportRef]) -> list[Mention[Metric]]:
    known = context.library.metric_names(context.viewer, context.as_of)
    counting = [metric.subject for metric in known if _counts_incidents(metric.name)]
    wanted = {report.id for report in consulted}
    values = context.library.metric_values(context.viewer, context.as_of, counting) if counting else ()
    return [value for value in values if value.report.id in wanted and value.record.about is None]


def _grade(metric: Metric) -> str:
    graded = _GRADED.search(fold(metric.name))
    return graded[1].replace("-", "").removesuffix("级") if graded else ""


def _counts_incidents(name: str) -> bool:
    folded = fold(name)
    return _COUNTS.search(folded) is not None and _OTHERS.search(folded) is None


def _mismatch(figure: Mention[Metric], cases: Sequence[Case]) -> Mismatch | None:
    report, metric = figure.report, figure.record
    here = [(case, m) for case in cases for m in case.tellings if m.report.id == report.id]
    asked = _grade(metric)
    sure = [m for case, m in here if report.period_start <= case.day <= report.period_end
            and (not asked or same_grade(asked, case.grade))]  # fmt: skip
    possible = [m for case, m in here if not asked or not case.grade or same_grade(asked, case.grade)]
    if len(sure) > metric.value:
        return Mismatch(figure, tuple(sure))
    return Mismatch(figure, tuple(possible)) if metric.value > len(possible) else None


def cite_mismatch(context: Context, found: Mismatch) -> list[Citation]:
    """The line of the figure, and those of the incidents."""
    line = found.figure.record.line
    return [context.cite(found.figure.report, line, about=found.figure.record.name),
            *(cite_incident(context, mention) for mention in found.told)]  # fmt: skip


def mismatch_para(context: Context, found: Mismatch) -> Para:
    """What the figure says and what the incidents say, each with its lines."""
    metric = found.figure.record
    lines = ", ".join(str(mention.record.line) for mention in found.told) or "–"
    text = context.say(
        "incidents.mismatch", report=context.report(found.figure.report), name=metric.name,
        value=f"{metric.value:g}", line=metric.line, count=len(found.told), lines=lines,
    )  # fmt: skip
    return Para(plain(text, Style.WARN))
