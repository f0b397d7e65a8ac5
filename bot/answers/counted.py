"""Counted things in running text: `铺设1305家`, `接入 97/120`, `切量80%`, `288 machines retired`.

Pure: text in, records out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.question.content import forms, says_which
from bot.question.lexicon import pattern
from store.reading.clauses import clauses
from store.reading.units import NUMBER, UNIT
from store.words.dates import find_dates
from store.words.normalise import fold, has_cjk
from store.words.regex import regex
from store.words.speaking import SCATTERED, Wanted, most, share

BETWEEN = 4  # characters that may stand between a word and its number
WORDS = 4  # English words behind a number among which the things that it counts are named
_LABEL = re.compile(r"(?:\b(?:week|wk|phase|version|v|no|step|round|sprint|q)|第)[\s.#]*$")
_COUNT = re.compile(
    rf"(?<![a-z0-9./第\-])(?P<value>{NUMBER})"
    rf"(?:\s*(?P<each>{UNIT})?\s*(?:/|\bof\b(?:\s+(?:the|all))?)\s*(?P<whole>\d[\d,]*)(?![\d/.]))?"
    rf"\s*(?P<unit>{UNIT})?(?![a-z0-9]|[.:]\d)",
    re.IGNORECASE,
)
# The number of a section or an item before its title: 3.3 Dino; 20 of 40 endpoints are counted.
_NUMBERED = regex(r"\s*(?:#+\s*)?(?:\d{1,2}(?:\.\d{1,2})+[.、]?|\d{1,2}[.、)）])(?=\s*[^\W\d])")
_MARKS = re.compile(r"^[\s\-*•·:：,，.。、+]+|[\s:：,，、=＝为是约近达已至到]+$")
_FROM = re.compile(r"(?:由|从|\bfrom)[\s\d.,%\u4e00-\u9fff]*$")
_FROM_BEFORE = re.compile(r"(?:由|从|\bfrom\s)\s*$")
_LEAVES = re.compile(r"\s*(?:→|->|[升降涨跌增减提扩]|至|到|to\b)")
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its unit as written, the clause that it stands in, and the words before it there; `whole` of
    97/120 is 120. `line` counts from the first line of the `text`."""

    value: float
    unit: str
    whole: str
    lead: str
    clause: str
    behind: str
    line: int
    text: str

    @property
    def base(self) -> str:
        """The unit without what only multiplies it: 户 of 万户; a share counts in the unit that it leaves out."""
        return self.unit.lstrip("百千万亿")


def counts(text: str, on: date) -> tuple[Count, ...]:
    """Every number of the text that is no day, time or version."""
    folded = fold(text)
    if len(folded) != len(text):
        return ()
    blanked = _without_days(folded, on)
    found = []
    for clause in clauses(blanked):
        for match in _COUNT.finditer(clause.text):
            if _is_former(clause.text, match) or _is_no_share(match) or _is_label(clause.text, match):
                continue
            if _is_aim(clause.text, match):
                continue
            lead = _MARKS.sub("", _FROM.sub("", clause.text[: match.start()]))
            found.append(Count(
                float(match["value"].replace(",", "")), match["unit"] or "", match["whole"] or "", lead, clause.text,
                clause.text[match.end() :].strip(), clause.line, blanked,
            ))  # fmt: skip
    return tuple(found)


def _is_former(text: str, match: re.Match[str]) -> bool:
    """Whether the number is what it was before: 由310升至485, 30%→40%."""
    return _LEAVES.match(text, match.end()) is not None and (
        _FROM_BEFORE.search(text, 0, match.start()) is not None or text[match.end() :].lstrip()[:2] in ("->", "→")
        or text[match.end() :].lstrip()[:1] == "→"
    )


