"""Block Kit as a page: what a message, modal or home view of the bot looks like in Slack, near enough to judge it by.

A block or element that isn't known here is an error, so that no picture leaves anything out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]
CSS = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
_LINK = re.compile(r"&lt;(https?://.*?)(?:\|(.*?))?&gt;")
_TAGS = {"rich_text_section": "div", "rich_text_preformatted": "pre", "rich_text_quote": "blockquote"}
_USER = re.compile(r"&lt;@([A-Z0-9]+)&gt;")


def page(inside: str, *, phone: bool = False) -> str:
    """A whole page, as wide as Slack's main pane or as a phone."""
    kind = ' class="phone"' if phone else ""
    return f'<!doctype html><meta charset="utf-8"><style>{CSS}</style><body{kind}><div class="frame">{inside}</div>'


def message(blocks: Iterable[Json], *, only_you: str = "", image: str = "") -> str:
    """A message of the bot; `only_you` is what Slack writes above an ephemeral one, `image` a picture's address."""
    above = f'<div class="alone">{escape(only_you)}</div>' if only_you else ""
    shown = "".join(map(block, blocks)) + (f'<div class="block"><img src="{image}"></div>' if image else "")
    who = '<span class="who">周知</span><span class="app">APP</span> <span class="time">15:04</span>'
    return f'{above}<div class="message"><div class="face">周</div><div class="body">{who}{shown}</div></div>'


def said(text: str, name: str = "林岚") -> str:
    """What a person wrote."""
    who = f'<span class="who">{escape(name)}</span> <span class="time">15:04</span>'
    return (
        f'<div class="message said"><div class="face person">{escape(name[-1])}</div>'
        f'<div class="body">{who}<div class="text">{_mrkdwn(text)}</div></div></div>'
    )


def modal(view: Json, errors: Mapping[str, str] | None = None) -> str:
    """A modal; `errors` by block id, as the bot sent them back."""
    buttons = f'<span class="button">{_text(view["close"])}</span>' if "close" in view else ""
    if "submit" in view:
        buttons += f'<span class="button primary">{_text(view["submit"])}</span>'
    foot = f'<div class="foot">{buttons}</div>' if buttons else ""
    inside = "".join(_with_error(each, errors or {}) for each in view["blocks"])
    bar = f'<div class="bar"><span>{_text(view["title"])}</span><span class="empty">✕</span></div>'
    return f'<div class="view">{bar}<div class="inside">{inside}</div>{foot}</div>'


def home(view: Json) -> str:
    """The Home tab."""
    inside = "".join(map(block, view["blocks"]))
    bar = '<div class="bar"><span>周知</span><span class="time">Home · Messages · About</span></div>'
    return f'<div class="view">{bar}<div class="inside">{inside}</div></div>'


def block(each: Json) -> str:
    """One block."""
    return f'<div class="block">{_BLOCKS[each["type"]](each)}</div>'


def _with_error(each: Json, errors: Mapping[str, str]) -> str:
    wrong = errors.get(each.get("block_id", ""))
    return block(each) + (f'<div class="error">{escape(wrong)}</div>' if wrong else "")


def _text(each: Json) -> str:
    return _mrkdwn(each["text"]) if each["type"] == "mrkdwn" else escape(each["text"])


def _mrkdwn(text: str) -> str:
    plain = escape(text.replace("&lt;", "‹lt›").replace("&gt;", "‹gt›").replace("&amp;", "&"))
    linked = _LINK.sub(lambda link: f'<a href="#">{link[2] or link[1]}</a>', plain)
    named = _USER.sub(lambda user: f'<span class="mention">@{user[1]}</span>', linked)
    styled = re.sub(r"(?<!\w)\*(\S[^*\n]*)\*(?!\w)", r"<b>\1</b>", named)
    styled = re.sub(r"(?<!\w)_(\S[^_\n]*)_(?!\w)", r"<i>\1</i>", styled)
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", styled).replace("‹lt›", "&lt;").replace("‹gt›", "&gt;")


