"""Which updates speak of the same project: derived from all updates of a team, the same whatever came in first.

An update is linked to a subject by its name's key. What people decided comes first; then what names state
themselves (`家家盈平台（小贝项目）`, `云帆（原海风）`); then the strict rules of `likeness`, unless one report lists
both side by side. A part is known by its parent and its name, and a later report that names only the part means that
part, as long as one parent alone has such a part. Highlights call projects by short names of the day
(【银行卡办理延期】 of 存管衍生-银行卡办理): such a name is linked to the one project that it fits, if it is only one.

A wrong join is worse than a missed one: it tells a reader false things, while a missed one is seen and mended by
`zhouzhi alias`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from store.linking import brackets
from store.linking.continued import Spot, continued_joins
from store.linking.decisions import Decision, in_order
from store.linking.groups import Groups
from store.linking.likeness import PROJECTS, form, mistyped
from store.linking.names import Names, Place
from store.linking.reasons import Reason
from store.linking.shortened import part_leaves, short_joins
from store.linking.soft import Kept, soft_joins
from store.linking.subjects import Identity, Linked, Subject, subjects
from store.words.names import abbreviates, key, text_score
from store.words.normalise import fold

# All of the shorter name's words stand in the longer one, in order.
HIGHLIGHT_FITS = 0.99
# Of names with fewer characters together, one fits or abbreviates the other only where all of its own stand there.
_SURELY_WITHIN = 100


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of a project: the update's row, its names, where it stands in time (date, origin, line), whether it is
    a highlight, whose names are loose, the new name that its text gives it, its section, the progress told, and its
    owner."""

    update_id: int
    name: str
    parent: str | None
    order: Place
    loose: bool = False
    renamed: str | None = None
    section: str = ""
    progress: float | None = None
    owner: str = ""


def link(mentions: Iterable[Named], decisions: Iterable[Decision] = ()) -> tuple[Subject, ...]:
    """The subjects of one team, by first mention. The order in which `mentions` come in makes no difference."""
    ordered, decided = sorted(mentions, key=lambda m: (m.order, m.update_id)), in_order(decisions)
    listed = [(m.name, m.parent, m.order, m.loose) for m in ordered]
    said = [(f"{m.name}更名为{m.renamed}", None, m.order, True) for m in ordered if m.renamed]
    names = Names([*listed, *said], decided)
    kept = _join_alike_projects(ordered, names)
    identified = _identified(ordered, names)
    parts, kept_parts = _alike_parts(identified, names)
    moved = [
        replace(each, identity=(each.identity[0], parts[each.identity[0]].root(each.identity[1])))
        if each.identity[0] in parts
        else each
        for each in identified
    ]
    linked = _with_highlights(moved, names)
    return subjects(linked, names.groups, parts, names.written, decided, [*kept, *kept_parts])


def _join_alike_projects(ordered: Sequence[Named], names: Names) -> list[Kept]:
    """Join the projects that rules take for one. A name that is ever a part stays out: 对账 of POS isn't 对账平台."""
    owned = {names.root(m.name) for m in ordered if m.parent}
    tops = {names.root(m.name) for m in ordered if not m.loose and not m.parent}
    tops |= {names.root(m.parent) for m in ordered if m.parent}
    keys = [each for each in names.written if names.groups.root(each) in tops - owned]
    joins, kept = soft_joins(keys, names.groups, names.written, PROJECTS, names.beside)
    names.groups.join(joins)
    short, unclear = short_joins(keys, names.groups, names.written, names.dates(), names.beside)
    names.groups.join(short)
    names.groups.join(continued_joins(keys, names.groups, names.written, _spots(m for m in ordered if not m.loose)))
    _join_highlights(ordered, names, tops | owned)
    return [*kept, *unclear]


def _join_highlights(ordered: Sequence[Named], names: Names, known: set[str]) -> None:
    """Join what only highlights name, where one name goes on after the other."""
    loose = [m for m in ordered if names.root(m.name) not in known]
    keys = {key(m.name) for m in loose}
    names.groups.join(continued_joins(keys, names.groups, names.written, _spots(loose)))


def _spots(mentions: Iterable[Named]) -> dict[str, list[Spot]]:
    found: dict[str, list[Spot]] = {}
    for each in mentions:
        spot = Spot(*each.order[:2], fold(each.section), each.progress, each.owner)
        found.setdefault(key(each.name), []).append(spot)
        if each.parent:
            found.setdefault(key(each.parent), []).append(replace(spot, progress=None))
    return found


