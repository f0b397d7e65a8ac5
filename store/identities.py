"""Which updates speak of the same project: derived from all updates of a team, the same whatever came in first.

An update is linked to a subject by its name's key; the aliases in brackets are names too, so `家家盈平台（小贝项目）`,
`小贝项目` and `家家盈平台` are one. A part is known by its parent and its name, and a later report that names only the
part means that part, as long as one parent alone has such a part. Highlights call projects by short names of the day
(【银行卡办理延期】 of 存管衍生-银行卡办理): such a name is linked to the one project that it fits, if it is only one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from rapidfuzz import fuzz

from store.records import Incident, Mention
from store.words.names import abbreviates, bracketed, key, text_score

# All of the shorter name's words stand in the longer one, in order.
HIGHLIGHT_FITS = 0.99
# Of fewer characters than this, none may be missing from the other name for the two to fit.
LONG_NAME = 50
TITLES_ALIKE = 0.7
Identity = tuple[str, str]  # the parent's key ("" without one) and the name's


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of a project: the update's row, its names, where it stands in time (date, origin, line), and whether
    it is a highlight, whose names are loose."""

    update_id: int
    name: str
    parent: str | None
    order: tuple[str, str, int]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """One project of a team, with its newest name.

    `names` are all names it went by, each with the date of the first report that uses it; `parent` is a position among
    the subjects; `firm` is false for what is only ever a highlight; `links` are the updates that speak of it, each with
    the reason of the link.
    """

    name: str
    names: tuple[tuple[str, str], ...]
    parent: int | None
    firm: bool
    links: tuple[tuple[int, str], ...]


