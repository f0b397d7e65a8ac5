"""What of a question a line has to say to be its answer, and what it needn't.

A question in plain words holds what it is about (鼠标, texlive2021), words by which people ask (弄完没, how far is)
and words that tell nothing of it (那个毛病, mess). Only the first must stand in the line. What no report says and is no
common word is the name of something that the reports don't know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tomli

from bot.question.content import Told, asks_day, asks_number, forms
from bot.question.lexicon import lexicon, pattern
from bot.question.text import standard, without
from store.words.normalise import fold, has_cjk
from store.words.regex import regex
from store.words.segments import tagged
from store.words.speaking import Wanted, stem

# What only asks, of the lexicon's words.
ASKING = ("asking", "free", "filler", "standing", "when", "done", "past", "english", "pronouns", "latest", "on a day")
MOST_WORDS = 16
ENDINGS = "了的过到得着"
LIGHT = 0.4  # of a character left over, where it is a verb or an ending
LONGEST_WORD = 12  # Chinese characters of a run that are looked for as one word
_ISSUE = regex(r"(?:第?\d+|[一二三四五六七八九])期")
_TEAM = regex(r".{2,6}?(?:组|部门|部|中心|团队)")
_CAPITAL = regex(r"(?<=[A-Za-z0-9,] )[A-Z][a-z]+")
_PIECES = regex(
    r"第?\d+期|[一二三四五六七八九]期|\d{1,3}(?:,\d{3})+|[a-z0-9](?:[a-z0-9.:/&+'-]*[a-z0-9])?%?|(?:(?![一二三四五六七八九]期)[\u3400-\u9fff])+"
)
_GLUED = regex(r"([a-z]{2,})(\d[\d.]*)")
_JOINTS = regex("[:/+&]")
_VERSION = regex(r"\d+\.\d+")
_PLURAL_NUMBER = regex(r"\d+s")
_ENGLISH_RATE = regex(r"[a-z]+ rate\b")
_RATE = regex(r".*(?:[成功失败通过可用退款拒付]率)")
_NAMES = "nlije"  # parts of speech of things, as jieba has them
_THINGS = "na"  # … and those of 备件 and 合同


@dataclass(frozen=True, slots=True)
class Sought:
    """The words of a question, folded: those that a line has to say, those that speak for it where it says them, and
    those that neither a report nor common language has."""

    needed: tuple[Wanted, ...]
    helpful: tuple[Wanted, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Common:
    chinese: frozenset[str]
    light: str
    before: frozenset[str]
    behind: frozenset[str]
    english: frozenset[str]
    demands: tuple[tuple[re.Pattern[str], re.Pattern[str], bool], ...]


def sought(text: str, told: Told) -> Sought:
    """The words of `text`, a question without its range and team; `told` says whether any report has a word."""
    names = frozenset(map(fold, _CAPITAL.findall(text)))
    text = fold(standard(text))
    needed: list[str] = []
    helpful: list[str] = []
    unknown: list[str] = []
    strict = asks_day(text) or asks_number(text)
    for rate in _ENGLISH_RATE.findall(text):
        if not is_common(rate.split()[0]):
            (needed if told(rate) else unknown).append(rate)
    bare = text
    for name in ("asking", "free"):
        bare = fold(without("words", name, bare))
    needed += [name for name in names if is_common(name) and told(name)]  # the Direct of Visa Direct
    unknown += [name for name in names if is_common(name) and not told(name)]
    for piece in _PIECES.findall(bare):
        for word, weight in _chinese(piece, told, strict) if _is_run(piece) else _latin(piece, told):
            {"needed": needed, "helpful": helpful, "unknown": unknown}[weight].append(word)
    helpful += [word for word in _PIECES.findall(text) if _is_telling(word) and word not in needed and told(word)]
    return Sought(_wanted(needed), _wanted(helpful), tuple(dict.fromkeys(unknown)))


def _is_run(piece: str) -> bool:
    return has_cjk(piece) and not _ISSUE.fullmatch(piece)


def _is_telling(word: str) -> bool:
    """Whether a common English word may tell lines apart: fixed, pending, but neither `the` nor `when`."""
    return not has_cjk(word) and len(word) > 3 and not pattern("words", "asking").search(word)


def _wanted(words: list[str]) -> tuple[Wanted, ...]:
    return tuple(dict.fromkeys((*forms(word), *_unglued(word)) for word in words[:MOST_WORDS]))


def _unglued(word: str) -> tuple[str, ...]:
    """A name with its number, and a version, as they may be written, too: texlive 2021, Ubuntu 22.04, V0.43.0."""
    if _VERSION.fullmatch(word):
        return (f"v{word}", f"{word}.0", f"v{word}.0")
    parts = _GLUED.fullmatch(word)
    if not parts:
        return ()
    dotted = f"{parts[2][:-2]}.{parts[2][-2:]}"
    return (f"{parts[1]} {parts[2]}", *([f"{parts[1]} {dotted}"] if parts[2].isdigit() and len(parts[2]) > 2 else []))


def _latin(word: str, told: Told) -> list[tuple[str, str]]:
    if len(word) == 1 or word.endswith("'s"):
        return []
    if _PLURAL_NUMBER.fullmatch(word):
        word = word[:-1]  # the 504s
    if word[-1] == "期":
        return [(word, "needed" if told(word) else "unknown")]
    if is_common(word):
        return []
    known = told(word) or any(all(told(part) for part in form.split()) for form in (*forms(word)[1:], *_unglued(word)))
    parts = [part for part in _JOINTS.split(word) if len(part) > 1]
    if not known and len(parts) > 1:
        return [one for part in parts for one in _latin(part, told)]  # 22.03:Epol
    return [(word, "needed" if known else "unknown")]


def is_common(word: str) -> bool:
    """Whether a folded English word says little of what is asked for."""
    common = _common().english
    return word in common or stem(word) in _stems() or word in _asking()


@cache
def _asking() -> frozenset[str]:
    entries = (entry for name in ASKING for entry in lexicon()["words"][name] if not has_cjk(entry))
    return frozenset(word for entry in entries for word in fold(entry).split())


@cache
def _stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _common().english if len(word) > 4)


def _chinese(run: str, told: Told, strict: bool) -> list[tuple[str, str]]:
    """The words of a run of Chinese: as long as reports have them, with what is left between them."""
    found: list[tuple[str, str]] = []
    if (team := _TEAM.match(run)) and not told(team[0]) and team[0] not in _common().chinese:
        return [(team[0], "unknown")]
    for place in pattern("words", "told apart").findall(run):
        if not any(map(told, forms(place))):
            return [(place, "unknown")]  # of 交行直连 the lines on 招行直连 tell nothing, though they hold 行直连
    if rate := _RATE.match(run):  # a line on refunds that gives another success rate doesn't tell the 退款成功率
        found.append((rate[0], "needed" if told(rate[0]) else "unknown"))
        run = run[rate.end() :]
    left = ""
    for part in (*_parted(run, told), ""):
        if len(part) == 1:
            left += part
            continue
        word = _heavy(part)
        behind = bool(found) and found[-1][1] == "needed"
        generic = word in _common().behind and (behind or bool(left))  # 对账平台 is no 对账引擎
        weight = "needed" if generic or not _is_common(word) else "helpful"
        found += _left(left, behind, bool(word) and weight == "needed", strict)
        left = ""
        if word:
            found = _with_word(found, word, weight, told)
    return found


def _with_word(found: list[tuple[str, str]], word: str, weight: str, told: Told) -> list[tuple[str, str]]:
    """The words with one more; what stands right before it may be a part of its name: 数字人民币 is more than 人民币,
    whatever 数字 says alone."""
    if not found or weight != "needed":
        return [*found, (word, weight)]
    last, of_last = found[-1]
    if of_last == "helpful" and last in _common().before:
        return [*found[:-1], (last, "needed" if told(last) else "unknown"), (word, weight)]
    return [*found, (word, weight)]


def _heavy(word: str) -> str:
    """A word without the endings at either side: 支持 of 新支持了; nothing where no more than one character is left."""
    common, light = _common().chinese, _common().light
    if word in common:
        return word
    if bare := next((part for part in (word[1:], word[:-1]) if part in common), ""):
        return bare if (word[0] if word.endswith(bare) else word[-1]) in light else word  # 新支持, 用新版
    kept = word.strip(ENDINGS)
    return kept if len(kept) > 1 else ""


def _left(left: str, behind: bool, before: bool, strict: bool) -> list[tuple[str, str]]:
    """What no report says: nothing where it is verbs and endings, else the name of what isn't known, or a part of it
    where it stands right `behind` or `before` a word of the reports."""
    heavy = [char for char in left if char not in _common().light]
    if not heavy:
        is_word = before and len(left) > 1 and len(tagged(left)) == 1  # the 进件 of 进件时长
        return [(left, "unknown")] if is_word or (behind and _holds_noun(left)) else []
    if behind and _holds_noun(left):
        return [(left, "unknown")]
    if len(heavy) == 1:
        # 刷脸付 is more than 刷脸 and 数币钱包 than 钱包, but 板子 may be called by any other word.
        joined = (behind and left[0] == heavy[0]) or (before and left[-1] == heavy[0])
        return [(left, "unknown")] if joined or (strict and len(left) > 1) else []
    names = strict or before or behind or any(tag[0] in _NAMES for _, tag in tagged(left))
    return [(left, "unknown")] if names else []


def _holds_noun(left: str) -> bool:
    """Whether a thing is named by characters that say little each: the 合同 of 合同签了吗, 备件."""
    return any(len(word) > 1 and tag[0] in _THINGS and not _is_common(word) for word, tag in tagged(left))


def _is_common(word: str) -> bool:
    return word in _common().chinese or word in _asked()


@cache
def _asked() -> frozenset[str]:
    tables = *lexicon()["cues"].values(), lexicon()["words"]["standing"], lexicon()["words"]["incident fields"]
    return frozenset(fold(word) for table in tables for word in table)


def _parted(run: str, told: Told) -> list[str]:
    """The run in as few words as cover most of it: those of reports and common ones, the rest by its characters."""
    best: list[tuple[float, int, list[str]]] = [(0.0, 0, [])]  # what is left over, how many words, the words
    for end in range(1, len(run) + 1):
        left, words, parts = best[end - 1]
        options = [(left + (LIGHT if run[end - 1] in _common().light else 1.0), words, [*parts, run[end - 1]])]
        for start in range(max(0, end - LONGEST_WORD), end - 1):
            word = run[start:end]
            if word in _common().chinese or told(word):
                left, words, parts = best[start]
                options.append((left, words + 1, [*parts, word]))
        best.append(min(options, key=lambda option: option[:2]))
    return best[-1][2]


def meets_demand(question: str, line: str, *, last: bool = False) -> bool:
    """Whether a line tells what the question asks for by a word of its own: whose it is, what it cost; where the line
    is the `last` resort, a reason and an end, too."""
    asked, text = fold(standard(question)), fold(line)
    demands = (tells for asks, tells, always in _common().demands if (last or always) and asks.search(asked))
    return all(tells.search(text) for tells in demands)


def issues(asked: Sought) -> tuple[str, ...]:
    """The issues of a report that the question names: 第16期."""
    return tuple(word for word in (*(one[0] for one in asked.needed), *asked.unknown) if _ISSUE.fullmatch(word))


def unknown_rate(asked: Sought) -> bool:
    """Whether the question asks for a rate that no report gives: other rates of the same thing don't answer it."""
    return any(word.endswith("率") for word in asked.unknown)


@cache
def _common() -> _Common:
    read = tomli.loads(files("bot.question").joinpath("common.toml").read_text(encoding="utf-8"))
    words = read["words"]
    demands = tuple(
        (_any(each["asks"]), re.compile("|".join(each["tells"])), each.get("always", False)) for each in read["demand"]
    )
    chinese, english = frozenset(words["chinese"].split()), frozenset(words["english"].split())
    before, behind = frozenset(words["before"].split()), frozenset(words["behind"].split())
    return _Common(chinese, words["light"], before, behind, english, demands)


def _any(words: list[str]) -> re.Pattern[str]:
    bounded = (word if has_cjk(word) else rf"(?<![a-z]){re.escape(word)}(?![a-z])" for word in words)
    return re.compile("|".join(bounded))
