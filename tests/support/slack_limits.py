"""What Slack refuses in a message or a view, as a list of reasons.

The shapes are written from Slack's reference (https://docs.slack.dev/reference/block-kit) and the measured facts in the
design (section 8). They are closed: a key or block that isn't listed here is a problem, as Slack rejects unknown ones
too. What the bot has no use for (video, cards, radio buttons …) is left out on purpose: add its shape before using it.

Reasons read as Slack's own do: `must be less than 3001 characters [json-pointer:/blocks/0/text/text]`.
"""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from slack_sdk.models.blocks import Block

Check = Callable[[Any, str], Iterator[str]]

BLOCK_TEXT = 11_000  # msg_blocks_too_long was seen from some 11,300 on (slackapi/bolt-js #2509, #2867)
VIEW_BYTES = 250_000
MESSAGE_TEXT = 40_000


def _say(reason: str, at: str) -> str:
    return f"{reason} [json-pointer:{at or '/'}]"


# ---- words to write a shape with -------------------------------------------------------------------------------------
def _string(longest: int = 0, shortest: int = 1) -> Check:
    """Text of `shortest` to `longest` characters; no upper limit if `longest` is 0."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield _say("must be a string", at)
        elif len(value) < shortest:
            yield _say(f"must be more than {shortest - 1} characters", at)
        elif longest and len(value) > longest:
            yield _say(f"must be less than {longest + 1} characters", at)

    return check


def _choice(*values: Any) -> Check:
    """One of a few constants, of the same type (so that true is not 1)."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not any(value == known and type(value) is type(known) for known in values):
            yield _say(f"must be one of {', '.join(map(str, values))}", at)

    return check


_flag = _choice(True, False)


