"""The events of milestones by their words: 提测, 上线, 评审 …"""

from __future__ import annotations

import re
from functools import cache

from store.reading.vocabulary import alternatives, vocabulary, words
from store.words.memo import remembered
from store.words.normalise import fold
from store.words.spotting import Spotter, WordRule


@cache
def _events() -> tuple[tuple[str, WordRule], ...]:
    table = vocabulary()["events"]
    return tuple((event, WordRule(alternatives(words("events", event)), _parts(event))) for event in table)


@cache
def _any_event() -> Spotter:
    return Spotter(part for event in vocabulary()["events"] for part in _parts(event))


def _parts(event: str) -> list[str]:
    """The event's words as far as they stand in every text that has them: go live may be written go-live."""
    return [fold(word).partition(" ")[0] for word in words("events", event)]


def as_written(event: str, text: str) -> str:
    """The word by which `text` calls the event: 全量 and 切流 are both 切量; the event's own name where none stands."""
    rule = dict(_events()).get(event)
    found = rule.search(fold(text)) if rule else None
    return found[0] if found else event


def event_in(text: str) -> str | None:
    """The first event that folded `text` names; a general one (完成) only where no other stands."""
    found = find_event(text)
    return found[0] if found else None


@remembered
def find_event(text: str) -> tuple[str, tuple[int, int]] | None:
    """The event of folded `text` as `event_in` has it, and where it stands.

    Of event words in a row the last is meant (上线演练 is an 演练), and one that only describes a thing is none
    (上线材料, 提测用例, UAT环境).
    """
    if not _any_event().stands(text):
        return None
    hits = sorted((found.start(), -found.end(), event) for event, rule in _events() for found in rule.finditer(text))
    general = vocabulary()["event_rules"]["general"]
    best: tuple[bool, int, int, str] | None = None
    for at, (start, end, event) in enumerate(hits):
        if any(other <= start and -until >= -end and (other, until) != (start, end) for other, until, _ in hits[:at]):
            continue  # 完成 inside 开发完成
        if _describes(text, -end) or _has_object(text, start, -end):
            continue
        if any(other == -end and name not in general for other, _, name in hits):
            continue
        candidate = (event in general, start, -end, event)
        best = candidate if best is None or candidate[:2] < best[:2] else best
    return (best[3], (best[1], best[2])) if best else None


@cache
def _object() -> re.Pattern[str]:
    follows = alternatives(words("event_rules", "follows"))
    return re.compile(rf"\s?(?!{follows})[\u3400-\u9fff]|\s?\d+\s*[\u3400-\u9fff]")


def _has_object(text: str, start: int, end: int) -> bool:
    """Whether something is taken off, and doesn't go: 下线实例20个, 下线9台."""
    return text[start:end] in vocabulary()["event_rules"]["transitive"] and _object().match(text, end) is not None


@cache
def _described() -> re.Pattern[str]:
    return re.compile(r"\s?" + alternatives(words("event_rules", "described")))


def _describes(text: str, end: int) -> bool:
    return _described().match(text, end) is not None