def _identified(ordered: Sequence[Named], names: Names) -> list[Linked]:
    owners: dict[str, set[str]] = {}
    for mention in ordered:
        if mention.parent:
            owners.setdefault(names.root(mention.name), set()).add(names.root(mention.parent))
    return [_identity(mention, names, owners) for mention in ordered]


def _identity(mention: Named, names: Names, owners: dict[str, set[str]]) -> Linked:
    own = names.root(mention.name)
    if mention.parent and (above := names.root(mention.parent)) != own:
        return _linked(mention, (above, own))
    known = owners.get(own, set()) - {own}
    if not mention.parent and len(known) == 1:
        return _linked(mention, (next(iter(known)), own), Reason.PART)
    return _linked(mention, ("", own))


def _linked(mention: Named, identity: Identity, reason: Reason | None = None) -> Linked:
    said = f"{mention.name}更名为{mention.renamed}" if mention.renamed else mention.name
    return Linked(mention.update_id, mention.name, mention.order, mention.loose, identity, reason, said=said)


def _alike_parts(identified: Sequence[Linked], names: Names) -> tuple[dict[str, Groups], list[Kept]]:
    """For each parent with parts that a rule takes for one, the groups of its parts' names; and what was refused.

    Within one parent alone, since the same two names may be two parts of another.
    """
    owns: dict[str, dict[str, set[str]]] = {}
    for each in identified:
        if each.identity[0] and not each.loose:
            listed = owns.setdefault(each.identity[0], {})
            for member in names.groups.members(each.identity[1]):
                listed.setdefault(member, set())
            listed.setdefault(key(each.name), set()).add(each.order[0])
    found: dict[str, Groups] = {}
    refused: list[Kept] = []
    for above, dates in owns.items():
        joins, kept = soft_joins(dates, names.groups, names.written, PROJECTS, names.beside)
        groups = names.groups.within(dates, joins) if joins else names.groups
        leaves = part_leaves(dates, groups, names.written, names.beside)
        short, unclear = short_joins(dates, groups, names.written, dates, names.beside, leaves)
        refused += [*kept, *unclear]
        if joins or short:
            found[above] = names.groups.within(dates, [*joins, *short])
    return found, refused


def _with_highlights(linked: Sequence[Linked], names: Names) -> list[Linked]:
    """The mentions, each highlight that has no identity among the projects linked to the one project that it fits."""
    known: dict[Identity, set[str]] = {}
    for each in linked:
        if not each.loose:
            parts = brackets.stated(each.name)
            known.setdefault(each.identity, set()).update((each.name, parts.outer, *parts.aliases))
    fits: dict[str, list[tuple[Identity, str]]] = {}
    found = []
    for each in linked:
        if each.loose and each.identity not in known:
            if each.name not in fits:
                fits[each.name] = _fitting(each.name, known, names.groups)
            if len(fits[each.name]) == 1:
                identity, via = fits[each.name][0]
                each = replace(each, identity=identity, reason=Reason.HIGHLIGHT, via=via)
        found.append(each)
    return found


def _fitting(highlight: str, known: Mapping[Identity, set[str]], groups: Groups) -> list[tuple[Identity, str]]:
    """The projects that a highlight's name fits, each with the name that it fits."""
    found, chars = [], frozenset(key(highlight))
    for identity, names in known.items():
        fitting = sorted(name for name in names if _fits(highlight, chars, name))
        if fitting and not groups.apart(key(highlight), identity[1]):
            found.append((identity, fitting[0]))
    return found


def _fits(highlight: str, chars: frozenset[str], name: str) -> bool:
    """Whether a highlight's name, whose key is of these `chars`, fits a project's."""
    one, other = key(highlight), key(name)
    if len(other) <= 2:
        return False
    # Two names in a hundred get so far: each name of a team is held against each highlight, and scores are dear.
    within = chars.issubset(other) if len(one) <= len(other) else chars.issuperset(other)
    if not within and len(one) + len(other) < _SURELY_WITHIN:
        return _mistypes(highlight, name)
    alike = max(text_score(highlight, name), text_score(name, highlight)) >= HIGHLIGHT_FITS
    return alike or _mistypes(highlight, name) or abbreviates(highlight, name)


def _mistypes(highlight: str, name: str) -> bool:
    one, other = form(highlight), form(name)
    return one.key != other.key and mistyped(one, other) is not None
