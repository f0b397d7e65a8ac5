"""What people write in Slack → plain questions."""

from __future__ import annotations

import re

_MENTION = re.compile(r"<@[^>]*>")
_ADDRESSED = re.compile(r"^\s*<@[^>]*>")
_BY_ID = re.compile(r"<[@#]([A-Z0-9]+)(?:\|[^>]*)?>")
_LINK = re.compile(r"<(?:[#!@]?)([^<>|]*)(?:\|([^<>]*))?>")


def question_of(text: str) -> str:
    """The question in a message: without mentions of users, links as their text, Slack's escapes undone."""
    bare = _LINK.sub(lambda link: link[2] or link[1], _MENTION.sub(" ", text))
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def with_ids(text: str) -> str:
    """The same with the people and channels that it mentions by their ids; whom it is addressed to is left out."""
    return question_of(_BY_ID.sub(r"\1", _ADDRESSED.sub("", text)))
