"""Line numbers as people read them."""

from __future__ import annotations

from collections.abc import Iterable


def line_ranges(lines: Iterable[int]) -> str:
    """Sorted line numbers with runs drawn together: `62–66, 71`."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
