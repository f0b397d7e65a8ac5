"""Cutting a question up: what is language, what is filler, what is left."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.question.lexicon import command_words, lexicon, pattern, spoken_rules
from store.words.normalise import fold, fold_with_offsets, has_cjk
from store.words.regex import regex

REWRITTEN = ("colloquial", "shorthand")  # entries that are rules, and no words
_PUNCTUATION = " \t\n\r,.?!:;，。？！：；、~～…\"'“”‘’「」"


def language_of(text: str) -> str:
    """The language of the words that are no names: `zh` or `en`; the reports' own, `zh`, where there are none.

    A Chinese name in an English question leaves it English (`when will 存管衍生 be tested?`), and a command with a
    slash is in no language (`/status POS`).
    """
    folded = fold(text.strip())
    slash = folded.startswith("/")
    said = folded.lstrip("/ ").partition(" ")[2] if slash else folded
    words = re.findall(r"[a-z']+", said)
    # The k and the s of K8s升到几个集群 are no words.
    words = [word for word in words if len(word) > 1]
    english = [word for word in words if word in asking_words() or (word in command_words() and not slash)]
    # `/report latest` and `/report status POS` are commands still; `/incidents last 4 weeks` is English.
    if len(english) > slash and not any(pattern.search(said) for pattern in _chinese_evidence()):
        return "en"
    return "zh" if has_cjk(said) or len(said.split()) < 4 else "en"


def says_language(text: str, *, name: bool = False) -> str | None:
    """The language that the words say, `zh` or `en`; None where they say none: commands and names alone (`status POS`,
    `/project 小贝`). With `name` the text stands behind a command, where Chinese may be a name."""
    folded = fold(text.strip())
    first, _, rest = folded.lstrip("/ ").partition(" ")
    if first in command_words() and not has_cjk(first):
        return says_language(rest, name=True)
    if language_of(text) == "en":
        return "en"
    told = any(pattern.search(folded) for pattern in _chinese_evidence())
    return "zh" if told or (has_cjk(folded) and not name) else None


@cache
def _chinese_evidence() -> tuple[re.Pattern[str], ...]:
    """Chinese words that are no part of names: cues, and the filler words of two characters and more."""
    filler = [word for word in lexicon()["words"]["filler"] if has_cjk(word) and len(word) > 1]
    cues = [word for words in lexicon()["cues"].values() for word in words if has_cjk(word)]
    when = [word for word in lexicon()["words"]["when"] if has_cjk(word)]
    return (re.compile("|".join(map(re.escape, [*filler, *cues, *when]))),)


@cache
def asking_words() -> frozenset[str]:
    """The English words by which questions are asked, folded."""
    tables = [lexicon()[table].items() for table in ("cues", "words", "attributes")]
    entries = [entry for table in tables for name, words in table if name not in REWRITTEN for entry in words]
    return frozenset(word for entry in entries if not has_cjk(entry) for word in fold(entry).split())


@lru_cache(maxsize=1024)  # each rule that looks at a question asks for it
def standard(text: str) -> str:
    """`text` as it is looked for: 咋样 is 怎么样, 啥 is 什么, 18 and 25 July are two days of July."""
    spoken = ("chinese", "colloquial") if has_cjk(text) else ("english",)
    for rule, written in (each for name in ("any", *spoken, "shorthand") for each in _rewritten(name)):
        text = rule.sub(written, text)
    return text


# Chinese has no upper case, and a Chinese rule that is told to mind it takes twice as long to compile.
_LETTER = regex(r"(?<!\\)[A-Za-z]")


@cache
def _rewritten(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rules = spoken_rules()[name] if name in spoken_rules() else lexicon()["words"][name]
    return tuple((re.compile(rule, re.IGNORECASE if _LETTER.search(rule) else 0), written) for rule, written in rules)


def cut(text: str, span: tuple[int, int]) -> str:
    """`text` with a blank in the place of `span`."""
    return f"{text[: span[0]]} {text[span[1] :]}"


@lru_cache(maxsize=4096)
def without(table: str, name: str, text: str) -> str:
    """`text` without the words of one entry of the lexicon."""
    if not pattern(table, name).search(fold(text)):
        return text
    folded, offsets = fold_with_offsets(text)
    spans = [(offsets[m.start()], offsets[m.end() - 1] + 1) for m in pattern(table, name).finditer(folded) if m[0]]
    for span in reversed(spans):
        text = cut(text, span)
    return text


_BEFORE_BRACKET = regex(r"([a-z][a-z0-9 .-]*?)\s*[(（][^()（）]*[\u3400-\u9fff][^()（）]*[)）]")


def before_bracket(text: str) -> frozenset[str]:
    """The Latin words before a bracket with Chinese in it, folded: the name says the same in the reports' own words."""
    found = _BEFORE_BRACKET.search(fold(text))
    return frozenset(found[1].split()) if found else frozenset()


def asks_which(text: str) -> bool:
    """Whether a list is asked for (哪些, which), and not the day of one thing (什么时候) or its reason (为什么)."""
    return pattern("words", "which").search(fold(without("words", "when", text)).replace("为什么", " ")) is not None


def trim(text: str) -> str:
    """`text` without punctuation and filler words at its ends."""
    at_head, at_tail = _ends()
    before = None
    while before != text:
        before = text = text.strip(_PUNCTUATION)
        folded = fold(text)
        if len(folded) != len(text):
            return text
        if head := at_head.match(folded):
            text = text[head.end() :]
        elif tail := at_tail.search(folded):
            text = text[: tail.start()]
    return text


@cache
def _ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    filler = pattern("words", "filler").pattern
    return re.compile(filler), re.compile(filler + "$")


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]
