"""Lines below a project that say how it stands and name no part of it: `整体上线11/9→11/16`, `灰度50%，12/22全量`."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from store.reading.marks import plain
from store.reading.vocabulary import alternatives, any_rule, vocabulary, words
from store.words.dates import find_dates
from store.words.normalise import fold

_ANY_DAY = date(2000, 1, 1)
_HEAD = re.compile(r"[:：,，;；。]")
_SIGNS = re.compile(r"\d{1,2}:\d{2}|\d[\d.,]*\s*(?:%|percent)?|[→➔⇒<>=~+\-–—/()（）【】\s.!]|至|到|由|从|为")


def is_statement(head: str) -> bool:
    """Whether what a line opens with is nothing but events, days, shares and words about them (上线不变, 联调受阻), or
    a reason (因SDK测试进度，…)."""
    text = fold(plain(head))
    if any_rule("projects", "opening_statement").match(text):
        return True
    for mention in reversed(find_dates(text, _ANY_DAY, likely=True)):
        text = text[: mention.span[0]] + " " + text[mention.span[1] :]
    first = next((part for part in _HEAD.split(re.sub(r"\d{1,2}:\d{2}", " ", text)) if part.strip()), "")
    bare = _SIGNS.sub(" ", _told().sub(" ", first)).strip()
    return not bare and first.strip() != "" and ("%" in first or any(map(str.isalpha, first)))


@cache
def _told() -> re.Pattern[str]:
    events = [word for entries in vocabulary()["events"].values() for word in entries]
    lists = ("closing", "activity", "headlines", "of_the_whole", "beside_events")
    planned = vocabulary()["event_rules"]["planned"]
    told = [*events, *planned, *(word for name in lists for word in words("projects", name))]
    return re.compile(alternatives(sorted(told, key=len, reverse=True)))
