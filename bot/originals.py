"""What a button carries of an answer's sources: which lines of which reports, at which revision, and in whose words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from store.records import Citation

LONGEST = 2000  # characters of a button's value in Slack
MOST_REPORTS = 8
MOST_RANGES = 24

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """The lines of a report that an answer cites, at the revision that it read."""

    report_id: int
    revision: int
    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Sources:
    """The cited reports of an answer in `lang`, the best first; `shown` is the one to be looked at."""

    lang: str
    cited: tuple[Cited, ...]
    shown: int = 0


def sources_of(citations: Sequence[Citation], lang: str) -> Sources:
    """What is cited, each report once in order of its first citation: of very many, the first."""
    lines: dict[tuple[int, int], set[int]] = {}
    for citation in citations:
        key = (citation.report.id, citation.report.revision)
        lines.setdefault(key, set()).update(range(citation.line, citation.line_end + 1))
    cited = [Cited(*key, _ranges(sorted(known))) for key, known in list(lines.items())[:MOST_REPORTS]]
    return Sources(lang, tuple(cited))


def _ranges(lines: Sequence[int]) -> Ranges:
    ranges: list[tuple[int, int]] = []
    for line in lines:
        if ranges and line == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], line)
        else:
            ranges.append((line, line))
    return tuple(ranges[:MOST_RANGES])


def packed(sources: Sources) -> str:
    """The same as a button's value, in at most `LONGEST` characters: what is over it is left out at the end."""
    cited = [[one.report_id, one.revision, *(at for lines in one.ranges for at in lines)] for one in sources.cited]
    while len(text := json.dumps([sources.lang, sources.shown, *cited], separators=(",", ":"))) > LONGEST:
        longest = max(cited, key=len)
        del longest[-2:]
    return text


def unpacked(value: str) -> Sources:
    """What `packed` made a value of; ValueError for anything else."""
    lang, shown, *cited = json.loads(value)
    if lang not in ("zh", "en") or not 0 <= int(shown) < max(1, len(cited)):
        raise ValueError(value)
    return Sources(lang, tuple(map(_cited, cited)), int(shown))


def _cited(numbers: list[int]) -> Cited:
    report_id, revision, *ends = map(int, numbers)
    return Cited(report_id, revision, tuple(zip(ends[::2], ends[1::2], strict=True)))
