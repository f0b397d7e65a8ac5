"""Words → `Query`: a command or cue words give the kind, the grammar of ranges takes its part, the rest is a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.question.lexicon import command_words, lexicon, pattern
from bot.question.linking import ACCEPTED, Linked, link
from bot.question.query import Kind, Query
from store.reading.events import event_in, find_event
from store.records import ProjectName
from store.words.holidays import Holidays
from store.words.names import key
from store.words.normalise import fold, fold_with_offsets, has_cjk
from store.words.ranges import find_as_of, find_range

LONGEST_QUESTION = 500  # characters; what a person asks has no more, and matching names costs by length
_COMMAND = re.compile(r"\s*/\s*([^\s/]+)\s*(.*)", re.DOTALL)
_PUNCTUATION = " \t\n\r,.?!:;，。？！：；、~～…\"'“”‘’「」"


@dataclass(frozen=True, slots=True)
class Known:
    """What the reports hold that a question can name, as far as the asker may see it."""

    projects: Sequence[ProjectName]
    teams: Sequence[str]


def understand(question: str, today: date, known: Known, holidays: Holidays | None, lang: str = "auto") -> Query:
    """The reading of `question` on the day `today`; `lang` is `zh`, `en`, or `auto` for the question's own."""
    text = question.strip()[:LONGEST_QUESTION]
    language = lang if lang in ("zh", "en") else language_of(text)
    query = Query(question=question, kind=Kind.UNKNOWN, lang=language, as_of=today)
    if not key(text) and text not in command_words():
        return replace(query, kind=Kind.HELP if text in ("", "/") else Kind.UNKNOWN)
    slash, kind, rest = _command(text)
    if slash and kind is None:
        return replace(query, command=slash)
    query, rest = _timed(query, rest, today, holidays)
    query, rest = _team(query, rest, known.teams)
    if slash == "report" and kind is Kind.REPORT:
        return _umbrella(query, rest, known)
    return _of_kind(query, kind, rest, known) if kind else _plain(query, rest, known)


def language_of(text: str) -> str:
    """`zh` for any Chinese; `en` for English words beyond a command and a name; else the reports' own, `zh`."""
    if has_cjk(text):
        return "zh"
    words = re.findall(r"[a-z']+", fold(text.lstrip("/ ")))
    said = [word for word in words[1:] if word in _english_words()]
    return "en" if said or (len(words) > 3 and all(word.isascii() for word in words)) else "zh"


def _english_words() -> frozenset[str]:
    entries = [entry for table in ("cues", "words") for words in lexicon()[table].values() for entry in words]
    extra = [
        "last",
        "past",
        "week",
        "weeks",
        "month",
        "since",
        "as",
        "today",
        "yesterday",
        "days",
        "this",
        "next",
        "year",
    ]
    return frozenset(word for entry in [*entries, *extra] if not has_cjk(entry) for word in fold(entry).split())


def _command(text: str) -> tuple[str | None, Kind | None, str]:
    """The command that begins the question: its word where it has a slash, its kind, and what follows it."""
    if found := _COMMAND.match(text):
        word = fold(found[1])
        kind = command_words().get(word)
        return word, Kind(kind) if kind else None, found[2]
    head, _, rest = text.partition(" ")
    kind = command_words().get(fold(head).strip(":："))
    # 周报 alone is a command, but "report on POS" isn't one: plain words may be read further by their cues.
    return None, Kind(kind) if kind else None, rest if kind else text


def _timed(query: Query, text: str, today: date, holidays: Holidays | None) -> tuple[Query, str]:
    if as_of := find_as_of(text, today):
        query, text = replace(query, as_of=min(as_of[0], today)), _cut(text, as_of[1])
    if found := find_range(text, query.as_of, holidays):
        query, text = replace(query, range=found), _cut(text, found.span)
    return query, text


def _cut(text: str, span: tuple[int, int]) -> str:
    return f"{text[: span[0]]} {text[span[1] :]}"


def _team(query: Query, text: str, teams: Sequence[str]) -> tuple[Query, str]:
    for team in sorted(teams, key=len, reverse=True):
        at = fold(text).find(fold(team))
        if at >= 0 and len(fold(text)) == len(text):
            return replace(query, team=team), _cut(text, (at, at + len(team)))
    return query, text


