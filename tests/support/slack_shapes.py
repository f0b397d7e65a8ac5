"""The shapes of Slack's blocks and views, closed: a key, block or element that isn't listed here is a problem.

They are written from Slack's reference (https://docs.slack.dev/reference/block-kit). What the bot has no use for
(video, cards …) is left out on purpose: add its shape before using it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Check = Callable[[Any, str], Iterator[str]]


def say(reason: str, at: str) -> str:
    """A reason as Slack words its own."""
    return f"{reason} [json-pointer:{at or '/'}]"


def leaves(value: Any, at: str = "") -> Iterator[tuple[str, str, Any]]:
    """All (pointer, key, value) of a payload whose value is neither object nor list."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in pairs:
        here = f"{at}/{key}"
        if isinstance(part, dict | list):
            yield from leaves(part, here)
        else:
            yield here, str(key), part


# ---- words to write a shape with -------------------------------------------------------------------------------------
def string(longest: int = 0, shortest: int = 1) -> Check:
    """Text of `shortest` to `longest` characters; no upper limit if `longest` is 0."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield say("must be a string", at)
        elif len(value) < shortest:
            yield say(f"must be more than {shortest - 1} characters", at)
        elif longest and len(value) > longest:
            yield say(f"must be less than {longest + 1} characters", at)

    return check


def _choice(*values: Any) -> Check:
    """One of a few constants, of the same type (so that true is not 1)."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not any(value == known and type(value) is type(known) for known in values):
            yield say(f"must be one of {', '.join(map(str, values))}", at)

    return check


_flag = _choice(True, False)