def _is_aim(text: str, match: re.Match[str]) -> bool:
    """Whether the number is what is aimed at, beside what holds: 提升支付成功率至99.2%（当前98.9%）."""
    return _AIM.search(text, 0, match.start()) is not None and _HOLDS.search(text, match.end()) is not None


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Week 30; and 2.0 is that of a system, unless something is measured in it."""
    numbered = _NUMBERED.match(text)
    if numbered and match.end() <= numbered.end() and not match["unit"]:
        return True
    version = match["value"].endswith(".0") and not (match["unit"] or "").startswith((PERCENT, "万", "亿", "千", "百"))
    return version or _LABEL.search(text, 0, match.start()) is not None


def _is_no_share(match: re.Match[str]) -> bool:
    """11/6 is a day that nothing else shows to be one."""
    return bool(match["whole"]) and float(match["value"].replace(",", "")) > float(match["whole"].replace(",", ""))


def _without_days(text: str, on: date) -> str:
    """The text with its days made blank: 12/12 is no share."""
    for day in find_dates(text, on):
        start, end = day.span
        text = text[:start] + " " * (end - start) + text[end:]
    return text


_AIM = regex(
    r"(?:提升|提高|降低|压降|控制|增长|缩短)[^，,。；;]{1,16}[至到]\s*$|\b(?:raise|improve|cut|reduce)\b.{1,40}\bto\s*$"
)
_HOLDS = regex(r"当前|目前|现为|\b(?:currently|now|today)\b")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is asked for: the words that say what is counted, the unit that it is counted in (户; 个 is any), and the
    thing counted where the question names it (the 系统 of 几个系统)."""

    words: tuple[Wanted, ...]
    unit: str = ""
    thing: Wanted = ()
    question: str = ""


def fits(count: Count, sought: Sought) -> bool:
    """Whether the number is surely the one that is asked for: its clause speaks of every word, and it is in the unit
    asked for (多少户), counts the things asked for (几个接口), or else stands right behind what it is a number of."""
    of_things = sought.unit not in ("", PERCENT)
    if aside(count, sought.question) or _negated(count, sought) or (of_things and count.unit == PERCENT):
        return False
    if not says_which(count.clause, sought.question):
        return False
    if not all(most(word, (count.clause,)) >= SCATTERED or _begun(word, count.lead) for word in sought.words):
        return False
    if sought.thing:
        if _is_thing(count, sought.thing):
            return True
        close = bool(sought.words) and (count.base == "个" or _near(count, sought))
        return close and most(sought.thing, (count.text,)) >= SCATTERED
    if sought.unit not in ("", "个"):
        return count.base == sought.unit
    return bool(sought.words) and _near(count, sought)


def _begun(word: Wanted, lead: str) -> bool:
    """Whether the words before the number begin as the word asked for does: 接入 for 接了."""
    return any(has_cjk(form) and len(form) > 1 and lead.endswith(form[0]) for form in word)


def aside(count: Count, question: str) -> bool:
    """Whether the clause speaks of a plan, a rest or another week, which nobody asked for."""
    aside = pattern("figures", "aside")
    return not all(any(form in question for form in forms(word)) for word in aside.findall(count.clause))


def best(found: Sequence[Count], sought: Sought) -> Count | None:
    """The number that fits, the one first that stands right behind the words; None where none does."""
    fit = [one for one in found if fits(one, sought)]
    return min(fit, key=lambda one: (not _near(one, sought), found.index(one)), default=None)


def _near(count: Count, sought: Sought) -> bool:
    """Whether one of the words stands right before the number: 切量:已切35%."""
    return any(_ends_with(count.lead, form) for word in sought.words for form in word)


def _ends_with(lead: str, word: str) -> bool:
    if has_cjk(word):
        return word in lead[-len(word) - BETWEEN :]
    return any(share(word, one) >= SCATTERED for one in lead.split()[-1:])


def _is_thing(count: Count, thing: Wanted) -> bool:
    """Whether the number counts such things, which stand close to it: 34个接口, 缺陷23个, 412 merchants."""
    behind = " ".join(count.behind.split()[:WORDS])
    behind = behind[: max(map(len, thing)) + BETWEEN] if has_cjk(behind) else behind
    return most(thing, (behind,)) >= SCATTERED or any(_ends_with(count.lead, form) for form in thing)


def _negated(count: Count, sought: Sought) -> bool:
    """Whether the clause says the contrary of what is asked: the 不打标 of a question for 打标."""
    ends = (form[-2:] for word in sought.words for form in word[:1] if has_cjk(form))
    return any(re.search(f"[不未没非]{re.escape(end)}", count.clause) for end in ends) and not re.search(
        "[不未没非]", sought.question
    )
