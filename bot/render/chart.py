"""An answer's chart as a PNG, with Chinese labels on any machine: the font comes with the program.

matplotlib takes the better part of a second to load, so this module is imported only when a chart is drawn.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from threading import Lock
from typing import Any

import cvttf_NotoSansCJK_Regular as packaged
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.ticker import MaxNLocator
from rich.cells import cell_len, set_cell_size

from bot.answers.amounts import amount, grouped, with_unit
from bot.answers.model import Chart, ChartKind, ChartSeries, shortened
from store.words.normalise import has_cjk

WIDTH, HEIGHT, DPI = 9.0, 4.5, 150  # inches, inches, dots per inch
COLOURS = ("#1f5fa8", "#d1603d", "#3c8d5a", "#8a5fb0", "#b08a1f", "#4a4a4a")
GRID, QUIET = "#dddddd", "#777777"
SMALL, NORMAL, LARGE = 8, 9, 12  # points
MOST_LABELLED = 14  # points of a single line, or bars, that can have their value beside them
MOST_TICKS = 13
NAME_LENGTH, LATIN_NAME_LENGTH, NOTE_LENGTH = 20, 36, 24
TITLE_WIDTH = 76  # cells of a terminal, of which a Chinese character has two: so many fit above the chart
LEGEND_COLUMNS = 2
NOTE_ROWS = 3
COMMAS_FROM = 10_000
LABEL_APART = 0.055  # of the height of the chart
UNKNOWN = "□"
_ONE_AT_A_TIME = Lock()  # matplotlib isn't made for threads, and Slack's questions come in several
LANGUAGE = "zh-Hans"  # the font's own shapes are the traditional ones
BACKING = {"facecolor": "white", "edgecolor": "none", "pad": 1}


def render_chart(chart: Chart) -> bytes:
    """The chart as PNG, 1350 × 675 pixels."""
    out = io.BytesIO()
    with _ONE_AT_A_TIME:
        _drawn(chart).savefig(out, format="png")
    return out.getvalue()


def _drawn(chart: Chart) -> Figure:
    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI)
    FigureCanvasAgg(figure)
    legend = -(-len(chart.series) // LEGEND_COLUMNS) if len(chart.series) > 1 else 0
    figure.subplots_adjust(left=0.085, right=0.93, top=0.88, bottom=0.1 + 0.05 * legend)
    axes = figure.add_subplot()
    title = f"{short_title(chart.title)}{f'  ({chart.unit})' if chart.unit else ''}"
    axes.set_title(drawable(title), loc="left", fontsize=LARGE, pad=12, **_text(LARGE))
    _frame(axes, chart)
    draw = _bars if chart.kind is ChartKind.BARS else _lines
    draw(axes, chart)
    _days(axes, chart)
    _notes(axes, chart)
    return figure


# ---- text ------------------------------------------------------------------------------------------------------------


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(FT2Font(packaged.get_TTF_path()).get_charmap())


def drawable(text: str) -> str:
    """The text with a box for each character that the font doesn't have (😀), which matplotlib would complain of."""
    return "".join(char if ord(char) in _glyphs() else UNKNOWN for char in text)


def short_title(title: str) -> str:
    """The title, cut where it would reach beyond the chart: English words of the same length need half the room."""
    if cell_len(title) <= TITLE_WIDTH:
        return title
    return set_cell_size(title, TITLE_WIDTH - 1).rstrip() + "…"


def _text(size: int) -> dict[str, Any]:
    # A `$` in a report's name is a dollar, and begins no formula.
    return {"fontproperties": FontProperties(fname=packaged.get_TTF_path(), size=size), "parse_math": False,
            "language": LANGUAGE}  # fmt: skip


def _frame(axes: Axes, chart: Chart) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=QUIET)
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=chart.kind is ChartKind.BARS))
    axes.ticklabel_format(axis="y", style="plain", useOffset=False)
    if chart.bounds:
        low, high = chart.bounds
        axes.set_ylim(low, high + (high - low) * 0.08)


# ---- lines -----------------------------------------------------------------------------------------------------------


def _lines(axes: Axes, chart: Chart) -> None:
    """Each series in its colour, broken where it has no value; its newest value stands at its end."""
    for series, colour in zip(chart.series, COLOURS, strict=False):
        _line(axes, series, colour, chart.kind)
    if chart.bounds is None:
        axes.margins(y=0.18)
    if axes.get_ylim()[1] >= COMMAS_FROM:
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.12g}")
    if len(chart.series) > 1:
        _legend(axes)
        _ends(axes, chart)
    else:
        _values(axes, chart)


def _line(axes: Axes, series: ChartSeries, colour: str, kind: ChartKind) -> None:
    known = [(day, value) for day, value in series.points if value is not None]
    style = "steps-post" if kind is ChartKind.STEPS else "default"
    # A thin dotted line leads the eye over weeks without a value; the line itself doesn't pretend to know them.
    axes.plot(*_xy(known), color=colour, linewidth=1, linestyle=":", alpha=0.6, drawstyle=style)
    axes.plot(*_xy(series.points), color=colour, linewidth=2, marker="o", markersize=4.5, drawstyle=style,
              label=drawable(_short_name(series.label)))  # fmt: skip


def _short_name(name: str) -> str:
    return shortened(name, NAME_LENGTH if has_cjk(name) else LATIN_NAME_LENGTH)


def _xy(points: Sequence[tuple[date, float | None]]) -> tuple[list[Any], list[float]]:
    return [day for day, _ in points], [float("nan") if value is None else value for _, value in points]


