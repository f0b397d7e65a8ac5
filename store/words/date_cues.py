"""Evidence that digits are a date: the cue words of dates.toml, and one function for each kind of need.

Reports are full of 9/10 pass rates, 1/3 shares, 9.15 amounts and 09-15 codes, so a weak form counts as a date only
if its neighbours say so. Windows are bounded; nothing here costs more in a longer line.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import tomli

from store.words.regex import regex

_REACH = 24
_CLAUSE = 48
_RECENT = 60
_WORDS_TOO = ("may", "mar", "march")
_GAP = " :(*`\"'“‘「【[_"
_CLAUSE_END = regex(r"[,，。;；!！?？\n\r|]")
_ITEM_START = regex(
    r"(?:^|[\n\r|])[ \t]*(?:[-*+•·>#]{1,6}[ \t]*|[0-9]{1,2}[.、)][ \t]*|["
    r"(（][0-9]{1,2}[)）][ \t]*|\[[ x]\][ \t]*)*[*_(（【\[]{0,2}$"
)
_ITEM_TEXT = regex(r"[*_)）】\]]{0,2}(?:[ \t]?[:：,，]|[ \t]*[-–—~][ \t]|[ \t]*[\u4e00-\u9fff])")

# 从1/8到8的测试: a range whose other end is a plain number.
_COUNTED_ON = regex(r"\s?[到至~]\s?[0-9]{1,3}(?![0-9/月日号.])")
_MOVED_ON = regex(r"\s[a-z]+s\s(?:[a-z]+ed|done|live|ready)\b")  # 12/16 shards moved
_ASCII_WORD = regex(r"[A-Za-z]\s{1,2}$")


_OF_A_REPORT = regex(r"\s?周[报会]")


class Site(NamedTuple):
    """Where a date may be: the prepared text, its bounds, the match, and what was found with it."""

    text: str
    start: int
    end: int
    match: re.Match[str]
    dated: bool
    """A time, a weekday or a range partner stands with it."""
    strict: bool
    """False in questions, where people name dates far more often than rates."""
    days: int = 0
    """How far the date is from the day of writing."""


class Cues:
    """The words of dates.toml, compiled for looking before and after digits."""

    def __init__(self, words: dict[str, dict[str, list[str]]]) -> None:
        self._before = {name: _Endings(listed) for name, listed in words["before"].items()}
        self._after = {name: tuple(w.lower() for w in listed) for name, listed in words["after"].items()}
        self._near = {name: re.compile(_any_of(listed), re.IGNORECASE) for name, listed in words["near"].items()}

    def before(self, site: Site, name: str) -> bool:
        """A word of the list stands directly before the digits, over spaces, a colon or an opening bracket."""
        window = site.text[max(0, site.start - _REACH) : site.start].rstrip(_GAP)
        return self._before[name].match(window.lower())

    def after(self, site: Site, name: str) -> bool:
        """A word of the list stands directly after the digits."""
        window = site.text[site.end : site.end + _REACH].lower().lstrip(" )*`_")
        return (window + " ").startswith(self._after[name])

    def near(self, site: Site, name: str, reach: int = _CLAUSE, behind: bool = True) -> bool:
        """A word of the list stands in the same clause, at most `reach` characters away."""
        low, high = self.clause(site, reach)
        pattern = self._near[name]
        if pattern.search(site.text, site.end, high):
            return True
        return behind and pattern.search(site.text, low, site.start) is not None

    def says(self, text: str, low: int, high: int, name: str) -> bool:
        """A word of a `near` list stands between two places of the text."""
        return self._near[name].search(text, low, high) is not None

    @staticmethod
    def clause(site: Site, reach: int) -> tuple[int, int]:
        """The bounds of the clause around the digits, at most `reach` characters to each side."""
        low, high = max(0, site.start - reach), min(len(site.text), site.end + reach)
        cut = _CLAUSE_END.search(site.text, site.end, high)
        for stop in _CLAUSE_END.finditer(site.text, low, site.start):
            low = stop.end()
        return low, cut.start() if cut else high


@cache
def cues() -> Cues:
    """The cue words, read once from the file beside this module."""
    return Cues(tomli.loads(Path(__file__).with_name("dates.toml").read_text(encoding="utf-8")))


class _Endings:
    """Words that a text may end with; English ones only as whole words."""

    def __init__(self, listed: list[str]) -> None:
        words = [word.lower() for word in listed]
        self._plain = tuple(w for w in words if not w[0].isalpha() or not w[0].isascii())
        self._english = tuple(w for w in words if w[0].isalpha() and w[0].isascii())

    def match(self, text: str) -> bool:
        if text.endswith(self._plain):
            return True
        if not text.endswith(self._english):
            return False
        heads = (text[: -len(w)][-1:] for w in self._english if text.endswith(w))
        return any(not (head.isascii() and head.isalpha()) for head in heads)


def _any_of(listed: list[str]) -> str:
    """A pattern for any of the words; the first characters stand before it, which makes a search ten times quicker."""
    chinese = [re.escape(w) for w in listed if not w[0].isascii()]
    english = [re.escape(w) for w in listed if w[0].isascii()]
    firsts = "".join(sorted({w[0] for w in listed if not w[0].isascii()}))
    return rf"(?=[{firsts}A-Za-z])(?:{'|'.join(chinese)}|(?<![A-Za-z])(?:{'|'.join(english)}))"


def _slash(site: Site) -> bool:
    c = cues()
    # "10/24 11:05 家家盈…": behind a time of day no unit follows, whatever the next word begins with.
    if c.after(site, "unit") and ":" not in site.text[site.match.end() : site.end]:
        return False
    if site.dated and not c.before(site, "ratio"):
        return True
    if _MOVED_ON.match(site.text, site.end):
        return False
    if c.before(site, "strong") or _opens_line(site):
        return True
    if site.days <= _RECENT and _happened().match(site.text, site.end):  # 12/29已提测, 5/13二次评审, not 12/40已完成
        return True
    told = c.before(site, "happening") or (c.before(site, "ratio") and c.near(site, "event", 2, behind=False))
    if told and not c.near(site, "rate"):  # 评审10/25通过, 完成9/26提测
        return site.days <= _RECENT
    if c.before(site, "ratio") or c.after(site, "ratio") or c.near(site, "rate"):
        return c.before(site, "plan")
    if _COUNTED_ON.match(site.text, site.end):
        return False
    if c.after(site, "moment") or c.before(site, "weak") or _begins_item(site):
        return True
    return c.near(site, "event") and not _is_share(site)


@cache
def _happened() -> re.Pattern[str]:
    listed = tomli.loads(Path(__file__).with_name("dates.toml").read_text(encoding="utf-8"))["before"]["happening"]
    told = r"(?:已(?:经|按期|如期|全量|正式|提前|顺利)?|通过|完成|如期|按期|第?[一二三四五六首末][次轮])"
    return re.compile(rf"\s?{told}(?:{'|'.join(map(re.escape, listed))})")


def _is_share(site: Site) -> bool:
    """存量切换1/4, 灰度 1/10: a small fraction far from the report's day, or behind a rollout; not 5/9完成上线."""
    low, high = int(site.match["m"]), int(site.match["d"])
    far = site.days > _RECENT and not cues().near(site, "event", 3, behind=False)
    return low < high <= 10 and (far or cues().before(site, "rollout"))


