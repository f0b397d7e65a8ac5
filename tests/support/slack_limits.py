"""What Slack refuses in a message or a view, as a list of reasons.

The shapes are in `slack_shapes`; here is what holds of a payload as a whole, from Slack's reference and the measured
facts in the design (section 8). Reasons read as Slack's own do:
`must be less than 3001 characters [json-pointer:/blocks/0/text/text]`.
"""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from slack_sdk.models.blocks import Block
from support.slack_shapes import BLOCKS, VIEWS, leaves, say, string

BLOCK_TEXT = 11_000  # msg_blocks_too_long was seen from some 11,300 on (slackapi/bolt-js #2509, #2867)
VIEW_BYTES = 250_000
MESSAGE_TEXT = 40_000


def _objects(value: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """All (pointer, object) of a payload, itself included."""
    if isinstance(value, dict):
        yield at, value
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _objects(part, f"{at}/{key}")


def _twice(names: Collection[Any], what: str, at: str) -> Iterator[str]:
    for name, count in Counter(map(str, names)).items():
        if count > 1:
            yield say(f"{what} {name} already exists", at)


def _between(blocks: list[Any], kind: str) -> Iterator[str]:
    """What holds between blocks: unique ids, one table, the sum of the text."""
    known = [block for block in blocks if isinstance(block, dict)]
    yield from _twice([block["block_id"] for block in known if "block_id" in block], "block_id", "/blocks")
    for index, block in enumerate(blocks):
        ids = [part["action_id"] for _, part in _objects(block) if "action_id" in part]
        yield from _twice(ids, "action_id", f"/blocks/{index}")  # refused in one block: knacklabs/gantry #458
    if sum(block.get("type") == "table" for block in known) > 1:
        yield say("only one table allowed", "/blocks")
    total = sum(len(text) for _, key, text in leaves(blocks) if key == "text" and isinstance(text, str))
    if kind == "message" and total > BLOCK_TEXT:
        yield say(f"{total} characters of text in all blocks, no more than {BLOCK_TEXT} allowed", "/blocks")


def _by_slack_sdk(block: Any, at: str) -> Iterator[str]:
    """What slack_sdk's own models say of a block and, through to_dict, of the elements within."""
    try:
        model = Block.parse(copy.deepcopy(block))
        if model is None:
            yield say("slack_sdk: unknown block", at)
        else:
            model.validate_json()
            model.to_dict()
    except Exception as error:  # whatever a model cannot take is a finding
        yield say(f"slack_sdk: {error}", at)


def block_problems(blocks: Any, kind: str = "message") -> list[str]:
    """Why Slack would refuse these blocks on a message, a modal or a home view."""
    found = list(BLOCKS[kind](blocks, "/blocks"))
    if isinstance(blocks, list):
        found += _between(blocks, kind)
        found += [reason for n, block in enumerate(blocks) for reason in _by_slack_sdk(block, f"/blocks/{n}")]
    return found


def _view_problems(view: Mapping[str, Any], kind: str) -> list[str]:
    found = [reason for reason in VIEWS[kind](view, "") if "[json-pointer:/blocks" not in reason]
    found += block_problems(view.get("blocks"), kind)
    asks = any(part.get("type") == "input" for _, part in _objects(view.get("blocks")))
    if kind == "modal" and asks and "submit" not in view:
        found.append(say("missing required field: submit", ""))
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        found.append(say(f"view_too_large: over {VIEW_BYTES} bytes", ""))
    return found


def ping_problems(payload: Mapping[str, Any], allowed: Collection[str] = ()) -> list[str]:
    """Where a text could notify somebody who isn't in `allowed` (Slack user ids): `<!…>`, `<@…>` and their rich kin."""
    found = []
    for at, part in _objects(dict(payload)):
        # A view names somebody without telling them; a message does both.
        named = part.get("type") == "user" and "user_id" in part and payload.get("type") not in ("home", "modal")
        mentions = [part.get("user_id")] if named else []
        if at == "" or part.get("type") in ("mrkdwn", "markdown"):
            mentions += [sign + name for sign, name in re.findall(r"<([!@])([^>|]*)", str(part.get("text") or ""))]
        if part.get("type") in ("broadcast", "usergroup"):
            mentions.append("!" + str(part["type"]))
        found += [say(f"pings {who}", at) for who in mentions if str(who).removeprefix("@") not in allowed]
    if payload.get("link_names") or payload.get("parse") == "full":
        found.append(say("link_names and parse=full turn plain words into mentions", ""))
    return found


def own_problems(payload: Mapping[str, Any], allowed: Collection[str] = ()) -> list[str]:
    """What Slack would take and we don't: no text beside blocks, pings, legacy attachments (nothing checks those)."""
    text = payload.get("text")
    found = []
    if not isinstance(text, str) or not text.strip():
        found.append(say("missing text: the fallback for notifications", "/text"))
    if payload.get("attachments"):
        found.append(say("legacy attachments are not used", "/attachments"))
    return found + ping_problems(payload, allowed)


def problems(payload: Mapping[str, Any], kind: str = "message", allowed: Collection[str] = ()) -> list[str]:
    """All reasons for which `payload` isn't fit to send, Slack's and our own; empty if it is.

    `kind` is message, modal or home; `allowed` are the user ids that its text may mention.
    """
    if kind != "message":
        return _view_problems(payload, kind) + ping_problems(payload, allowed)
    found = list(string(MESSAGE_TEXT, 0)(payload.get("text", ""), "/text"))
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
