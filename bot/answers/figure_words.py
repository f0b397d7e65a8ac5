"""What is said of a figure over the weeks: values with what was put right, changes, extremes, means, what stands out.

Every value that is said is cited, in the order in which they are said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.answers.amounts import (
    PERCENT,
    Amount,
    amount,
    decimals,
    difference,
    grouped,
    mean,
    relative,
    signed,
    sparkline,
    total,
    with_unit,
)
from bot.answers.context import Context
from bot.answers.figures import RUNNING, Figure, Reading, before, contradictions, is_week_before, running
from bot.answers.model import Cell, Para, Span, Style, Table, Text, plain
from bot.answers.targets import Target, target_of
from bot.answers.week_rows import Gap, gaps
from store.reading.units import CLOCK
from store.records import Citation, Mention, Metric, ReportRef

MOST_WEEKS_NAMED = 3
MOST_CONTRADICTIONS = 3
MOST_BETWEEN = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with the readings that were asked for, oldest first, and the weeks among them that have none."""

    figure: Figure
    readings: tuple[Reading, ...]
    gaps: tuple[Gap, ...] = ()

    @property
    def newest(self) -> Reading:
        """The last of them."""
        return self.readings[-1]

    @property
    def values(self) -> list[float]:
        """The values that count."""
        return [reading.value for reading in self.readings]


def shown(
    figure: Figure, readings: Sequence[Reading], reports: Sequence[ReportRef], first: date | None, last: date
) -> Shown:
    """The figure's `readings` out of those days; `reports` are the team's."""
    told = [r.report.report_date for r in figure.readings]
    return Shown(figure, tuple(readings), gaps(told, reports, first, last))