def _legend(axes: Axes) -> None:
    font = _text(NORMAL)["fontproperties"]
    shown = axes.legend(prop=font, frameon=False, loc="upper left", bbox_to_anchor=(-0.02, -0.08),
                        ncols=LEGEND_COLUMNS)  # fmt: skip
    for text in shown.get_texts():
        text.set_parse_math(False)


def _values(axes: Axes, chart: Chart) -> None:
    """The values of a single line, all of them where there is room, else the lowest, the highest and the newest."""
    known = [(day, value) for series in chart.series for day, value in series.points if value is not None]
    shown = known
    if len(known) > MOST_LABELLED:
        shown = [min(known, key=lambda p: p[1]), max(known, key=lambda p: p[1]), known[-1]]
    for day, value in dict.fromkeys(shown):
        newest, below = (day, value) == known[-1], _is_valley(known, (day, value))
        axes.annotate(
            _said(value, chart.unit if newest else ""), (day, value), xytext=(0, -7 if below else 7),
            textcoords="offset points", ha="center", va="top" if below else "bottom",
            color=COLOURS[0] if newest else QUIET, **_text(NORMAL if newest else SMALL),
        )  # fmt: skip


def _is_valley(known: Sequence[tuple[date, float]], point: tuple[date, float]) -> bool:
    """Whether the line comes down to the point and goes up from it, so that a label above would lie on the line."""
    at = known.index(point)
    return 0 < at < len(known) - 1 and known[at - 1][1] > point[1] < known[at + 1][1]


def _ends(axes: Axes, chart: Chart) -> None:
    """The newest value of each line beside its last point, moved apart where they would cover each other."""
    low, high = axes.get_ylim()
    ends = [(*_newest(series), colour) for series, colour in zip(chart.series, COLOURS, strict=False)]
    last = max(day for day, _, _ in ends)
    at = spread([value for _, value, _ in ends], (high - low) * LABEL_APART, high)
    for (_, value, colour), height in zip(ends, at, strict=True):
        axes.annotate(
            _said(value, chart.unit), (last, height), xytext=(8, 0), textcoords="offset points",
            va="center", color=colour, annotation_clip=False, **_text(NORMAL),
        )  # fmt: skip


def _newest(series: ChartSeries) -> tuple[date, float]:
    return next((day, value) for day, value in reversed(series.points) if value is not None)


def spread(values: Sequence[float], apart: float, top: float) -> list[float]:
    """Heights for labels of these values, in the same order, no nearer to each other than `apart`, and none above
    `top`."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    heights = list(values)
    for below, above in pairwise(order):
        heights[above] = max(heights[above], heights[below] + apart)
    heights[order[-1]] = min(heights[order[-1]], top)
    for above, below in pairwise(reversed(order)):
        heights[below] = min(heights[below], heights[above] - apart)
    return heights


def _said(value: float, unit: str) -> str:
    return drawable(with_unit(grouped(amount(value, unit or None).number), unit))


# ---- bars ------------------------------------------------------------------------------------------------------------


def _bars(axes: Axes, chart: Chart) -> None:
    """A bar for each week of the first series; a week without a report has a dash in the place of a number."""
    points = chart.series[0].points
    days, values = [day for day, _ in points], [value or 0 for _, value in points]
    axes.bar(days, values, width=timedelta(days=5), color=COLOURS[0])  # type: ignore[arg-type]
    axes.set_ylim(0, max([*values, 1]) * 1.2)
    for day, value in points if len(points) <= 2 * MOST_LABELLED else ():
        axes.annotate(
            "–" if value is None else _said(value, ""), (day, value or 0), xytext=(0, 3),
            textcoords="offset points", ha="center", color=QUIET, **_text(NORMAL),
        )  # fmt: skip


# ---- days ------------------------------------------------------------------------------------------------------------


def _days(axes: Axes, chart: Chart) -> None:
    """The days below: those of the reports, thinned out evenly where they are many; the newest always among them."""
    days = sorted({day for series in chart.series for day, _ in series.points})
    step = -(-len(days) // MOST_TICKS)
    shown = days[::-1][::step][::-1]
    years = {day.year for day in days}
    axes.set_xticks(shown, [day_label(day, before, years) for before, day in pairwise([None, *shown])], **_text(SMALL))  # type: ignore[arg-type]
    for label in axes.get_yticklabels():
        label.set_fontproperties(_text(SMALL)["fontproperties"])
    margin = max(timedelta(days=5), (days[-1] - days[0]) / 25)
    axes.set_xlim(days[0] - margin, days[-1] + margin)  # type: ignore[arg-type]


def day_label(day: date, before: date | None, years: set[int]) -> str:
    """`12/8`; with the year where it begins, in a chart of several years."""
    text = f"{day.month}/{day.day}"
    new = before is None or before.year != day.year
    return f"{text}\n{day.year}" if new and len(years) > 1 else text


def _notes(axes: Axes, chart: Chart) -> None:
    """What happened on a day stands at the top, on several rows so that neighbours don't cover each other."""
    for at, (day, text) in enumerate(chart.notes):
        axes.axvline(day, color=GRID, linewidth=1, linestyle="--", zorder=0)  # type: ignore[arg-type]
        axes.annotate(
            drawable(shortened(text, NOTE_LENGTH)), (day, 1.0), xycoords=("data", "axes fraction"),
            xytext=(0, -2 - 11 * (at % NOTE_ROWS)), textcoords="offset points", ha="center", va="top",
            color=COLOURS[1], bbox=BACKING, **_text(SMALL),
        )  # fmt: skip
