"""What all of Slack's renderers share: text that Slack takes and reads as no markup, and buttons."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from bot.answers.model import Span, Style, Text, plain, shortened, words_of

BUTTON_LENGTH = 75
VALUE_LENGTH = 2000

Json = dict[str, Any]

# They turn what stands behind them around: a file `fdp.exe` would read as `exe.pdf`.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def shown(text: str) -> str:
    """`text` as it may be sent: � for control characters, halves of characters, and what turns text around.

    Joiners stay: without them an emoji of a family falls apart.
    """
    return text if text.isprintable() else "".join(map(_sent, text))


def _sent(char: str) -> str:
    if char in "\n\t":
        return char
    return "�" if char in _TURNING or unicodedata.category(char) in ("Cc", "Cs") else char


def unescape(text: str) -> str:
    """What `escape` was given."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escape(text: str) -> str:
    """The three characters that Slack asks to escape, and no others."""
    return shown(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(text: str) -> Json:
    """Text that Slack shows as it is written."""
    return {"type": "plain_text", "text": shown(text), "emoji": False}


def element(span: Span) -> Json:
    """A span as part of a rich text."""
    made: Json = {"type": "text", "text": shown(span.text)}
    if span.style in (Style.STRONG, Style.WARN, Style.HIT):
        made["style"] = {"bold": True}
    elif span.style is Style.DIM:
        made["style"] = {"italic": True}
    return made


def cut(line: Text, length: int) -> Text:
    """A line of at most so many characters before its source, which stands last and stays whole."""
    *said, source = line
    if len(words_of(tuple(said))) <= length:
        return line
    return (*plain(shortened(words_of(tuple(said)), length)), source)


def bullets(head: str, lines: Iterable[Text]) -> Json:
    """Lines below each other, with a heading in bold unless that is "", in one block of rich text."""
    items = {"type": "rich_text_list", "style": "bullet", "elements": [section(line) for line in lines]}
    above = [section((Span(head, Style.STRONG),))] if head else []
    return {"type": "rich_text", "elements": [*above, items]}


def section(line: Text) -> Json:
    """A line of rich text."""
    return {"type": "rich_text_section", "elements": [element(span) for span in line if span.text]}


def button(action: str, label: str, value: str) -> Json:
    """A button; its value must fit into `VALUE_LENGTH` and its label is cut."""
    text = plain_text(shortened(label, BUTTON_LENGTH))
    return {"type": "button", "action_id": action, "text": text, "value": value}


def written_in(blocks: list[Json]) -> int:
    """How many characters of text the blocks hold, as Slack counts them."""
    return sum(_written(block) for block in blocks)


def _written(part: Any) -> int:
    if isinstance(part, dict):
        own = len(part["text"]) if isinstance(part.get("text"), str) else 0
        return own + sum(_written(each) for each in part.values())
    return sum(map(_written, part)) if isinstance(part, list) else 0