def _umbrella(query: Query, rest: str, known: Known) -> Query:
    """`/report X`: X a question kind → that kind; else a week or a team → its report; else a project → its status."""
    _, kind, below = _command(rest.strip())
    if kind and kind is not Kind.REPORT:
        return _of_kind(query, kind, below, known)
    words = trim(_without("words", "latest", rest))
    if not words or query.team or query.range:
        return replace(query, kind=Kind.REPORT, words=words)
    return _plain(query, rest, known)


def _of_kind(query: Query, kind: Kind, rest: str, known: Known) -> Query:
    if kind is Kind.SEARCH:
        return replace(query, kind=kind, words=rest.strip())
    if kind is Kind.STATUS:
        return _status(query, rest, known)
    rest = _without("cues", kind, rest)
    if kind is Kind.REPORT:
        rest = _without("words", "latest", rest)
    return replace(query, kind=kind, words=trim(rest))


def _plain(query: Query, text: str, known: Known) -> Query:
    folded = fold(text)
    for name in lexicon()["cues"]:
        if pattern("cues", name).search(folded):
            found = _cued(query, Kind(name), text, known)
            if found:
                return found
    linked = link(trim(text), known.projects)
    if linked.score >= ACCEPTED and (linked.project or linked.tied):
        return _with(query, trim(text), linked, text)
    words = trim(text)
    return replace(query, kind=Kind.SEARCH if words else Kind.UNKNOWN, words=words, near=linked.near)


def _cued(query: Query, kind: Kind, text: str, known: Known) -> Query | None:
    if kind is Kind.STATUS:
        found = _status(query, text, known)
        # A cue like 怎么样 with a name that no report knows is better searched for than denied, unless it asks plainly.
        return found if found.project or found.tied or found.words else None
    if kind is Kind.SEARCH:
        return replace(query, kind=kind, words=trim(_without("cues", kind, text)))
    return _of_kind(query, kind, text, known)


def _status(query: Query, text: str, known: Known) -> Query:
    whole = link(trim(text), known.projects)
    if whole.project:
        return _with(query, trim(text), whole, text)
    words = trim(_without("cues", "status", text))
    if _asks_when(text) and (found := find_event(fold(words))) and len(fold(words)) == len(words):
        words = trim(_cut(words, found[1])) or words
    linked = link(words, known.projects) if words else whole
    if not (linked.project or linked.tied) and (shorter := _specific(words)):
        linked = link(shorter, known.projects)
    return _with(query, words, linked, text)


def _asks_when(text: str) -> bool:
    return pattern("words", "when").search(fold(text)) is not None


def _with(query: Query, words: str, linked: Linked, text: str) -> Query:
    event = event_in(fold(text)) if _asks_when(text) else None
    kind = Kind.CHOICE if linked.tied else Kind.STATUS
    return replace(
        query, kind=kind, words=words, project=linked.project, tied=linked.tied, near=linked.near, event=event
    )


def _specific(words: str) -> str | None:
    ending = re.search(pattern("words", "generic").pattern + r"\s*$", fold(words))
    return trim(words[: ending.start()]) or None if ending and len(fold(words)) == len(words) else None


def _without(table: str, name: str, text: str) -> str:
    """`text` without the words of one entry of the lexicon."""
    folded, offsets = fold_with_offsets(text)
    spans = [(offsets[m.start()], offsets[m.end() - 1] + 1) for m in pattern(table, name).finditer(folded) if m[0]]
    for span in reversed(spans):
        text = _cut(text, span)
    return text


def trim(text: str) -> str:
    """`text` without punctuation and filler words at its ends."""
    ends = pattern("words", "filler").pattern
    before = None
    while before != text:
        before = text = text.strip(_PUNCTUATION)
        folded = fold(text)
        if len(folded) != len(text):
            return text
        if head := re.match(ends, folded):
            text = text[head.end() :]
        elif tail := re.search(ends + "$", folded):
            text = text[: tail.start()]
    return text
