"""How a goal is shown: its line, what became of it with the line that says so, and the same as JSON values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from bot.answers.context import Context
from bot.answers.keeping import Line, Outcome
from bot.answers.model import Text, plain, shortened
from bot.answers.promises import Done, Kept, Promise
from store.records import Citation, ReportRef

QUOTE_LENGTH = 100
ORDER = (Outcome.DONE, Outcome.LATE, Outcome.PARTLY, Outcome.CARRIED, Outcome.UNCLEAR, Outcome.DROPPED)


def parts(context: Context, kept: Sequence[Kept]) -> str:
    """`完成 3（3/5），没有写明 2`: how many came to what, with the share that is done computed."""
    counts = Counter(one.outcome for one in kept)
    judged, say = sum(one.verdict is not None for one in kept), context.say
    done = say("plan.share", done=counts[Outcome.DONE], count=judged) if judged else ""
    rest = [say("plan.count", outcome=say(f"plan.{outcome.value}"), count=counts[outcome])
            for outcome in ORDER[1:] if counts[outcome]]  # fmt: skip
    rest += [say("plan.count", outcome=say("plan.open"), count=counts[None])] if counts[None] else []
    return ("，" if context.query.lang == "zh" else ", ").join(filter(None, [done, *rest]))


def outcome(context: Context, kept: Kept) -> str:
    """What became of the goal, in words, with the figure that was reached where it aims at one."""
    words = context.say(f"plan.{kept.outcome.value if kept.outcome else 'open'}")
    figure = kept.verdict.reached if kept.verdict else ""
    return words + context.say("plan.reached", figure=figure) if figure else words


def below(context: Context, kept: Kept) -> list[Text]:
    """The lines that say what became of it."""
    verdict = kept.verdict
    if verdict is None:
        return []
    found = [told(context, verdict.report, line, "plan.told") for line in verdict.told]
    return found + ([told(context, verdict.report, verdict.again, "plan.again")] if verdict.again else [])


def told(context: Context, report: ReportRef, line: Line, key: str) -> Text:
    """A line of the report, quoted in the sentence `key`."""
    return plain(context.say(key, words=quote(line.text), place=place(context, report, line.line, team=False)))


def quote(text: str) -> str:
    """A line as it is quoted: without marks, shortened."""
    return shortened(" ".join(text.replace("**", "").strip("| ").split()), QUOTE_LENGTH)


def place(context: Context, report: ReportRef, line: int, *, team: bool = True) -> str:
    """Where a line stands: `支付中心 · 第50周 (2023-12-08) · 43 行`."""
    words = [report.team if team else "", context.report(report), context.say("answer.line", line=line)]
    return " · ".join(word for word in words if word)


def cite(context: Context, kept: Kept) -> tuple[Citation, ...]:
    """The goal, and the lines that say what became of it."""
    goal, verdict = kept.goal, kept.verdict
    found = [context.cite(goal.report, goal.record.line, about=goal.record.text)]
    if verdict:
        lines = [*verdict.told, *([verdict.again] if verdict.again else [])]
        found += [context.cite(verdict.report, line.line, line.line_end, line.text) for line in lines]
    return tuple(found)


def cite_done(context: Context, one: Done) -> Citation:
    """The line that tells of work beside the goals."""
    return context.cite(one.report, one.line.line, one.line.line_end, one.line.text)


def goal_data(promise: Promise, kept: Kept) -> dict[str, Any]:
    """A goal with what became of it as JSON values."""
    goal, verdict = kept.goal, kept.verdict
    lines = verdict.told if verdict else ()
    again = verdict.again if verdict else None
    return {
        "text": goal.record.text, "team": promise.former.team, "label": promise.former.label,
        "report_date": promise.former.report_date.isoformat(), "source": goal.report.source, "line": goal.record.line,
        "outcome": kept.outcome.value if kept.outcome else None,
        "told": [line_data(verdict.report, line) for line in lines] if verdict else [],
        "again": line_data(verdict.report, again) if verdict and again else None,
        "reached": (verdict.reached or None) if verdict else None,
    }  # fmt: skip


def line_data(report: ReportRef, line: Line) -> dict[str, Any]:
    """A line of a report as JSON values."""
    return {"text": line.text, "source": report.source, "line": line.line, "line_end": line.line_end}


def done_data(done: Done) -> dict[str, Any]:
    """Work beside the goals as JSON values."""
    return line_data(done.report, done.line)
