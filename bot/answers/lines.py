"""Lines of reports, and their numbers, as people read them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.reading.marks import plain


def line_ranges(lines: Iterable[int]) -> str:
    """Sorted line numbers with runs drawn together: `62–66, 71`."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


def readable(line: str) -> str:
    """A line of a report without what only marks it up: list marks, emphasis, the pipes of a table; empty for rules."""
    text = plain(line.strip().lstrip("-*• ").strip())
    if text.startswith("|") or text.endswith("|"):
        cells = re.split(r"(?<!\\)\|", text.strip("|"))
        text = " · ".join(cell.replace("\\|", "|") for part in cells if (cell := part.strip(" *")))
    return text if re.search(r"[^-=:|·\s]", text) else ""
