"""What a project waits for or depends on: 等待…, 依赖…, 受…影响, blocked by …"""

from __future__ import annotations

import re
from functools import cache

from store.reading.clauses import clauses
from store.reading.vocabulary import pattern, vocabulary
from store.records import Risk
from store.words.normalise import fold


@cache
def _rules() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rule) for rule in vocabulary()["risks"]["patterns"])


def read_risks(text: str, line: int) -> tuple[Risk, ...]:
    """The clauses of `text`, whose first line is line `line`, that tell of a dependency or a risk."""
    folded = fold(text)
    if not any(rule.search(folded) for rule in _rules()):
        return ()
    return tuple(Risk(c.text.strip(), line + c.line) for c in clauses(text) if _is_risk(fold(c.text)))


def _is_risk(clause: str) -> bool:
    bare = pattern("risks", "ignored").sub(" ", clause)
    return any(rule.search(bare) for rule in _rules())
