"""Where the date grammar looks: the quick looks pass nothing over that every rule at every place would find."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.words.date_rules import RULES_AT
from store.words.dates import Hit, _hits_at, _readied, find_dates, may_hold_dates, scan
from store.words.windows import Clock

ON = date(2023, 9, 22)
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
_STARTS = "".join(char for char in RULES_AT if not char.isascii())
_PLACE = re.compile(
    rf"(?<![0-9])(?:[0-9]{{1,4}}(?=\s{{0,2}}[-/.年月日号季~至到A-Za-z])|[0-9]{{8}})(?![0-9])|[{_STARTS}]|[A-Za-z]+"
)
_PIECES = st.sampled_from([
    *_STARTS, *"0123456789/-.~至到日号周旬底初半季度期拜秋旦庆节午动天早晚个 \n，：", "2023", "20230915", "9/15",
    "10月", "提测", "上线", "Q4", "H1", "oct", "15th", "of", "next", "week",
    "12:30", "%", "份", "第", "国庆后", "二〇二三年",
])  # fmt: skip


def _everywhere(text: str, strict: bool) -> list[Hit]:
    """The hits by every rule of a start, tried wherever that start stands."""
    source, free, found = _readied(text), 0, []
    for place in _PLACE.finditer(source):
        rules = RULES_AT.get("0" if place[0][0].isdigit() else place[0].lower(), ())
        hit = next(_hits_at(source, place.start(), rules, Clock(ON), strict), None) if place.start() >= free else None
        if hit is not None:
            free = hit.end
            found.append(hit)
    return found


@settings(max_examples=1000)
@given(st.lists(_PIECES, max_size=12).map("".join), st.booleans())
def test_the_quick_look_passes_no_date_over(text: str, strict: bool) -> None:
    """Texts made of what dates are made of give the same dates as when every rule is tried at every place."""
    assert list(scan(text, Clock(ON), strict=strict)) == _everywhere(text, strict)


@pytest.mark.parametrize("sample", sorted(SEEDS.rglob("*.md")), ids=lambda path: path.stem)
def test_the_samples_hold_the_same_dates_under_the_quick_look(sample: Path) -> None:
    """In the sample reports, too, nothing is passed over."""
    for line in sample.read_text(encoding="utf-8", errors="replace").splitlines():
        assert list(scan(line, Clock(ON))) == _everywhere(line, True)


@settings(max_examples=500)
@given(st.lists(_PIECES, max_size=8).map("".join), st.lists(_PIECES, max_size=8).map("".join))
def test_what_may_hold_no_date_holds_none(one: str, other: str) -> None:
    """`may_hold_dates` is never false of a text whose part, cut at a comma, holds a date."""
    if not may_hold_dates(f"{one}，{other}"):
        assert find_dates(one, ON, likely=True) == find_dates(other, ON, likely=True) == ()
