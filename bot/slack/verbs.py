"""What people tell the bot to do, beside asking it: `/report submit`, `提交周报`. The words are in `verbs.toml`.

A feature registers what it does; commands, mentions and direct messages look here before they ask the reports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import tomli
from slack_sdk import WebClient


@dataclass(frozen=True, slots=True)
class Asked:
    """Who told the bot something, and where. `thread` is "" outside of one; `trigger`, which opens a modal within
    three seconds, is "" where they wrote a message: there, answer with a button. `lang` is `zh` or `en`."""

    user: str
    channel: str
    thread: str
    lang: str
    trigger: str = ""
    written: str = ""


# What to say in return, to the one who asked alone where the place allows it; None where a modal was opened.
Verb = Callable[[Asked, str, WebClient], dict[str, Any] | None]


@cache
def verb_words() -> dict[str, str]:
    """Each word and the verb that it is: `{"follow": "follow", "关注": "follow"}`."""
    words = tomli.loads(files("bot.slack").joinpath("verbs.toml").read_text(encoding="utf-8"))
    return {word: verb for verb, each in words.items() for word in each}


@dataclass(frozen=True)
class Verbs:
    """The verbs that features have registered."""

    known: dict[str, Verb] = field(default_factory=dict)

    def add(self, name: str, verb: Verb) -> None:
        """Let `name`, a key of `verbs.toml`, do this."""
        self.known[name] = verb

    def find(self, text: str) -> tuple[Verb, str] | None:
        """The verb that `text` begins with, and what follows it; None where it is a question."""
        first, _, rest = text.strip().partition(" ")
        verb = self.known.get(verb_words().get(first.casefold(), ""))
        return (verb, rest.strip()) if verb else None
