"""The last resort of a question that no kind can answer: the line that says all that it is about.

A line answers where it has every word that the question can't do without (`question/sought.py`), by itself or under its
titles, and where it gives what is asked for: a number, a day, whose it is. Else the reports don't say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce

from bot.answers.below import COLONS, below_of
from bot.answers.context import Context
from bot.answers.model import Answer, Para, Span, Style, Text, plain
from bot.answers.period import period
from bot.answers.search import DAY, QUOTE_LENGTH, TITLE, marked, where
from bot.question.content import asks_day, asks_number, tells
from bot.question.lexicon import pattern
from bot.question.of_project import GENERAL_EVENTS, asks_when
from bot.question.query import Kind, Query
from bot.question.sought import Sought, issues, meets_demand, sought
from bot.question.text import asks_which, cut
from store.reading.events import event_in
from store.records import Hit
from store.words.dates import find_dates
from store.words.names import key
from store.words.normalise import fold
from store.words.ranges import find_range
from store.words.speaking import SCATTERED, most

ANSWERED = frozenset({
    Kind.STATUS, Kind.INCIDENTS, Kind.METRICS, Kind.MILESTONES, Kind.DONE, Kind.PLAN, Kind.RISKS, Kind.SEARCH,
    Kind.SLIPS, Kind.PROJECTS, Kind.MISSING,
})  # fmt: skip
LISTS = frozenset({Kind.PROJECTS, Kind.RISKS, Kind.DONE, Kind.SLIPS, Kind.MILESTONES})
EXTREMES = ("highest", "lowest", "worst", "best")
FEW = 4  # lines that may speak of the one word of a question
SHORTEST = 4  # characters that a line says beside the words of the question
LONGEST = 3 * QUOTE_LENGTH  # characters of the sentence that is the answer
MOST_BESIDE = 3
WEEK, AHEAD = timedelta(days=6), timedelta(days=14)
_SENTENCES = re.compile(r"(?<=[。；！？!?])|(?<=[a-z)]\.)\s+|(?<=;)\s+|\n")
_CLAUSES = re.compile(r"[，；;]|,(?!\d)|(?<=\D)、")
_NO_NUMBER = re.compile(r"https?://\S+|#\d+|\bv?\d+\.\d+\.\d+\b|\b\d{1,2}:\d{2}\b")


@dataclass(frozen=True, slots=True)
class _Told:
    """A line that answers: its item, which line of it, and the sentence that does."""

    hit: Hit
    line: int
    said: str


def answer_by_line(context: Context, tried: Answer) -> Answer | None:
    """The answer by a line, or nothing; `tried` is what the question's own kind had to say."""
    query = context.query
    if not _is_open(query, tried):
        return None
    asked = sought(query.text, context.told)
    if asked.unknown or not asked.needed or _asks_list(query, asked):
        return None
    if query.kind is not Kind.PLAN and query.range and query.range.start and query.range.start > query.as_of:
        return None  # what is to come has its day, or nobody knows of it
    search = context.library.search_telling
    found = search(context.viewer, query.as_of, asked.needed, asked.helpful, *_days(context)).hits
    if len(asked.needed) == 1 and not _is_rare(query, asked, len(found)):
        return None
    told = [each for hit in found for one in _withbelow_of(context, hit) if (each := _told(query, asked, one))]
    if asks_which(query.question):
        told.sort(key=lambda each: (each.hit.coverage, each.said.endswith(COLONS)), reverse=True)
    return _answer(context, asked, told) if told else None


def _is_rare(query: Query, asked: Sought, lines: int) -> bool:
    """Whether the one word of a question tells lines apart: few hold it, or it has a number (ubuntu2204)."""
    if query.kind is Kind.PLAN or re.search(r"\d\d", asked.needed[0][0]):
        return True
    if query.kind in LISTS and asks_day(query.question) and query.kind is not Kind.SLIPS:
        return True
    if query.kind in LISTS or query.kind is Kind.INCIDENTS:
        general = asks_which(query.question) or asks_number(query.question) or query.range or query.kind is Kind.RISKS
        return re.search(r"\d", asked.needed[0][0]) is not None or (lines < FEW and not general)
    return _asks_one(query) or lines <= FEW


def _asks_list(query: Query, asked: Sought) -> bool:
    """Whether a list of projects is asked for (账清哪些项目…), to which a line is no answer."""
    return query.kind in LISTS and pattern("words", "of projects").search(fold(query.question)) is not None


def _withbelow_of(context: Context, hit: Hit) -> list[Hit]:
    """The item, and where it announces a list of which one is asked for, those of the list."""
    if not _asks_one(context.query) or not hit.text.rstrip().endswith(COLONS):
        return [hit]
    below = [replace(hit, line=item.line, line_end=item.line_end, text=item.text) for item in below_of(context, hit)]
    return [hit, *below]


def _is_open(query: Query, tried: Answer) -> bool:
    """Whether a line may say what the kind's answer couldn't: not the value of a known figure, the day of a known
    project or whose it is, of which the reports' facts are the last word."""
    mentions = query.kind is Kind.REPORT and pattern("words", "mentions").search(fold(query.question)) is not None
    if not (query.kind in ANSWERED or mentions) or not query.text or query.metrics:
        return False
    if any(pattern("words", name).search(fold(query.question)) for name in ("errands", "overview", "superlative")):
        return False
    if query.kind is Kind.INCIDENTS and tried.data.get("count"):
        return False
    if query.kind is Kind.METRICS and query.aspect in EXTREMES:
        return False  # of one line nobody knows whether it is the highest
    if query.kind is Kind.PLAN:
        return not pattern("words", "goals").search(fold(query.question))  # goals stand in their own section
    return not (query.named and (query.event or query.attribute or not query.beyond or asks_day(query.question)))


