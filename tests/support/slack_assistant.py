"""Slack's assistant pane: the threads that people open, and what the bot shows in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from support.slack_limits import Refusal

_NAME = "assistant.threads.set"
METHODS = frozenset(_NAME + what for what in ("SuggestedPrompts", "Status", "Title"))
SCOPE = "assistant:write"
MOST_PROMPTS = 4


@dataclass
class Pane:
    """One thread: what was shown in it last."""

    prompts: list[dict[str, str]] = field(default_factory=list)
    status: str = ""
    title: str = ""


class Panes:
    """The threads by their channel and time."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Pane] = {}

    def answer(self, method: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one of `METHODS`; a Refusal where Slack would refuse."""
        pane = self.known.get((str(args.get("channel_id")), str(args.get("thread_ts"))))
        if pane is None:
            raise Refusal("invalid_thread_ts")
        what = method.removeprefix(_NAME)
        if what == "SuggestedPrompts":
            pane.prompts = _prompts(args)
        else:
            said = str(args.get(what.lower()) or "")
            if what == "Title" and not said:
                raise Refusal("invalid_arguments", ["missing required field: title"])
            setattr(pane, what.lower(), said)
        return {}


def _prompts(args: Mapping[str, Any]) -> list[dict[str, str]]:
    given = args.get("prompts") or []
    listed = json.loads(given) if isinstance(given, str) else given
    if not 1 <= len(listed) <= MOST_PROMPTS or not all(each.get("title") and each.get("message") for each in listed):
        raise Refusal("invalid_arguments", ["prompts: one to four, each with a title and a message"])
    return list(listed)