def _question_slash(site: Site) -> bool:
    if _OF_A_REPORT.match(site.text, site.end):
        return True  # 5/24周报, and no 24周
    return not (cues().after(site, "unit") or cues().before(site, "asked ratio") or cues().after(site, "asked ratio"))


def _dash(site: Site) -> bool:
    c = cues()
    if c.after(site, "unit"):
        return False
    if site.dated or c.before(site, "strong"):
        return True
    if not site.strict and c.after(site, "asked"):
        return True
    padded = len(site.match[0]) == 5
    told = c.near(site, "event", 8, behind=False) or (c.before(site, "weak") and c.near(site, "event"))
    return padded and (not site.strict or _begins_item(site) or told)


def _dot(site: Site) -> bool:
    c = cues()
    if c.after(site, "unit") or c.after(site, "version") or c.before(site, "version"):
        return False
    if re.search(r"[A-Za-z]\s?$", site.text[max(0, site.start - 2) : site.start]):
        return False
    two = len(site.match["d"]) == 2
    event = c.near(site, "event", 10, behind=False)
    if site.dated or (c.before(site, "strong") and (two or event)):
        return True
    return two and (event or c.after(site, "moment") or (not site.strict and c.after(site, "asked")))


def _compact(site: Site) -> bool:
    c = cues()
    if c.after(site, "unit") or c.before(site, "code") or c.before(site, "version"):
        return False
    named = _ASCII_WORD.search(site.text[max(0, site.start - 4) : site.start])
    return not named or c.before(site, "strong") or c.before(site, "weak")


