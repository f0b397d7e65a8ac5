"""An answer as a Slack message: Block Kit within Slack's limits, whatever the reports hold.

Report text only goes where Slack reads no markup (plain_text, rich_text, raw_text cells), so nothing in a report can
ping anybody or forge a link. Limits: the design's section 8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from bot.answers.model import Answer, Block, Cell, Para, Span, Style, Table, Text, shortened, words_of
from bot.catalogue import Say, sayer
from bot.render.parts import MOST_SOURCES, cell_text, has_link, source_name, sources
from bot.render.slack_buttons import buttons
from bot.render.slack_parts import Json, element, escape, plain_text, shown, unescape, written_in
from bot.render.text import render_text
from bot.slack.ids import REASON_ACTION, REASON_BLOCK
from store.records import Citation

__all__ = [
    "escape",
    "render_copy",
    "render_mention",
    "render_noted",
    "render_shared",
    "render_slack",
    "render_words",
    "unescape",
]

MOST_BLOCKS = 45  # of 50: the header, the sources, two rows of buttons and who asked come on top
HEADER_LENGTH = 150
TEXT_LENGTH = 10_600  # of 11,000 over all blocks; who asked comes on top
BODY_LENGTH = 9000
CELL_LENGTH = 300
TABLE_ROWS = 100
TABLE_COLUMNS = 5  # of the 20 that Slack takes
BAR_CELLS = 5  # a column of a table is a quarter of a phone
SECTION_SPANS = 200
LONGEST_REASON = 1000
LONGEST_COPY = 3500
LONGEST_QUESTION = 300


def render_slack(answer: Answer, asked_on: date | None = None, *, shareable: bool = False) -> Json:
    """`text` (the whole answer, for notifications and screen readers) and `blocks`; for the buttons that `asked_on` and
    `shareable` add see `buttons`."""
    head = words_of(answer.head) or " "
    top: Json = {"type": "header", "text": plain_text(shortened(head, HEADER_LENGTH))}
    body: tuple[Block, ...] = answer.blocks
    if len(head) > HEADER_LENGTH:
        body = (Para(answer.head), *body)
    end = [*_sources(answer), *buttons(answer, asked_on, shareable=shareable)]
    room = min(BODY_LENGTH, TEXT_LENGTH - written_in([top, *end]))
    blocks = [top, *_Body(sayer(answer.lang)("answer.cut"), room).build(body)[:MOST_BLOCKS], *end]
    return {"text": escape(render_text(answer, 3500)), "blocks": blocks}


def render_shared(message: Json, lang: str, user: str, question: str) -> Json:
    """An answer for all to see, below who asked for it: the one mention that a message may hold."""
    asked = sayer(lang)("share.asked", question=shortened(question.strip(), LONGEST_QUESTION))
    who = render_mention("", user, asked)
    # The answer's first line is what a notification shows, so who asked comes last there.
    return {"text": f"{message['text']}\n{who['text']}", "blocks": [*who["blocks"], *message["blocks"]]}


def render_mention(before: str, user: str, after: str) -> Json:
    """A sentence of the bot's own that mentions `user`, who is the one who presses or set something here."""
    parts = [*_words(before), {"type": "user", "user_id": user}, *_words(after)]
    block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}
    return {"text": f"{escape(before)}<@{user}>{escape(after)}", "blocks": [block]}


def _words(text: str) -> list[Json]:
    return [element(Span(text))] if text else []


