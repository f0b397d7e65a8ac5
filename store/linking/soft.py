"""Groups of names that rules take for one, unless what the reports list side by side speaks against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from store.linking.groups import Groups, Join
from store.linking.likeness import Form, Rules, alike_pairs, form, lonely, shorter, tells
from store.linking.reasons import Reason, Why


@dataclass(frozen=True, slots=True)
class Kept:
    """Two keys that are alike and stay apart, and why."""

    one: str
    other: str
    why: Why


Beside = Callable[[Iterable[str]], bool]


def soft_joins(
    keys: Iterable[str], groups: Groups, written: Mapping[str, str], rules: Rules, beside: Beside
) -> tuple[list[Join], list[Kept]]:
    """The joins that the rules allow between the groups of `keys`, and the likenesses that were not believed.

    `written` is a name for each key; `beside` says whether one report lists two of some groups (by their roots).
    A name that fits two which stand side by side is neither's: all joins among such names are given up.
    """
    forms = {key: form(written[key]) for key in sorted(set(keys))}
    return believed(_between(forms.values(), groups, written, rules), groups, beside)


def believed(found: Sequence[Join], groups: Groups, beside: Beside) -> tuple[list[Join], list[Kept]]:
    """The joins that no report speaks against by listing two of what they put together, and the others."""
    kept = [Kept(j.one, j.other, Why.BESIDE) for j in found if beside([groups.root(j.one), groups.root(j.other)])]
    refused = {(k.one, k.other) for k in kept}
    left = [join for join in found if (join.one, join.other) not in refused]
    good: list[Join] = []
    for component in _components(left, groups):
        if beside(groups.root(key) for join in component for key in (join.one, join.other)):
            kept += [Kept(join.one, join.other, Why.UNCLEAR) for join in component]
        else:
            good += component
    return good, kept


def _between(forms: Iterable[Form], groups: Groups, names: Mapping[str, str], rules: Rules) -> list[Join]:
    """What the rules say of names in different groups that no person keeps apart."""
    return [
        Join(one.key, other.key, reason)
        for (one, other), reason in alike_pairs(forms, rules).items()
        if groups.root(one.key) != groups.root(other.key)
        and not groups.apart(one.key, other.key)
        and (reason is not Reason.SUFFIX or _tells(one, other, groups, names))
    ]


def _tells(one: Form, other: Form, groups: Groups, names: Mapping[str, str]) -> bool:
    """Whether what is left without the suffix is enough: 小贝 is, where no other name holds it; 存管 isn't."""
    core = one.key if one.key in shorter(other) else other.key
    return tells(core) or lonely(core, names, but=groups.members(one.key) | groups.members(other.key))


def _components(joins: Sequence[Join], groups: Groups) -> list[list[Join]]:
    """The joins by the sets of groups that they would put together, in a fixed order."""
    union = Groups()
    for join in joins:
        union.join([Join(groups.root(join.one), groups.root(join.other), join.reason)])
    found: dict[str, list[Join]] = {}
    for join in joins:
        found.setdefault(union.root(groups.root(join.one)), []).append(join)
    return list(found.values())
