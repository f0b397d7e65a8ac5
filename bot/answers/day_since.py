"""The asked day in lines that are newer than the project's own and name it, under whatever head they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.story import Story
from store.reading.clauses import clauses
from store.reading.marks import unmarked
from store.reading.milestones import read_milestones
from store.reading.vocabulary import alternatives, words
from store.records import Hit, Milestone
from store.words.normalise import fold
from store.words.regex import regex

_HEAD = regex(r"[：:，,;；]")


@dataclass(frozen=True, slots=True)
class DaySince:
    """A day of the event that a line of a newer report gives."""

    hit: Hit
    milestone: Milestone
    text: str


def days_since(story: Story, asked: Callable[[Milestone], bool]) -> list[DaySince]:
    """The asked days in the newest of the later lines that has any: `终端管理平台TMS：提测由3/14调整至3/25` of TMS."""
    found = [day for hit in story.later for day in _of_hit(story, hit) if asked(day.milestone)]
    newest = max((day.hit.report.report_date for day in found), default=date.min)
    return [day for day in found if day.hit.report.report_date == newest]


def _of_hit(story: Story, hit: Hit) -> Iterator[DaySince]:
    for at, line in enumerate(hit.text.split("\n")):
        for milestone in read_milestones(line, hit.line + at, hit.report.report_date):
            gone = milestone.start <= hit.report.report_date and _of_goals(hit.section)
            if any(_is_of(name, line, milestone) for name in story.names) and not gone:
                yield DaySince(hit, milestone, line)


def _of_goals(section: str | None) -> bool:
    """Whether the section holds what is to come: the Monday of "launch on Monday" is none that is past there."""
    return section is not None and re.search(alternatives(words("sections", "goals")), fold(section)) is not None


def _is_of(name: str, line: str, milestone: Milestone) -> bool:
    """Whether the line is about the project, by its head, or the clause of the day names it: another's day is none."""
    head = _HEAD.split(unmarked(line), maxsplit=1)[0]
    return fold(name) in fold(head) or fold(name) in fold(milestone.text)


def goals_apart(story: Story, hits: Sequence[Hit]) -> list[Hit]:
    """The lines that give a day or tell more than a goal of a few words (`零钱罐提测`) does."""
    return [hit for hit in hits if len(clauses(hit.text)) > 1 or re.search(r"\d", hit.text.replace(story.name, " "))]
