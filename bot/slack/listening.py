"""Which messages the bot answers though nobody mentions it: in a thread, from whom it answered there, if they ask.

The words are in `listening.toml`. When in doubt it is silent.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import tomli

from bot.answers.ask import Turn
from bot.question.lexicon import command_words
from bot.question.query import Kind
from bot.slack.verbs import verb_words
from store.words.normalise import fold

LONGEST = 120  # characters; nobody asks a bot a whole paragraph
NO_QUESTION = frozenset({Kind.SEARCH, Kind.UNKNOWN, Kind.CHOICE, Kind.HELP})


def asks(text: str) -> bool:
    """Whether a message, its mentions included, reads as a question to whoever knows: short, one line, asking."""
    said = fold(text).strip()
    if not said or len(said) > LONGEST or "\n" in said or "```" in said or "<@" in said or "<!" in said:
        return False
    if said.startswith(_words("never")):
        return False
    first = said.partition(" ")[0]
    if said.startswith("/") or first in command_words() or first in verb_words():
        return True
    asking = any(word in said for word in _words("holds")) or said.startswith(_words("begins"))
    return asking or said.rstrip("!。.~").endswith(_words("ends"))


def worth_saying(turn: Turn) -> bool:
    """Whether an unasked-for answer helps: a question of a kind that the reports answer, or one that names what they
    know by name, so that their silence says something."""
    answer, query = turn.answer, turn.query
    known = query.project or query.metrics or query.team
    return answer.kind not in NO_QUESTION and bool(answer.found or known)


@cache
def _words(name: str) -> tuple[str, ...]:
    told = tomli.loads(files("bot.slack").joinpath("listening.toml").read_text(encoding="utf-8"))
    return tuple(map(fold, told[name]))
