"""The lines that hold the words, highlighted; the nearest ones where no line does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from typing import Any

from bot.answers.below import COLONS, below_of
from bot.answers.context import Context
from bot.answers.model import Answer, Para, Span, Style, Text, plain, shortened
from bot.answers.period import Period, period
from bot.answers.section import answer_section
from bot.question.content import asks_day, asks_number, content, is_measure, tells
from bot.question.lexicon import pattern
from bot.question.query import Query
from bot.question.sought import issues, meets_demand, sought, unknown_rate
from bot.question.subject import versions
from bot.question.text import cut
from store.library import SEARCH_CANDIDATES
from store.reading.corrections import corrected_week
from store.reading.events import event_in
from store.records import Citation, Hit, Hits, SectionKind
from store.words.bigrams import highlights, terms
from store.words.dates import find_dates
from store.words.normalise import fold
from store.words.ranges import find_range
from store.words.speaking import SCATTERED, most

MOST_SHOWN = 10
MOST_NEAR = 5
QUOTE_LENGTH = 160
DAY = re.compile(r"\d(?:[号日]|st\b|nd\b|rd\b|th\b)|\d{1,2}\s*[月/]\s*\d{1,2}")
TITLE = re.compile(r"[【\[].*[】\]]|.*[:：]|#+ .*")
WEEK = 7  # days: the report of a week is dated up to so many after a day of it
Cited = tuple[Hit, int, str]  # a hit, its line that answers best, and that line's text


def answer_search(context: Context) -> Answer:
    """The section that plain words name, else the lines that hold them, or the first or the newest of these."""
    query = context.query
    if query.free and (section := answer_section(context)):
        return section
    if query.aspect in ("first", "last"):
        return _mention(context)
    return answer_lines(context)


def _mention(context: Context) -> Answer:
    """The oldest, or the newest, report that speaks of the words: its lines that do."""
    query, asked = context.query, period(context)
    hits = _hits(context, asked.start, asked.end, SEARCH_CANDIDATES)
    if query.aspect == "first":
        hits = _oldest(context, hits, asked)
    if not (hits.exact and hits.hits):
        return answer_lines(context)
    day = (min if query.aspect == "first" else max)(hit.report.report_date for hit in hits.hits)
    of_day = sorted((hit for hit in hits.hits if hit.report.report_date == day), key=lambda hit: hit.line)[:MOST_SHOWN]
    cited = [(hit, *_lines(query, hit)) for hit in of_day]
    report = " ".join(filter(None, [cited[0][0].report.team, context.report(cited[0][0].report)]))
    head = context.say(f"search.{query.aspect}", words=query.words, report=report)
    return Answer(
        question=query.question, kind=query.kind, lang=query.lang, found=True, head=plain(head, Style.STRONG),
        blocks=tuple(Para(_entry(context, *each), 0, True) for each in cited),
        citations=tuple(_cite(context, hit, line, text) for hit, line, text in cited),
        range=context.asked_range(), data=_data(query, Hits(tuple(of_day), len(of_day), True), True, cited),
    )  # fmt: skip


def _hits(context: Context, start: date | None, end: date, limit: int) -> Hits:
    query = context.query
    found = context.library.search(context.viewer, query.as_of, query.words, start, end, limit, near=False)
    wanted = content(query.words, context.told)
    if found.hits or not wanted:
        return found
    return context.library.search_speaking(context.viewer, query.as_of, wanted, start, end, limit)


def _oldest(context: Context, hits: Hits, asked: Period) -> Hits:
    """Hits among which the oldest is: of more than a search brings the days are halved until it brings them all."""
    span = context.library.span(context.viewer, context.as_of)
    start, end = asked.start or (span[1] if span else asked.end), asked.end
    while len(hits.hits) >= SEARCH_CANDIDATES and start < end:
        middle = start + (end - start) // 2
        earlier = _hits(context, start, middle, SEARCH_CANDIDATES)
        if earlier.exact and earlier.hits:
            hits, end = earlier, middle
        else:
            start = middle + timedelta(days=1)
    return hits


def answer_lines(context: Context) -> Answer:
    """The best lines for the query's words, in reports of its range; `found` only where a line speaks of every word.

    A line that holds the words as they stand comes first; without one, lines that say the same in another form do. Of a
    question in plain words the best line is the answer itself, and one that asks for a day or a number is answered by
    a line that has one.
    """
    query = context.query
    if not terms(query.words):
        return context.not_found(context.say("search.empty"))
    asked = period(context)
    last = query.skip + MOST_SHOWN
    looked_for = context.viewer, query.as_of, query.words, asked.start, asked.end, last
    hits = context.library.search(*looked_for, near=False)
    if not hits.hits:
        hits = _speaking(context, asked) or context.library.search(*looked_for)
    elif query.free and hits.exact and not any(_fits(query, hit.text) for hit in hits.hits):
        hits = replace(hits, exact=False)  # a count of users isn't told by a line that only speaks of them
    hits = _put_right(context, asked, hits)
    result = pattern("words", "yes or no").search(fold(query.question)) or asks_number(query.question)
    if query.free and result:
        # What was aimed at doesn't answer 压测达标了吗 as long as anything tells how it came out.
        hits = replace(hits, hits=tuple(sorted(hits.hits, key=lambda hit: hit.kind is SectionKind.GOALS)))
    if query.free and is_measure(query.words, query.question):
        hits = replace(hits, exact=False)
    cited = [(hit, *_lines(query, hit)) for hit in hits.hits[query.skip : last]]
    found = hits.exact and bool(cited)
    rest = max(0, hits.total - last) if found else 0
    listed = below_of(context, cited[0][0]) if found and query.free and cited[0][2].endswith(COLONS) else []
    return Answer(
        question=query.question,
        kind=query.kind,
        lang=query.lang,
        found=found,
        head=_head(context, found, hits, cited),
        blocks=(*(Para(plain(item.head), 0, True) for item in listed), *_blocks(context, found, rest, cited)),
        citations=(
            *(_cite(context, hit, line, text) for hit, line, text in cited),
            *(context.cite(cited[0][0].report, item.line, item.line_end, about=item.text) for item in listed),
        ),
        range=(asked.start, asked.end) if asked.labelled else context.asked_range(),
        suggestions=(context.say("answer.ask_more"),) if rest else (),
        shown=query.skip + len(cited),
        data=_data(query, hits, found, cited),
    )  # fmt: skip


def _data(query: Query, hits: Hits, found: bool, cited: Sequence[Cited]) -> dict[str, Any]:
    return {
        "words": query.words,
        "total": hits.total if found else 0,
        "exact": hits.exact,
        "hits": [
            {"source": hit.report.source, "line": line, "section": hit.section, "text": text,
             "label": hit.report.label, "team": hit.report.team} for hit, line, text in cited
        ],
    }  # fmt: skip


def _speaking(context: Context, asked: Period) -> Hits | None:
    """The lines that say the words in any form, if any does; a day among the words is then a day of the report."""
    query, words, start, end = context.query, context.query.words, asked.start, asked.end
    if query.range is None and (day := find_range(words, query.as_of)) and day.start:
        words, start = cut(words, day.span), day.start
        end = min(query.as_of, day.end + timedelta(days=WEEK))
    if asked.start == asked.end:  # a day that something happened on is told of later
        end = query.as_of
    wanted = content(words, context.told)
    hits = context.library.search_speaking(context.viewer, query.as_of, wanted, start, end) if wanted else None
    if hits is None or not hits.hits:
        return None
    if hits.exact and query.text and not _may_answer(context, hits):
        return replace(hits, exact=False)
    fitting = tuple(hit for hit in hits.hits if _fits(query, hit.text))
    if hits.exact and not fitting:
        return replace(hits, exact=False)
    fitting = tuple(sorted(fitting, key=lambda hit: -tells(query.question, hit.text)))
    return Hits(fitting, len(fitting), True) if hits.exact else hits


def _may_answer(context: Context, hits: Hits) -> bool:
    """Whether lines that speak of the words may answer the question: it asks for something, for no rate and no issue
    (16期) that no report has, and a line tells what is asked for by a word of its own (whose it is, what it cost)."""
    asked = sought(context.query.text, context.told)
    if unknown_rate(asked) or not asked.needed or pattern("words", "errands").search(fold(context.query.question)):
        return False
    if not any(most(word, (hit.text,)) >= SCATTERED for hit in hits.hits for word in asked.needed):
        return False
    if not all(any(issue in fold(hit.text) for hit in hits.hits) for issue in issues(asked)):
        return False
    return any(meets_demand(context.query.question, hit.text) for hit in hits.hits)


def _put_right(context: Context, asked: Period, hits: Hits) -> Hits:
    """The lines of a named week, behind those of later reports that put right what they say of it."""
    query = context.query
    if not (query.free and hits.exact and query.range and query.range.weeks and asked.end < query.as_of):
        return hits
    wanted, after = content(query.words, context.told), asked.end + timedelta(days=1)
    later = context.library.search_speaking(context.viewer, query.as_of, wanted, after, query.as_of) if wanted else None
    weeks = range(query.range.weeks[0], query.range.weeks[1] + 1)
    right = [hit for hit in later.hits if corrected_week(hit.text) in weeks] if later and later.exact else []
    kept = [hit for hit in hits.hits if hit not in right]
    return replace(hits, hits=(*right, *kept), total=hits.total + len(right))


def _fits(query: Query, text: str) -> bool:
    """Whether a line can answer: it has the day or the number that is asked for."""
    if not query.free:
        return True
    if not (of_stage(query, text) and meets_demand(query.question, text)):
        return False
    days = find_dates(text, query.as_of)
    dated = bool(days) or DAY.search(text) is not None
    if not tells(query.question, reduce(cut, [day.span for day in reversed(days)], text)):
        return False
    return dated or not asks_day(query.question) or bool(pattern("words", "past").search(fold(query.question)))


def of_stage(query: Query, text: str) -> bool:
    """Whether a line that names the stage whose day is asked for (二期几号上线) tells of its event behind the name, and
    not only of the stage before: 一期4/16上线，二期5月启动."""
    event = event_in(fold(query.question)) if asks_day(query.question) else None
    told = fold(text)
    behind = [told[told.rindex(stage) :] for stage in versions(query.words) if stage in told]
    return event is None or all(event in rest or event_in(rest) == event for rest in behind)


def _blocks(context: Context, found: bool, rest: int, cited: Sequence[Cited]) -> list[Para]:
    if not found:
        near = [Para(plain(context.say("search.near")))] if cited else []
        return near + [Para(_entry(context, *each), 0, True) for each in cited[:MOST_NEAR]]
    blocks = [Para(_entry(context, *each), 0, True) for each in cited[context.query.free :]]
    if rest:
        blocks.append(Para(plain(context.say("answer.more", count=rest), Style.DIM)))
    return blocks


def _head(context: Context, found: bool, hits: Hits, cited: Sequence[Cited]) -> Text:
    if context.library.span(context.viewer, context.as_of) is None:
        return plain(context.none_known(), Style.STRONG)
    if not found:
        return plain(context.say("search.none", words=context.query.words), Style.STRONG)
    if context.query.free:
        best = plain(shortened(_titled(cited[0]), QUOTE_LENGTH), Style.STRONG)
        return (*best, Span(f"  {where(context, *cited[0][:2])}", Style.DIM))
    key = "head_capped" if hits.total >= SEARCH_CANDIDATES else "head"
    return plain(context.say(f"search.{key}", words=context.query.words, count=hits.total), Style.STRONG)


def _titled(best: Cited) -> str:
    """The line that answers, under its title where it stands below one."""
    title = best[0].text.partition("\n")[0].strip()
    under = TITLE.fullmatch(title) is not None and title != best[2]
    return f"{title} {best[2]}" if under else best[2].lstrip("-*• ")


def _lines(query: Query, hit: Hit) -> tuple[int, str]:
    """The line of the item that holds most of the query, and its text; a title answers nothing that is asked."""
    lines = hit.text.split("\n")
    wanted = [*((term,) for term in terms(query.words)), *content(query.words)]
    answers = [not query.free or not (TITLE.fullmatch(line.strip()) or not line.strip()) for line in lines]
    fits = [_fits(query, line) * tells(query.question if query.free else "", line) for line in lines]
    best = max(
        range(len(lines)),
        key=lambda at: (answers[at], fits[at], sum(most(word, (lines[at],)) for word in wanted), -at),
    )
    return hit.line + best, lines[best].strip()


def _cite(context: Context, hit: Hit, line: int, text: str) -> Citation:
    return context.cite(hit.report, line, about=text)


def _entry(context: Context, hit: Hit, line: int, text: str) -> Text:
    return (*marked(context.query.words, text), Span(f"  {where(context, hit, line)}", Style.DIM))


def where(context: Context, hit: Hit, line: int) -> str:
    """Where a line stands, in words: team, report, section, line."""
    parts = (hit.report.team, context.report(hit.report), hit.section, context.say("answer.line", line=line))
    return " · ".join(filter(None, parts))


def marked(query: str, text: str) -> Text:
    """`text` with the query's terms as hits, shortened around the first of them."""
    spans = highlights(query, text)
    if len(text) > QUOTE_LENGTH:
        middle = spans[0][0] if spans else 0
        start = max(0, min(middle - QUOTE_LENGTH // 3, len(text) - QUOTE_LENGTH))
        clipped = text[start : start + QUOTE_LENGTH]
        text = ("…" if start else "") + clipped + ("…" if start + QUOTE_LENGTH < len(text) else "")
        spans = highlights(query, text)
    found: list[Span] = []
    at = 0
    for first, last in spans:
        found += [Span(text[at:first]), Span(text[first:last], Style.HIT)]
        at = last
    return tuple(span for span in (*found, Span(text[at:])) if span.text)
