"""One incident as all reports together tell it, and whether it is one that the question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from bot.answers.context import Context
from bot.question.content import content, forms
from store.linking.incidents import retells
from store.linking.words import suffixes
from store.records import Citation, Count, Hit, Incident, Mention, ProjectName
from store.words.bigrams import terms
from store.words.names import key
from store.words.normalise import fold, has_cjk
from store.words.speaking import SCATTERED, most, speaks_of
from store.words.speaking import Wanted as Forms

_SPACED_SEVERITY = re.compile(r"\b(sev|p|s)(?:erity)?[\s-]+([0-4])(?!\d)", re.ASCII | re.IGNORECASE)
_GRADE = re.compile(r"(sev|p|s)-?([0-4])级?|([a-d]{1,2})级", re.ASCII)
_LATIN_HEAD = re.compile(r"[a-z][a-z0-9]+(?=[\u4e00-\u9fff])")
_VERSION = re.compile(r"\s+v?\d+(?:\.\d+)+$", re.ASCII)


@dataclass(frozen=True)
class Case:
    """One incident: what every report tells of it, newest report first."""

    tellings: tuple[Mention[Incident], ...]

    @property
    def newest(self) -> Mention[Incident]:
        """The telling that counts."""
        return self.tellings[0]

    @cached_property
    def main(self) -> Mention[Incident]:
        """The newest telling that tells it itself, and doesn't only go on with it (重复付汇根因)."""
        return next((m for m in self.tellings if not retells(m)), self.newest)

    @property
    def title(self) -> str:
        """What happened."""
        return self.main.record.title

    @cached_property
    def severity(self) -> str | None:
        """As the newest report writes it that grades the incident."""
        return next((m.record.severity for m in self.tellings if m.record.severity), None)

    @cached_property
    def grade(self) -> str:
        """The severity as it is compared: `cd`, `p3`, `sev2`; empty without one."""
        return fold(self.severity or "").replace("-", "").replace(" ", "").removesuffix("级")

    @cached_property
    def systems(self) -> tuple[str, ...]:
        """Every system that any telling names, each once."""
        named = {key(system): system for m in reversed(self.tellings) for system in m.record.systems}
        return tuple(named.values())

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """What the newest telling counts that counts anything."""
        return next((m.record.counts for m in self.tellings if m.record.counts), ())

    @property
    def moment(self) -> datetime | date | None:
        """When it happened, by the newest report that says when; one that goes on with it may give the day only."""
        told = [m.record.occurred_at for m in (self.main, *self.tellings) if m.record.occurred_at]
        return told[0] if told else None

    @property
    def day(self) -> date:
        """The day that it happened; of its first report where nobody says when."""
        moment = self.moment or self.tellings[-1].report.report_date
        return moment.date() if isinstance(moment, datetime) else moment

    def holds(self, hit: Hit) -> bool:
        """Whether a line is one of those that tell it."""
        return any(m.report.id == hit.report.id and m.record.line <= hit.line <= m.record.line_end
                   for m in self.tellings)  # fmt: skip

    def telling(self, field: str) -> Mention[Incident]:
        """The newest telling that gives this field of the incident, else the newest."""
        return next((m for m in self.tellings if getattr(m.record, field)), self.newest)

    def disputed(self) -> tuple[str, ...]:
        """The units in which two reports count the same incident differently."""
        told = [m.record.counts for m in self.tellings if m.record.counts]
        units = dict.fromkeys(count.unit for counts in told for count in counts)
        return tuple(unit for unit in units if len(_amounts(told, unit)) > 1)


def _amounts(told: Sequence[Sequence[Count]], unit: str) -> set[frozenset[float]]:
    found = {frozenset(count.value for count in counts if count.unit == unit) for counts in told}
    return found - {frozenset()}


def cite_incident(context: Context, mention: Mention[Incident]) -> Citation:
    """The lines of one telling."""
    told = mention.record
    about = "\n".join(filter(None, (told.title, told.impact, told.handling)))
    return context.cite(mention.report, told.line, told.line_end, about)


