"""A list as an answer: entries with their proof, as many as a person reads at once, and the way to the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.answers.context import Context
from bot.answers.model import Answer, Block, Cell, Para, Span, Style, Text, plain, words_of
from bot.question.content import forms
from store.records import Citation
from store.words.bigrams import terms
from store.words.normalise import fold
from store.words.speaking import SCATTERED, most

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its line, the lines below it, and the lines of reports that say so, best first.

    `data` is the same as JSON values; `asks` the whole question that tells more of it; `about` further texts in which
    the words of a question may stand; `rows` are the entry as rows of a table, for lists that are drawn as one.
    """

    text: Text
    citations: tuple[Citation, ...]
    below: tuple[Text, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    asks: str = ""
    about: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def narrowed(context: Context, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that speak of every word that the question has left."""
    wanted = [forms(fold(term)) for term in terms(context.query.words)]
    return [entry for entry in entries if all(most(word, _texts(entry)) >= SCATTERED for word in wanted)]


def _texts(entry: Entry) -> tuple[str, ...]:
    return (words_of(entry.text), *map(words_of, entry.below), *entry.about, *(c.quote for c in entry.citations))


def answer_list(
    context: Context,
    head: str,
    entries: Sequence[Entry],
    *,
    found: bool,
    name: str,
    before: Sequence[Block] = (),
    notes: Sequence[Block] = (),
    data: dict[str, Any] | None = None,
    citations: Sequence[Citation] = (),
    suggestions: Sequence[str] = (),
    most: int = MOST_SHOWN,
    draw: Callable[[Sequence[Entry]], Sequence[Block]] | None = None,
) -> Answer:
    """The list from the entry on that the asker hasn't seen yet: `before` it, its entries, what is left, and `notes`.

    In `data` the entries shown stand under `name`, beside how many there are in all; `citations` are further proof,
    behind that of the entries. `draw` shows the entries otherwise than as bullets.
    """
    query, first = context.query, min(context.query.skip, len(entries))
    shown = entries[first : first + most]
    cited = dict.fromkeys([*(c for entry in shown for c in entry.citations), *citations])
    rest = len(entries) - first - len(shown)
    return Answer(
        question=query.question,
        kind=query.kind,
        lang=query.lang,
        found=found,
        head=plain(head, Style.STRONG),
        blocks=(*before, *(draw or _bullets)(shown), *_rest(context, rest), *notes),
        citations=tuple(cited),
        range=context.asked_range(),
        data={"count": len(entries), name: [entry.data for entry in shown], **(data or {})},
        suggestions=(*((context.say("answer.ask_more"),) if rest else ()), *suggestions),
        expands=tuple(entry.asks for entry in entries),
        shown=first + len(shown),
    )


def _bullets(entries: Sequence[Entry]) -> list[Para]:
    return [para for entry in entries for para in _paras(entry)]


def _paras(entry: Entry) -> list[Para]:
    return [Para(entry.text, 0, True), *(Para(text, 1) for text in entry.below)]


def _rest(context: Context, count: int) -> list[Para]:
    return [Para((Span(context.say("answer.more_by", count=count), Style.DIM),))] if count else []
