"""Where each kind of question is answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from bot.answers.context import Context
from bot.answers.model import Answer
from bot.question.query import Kind

# Where each kind is answered, by `answer_` and its name: imported when first asked, since a start needs only one.
ANSWERS: dict[Kind, str] = {
    Kind.STATUS: "status",
    Kind.PROJECTS: "projects",
    Kind.TEAM: "team",
    Kind.HISTORY: "history",
    Kind.MISSING: "missing",
    Kind.COVERAGE: "coverage",
    Kind.TEAMS: "coverage",
    Kind.DIGEST: "digest",
    Kind.DONE: "done",
    Kind.MILESTONES: "milestones",
    Kind.SLIPS: "slips",
    Kind.OVERDUE: "overdue",
    Kind.SILENT: "silent",
    Kind.RISKS: "risks",
    Kind.INCIDENTS: "incidents",
    Kind.METRICS: "metrics",
    Kind.PLAN: "plan",
    Kind.CHANGES: "changes",
    Kind.SEARCH: "search",
    Kind.REPORT: "report",
    Kind.HELP: "other",
    Kind.CHOICE: "other",
    Kind.UNKNOWN: "other",
}


@cache
def answering(kind: Kind) -> Callable[[Context], Answer]:
    """The function that answers questions of a kind."""
    found: Callable[[Context], Answer] = function(ANSWERS[kind], f"answer_{kind}")
    return found


def function(module: str, name: str) -> Any:
    """A function of `bot/answers`, of a module that is imported when first asked of."""
    return getattr(import_module(f"bot.answers.{module}"), name)
