"""How a channel wants its answers is kept, and what was shared there is shared once."""

from __future__ import annotations

from pathlib import Path

from support.places import NOW

from store.channels import Channels
from store.database.channels import Channel
from store.library import Library


def test_what_is_set_for_a_channel_outlives_the_bot(tmp_path: Path) -> None:
    """Nothing is set at first; what is set last counts, with who set it and when, for that channel alone."""
    path = str(tmp_path / "a.db")
    library = Library.open(path, create=True)
    channels = Channels(library)
    assert channels.of("C1") is None
    channels.set("C1", True, "U1", NOW)
    channels.set("C1", False, "U2", NOW)
    channels.set("C2", True, "U1", NOW)
    library.close()
    library = Library.open(path)
    again = Channels(library)
    assert again.of("C1") == Channel("C1", False, "U2", NOW)
    assert again.of("C2") == Channel("C2", True, "U1", NOW)
    library.close()


def test_a_share_is_claimed_once(library: Library) -> None:
    """Until it is released, where nothing was posted."""
    channels = Channels(library)
    assert [channels.claim("share a", NOW), channels.claim("share a", NOW), channels.claim("share b", NOW)] == [
        True, False, True,
    ]  # fmt: skip
    channels.release("share a")
    assert channels.claim("share a", NOW)
    assert not channels.claim("share b", NOW)
