"""The list of planted facts names lines that are there."""

from __future__ import annotations

import re

from support.places import ROOT, SEEDS

FACTS = (ROOT / "tests" / "data" / "FACTS.md").read_text(encoding="utf-8")
PLACES = sorted(set(re.findall(r"((?:支付中心|风控中台|Merchant Services)/\d{4}-\d\d-\d\d\.md):(\d+)", FACTS)))
STORIES = (
    "slips once", "slips twice", "brought forward", "silent", "renamed", "stalls", "falls", "goal kept", "carried over",
    "dropped", "unplanned", "copied", "restated", "gap", "told in two reports", "closed a week later", "handed in late",
)  # fmt: skip


def test_every_place_of_the_planted_facts_is_there() -> None:
    """Each `team/file.md:line` of FACTS.md is a line with text in the samples, and every sample is spoken of."""
    lines = {file: (SEEDS / file).read_text(encoding="utf-8").splitlines() for file in {file for file, _ in PLACES}}
    missing = [(file, line) for file, line in PLACES if not "".join(lines[file][int(line) - 1 : int(line)]).strip()]
    assert missing == []
    assert set(lines) == {f"{path.parent.name}/{path.name}" for path in SEEDS.glob("*/*.md")}


def test_every_story_is_planted() -> None:
    """The stories that later questions are about are all in the list."""
    assert [story for story in STORIES if story not in FACTS.lower()] == []
