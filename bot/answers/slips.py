"""`/slips`: which milestones moved, how often, by how many days in all, and the lines that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from bot.answers.consulted import consulted, consulted_data, consulted_notes, missing_weeks
from bot.answers.context import Context
from bot.answers.dates import (
    Dated,
    Dates,
    asks_of,
    cite_telling,
    confirmed,
    dated_data,
    entries_of,
    event_name,
    names_of,
    place,
    retells,
    source,
    without_reports,
)
from bot.answers.listing import Entry, answer_list
from bot.answers.model import Answer, Para, Style, Text, plain, shortened
from bot.answers.moves import Moved, delayed_in_words, moves_of
from bot.answers.period import Period, period, slid
from bot.answers.settled import How
from bot.answers.slip_reasons import as_written, cite_reason, in_head, lines_of, reasons_of
from bot.answers.spoken_of import only_spoken_of
from bot.answers.unmoved import answer_unmoved
from bot.question.lexicon import pattern
from store.linking.milestones import Direction
from store.records import Citation, Mention, Update
from store.words.normalise import fold

ONCE = {Direction.SLIP: "slips.slip_once", Direction.FORWARD: "slips.forward_once"}
OFTEN = {Direction.SLIP: "slips.slip", Direction.FORWARD: "slips.forward"}


@dataclass(frozen=True, slots=True)
class Moving:
    """A milestone with all its moves, and those of them that the question asks for."""

    dated: Dated
    moves: tuple[Moved, ...]
    asked: tuple[Moved, ...]

    def of(self, direction: Direction) -> list[Moved]:
        """The moves asked for that go this way."""
        return [move for move in self.asked if move.direction is direction]

    def days(self, direction: Direction) -> int:
        """By how many days these moved it in all."""
        return sum(move.days for move in self.of(direction))

    @property
    def newest(self) -> date:
        """When the last move that is asked for was reported."""
        return self.asked[-1].reported


def answer_slips(context: Context) -> Answer:
    """The milestones whose new day was reported in the range; slipped ones first, newest move first."""
    if nothing := without_reports(context):
        return nothing
    dates, days = Dates(context), period(context)
    moving = sorted(_moving(dates, days), key=_order(context))
    if context.query.aspect == "repeated":
        moving = [one for one in moving if len(one.of(Direction.SLIP)) > 1]
    made = entries_of(context, moving, partial(_entry, dates))
    entries, unknown = only_spoken_of(context, made)
    if unknown:
        return unknown
    kept = {id(entry) for entry in entries}
    moving = [one for one, entry in zip(moving, made, strict=True) if id(entry) in kept]
    if _only_put_off(context):
        entries = [entry for one, entry in zip(moving, entries, strict=True) if one.of(Direction.SLIP)] or entries
    if not moving and context.query.project is not None:
        return answer_unmoved(dates, days)
    return _listed(dates, days, moving, entries)


def _listed(dates: Dates, days: Period, moving: Sequence[Moving], entries: Sequence[Entry]) -> Answer:
    context = dates.context
    reports = consulted(context, days.start, days.end)
    missing = missing_weeks(context, reports, days.start, days.end)
    words = _in_words(dates, days)
    found = bool(entries or reports)
    head = _head(dates, moving, days) if moving else _none(context, days, covered=bool(reports))
    return answer_list(
        context, head, entries, found=found, name="slips",
        notes=[*_words_notes(context, words), *slid(context, days),
               *consulted_notes(context, reports, () if entries else missing)],
        data={
            "start": days.start.isoformat() if days.start else None, "end": days.end.isoformat(),
            "slipped": sum(bool(one.of(Direction.SLIP)) for one in moving),
            "forward": sum(bool(one.of(Direction.FORWARD)) for one in moving),
            "in_words": [{"project": m.record.name, "text": text, **place(m.report, m.record.line)}
                         for m, text in words],
            "consulted": consulted_data(reports),
            "missing_weeks": [monday.isoformat() for monday in missing],
        },
        citations=[context.cite(m.report, m.record.line, m.record.line_end, text) for m, text in words],
    )  # fmt: skip


def _moving(dates: Dates, days: Period) -> list[Moving]:
    aspect, found = dates.context.query.aspect, []
    for project, series in dates.series():
        moves = moves_of(series)
        asked = tuple(move for move in moves if days.holds(move.reported) and _asked(move, aspect))
        if asked:
            found.append(Moving(dates.dated(project, series), moves, asked))
    return [one for one in found if not any(_retells(one, other) for other in found)]


def _retells(one: Moving, other: Moving) -> bool:
    """Whether a highlight tells a move that a row tells too, under a name that goes on:
    路由V3 压测机器4/2到位，灰度由4/8推迟到4/22."""
    if not retells(one.dated, other.dated, newest=False):
        return False
    moved = {(move.start, move.to.start, move.reported) for move in other.asked}
    return all((move.start, move.to.start, move.reported) in moved for move in one.asked)


def _asked(move: Moved, aspect: str | None) -> bool:
    wanted = {"forward": Direction.FORWARD, "slipped": Direction.SLIP}.get(aspect or "")
    return wanted is None or move.direction is wanted


def _only_put_off(context: Context) -> bool:
    """Whether plain words ask for what was put off: what was brought forward is then only counted."""
    query = context.query
    words = fold(query.question) if query.text and query.project is None and query.aspect != "forward" else ""
    return pattern("words", "put off").search(words) is not None


def _order(context: Context) -> Any:
    """Slips before what was brought forward, newest first; or by how far, or how often, where that is asked for."""

    def key(one: Moving) -> tuple[Any, ...]:
        slips, days = len(one.of(Direction.SLIP)), one.days(Direction.SLIP)
        by_count = (-slips, -days)
        first = {"most": (-days, -slips), "often": by_count, "repeated": by_count}.get(context.query.aspect or "", ())
        milestone = one.dated.milestone
        return (*first, slips == 0, -one.newest.toordinal(), -days, one.dated.called, milestone.start)

    return key


def _head(dates: Dates, moving: Sequence[Moving], days: Period) -> str:
    context = dates.context
    say, span = context.say, context.range_text(days.start, days.end)
    slipped = [one for one in moving if one.of(Direction.SLIP)]
    forward = [one for one in moving if one.of(Direction.FORWARD)]
    parts = []
    if slipped:
        projects = len({one.dated.project.subject for one in slipped})
        largest = max(slipped, key=lambda one: one.days(Direction.SLIP))
        parts.append(say("slips.head_slipped", count=len(slipped), projects=projects))
        if len(slipped) > 1:
            parts.append(say("slips.head_largest", name=_name(context, largest), days=largest.days(Direction.SLIP)))
        else:
            parts.append(f"{_name(context, largest)} {_chain(context, largest)} {_amount(context, largest)}")
        if context.query.aspect == "why" and projects == 1:
            reasons = [reason for move in reversed(largest.asked) for reason in reasons_of(dates, move)]
            parts.append(in_head(context, reasons))
    if forward:
        parts.append(say("slips.head_forward", count=len(forward)))
        if len(forward) == 1 and not slipped:
            parts.append(f"{_name(context, forward[0])} {_chain(context, forward[0])} {_amount(context, forward[0])}")
    return say("slips.head", range=span, parts=("；" if context.query.lang == "zh" else "; ").join(parts))


def _none(context: Context, days: Period, *, covered: bool) -> str:
    key = "slips.none_forward" if context.query.aspect == "forward" else "slips.none"
    return context.say(key if covered else "slips.uncovered", range=context.range_text(days.start, days.end))


def _name(context: Context, one: Moving) -> str:
    return f"{one.dated.called} {event_name(context, one.dated)}"


def _chain(context: Context, one: Moving) -> str:
    """Every day that it had: `11/10 → 11/24 → 12/8`; the last one is the one that holds."""
    first = one.moves[0]
    told = [(first.start, first.end), *((move.to.start, move.to.end) for move in one.moves)]
    return " → ".join(context.days(*day) for day in told)


def _amount(context: Context, one: Moving) -> str:
    """How often and how far, with the sum: `推迟 2 次，共 28 天（14 + 14）`."""
    parts = []
    for direction in (Direction.SLIP, Direction.FORWARD):
        moves = one.of(direction)
        if moves:
            key = (ONCE if len(moves) == 1 else OFTEN)[direction]
            figures = " + ".join(str(move.days) for move in moves)
            parts.append(context.say(key, count=len(moves), days=one.days(direction), sum=figures))
    return ("，" if context.query.lang == "zh" else ", ").join(parts)


def _entry(dates: Dates, one: Moving, cited: bool) -> Entry:
    context = dates.context
    below = [text for move in one.asked for text in _move_lines(context, move)]
    if context.query.aspect == "why":
        below += [as_written(context, reason) for move in one.asked for reason in reasons_of(dates, move)]
    return Entry(
        text=(*plain(_name(context, one), Style.STRONG), *plain(f" {_chain(context, one)} · {_amount(context, one)}"),
              *plain(f" · {_now(context, one)}")),
        citations=_citations(dates, one) if cited else (),
        below=tuple(below),
        data=_data(one),
        asks=asks_of(context, one.dated),
        about=(_name(context, one), *names_of(dates, one.dated.project)),
    )  # fmt: skip


def _now(context: Context, one: Moving) -> str:
    """How it stands with the newest day."""
    milestone = one.dated.milestone
    if milestone.done:
        return context.say("slips.now_reached", day=context.days(milestone.start, milestone.end))
    if one.dated.end and one.dated.end.how is How.OPEN:
        day = context.days(milestone.start, milestone.end)
        return context.say("slips.now_open", day=day, words=one.dated.end.text)
    late = milestone.end < context.as_of
    key = "slips.now_ended" if late and one.dated.end else "slips.now_past" if late else "slips.now_planned"
    return context.say(key, day=context.days(milestone.start, milestone.end))


def _move_lines(context: Context, move: Moved) -> list[Text]:
    """From which day to which, by how many days, and where both stand; a vague day counts from its nearest end."""
    say = context.say
    sign = "+" if move.direction is Direction.SLIP else "−"
    fuzzy = ""
    if move.start != move.end or move.to.start != move.to.end:
        one, other = (move.end, move.to.end) if move.direction is Direction.SLIP else (move.start, move.to.start)
        fuzzy = say("slips.counted", start=context.day(one), end=context.day(other))
    days = f"{context.days(move.start, move.end)} → {context.days(move.to.start, move.to.end)}"
    new = source(context, move.new.mention.report, move.to.line)
    words = _quoted(move.to.text)
    told = say("slips.move", days=days, sign=sign, count=move.days, counted=fuzzy, words=words, place=new)
    if move.old is None:
        return [plain(told, Style.DIM)]
    old = f"{context.report(move.old.mention.report)} {say('answer.line', line=move.old.milestone.line)}"
    before = say("slips.before", day=context.days(move.start, move.end), place=old)
    return [plain(told + before, Style.DIM)]


def _quoted(text: str) -> str:
    return shortened(" ".join(text.split()), 40)


def _citations(dates: Dates, one: Moving) -> tuple[Citation, ...]:
    context, found = dates.context, list[Citation]()
    for move in reversed(one.asked):
        found.append(cite_telling(context, move.new))
        found += [cite_reason(context, line) for line in lines_of(dates, move)]
        found += [cite_telling(context, move.old)] if move.old else []
    if context.query.aspect == "why":
        told = [reason for move in reversed(one.asked) for reason in reasons_of(dates, move)]
        found = [cite_reason(context, reason) for reason in told] + found
    found += [cite_telling(context, move.new) for move in one.moves if move not in one.asked]
    found += [cite_telling(context, one.moves[0].old)] if one.moves[0].old else []
    stands = confirmed(dates, one.dated)
    return tuple(dict.fromkeys([*found, cite_telling(context, one.dated.newest), *([stands] if stands else [])]))


def _data(one: Moving) -> dict[str, Any]:
    return {
        **dated_data(one.dated),
        "times": len(one.of(Direction.SLIP)), "days": one.days(Direction.SLIP),
        "times_forward": len(one.of(Direction.FORWARD)), "days_forward": one.days(Direction.FORWARD),
        "moves": [_move_data(move) for move in one.asked],
    }  # fmt: skip


def _move_data(move: Moved) -> dict[str, Any]:
    old = move.old
    return {
        "direction": move.direction.value, "days": move.days,
        "from_start": move.start.isoformat(), "from_end": move.end.isoformat(),
        "to_start": move.to.start.isoformat(), "to_end": move.to.end.isoformat(),
        "old": {**place(old.mention.report, old.milestone.line), "text": old.milestone.text} if old else None,
        "new": {**place(move.new.mention.report, move.to.line), "text": move.to.text},
    }  # fmt: skip


def _in_words(dates: Dates, days: Period) -> list[tuple[Mention[Update], str]]:
    """What reports of the range say was put off without a new day, of projects that no dated move speaks of."""
    query = dates.context.query
    if query.aspect == "forward" or query.event or query.words:
        return []
    moved = {project.subject for project, series in dates.series() if moves_of(series)}
    found: dict[int, tuple[Mention[Update], str]] = {}
    for subject, mentions in dates.mentions.items():
        project = dates.known.get(subject)
        if project is None or subject in moved or not dates.meant(project):
            continue
        for mention in mentions:
            if days.holds(mention.report.report_date) and (text := delayed_in_words(mention.record)):
                found.setdefault(subject, (mention, text))
    return sorted(found.values(), key=lambda told: (-told[0].report.report_date.toordinal(), told[0].record.line))


def _words_notes(context: Context, words: Sequence[tuple[Mention[Update], str]]) -> list[Para]:
    if not words:
        return []
    notes = [Para(plain(context.say("slips.in_words", count=len(words))))]
    for mention, text in words:
        told = f"{mention.record.name}：{_quoted(text)}  {source(context, mention.report, mention.record.line)}"
        notes.append(Para(plain(told, Style.DIM), 1))
    return notes
