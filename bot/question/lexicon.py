"""The words by which questions are understood, from `lexicon.toml`, made ready for matching once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from store.words.normalise import fold, has_cjk
from store.words.spotting import WordRule

AT_EDGES = ("asking", "free")  # what only asks is taken out of a question wherever it stands
_CHINESE = "[\u3400-\u9fff]"


@cache
def lexicon() -> dict[str, Any]:
    """The whole file, parsed."""
    return tomli.loads(files("bot.question").joinpath("lexicon.toml").read_text(encoding="utf-8"))


@cache
def spoken_rules() -> dict[str, Any]:
    """How people speak → how it is looked for, of `spoken.toml`: lists of regular expressions with their writing."""
    read = tomli.loads(files("bot.question").joinpath("spoken.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = read["spoken"]
    return found


@cache
def pattern(table: str, name: str) -> WordRule:
    """Any of the words of one entry, longest first, for folded text; Latin ones only as whole words.

    `table` may be a path (`aspects.plan`).
    """
    entries = sorted(map(fold, _table(table)[name]), key=len, reverse=True)
    single = {entry for entry in entries if name in AT_EDGES and len(entry) == 1 and has_cjk(entry)}
    rules = [_bounded(entry) for entry in entries if not _is_latin(entry) and entry not in single]
    rules += [_at_edge("".join(sorted(single)))] if single else []
    if latin := [_plural(entry) for entry in entries if _is_latin(entry)]:
        # Bounded together: a pattern of a hundred words with bounds of their own took 80 ms to compile, so it takes 20.
        # `\b` takes Chinese characters for letters, so "POS状态status" would hide a word from it.
        rules.append(rf"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z0-9])")
    return WordRule("(?:" + "|".join(rules) + ")", entries)


@cache
def rule(name: str) -> re.Pattern[str]:
    """Any of the regular expressions of one entry of `[rules]`, for folded text."""
    return re.compile("|".join(f"(?:{each})" for each in lexicon()["rules"][name]))


def _is_latin(word: str) -> bool:
    return word[0].isalnum() and not has_cjk(word)


def _plural(word: str) -> str:
    """The word with or without the s of a plural: p2s, outages."""
    return re.escape(word) + ("s?" if word[-1].isalnum() and not word.endswith("s") else "")


def _at_edge(single: str) -> str:
    """Single Chinese characters only at the edge of a run: the 里 of 平台里, not that of 阿里云."""
    return f"(?:(?<!{_CHINESE})[{single}]|[{single}](?!{_CHINESE}))"


def _table(path: str) -> Any:
    table: Any = lexicon()
    for part in path.split("."):
        table = table[part]
    return table


def _bounded(word: str) -> str:
    escaped = re.escape(word)
    if word.endswith("事"):  # 出了什么事, but not the 事 of 出了什么事故
        return escaped + "(?![故件项情])"
    if word.endswith("交"):  # 没交, but not that of 没交代 and 没交付
        return escaped + "(?![代付接易割])"
    if word.startswith("没有") and len(word) > 2:  # 没有提到, but not that of 有没有提到
        return "(?<!有)" + escaped
    return escaped


@cache
def command_words() -> dict[str, str]:
    """Every word that may begin a question as a command → the kind of question."""
    return {fold(word): kind for kind, words in lexicon()["commands"].items() for word in words}


def attribute_of(word: str) -> str:
    """The attribute that the word asks for: budget is 预算."""
    return next(str(name) for name in lexicon()["attributes"] if pattern("attributes", name).search(fold(word)))