def _measure(site: Site) -> bool:
    return not cues().after(site, "unit")


def _day(site: Site) -> bool:
    c = cues()
    if c.before(site, "version") or c.before(site, "counted"):
        return False
    cued = site.dated or c.before(site, "strong") or c.before(site, "weak")
    return cued or c.after(site, "moment") or c.near(site, "event", 4, behind=False) or not site.strict


def _weekday(site: Site) -> bool:
    c = cues()
    cued = site.dated or c.before(site, "strong") or c.before(site, "weak") or c.after(site, "moment")
    if not site.strict:
        # sun, sat and mon are words of other senses and languages.
        return cued or not site.match[0].islower() or len(site.match[0]) > 5
    return cued or (not site.match[0].isascii() and c.near(site, "event", 6, behind=False))


def _month(site: Site) -> bool:
    word = site.match["mon"].rstrip(".")
    if word.lower() not in _WORDS_TOO:
        return True
    return word[0].isupper() or cues().before(site, "month")


def _month_name(site: Site) -> bool:
    word = site.match["mon"].rstrip(".")
    cued = cues().before(site, "month")
    if not site.strict:
        return cued or word.lower() not in _WORDS_TOO
    named = word.lower() not in (*_WORDS_TOO, "jan", "april", "june", "dec", "sep")
    return word[0].isupper() and (named or cued)


def _cued(site: Site) -> bool:
    c = cues()
    if not site.strict:
        return True
    return c.before(site, "strong") or c.before(site, "weak") or c.near(site, "event", 3, behind=False)


def _opens_line(site: Site) -> bool:
    """`9/15已按期提测`, `POS：11/29银行如约交付`: a share needs something that it is a share of before it, so with an
    event behind them digits that open a line, or follow its label, are a date of these weeks."""
    c = cues()
    opens = not site.text[max(0, site.start - _REACH) : site.start].rstrip(" ").rstrip("：:\n")[-1:].strip()
    labelled = site.text[max(0, site.start - 2) : site.start].rstrip(" ").endswith(("：", ":", "\n"))
    told = c.near(site, "event", behind=False) and not c.near(site, "rate") and not c.before(site, "ratio")
    return (opens or labelled) and told and site.days <= _RECENT


def _begins_item(site: Site) -> bool:
    """`- 9/10 监控发现…`: the digits open an item and text follows, and the day is of these weeks (not 1/2 上下游)."""
    head = site.text[max(0, site.start - _REACH) : site.start]
    if site.start > _REACH:
        head = "x" + head
    opens = _ITEM_START.search(head) is not None and _ITEM_TEXT.match(site.text, site.end) is not None
    return opens and site.days <= _RECENT


EVIDENCE: dict[str, Callable[[Site], bool]] = {
    "slash": lambda site: _slash(site) if site.strict else _question_slash(site),
    "dash": _dash,
    "dot": _dot,
    "code": lambda site: True,
    "compact": _compact,
    "measure": _measure,
    "day": _day,
    "weekday": _weekday,
    "month": _month,
    "month name": _month_name,
    "cued": _cued,
}
