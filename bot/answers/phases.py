"""Whether two figures of a project measure the same: 开发完成90% and then 测试完成85% are no step back."""

from __future__ import annotations

from store.reading.vocabulary import pattern
from store.records import Update
from store.words.normalise import fold


def next_phase(now: Update, before: Update) -> bool:
    """Whether the one tells only of other phases of the work than the other did."""
    told, then = (set(pattern("progress", "phases").findall(fold(update.text))) for update in (now, before))
    return bool(told and then) and told.isdisjoint(then)
