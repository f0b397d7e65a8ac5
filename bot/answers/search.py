"""The lines that hold the words, highlighted; the nearest ones where no line does."""

from __future__ import annotations

from bot.answers.context import Context
from bot.answers.model import Answer, Para, Span, Style, Text, plain
from bot.answers.period import period
from store.library import SEARCH_CANDIDATES
from store.records import Citation, Hit
from store.words.bigrams import highlights, terms
from store.words.normalise import fold

MOST_SHOWN = 10
QUOTE_LENGTH = 160


def answer_search(context: Context) -> Answer:
    """The best lines for the query's words, in reports of its range; `found` only where a line holds every word."""
    query = context.query
    if not terms(query.words):
        return context.not_found(context.say("search.empty"))
    asked = period(context)
    hits = context.library.search(context.viewer, query.as_of, query.words, asked.start, asked.end)
    shown = hits.hits[:MOST_SHOWN]
    found = hits.exact and bool(shown)
    blocks = [Para(plain(context.say("search.near")))] if shown and not found else []
    cited = [(hit, *_lines(query.words, hit)) for hit in shown]
    blocks += [Para(_entry(context, hit, line, text), 0, True) for hit, line, text in cited]
    if found and hits.total > len(shown):
        blocks.append(Para(plain(context.say("answer.more", count=hits.total - len(shown)), Style.DIM)))
    return Answer(
        question=query.question,
        kind=query.kind,
        lang=query.lang,
        found=found,
        head=plain(_head(context, found, hits.total), Style.STRONG),
        blocks=tuple(blocks),
        citations=tuple(_cite(context, hit, line, text) for hit, line, text in cited),
        range=(asked.start, asked.end) if asked.labelled else context.asked_range(),
        data={
            "words": query.words,
            "total": hits.total if found else 0,
            "exact": hits.exact,
            "hits": [
                {"source": hit.report.source, "line": line, "section": hit.section, "text": text,
                 "label": hit.report.label, "team": hit.report.team} for hit, line, text in cited
            ],
        },
    )  # fmt: skip


def _head(context: Context, found: bool, total: int) -> str:
    if context.library.span(context.viewer, context.as_of) is None:
        return context.say("answer.no_reports")
    if not found:
        return context.say("search.none", words=context.query.words)
    key = "head_capped" if total >= SEARCH_CANDIDATES else "head"
    return context.say(f"search.{key}", words=context.query.words, count=total)


def _lines(query: str, hit: Hit) -> tuple[int, str]:
    """The line of the item that holds most of the query, and its text."""
    lines = hit.text.split("\n")
    best = max(range(len(lines)), key=lambda at: (sum(term in fold(lines[at]) for term in terms(query)), -at))
    return hit.line + best, lines[best].strip()


def _cite(context: Context, hit: Hit, line: int, text: str) -> Citation:
    return context.cite(hit.report, line, about=text)


def _entry(context: Context, hit: Hit, line: int, text: str) -> Text:
    where = " · ".join(filter(None, (hit.report.team, context.report(hit.report), hit.section)))
    source = f"  {where} · {context.say('answer.line', line=line)}"
    return (*marked(context.query.words, text), Span(source, Style.DIM))


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
