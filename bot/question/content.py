"""What is left of a question to be looked for in the lines of reports: its words without those that only ask."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from bot.question.examples import is_asking
from bot.question.lexicon import lexicon, pattern
from bot.question.text import standard, without
from store.words.normalise import fold, has_cjk
from store.words.regex import regex
from store.words.segments import tagged
from store.words.speaking import Wanted, stem

# Lists of words of the lexicon. Asked for and there (申请32台, 到位28台) are no course of one number.
WHICH = ("which left", "which new", "which sought", "which came")
STAGES = ("which sought", "which came", "which whole")
_OF_ALL = regex(r"\d\s*(?:/|of|out of)\s*\d")  # what is left of all, too: 212 of 400
Told = Callable[[str], bool]  # whether any report says a word
MOST_WORDS = 24
SHORTEST_TOLD = 3  # characters of a run that, told by a report, stand for the whole
# Parts of speech as jieba has them: pronouns, counted things, adverbs, days, places, particles say nothing of a line;
# names of things that no report holds are what it doesn't know.
_ASKING, _THINGS = "rmdtfuypcoeqs", "nlije"
_GLOSS = regex(r"(?i:[a-z])\W+[(（][^()（）]*[\u3400-\u9fff][^()（）]*[)）]")
_PIECES = regex(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|[a-z0-9](?:[a-z0-9.:/&+-]*[a-z0-9])?%?|[\u3400-\u9fff]+")


def everything(word: str) -> bool:
    """As if every word stood in some report."""
    return bool(word)


def content(words: str, told: Told = everything, strict: bool = False) -> tuple[Wanted, ...]:
    """The words that a line must speak of, folded, each with what else the trade calls it (lexicon, `[same]`).

    `how many payments failed in the drill` → payments, failed, drill or 演练. `told` says which words stand in any
    report: of a run of Chinese that stands in none, only its words that do are taken, and things (nouns) that nobody
    reports on: 殃及多少用户 asks for 用户, whatever the report calls 殃及, and 区块链 is asked for though none has it;
    where it is `strict`, or asks for a day, verbs too (林舟什么时候休假).
    Of English words with the Chinese one in brackets behind them (`auto-approval rate (自动通过率)`) those that no
    report has are what the bracket translates.
    """
    glossed = _GLOSS.search(words) is not None
    text = standard(words)
    for name in ("asking", "free", *(("of days",) if asks_day(words) else ())):
        text = without("words", name, text)
    runs = [piece for run in _PIECES.findall(fold(text)) for piece in _split(run)]
    # 最不稳 is what the line would have to say, whatever it says of 通道.
    things = _THINGS + "v" * (strict or asks_day(words)) + "a" * ("最" in text)
    pieces = [word for run in runs if len(run) > 1 or run.isdecimal() for word in _words(run, told, things)]
    if glossed:
        pieces = [piece for piece in pieces if has_cjk(piece) or told(piece)]
    return tuple(dict.fromkeys(forms(piece) for piece in pieces[:MOST_WORDS]))


def _words(run: str, told: Told, things: str) -> list[str]:
    if told is everything or told(run):
        return [run]
    if not has_cjk(run):
        return [run] if not _is_asking(run) else []
    if told(_heavy(run)) or _names_team(run):
        return [_heavy(run)]
    shorter = next((part for part in (run[:-1], run[1:]) if len(part) >= SHORTEST_TOLD and told(part)), None)
    if shorter and _is_of_words(shorter, run):
        return [shorter]  # 光模块 of 光模块换了吗, but no 压测达 of 压测达标了吗
    parts = [(_bare_verb(word, told), tag) for word, tag in tagged(run)]
    return [word for word, tag in parts if _tells(word, tag[0], told, things)]


def _is_of_words(part: str, run: str) -> bool:
    """Whether the part that begins or ends a run cuts none of its words."""
    words = [word for word, _ in tagged(run)]
    return part in ("".join(words[:-1]), "".join(words[1:]))


def _bare_verb(word: str, told: Told) -> str:
    """A word that no report says without the 来 of its direction: 追回 of 追回来."""
    shorter = word[:-1] if len(word) > 2 and word[-1] in lexicon()["words"]["directions"] else ""
    return shorter if shorter and not told(word) and told(shorter) else word


def _tells(word: str, tag: str, told: Told, things: str) -> bool:
    """Whether the word is asked for: one that a report has, or a thing that none has (the 湖 of 数据湖), and of a
    question for a day what is to happen then (补完)."""
    if told(word):
        return len(word) > 1 and tag not in _ASKING
    if is_trade_word(word):
        return True  # jieba takes 合同 for an adjective
    return tag in things and (len(word) > 1 or tag in _THINGS) and not (len(word) > 1 and is_asking(word))


def _names_team(run: str) -> bool:
    """Whether it is the name of a team that has no reports: 支付网关组."""
    return re.search(pattern("words", "team_endings").pattern + "$", run) is not None


def _is_asking(word: str) -> bool:
    """Whether an English word that no report has says nothing of what is asked for: seriously, wonder."""
    return word.endswith("ly") or is_asking(word)


def _split(run: str) -> list[str]:
    if not has_cjk(run):
        return [run]
    return [piece for piece in pattern("words", "particles").split(run) if piece]


def _heavy(piece: str) -> str:
    """A Chinese run without what says little at its ends: 试点 of 试点开."""
    light = lexicon()["words"]["light"]
    while len(piece) > 2 and (piece[-1] in light or piece[0] in light):
        piece = piece[:-1] if piece[-1] in light else piece[1:]
    return piece


@lru_cache(maxsize=4096)
def forms(word: str) -> Wanted:
    """A folded word with what else the trade calls it, and without what says little at its ends."""
    same = next((group for group in (*_same(), *_of_names()) if _is_in(word, group)), ())
    same = (*same, *lexicon()["told_by"].get(word, ()))
    return tuple(dict.fromkeys((word, *same, *((_heavy(word),) if has_cjk(word) else ()))))


def _is_in(word: str, group: tuple[str, ...]) -> bool:
    return word in group or (not has_cjk(word) and any(stem(word) == stem(other) for other in group))


@cache
def _same() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(fold, group)) for group in lexicon()["same"]["words"])


@cache
def _of_names() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(fold, group)) for group in lexicon()["translated"]["names"])


def is_trade_word(words: str) -> bool:
    """Whether the words are one of the trade's own (银行), and no short form of a project's name: 哪些卡在银行."""
    return any(fold(words) in group for group in _same())


def is_unit(word: str) -> bool:
    """Whether incidents are counted in it: 商户, merchants."""
    units = [fold(unit) for group in lexicon()["units"]["groups"] for unit in group]
    return any(word == unit or (not has_cjk(word) and stem(word) == stem(unit)) for unit in units)


def telling(words: str, told: Told, strict: bool = False) -> str:
    """The same words as a text, each as it was asked."""
    return " ".join(one[0] for one in content(words, told, strict))


def asks_day(text: str) -> bool:
    """Whether the question asks for a day: a line without one doesn't answer it."""
    return pattern("words", "day").search(fold(standard(text))) is not None


