"""A report's own lines in a modal: those around what an answer cites, the cited ones with a bar at their left.

A long report is shown by windows around its citations. The lines are those of the revision that the answer read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from bot.answers.lines import line_ranges
from bot.answers.model import shortened
from bot.catalogue import Say, sayer
from bot.originals import Cited, Ranges, Sources, packed
from bot.render.parts import source_name
from bot.render.slack_parts import Json, button, plain_text, shown
from bot.slack.ids import SOURCE_ACTION
from store.originals import Original

AROUND = 3  # lines shown before and after what is cited
LONGEST_LINE = 800  # characters: a line of a page without line ends may be all of it
BODY_LENGTH = 9000
MOST_LINES = 150
MOST_NOTES = 5
LINES_A_BLOCK = 40  # a block that holds everything takes seconds to be laid out on a phone


class Line(NamedTuple):
    """A line of a report: its number, what it says, and whether the answer cites it. Number 0 is a gap."""

    number: int
    text: str
    cited: bool


def render_source(sources: Sources, originals: Sequence[Original | None], notes: Sequence[str] = ()) -> Json:
    """The modal with the report that is to be looked at, and a button for each other one that its viewer may see.

    `originals` are the cited reports, None where the viewer may not see them: they are as if they weren't cited.
    `notes` say what people corrected in the cited lines.
    """
    say, at = sayer(sources.lang), sources.shown
    original = originals[at] if at < len(originals) else None
    body = _report(say, original, sources.cited[at], notes) if original else [_section(say("source.gone"))]
    others = _others(sources, originals, say)
    return {
        "type": "modal", "title": plain_text(say("source.title")), "close": plain_text(say("source.close")),
        "blocks": [*body, *others],
    }  # fmt: skip


def render_broken(message: Json, lang: str) -> Json:
    """The modal for a message that says that something broke."""
    say = sayer(lang)
    return {"type": "modal", "title": plain_text(say("source.title")), "close": plain_text(say("source.close")),
            "blocks": message["blocks"]}  # fmt: skip


def _report(say: Say, original: Original, cited: Cited, notes: Sequence[str]) -> list[Json]:
    blocks: list[Json] = [{"type": "header", "text": plain_text(shortened(report_name(original), 150))}]
    if original.withdrawn:
        return [*blocks, _section(say("source.withdrawn"))]
    name = shortened(source_name(original.report.source), 200) or "–"
    named = say("source.of", name=name, revision=original.cited) if original.report.revision > 1 else name
    told = [named, *([say("source.cited", lines=_numbers(cited.ranges))] if cited.ranges else [])]
    blocks.append({"type": "context", "elements": [plain_text(shortened(each, 500)) for each in told]})
    if original.revised:
        since = "source.revised" if cited.ranges else "source.corrected"
        blocks.append(_section(say(since, now=original.report.revision, revision=original.cited)))
    blocks += [_section(shortened(note, LONGEST_LINE)) for note in notes[:MOST_NOTES]]
    return [*blocks, *_lines(say, windows(original.lines, cited.ranges))]


def report_name(original: Original) -> str:
    """`支付中心 · 第50周 · 2023-12-08`."""
    report = original.report
    return " · ".join(filter(None, (report.team, report.label, report.report_date.isoformat())))


def _numbers(ranges: Ranges) -> str:
    return line_ranges([line for first, last in ranges for line in range(first, min(last, first + 5000) + 1)])


def windows(lines: Sequence[str], ranges: Ranges) -> list[Line]:
    """The cited lines with those around them, in the report's order, and a gap (number 0) between the windows; all
    lines where none is cited: the report itself is asked for."""
    cited = {line for first, last in ranges for line in range(first, min(last, len(lines)) + 1)}
    around = {at for line in cited for at in range(line - AROUND, line + AROUND + 1) if 1 <= at <= len(lines)}
    near = sorted(around) if ranges else range(1, len(lines) + 1)
    found: list[Line] = []
    for at in near:
        if found and found[-1].number != at - 1:
            found.append(Line(0, "…", False))
        found.append(Line(at, lines[at - 1], at in cited))
    return [line for line in found if line.cited or line.text.strip()]


def _lines(say: Say, lines: Sequence[Line]) -> list[Json]:
    kept = list(_fitting(lines))
    blocks = [_block(kept[at : at + LINES_A_BLOCK]) for at in range(0, len(kept), LINES_A_BLOCK)]
    return [*blocks, *([_section(say("source.cut"))] if len(kept) < len(lines) else [])]


def _fitting(lines: Sequence[Line]) -> Iterator[Line]:
    room = BODY_LENGTH
    for line in lines[:MOST_LINES]:
        text = shortened(line.text.strip("\n"), LONGEST_LINE)
        room -= len(text) + 8
        if room <= 0:
            return
        yield line._replace(text=text)


def _block(lines: Sequence[Line]) -> Json:
    parts = []
    for cited, group in groupby(lines, key=lambda line: line.cited):
        spans = [part for line in group for part in _line(line)]
        spans[-1]["text"] = spans[-1]["text"].rstrip("\n") or " "
        parts.append({"type": "rich_text_quote" if cited else "rich_text_section", "elements": spans})
    return {"type": "rich_text", "elements": parts}


def _line(line: Line) -> list[Json]:
    text: Json = {"type": "text", "text": f"{shown(line.text)}\n"}
    if line.cited:
        text["style"] = {"bold": True}
    number: Json = {"type": "text", "text": f"{line.number}", "style": {"code": True}}
    return [number, {"type": "text", "text": " "}, text] if line.number else [text]


def _others(sources: Sources, originals: Sequence[Original | None], say: Say) -> list[Json]:
    known = [(at, one) for at, one in enumerate(originals) if one and at != sources.shown]
    if not known:
        return []
    pressed = [button(f"{SOURCE_ACTION}_{at}", report_name(one), packed(replace(sources, shown=at)))
               for at, one in known]  # fmt: skip
    return [_section(say("source.others")), {"type": "actions", "elements": pressed}]


def _section(text: str) -> Json:
    return {"type": "section", "text": plain_text(text)}
