"""Regular expressions that are compiled at their first use."""

import re

import pytest

from store.words.regex import regex


def test_it_does_what_a_compiled_one_does() -> None:
    """Whatever is asked of a pattern, the answer is that of the compiled one."""
    late, compiled, text = regex("P(os)", re.IGNORECASE), re.compile("P(os)", re.IGNORECASE), "POS, pos；no post"
    for does in ("search", "match", "fullmatch"):
        assert str(getattr(late, does)(text)) == str(getattr(compiled, does)(text))
    assert [match.span() for match in late.finditer(text)] == [match.span() for match in compiled.finditer(text)]
    assert (late.findall(text), late.split(text)) == (compiled.findall(text), compiled.split(text))
    assert late.sub(r"<\1>", text) == compiled.sub(r"<\1>", text)
    assert (late.pattern, late.flags) == ("P(os)", re.IGNORECASE)


def test_a_wrong_one_is_told_when_it_is_used() -> None:
    """A pattern costs nothing before it is used; one that is wrong raises there."""
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.search("")
