"""What is said of the steps of a history, and the lines that it rests on: every step that is shown is cited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.answers.amounts import bar_of, far
from bot.answers.context import Context
from bot.answers.history_steps import Step
from bot.answers.model import Cell, Para, Span, Style, Text, join, plain, shortened
from bot.answers.moves import Moved
from bot.answers.standing import milestone_data, note
from bot.answers.week_rows import Gap
from store.linking.milestones import Direction, Series, Telling
from store.records import Citation, Mention, ReportRef, State, Update

NOTE_LENGTH = 42
QUIET = (None, State.IN_PROGRESS)  # states that the progress says already


class StepWords:
    """The words for one history, and what they cite, in the order in which it is said."""

    def __init__(self, context: Context) -> None:
        self.context, self.say = context, context.say
        self.cited: dict[Citation, None] = {}
        self.between = "；" if context.query.lang == "zh" else "; "

    def week(self, report: ReportRef) -> str:
        """`第50周 12/8`."""
        return " ".join(filter(None, (report.label, self.context.day(report.report_date))))

    def cite(self, told: Mention[Update]) -> None:
        """Count the mention's lines among those cited."""
        update = told.record
        self.cited[self.context.cite(told.report, update.line, update.line_end, update.text)] = None

    def _cite_day(self, telling: Telling) -> None:
        milestone = telling.milestone
        self.cited[self.context.cite(telling.mention.report, milestone.line, about=milestone.text)] = None

    # ---- a row -------------------------------------------------------------------------------------------------

    def row(self, step: Step, parts: Sequence[tuple[str, Step]] = ()) -> tuple[Cell, ...]:
        """Week, progress, what the report changed and says, and where; of a line that says nothing by itself, how far
        the parts are that the report speaks of."""
        self.cite(step.stated)
        line = self.context.line(step.stated.record.line)
        told = join(self._changes(step), self.between) or self._beside(parts)
        return plain(self.week(step.report)), bar_of(step.stated.record), told, line

    def _beside(self, parts: Sequence[tuple[str, Step]]) -> Text:
        far = [f"{name} {_percent(step)}" if step.progress is not None else name for name, step in parts]
        return plain(("、" if self.context.query.lang == "zh" else ", ").join(far), Style.DIM)

    def gap(self, gap: Gap) -> tuple[Cell, ...]:
        """A week that says nothing of the project."""
        if gap.report is None:
            return plain(self.context.day(gap.monday)), (), plain(self.say("metrics.no_report"), Style.DIM), ()
        return plain(self.week(gap.report)), (), plain(self.say("history.silent"), Style.DIM), ()

    def _changes(self, step: Step) -> list[Text]:
        state, said = step.standing.update.state, shortened(note(step.stated.record), NOTE_LENGTH)
        return [
            self._step(step),
            plain(self.say(f"status.{state}")) if state not in QUIET else (),
            *(plain(self.moved(one, move), Style.WARN) for one, move in step.moved),
            *(plain(self._dated(telling)) for telling in (*step.reached, *step.first)
              if telling.milestone.text not in said),
            plain(said, Style.DIM),
        ]  # fmt: skip

    def _step(self, step: Step) -> Text:
        change = step.change
        if change is None:
            return ()
        if change == 0:
            return plain(self.say("metrics.same"), Style.DIM)
        return plain(f"{change:+.4g}", Style.WARN if change < 0 else Style.PLAIN)

    def moved(self, series: Series, move: Moved) -> str:
        """`上线 9/26 → 10/12（+16 天）`, both lines cited."""
        for telling in filter(None, (move.new, move.old)):
            self._cite_day(telling)
        days = f"{self.context.days(move.start, move.end)} → {self.context.days(move.to.start, move.to.end)}"
        sign = "+" if move.direction is Direction.SLIP else "−"
        event = " ".join(filter(None, (series.mark, self.context.event(move.to))))
        return self.say("history.moved", event=event, days=days, sign=sign, count=move.days)

    def _dated(self, telling: Telling) -> str:
        self._cite_day(telling)
        milestone = telling.milestone
        key = "happened" if milestone.done else "doubtful" if milestone.doubtful else "upcoming_own"
        span = self.context.days(milestone.start, milestone.end)
        return self.say(f"status.{key}", day=span, event=self.context.event(milestone))

    # ---- the whole course in a line --------------------------------------------------------------------------------

    def head(self, name: str, told: Sequence[Step]) -> str:
        """From which progress to which, or how many reports speak of it; and what is newer than that."""
        known = [step for step in told if step.progress is not None]
        words = {"name": name, "count": len(told), "report": self.context.report(told[-1].report)}
        if not known:
            key = "told" if len(told) > 1 else "told_once"
            return self.say(f"history.{key}", first=self.context.report(told[0].report), **words) + self._now(told[-1])
        old, new = known[0], known[-1]
        words |= {"value": _percent(new), "report": self.context.report(new.report)}
        if old is new:
            text = self.say("history.once", **words)
        else:
            points = self.say("metrics.points", change=f"{_points(old, new):+.4g}")
            text = self.say("history.course", old=_percent(old), earlier=self.context.report(old.report),
                            change=points, **words)  # fmt: skip
        return text + (self._now(told[-1]) if new is told[-1] else self._since(told[-1]))

    def still(self, name: str, told: Sequence[Step], silent: Sequence[ReportRef]) -> str:
        """The reports whose progress is that of the one before, and those that don't speak of it."""
        between = "、" if self.context.query.lang == "zh" else ", "
        same = [self.context.report(step.report) for step in told if step.change == 0]
        parts = [self.say("history.still" if same else "history.never_still", name=name, reports=between.join(same))]
        if silent:
            parts.append(self.say("history.untold", reports=between.join(map(self.context.report, silent))))
        return self.between.join(parts)

    def fell(self, told: Sequence[Step]) -> str:
        """`倒退过：第46周 11/10 60% → 50%`."""
        between = "、" if self.context.query.lang == "zh" else ", "
        weeks = [f"{self.week(s.report)} {_percent(s.before)} → {_percent(s)}" for s in told if s.before]
        return self.say("history.fell", weeks=between.join(weeks))

    def _now(self, step: Step) -> str:
        state = step.standing.update.state
        return "" if state in QUIET else self.between + self.say(f"status.{state}")

    def _since(self, step: Step) -> str:
        """What a newer report says that gives no progress."""
        self.cite(step.stated)
        said = shortened(note(step.stated.record), NOTE_LENGTH)
        return self.between + self.say("history.since", report=self.context.report(step.report), words=said)

    def part(self, name: str, told: Sequence[Step]) -> Para:
        """`数据同步链路 20%（10/27） → 35% → 92%（12/1）`."""
        known = [step for step in told if step.progress is not None]
        for step in reversed(known or told):
            self.cite(step.stated)
        if not known:
            newest = told[-1]
            said = plain(f"{shortened(note(newest.stated.record), NOTE_LENGTH)} ({self.week(newest.report)})")
        else:
            days = {id(step): f" ({self.context.day(step.report.report_date)})" for step in (known[0], known[-1])}
            said = plain(" → ".join(_percent(step) + days.get(id(step), "") for step in known))
        moves = [plain(self.moved(one, move), Style.WARN) for step in told for one, move in step.moved]
        return Para(join([(Span(f"{name}  ", Style.STRONG), *said), *moves], self.between), 0, True)


def _percent(step: Step) -> str:
    return far(step.stated.record)


def _points(old: Step, new: Step) -> float:
    return (new.progress or 0.0) - (old.progress or 0.0)


# ---- for programs --------------------------------------------------------------------------------------------------


def step_data(step: Step) -> dict[str, Any]:
    """A step as JSON values."""
    report, update = step.report, step.stated.record
    return {
        "label": report.label, "report_date": report.report_date.isoformat(),
        "source": report.source, "line": update.line, "text": update.text,
        "progress": step.progress, "change": step.change, "state": step.standing.update.state,
        "milestones": [milestone_data(milestone) for milestone in step.standing.milestones],
        "moves": [_move_data(one, move) for one, move in step.moved],
    }  # fmt: skip


def _move_data(series: Series, move: Moved) -> dict[str, Any]:
    return {
        "event": series.event, "direction": move.direction.value, "days": move.days,
        "from_start": move.start.isoformat(), "from_end": move.end.isoformat(),
        "to_start": move.to.start.isoformat(), "to_end": move.to.end.isoformat(), "line": move.to.line,
    }  # fmt: skip
