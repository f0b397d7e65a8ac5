"""Every sample report against its twin, which a person wrote from the report before any reader ran on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import gold

# Highlights that the twins hold to be news or a second telling, and no projects: their dates are in the text all the
# same.
DISPUTED = {("支付中心", "2023-10-27.md", 15), ("风控中台", "2023-11-17.md", 10)}
FLOORS = {
    "head": 1.0, "sections": 0.99, "projects": 0.98, "progress": 0.98, "milestones": 0.98,
    "metrics": 0.98, "incidents": 1.0, "handling": 1.0, "goals": 1.0,
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_samples_are_read_as_people_read_them(kind: str) -> None:
    """F1 over all twins doesn't fall below what the reader reached, for each kind of fact."""
    assert gold.compare()[kind].f1 >= FLOORS[kind]


def test_every_sample_has_a_twin() -> None:
    """No sample report goes unexamined."""
    samples = sorted((path.parent.name, path.stem) for path in gold.SEEDS.glob("*/*.md"))
    assert samples == sorted((path.parent.name, path.stem) for path in gold.TWINS.glob("*/*.json"))
    assert len(samples) >= 24


@pytest.mark.parametrize(("sample", "twin"), gold.pairs(), ids=lambda path: path.name if isinstance(path, Path) else "")
def test_no_milestone_is_invented(sample: Path, twin: Path) -> None:
    """A date that the twin doesn't have is never claimed, but for those that the note on the twins lists."""
    found = gold.facts(gold.understood(sample))["milestones"]
    expected = gold.facts(json.loads(twin.read_text(encoding="utf-8")))["milestones"]
    assert {fact for fact in found - expected if (sample.parent.name, sample.name, fact[0]) not in DISPUTED} == set()
