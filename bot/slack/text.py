"""What people write in Slack → plain questions."""

from __future__ import annotations

import re

_MENTION = re.compile(r"<@[^>]*>")
_LINK = re.compile(r"<(?:[#!@]?)([^<>|]*)(?:\|([^<>]*))?>")


def question_of(text: str) -> str:
    """The question in a message: without mentions of users, links as their text, Slack's escapes undone."""
    bare = _LINK.sub(lambda link: link[2] or link[1], _MENTION.sub(" ", text))
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
