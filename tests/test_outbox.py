"""The outbox: one process has a message at a time, who comes after a lost one knows, and what is settled stays so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.library import Library
from store.outbox import Letter, Outbox, Sending

NOW = datetime(2023, 12, 15, 7, 0, tzinfo=UTC)
LEASE = timedelta(minutes=1)
LATER = NOW + 2 * LEASE


@pytest.fixture
def outbox(library: Library) -> Outbox:
    """An empty one."""
    return Outbox(library)


def claimed(outbox: Outbox, at: datetime = NOW) -> Letter:
    """The one message of these tests, claimed."""
    letter = outbox.claim("k", "U1", at, LEASE)
    assert letter is not None
    return letter


def test_one_claim_at_a_time(outbox: Outbox) -> None:
    """Nobody else gets it before the lease ends; who gets it then knows that it may have been sent."""
    assert not claimed(outbox).doubtful
    assert outbox.claim("k", "U1", NOW + LEASE / 2, LEASE) is None
    assert claimed(outbox, LATER).doubtful


def test_who_lost_the_claim_cannot_go_on(outbox: Outbox) -> None:
    """The lease is renewed for its holder alone."""
    first, second = claimed(outbox), claimed(outbox, LATER)
    assert not outbox.renew(first, LATER, LEASE)
    assert outbox.renew(second, LATER, LEASE)


def test_a_late_word_of_the_first_changes_nothing_but_that_it_was_sent(outbox: Outbox) -> None:
    """It can't put off or end what another one has by now; that it stands in Slack counts from anybody."""
    first = claimed(outbox)
    second = claimed(outbox, LATER)
    outbox.end(first, LATER, Sending.FAILED, "late")
    outbox.wait(first, LATER, LATER, Sending.WAITING, "late")
    kept = outbox.find("k")
    assert kept is not None
    assert (kept.state, kept.tries) == (Sending.CLAIMED, second.tries)
    outbox.sent(first, "D1", "1.1", LATER)
    assert outbox.claim("k", "U1", LATER + 2 * LEASE, LEASE) is None


@pytest.mark.parametrize(("state", "doubtful"), [(Sending.WAITING, False), (Sending.UNCERTAIN, True)])
def test_what_surely_was_not_sent_needs_no_search(outbox: Outbox, state: Sending, doubtful: bool) -> None:
    """After a 429 it is simply sent; after a lost answer it is looked for."""
    outbox.wait(claimed(outbox), NOW, LATER, state, "")
    assert outbox.claim("k", "U1", NOW + LEASE, LEASE) is None
    assert claimed(outbox, LATER).doubtful is doubtful


def test_a_snooze_is_another_round(outbox: Outbox) -> None:
    """It is sent once more then, with a stamp of its own, and the first round isn't searched for."""
    letter = claimed(outbox)
    outbox.sent(letter, "D1", "1.1", NOW)
    outbox.snooze(letter, LATER, NOW)
    assert outbox.claim("k", "U1", NOW + LEASE, LEASE) is None
    again = claimed(outbox, LATER)
    assert (again.round, again.doubtful) == (2, False)
    assert again.stamp != letter.stamp


STEPS = st.tuples(st.sampled_from(["claim", "die", "sent", "wait", "lose"]), st.integers(0, 2))


@given(steps=st.lists(STEPS, max_size=25))
def test_whatever_happens_one_process_holds_it_and_sent_is_sent(steps: list[tuple[str, int]]) -> None:
    """Three processes that claim, die, settle and lose answers in any order: at no moment do two hold a lease, and
    after it was sent nobody gets it."""
    library = Library.open(":memory:", create=True)
    outbox, now, held, sent = Outbox(library), NOW, {}, False
    for what, process in steps:
        now += LEASE / 3
        held = {who: letter for who, letter in held.items() if outbox_holds(outbox, letter, now)}
        if what == "claim" and (letter := outbox.claim("k", "U1", now, LEASE)):
            assert not held
            assert not sent
            held[process] = letter
        elif process in held:
            letter = held.pop(process)
            if what == "sent":
                outbox.sent(letter, "D1", "1.1", now)
                sent = True
            elif what in ("wait", "lose"):
                state = Sending.WAITING if what == "wait" else Sending.UNCERTAIN
                outbox.wait(letter, now, now + LEASE / 2, state, "")
    library.close()


def outbox_holds(outbox: Outbox, letter: Letter, now: datetime) -> bool:
    """Whether the lease of this claim lasts."""
    kept = outbox.find(letter.key)
    return kept is not None and kept.tries == letter.tries and kept.state is Sending.CLAIMED and kept.wait_until > now
