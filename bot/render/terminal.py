"""An answer in a terminal, in colour; rich leaves the colours out where the output is no terminal."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from bot.answers.model import Answer, Bar, Block, Cell, Para, Style, Table, Text
from bot.render.parts import bar, printable, sources_line
from bot.render.text import offers, piped

STYLES = {
    Style.PLAIN: "",
    Style.STRONG: "bold",
    Style.DIM: "dim",
    Style.HIT: "bold yellow",
    Style.WARN: "bold red",
}


def render_terminal(answer: Answer) -> RenderableType:
    """The answer as something that a rich console prints."""
    parts: list[RenderableType] = [_text(answer.head), *map(_block, answer.blocks)]
    if footer := sources_line(answer):
        parts.append(RichText(printable(footer), "dim"))
    if answer.suggestions:
        parts.append(RichText(printable(offers(answer)), "cyan"))
    return Group(*parts)


def _text(text: Text) -> RichText:
    return RichText.assemble(*((printable(span.text), STYLES[span.style]) for span in text))


def _block(block: Block) -> RenderableType:
    return _table(block) if isinstance(block, Table) else _para(block)


def _para(para: Para) -> RenderableType:
    text = _text(para.text)
    if para.bullet:
        text = RichText.assemble(("• ", "cyan"), text)
    return Padding(text, (0, 0, 0, 2 * para.indent))


def _table(table: Table) -> RenderableType:
    grid = RichTable.grid(padding=(0, 2, 0, 0))
    for at in range(len(table.columns)):
        grid.add_column(overflow="fold", ratio=None, no_wrap=at == len(table.columns) - 1 and len(table.columns) > 2)
    for row in table.rows:
        grid.add_row(*map(_cell, row))
    return Padding(grid, (0, 0, 0, 2))


def _cell(cell: Cell) -> RichText:
    if not isinstance(cell, Bar):
        return _text(cell)
    colour = "green" if cell.progress >= 100 else "cyan"
    return RichText.assemble((bar(cell.progress), colour), f" {cell}")


def print_answer(console: Console, answer: Answer) -> None:
    """Print the answer: in colour and to the width of a terminal; as plain text, unwrapped, into pipes and files."""
    if console.is_terminal:
        console.print(render_terminal(answer))
    else:
        console.out(piped(answer), highlight=False)
