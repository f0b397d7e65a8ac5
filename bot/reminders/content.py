"""What a reminder says beside that a report is missing: what the team promised, what falls due, what went unmentioned.

Pure gathering, by the same answers that people get who ask; how it looks in Slack is `render/slack_reminder.py`'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answers.ask import Asker
from bot.answers.context import Context
from bot.answers.courses import courses
from bot.answers.glance import Due, glances, goals
from bot.answers.glance_lines import due_line
from bot.answers.model import Span, Style, Text, plain, shortened
from bot.answers.weeks import Week
from bot.question.query import Kind, Query
from store.records import ReportRef
from store.viewer import Viewer
from store.words.names import key as folded

SOON = timedelta(days=7)
FRESH = timedelta(days=28)
COMPARED = 4  # reports whose metrics are expected
MOST_LINES = 6
LINE_LENGTH = 100
NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Part:
    """A list of the reminder: `name` is its heading's in `[reminder]` of the catalogues; `more` lines are left out."""

    name: str
    lines: tuple[Text, ...]
    more: int = 0


def parts(asker: Asker, user: str, team: str, week: Week, today: date, lang: str) -> tuple[Part, ...]:
    """What `user` is to be reminded of for the week's report of `team`, each line with where it stands; nothing where
    the team hasn't reported for weeks: what it said then, nobody goes by any more."""
    reports = asker.library.reports_between(Viewer(user), today, None, today)
    known = [one for one in reports if folded(one.team or "") == folded(team)]
    before = [one for one in known if not week.covered_by(one)]
    if not before or before[0].report_date < today - FRESH:
        return ()
    own = before[0].team or ""
    context = Context(Query("", Kind.TEAM, lang, today), asker.library, Viewer(user).only(own), today)
    glance = next(one for one in glances(context, courses(context), known) if one.team == own)
    made = (
        _part("promises", _promises(context, before[0])),
        _part("dates", [due_line(context, due) for due in glance.due if _is_near(due, today)]),
        _part("silent", _silent(asker, context, own)),
        _part("metrics", _metrics(context, before)),
    )
    return tuple(part for part in made if part.lines)


def _part(name: str, lines: Sequence[Text]) -> Part:
    return Part(name, tuple(lines[:MOST_LINES]), max(0, len(lines) - MOST_LINES))


def _is_near(due: Due, today: date) -> bool:
    return due.date.milestone.start <= today + SOON


def _promises(context: Context, report: ReportRef) -> list[Text]:
    """What the newest report before says it will do."""
    told = goals(context, report)
    source = report.label or report.report_date
    return [(*plain(_short(goal.text)), _where(context, source, goal.line)) for goal in told]


def _silent(asker: Asker, context: Context, team: str) -> list[Text]:
    """The projects that were told of for weeks and then no more, as `/silent` has them."""
    found = asker.converse(f"/silent {team}", context.today, context.viewer, lang=context.query.lang).answer
    return [
        (*plain(f"{_short(one['name'])} {context.say('reminder.last', day=one['last_named'])}"),
         _where(context, one["label"] or one["report_date"], one["line"]))
        for one in found.data.get("projects", ())
    ]  # fmt: skip


def _metrics(context: Context, before: Sequence[ReportRef]) -> list[Text]:
    """The figures that most of the last reports have, in one line."""
    recent = before[:COMPARED]
    told = Counter(name for report in recent for name in dict.fromkeys(
        metric.name for metric in context.library.metrics(context.viewer, report)))  # fmt: skip
    usual = [name for name, times in told.items() if 2 * times > len(recent)]
    shown = "、".join(shortened(name, NAME_LENGTH) for name in usual[:MOST_LINES])
    return [plain(shown + (" …" if len(usual) > MOST_LINES else ""))] if usual else []


def _where(context: Context, source: object, line: int) -> Span:
    return Span(f"  {source} {context.say('answer.line', line=line)}", Style.DIM)


def _short(text: str) -> str:
    return shortened(" ".join(text.split()), LINE_LENGTH)
