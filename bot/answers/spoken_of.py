"""The words that a question about a list has left over: the entries that speak of them, else the lines that do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.beyond import bare
from bot.answers.context import Context
from bot.answers.dangers import tells_danger
from bot.answers.dates import MOST_LINES, source_text, span_text
from bot.answers.listing import Entry, narrowed
from bot.answers.model import Answer, Para, Style, plain, shortened
from bot.question.content import content, forms
from bot.question.lexicon import pattern, rule
from bot.question.query import Kind
from bot.question.text import without
from store.records import Hit
from store.words.bigrams import terms
from store.words.names import key
from store.words.normalise import fold
from store.words.speaking import SCATTERED, most

MOST_LOOKED_AT = 60
IN_HEAD_LENGTH = 120


def only_spoken_of(context: Context, entries: Sequence[Entry]) -> tuple[list[Entry], Answer | None]:
    """The entries that speak of the words left over, or the answer that none does, which names those words."""
    context = replace(context, query=replace(context.query, words=_wanted(context.query.words)))
    found = narrowed(context, entries)
    if found or not context.query.words:
        return found, None
    about = [text for entry in entries for text in entry.about]
    unknown = [term for term in terms(context.query.words) if most(forms(fold(term)), about) < SCATTERED]
    words = " ".join(unknown) or context.query.words
    return [], _told_in_lines(context, words)


def _told_in_lines(context: Context, words: str) -> Answer:
    """What lines say of the words: one that tells what the list is of (改到, 等待) answers, others are only named."""
    lines = _lines_about(context)
    telling = [hit for hit in lines if _tells(context, hit.text)]
    if telling:
        return _by_line(context, words, telling[:MOST_LINES])
    hits = lines[:MOST_LINES]
    near = [project.name for project in context.query.near]
    blocks = [Para(plain(context.say("status.near", names="、".join(near))))] if near else []
    blocks += [Para(source_text(context, hit.report, hit.line, hit.text), 0, True) for hit in hits]
    key_of_head = "dates.told_elsewhere" if hits else "dates.unknown_words"
    head = context.say(key_of_head, words=words, range=span_text(context))
    cited = tuple(context.cite(hit.report, hit.line, hit.line_end, hit.text) for hit in hits)
    return context.not_found(head, blocks=tuple(blocks), citations=cited,
                             data={"words": words, "near": near, "count": 0})  # fmt: skip


def _by_line(context: Context, words: str, hits: Sequence[Hit]) -> Answer:
    """The lines that tell it, newest first, the newest whole."""
    query, first = context.query, " ".join(hits[0].text.split())
    return Answer(
        question=query.question, kind=query.kind, lang=query.lang, found=True,
        head=plain(shortened(first, IN_HEAD_LENGTH), Style.STRONG),
        blocks=tuple(Para(source_text(context, hit.report, hit.line, hit.text if at else ""), 0, True)
                     for at, hit in enumerate(hits)),
        citations=tuple(context.cite(hit.report, hit.line, hit.line_end, hit.text) for hit in hits),
        range=context.asked_range(), data={"words": words, "count": 0, "in_lines": len(hits)},
    )  # fmt: skip


def _tells(context: Context, text: str) -> bool:
    """Whether a line that no project was read from tells what the list is of: a day that moved, or a danger. The
    question must ask for that by a word of its own, and not only be like others that do."""
    asked = fold(context.query.question)
    if not (pattern("cues", context.query.kind).search(asked) or rule("why moved").search(asked)):
        return False
    if context.query.kind is Kind.SLIPS:
        return rule("tells a move").search(fold(text)) is not None
    return context.query.kind is Kind.RISKS and tells_danger(text)


def _lines_about(context: Context) -> tuple[Hit, ...]:
    """Lines that speak of all words left over, though no entry of the list does."""
    wanted, asked = content(context.query.words, context.told), context.query.range
    if not wanted:
        return ()
    start = asked.start if asked else None
    hits = context.library.search_speaking(context.viewer, context.as_of, wanted, start, context.as_of, MOST_LOOKED_AT)
    return hits.hits if hits.exact else ()


def _wanted(words: str) -> str:
    """The words left over that an entry can speak of, without those of asking: 要 of 还要上线什么, 还没做完."""
    for table, name in (("states", "open"), ("words", "standing")):
        words = without(table, name, words)
    return " ".join(term for term in map(bare, terms(words)) if len(key(term)) > 1)
