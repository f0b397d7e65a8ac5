"""What stands in a request of the bot to Slack."""

from __future__ import annotations

import contextlib
import json
from typing import Any
from urllib.parse import parse_qsl


def arguments(content_type: str, raw: bytes) -> dict[str, Any]:
    """The arguments of a request, from JSON or a form; unreadable JSON gives none, or stays a string within a form."""
    if content_type.startswith("application/json"):
        try:
            args = json.loads(raw)
        except ValueError:
            args = None
        return args if isinstance(args, dict) else {}
    form: dict[str, Any] = dict(parse_qsl(raw.decode(), keep_blank_values=True))
    for key in form.keys() & {"blocks", "metadata", "attachments", "view"}:
        with contextlib.suppress(ValueError):
            form[key] = json.loads(form[key])
    return form
