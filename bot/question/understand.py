"""Words → `Query`: a command or cue words give the kind, the grammar of ranges takes its part, the rest is a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.question.ahead import of_plans
from bot.question.content import everything
from bot.question.details import (
    owner_in,
)
from bot.question.figures import (
    figure_spot,
)
from bot.question.kinds import blanked
from bot.question.known import Known
from bot.question.lexicon import command_words, rule
from bot.question.linking import link, literal_name
from bot.question.of_kind import of_kind
from bot.question.plain import read_plain
from bot.question.query import Kind, Query
from bot.question.teams import take_team, team_in
from bot.question.text import cut, language_of, overlap, standard, trim, without
from store.words.holidays import Holidays
from store.words.names import key
from store.words.normalise import fold
from store.words.ranges import find_as_of, find_range

LONGEST_QUESTION = 500  # characters; what a person asks has no more, and matching names costs by length
_COMMAND = re.compile(r"\s*/\s*([^\s/]+)\s*(.*)", re.DOTALL)
_PRIVATE = 0xE000  # characters that nobody writes stand in for those of a name while ranges are looked for


def understand(question: str, today: date, known: Known, holidays: Holidays | None, lang: str = "auto") -> Query:
    """The reading of `question` on the day `today`; `lang` is `zh`, `en`, or `auto` for the question's own."""
    text = standard(question.strip()[:LONGEST_QUESTION])
    language = lang if lang in ("zh", "en") else language_of(text)
    query = Query(question=question, kind=Kind.UNKNOWN, lang=language, as_of=today)
    if not key(text) and fold(text) not in command_words():
        return replace(query, kind=Kind.HELP if text in ("", "/") else Kind.UNKNOWN)
    slash, kind, rest = _command(text)
    if slash and kind is None:
        return replace(query, command=slash)
    if kind and not slash and _begins_with_name(text, known):
        kind, rest = None, text  # "Risk team负责的有哪些", "Incident Response projects"
    query, left, masked = _timed_and_teamed(query, rest, today, known, holidays)
    if slash:
        known = replace(known, told=everything)  # whoever types `/slips 量子计算` has no words to spare
    query = replace(query, text="" if slash else left)
    known = replace(known.of_team(query.team), as_of=query.as_of != today)
    if slash == "report" and kind is Kind.REPORT:
        found = _umbrella(query, left, known)
    else:
        found = of_kind(query, kind, left, known) if kind else read_plain(query, left, masked, known)
    found = of_plans(found, holidays)
    return _searching(found, rest) if found.kind is Kind.SEARCH else found


def _timed_and_teamed(
    query: Query, text: str, today: date, known: Known, holidays: Holidays | None
) -> tuple[Query, str, str]:
    """Range, day and team taken out of the text; the names of projects and figures are no part of either (2024规划).

    Beside what is left: the whole text without those names, in which the cues of a kind are looked for.
    """
    hidden = {_PRIVATE + at: char for at, char in enumerate(text)}
    masked, spans = text, []
    if literal := literal_name(text, known.projects):
        spans.append(literal.span)
    if (figure := figure_spot(text, known.metrics)) and not any(overlap(figure, span) for span in spans):
        spans.append(figure)
    for start, end in spans:
        masked = masked[:start] + "".join(chr(_PRIVATE + at) for at in range(start, end)) + masked[end:]
    query, left = timed(query, masked, today, holidays)
    query, left = take_team(query, left, known.teams, known.told)
    # "what does the Risk team own" asks for no risks, and neither does "what did Risk-Platform finish".
    named = (owner_in(text, known.owners), team_in(text, known.teams, known.told) if query.team else None)
    return query, left.translate(hidden), fold(blanked(text, _apart([*spans, *(one[1] for one in named if one)])))


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without those that share a character with an earlier one."""
    return [span for at, span in enumerate(spans) if not any(overlap(span, other) for other in spans[:at])]


def _begins_with_name(text: str, known: Known) -> bool:
    """Whether the first words are the name of an owner or a team."""
    named = (owner_in(text, known.owners), team_in(text, known.teams, known.told))
    return any(found is not None and found[1][0] == 0 for found in named)


def _searching(query: Query, whole: str) -> Query:
    """A bare day is searched for as it stands (`/search 9/30`), and so are days to come, a range and a team alone."""
    asked = query.range
    if query.team and not asked and not key(query.words):
        return replace(query, team=None, words=whole.strip())
    bare = asked is not None and asked.start == asked.end and re.search(r"\d", asked.text) is not None
    ahead = asked is not None and asked.start is not None and asked.start > query.as_of
    if asked and (bare or ahead or not key(query.words)):
        return replace(query, range=None, words=trim(whole) if key(trim(whole)) else whole.strip())
    return query


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


def timed(query: Query, text: str, today: date, holidays: Holidays | None) -> tuple[Query, str]:
    """The day and the range that the text names, and what is left of it."""
    if as_of := find_as_of(text, today):
        query, text = replace(query, as_of=min(as_of[0], today)), cut(text, as_of[1])
    if led := rule("why moved").search(fold(text)):
        after = find_range(text[led.end() :], query.as_of, holidays) if len(fold(text)) == len(text) else None
        if after and not text[led.end() :][: after.span[0]].strip("了 "):
            # "why was it moved to 2 Dec": no reports of that day are meant.
            text = cut(text, (led.end() + after.span[0], led.end() + after.span[1]))
    if found := find_range(text, query.as_of, holidays):
        start, end = found.span
        # "4月15日时数币的进度": 时 belongs to the day.
        end += text.startswith("时", end) and not text.startswith("时间", end)
        query, text = replace(query, range=found), cut(text, (start, end))
    return query, text


def _umbrella(query: Query, rest: str, known: Known) -> Query:
    """`/report X`: X a question kind → that kind; else a week or a team → its report; else a project → its status."""
    _, kind, below = _command(rest.strip())
    if kind and kind is not Kind.REPORT:
        return of_kind(query, kind, below, known)
    words = trim(without("words", "latest", rest))
    if not words or ((query.team or query.range) and not link(words, known.projects).named):
        return replace(query, kind=Kind.REPORT, words=words)
    return read_plain(query, rest, fold(rest), known)


