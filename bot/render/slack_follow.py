"""What followers see: the news of a report, and the list of what they follow."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.answers.model import shortened, words_of
from bot.catalogue import sayer
from bot.follows import News
from bot.render.slack import render_words
from bot.render.slack_parts import Json, bullets, button, escape, plain_text
from bot.slack.ids import ASK_ACTION, UNFOLLOW_ACTION
from store.follows import Follow

MOST_LINES = 20
MOST_FOLLOWS = 40
HEADER_LENGTH = 150
LABEL_LENGTH = 100


def packed(team: str, name: str) -> str:
    """A project as a button carries it."""
    return json.dumps([team, name], ensure_ascii=False)


def render_news(news: News, lang: str) -> Json:
    """The direct message on one report."""
    say, report = sayer(lang), news.report
    head = say("follow.news", team=report.team or "", report=report.label or report.report_date)
    asks = [
        button(f"{ASK_ACTION}{at}", shortened(name, 40), say("status.example", name=name))
        for at, name in enumerate(news.projects[:4])
    ]
    blocks: list[Json] = [
        {"type": "header", "text": plain_text(shortened(head, HEADER_LENGTH))},
        bullets("", news.lines[:MOST_LINES]),
        {"type": "context", "elements": [plain_text(shortened(report.source, 300))]},
        {"type": "actions", "elements": asks},
    ]
    text = "\n".join([head, *(f"• {words_of(line)}" for line in news.lines[:MOST_LINES])])
    return {"text": escape(shortened(text, 3000)), "blocks": blocks}


def render_follows(followed: Sequence[Follow], lang: str) -> Json:
    """What somebody follows, each with the button that ends it."""
    say = sayer(lang)
    if not followed:
        return render_words(say("follow.none"))
    blocks = [
        {
            "type": "section",
            "text": plain_text(shortened(f"{one.name} · {one.team}", LABEL_LENGTH)),
            "accessory": button(f"{UNFOLLOW_ACTION}{at}", say("follow.end"), packed(one.team, one.name)),
        }
        for at, one in enumerate(followed[:MOST_FOLLOWS])
    ]
    head = say("follow.list", count=len(followed))
    text = "\n".join([head, *(f"{one.name} · {one.team}" for one in followed[:MOST_FOLLOWS])])
    return {"text": escape(shortened(text, 3000)), "blocks": [*render_words(head)["blocks"], *blocks]}
