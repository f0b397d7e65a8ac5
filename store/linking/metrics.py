"""Which figures are values of the same metric: derived from all metrics of a team, as projects are from updates.

A name is compared without its unit in brackets and without 本周; then people's decisions, the trade terms of
`terms.toml` (支付成功率 is the payment success rate) and the rules for small slips of spelling join what is one, unless
one report lists both side by side. What stands under one name in two groups of one report (成功率 of 网联 and of 银联)
is two metrics, and a percentage is never the same metric as a count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.linking.decisions import Decision, in_order
from store.linking.likeness import METRICS
from store.linking.names import Names, Place
from store.linking.soft import soft_joins
from store.linking.subjects import Linked, Subject, subjects
from store.linking.words import bare, folded
from store.words.names import key
from store.words.normalise import fold


@dataclass(frozen=True, slots=True)
class Figure:
    """A mention of a metric: its row, its name, group and unit as written, and where it stands in time."""

    metric_id: int
    name: str
    group: str | None
    unit: str | None
    order: Place


def link(figures: Iterable[Figure], decisions: Iterable[Decision] = ()) -> tuple[Subject, ...]:
    """The metrics of one team, by first mention; a subject's links are rows of metrics. Order makes no difference."""
    ordered, decided = sorted(figures, key=lambda f: (f.order, f.metric_id)), in_order(decisions)
    names = Names(((bare(f.name), None, f.order, False) for f in ordered), decided)
    joins, kept = soft_joins(names.written, names.groups, names.written, METRICS, names.beside)
    names.groups.join(joins)
    split = _told_in_groups(ordered, names)
    counted = _percentages_and_counts(ordered, names)
    linked = [Linked(f.metric_id, bare(f.name), f.order, False, _identity(f, names, split, counted)) for f in ordered]
    return subjects(linked, names.groups, {}, names.written, decided, kept)


def _identity(figure: Figure, names: Names, split: set[str], counted: set[str]) -> tuple[str, str]:
    root = names.root(bare(figure.name))
    group = key(figure.group or "") if root in split else ""
    unit = ("%" if _percent(figure) else "n") if root in counted else ""
    return f"{group} {unit}".strip(), root


def _told_in_groups(figures: Sequence[Figure], names: Names) -> set[str]:
    """The metrics that some report lists under two groups."""
    seen: dict[tuple[str, tuple[str, str]], set[str]] = {}
    for figure in figures:
        if figure.group:
            seen.setdefault((names.root(bare(figure.name)), figure.order[:2]), set()).add(key(figure.group))
    return {root for (root, _), groups in seen.items() if len(groups) > 1}


def _percentages_and_counts(figures: Sequence[Figure], names: Names) -> set[str]:
    """The names under which both a percentage and something else with a unit is given."""
    percent = {names.root(bare(f.name)) for f in figures if _percent(f)}
    other = {names.root(bare(f.name)) for f in figures if f.unit and not _percent(f)}
    return percent & other


def _percent(figure: Figure) -> bool:
    return bool(figure.unit) and fold(figure.unit or "").strip() in folded("percent")
