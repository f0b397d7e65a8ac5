"""Short made-up reports in the payments layout, and questions over the library that holds them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.answers.ask import Asker
from bot.answers.context import Context
from bot.answers.kinds import answering
from bot.answers.model import Answer
from bot.bootstrap import build_asker
from bot.question.query import Kind, Query
from store.library import Library
from store.viewer import EVERYONE

Put = Callable[..., None]


def weekly(
    label: str,
    day: str,
    projects: Sequence[str] = (),
    incidents: Sequence[str] = (),
    goals: Sequence[str] = (),
    highlights: Sequence[str] = (),
) -> str:
    """A report of that label and ISO date; each entry is written as it is given, parts and handling included."""
    parts = [f"# {label} {day}", ""]
    if highlights:
        parts += ["## 【重点工作】", "", *highlights, ""]
    if projects:
        parts += ["## 【O1 服务业务】", "", *projects, ""]
    if incidents:
        parts += ["## 【O3 安全稳定】", "", "1. 生产稳定性事件：", *incidents, ""]
    if goals:
        parts += ["# 下周工作及目标", "", *goals, ""]
    return "\n".join(parts)


def put_all(library: Library, put: Put, texts: Mapping[str, str]) -> Library:
    """The library with each text taken in under its name."""
    for name, text in texts.items():
        put(text, name=name)
    return library


def ask(library: Library, question: str, today: str, language: str = "auto") -> Answer:
    """The answer to a question on an ISO day."""
    asker: Asker = build_asker(library, language)
    return asker.ask(question, date.fromisoformat(today))


def answered(library: Library, kind: Kind, today: str, **asked: Any) -> Answer:
    """The answer to a question that was understood so: the fields of its `Query` beside kind, language and day."""
    day = date.fromisoformat(today)
    query = Query(**{"question": "?", "kind": kind, "lang": "zh", "as_of": day, **asked})
    viewer = EVERYONE.only(query.team) if query.team else EVERYONE
    return answering(kind)(Context(query, library, viewer, day))
