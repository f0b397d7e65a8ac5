"""What is found by words first and by a pattern then is what the pattern alone finds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.question.lexicon import lexicon, pattern
from store.reading.events import _any_event, _events
from store.reading.vocabulary import alternatives, vocabulary, words
from store.words.normalise import fold
from store.words.spotting import Spotter, WordRule


def entries(table: Mapping[str, Any], path: str = "") -> list[tuple[str, str]]:
    """Every entry of the lexicon that is a list of words, as (table, name)."""
    found = []
    for name, value in table.items():
        if isinstance(value, Mapping):
            found += entries(value, f"{path}.{name}" if path else name)
        elif path and isinstance(value, list) and all(isinstance(word, str) for word in value):
            found.append((path, name))
    return found


ENTRIES = entries(lexicon())
EVENTS = {event: alternatives(words("events", event)) for event in vocabulary()["events"]}
WORDS = sorted({word for of in EVENTS for word in words("events", of)} | set(re.findall(r"\w[\w ]*", str(lexicon()))))
EDGES = ["go-live", "的", "事", "故", " ", "-", "a", "1"]
PIECES = st.one_of(st.sampled_from(WORDS), st.sampled_from(EDGES), st.text(max_size=3))
TEXTS = st.lists(PIECES, max_size=6).map("".join).map(fold)


def spans(found: Any) -> list[tuple[int, int]]:
    """Where the matches stand."""
    return [match.span() for match in found]


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(ENTRIES))
def test_an_entry_of_the_lexicon_is_found_as_by_its_pattern(text: str, entry: tuple[str, str]) -> None:
    """Whatever a text holds, looking for the words first changes nothing that is found."""
    rule = pattern(*entry)
    plain = re.compile(rule.pattern)
    assert spans(rule.finditer(text)) == spans(plain.finditer(text))
    assert spans(filter(None, [rule.search(text)])) == spans(filter(None, [plain.search(text)]))
    assert spans(filter(None, [rule.fullmatch(text)])) == spans(filter(None, [plain.fullmatch(text)]))
    assert rule.split(text) == plain.split(text)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_events_are_found_as_by_their_patterns(text: str) -> None:
    """The same of events, whose words may be joined: go-live is go live."""
    for event, rule in _events():
        assert spans(rule.finditer(text)) == spans(re.finditer(EVENTS[event], text))
    assert _any_event().stands(text) or not any(re.search(each, text) for each in EVENTS.values())


def test_only_whole_words_in_their_place_are_spotted() -> None:
    """A spotter knows its words as they stand, and an empty one spots nothing."""
    assert Spotter(["上线", "go live"]).stands("明天上线")
    assert not Spotter(["上线", "go live"]).stands("线上 go")
    assert not Spotter([""]).stands("")
    assert WordRule("a+", ["a"]).search("baa") is not None
