"""Words → `Query`: a command or cue words give the kind, the grammar of ranges takes its part, the rest is a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.question.ahead import of_plans
from bot.question.content import counts, everything
from bot.question.details import (
    owner_in,
)
from bot.question.figures import (
    figure_spot,
)
from bot.question.kinds import blanked
from bot.question.known import Known
from bot.question.leading_team import leading_team
from bot.question.lexicon import command_words, rule
from bot.question.linking import link, literal_name
from bot.question.of_kind import LISTS, of_kind
from bot.question.plain import changed_figure, read_plain
from bot.question.query import Kind, Query
from bot.question.teams import names_in_full, take_team, team_in
from bot.question.text import cut, language_of, overlap, standard, trim, without
from store.words.holidays import Holidays
from store.words.names import key
from store.words.normalise import fold
from store.words.ranges import DateRange, find_as_of, find_range
from store.words.regex import regex

LONGEST_QUESTION = 500  # characters; what a person asks has no more, and matching names costs by length
_COMMAND = regex(r"\s*/\s*([^\s/]+)\s*(.*)", re.DOTALL)
_AT_THAT_TIME = regex(r"的?(?:那?时候|那?会儿?|当时|时(?![间点段候]))")
# 10月几号上线: the month is that of the day that is asked for, and no reports of it are meant.
_WHICH_DAY = regex(r"(?<=月)(?:份)?(?:的?(?:几号|哪天|哪一天|哪日))")
_BRACKET = regex(r"[(（\[]\s*([^()（）\[\]]{3,30})\s*[)）\]]")
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
    asked = _Asked(query, slash, kind, rest, today, holidays)
    found = _read(asked, known)
    if found.team and not names_in_full(found.team, text):
        other = _read(asked, replace(known, teams=()))
        # How many people Risk is short of is no question for risks.
        return found if other.kind in LISTS and counts(text) else _rather(found, other)
    return _of_leading_team(found, asked, known)


def _of_leading_team(found: Query, asked: _Asked, known: Known) -> Query:
    """The reading of a team's list where the word for the team is left over; the one without it is answered where that
    finds nothing."""
    if (led := leading_team(found, asked.rest, known.teams)) is None:
        return found
    of_team = _read(replace(asked, query=replace(asked.query, team=led[0]), rest=led[1]), known)
    if found.kind not in (of_team.kind, Kind.CHOICE):
        of_team = replace(found, team=led[0], words=led[2])
    return replace(of_team, instead=found)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question of which only the command is taken out: `rest` is the text, `kind` that of the command."""

    query: Query
    slash: str | None
    kind: Kind | None
    rest: str
    today: date
    holidays: Holidays | None


def _read(asked: _Asked, known: Known) -> Query:
    query, left, masked = _timed_and_teamed(asked.query, asked.rest, asked.today, known, asked.holidays)
    if asked.slash:
        known = replace(known, told=everything)  # whoever types `/slips 量子计算` has no words to spare
    query = replace(query, text="" if asked.slash else left)
    known = replace(known.of_team(query.team), as_of=query.as_of != asked.today)
    if asked.slash == "report" and asked.kind is Kind.REPORT:
        found = _umbrella(query, left, known)
    else:
        figure = changed_figure(query, left, known) if asked.kind is Kind.CHANGES and not asked.slash else None
        of_this = figure or (of_kind(query, asked.kind, left, known) if asked.kind else None)
        found = of_this or read_plain(query, left, masked, known)
    found = of_plans(found, asked.holidays)
    return _searching(found, asked.rest) if found.kind is Kind.SEARCH else found


def _rather(found: Query, other: Query) -> Query:
    """The reading by a team's short name, unless `other`, the one without it, has the word in a figure's name (收单
    availability is 收单系统可用性); where it found nothing to ask for, the other is answered in its place."""
    if found.kind is Kind.METRICS and other.metrics:
        return other
    vague = found.kind in (Kind.SEARCH, Kind.UNKNOWN) or (found.kind is Kind.STATUS and not found.named)
    return replace(found, instead=found.instead or other) if vague else found


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
    while led := rule("why moved").search(fold(text)):
        before = text
        after = find_range(text[led.end() :], query.as_of, holidays) if len(fold(text)) == len(text) else None
        if after and not text[led.end() :][: after.span[0]].strip("了 "):
            # "why was it moved to 2 Dec": no reports of that day are meant.
            text = cut(text, (led.end() + after.span[0], led.end() + after.span[1]))
        if text == before:
            break
    if found := find_range(text, query.as_of, holidays):
        start, end = found.span
        if _WHICH_DAY.match(text, end):
            return query, text[:start] + " " + text[end:]
        # "4月15日时数币的进度", 3/7的时候国密做到几个: 时 belongs to the day.
        behind = _AT_THAT_TIME.match(text, end)
        end = behind.end() if behind else end
        query, text = replace(query, range=found), _said_once(cut(text, (start, end)), found, query.as_of, holidays)
    return query, text


def _said_once(text: str, found: DateRange, as_of: date, holidays: Holidays | None) -> str:
    """The text without a bracket that says the same days again: next week (21-27 Oct)."""
    for bracket in _BRACKET.finditer(text):
        again = find_range(bracket[1], as_of, holidays, lean="near")
        if again and not bracket[1].replace(again.text, "").strip() and _touch(found, again):
            return cut(text, bracket.span())
    return text


def _touch(one: DateRange, other: DateRange) -> bool:
    return (one.start or one.end) <= other.end and (other.start or other.end) <= one.end


def _umbrella(query: Query, rest: str, known: Known) -> Query:
    """`/report X`: X a question kind → that kind; else a week or a team → its report; else a project → its status."""
    _, kind, below = _command(rest.strip())
    if kind and kind is not Kind.REPORT:
        return of_kind(query, kind, below, known)
    words = trim(without("words", "latest", rest))
    if not words or ((query.team or query.range) and not link(words, known.projects).named):
        return replace(query, kind=Kind.REPORT, words=words)
    return read_plain(query, rest, fold(rest), known)