_COUNTED = regex(r"(?:多少|几)\s*([\u3400-\u9fff])|how many\s+([a-z]+)")
# What is counted by its measure word is no other number: 一共入职多少人 isn't answered by 第03期.
_MEASURES = {unit: group for group in ("[人名位]", "[家]", "[户]", "[台]", "[笔]", "[张]") for unit in group[1:-1]}
_TIMED = regex(r"(?:多少|几)个?(毫秒|分钟|小时)|(?<=多少)(秒)")
_TIMES = {"毫秒": "(?:毫秒|ms)", "分钟": "(?:分钟?|min)", "小时": "(?:个?小时|h)", None: "(?:秒|s)"}
# Digits that count nothing: those of addresses, issues and versions.
_NO_AMOUNT = regex(r"https?://\S+|#\d+|\bv?\d+\.\d+\.\d+\b")
_LASTING = r"(?:分钟?|秒|个?小时|天|周|个?月|min|minutes?|h|hours?|s|seconds?|days?|weeks?|months?)(?![a-z])"


# 耗时三个月, but neither 这两周 nor 第三周.
_IN_WORDS = regex(
    r"(?<![这那近前上下过每第])[一二两三四五六七八九十半][\u3400-\u9fff]{0,2}?(?:分钟|小时|天|周|个月|年)"
)


