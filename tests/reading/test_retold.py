"""Highlights that tell again what a project's own line in the same report tells."""

from __future__ import annotations

import pytest
from support.written import events, read

from store.records import State, Update

LISTED = ("", "## Projects", "", "- **Harbor gateway** — 40%, started Sep 12, go-live Sep 28")


def _told(*highlights: str, own: tuple[str, ...] = LISTED) -> tuple[Update, ...]:
    """What a report of Sep 15 says about projects, by these highlights and its own lines of them."""
    return read("## Highlights", "", *highlights, *own).updates


@pytest.mark.parametrize(
    "line",
    [
        "- Harbor gateway kicked off on 12 Sep, scope agreed with three shops.",
        "- Harbor gateway goes live on 28 Sep as planned.",
        "- **Harbor gateway**: the go-live stays on Sep 28.",
        "- Harbor gateway is at 40%, rollout prepared.",
    ],
)
def test_a_second_telling_counts_once(line: str) -> None:
    """A highlight whose days and share stand in the project's own line is no second word on the project."""
    (own,) = _told(line)
    assert (own.line, own.progress) == (9, 40)
    assert events(own) == [("启动", "2023-09-12", True), ("上线", "2023-09-28", False)]


def test_what_the_own_line_leaves_out_stays() -> None:
    """Of a highlight that tells one day again and one anew, the new one is kept."""
    highlight, own = _told("- Harbor gateway went to QA on 14 Sep, go-live Sep 28.")
    assert events(highlight) == [("提测", "2023-09-14", True)]
    assert [event for event, _, _ in events(own)] == ["启动", "上线"]


def test_another_day_of_the_same_event_stays() -> None:
    """A highlight that contradicts the own line is kept: which of the two days holds is for the reader to see."""
    highlight, _ = _told("- Harbor gateway goes live on 29 Sep.")
    assert events(highlight) == [("上线", "2023-09-29", False)]


def test_a_halt_is_news() -> None:
    """That a project is on hold counts, where its own line gives no more than its share."""
    highlight, _ = _told("- Harbor gateway is on hold since Sep 12: its engineer left.")
    assert highlight.state is State.PAUSED


def test_that_a_planned_day_was_kept_is_news() -> None:
    """That it went live on the day is no second telling of the plan to."""
    own = (*LISTED[:3], "- **Harbor gateway** — 90%, go-live planned for Sep 14")
    highlight, _ = _told("- Harbor gateway went live on 14 Sep.", own=own)
    assert events(highlight) == [("上线", "2023-09-14", True)]


def test_a_highlight_alone_counts() -> None:
    """A highlight of a project that has no line of its own is read in full."""
    (highlight, _) = _told("- Harbor gateway kicked off on 12 Sep.", own=(*LISTED[:3], "- **Lantern feed** — 40%"))
    assert [event for event, _, _ in events(highlight)] == ["启动"]


def test_a_headline_in_brackets_counts() -> None:
    """A headline in 【】 is read in full, though the project's own line tells the same."""
    (headline, _) = _told("- 【Harbor gateway】go-live Sep 28.")
    assert [event for event, _, _ in events(headline)] == ["上线"]
