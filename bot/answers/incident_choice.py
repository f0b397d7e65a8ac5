"""Which incidents of a range a question means: those that speak of its words, else the one that says most of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers.context import Context
from bot.answers.incident_asked import asks_amount
from bot.answers.incident_cases import Case, Wanted, cite_incident
from bot.question.content import content
from bot.question.examples import is_asking
from bot.question.lexicon import rule
from bot.question.meant import ENOUGH, called, slipped, weighed, winner
from bot.question.text import standard
from store.words.normalise import fold

FIELDS = ("cause", "impact", "handling", "duration", "recovered", "actions", "figure")
OF_ONE = (*FIELDS, "open", "story")  # what is asked of one incident rather than of many
SURE = 0.8  # of the weight: enough for one before others that have the words somewhere
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?![A-Za-z])")
NEAR = 0.25  # of the weight of the words: what is worth showing where none is meant
LONGEST = 1200  # characters of a telling; a page of ten times that says every word somewhere


def chosen(context: Context, wanted: Wanted, every: Sequence[Case]) -> tuple[Case, ...]:
    """The incidents asked for, newest first: those that say all the words; of one thing asked, those whose title does;
    where none says them all, the one that clearly says most; the only one of a day that is asked about (3/4那次)."""
    fitting = tuple(case for case in every if wanted.fits(case))
    if context.query.aspect in (*FIELDS, "open"):
        fitting = tuple(case for case in fitting if wanted.titled(case)) or fitting
    if len(fitting) != 1 and (meant := _meant(context, wanted, every, ENOUGH if not fitting else SURE)):
        return meant if not fitting or context.query.aspect in OF_ONE else fitting
    return fitting


def _meant(context: Context, wanted: Wanted, every: Sequence[Case], least: float) -> tuple[Case, ...]:
    query = context.query
    if query.aspect not in (None, *OF_ONE) and not asks_amount(context):
        return ()
    graded = [case for case in every if wanted.graded(case)]
    shares = _shares(context, wanted, graded)
    if _names_unknown(context):
        return ()
    if shares and (at := winner(shares)) is not None and shares[at] >= least:
        return (graded[at],)
    day = query.range is not None and query.range.start == query.range.end
    only = day and len(graded) == 1 and least == ENOUGH
    return tuple(graded) if only and presupposes(context) and not query.project else ()


def _names_unknown(context: Context) -> bool:
    """Whether the question has an English name, by its capital, that no report says in any spelling: Stripe."""
    for found in _NAME.finditer(context.query.question):
        word = fold(found[0])
        texts = context.library.incident_texts(context.viewer, context.as_of)
        known = context.told(word) or len(called((word,))) > 1 or any(slipped(word, text) for text in texts)
        if not known and not is_asking(word):
            return True
    return False


def nearest(context: Context, wanted: Wanted, every: Sequence[Case]) -> Case | None:
    """The incident that comes nearest to the words, of those of the severity asked for."""
    graded = [case for case in every if wanted.graded(case)]
    shares = _shares(context, wanted, graded)
    best = max(range(len(shares)), key=lambda at: shares[at], default=None)
    return graded[best] if best is not None and shares[best] >= NEAR else None


def _shares(context: Context, wanted: Wanted, cases: Sequence[Case]) -> tuple[float, ...]:
    project = context.query.project
    words = content(" ".join(filter(None, (project.name if project else "", *wanted.others))), context.told)
    return weighed(words, [_texts(context, case) for case in cases], context.told) if words else ()


def _texts(context: Context, case: Case) -> tuple[str, str]:
    """Its titles with its systems, and all that is told of it."""
    titles = " ".join((*(mention.record.title for mention in case.tellings), *case.systems))
    quotes = (cite_incident(context, mention).quote[:LONGEST] for mention in case.tellings)
    told = (text for m in case.tellings for text in (m.record.impact, m.record.cause, m.record.handling) if text)
    return titles, " ".join((*quotes, *told))


def presupposes(context: Context) -> bool:
    """Whether the question takes it for granted that something happened (那次赔了多少, why did it fail): that no report
    tells of it is no answer then, as it is to 有没有影响出金的事故."""
    question = fold(standard(context.query.question))
    if rule("whether any").search(question):
        return False
    told = context.query.aspect in ("cause", "handling", "duration", "recovered", "open", "actions", "figure")
    return told or asks_amount(context) or rule("that once").search(question) is not None
