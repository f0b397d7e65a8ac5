"""What people corrected by hand in the lines that an answer cites: said before its details, and held in its data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.answers.model import Answer, Para, Style, plain
from bot.catalogue import Say, sayer
from store.amending import NONE, Amended, Field
from store.library import Library
from store.viewer import Viewer

MOST_NOTES = 3  # an answer's own lines come soon after; its data holds them all


def with_corrections(answer: Answer, library: Library, viewer: Viewer) -> Answer:
    """The answer, with a note for each corrected fact in the lines that it cites; as it is where there is none."""
    corrected = library.corrections(viewer, [citation.report for citation in answer.citations])
    held = [one for one in corrected if any(touches(one, c.report.id, c.line, c.line_end) for c in answer.citations)]
    if not held:
        return answer
    say = sayer(answer.lang)
    notes = [correction_words(say, one) for one in held[:MOST_NOTES]]
    if len(held) > MOST_NOTES:
        notes.append(say("correction.more", count=len(held) - MOST_NOTES))
    told = tuple(Para(plain(note, Style.WARN)) for note in notes)
    data = {**answer.data, "corrections": [correction_data(one) for one in held]}
    lead = _lead(answer)
    return replace(answer, blocks=(*answer.blocks[:lead], *told, *answer.blocks[lead:]), data=data)


def _lead(answer: Answer) -> int:
    """How many blocks belong to the answer itself: the line below the head, unless details begin there at once."""
    first = answer.blocks[0] if answer.blocks else None
    return int(isinstance(first, Para) and not first.bullet and not first.indent)


def touches(one: Amended, report_id: int, line: int, line_end: int) -> bool:
    """Whether the corrected fact stands in these lines."""
    return one.correction.report_id == report_id and one.line <= line_end and line <= one.line_end


def correction_words(say: Say, one: Amended) -> str:
    """A correction as a sentence: what was read, what holds, who says so and why."""
    c = one.correction
    return say(
        "correction.note", name=c.name, line=one.line, field=say(f"correction.{c.field.value}"),
        read=shown(say, c.field, c.read), value=shown(say, c.field, c.value), who=c.decided_by, reason=c.reason,
    )  # fmt: skip


def shown(say: Say, what: Field, value: str) -> str:
    """A value as people read it."""
    if value == NONE:
        return say("correction.none")
    if what is Field.PROGRESS:
        return f"{value}%"
    if what is Field.STATE:
        return say(f"status.{value}")
    return say(f"correction.{value}") if what in (Field.REACHED, Field.CLOSED) else value


def correction_data(one: Amended) -> dict[str, Any]:
    """A correction as JSON values."""
    c = one.correction
    return {
        "number": c.number, "fact": c.field.fact.value, "name": c.name, "field": c.field.value, "read": c.read,
        "value": c.value, "reason": c.reason, "by": c.decided_by, "at": c.decided_at.isoformat(),
        "line_start": one.line, "line_end": one.line_end,
    }  # fmt: skip
