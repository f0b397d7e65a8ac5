"""An answer as Markdown, for a wiki page or a mail: nothing that a report says can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.answers.model import Answer, Block, Style, Table, Text, words_of
from bot.catalogue import sayer
from bot.render.parts import cell_text, printable, source_name, sources

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")
_AT_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def render_markdown(answer: Answer) -> str:
    """The whole answer: its first line as a heading, tables as tables, and each source with its quoted lines."""
    body = [line for block in answer.blocks for line in _block(block)]
    title = f"**{sayer(answer.lang)('answer.sources')}**"
    found = ["", title, "", *_sources(answer)] if answer.citations else []
    return "\n".join([f"### {_escaped(words_of(answer.head))}", "", *body, *found]).rstrip() + "\n"


def _block(block: Block) -> list[str]:
    if isinstance(block, Table):
        return ["", *_table(block), ""]
    lead = "- " if block.bullet else "  " * block.indent
    rest = "  " * (block.indent + block.bullet)
    return [f"{lead}{_text(block.text)}".replace("\n", f"  \n{rest}") + ("" if block.bullet else "  ")]


def _text(text: Text) -> str:
    spans = [(_escaped(span.text), span.style) for span in text]
    return "".join(f"**{said}**" if style in (Style.STRONG, Style.WARN, Style.HIT) and said.strip() == said and said
                   else said for said, style in spans)  # fmt: skip


def _escaped(text: str) -> str:
    return _AT_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", printable(text)))


def _table(table: Table) -> Iterable[str]:
    width = len(table.columns)
    yield "| " + " | ".join(_escaped(name) or " " for name in table.columns) + " |"
    yield "|" + " --- |" * width
    for row in table.rows:
        yield "| " + " | ".join(_escaped(" ".join(cell_text(cell).split())) or " " for cell in row) + " |"


def _sources(answer: Answer) -> Iterable[str]:
    say = sayer(answer.lang)
    for first, lines in sources(answer.citations):
        key = "answer.line" if lines.isdigit() else "answer.lines"
        url = printable(first.report.url or "")
        name = _escaped(source_name(first.report.source))
        link = f"[{name}](<{url}>)" if url.startswith(("https://", "http://")) and ">" not in url else name
        yield f"- {link} {say(key, line=lines, lines=lines)}"
        for citation in answer.citations:
            if citation.report.id == first.report.id:
                yield from _quote(citation.quote)


def _quote(quote: str) -> Iterable[str]:
    for line in filter(str.strip, quote.split("\n")):
        yield f"  > {_escaped(line.strip())}  "
