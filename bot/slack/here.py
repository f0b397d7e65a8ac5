"""`/report here`: whether a channel's answers to commands are for all of it or for the asker alone, and who says so."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import tomli
from slack_bolt import App
from slack_sdk import WebClient

from bot.catalogue import Say, sayer
from bot.render.slack import render_mention, render_words
from bot.slack.answering import Answering
from bot.slack.ids import is_direct
from bot.slack.verbs import Asked
from store.channels import Channels
from store.database.channels import Channel


def register(app: App, answering: Answering) -> None:
    """Let admins set it, and everybody ask for it."""

    def here(asked: Asked, rest: str, client: WebClient) -> dict[str, Any]:
        return _said(answering, asked, rest)

    answering.verbs.add("here", here)


def is_public(answering: Answering, channel: str) -> bool:
    """Whether commands are answered for all of this channel."""
    known = Channels(answering.asker.library).of(channel)
    return known is not None and known.public


def _said(answering: Answering, asked: Asked, rest: str) -> dict[str, Any]:
    say, channels = sayer(asked.lang), Channels(answering.asker.library)
    if is_direct(asked.channel):
        return render_words(say("here.nowhere"))
    wanted = _wanted().get(rest.casefold())
    if wanted and answering.roster().is_admin(asked.user):
        return _told(say, channels.set(asked.channel, wanted == "public", asked.user, answering.now()), "")
    hint = say("here.admins") if wanted else say("here.hint", command=answering.commands.report)
    return _told(say, channels.of(asked.channel), hint)


def _told(say: Say, known: Channel | None, hint: str) -> dict[str, Any]:
    stands, end = say("here.public" if known and known.public else "here.private"), hint and f"\n{hint}"
    if known is None:
        return render_words(stands + end)
    set_at = say("here.at", day=known.set_at.date().isoformat())
    return render_mention(stands + say("here.by"), known.set_by, set_at + end)


@cache
def _wanted() -> dict[str, str]:
    words = tomli.loads(files("bot.slack").joinpath("here.toml").read_text(encoding="utf-8"))
    return {word: name for name, each in words.items() for word in each}
