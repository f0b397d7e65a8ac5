"""From mentions with their identities to subjects: the name that each is shown by, its other names, and its links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from store.linking import brackets
from store.linking.decisions import Decision, Verdict, shown_name
from store.linking.groups import Groups, Join
from store.linking.likeness import PROJECTS, form
from store.linking.names import Place
from store.linking.reasons import READER, Reason, Why
from store.linking.soft import Kept
from store.words.names import key

Identity = tuple[str, str]  # the parent's root ("" without one) and the name's own


@dataclass(frozen=True, slots=True)
class Linked:
    """A mention with its identity; `reason` and `via` where it is linked by something else than its name; `said` is its
    name with all that the report says of it (海风平台更名为云帆平台)."""

    mention: int
    name: str
    order: Place
    loose: bool
    identity: Identity
    reason: Reason | None = None
    via: str | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """The link of a mention (the row of an update or a metric): why, by which other name, and who decided."""

    mention: int
    reason: Reason
    via: str | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class Apart:
    """Another subject (its position among the team's) that is alike and kept apart; `name` is the one alike."""

    other: int
    name: str
    why: Why
    decided_by: str


@dataclass(frozen=True, slots=True)
class Subject:
    """One project or metric of a team, with the name that it is shown by.

    `names` are all names it went by, each with the date of the first report that uses it; `aliases` the further ones
    that it can be asked for by: names without brackets, what stands in them, what people added. `parent` is a position
    among the subjects; `firm` is false for what is only ever a highlight.
    """

    name: str
    names: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, str], ...]
    parent: int | None
    firm: bool
    links: tuple[Link, ...]
    apart: tuple[Apart, ...] = ()


def subjects(
    linked: Sequence[Linked],
    groups: Groups,
    parts: Mapping[str, Groups],
    written: Mapping[str, str],
    decisions: Sequence[Decision],
    kept: Iterable[Kept],
) -> tuple[Subject, ...]:
    """The subjects of mentions in order of time, by first mention; `parts` are the groups of some parents' parts."""
    by_identity: dict[Identity, list[Linked]] = {}
    for each in linked:
        by_identity.setdefault(each.identity, []).append(each)
    position = {identity: at for at, identity in enumerate(by_identity)}
    apart = _apart(position, groups, parts, written, decisions, kept)
    found = []
    for identity, mentions in by_identity.items():
        above, own = identity
        known = parts.get(above, groups)
        parent = position.get(("", above)) if above else None
        found.append(_subject(mentions, known.members(own), known, decisions, parent, written, apart[identity]))
    return tuple(found)


def _subject(
    mentions: Sequence[Linked],
    keys: set[str],
    groups: Groups,
    decisions: Sequence[Decision],
    parent: int | None,
    written: Mapping[str, str],
    apart: tuple[Apart, ...],
) -> Subject:
    renamed = shown_name(keys, decisions)
    name = renamed[0] if renamed else _newest_name(mentions, groups.shortened(keys))
    whole: dict[str, str] = {}
    for mention in mentions:
        whole.setdefault(mention.name, mention.order[0])
    paths = groups.paths(key(name)) if key(name) in keys else {}
    return Subject(
        name=name,
        names=tuple(whole.items()),
        aliases=_aliases(name, whole, {**whole, **{m.said: m.order[0] for m in mentions if m.said}}, keys, decisions),
        parent=parent,
        firm=any(not mention.loose for mention in mentions),
        links=tuple(_link(mention, key(name), paths, written) for mention in mentions),
        apart=apart,
    )


def _newest_name(mentions: Sequence[Linked], shortened: set[str]) -> str:
    """The name that the newest report uses: no highlight's, no old name that a report says is given up, no misspelling
    of a name that is used more often, and no shortened one unless it has become the usual one."""
    firm = [m.said or m.name for m in mentions if not m.loose] or [m.name for m in mentions]
    former = {key(old) for name in firm for old in brackets.stated(name).former}
    names = [name for name in firm if key(name) not in former] or firm
    full = [name for name in names if key(name) not in shortened]
    names = full if 2 * len(full) >= len(names) else names
    newest, used = names[-1], Counter(map(key, names))
    for name in dict.fromkeys(reversed(names)):
        mistyped = PROJECTS.alike(form(newest), form(name)) in (Reason.SOUND, Reason.LETTER)
        if mistyped and used[key(name)] > used[key(newest)]:
            newest = name
    return brackets.shown(newest)


def _aliases(
    shown: str, whole: Mapping[str, str], said: Mapping[str, str], keys: set[str], decisions: Iterable[Decision]
) -> tuple[tuple[str, str], ...]:
    """The further names, each since the first name that holds it; what a person added, since the first of all."""
    found: dict[str, str] = {}
    for name, since in said.items():
        parts = brackets.stated(name)
        for text in (parts.outer, *(alias for alias in parts.aliases if key(alias) in keys)):
            if text and text not in whole:
                found.setdefault(text, since)
    first = min(whole.values())
    for decision in decisions:
        if decision.verdict is not Verdict.APART and keys.issuperset(decision.pair):
            found |= {name: first for name in decision.names if name not in whole}
    return tuple(found.items()) if shown in whole or shown in found else ((shown, first), *found.items())


def _link(mention: Linked, shown: str, paths: Mapping[str, Join], written: Mapping[str, str]) -> Link:
    if mention.reason is Reason.HIGHLIGHT:
        return Link(mention.mention, Reason.HIGHLIGHT, mention.via, READER)
    join = paths.get(key(mention.name))
    if join is not None:
        via = join.other if join.one == key(mention.name) else join.one
        return Link(mention.mention, join.reason, written.get(via, via), join.decided_by)
    return Link(mention.mention, mention.reason or Reason.SAME, None, READER)


def _apart(
    position: Mapping[Identity, int],
    groups: Groups,
    parts: Mapping[str, Groups],
    written: Mapping[str, str],
    decisions: Iterable[Decision],
    kept: Iterable[Kept],
) -> dict[Identity, tuple[Apart, ...]]:
    """For each identity, the others that are alike and stay apart, and why; what people decided comes first."""
    at: dict[str, list[Identity]] = {}
    for identity in position:
        for each in parts.get(identity[0], groups).members(identity[1]):
            at.setdefault(each, []).append(identity)
    said = [(*d.pair, Why.DECIDED, d.decided_by) for d in decisions if d.verdict is Verdict.APART]
    found: dict[Identity, dict[int, Apart]] = {identity: {} for identity in position}
    for one, other, why, who in [*said, *((k.one, k.other, k.why, READER) for k in kept)]:
        for a, b in ((one, other), (other, one)):
            for identity in at.get(a, ()):
                for beside in at.get(b, ()):
                    if beside != identity:
                        apart = Apart(position[beside], written.get(b, b), why, who)
                        found[identity].setdefault(position[beside], apart)
    return {identity: tuple(each.values()) for identity, each in found.items()}
