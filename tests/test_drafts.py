"""Drafts: kept once, counted once, and a correction is a revision of the same report."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from support.places import NOW

from store.drafts import Drafts, Submitted
from store.library import Library
from store.viewer import EVERYONE

FRIDAY = date(2023, 12, 15)
TEXT = "# 第51周 2023-12-15\n\n## O1 服务\n- 海风平台：进度{}%\n"


def kept(library: Library, progress: int, day: date = FRIDAY) -> int:
    """The number of a draft."""
    return Drafts(library).keep("V1", "U1", "支付中心", day, TEXT.format(progress), NOW)


def submit(library: Library, number: int) -> Submitted:
    """What became of a draft."""
    book = Drafts(library)
    draft = book.get(number)
    assert draft is not None
    return book.submit(draft, NOW)


def submitted(library: Library, number: int) -> tuple[str, int]:
    """What became of a draft, and its report's revision."""
    done = submit(library, number)
    return done.status, done.revision


def progress(library: Library) -> list[float | None]:
    """What the team's reports say."""
    told = library.updates_between(EVERYONE, FRIDAY + timedelta(days=9), None, date.max)
    return [mention.record.progress for mention in told]


def test_a_draft_is_kept_once_and_is_no_report(library: Library) -> None:
    """The same text of the same form is one draft; nothing of it counts before it is submitted."""
    assert kept(library, 40) == kept(library, 40)
    assert kept(library, 40) != kept(library, 50)
    assert progress(library) == []
    assert Drafts(library).get(99) is None


def test_a_correction_is_a_revision(library: Library) -> None:
    """A second draft of the week takes the place of the first, also under another day of the week."""
    assert submitted(library, kept(library, 40)) == ("added", 1)
    assert submitted(library, kept(library, 50)) == ("revised", 2)
    assert submitted(library, kept(library, 60, FRIDAY - timedelta(days=1))) == ("revised", 3)
    assert progress(library) == [60]


def test_a_draft_counts_once(library: Library) -> None:
    """What is sent again after a correction changes nothing."""
    first = kept(library, 40)
    submitted(library, first)
    submitted(library, kept(library, 50))
    assert submitted(library, first) == ("unchanged", 2)
    assert progress(library) == [50]


def test_what_can_not_be_read_is_no_report(library: Library) -> None:
    """A text that is none is refused with its reason, and never counts."""
    number = Drafts(library).keep("V1", "U1", "支付中心", FRIDAY, "\0" * 90, NOW)
    assert submitted(library, number) == ("refused", 0)
    draft = Drafts(library).get(number)
    assert draft is not None
    assert not draft.submitted


def test_a_form_is_no_draft_and_goes_in_time(library: Library) -> None:
    """What a form's fields stand for is kept once, as long as somebody may send it, and is never taken for a text."""
    book = Drafts(library)
    number = book.keep_form("U1", "支付中心", FRIDAY, "[1]", NOW)
    assert book.keep_form("U1", "支付中心", FRIDAY, "[1]", NOW) == number
    assert (book.form(number), book.get(number)) == (("支付中心", "[1]"), None)
    assert book.form(kept(library, 40)) is None
    book.keep_form("U1", "支付中心", FRIDAY, "[2]", NOW + timedelta(days=31))
    assert book.form(number) is None


@pytest.mark.parametrize("before", [None, 30])
def test_presses_at_once_are_one_revision(library: Library, before: int | None) -> None:
    """Whoever presses at the same time, the draft counts once, whether a report was there before or not."""
    if before:
        submitted(library, kept(library, before))
    number, together = kept(library, 40), threading.Barrier(4)

    def press(_: int) -> tuple[str, int]:
        together.wait()
        return submitted(library, number)

    with ThreadPoolExecutor(4) as presses:
        done = sorted(presses.map(press, range(4)))
    status, revision = ("revised", 2) if before else ("added", 1)
    assert done == sorted([(status, revision), *[("unchanged", revision)] * 3])
    assert progress(library) == [40]
