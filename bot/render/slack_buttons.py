"""The buttons below an answer: first what may be asked next, and below it what can be done with the answer.

Two rows of at most five: that is what a phone shows without folding. No menu holds the rare ones (文本, 不对), since an
option of a menu carries 150 characters and what is kept of a wrong answer needs up to 2,000.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from bot import again, originals
from bot.answers.model import Answer, shortened
from bot.catalogue import Say, sayer, sentences
from bot.objections import marked, packed
from bot.question.query import Kind
from bot.render.parts import has_link
from bot.render.slack_parts import VALUE_LENGTH, Json, button, shown
from bot.slack.ids import (
    ASK_ACTION,
    CHART_ACTION,
    FOLLOW_ACTION,
    SHARE_ACTION,
    SOURCE_ACTION,
    TEXT_ACTION,
    WRONG_ACTION,
)

MOST_NEXT = 4  # the chart is the fifth
LABEL_LENGTH = 40
# What people ask after an answer of this kind, where it speaks of one project or team.
_OBVIOUS = {
    Kind.STATUS: ("history", "incidents"),
    Kind.HISTORY: ("status", "incidents"),
    Kind.TEAM: ("incidents", "plan"),
}


def buttons(answer: Answer, asked_on: date | None, *, shareable: bool) -> list[Json]:
    """The rows of buttons. With the day of its question an answer that stands without its chart offers that; with
    `shareable` one that only the asker sees offers to be shown to all."""
    say = sayer(answer.lang)
    known = again.again(answer, asked_on) if asked_on else None
    first, second = _next(answer, say), []
    if known and answer.chart:
        first.append(button(CHART_ACTION, say("button.chart"), again.packed(known)))
    if any(not has_link(citation.report) for citation in answer.citations):
        sources = originals.sources_of(answer.citations, answer.lang)
        second.append(button(SOURCE_ACTION, say("button.source"), originals.packed(sources)))
    if known and shareable:
        second.append(button(SHARE_ACTION, say("button.share"), again.packed(known)))
    second += [*_follow(answer, say), *_copy(answer, say), *_wrong(answer, say)]
    return [{"type": "actions", "elements": row} for row in (first, second) if row]


def _next(answer: Answer, say: Say) -> list[Json]:
    """The questions that may come next, one click each."""
    about = _subject(answer)
    asks = [*answer.suggestions, *(say(f"next.{key}", name=about) for key in _OBVIOUS.get(answer.kind, ()) if about)]
    questions = list(dict.fromkeys(filter(_fits, asks)))[:MOST_NEXT]
    return [
        button(f"{ASK_ACTION}{at}", label, question)
        for at, (label, question) in enumerate(zip(labels(questions, answer.lang, about), questions, strict=True))
    ]


def _subject(answer: Answer) -> str:
    """The project or the team that an answer speaks of; "" where there isn't one."""
    name = answer.data.get("team" if answer.kind is Kind.TEAM else "project")
    return name.strip() if answer.found and isinstance(name, str) else ""


def labels(questions: Sequence[str], lang: str, about: str = "") -> list[str]:
    """What stands on the buttons: of questions alike (周报 甲组 12/8, 周报 乙组 12/8) what tells them apart; a word or
    two for those that the bot words itself (`[next]`) `about` what the answer speaks of."""
    known = _worded(lang, about)
    return [
        shortened(known.get(question, apart), LABEL_LENGTH)
        for question, apart in zip(questions, _apart(questions), strict=True)
    ]


def _worded(lang: str, about: str) -> dict[str, str]:
    """`历史` for `POS 的历史`, where that is what the answer speaks of."""
    said = sentences(lang)
    known = {said["answer.ask_more"]: said["button.more"]}
    for key, template in said.items():
        if about and key.startswith("next."):
            known[template.format(name=about)] = said[f"button.{key.removeprefix('next.')}"]
    return known


def _apart(questions: Sequence[str]) -> list[str]:
    words = [question.split() for question in questions]
    if len(words) > 1:
        for end in (0, -1):
            while all(len(each) > 1 for each in words) and len({each[end] for each in words}) == 1:
                words = [each[1:] if end == 0 else each[:-1] for each in words]
    return [" ".join(each) for each in words]


def _follow(answer: Answer, say: Say) -> list[Json]:
    """The button that tells whoever presses it when something changes, below the status of one project."""
    team, name = answer.data.get("team"), _subject(answer)
    if answer.kind is not Kind.STATUS or not name or not isinstance(team, str) or not team:
        return []
    value = json.dumps([team, name], ensure_ascii=False)
    return [button(FOLLOW_ACTION, say("follow.button"), value)] if _fits(value) else []


def _copy(answer: Answer, say: Say) -> list[Json]:
    """The button that gives the answer as plain text, where there is something to take along."""
    offered = answer.citations and _fits(answer.question)
    return [button(TEXT_ACTION, say("answer.as_text"), answer.question)] if offered else []


def _fits(question: str) -> bool:
    """Whether a button can carry it; suggestions hold names as reports write them."""
    return bool(question.strip()) and len(question) <= VALUE_LENGTH and shown(question) == question


def _wrong(answer: Answer, say: Say) -> list[Json]:
    # Slack doesn't send an ephemeral message along with a click on its button: the button carries what is to be kept.
    one = marked(answer)
    return [button(WRONG_ACTION, say("feedback.button"), packed(one))] if one else []
