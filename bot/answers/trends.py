"""Answers as charts: what there is to draw, in the words of the asker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answers.figure_words import FigureWords, Shown
from bot.answers.model import Chart, ChartKind, ChartSeries

FEWEST_POINTS = 2


def metric_chart(words: FigureWords, told: Sequence[Shown]) -> Chart | None:
    """The figures over their weeks, those of the first one's unit; none where no figure has two values."""
    drawn = [each for each in told if len(each.readings) >= FEWEST_POINTS]
    drawn = [each for each in drawn if each.figure.unit == drawn[0].figure.unit]
    if not drawn:
        return None
    series = tuple(ChartSeries(words.name(each.figure), _points(each)) for each in drawn)
    team = drawn[0].figure.metric.team
    title = series[0].label if len(series) == 1 else words.say("metrics.several", count=len(series))
    marked = tuple((r.report.report_date, words.say("metrics.mark")) for t in drawn for r in t.readings if r.restated)
    full = f"{title} · {team}" if team and len(series) == 1 and not words.teams else title
    return Chart(full, ChartKind.LINE, series, drawn[0].figure.unit or "", marked)


def _points(told: Shown) -> tuple[tuple[date, float | None], ...]:
    points: list[tuple[date, float | None]] = [(r.report.report_date, r.value) for r in told.readings]
    gaps: list[tuple[date, float | None]] = [(g.day, None) for g in told.gaps]
    return tuple(sorted([*points, *gaps], key=lambda point: point[0]))
