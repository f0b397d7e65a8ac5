"""Questions that go on with the one before: `那风控呢?`, `and last month?`, `为什么?`, `展开第2条`, `更多`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.question.details import take_aspect, take_event, take_owner
from bot.question.figures import find_figures, link_figures
from bot.question.known import Known
from bot.question.lexicon import lexicon, pattern
from bot.question.linking import literal_name
from bot.question.query import Kind, Query
from bot.question.subject import link_words
from bot.question.teams import take_team
from bot.question.text import asks_which, cut, language_of, standard, trim, without
from bot.question.understand import timed, understand
from store.words.holidays import Holidays
from store.words.names import key
from store.words.normalise import fold
from store.words.numbers import chinese_number

# What is asked of one project or of all; a project asked for before is still meant where the words name none.
OF_A_PROJECT = frozenset({
    Kind.STATUS, Kind.HISTORY, Kind.SLIPS, Kind.RISKS, Kind.MILESTONES, Kind.OVERDUE, Kind.DONE, Kind.INCIDENTS,
})  # fmt: skip
# What no project is asked for: 上周的周报 after a project's status is the whole report.
OF_NO_PROJECT = frozenset({Kind.REPORT, Kind.MISSING, Kind.COVERAGE, Kind.TEAMS, Kind.HELP})
# Kinds whose reasons are told by how the dates moved.
MOVED = frozenset({Kind.STATUS, Kind.HISTORY, Kind.OVERDUE, Kind.SLIPS, Kind.RISKS})


@dataclass(frozen=True, slots=True)
class Before:
    """The question before: how it was understood, the questions behind its entries, and how many of `total`
    were shown."""

    query: Query
    expands: tuple[str, ...] = ()
    shown: int = 0
    total: int = 0


def follow(
    question: str, before: Before | None, today: date, known: Known, holidays: Holidays | None, lang: str = "auto"
) -> Query:
    """The reading of `question` after `before`; one that stands by itself is read as if nothing was said before."""
    text = standard(question.strip())
    spoken = lang if lang in ("zh", "en") else language_of(text)
    fresh = understand(question, today, known, holidays, lang)
    if needs := _needs(text, before, fresh):
        kind = Kind.HELP if needs == "thanks" else Kind.UNKNOWN
        entries = len(before.expands) if before else 0
        return Query(question, kind, spoken, today, needs=needs, entries=entries)
    if before is None:
        return fresh
    last = replace(before.query, question=question, skip=0)
    if number := _picked(text, before):
        picked = understand(before.expands[number - 1], last.as_of, known, holidays, last.lang)
        return replace(picked, question=question)
    if _is("more", text) and before.shown:
        return replace(last, skip=before.shown)
    last = replace(last, lang=spoken)
    if _is("why", text) and (asked := _why(last)):
        return asked
    if going_on := _with_other_details(text, last, today, known, holidays):
        return going_on
    return _same_project(question, fresh, last, lambda asked: understand(asked, today, known, holidays, lang))


@cache
def _rule(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{rule})" for rule in lexicon()["follow"][name]))


def _is(name: str, text: str) -> bool:
    return _rule(name).fullmatch(fold(text).strip(" ?？!！.。,，~")) is not None


def _needs(text: str, before: Before | None, fresh: Query) -> str:
    """What a bare follow-up lacks, which is never looked for by its own words; empty for one that can be applied."""
    if _is("thanks", text):
        return "thanks"
    if _is("pick", text) and not (before and _picked(text, before)):
        return "entry" if before and before.expands else "list"
    if _is("more", text) and not (before and before.shown and before.shown < max(before.total, len(before.expands))):
        return "more" if before else "list"
    searched = fresh.kind in (Kind.SEARCH, Kind.UNKNOWN)
    return "reason" if searched and _is("why", text) and not (before and _why(before.query)) else ""


def _picked(text: str, before: Before) -> int:
    """The number of the entry that is asked for; 0 for none."""
    found = _rule("pick").fullmatch(fold(text).strip(" ?？!！.。,，"))
    said = next((group for group in found.groups() if group), "") if found else ""
    ordinals = lexicon()["follow"]["ordinals"]
    number = ordinals.index(said) + 1 if said in ordinals else chinese_number(said) if said else None
    return number if number and 0 < number <= len(before.expands) and before.expands[number - 1] else 0


def _why(last: Query) -> Query | None:
    if last.kind is Kind.INCIDENTS:
        return replace(last, aspect="cause")
    if last.kind is Kind.METRICS:
        return replace(last, aspect="why")
    return replace(last, kind=Kind.SLIPS, aspect="why", event=None) if last.kind in MOVED else None


def _with_other_details(text: str, last: Query, today: date, known: Known, holidays: Holidays | None) -> Query | None:
    """The question before with another team, range, project, figure, owner or event, where nothing else is said."""
    lead = _rule("lead").match(fold(text))
    tail = _rule("tail").search(fold(text))
    if not (lead or tail) or len(fold(text)) != len(text):
        return None
    rest = text[lead.end() if lead else 0 : tail.start() if tail else len(text)]
    found, left = timed(replace(last, as_of=today if last.as_of == today else last.as_of), rest, today, holidays)
    found, left = take_team(found, left, known.teams, known.told)
    found, left = take_owner(found, left, known.owners)
    if found.team != last.team:
        found = _for_team(found, known)
    found, left = _about(found, left, known)
    found, left = take_aspect(found, left)
    if key(left):
        found, left = take_event(found, left)
    left = trim(without("words", "asking", left))
    return found if not key(left) and found != last else None


def _for_team(query: Query, known: Known) -> Query:
    """The same asked of another team: its figures of the same name, and no project of the other one."""
    names = {fold(name) for metric in query.metrics for name, _ in metric.names}
    metrics = [m for m in known.metrics if m.team == query.team]
    meant = tuple(m for m in metrics if any(fold(name) in names for name, _ in m.names))
    kept = query.project if query.project and query.project.team == query.team else None
    return replace(query, metrics=meant, project=kept)


def _about(query: Query, text: str, known: Known) -> tuple[Query, str]:
    """Another figure or project in the place of the one before."""
    figures = (
        link_figures(trim(text), known.metrics) if query.kind is Kind.METRICS else find_figures(text, known.metrics)
    )
    if figures and figures.named:
        changed = replace(query, kind=Kind.METRICS, metrics=figures.named, project=None, event=None)
        return changed, cut(trim(text), figures.span)
    literal = literal_name(text, known.projects)
    words = trim(without("words", "asking", text))
    linked = literal.linked if literal else link_words(words, [p for p in known.projects if p.firm], surely=True)
    if not key(words) or not linked.named:
        return query, text
    kind = query.kind if query.kind in OF_A_PROJECT or query.kind is Kind.PLAN else Kind.STATUS
    if linked.tied:
        return replace(query, kind=Kind.CHOICE, project=None, tied=linked.tied, words=words), ""
    team = query.team if linked.project and linked.project.team == query.team else None
    changed = replace(query, kind=kind, project=linked.project, metrics=(), words=words, team=team)
    return changed, cut(text, literal.span) if literal else ""


def _same_project(question: str, fresh: Query, last: Query, read: Callable[[str], Query]) -> Query:
    """`什么时候上线?` or `when does it go live?` after a project's status asks that of the same project."""
    text = standard(question)
    pronoun = pattern("words", "pronouns").search(fold(text))
    # "进度多少" counts nothing: where only how it stands is asked, the project before is meant.
    stands = fresh.kind in (Kind.STATUS, Kind.SEARCH) and pattern("cues", "status").search(fold(text))
    listed = asks_which(text) and not pronoun and not stands
    whole = not pronoun and (
        # 短信为什么重复下发 names an incident of its own.
        bool(key(fresh.words)) if fresh.kind is Kind.INCIDENTS else fresh.kind in OF_NO_PROJECT and not key(fresh.words)
    )
    alone = listed or whole or fresh.named or fresh.team or fresh.metrics or question.strip().startswith("/")
    if last.project is None or alone:
        return fresh
    name = last.project.name
    with_name = f"{text[: pronoun.start()]} {name} {text[pronoun.end() :]}" if pronoun else f"{name} {text}"
    asked = read(with_name)
    same = asked.project is not None and asked.project.subject == last.project.subject
    return replace(asked, question=question, lang=fresh.lang) if same and not _says_more(asked) else fresh


def _says_more(query: Query) -> bool:
    """Whether a list of one project is narrowed by words that nobody understood."""
    return query.kind is not Kind.STATUS and bool(key(query.words))