class Wanted:
    """What the question asks of incidents: a project, a severity, and words that must stand in one."""

    def __init__(self, context: Context) -> None:
        self.context = context
        words = _SPACED_SEVERITY.sub(r"\1\2", context.query.words)
        self.terms = terms(words)
        self.grades = tuple(term for term in self.terms if _GRADE.fullmatch(term))
        self.names = names_of(context, context.query.project) if context.query.project else ()

    @property
    def said(self) -> str:
        """The words of the filter, as the answer repeats them."""
        project = self.context.query.project
        return " ".join(filter(None, (project.name if project else "", self.context.query.words)))

    def fits(self, case: Case) -> bool:
        """Whether the incident is one that the question asks for."""
        if self.names and not self._named(case):
            return False
        return self._speaks(case, self.terms)

    @property
    def others(self) -> tuple[str, ...]:
        """The words beside the severities."""
        words = _SPACED_SEVERITY.sub(r"\1\2", self.context.query.words).split()
        return tuple(word for word in words if not _GRADE.fullmatch(fold(word)))

    def graded(self, case: Case) -> bool:
        """Whether the incident has a severity that is asked for, if any is."""
        return not self.grades or any(same_grade(grade, case.grade) for grade in self.grades)

    def titled(self, case: Case) -> bool:
        """Whether its very title or system speaks of the words: who asks one thing means one of these, if any."""
        texts = [*(m.record.title for m in case.tellings), *case.systems]
        others = [term for term in self.terms if term not in self.grades]
        return bool(others) and all(most(_forms(term), texts) >= SCATTERED for term in others)

    def _named(self, case: Case) -> bool:
        team = key(case.main.report.team or "")
        if team and any(key(name) == team for name in self.names):
            return True  # a team and its system of one name: 信贷's incidents are those of 信贷
        texts = [m.record.title + " " + (m.record.impact or "") for m in case.tellings]
        return any(speaks_of(name, text) for name in self.names for text in (*texts, *case.systems))

    def _speaks(self, case: Case, wanted: Sequence[str]) -> bool:
        if not wanted:
            return True
        told = [f"{m.record.title} {cite_incident(self.context, m).quote}" for m in case.tellings]
        texts = [*told, *case.systems, f"{case.severity or ''} {case.grade}"]
        grades = [term for term in wanted if term in self.grades]  # P1和P2事件: those of either
        if grades and not self.graded(case):
            return False
        others = [term for term in wanted if term not in self.grades]
        return all(most(_forms(term), texts) >= SCATTERED for term in others)

    def known(self, every: Sequence[Case]) -> bool:
        """Whether reports know of what the words name, so that "none" of it means something: a project, a team, what
        some incident spoke of, or a scale of severities that they use."""
        if not self.terms:
            return True
        others = [term for term in self.terms if term not in self.grades]
        scales = {scale(case.grade) for case in every}
        if any(scale(grade) not in scales for grade in self.grades):
            return False
        words = key(" ".join(others))
        known = self.context.library.projects(self.context.viewer, self.context.as_of)
        if not words or any(words == key(name) for project in known for name, _ in project.names):
            return True
        return any(self._speaks(case, others) for case in every)


def _forms(term: str) -> Forms:
    """The term with what else the trade calls it: double is twice."""
    bare = term.removesuffix("级") or term
    return next(iter(content(bare)), forms(bare)) if " " not in bare else (bare,)


def same_grade(asked: str, grade: str) -> bool:
    """AB级 asks for A and for B; every other severity for itself."""
    asked = asked.replace("-", "").removesuffix("级")
    if asked.isalpha() and grade.isalpha():
        return bool(grade) and (set(asked) <= set(grade) or set(grade) <= set(asked))
    return asked == grade


def scale(grade: str) -> str:
    """The scale that a severity belongs to: `p`, `s`, `sev`, `letters`; empty for none."""
    if not grade:
        return ""
    match = _GRADE.fullmatch(grade if not grade.isalpha() else f"{grade}级")
    return "" if match is None else match[1] or "letters"


def names_of(context: Context, project: ProjectName) -> tuple[str, ...]:
    """The names by which incidents speak of a project: its own, its parts', and each without what names drop (POS of
    POS收单系统建设, Merchant portal of Merchant portal 2.0)."""
    known = context.library.projects(context.viewer, context.as_of)
    family = [project, *(p for p in known if p.parent == project.subject)]
    names = [name for one in family for name, _ in one.names if one is project or len(key(name)) > 2]
    return tuple(dict.fromkeys(short for name in names for short in (name, *_short(name))))


def _short(name: str) -> list[str]:
    bare = _VERSION.sub("", fold(name)).strip()
    found = [bare] if bare != fold(name) else []
    while end := next((s for s in suffixes() if bare.endswith(s) and len(bare) - len(s) > 2), None):
        bare = bare.removesuffix(end).strip()
        found.append(bare)
    head = _LATIN_HEAD.match(bare) if has_cjk(bare) else None
    return [*found, head[0]] if head else found
