"""The list that a line announces: the items nested below it, or those behind its colon."""

from __future__ import annotations

from bot.answers.context import Context
from store.records import Hit, Item

COLONS = (":", "：")
MOST_BELOW = 12
GAP = 2  # lines between a line and its list, at most


def below_of(context: Context, hit: Hit) -> list[Item]:
    """The items of the list that a hit announces, in their order; none where it announces nothing."""
    items = [item for item, _ in context.library.items(context.viewer, hit.report)]
    at = next((at for at, item in enumerate(items) if item.line == hit.line), len(items))
    found: list[Item] = []
    last = hit.line_end
    announces = hit.text.rstrip().endswith(COLONS)
    for item in items[at + 1 :]:
        nested = item.depth > items[at].depth
        if not nested and not (announces and item.line - last <= GAP and not item.text.rstrip().endswith(COLONS)):
            break
        announces, last = announces and not (found and item.line - last > 1 and not nested), item.line_end
        found.append(item)
    return found[:MOST_BELOW]
