"""Whether a text calls a project by any of the names that people shorten it to."""

from __future__ import annotations

from bot.answers.context import Context
from bot.answers.keeping import units
from bot.question.lexicon import lexicon
from store.records import ProjectName
from store.words.normalise import fold, has_cjk

SHORTEST_BEGUN, BEGUN = 4, 0.6  # characters, and the share of a Chinese name: 物业缴费 of 物业缴费对接


def names_project(context: Context, project: ProjectName, text: str) -> bool:
    """Whether the text calls the project, or a part of it, by one of its names, by one without its ending (小贝 of
    小贝项目), or by the Latin word in it (POS)."""
    folded, there = fold(text), units(text)
    known = context.library.projects(context.viewer, context.as_of)
    family = [each for each in known if project.subject in (each.subject, each.parent)]
    names = [fold(name) for each in family for name, _ in each.names]
    bare = [_bare(name) for name in names]
    begun = [name[: max(SHORTEST_BEGUN, round(BEGUN * len(name)))] for name in names if has_cjk(name)]
    if any(name in folded for name in (*names, *bare, *begun) if len(name) > 1):
        return True
    own = [units(fold(name)) for name, _ in project.names]
    latin = {unit for each in own for unit in each if len(unit) > 1 and unit.isascii() and unit.isalpha()}
    return any(each and each <= there for each in own) or (has_cjk(project.name) and bool(latin & there))


def _bare(name: str) -> str:
    ending = next((end for end in lexicon()["words"]["generic"] if name.endswith(end)), "")
    return name.removesuffix(ending)
