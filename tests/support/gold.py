"""How well reports are read, against their twins: what a person wrote down from the report before any reader ran.

`make gold` prints precision, recall and F1 per kind for each team and for all, and with `ARGS=-v` every difference.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.render.parsed import report_json
from store.reading import read_reports
from store.reading.formats import to_document
from store.words.names import key

ROOT = Path(__file__).resolve().parents[2]
TWINS = ROOT / "tests" / "data" / "twins"
SEEDS = ROOT / "seeds"
Facts = dict[str, set[tuple[Any, ...]]]


@dataclass(frozen=True)
class Score:
    """Counts over all reports of one kind of fact."""

    right: int
    found: int
    expected: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing was found."""
        return 2 * self.right / (self.found + self.expected) if self.found + self.expected else 1.0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found."""
        return self.right / self.expected if self.expected else 1.0


def pairs() -> list[tuple[Path, Path]]:
    """Each sample report with its twin."""
    return [(SEEDS / twin.parent.name / f"{twin.stem}.md", twin) for twin in sorted(TWINS.glob("*/*.json"))]


def understood(sample: Path) -> dict[str, Any]:
    """What the reader says of a sample, in the form of its twin."""
    [report] = read_reports(to_document(sample.read_bytes(), sample.name), sample.name)
    return report_json(report)


def facts(parsed: dict[str, Any]) -> Facts:
    """Every fact as a tuple that either stands in both or doesn't, each kind with its line."""
    projects = parsed["projects"]
    return {
        "head": {(name, parsed[name]) for name in ("label", "report_date", "period_start", "period_end", "created_at")},
        "sections": {(s["line"], s["kind"] or "other") for s in parsed["sections"]},
        "projects": {(p["line"], key(p["name"]), key(p["parent"] or "")) for p in projects},
        "progress": {(p["line"], p["progress"]) for p in projects if p["progress"] is not None},
        "states": {(p["line"], p["state"]) for p in projects if p["state"]},
        "milestones": {
            (m["line"], m["event"], m["date_start"], m["date_end"]) for p in projects for m in p["milestones"]
        },
        "metrics": {(m["line"], key(m["name"]), m["value"], m["unit"]) for m in parsed["metrics"]},
        "incidents": {(i["line"], i["occurred_at"], i["severity"]) for i in parsed["incidents"]},
        "handling": {(i["line"], key(i["handling"] or "")) for i in parsed["incidents"]},
        "goals": {(g["line"], key(g["text"])) for g in parsed["goals"]},
    }


def compare(differences: list[str] | None = None, team: str | None = None) -> dict[str, Score]:
    """The scores per kind over all pairs, or a team's; differences are appended to the list where one is given."""
    totals: dict[str, list[int]] = {}
    for sample, twin in pairs():
        if team not in (None, sample.parent.name):
            continue
        found, expected = facts(understood(sample)), facts(json.loads(twin.read_text(encoding="utf-8")))
        for kind in expected:
            counts = totals.setdefault(kind, [0, 0, 0])
            counts[0] += len(found[kind] & expected[kind])
            counts[1] += len(found[kind])
            counts[2] += len(expected[kind])
            if differences is not None:
                differences += _differences(f"{sample.parent.name}/{sample.name}", kind, found[kind], expected[kind])
    return {kind: Score(*counts) for kind, counts in totals.items()}


def _differences(name: str, kind: str, found: set[tuple[Any, ...]], expected: set[tuple[Any, ...]]) -> Iterable[str]:
    for sign, rows in (("-", expected - found), ("+", found - expected)):
        yield from (f"{name}:{row[0]} {sign} {kind} {row[1:]}" for row in sorted(rows, key=str))


def main() -> None:
    """Print the table."""
    differences: list[str] = []
    for team in (*sorted({sample.parent.name for sample, _ in pairs()}), None):
        print(team or "all")
        for kind, score in compare(None if team else differences, team).items():
            print(f"  {kind:11} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  ({score.expected})")
    if "-v" in sys.argv:
        print("\n".join(sorted(differences)))


if __name__ == "__main__":
    main()
