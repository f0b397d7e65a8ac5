"""Made-up names as questions meet them: projects and figures with the ways in which they are said."""

from __future__ import annotations

from store.records import ProjectName
from store.words.names import bracketed, key, spoken


def named(number: int, name: str, team: str = "支付中心", parent: int | None = None) -> ProjectName:
    """A project or figure of that name; names in its brackets are names of it too."""
    outer, aliases = bracketed(name)
    said = tuple((part, spoken(key(part))) for part in dict.fromkeys((name, outer, *aliases)))
    return ProjectName(number, team, name, said, parent)