def _number(lowest: float, highest: float) -> Check:
    """A number from `lowest` to `highest`."""

    def check(value: Any, at: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield say("must be a number", at)
        elif not lowest <= value <= highest:
            yield say(f"must be from {lowest} to {highest}", at)

    return check


def _many(item: Check, most: int = 0, least: int = 1) -> Check:
    """A list of `least` to `most` items; no upper limit if `most` is 0."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield say("must be an array", at)
            return
        if len(value) < least:
            yield say(f"no fewer than {least} items allowed", at)
        if most and len(value) > most:
            yield say(f"no more than {most} items allowed", at)
        for index, part in enumerate(value):
            yield from item(part, f"{at}/{index}")

    return check


def _record(needs: Mapping[str, Check], may: Mapping[str, Check] | None = None) -> Check:
    """An object with the keys of `needs`, perhaps those of `may`, and no others."""
    known = {**needs, **(may or {})}

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield say("must be an object", at)
            return
        for key in needs.keys() - value.keys():
            yield say(f"missing required field: {key}", at)
        for key in value:
            yield from known[key](value[key], f"{at}/{key}") if key in known else [say(f"unknown key: {key}", at)]

    return check


def _tagged(shapes: Mapping[str, Check]) -> Check:
    """An object that has one of the given shapes (which don't speak of `type`), as its `type` says."""

    def check(value: Any, at: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in shapes:
            yield say(f"unsupported type: {kind}", f"{at}/type")
        else:
            yield from shapes[kind]({key: part for key, part in value.items() if key != "type"}, at)

    return check


def _either(*keys: str) -> Check:
    """Exactly one of these keys is there."""

    def check(value: Any, at: str) -> Iterator[str]:
        if sum(key in value for key in keys) != 1:
            yield say(f"must define exactly one of {', '.join(keys)}", at)

    return check


def _both(*checks: Check) -> Check:
    """All checks, one after the other; those after the first may rely on an object."""

    def check(value: Any, at: str) -> Iterator[str]:
        for each in checks if isinstance(value, dict) else checks[:1]:
            yield from each(value, at)

    return check


def _pick(shapes: Mapping[str, Check], names: str) -> Check:
    return _tagged({name: shapes[name] for name in names.split()})


# ---- composition objects and elements --------------------------------------------------------------------------------
def _texts(longest: int) -> dict[str, Check]:
    words = {"text": string(longest)}
    return {"plain_text": _record(words, {"emoji": _flag}), "mrkdwn": _record(words, {"verbatim": _flag})}


def _plain(longest: int) -> Check:
    return _pick(_texts(longest), "plain_text")


def _text(longest: int) -> Check:
    return _tagged(_texts(longest))


def _option(text: Check) -> Check:
    return _record({"text": text, "value": string(150)}, {"description": _plain(75), "url": string(3000)})


_ID = {"action_id": string(255)}
_STRESS = _choice("primary", "danger")
_ASKED = {"title": _plain(100), "text": _text(300), "confirm": _plain(30), "deny": _plain(30)}
_CONFIRM = _record(_ASKED, {"style": _STRESS})
_READ_OUT = {"accessibility_label": string(75)}
_PRESSED = {**_ID, "confirm": _CONFIRM}
_CHOSEN = {**_PRESSED, "focus_on_load": _flag}
_PICKED = {**_CHOSEN, "placeholder": _plain(150)}
_OPTIONS = _many(_option(_plain(75)), 100)
_TYPED = {**_ID, "placeholder": _plain(150), "initial_value": string(3000), "focus_on_load": _flag}
_DISPATCH = {"dispatch_action_config": _record({}, {"trigger_actions_on": _many(string(), 2)})}
_FEW = _many(_option(_text(75)), 10)
_SOURCE = {"image_url": string(3000), "slack_file": _record({}, {"id": string(), "url": string()})}
_ELEMENTS: dict[str, Check] = {
    "button": _record(
        {"text": _plain(75)},
        {**_PRESSED, "value": string(2000), "url": string(3000), "style": _STRESS, **_READ_OUT},
    ),
    "overflow": _record({"options": _many(_option(_plain(75)), 5)}, _PRESSED),
    "static_select": _record({"options": _OPTIONS}, {**_PICKED, "initial_option": _option(_plain(75))}),
    "multi_static_select": _record(
        {"options": _OPTIONS}, {**_PICKED, "initial_options": _OPTIONS, "max_selected_items": _number(1, 100)}
    ),
    "users_select": _record({}, {**_PICKED, "initial_user": string()}),
    "multi_users_select": _record(
        {}, {**_PICKED, "initial_users": _many(string()), "max_selected_items": _number(1, 100)}
    ),
    "checkboxes": _record({"options": _FEW}, {**_CHOSEN, "initial_options": _FEW}),
    "radio_buttons": _record({"options": _FEW}, {**_CHOSEN, "initial_option": _option(_text(75))}),
    "datepicker": _record({}, {**_PICKED, "initial_date": string(10, 10)}),
    "timepicker": _record({}, {**_PICKED, "initial_time": string(5, 5), "timezone": string()}),
    "file_input": _record({}, {**_ID, "filetypes": _many(string()), "max_files": _number(1, 10)}),
    "plain_text_input": _record(
        {},
        {**_TYPED, **_DISPATCH, "multiline": _flag, "min_length": _number(0, 3000), "max_length": _number(1, 3000)},
    ),
    "image": _both(_record({"alt_text": string(2000)}, _SOURCE), _either("image_url", "slack_file")),
}
_SELECTS = (
    "static_select multi_static_select users_select multi_users_select checkboxes radio_buttons datepicker timepicker"
)

# ---- rich text -------------------------------------------------------------------------------------------------------
_STYLE = {"style": _record({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), _flag))}
_WORDS = {
    "text": _record({"text": string()}, _STYLE),
    "link": _record({"url": string(3000)}, {**_STYLE, "text": string(), "unsafe": _flag}),
    "emoji": _record({"name": string()}, {**_STYLE, "unicode": string()}),
    "user": _record({"user_id": string()}, _STYLE),
    "usergroup": _record({"usergroup_id": string()}, _STYLE),
    "channel": _record({"channel_id": string()}, _STYLE),
    "broadcast": _record({"range": _choice("here", "channel", "everyone")}, _STYLE),
    "date": _record(
        {"timestamp": _number(0, 10**10), "format": string()}, {**_STYLE, "fallback": string(), "url": string()}
    ),
}
_LINE = {"elements": _many(_tagged(_WORDS), least=0)}
_BORDER = {"border": _choice(0, 1)}
_SECTION = _record(_LINE)
_LINES = {
    "rich_text_section": _SECTION,
    "rich_text_quote": _record(_LINE, _BORDER),
    "rich_text_preformatted": _record({"elements": _many(_pick(_WORDS, "text link"), least=0)}, _BORDER),
    "rich_text_list": _record(
        {"style": _choice("bullet", "ordered"), "elements": _many(_tagged({"rich_text_section": _SECTION}))},
        {**_BORDER, "indent": _number(0, 8), "offset": _number(0, 10**6)},
    ),
}
_RICH = _record({"elements": _many(_tagged(_LINES))}, {"block_id": string(255)})


def _spoken(value: Any, at: str) -> Iterator[str]:
    """A rich cell says something: an empty cell is refused by Slack, whatever its type."""
    told = [text for _, key, text in leaves(value, at) if key in ("text", "url", "name") or key.endswith("_id")]
    if not any(told):
        yield say("must be more than 0 characters", at)


# ---- blocks ----------------------------------------------------------------------------------------------------------
def _block(needs: Mapping[str, Check], may: Mapping[str, Check] | None = None) -> Check:
    return _record(needs, {**(may or {}), "block_id": string(255)})


_CELL = _tagged({"raw_text": _record({"text": string()}), "rich_text": _both(_RICH, _spoken)})
_COLUMN = _record({}, {"align": _choice("left", "center", "right"), "is_wrapped": _flag})
_SAID = {**_texts(3000), "image": _ELEMENTS["image"]}
_FIELDS = _many(_text(2000), 10)
_BESIDE = _pick(_ELEMENTS, f"button overflow image {_SELECTS}")
_ENTRY = _pick(_ELEMENTS, f"plain_text_input file_input {_SELECTS}")
_SHAPES: dict[str, Check] = {
    "header": _block({"text": _plain(150)}),
    "section": _block({}, {"text": _text(3000), "fields": _FIELDS, "expand": _flag, "accessory": _BESIDE}),
    "context": _block({"elements": _many(_tagged(_SAID), 10)}),
    "actions": _block({"elements": _many(_pick(_ELEMENTS, f"button overflow {_SELECTS}"), 25)}),
    "divider": _block({}),
    "image": _both(
        _block({"alt_text": string(2000)}, {**_SOURCE, "title": _plain(2000)}), _either("image_url", "slack_file")
    ),
    "markdown": _block({"text": string(12_000)}),
    "rich_text": _RICH,
    "table": _block({"rows": _many(_many(_CELL, 20), 100)}, {"column_settings": _many(_COLUMN, 20)}),
    "input": _block(
        {"label": _plain(2000), "element": _ENTRY}, {"hint": _plain(2000), "optional": _flag, "dispatch_action": _flag}
    ),
}
_IN_VIEW = "header section context actions divider image rich_text input"
_META = {"private_metadata": string(3000, 0), "callback_id": string(255), "external_id": string(255)}
BLOCKS = {
    "message": _many(_tagged(_SHAPES), 50),
    "modal": _many(_pick(_SHAPES, _IN_VIEW), 100),
    "home": _many(_pick(_SHAPES, _IN_VIEW), 100),
}
VIEWS = {
    "modal": _record(
        {"type": _choice("modal"), "title": _plain(24), "blocks": BLOCKS["modal"]},
        {**_META, "submit": _plain(24), "close": _plain(24), "clear_on_close": _flag, "notify_on_close": _flag},
    ),
    "home": _record({"type": _choice("home"), "blocks": BLOCKS["home"]}, _META),
}