class FigureWords:
    """The words for figures in one answer, and the lines that they rest on."""

    def __init__(self, context: Context, *, teams: bool) -> None:
        self.context, self.say, self.teams = context, context.say, teams
        self.cited: dict[Citation, None] = {}
        self._known: dict[tuple[int, int], Citation] = {}

    # ---- values ------------------------------------------------------------------------------------------------

    def cite(self, report: ReportRef, line: int) -> Citation:
        """The line, now among those cited."""
        key = (report.id, line)
        if key not in self._known:
            self._known[key] = self.context.cite(report, line)
        self.cited[self._known[key]] = None
        return self._known[key]

    def amount(self, mention: Mention[Metric], unit: str | None) -> Amount:
        """The value as written, its line cited."""
        metric = mention.record
        return amount(metric.value, unit, self.cite(mention.report, metric.line).quote)

    def value(self, figure: Figure, reading: Reading) -> str:
        """`99.17%`, or `99.17%（更正，原 99.19%）`."""
        stated = str(self.amount(reading.mention, figure.unit))
        if whole := reading.mention.record.whole:
            unit = reading.mention.record.unit
            return f"{self.amount(reading.mention, None)}/{with_unit(whole, unit)}"
        if not reading.restated:
            return stated
        if reading.original is None:
            return self.say("metrics.restated", value=stated)
        return self.say("metrics.restated_from", value=stated, old=self.amount(reading.original, figure.unit))

    def change(self, figure: Figure, old: Reading, new: Reading) -> str:
        """`+0.06 个百分点`, `+9（+20.9%）`, `持平`."""
        a, b = amount(old.value, figure.unit), amount(new.value, figure.unit)
        by = difference(a, b)
        if not by:
            return self.say("metrics.same")
        if figure.unit == PERCENT:
            return self.say("metrics.points", change=signed(by))
        share, text = relative(a, b), with_unit(signed(by), figure.unit)
        return text if share is None else self.say("metrics.with_share", change=text, share=signed(share))

    def week(self, report: ReportRef) -> str:
        """`第50周 12/8`."""
        return " ".join(filter(None, (report.label, self.context.day(report.report_date))))

    def name(self, figure: Figure) -> str:
        """The metric, with its group where two bear the name, and its team where several teams are spoken of."""
        name = figure.metric.name
        inside = [figure.group if figure.group in self._groups.get(name, ()) else None, self._team(figure)]
        told = "，".join(filter(None, inside)) if self.context.query.lang == "zh" else ", ".join(filter(None, inside))
        return self.say("metrics.of", name=name, inside=told) if told else name

    def _team(self, figure: Figure) -> str | None:
        return figure.metric.team if self.teams else None

    _groups: dict[str, set[str]]

    def tell_apart(self, figures: Iterable[Figure]) -> None:
        """Say the group of those of these that share team and name."""
        seen: dict[tuple[str | None, str], set[str]] = {}
        for figure in figures:
            seen.setdefault((figure.metric.team, figure.metric.name), set()).add(figure.group or "")
        self._groups = {name: groups for (_, name), groups in seen.items() if len(groups) > 1}

    # ---- the answer in a sentence ------------------------------------------------------------------------------

    def newest(self, told: Shown) -> str:
        """The newest value against the one before."""
        new, figure = told.newest, told.figure
        words = {"name": self.name(figure), "value": self.value(figure, new), "report": self.context.report(new.report)}
        old = before(figure, new)
        if old is None:
            return self.say("metrics.newest", **words)
        change, earlier = self.change(figure, old, new), self.week(old.report)
        return self.say("metrics.newest_change", old=self.value(figure, old), earlier=earlier, change=change, **words)

    def with_said(self, told: Shown, said: str) -> str:
        """The newest value, and what its line says beside it."""
        return self.say("metrics.with_said", newest=self.newest(told), said=said) if said else self.newest(told)

    def brief(self, told: Shown) -> str:
        """The same in short, for a list."""
        figure, new = told.figure, told.newest
        old = before(figure, new)
        text = f"{self.name(figure)} {self.value(figure, new)}"
        if old is None:
            return text
        return self.say("metrics.brief", text=text, old=self.value(figure, old), change=self.change(figure, old, new))

    def changed(self, told: Shown, old: Reading, new: Reading) -> str:
        """Whether it rose or fell between two weeks, and by how much."""
        figure = told.figure
        key = "same_as" if old.value == new.value else "rose" if new.value > old.value else "fell"
        return self.say(
            f"metrics.{key}", name=self.name(figure), old=self.value(figure, old), value=self.value(figure, new),
            change=self.change(figure, old, new), earlier=self.context.report(old.report),
            report=self.context.report(new.report),
        )  # fmt: skip

    def extreme(self, told: Shown, aspect: str) -> str:
        """The highest or lowest value, with its week or weeks."""
        bound = (max if aspect == "highest" else min)(told.values)
        at = [r for r in told.readings if r.value == bound]
        value = self.value(told.figure, at[0])
        weeks = [self.context.report(r.report) for r in at]
        if len(at) > MOST_WEEKS_NAMED:
            text = self.say("metrics.weeks", count=len(at), first=weeks[0], last=weeks[-1])
        else:
            text = self._listed(weeks)
        for reading in at[1:MOST_WEEKS_NAMED]:
            self.value(told.figure, reading)  # named, so cited
        return self.say(f"metrics.{aspect}", name=self.name(told.figure), value=value, weeks=text)

    def moves(self, told: Shown, asked: int) -> str:
        """In which weeks it rose (`asked` 1), fell (-1) or stayed as it was (0), each with both values; or that
        it never did."""
        figure, found = told.figure, []
        for new in told.readings:
            old = before(figure, new)
            if old is not None and (new.value > old.value) - (new.value < old.value) == asked:
                values = f"{self.value(figure, old)} → {self.value(figure, new)}"
                found.append(f"{self.week(new.report)} {values}")
        keys = {-1: ("fell_in", "never_fell"), 0: ("same_in", "never_same"), 1: ("rose_in", "never_rose")}[asked]
        named = found if len(found) <= MOST_BETWEEN else ["…", *found[-MOST_BETWEEN:]]
        return self.say(f"metrics.{keys[not found]}", name=self.name(figure), count=len(found),
                        among=len(told.readings), weeks=self._listed(named))  # fmt: skip

    def target(self, told: Shown) -> str | None:
        """The newest value beside its target, which an earlier line may have given last; None where none gives one."""
        figure, new = told.figure, told.newest
        until = figure.readings[: figure.readings.index(new) + 1]
        given = next(((r, target) for r in reversed(until) if (target := self._target(r, new.value))), None)
        if given is None:
            return None
        by, target = given
        met = "" if target.met is None else self.say("metrics.met" if target.met else "metrics.not_met")
        then = self.say("metrics.target_then", target=target.text, week=self.week(by.report))
        return self.say("metrics.target", name=self.name(figure), value=self.value(figure, new),
                        target=target.text if by is new else then,
                        met=met, report=self.context.report(new.report))  # fmt: skip

    def missed(self, told: Shown) -> str | None:
        """The weeks whose value missed the target of its line; None where no line gives one."""
        aimed = [(r, target) for r in told.readings if (target := self._target(r)) and target.met is not None]
        if not aimed:
            return None
        weeks = [f"{self.week(r.report)} {self.value(told.figure, r)}" for r, target in aimed if not target.met]
        key = "missed_in" if weeks else "never_missed"
        return self.say(f"metrics.{key}", name=self.name(told.figure), among=len(aimed), count=len(weeks),
                        weeks=self._listed(weeks))  # fmt: skip

    def without_target(self, told: Shown) -> str:
        """That its line gives no target, and the value all the same."""
        return self.say("metrics.no_target", newest=self.newest(told))

    def _target(self, reading: Reading, value: float | None = None) -> Target | None:
        # A correction stands in prose; the target stands in the week's own table.
        for told in reading.told:
            if (found := target_of(self.context, told, value)) is not None:
                self.cite(told.report, told.record.line)
                return found
        return None

    def mean(self, told: Shown) -> str:
        """The mean of the values, with its computation."""
        return self.say("metrics.mean", name=self.name(told.figure), mean=self._mean(told))

    def _mean(self, told: Shown) -> str:
        amounts = [amount(value, told.figure.unit) for value in told.values]
        value, exact = mean(amounts)
        sign = "=" if exact else "≈"
        summed = grouped(total(amounts)) + " min" * (told.figure.unit == CLOCK)
        return self.say(
            "metrics.computed", sum=summed, count=len(amounts), sign=sign,
            mean=with_unit(grouped(value), told.figure.unit),
        )  # fmt: skip

    def _listed(self, words: Sequence[str]) -> str:
        return ("、" if self.context.query.lang == "zh" else ", ").join(words)

    # ---- the values below it -----------------------------------------------------------------------------------

    def between(self, told: Shown, bounds: str, among: int) -> str:
        """In which weeks the value kept within the bounds asked for."""
        weeks = [f"{self.week(r.report)} {self.value(told.figure, r)}" for r in told.readings]
        named = [*weeks[:MOST_WEEKS_NAMED], "…"] if len(weeks) > MOST_BETWEEN else weeks
        return self.say("metrics.between", name=self.name(told.figure), bounds=bounds, count=len(weeks), among=among,
                        weeks=self._listed(named))  # fmt: skip

    def curve(self, told: Shown) -> Para | None:
        """`▁▃█ 最低 … · 最高 … · 平均 …`; nothing for a single value."""
        if len(told.readings) < 2:
            return None
        low, high = (pick(told.readings, key=_value) for pick in (min, max))
        if low.value == high.value:
            text = self.say("metrics.constant", count=len(told.readings), value=self.value(told.figure, told.newest))
            return Para((Span(f"{self.line(told)}  ", Style.STRONG), Span(text)))
        text = self.say(
            "metrics.curve", low=self.value(told.figure, low), low_week=self.week(low.report),
            high=self.value(told.figure, high), high_week=self.week(high.report), mean=self._mean(told),
        )  # fmt: skip
        return Para((Span(f"{self.line(told)}  ", Style.STRONG), Span(text)))

    def line(self, told: Shown) -> str:
        """The sparkline, with the weeks that have no value."""
        days = [*((r.report.report_date, r.value) for r in told.readings), *((g.day, None) for g in told.gaps)]
        return sparkline([value for _, value in sorted(days, key=lambda each: each[0])])

    def table(self, told: Shown, readings: Sequence[Reading]) -> Table:
        """A row for each week, oldest first, the weeks without a value among them."""
        first, last = readings[0].report.report_date, readings[-1].report.report_date
        rows = [(r.report.report_date, self._row(told.figure, r)) for r in readings]
        rows += [(g.day, self._gap(g)) for g in told.gaps if first <= g.day <= last]
        return Table(("", "", "", ""), tuple(row for _, row in sorted(rows, key=lambda each: each[0])))

    def _row(self, figure: Figure, reading: Reading) -> tuple[Cell, ...]:
        report, told_in = reading.report, reading.mention.report
        line: Text = self.context.line(reading.mention.record.line)
        if told_in.id != report.id:
            line = (Span(f"{self.week(told_in)} ", Style.DIM), *line)
        value = plain(self.value(figure, reading), Style.STRONG)
        return plain(self.week(report)), value, self._step(figure, reading), line

    def _gap(self, gap: Gap) -> tuple[Cell, ...]:
        if gap.report is None:
            return plain(self.context.day(gap.monday)), plain(self.say("metrics.no_report"), Style.DIM), (), ()
        return plain(self.week(gap.report)), plain(self.say("metrics.not_told"), Style.DIM), (), ()

    def _step(self, figure: Figure, reading: Reading) -> Text:
        old = before(figure, reading)
        if old is None:
            return ()
        count = running(figure, reading)
        if count >= RUNNING:
            return plain(self.say("metrics.running", count=count), Style.DIM)
        beside = is_week_before(old, reading)
        if count > 1 and beside:
            return plain(self.say("metrics.unchanged"), Style.DIM)
        change = self.change(figure, old, reading)
        return plain(change if beside else self.say("metrics.against", change=change, week=self.week(old.report)))

    # ---- what stands out -----------------------------------------------------------------------------------------

    def contradicted(self, told: Shown) -> list[Para]:
        """Where a report's "last week" isn't what last week's report said."""
        found = []
        pairs = [pair for pair in contradictions(told.figure) if pair[1] in told.readings]
        for old, new in pairs[-MOST_CONTRADICTIONS:]:
            quote = self.cite(new.report, new.mention.record.line).quote
            said = amount(new.mention.record.previous or 0.0, told.figure.unit, quote)
            text = self.say(
                "metrics.contradicted", week=self.week(new.report), said=said, before=self.week(old.report),
                value=self.value(told.figure, old),
            )  # fmt: skip
            found.append(Para(plain(text, Style.WARN)))
        return found

    def missing(self, told: Shown) -> Para | None:
        """The weeks without the figure, in words: for figures that have no table."""
        if not told.gaps:
            return None
        weeks = [self.week(g.report) if g.report else self.context.day(g.monday) for g in told.gaps]
        if len(weeks) > 2 * MOST_WEEKS_NAMED:
            weeks = [*weeks[:MOST_WEEKS_NAMED], "…", weeks[-1]]
        named = self._listed(weeks)
        return Para(plain(self.say("metrics.missing", name=self.name(told.figure), weeks=named), Style.DIM), 1)


