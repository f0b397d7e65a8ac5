"""Cutting a question up: what is language, what is filler, what is left."""

from __future__ import annotations

import re
from functools import cache

from bot.question.lexicon import command_words, lexicon, pattern
from store.words.normalise import fold, fold_with_offsets, has_cjk

_PUNCTUATION = " \t\n\r,.?!:;，。？！：；、~～…\"'“”‘’「」"


def language_of(text: str) -> str:
    """The language of the words that are no names: `zh` or `en`; the reports' own, `zh`, where there are none.

    A Chinese name in an English question leaves it English (`when will 存管衍生 be tested?`), and a command is in no
    language (`/status POS`).
    """
    folded = fold(text.strip())
    head, _, rest = folded.lstrip("/ ").partition(" ")
    said = rest if head in command_words() or folded.startswith("/") else folded
    english = [word for word in re.findall(r"[a-z']+", said) if word in _english_words()]
    chinese = has_cjk(said) and any(pattern(table, name).search(said) for table, name in _chinese_entries())
    if english and not chinese:
        return "en"
    return "zh" if has_cjk(said) or len(said.split()) < 4 else "en"


def _chinese_entries() -> list[tuple[str, str]]:
    return [("cues", name) for name in lexicon()["cues"]] + [("words", "filler"), ("words", "when")]


@cache
def _english_words() -> frozenset[str]:
    entries = [entry for table in ("cues", "words") for words in lexicon()[table].values() for entry in words]
    return frozenset(word for entry in entries if not has_cjk(entry) for word in fold(entry).split())


def cut(text: str, span: tuple[int, int]) -> str:
    """`text` with a blank in the place of `span`."""
    return f"{text[: span[0]]} {text[span[1] :]}"


def without(table: str, name: str, text: str) -> str:
    """`text` without the words of one entry of the lexicon."""
    folded, offsets = fold_with_offsets(text)
    spans = [(offsets[m.start()], offsets[m.end() - 1] + 1) for m in pattern(table, name).finditer(folded) if m[0]]
    for span in reversed(spans):
        text = cut(text, span)
    return text


def trim(text: str) -> str:
    """`text` without punctuation and filler words at its ends."""
    ends = pattern("words", "filler").pattern
    before = None
    while before != text:
        before = text = text.strip(_PUNCTUATION)
        folded = fold(text)
        if len(folded) != len(text):
            return text
        if head := re.match(ends, folded):
            text = text[head.end() :]
        elif tail := re.search(ends + "$", folded):
            text = text[: tail.start()]
    return text
