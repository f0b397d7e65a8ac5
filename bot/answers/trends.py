"""Answers as charts: what there is to draw, in the words of the asker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.answers.amounts import PERCENT
from bot.answers.context import Context
from bot.answers.figure_words import FigureWords, Shown
from bot.answers.history_steps import Step
from bot.answers.incident_counts import by_week
from bot.answers.incident_view import Picture
from bot.answers.model import Chart, ChartKind, ChartSeries
from bot.answers.week_rows import Gap, monday_of

FEWEST_POINTS = 2
MOST_BARS = 53
MOST_SERIES = 6  # more lines cross each other until nobody can follow one


def metric_chart(words: FigureWords, told: Sequence[Shown]) -> Chart | None:
    """The figures over their weeks, those of the first one's unit; none where no figure has two values."""
    drawn = [each for each in told if len(each.readings) >= FEWEST_POINTS]
    drawn = [each for each in drawn if each.figure.unit == drawn[0].figure.unit][:MOST_SERIES]
    if not drawn:
        return None
    series = tuple(ChartSeries(words.name(each.figure), _points(each)) for each in drawn)
    team = drawn[0].figure.metric.team
    between = "、" if words.context.query.lang == "zh" else ", "
    names = dict.fromkeys(each.figure.metric.name for each in drawn)
    title = series[0].label if len(series) == 1 else between.join(names)
    marked = tuple((r.report.report_date, words.say("metrics.mark")) for t in drawn for r in t.readings if r.restated)
    full = f"{title} · {team}" if team and len(series) == 1 and not words.teams else title
    return Chart(full, ChartKind.LINE, series, drawn[0].figure.unit or "", marked)


def _points(told: Shown) -> tuple[tuple[date, float | None], ...]:
    points: list[tuple[date, float | None]] = [(r.report.report_date, r.value) for r in told.readings]
    gaps: list[tuple[date, float | None]] = [(g.day, None) for g in told.gaps]
    return tuple(sorted([*points, *gaps], key=lambda point: point[0]))


def progress_chart(
    context: Context, title: str, told: Mapping[str, Sequence[Step]], gaps: Sequence[Gap]
) -> Chart | None:
    """The progress of a project and its parts by name, with the dates that moved; none where nothing has two values."""
    drawn = {name: found for name, found in told.items() if _count(found) >= FEWEST_POINTS}
    if not drawn:
        return None
    most = sorted(drawn, key=lambda name: name != title and -_count(drawn[name]))[:MOST_SERIES]
    series = tuple(ChartSeries(name, _progress(drawn[name], gaps)) for name in drawn if name in most)
    notes = [(step.report.report_date, _moves(context, step)) for step in told.get(title, ()) if step.moved]
    return Chart(context.say("history.chart", name=title), ChartKind.LINE, series, PERCENT, tuple(notes), (0.0, 100.0))


def _count(told: Sequence[Step]) -> int:
    return sum(step.progress is not None for step in told)


def _progress(told: Sequence[Step], gaps: Sequence[Gap]) -> tuple[tuple[date, float | None], ...]:
    first, last = told[0].report.report_date, told[-1].report.report_date
    points: list[tuple[date, float | None]] = [(step.report.report_date, step.progress) for step in told]
    points += [(gap.day, None) for gap in gaps if first < gap.day < last]
    return tuple(sorted(points, key=lambda point: point[0]))


def _moves(context: Context, step: Step) -> str:
    """`上线 → 10/12`."""
    moved = [(context.event(move.to), context.days(move.to.start, move.to.end)) for _, move in step.moved]
    return ", ".join(f"{event} → {day}" for event, day in moved)


def incident_chart(picture: Picture) -> Chart | None:
    """How many incidents in each week, a week without a report having no value; none for a single week."""
    counted = dict(by_week(picture.cases))
    if not counted:
        return None
    asked = picture.asked
    start = asked.start or min(counted)
    last = min(asked.end, max([*counted, *(report.report_date for report in picture.consulted)]))
    mondays = range(monday_of(start).toordinal(), last.toordinal() + 1, 7)[-MOST_BARS:]
    points = tuple((week, _counted(picture, counted, week)) for week in map(date.fromordinal, mondays))
    if len(points) < FEWEST_POINTS:
        return None
    say = picture.context.say
    words = f" · {picture.wanted.said}" if picture.wanted.said else ""
    title = say("incidents.chart", range=picture.span) + words
    return Chart(title, ChartKind.BARS, (ChartSeries(title, points),))


def _counted(picture: Picture, counted: Mapping[date, int], week: date) -> float | None:
    return None if week in picture.missing and week not in counted else float(counted.get(week, 0))