def _rich_element(each: Json) -> str:
    match each["type"]:
        case "text":
            return _styled(escape(each["text"]), each.get("style") or {})
        case "link":
            return f'<a href="#">{escape(each.get("text") or each["url"])}</a>'
        case "user":
            return f'<span class="mention">@{escape(each["user_id"])}</span>'
        case "channel":
            return f'<span class="mention">#{escape(each["channel_id"])}</span>'
        case "emoji":
            return chr(int(each["unicode"], 16)) if "unicode" in each else f":{each['name']}:"
    raise KeyError(each["type"])


def _styled(text: str, style: Json) -> str:
    for name, tag in (("bold", "b"), ("italic", "i"), ("strike", "s"), ("code", "code")):
        text = f"<{tag}>{text}</{tag}>" if style.get(name) else text
    return text


def _rich(each: Json) -> str:
    parts = []
    for part in each["elements"]:
        if part["type"] == "rich_text_list":
            items = "".join(f"<li>{''.join(map(_rich_element, item['elements']))}</li>" for item in part["elements"])
            parts.append(f"<ul>{items}</ul>" if part["style"] == "bullet" else f"<ol>{items}</ol>")
            continue
        tag = _TAGS[part["type"]]
        inside = "".join(map(_rich_element, part["elements"]))
        parts.append(f'<{tag} class="text">{inside}</{tag}>')
    return "".join(parts)


def _cell(each: Json) -> str:
    return _rich(each) if each["type"] == "rich_text" else escape(each["text"])


def _table(each: Json) -> str:
    rows = ("".join(f"<td>{_cell(cell)}</td>" for cell in row) for row in each["rows"])
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _section(each: Json) -> str:
    text = f'<div class="text">{_text(each["text"])}</div>' if "text" in each else ""
    if "fields" in each:
        text += f'<div class="fields">{"".join(f"<div>{_text(field)}</div>" for field in each["fields"])}</div>'
    accessory = f"<div>{_element(each['accessory'])}</div>" if "accessory" in each else ""
    return f'<div class="section"><div>{text}</div>{accessory}</div>'


def _input(each: Json) -> str:
    optional = ' <span class="hint">(optional)</span>' if each.get("optional") else ""
    hint = f'<div class="hint">{_text(each["hint"])}</div>' if "hint" in each else ""
    return f"<label>{_text(each['label'])}{optional}</label>{_element(each['element'])}{hint}"


def _element(each: Json) -> str:
    kind = each["type"]
    if kind == "button":
        return f'<span class="button {each.get("style", "")}">{_text(each["text"])}</span>'
    if kind == "plain_text_input":
        long = " long" if each.get("multiline") else ""
        return f'<div class="field{long}">{escape(each.get("initial_value") or "") or _placeholder(each)}</div>'
    if kind in ("datepicker", "timepicker"):
        chosen = each.get("initial_date") or each.get("initial_time")
        return f'<span class="select">{chosen or _placeholder(each)}</span>'
    if kind in ("static_select", "external_select", "users_select", "conversations_select", "channels_select"):
        option = each.get("initial_option")
        return f'<span class="select">{_text(option["text"]) if option else _placeholder(each)}</span>'
    if kind in ("checkboxes", "radio_buttons"):
        return "".join(f"<div>○ {_text(option['text'])}</div>" for option in each["options"])
    if kind == "overflow":
        return '<span class="button">⋯</span>'
    raise KeyError(kind)


def _placeholder(each: Json) -> str:
    return f'<span class="empty">{_text(each["placeholder"])}</span>' if "placeholder" in each else "&nbsp;"


def _each_element(name: str) -> Callable[[Json], str]:
    return lambda each: f'<div class="{name}">{"".join(map(_element, each["elements"]))}</div>'


def _context(each: Json) -> str:
    return f'<div class="context">{"".join(f"<span>{_text(part)}</span>" for part in each["elements"])}</div>'


_BLOCKS: dict[str, Callable[[Json], str]] = {
    "header": lambda each: f"<h3>{_text(each['text'])}</h3>",
    "rich_text": _rich,
    "table": _table,
    "section": _section,
    "context": _context,
    "actions": _each_element("actions"),
    "input": _input,
    "divider": lambda each: "<hr>",
}