class _Body:
    """The blocks of an answer's body, until the room for text is used up."""

    def __init__(self, more: str, room: int) -> None:
        self.room, self.more, self.tables = room, more, 0

    def build(self, body: Sequence[Block]) -> list[Json]:
        blocks: list[Json] = []
        paragraphs: list[Para] = []
        for block in body:
            if isinstance(block, Para):
                paragraphs.append(block)
                continue
            blocks += self._paragraphs(paragraphs)
            paragraphs = []
            blocks += self._table(block)
        return [*blocks, *self._paragraphs(paragraphs)]

    def _paragraphs(self, paragraphs: Sequence[Para]) -> list[Json]:
        sections = [section for para in paragraphs if (section := self._section(para))]
        return [{"type": "rich_text", "elements": sections}] if sections else []

    def _section(self, para: Para) -> Json | None:
        lead = "• " if para.bullet else "    " * para.indent
        spans = [Span(lead), *para.text, Span("\n")]
        size = sum(len(span.text) for span in spans)
        if self.room <= 0:
            return None
        self.room -= size
        if self.room <= 0:
            spans = [Span(self.more, Style.DIM)]
        elements = [element(span) for span in spans[:SECTION_SPANS] if span.text]
        return {"type": "rich_text_section", "elements": elements}

    def _table(self, table: Table) -> list[Json]:
        """The first table is one of Slack's, which allows one a message; further ones are lines of text, as are those
        that a phone would show by their edge."""
        self.tables += 1
        if self.tables > 1 or not 0 < len(table.columns) <= TABLE_COLUMNS or not table.rows:
            return self._paragraphs([Para(_as_line(row), 1) for row in table.rows])
        rows = [_row(table.columns)] if any(table.columns) else []
        for cells in table.rows[: TABLE_ROWS - 1]:
            row = _row([cell_text(cell, BAR_CELLS) for cell in cells])
            self.room -= sum(len(cell["text"]) for cell in row)
            if self.room <= 0:
                break
            rows.append(row)
        settings = [{"is_wrapped": True} for _ in table.columns]
        return [{"type": "table", "rows": rows, "column_settings": settings}] if rows else []


def _as_line(row: Iterable[Cell]) -> Text:
    return (Span("  ".join(filter(None, map(cell_text, row)))),)


def _row(cells: Sequence[str]) -> list[Json]:
    # An empty cell is refused by Slack.
    return [{"type": "raw_text", "text": shortened(shown(cell).strip(), CELL_LENGTH) or "–"} for cell in cells]


def _sources(answer: Answer) -> list[Json]:
    """Where it stands, as links where the reports have them; files of one name are told apart by their team."""
    say, found = sayer(answer.lang), sources(answer.citations)
    named = Counter(source_name(citation.report.source) for citation, _ in found)
    elements = [_source(say, citation, lines, named) for citation, lines in found[:MOST_SOURCES]]
    if elements and elements[0]["type"] == "plain_text":
        colon = "：" if answer.lang == "zh" else ": "
        elements[0]["text"] = f"{say('answer.sources')}{colon}{elements[0]['text']}"
    if len(found) > MOST_SOURCES:
        elements.append(plain_text(say("answer.more", count=len(found) - MOST_SOURCES)))
    return [{"type": "context", "elements": elements}] if elements else []


def _source(say: Say, citation: Citation, lines: str, named: Counter[str]) -> Json:
    report = citation.report
    where = say("answer.line" if lines.isdigit() else "answer.lines", line=lines, lines=shortened(lines, 200))
    name = source_name(report.source)
    if named[name] > 1 and report.team:
        name = f"{report.team} {name}"
    name = shortened(name, 100)
    if report.url and has_link(report):
        return {"type": "mrkdwn", "text": f"<{_url(report.url)}|{escape(name)}> {where}", "verbatim": True}
    return plain_text(f"{name} {where}")


def _url(url: str) -> str:
    return escape(url).replace("|", "%7C").replace(" ", "%20")


def render_copy(text: str) -> Json:
    """Text that can be copied as it stands: preformatted, and nothing in it is markup."""
    said = shown(shortened(text, LONGEST_COPY)) or " "
    block = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": said}]}
    return {"text": escape(said), "blocks": [{"type": "rich_text", "elements": [block]}]}


def render_noted(text: str, lang: str, number: int) -> Json:
    """That a note was kept, with a field for the reason."""
    field = {"type": "plain_text_input", "action_id": REASON_ACTION, "max_length": LONGEST_REASON}
    asking = {"type": "input", "block_id": f"{REASON_BLOCK}{number}_{lang}", "dispatch_action": True, "optional": True,
              "label": plain_text(sayer(lang)("feedback.why")), "element": field}  # fmt: skip
    return {"text": escape(text), "blocks": [*render_words(text)["blocks"], asking]}


def render_words(text: str) -> Json:
    """A sentence of the bot's own."""
    return {"text": escape(text), "blocks": [{"type": "section", "text": plain_text(text)}]}
