"""What a request of Slack's looks like at the least, so that nonsense is refused before Bolt stumbles over it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs


def is_well_formed(body: bytes, content_type: str) -> bool:
    """Whether `body` is an event, an interaction or a command with the parts that Bolt and our listeners rely on."""
    try:
        if "json" in content_type:
            return _is_event(json.loads(body))
        form = {name: values[0] for name, values in parse_qs(body.decode("utf-8"), keep_blank_values=True).items()}
        if "payload" in form:
            return _is_interaction(json.loads(form["payload"]))
    except (ValueError, RecursionError):
        return False
    return "ssl_check" in form or "command" not in form or bool(form.get("user_id"))


def _is_event(body: Any) -> bool:
    if not isinstance(body, dict) or not isinstance(body.get("event", {}), dict):
        return False
    texts = [body.get("event", {}).get(name, "") for name in ("text", "user", "channel", "ts", "thread_ts")]
    return all(isinstance(text, str | None) for text in texts)


def _is_interaction(payload: Any) -> bool:
    if not isinstance(payload, dict) or not isinstance(payload.get("user"), dict):
        return False
    actions = payload.get("actions")
    pressed = isinstance(actions, list) and bool(actions) and all(isinstance(action, dict) for action in actions)
    return pressed or payload.get("type") != "block_actions"