def _value(reading: Reading) -> float:
    return reading.value


# ---- for programs ----------------------------------------------------------------------------------------------------


def figure_data(told: Shown) -> dict[str, Any]:
    """The figure as JSON values: what was asked for, oldest first."""
    figure, values = told.figure, told.values
    return {
        "name": figure.metric.name,
        "team": figure.metric.team,
        "unit": figure.unit,
        "group": figure.group,
        "lowest": min(values),
        "highest": max(values),
        "mean": _number(mean([amount(value, figure.unit) for value in values])[0]),
        "values": [reading_data(reading) for reading in told.readings],
        "change": change_data(figure, told.newest),
        "gaps": [{"monday": g.monday.isoformat(), "report_date": g.report.report_date.isoformat() if g.report else None}
                 for g in told.gaps],
    }  # fmt: skip


def _number(value: Decimal) -> float:
    return round(float(value), decimals(value))


def reading_data(reading: Reading) -> dict[str, Any]:
    """The value of a week with the line that states it, and the one that it took the place of."""
    return {
        **_stated(reading.mention),
        "label": reading.report.label,
        "report_date": reading.report.report_date.isoformat(),
        "restated": reading.restated,
        "original": _stated(reading.original) if reading.original else None,
    }


def _stated(mention: Mention[Metric]) -> dict[str, Any]:
    return {"value": mention.record.value, "source": mention.report.source, "line": mention.record.line}


def change_data(figure: Figure, new: Reading) -> dict[str, Any] | None:
    """From which value of which report to which the newest value changed; None for a first value."""
    old = before(figure, new)
    if old is None:
        return None
    a, b = amount(old.value, figure.unit), amount(new.value, figure.unit)
    share = relative(a, b)
    return {
        "from": reading_data(old),
        "difference": float(difference(a, b)),
        "percent": float(share) if share is not None else None,
    }