@cache
def _counts(unit: str) -> re.Pattern[str]:
    share = r"(?:\d+/)?" if unit else ""  # 6/20 ranges; without a unit it may be a day
    return re.compile(rf"(?<![a-z0-9:./-]){share}\d[\d,]*(?:\.\d+)?\s*[万亿千]?\s*{unit}(?![:/\d])")


def tells(question: str, text: str) -> int:
    """How well a line tells the number that the question asks for: 2 with its unit (多少笔: 132笔), 1 without, 0 not.

    Where no number is asked for, each does (2).
    """
    asked, folded = fold(standard(question)), _NO_AMOUNT.sub(" ", fold(text))
    if pattern("words", "spent").search(asked) and not pattern("words", "spent told").search(folded):
        return 0  # 花了多少 isn't told by an amount of what was paid through the system
    if pattern("words", "money").search(asked):
        return 2 * (pattern("words", "money told").search(folded) is not None)
    if pattern("words", "lasting").search(asked):
        return 2 if _counts(_LASTING).search(folded) or _IN_WORDS.search(folded) else 0
    if not asks_number(question):
        return 2
    if not says_which(folded, asked) and not _OF_ALL.search(folded):
        return 0  # how many are left isn't told by how many moved
    if timed := _TIMED.search(asked):  # 延迟多少毫秒 isn't told by 38分钟
        return 2 * (_counts(_TIMES[timed[1]]).search(folded) is not None)
    found = _COUNTED.search(asked)
    unit = (found[1] or stem(found[2])) if found else ""
    if unit in _MEASURES:
        before = re.search(rf"{_MEASURES[unit]}\D{{0,4}}\d", folded)  # 两天开户1,905
        return 2 * (before is not None or _counts(_MEASURES[unit]).search(folded) is not None)
    return 2 if unit and _counts(re.escape(unit)).search(folded) else int(_counts("").search(folded) is not None)


def says_which(clause: str, question: str) -> bool:
    """Whether the clause speaks of the same number of a thing as the question where that says which: 还剩 and 剩余."""
    named = (pattern("figures", name) for name in WHICH)
    return all(which.search(clause) for which in named if which.search(question))


def stage_of(clause: str) -> frozenset[str]:
    """Which stage a clause counts things at: asked for, there, or all that there are."""
    return frozenset(name for name in STAGES if pattern("figures", name).search(fold(clause)))


def counts(text: str) -> bool:
    """Whether the question asks for a number of things (多少台, how many stores), and neither for money nor time."""
    asked = fold(standard(text))
    other = any(pattern("words", name).search(asked) for name in ("money", "lasting"))
    return asks_number(text) and not other and _COUNTED.search(asked) is not None


def is_measure(words: str, question: str) -> bool:
    """Whether the words are only what the number asked for is counted in, and say nothing of what: 部门有多少人."""
    found = _COUNTED.search(fold(standard(question)))
    return found is not None and found[1] in _MEASURES and fold(words).strip() == found[1]


def asks_number(text: str) -> bool:
    """Whether the question asks how many: a line without a number doesn't answer it."""
    return pattern("words", "number").search(fold(standard(text))) is not None