def _number(lowest: float, highest: float) -> Check:
    """A number from `lowest` to `highest`."""

    def check(value: Any, at: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield _say("must be a number", at)
        elif not lowest <= value <= highest:
            yield _say(f"must be from {lowest} to {highest}", at)

    return check


def _many(item: Check, most: int = 0, least: int = 1) -> Check:
    """A list of `least` to `most` items; no upper limit if `most` is 0."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield _say("must be an array", at)
            return
        if len(value) < least:
            yield _say(f"no fewer than {least} items allowed", at)
        if most and len(value) > most:
            yield _say(f"no more than {most} items allowed", at)
        for index, part in enumerate(value):
            yield from item(part, f"{at}/{index}")

    return check


def _record(needs: Mapping[str, Check], may: Mapping[str, Check] | None = None) -> Check:
    """An object with the keys of `needs`, perhaps those of `may`, and no others."""
    known = {**needs, **(may or {})}

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield _say("must be an object", at)
            return
        for key in needs.keys() - value.keys():
            yield _say(f"missing required field: {key}", at)
        for key in value:
            yield from known[key](value[key], f"{at}/{key}") if key in known else [_say(f"unknown key: {key}", at)]

    return check


def _tagged(shapes: Mapping[str, Check]) -> Check:
    """An object that has one of the given shapes (which don't speak of `type`), as its `type` says."""

    def check(value: Any, at: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in shapes:
            yield _say(f"unsupported type: {kind}", f"{at}/type")
        else:
            yield from shapes[kind]({key: part for key, part in value.items() if key != "type"}, at)

    return check


def _either(*keys: str) -> Check:
    """Exactly one of these keys is there."""

    def check(value: Any, at: str) -> Iterator[str]:
        if sum(key in value for key in keys) != 1:
            yield _say(f"must define exactly one of {', '.join(keys)}", at)

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
    words = {"text": _string(longest)}
    return {"plain_text": _record(words, {"emoji": _flag}), "mrkdwn": _record(words, {"verbatim": _flag})}


def _plain(longest: int) -> Check:
    return _pick(_texts(longest), "plain_text")


def _text(longest: int) -> Check:
    return _tagged(_texts(longest))


def _option(text: Check) -> Check:
    return _record({"text": text, "value": _string(150)}, {"description": _plain(75), "url": _string(3000)})


_ID = {"action_id": _string(255)}
_STRESS = _choice("primary", "danger")
_ASKED = {"title": _plain(100), "text": _text(300), "confirm": _plain(30), "deny": _plain(30)}
_CONFIRM = _record(_ASKED, {"style": _STRESS})
_READ_OUT = {"accessibility_label": _string(75)}
_PRESSED = {**_ID, "confirm": _CONFIRM}
_CHOSEN = {**_PRESSED, "focus_on_load": _flag}
_PICKED = {**_CHOSEN, "placeholder": _plain(150)}
_OPTIONS = _many(_option(_plain(75)), 100)
_TYPED = {**_ID, "placeholder": _plain(150), "initial_value": _string(), "focus_on_load": _flag}
_SOURCE = {"image_url": _string(3000), "slack_file": _record({}, {"id": _string(), "url": _string()})}
_ELEMENTS: dict[str, Check] = {
    "button": _record(
        {"text": _plain(75)},
        {**_PRESSED, "value": _string(2000), "url": _string(3000), "style": _STRESS, **_READ_OUT},
    ),
    "overflow": _record({"options": _many(_option(_plain(75)), 5)}, _PRESSED),
    "static_select": _record({"options": _OPTIONS}, {**_PICKED, "initial_option": _option(_plain(75))}),
    "datepicker": _record({}, {**_PICKED, "initial_date": _string(10, 10)}),
    "plain_text_input": _record(
        {}, {**_TYPED, "multiline": _flag, "min_length": _number(0, 3000), "max_length": _number(1, 3000)}
    ),
    "image": _both(_record({"alt_text": _string(2000)}, _SOURCE), _either("image_url", "slack_file")),
}
_SELECTS = "static_select datepicker"

# ---- rich text -------------------------------------------------------------------------------------------------------
_STYLE = {"style": _record({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), _flag))}
_WORDS = {
    "text": _record({"text": _string()}, _STYLE),
    "link": _record({"url": _string(3000)}, {**_STYLE, "text": _string(), "unsafe": _flag}),
    "emoji": _record({"name": _string()}, {**_STYLE, "unicode": _string()}),
    "user": _record({"user_id": _string()}, _STYLE),
    "usergroup": _record({"usergroup_id": _string()}, _STYLE),
    "channel": _record({"channel_id": _string()}, _STYLE),
    "broadcast": _record({"range": _choice("here", "channel", "everyone")}, _STYLE),
    "date": _record(
        {"timestamp": _number(0, 10**10), "format": _string()}, {**_STYLE, "fallback": _string(), "url": _string()}
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
_RICH = _record({"elements": _many(_tagged(_LINES))}, {"block_id": _string(255)})


def _spoken(value: Any, at: str) -> Iterator[str]:
    """A rich cell says something: an empty cell is refused by Slack, whatever its type."""
    told = [text for _, key, text in _leaves(value, at) if key in ("text", "url", "name") or key.endswith("_id")]
    if not any(told):
        yield _say("must be more than 0 characters", at)


# ---- blocks ----------------------------------------------------------------------------------------------------------
def _block(needs: Mapping[str, Check], may: Mapping[str, Check] | None = None) -> Check:
    return _record(needs, {**(may or {}), "block_id": _string(255)})


_CELL = _tagged({"raw_text": _record({"text": _string()}), "rich_text": _both(_RICH, _spoken)})
_COLUMN = _record({}, {"align": _choice("left", "center", "right"), "is_wrapped": _flag})
_SAID = {**_texts(3000), "image": _ELEMENTS["image"]}
_FIELDS = _many(_text(2000), 10)
_BESIDE = _pick(_ELEMENTS, f"button overflow image {_SELECTS}")
_ENTRY = _pick(_ELEMENTS, f"plain_text_input {_SELECTS}")
_SHAPES: dict[str, Check] = {
    "header": _block({"text": _plain(150)}),
    "section": _block({}, {"text": _text(3000), "fields": _FIELDS, "expand": _flag, "accessory": _BESIDE}),
    "context": _block({"elements": _many(_tagged(_SAID), 10)}),
    "actions": _block({"elements": _many(_pick(_ELEMENTS, f"button overflow {_SELECTS}"), 25)}),
    "divider": _block({}),
    "image": _both(
        _block({"alt_text": _string(2000)}, {**_SOURCE, "title": _plain(2000)}), _either("image_url", "slack_file")
    ),
    "markdown": _block({"text": _string(12_000)}),
    "rich_text": _RICH,
    "table": _block({"rows": _many(_many(_CELL, 20), 100)}, {"column_settings": _many(_COLUMN, 20)}),
    "input": _block(
        {"label": _plain(2000), "element": _ENTRY}, {"hint": _plain(2000), "optional": _flag, "dispatch_action": _flag}
    ),
}
_IN_VIEW = "header section context actions divider image rich_text input"
_META = {"private_metadata": _string(3000, 0), "callback_id": _string(255), "external_id": _string(255)}
_BLOCKS = {
    "message": _many(_tagged(_SHAPES), 50),
    "modal": _many(_pick(_SHAPES, _IN_VIEW), 100),
    "home": _many(_pick(_SHAPES, _IN_VIEW), 100),
}
_VIEWS = {
    "modal": _record(
        {"type": _choice("modal"), "title": _plain(24), "blocks": _BLOCKS["modal"]},
        {**_META, "submit": _plain(24), "close": _plain(24), "clear_on_close": _flag, "notify_on_close": _flag},
    ),
    "home": _record({"type": _choice("home"), "blocks": _BLOCKS["home"]}, _META),
}


# ---- a payload as a whole --------------------------------------------------------------------------------------------
def _leaves(value: Any, at: str = "") -> Iterator[tuple[str, str, Any]]:
    """All (pointer, key, value) of a payload whose value is neither object nor list."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in pairs:
        here = f"{at}/{key}"
        if isinstance(part, dict | list):
            yield from _leaves(part, here)
        else:
            yield here, str(key), part


def _objects(value: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """All (pointer, object) of a payload, itself included."""
    if isinstance(value, dict):
        yield at, value
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _objects(part, f"{at}/{key}")


def _twice(names: Collection[Any], what: str, at: str) -> Iterator[str]:
    for name, count in Counter(map(str, names)).items():
        if count > 1:
            yield _say(f"{what} {name} already exists", at)


def _between(blocks: list[Any], kind: str) -> Iterator[str]:
    """What holds between blocks: unique ids, one table, the sum of the text."""
    known = [block for block in blocks if isinstance(block, dict)]
    yield from _twice([block["block_id"] for block in known if "block_id" in block], "block_id", "/blocks")
    for index, block in enumerate(blocks):
        ids = [part["action_id"] for _, part in _objects(block) if "action_id" in part]
        yield from _twice(ids, "action_id", f"/blocks/{index}")  # refused in one block: knacklabs/gantry #458
    if sum(block.get("type") == "table" for block in known) > 1:
        yield _say("only one table allowed", "/blocks")
    total = sum(len(text) for _, key, text in _leaves(blocks) if key == "text" and isinstance(text, str))
    if kind == "message" and total > BLOCK_TEXT:
        yield _say(f"{total} characters of text in all blocks, no more than {BLOCK_TEXT} allowed", "/blocks")


def _by_slack_sdk(block: Any, at: str) -> Iterator[str]:
    """What slack_sdk's own models say of a block and, through to_dict, of the elements within."""
    try:
        model = Block.parse(copy.deepcopy(block))
        if model is None:
            yield _say("slack_sdk: unknown block", at)
        else:
            model.validate_json()
            model.to_dict()
    except Exception as error:  # whatever a model cannot take is a finding
        yield _say(f"slack_sdk: {error}", at)


def block_problems(blocks: Any, kind: str = "message") -> list[str]:
    """Why Slack would refuse these blocks on a message, a modal or a home view."""
    found = list(_BLOCKS[kind](blocks, "/blocks"))
    if isinstance(blocks, list):
        found += _between(blocks, kind)
        found += [reason for n, block in enumerate(blocks) for reason in _by_slack_sdk(block, f"/blocks/{n}")]
    return found


def _view_problems(view: Mapping[str, Any], kind: str) -> list[str]:
    found = [reason for reason in _VIEWS[kind](view, "") if "[json-pointer:/blocks" not in reason]
    found += block_problems(view.get("blocks"), kind)
    asks = any(part.get("type") == "input" for _, part in _objects(view.get("blocks")))
    if kind == "modal" and asks and "submit" not in view:
        found.append(_say("missing required field: submit", ""))
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        found.append(_say(f"view_too_large: over {VIEW_BYTES} bytes", ""))
    return found


def ping_problems(payload: Mapping[str, Any], allowed: Collection[str] = ()) -> list[str]:
    """Where a text could notify somebody who isn't in `allowed` (Slack user ids): `<!…>`, `<@…>` and their rich kin."""
    found = []
    for at, part in _objects(dict(payload)):
        mentions = [part.get("user_id")] if part.get("type") == "user" and "user_id" in part else []
        if at == "" or part.get("type") in ("mrkdwn", "markdown"):
            mentions += [sign + name for sign, name in re.findall(r"<([!@])([^>|]*)", str(part.get("text") or ""))]
        if part.get("type") in ("broadcast", "usergroup"):
            mentions.append("!" + str(part["type"]))
        found += [_say(f"pings {who}", at) for who in mentions if str(who).removeprefix("@") not in allowed]
    if payload.get("link_names") or payload.get("parse") == "full":
        found.append(_say("link_names and parse=full turn plain words into mentions", ""))
    return found


def own_problems(payload: Mapping[str, Any], allowed: Collection[str] = ()) -> list[str]:
    """What Slack would take and we don't: no text beside blocks, pings, legacy attachments (nothing checks those)."""
    text = payload.get("text")
    found = []
    if not isinstance(text, str) or not text.strip():
        found.append(_say("missing text: the fallback for notifications", "/text"))
    if payload.get("attachments"):
        found.append(_say("legacy attachments are not used", "/attachments"))
    return found + ping_problems(payload, allowed)


def problems(payload: Mapping[str, Any], kind: str = "message", allowed: Collection[str] = ()) -> list[str]:
    """All reasons for which `payload` isn't fit to send, Slack's and our own; empty if it is.

    `kind` is message, modal or home; `allowed` are the user ids that its text may mention.
    """
    if kind != "message":
        return _view_problems(payload, kind) + ping_problems(payload, allowed)
    found = list(_string(MESSAGE_TEXT, 0)(payload.get("text", ""), "/text"))
    if payload.get("blocks"):
        found += block_problems(payload["blocks"])
    return found + own_problems(payload, allowed)


class Refusal(Exception):
    """Slack's error code for a call, with the reasons."""

    def __init__(self, error: str, reasons: Collection[str] = ()) -> None:
        super().__init__(error, *reasons)
        self.error, self.reasons = error, tuple(reasons)


def check_message(args: Mapping[str, Any], allowed: Collection[str], longest: int = MESSAGE_TEXT) -> None:
    """Raise the Refusal that a message earns: Slack's own first, then `unfit_message` for what only we refuse."""
    text, blocks, meta = args.get("text") or "", args.get("blocks") or [], args.get("metadata")
    if not isinstance(text, str) or not (text.strip() or blocks):
        raise Refusal("no_text")
    if len(text) > longest:
        raise Refusal("msg_too_long")
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    if reasons := block_problems(blocks) if blocks else []:
        raise Refusal("invalid_blocks", reasons)
    if meta is not None and not (isinstance(meta, dict) and meta.keys() == {"event_type", "event_payload"}):
        raise Refusal("invalid_metadata_format")
    if reasons := own_problems(args, allowed):
        raise Refusal("unfit_message", reasons)
