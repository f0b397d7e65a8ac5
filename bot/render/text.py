"""An answer as plain text: what JSON, notifications and pipes carry. Columns are aligned by display width."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

from bot.answers.model import Answer, Block, Para, Table, words_of
from bot.catalogue import sayer
from bot.question.query import Kind
from bot.render.parts import LONGEST_TEXT, cell_text, printable, sources_line

WORTH_CUTTING = 80  # characters


def render_text(answer: Answer, limit: int = LONGEST_TEXT) -> str:
    """The whole answer in at most `limit` characters, cut between lines where it is longer."""
    body = [words_of(answer.head), *(line for block in answer.blocks for line in _block(block))]
    footer = sources_line(answer)
    room = limit - len(footer) - 1
    kept = _fitting(body, room, sayer(answer.lang)("answer.cut"))
    return "\n".join([*kept, footer] if footer else kept)


def piped(answer: Answer) -> str:
    """The answer for a pipe or a file: unwrapped, with what may be asked next."""
    return printable("\n".join([render_text(answer), *([offers(answer)] if answer.suggestions else [])]))


def offers(answer: Answer) -> str:
    """What may be asked next; the readings of a choice have numbers, which the chat takes for an answer."""
    if answer.kind is not Kind.CHOICE:
        return "→ " + "   ".join(answer.suggestions)
    return "→ " + "   ".join(f"{at} {question}" for at, question in enumerate(answer.suggestions, 1))


def _fitting(lines: list[str], room: int, cut: str) -> list[str]:
    """The lines in `room` characters; what no longer fits is cut, within a line only where much of it still fits."""
    if len("\n".join(lines)) <= room:
        return lines
    kept: list[str] = []
    left = room - len(cut) - 1
    for line in lines:
        if len(line) + 1 > left:
            kept += [line[: left - 1]] if left > WORTH_CUTTING or not kept else []
            break
        kept.append(line)
        left -= len(line) + 1
    return [*kept, cut]


def _block(block: Block) -> Iterable[str]:
    if isinstance(block, Table):
        yield from _table(block)
    else:
        yield _para(block)


def _para(para: Para) -> str:
    lead = "• " if para.bullet else "  " * para.indent
    return lead + words_of(para.text).replace("\n", "\n" + "  " * (para.indent + 1))


def _table(table: Table) -> Iterable[str]:
    rows = [[cell_text(cell) for cell in row] for row in table.rows]
    widths = [max((cell_len(row[at]) for row in rows), default=0) for at in range(len(table.columns))]
    for row in rows:
        cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True) if width]
        yield ("  " + "  ".join(cells)).rstrip()
