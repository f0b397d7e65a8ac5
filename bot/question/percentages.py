"""The progress by which a list of projects is narrowed: `90%以上`, 过半, `under fifty percent`, between two figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.question.lexicon import pattern
from bot.question.query import Query
from bot.question.text import cut, without
from store.words.normalise import fold
from store.words.numbers import chinese_number
from store.words.regex import regex

NEARLY_DONE = 80.0  # percent; the answer says it
TINY = 1e-9  # over 90 % is not 90 %
_N = (
    r"\s*(?P<n>\d{1,3}(?:\.\d+)?)\s*(?:%|percent\b|个?点)(?!\s*(?:左右|上下))"
    r"(?:\s*(?:done|complete|completed|finished)\b)?"
)
# About so much is no bound: 接近90%.
_ABOUT = regex(rf"(?:接近|将近|快到|快|大概|约|around|about|almost|nearly|close to|some)\s*{_N}")
_ABOVE = regex(
    r"(?:(?P<over>(?<![不没未])(?:超过|大于|高于|多于|超出|突破|超|过)了?|over|above|past|beyond|exceed(?:s|ed|ing)?"
    r"|(?<!no )(?:more|higher|greater|further) than|>(?!=))"
    r"|(?P<from>不[低小少]于|至少有?|起码有?|最少有?|(?<![不没未有])(?:达到|达|到)了?|够了?|满"
    r"|at least|no less than|not less than|reach(?:es|ed|ing)?|hit(?:s|ting)?|at or above|>=|≥))?"
    rf"{_N}(?P<behind>\s*(?:及以上|以上|往上|or more|or above|or higher|plus\b|\+))?"
)
_BELOW = regex(
    r"(?:(?P<over>不到|不足|不满|不够|[没未](?:有)?(?:达到|到|达|够|满|超过|超|过)|(?<!不)[低小少]于|under|below"
    r"|short of|(?<!no )(?:less|lower|fewer) than|(?:not|n't|yet to) (?:yet )?reach(?:ed)?|<(?!=))"
    r"|(?P<from>不超过|不[高大多]于|最多|at most|no more than|<=|≤))?"
    rf"{_N}(?P<behind>\s*(?:及以下|以下|以内|or less|or below|or lower))?"
)
_BETWEEN = regex(
    r"(?:between\s)?\s*(\d{1,3}(?:\.\d+)?)\s*(?:%?|percent\b|个?点)\s*(?:到|至|-|~|–|and|to)"
    r"\s*(\d{1,3}(?:\.\d+)?)\s*(?:%|percent\b|个?点)(?:之间)?"
)
_IN_WORDS = regex(r"百分之|成|一半|过半|half|percent|per cent")
_TENS = ("ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HALF = r"half(?! an?\b)(?:[ -]?way)?(?: done| complete| finished)?"  # and no half an hour
_DIGIT = "一二三四五六七八九"
# How people say a percentage, and what stands for it in figures; 三成功 is none.
_FIGURES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (regex(r"百分之(\d{1,3}|[一二三四五六七八九十百]{1,3})"), lambda said: f"{chinese_number(said[1])}%"),
    (regex(rf"([{_DIGIT}])成([{_DIGIT}])?(?![功都立员本为果品交人不])"),
     lambda said: f"{_DIGIT.index(said[1]) + 1}{_DIGIT.index(said[2]) + 1 if said[2] else 0}%"),
    (regex(r"[没不未]过半|[没不未](?:有)?[到足满过](?:了)?一半"
                rf"|(?:less than|under|below|not) {_HALF}"),
     lambda said: "不到50%"),
    (regex(rf"过半(?![小天个年月数])|(?:超过|过)了?一半|一半以上|(?:more than|over|past) {_HALF}"),
     lambda said: "超过50%"),
    (regex(rf"\b({'|'.join(_TENS)})([- ]five)?\s*per ?cent\b"),
     lambda said: f"{10 * (_TENS.index(said[1]) + 1) + 5 * bool(said[2])}%"),
    (regex(r"(?<=\d)\s*per cent\b"), lambda said: "%"),
)  # fmt: skip


def take_bounds(query: Query, text: str) -> tuple[Query, str]:
    """`90%以上`, `不到50%`, `between 20% and 60%`: the least and the most progress; a bare `90%` is both."""
    text = _in_figures(text)
    folded = fold(text)
    if pattern("words", "nearly done").search(folded) and "%" not in folded:
        left = without("words", "nearly done", text)
        return replace(query, least=NEARLY_DONE, states=("open",)), left
    if len(folded) != len(text) or not re.search("%|percent|(?<=\\d)个?点", folded):
        return query, text
    if _ABOUT.search(folded):
        return query, text
    if both := _BETWEEN.search(folded):
        return replace(query, least=float(both[1]), most=float(both[2])), cut(text, both.span())
    if found := next((m for m in _BELOW.finditer(folded) if _bounds(m)), None):
        return replace(query, most=float(found["n"]) - TINY * bool(found["over"])), cut(text, found.span())
    if found := next((m for m in _ABOVE.finditer(folded) if _bounds(m)), None):
        return replace(query, least=float(found["n"]) + TINY * bool(found["over"])), cut(text, found.span())
    if found := _ABOVE.search(folded):
        return replace(query, least=float(found["n"]), most=float(found["n"])), cut(text, found.span())
    return query, text


def has_bounds(text: str) -> bool:
    """Whether folded `text` asks for what is above or below a percentage."""
    text = _in_figures(text)
    return "%" in text and any(_bounds(found) for rule in (_ABOVE, _BELOW) for found in rule.finditer(text))


def _bounds(found: re.Match[str]) -> bool:
    return bool(found["over"] or found["from"] or found["behind"])


def _in_figures(text: str) -> str:
    """The text with its percentages in figures: 九成 is 90%, and so is ninety percent."""
    folded = fold(text)
    if len(folded) != len(text) or not _IN_WORDS.search(folded):
        return text
    for rule, written in _FIGURES:
        folded = rule.sub(written, folded)
    return folded
