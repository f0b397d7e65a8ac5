"""The pictures in the documents show what the bot sends today."""

from __future__ import annotations

import json
from collections.abc import Callable

from support.pictures import MADE_FROM, PICTURES
from support.places import ROOT
from support.running import Bot, Lossy
from support.scenes import ROSTER, shots

from bot.answers.ask import Asker


def test_no_picture_is_stale(slack: Lossy, start: Callable[..., Bot], asker: Asker) -> None:
    """Each picture was made from what the bot sends still; after a change run `make pictures`."""
    made_from = json.loads(MADE_FROM.read_text(encoding="utf-8"))
    assert {shot.name: shot.mark for shot in shots(slack, start(asker, roster=ROSTER))} == made_from


def test_every_picture_is_there_and_shown() -> None:
    """The folder holds the pictures and no others, and the documents show each."""
    names = set(json.loads(MADE_FROM.read_text(encoding="utf-8")))
    shown_in = (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    documents = "".join(path.read_text(encoding="utf-8") for path in shown_in)
    assert {path.stem for path in PICTURES.glob("*.png")} == names
    assert {name for name in names if f"pictures/{name}.png" not in documents} == set()