def _days(context: Context) -> tuple[date | None, date]:
    """The days of the reports that are meant; a day is told of in the report of its week."""
    query = context.query
    if query.range is None and (found := find_range(query.question, query.as_of)):
        context = replace(context, query=replace(query, range=found))
    asked = period(context)
    if (asked.start and asked.start > context.as_of) or (query.kind is Kind.PLAN and asked.end >= context.as_of):
        return context.as_of - AHEAD, context.as_of  # what is to come is told of in the newest reports
    if asked.start == asked.end and asked.start is not None:
        return asked.start, min(context.as_of, asked.end + WEEK)
    return asked.start, asked.end


def _told(query: Query, asked: Sought, hit: Hit) -> _Told | None:
    """The sentence of an item that answers, if one does."""
    if hit.line == 1 or hit.text.strip() == (hit.section or "").strip():
        return None  # the title of the report, or of its section
    lines = hit.text.split("\n")
    parted = [_SENTENCES.split(line) if _asks_one(query) else [line] for line in lines]
    found = [(at, said.strip()) for at, parts in enumerate(parted) for said in parts if said.strip()]
    answering = [each for each in found if _gives(query, asked, hit, each[1])]
    if not answering:
        return None
    at, said = max(answering, key=lambda each: (_says(asked, each[1]), _fitting(query, each[1]), -each[0]))
    return _Told(hit, hit.line + at, said)


def _says(asked: Sought, text: str) -> int:
    return sum(most(word, (text,)) >= SCATTERED for word in (*asked.needed, *asked.helpful))


def _gives(query: Query, asked: Sought, hit: Hit, said: str) -> bool:
    """Whether a sentence gives what is asked for: a number, a day, or what it demands."""
    if query.kind is Kind.PLAN and query.range and len(asked.needed) == 1 and fold(query.range.text) not in fold(said):
        return False
    if not meets_demand(query.question, said, last=True) or not _adds(asked, said):
        return False
    if any(stage not in fold(f"{hit.section or ''} {said}") for stage in issues(asked)):
        return False  # the day of the first stage is not that of 二期
    event = event_in(fold(query.text)) if asks_when(query.text) or asks_day(query.question) else None
    if event and event not in GENERAL_EVENTS and event_in(fold(said)) != event and event not in said:
        return False
    whole = pattern("words", "past").search(fold(query.question)) and _says(asked, said) >= len(asked.needed)
    on = hit.report.report_date
    if asks_day(query.question) and not whole and not _is_of(asked, said, lambda part: _has_day(part, on)):
        return False
    return not asks_number(query.question) or _is_of(asked, said, lambda part: _fitting(query, part) > 0)


def _is_of(asked: Sought, said: str, gives: Callable[[str], bool]) -> bool:
    """Whether a sentence gives the value of what is asked for, and not of anything else that it speaks of: the words
    stand in the clause of the value or in the one before it, or only in a title."""
    clauses = _CLAUSES.split(said)
    speaking = [any(most(word, (clause,)) >= SCATTERED for word in asked.needed) for clause in clauses]
    if not any(speaking):
        return gives(said)
    return any(gives(clause) and any(speaking[max(0, at - 1) : at + 1]) for at, clause in enumerate(clauses))


def _adds(asked: Sought, said: str) -> bool:
    """Whether a sentence says more than the words of the question: a title, or a goal of three words, tells nothing."""
    if TITLE.fullmatch(said.strip()) or pattern("words", "report title").search(fold(said)):
        return False
    left = fold(said)
    for word in (form for forms in asked.needed for form in forms):
        left = left.replace(word, " ")
    return re.search(r"\d", left) is not None or len(key(left)) >= SHORTEST


def _fitting(query: Query, said: str) -> int:
    days = find_dates(said, query.as_of)
    return tells(query.question, _NO_NUMBER.sub(" ", reduce(cut, [day.span for day in reversed(days)], said)))


def _has_day(said: str, on: date) -> bool:
    return bool(find_dates(said, on) or DAY.search(said) or pattern("words", "roughly when").search(fold(said)))


def _answer(context: Context, asked: Sought, told: Sequence[_Told]) -> Answer:
    query, best = context.query, told[0]
    words = " ".join(word[0] for word in asked.needed)
    below = below_of(context, best.hit) if asks_which(query.question) or best.said.endswith(COLONS) else []
    beside = [each for each in told[1:] if each.hit.coverage == best.hit.coverage]
    beside = beside[: 0 if below or _asks_one(query) else MOST_BESIDE]
    blocks = [Para(plain(item.head), 0, True) for item in below]
    blocks += [Para((*marked(words, each.said), *_where(context, each)), 0, True) for each in beside]
    cited = [context.cite(each.hit.report, each.line, about=each.said) for each in (best, *beside)]
    cited += [context.cite(best.hit.report, item.line, item.line_end, about=item.text) for item in below]
    return Answer(
        question=query.question, kind=Kind.SEARCH, lang=query.lang, found=True,
        head=(*_quoted(words, best.said), *_where(context, best)), blocks=tuple(blocks), citations=tuple(cited),
        range=context.asked_range(), data={"words": words, "total": len(told), "exact": True, "hits": []},
    )  # fmt: skip


def _asks_one(query: Query) -> bool:
    return asks_day(query.question) or asks_number(query.question)


def _quoted(words: str, said: str) -> Text:
    """The sentence; one that is a page from shortly before the first of the words."""
    said = said.lstrip("-*• ")
    return marked(words, said) if len(said) > LONGEST else plain(said, Style.STRONG)


def _where(context: Context, told: _Told) -> Text:
    return (Span(f"  {where(context, told.hit, told.line)}", Style.DIM),)
