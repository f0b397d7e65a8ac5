"""An answer as a Slack message: Block Kit within Slack's limits, whatever the reports hold.

Report text only goes where Slack reads no markup (plain_text, rich_text, raw_text cells), so nothing in a report can
ping anybody or forge a link. Limits: the design's section 8.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.answers.model import Answer, Block, Cell, Para, Span, Style, Table, Text, shortened, words_of
from bot.catalogue import sayer
from bot.objections import marked, packed
from bot.render.parts import MOST_SOURCES, cell_text, source_name, sources
from bot.render.text import render_text
from bot.slack.ids import ASK_ACTION, REASON_ACTION, REASON_BLOCK, TEXT_ACTION, WRONG_ACTION

MOST_BLOCKS = 48  # of 50; the sources and the buttons come on top
HEADER_LENGTH = 150
BUTTON_LENGTH = 75
VALUE_LENGTH = 2000
BODY_LENGTH = 9000  # of 11,000 over all blocks; the header, the sources and the buttons need the rest
CELL_LENGTH = 300
TABLE_ROWS = 100
MOST_BUTTONS = 5
SECTION_SPANS = 200
LONGEST_REASON = 1000
LONGEST_COPY = 3500

Json = dict[str, Any]


def render_slack(answer: Answer) -> Json:
    """`text` (the whole answer, for notifications and screen readers) and `blocks`."""
    head = words_of(answer.head) or " "
    blocks: list[Json] = [{"type": "header", "text": _plain_text(shortened(head, HEADER_LENGTH))}]
    body: tuple[Block, ...] = answer.blocks
    if len(head) > HEADER_LENGTH:
        body = (Para(answer.head), *body)
    blocks += _Body(sayer(answer.lang)("answer.cut")).build(body)[: MOST_BLOCKS - 3]
    blocks += [*_sources(answer), *_buttons(answer)]
    return {"text": escape(render_text(answer, 3500)), "blocks": blocks}


def unescape(text: str) -> str:
    """What `escape` was given."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escape(text: str) -> str:
    """The three characters that Slack asks to escape, and no others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain_text(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


class _Body:
    """The blocks of an answer's body, until the room for text is used up."""

    def __init__(self, more: str) -> None:
        self.room, self.more, self.tables = BODY_LENGTH, more, 0

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
        elements = [_element(span) for span in spans[:SECTION_SPANS] if span.text]
        return {"type": "rich_text_section", "elements": elements}

    def _table(self, table: Table) -> list[Json]:
        """The first table is one of Slack's, which allows one a message; further ones are lines of text."""
        self.tables += 1
        if self.tables > 1 or not table.rows:
            return self._paragraphs([Para(_as_line(row), 1) for row in table.rows])
        rows = [_row(table.columns)] if any(table.columns) else []
        for cells in table.rows[: TABLE_ROWS - 1]:
            row = _row([cell_text(cell) for cell in cells])
            self.room -= sum(len(cell["text"]) for cell in row)
            if self.room <= 0:
                break
            rows.append(row)
        settings = [{"is_wrapped": True} for _ in table.columns]
        return [{"type": "table", "rows": rows, "column_settings": settings}] if rows else []


def _element(span: Span) -> Json:
    element: Json = {"type": "text", "text": span.text}
    if span.style in (Style.STRONG, Style.WARN, Style.HIT):
        element["style"] = {"bold": True}
    elif span.style is Style.DIM:
        element["style"] = {"italic": True}
    return element


def _as_line(row: Iterable[Cell]) -> Text:
    return (Span("  ".join(filter(None, map(cell_text, row)))),)


def _row(cells: Sequence[str]) -> list[Json]:
    # An empty cell is refused by Slack.
    return [{"type": "raw_text", "text": shortened(cell.strip(), CELL_LENGTH) or "–"} for cell in cells]


def _sources(answer: Answer) -> list[Json]:
    """Where it stands, as links where the reports have them."""
    say, found = sayer(answer.lang), sources(answer.citations)
    colon = "：" if answer.lang == "zh" else ": "
    elements: list[Json] = []
    for citation, lines in found[:MOST_SOURCES]:
        key = "answer.line" if lines.isdigit() else "answer.lines"
        where = say(key, line=lines, lines=shortened(lines, 200))
        name = shortened(source_name(citation.report.source), 100)
        if (
            citation.report.url
            and citation.report.url.startswith(("https://", "http://"))
            and len(citation.report.url) < 1500
        ):
            text = f"<{_url(citation.report.url)}|{escape(name)}> {where}"
            elements.append({"type": "mrkdwn", "text": text, "verbatim": True})
        else:
            elements.append(_plain_text(f"{say('answer.sources')}{colon}{name} {where}"))
    if len(found) > MOST_SOURCES:
        elements.append(_plain_text(say("answer.more", count=len(found) - MOST_SOURCES)))
    return [{"type": "context", "elements": elements}] if elements else []


def _url(url: str) -> str:
    return escape(url).replace("|", "%7C").replace(" ", "%20")


def _buttons(answer: Answer) -> list[Json]:
    """The questions that may come next, one click each, and last the button that says that the answer is wrong."""
    buttons = [
        {
            "type": "button",
            "action_id": f"{ASK_ACTION}{at}",
            "text": _plain_text(shortened(question, BUTTON_LENGTH)),
            "value": question[:VALUE_LENGTH],
        }
        for at, question in enumerate(dict.fromkeys(filter(str.strip, answer.suggestions[:MOST_BUTTONS])))
    ]
    buttons += [*_copy(answer), *_wrong(answer)]
    return [{"type": "actions", "elements": buttons}] if buttons else []


def _copy(answer: Answer) -> list[Json]:
    """The button that gives the answer as plain text, where there is something to take along."""
    if not answer.citations or not answer.question.strip():
        return []
    text = _plain_text(sayer(answer.lang)("answer.as_text"))
    return [{"type": "button", "action_id": TEXT_ACTION, "text": text, "value": answer.question[:VALUE_LENGTH]}]


def render_copy(text: str) -> Json:
    """Text that can be copied as it stands: preformatted, and nothing in it is markup."""
    shown = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": shortened(text, LONGEST_COPY)}]}
    return {"text": escape(shortened(text, LONGEST_COPY)), "blocks": [{"type": "rich_text", "elements": [shown]}]}


def _wrong(answer: Answer) -> list[Json]:
    # Slack doesn't send an ephemeral message along with a click on its button: the button carries what is to be kept.
    if (one := marked(answer)) is None:
        return []
    text = _plain_text(sayer(answer.lang)("feedback.button"))
    return [{"type": "button", "action_id": WRONG_ACTION, "text": text, "value": packed(one)}]


def render_noted(text: str, lang: str, number: int) -> Json:
    """That a note was kept, with a field for the reason."""
    field = {"type": "plain_text_input", "action_id": REASON_ACTION, "max_length": LONGEST_REASON}
    asking = {"type": "input", "block_id": f"{REASON_BLOCK}{number}_{lang}", "dispatch_action": True, "optional": True,
              "label": _plain_text(sayer(lang)("feedback.why")), "element": field}  # fmt: skip
    return {"text": escape(text), "blocks": [*render_words(text)["blocks"], asking]}


def render_words(text: str) -> Json:
    """A sentence of the bot's own."""
    return {"text": escape(text), "blocks": [{"type": "section", "text": _plain_text(text)}]}