class _Groups:
    """Union-find over names."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, name: str) -> str:
        self._above.setdefault(name, name)
        while self._above[name] != name:
            name = self._above[name]
        return name

    def join(self, names: Iterable[str]) -> None:
        roots = sorted({self.root(name) for name in names})
        for other in roots[1:]:
            self._above[other] = roots[0]


@lru_cache(maxsize=16384)
def _keys(name: str) -> tuple[str, ...]:
    outer, aliases = bracketed(name)
    # 密钥托管改造（KMS） is also written KMS密钥托管改造.
    joined = [alias + outer for alias in aliases]
    return tuple(dict.fromkeys(k for k in map(key, (name, outer, *aliases, *joined)) if len(k) > 1)) or (key(name),)


def link(mentions: Iterable[Named]) -> tuple[Subject, ...]:
    """The subjects of one team, by first mention. The order in which `mentions` come in makes no difference."""
    ordered = sorted(mentions, key=lambda m: (m.order, m.update_id))
    groups = _Groups()
    for name in dict.fromkeys(mention.name for mention in ordered):
        groups.join(_keys(name))
    owners: dict[str, set[str]] = {}
    for mention in ordered:
        if mention.parent:
            owners.setdefault(groups.root(key(mention.name)), set()).add(groups.root(key(mention.parent)))
    firm = {m.update_id: _identity(m, groups, owners) for m in ordered}
    identified = _with_highlights(ordered, firm)
    by_identity: dict[Identity, list[tuple[Named, str]]] = {}
    for mention in ordered:
        identity, reason = identified[mention.update_id]
        by_identity.setdefault(identity, []).append((mention, reason))
    return _subjects(by_identity)


def _identity(mention: Named, groups: _Groups, owners: dict[str, set[str]]) -> tuple[Identity, str]:
    own = groups.root(key(mention.name))
    if mention.parent and (above := groups.root(key(mention.parent))) != own:
        return (above, own), "same name and parent"
    known = owners.get(own, set()) - {own}
    if not mention.parent and len(known) == 1:
        return (next(iter(known)), own), "named without its parent"
    return ("", own), "same name"


def _with_highlights(
    ordered: Sequence[Named], firm: dict[int, tuple[Identity, str]]
) -> dict[int, tuple[Identity, str]]:
    """The identities, with each highlight that has none among the projects linked to the one project that it fits."""
    names: dict[Identity, set[str]] = {}
    for mention in ordered:
        if not mention.loose:
            outer, aliases = bracketed(mention.name)
            names.setdefault(firm[mention.update_id][0], set()).update((mention.name, outer, *aliases))
    found = dict(firm)
    fitting: dict[str, list[Identity]] = {}
    for mention in ordered:
        if mention.loose and firm[mention.update_id][0] not in names:
            if mention.name not in fitting:
                fitting[mention.name] = [i for i, known in names.items() if any(_fits(mention.name, n) for n in known)]
            if len(fitting[mention.name]) == 1:
                found[mention.update_id] = fitting[mention.name][0], "a highlight that fits this project alone"
    return found


def _fits(highlight: str, name: str) -> bool:
    shorter, longer = sorted((key(highlight), key(name)), key=len)
    if len(shorter) < LONG_NAME and not _letters(shorter) <= _letters(longer):
        return False  # what the scores would say as well, at thirty times the cost
    alike = max(text_score(highlight, name), text_score(name, highlight)) >= HIGHLIGHT_FITS
    return len(key(name)) > 2 and (alike or abbreviates(highlight, name))


@lru_cache(maxsize=16384)
def _letters(name_key: str) -> frozenset[str]:
    return frozenset(name_key)


def _subjects(by_identity: dict[Identity, list[tuple[Named, str]]]) -> tuple[Subject, ...]:
    position = {identity: at for at, identity in enumerate(by_identity)}
    found = []
    for (above, _), mentions in by_identity.items():
        firm = any(not mention.loose for mention, _ in mentions)
        newest = next((m.name for m, _ in reversed(mentions) if not m.loose), mentions[-1][0].name)
        names: dict[str, str] = {}
        for mention, _ in mentions:
            names.setdefault(mention.name, mention.order[0])
        links = tuple((m.update_id, reason) for m, reason in mentions)
        found.append(Subject(newest, tuple(names.items()), position.get(("", above)) if above else None, firm, links))
    return tuple(found)


def merge_incidents(told: Sequence[Mention[Incident]]) -> tuple[tuple[Mention[Incident], ...], ...]:
    """Mentions of the same incident together, newest report first within each.

    The same incident: the same team, the same minute, or the same day without a time on one side and a title alike.
    What one report lists apart is apart. The groups run newest first by when it happened.
    """
    groups: list[list[Mention[Incident]]] = []
    for report in _by_report(told):
        pairs = [(alike, m, at) for m, mention in enumerate(report) for at, group in enumerate(groups)
                 if (alike := max(_likeness(mention, other) for other in group)) > 0]  # fmt: skip
        homes: dict[int, int] = {}
        for _, m, at in sorted(pairs, reverse=True):
            if m not in homes and at not in homes.values():
                homes[m] = at
        for m, mention in enumerate(report):
            if m in homes:
                groups[homes[m]].append(mention)
            else:
                groups.append([mention])
    groups.sort(key=lambda group: _happened(group[0]), reverse=True)
    return tuple(tuple(group) for group in groups)


def _happened(mention: Mention[Incident]) -> tuple[str, str, int]:
    moment = mention.record.occurred_at or mention.report.report_date
    return moment.isoformat(), mention.report.source, mention.record.line


def _by_report(told: Sequence[Mention[Incident]]) -> list[list[Mention[Incident]]]:
    """The mentions of each report, newest report first."""
    found: dict[int, list[Mention[Incident]]] = {}
    for mention in sorted(told, key=lambda m: (m.report.report_date, m.report.source, -m.record.line), reverse=True):
        found.setdefault(mention.report.id, []).append(mention)
    return list(found.values())


def _likeness(one: Mention[Incident], other: Mention[Incident]) -> float:
    """0 for two incidents; else how alike the titles of one incident's two mentions are, over 0 and up to 2."""
    a, b = one.record.occurred_at, other.record.occurred_at
    if one.report.team != other.report.team or one.report.id == other.report.id or a is None or b is None:
        return 0.0
    alike = fuzz.partial_ratio(key(one.record.title), key(other.record.title)) / 100
    if isinstance(a, datetime) and isinstance(b, datetime):
        return 1 + alike if a == b else 0.0
    days = [moment.date() if isinstance(moment, datetime) else moment for moment in (a, b)]
    return alike if days[0] == days[1] and alike >= TITLES_ALIKE else 0.0
