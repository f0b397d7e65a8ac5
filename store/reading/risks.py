"""What a project waits for or depends on: 等待…, 依赖…, 受…影响, blocked by …"""

from __future__ import annotations

from store.reading.clauses import clauses
from store.reading.vocabulary import any_rule, pattern
from store.records import Risk
from store.words.normalise import fold


def read_risks(text: str, line: int) -> tuple[Risk, ...]:
    """The clauses of `text`, whose first line is line `line`, that tell of a dependency or a risk."""
    if not any_rule("risks", "patterns").search(fold(text)):
        return ()
    return tuple(Risk(c.text.strip(), line + c.line) for c in clauses(text) if _is_risk(fold(c.text)))


def _is_risk(clause: str) -> bool:
    bare = pattern("risks", "ignored").sub(" ", clause)
    return any_rule("risks", "patterns").search(bare) is not None
