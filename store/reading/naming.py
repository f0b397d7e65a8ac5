"""The name of a project, from the line that speaks of it."""

from __future__ import annotations

import re
from functools import cache

from store.reading.clauses import first_clause
from store.reading.marks import MENTION, SIGNS, plain, without_links
from store.reading.sentences import end_of_name
from store.reading.vocabulary import alternatives, any_rule, pattern, vocabulary, words
from store.words.names import BRACKETS, FORMER, bracketed, key, unlabelled
from store.words.normalise import fold, has_cjk

LONGEST_NAME = 40  # characters that are compared; Latin names take more of them
LONGEST_LATIN_NAME = 80
_BRACKETED = re.compile(r"\s*[【\[]([^】\]]+)[】\]]\s*[:：]?")
_BOLD_LEAD = re.compile(r"\s*(?:\*\*|__)(?=[^\s【\[])([^*_【]{2,80})(?:\*\*|__)(?=\s*[:：,，(（—–-]|\s|$)")
_LINK_LEAD = re.compile(r"\s*(?:\*\*)?\[([^\[\]]{2,80})\]\([^()\s]*\)(?:\*\*)?\s*(?=[:：–—-]|$)")
_COLON = re.compile(r"：|(?<!\d):|:(?!\d)|-{3,}|—{2,}|\s[-–—|]\s")  # not that of 09:29
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_DAY = r"\d{1,2}(?:/|月)\d{1,2}日?"
_LISTING = re.compile(r"(?<=.)[(（][^()（）]*[、，,；;/][^()（）]*[)）]")
_BY = re.compile(r"(?<=..)按(?!揭|钮|键|时|期|计划)")  # 流水表按商户号分16片
_CHANGE = r"(?:(?<!路)由|从)\s*\d[\d.]*\s*[%％]?[^\d]{1,4}\d[\d.]*\s*[%％]?"
_FIGURE = rf"{_CHANGE}|(?:约|达)?\d+(?:\.\d+)?\s*[%％](?:\s*[(（][^()（）]*[)）])?|\d+\s*/\s*\d+[张个条项家套]?"
_LEADING_DAY = re.compile(rf"{_DAY}(?=[^\d/.年月日号])\s*")
_SHARE = re.compile(r"\s*[(（]\s*(?:\d+(?:\.\d+)?\s*[%％]|\d+\s*/\s*\d+)\s*[)）]$")  # Secrets broker (45%)
# 银行通道智能路由上线，进度60% speaks of the same as 银行通道智能路由，进度75% a week later.
_GOING_LIVE = re.compile(r"(?<=[\u3400-\u9fff]{4})(?:上线|投产|提测)$")
_COUNT = re.compile(r"(?<![\d/])\d+(?:个|项|套|家|条|张|次|笔|起)$")
_BARE_SHARE = re.compile(r"\d[\d.]*\s*%|\d+\s*/\s*\d+")  # a bullet `- 91%，12/10上线` names no part


@cache
def _closing() -> re.Pattern[str]:
    stems = alternatives([*words("projects", "closing"), *words("projects", "starting")])
    return re.compile(rf"(?:{stems}|{_FIGURE}|{_DAY}\s*{_events()})$", re.IGNORECASE)


@cache
def _breaks() -> re.Pattern[str]:
    return re.compile(rf"(?<=..)(?:{'|'.join(vocabulary()['projects']['breaks'])})")


@cache
def _events() -> str:
    return alternatives(word for entries in vocabulary()["events"].values() for word in entries)


@cache
def _closing_of_headline() -> re.Pattern[str]:
    return re.compile(rf"(?:{_closing().pattern}|{alternatives(words('projects', 'headlines'))}$)", re.IGNORECASE)


@cache
def _before_closing() -> re.Pattern[str]:
    stems = alternatives([*words("projects", "activity"), *words("projects", "closing")])
    return re.compile(rf"(?:{stems}|{_DAY}|[\s:：-])$", re.IGNORECASE)


def project_name(head: str) -> str:
    """The text before the first ： or ，, without 【】 (design, section 3), and without a statement at its end.

    `备付金盘点提测完成，…` speaks of 备付金盘点, `对账技术方案编写20%` of 对账技术方案. A bracket that is an alias
    stays (`家家盈平台（小贝项目）`), one that lists what belongs to it goes.
    """
    if link := _LINK_LEAD.match(head):
        return plain(link[1])
    head = MENTION.sub("", SIGNS.sub("", without_links(head)))
    if bold := _BOLD_LEAD.match(head):
        name = _without_statement(plain(bold[1]).strip(" ：:"), _closing_of_headline())
        return name + _also_called(head[bold.end() :])
    text = without_introduction(plain(head))
    if framed := _BRACKETED.match(text):
        return _without_statement(framed[1].strip(), _closing_of_headline())
    if end := end_of_name(text):
        return text[:end].strip()
    first = first_clause(text)
    name = _before_colon(first.text if first else "").strip(" 、-—|")
    name = _LEADING_DAY.sub("", name, count=1) if _LEADING_DAY.match(name) else name
    if listing := _LISTING.search(name):
        # "运营后台（商户、权限）交互稿完成": what follows a list of contents is no part of the name.
        name = name[: listing.start()] if _closing().search(fold(name)) else name
    name = _SHARE.sub("", name)
    name = _breaks().split(_BY.split(name, maxsplit=1)[0], maxsplit=1)[0]
    return _GOING_LIVE.sub("", _without_description(_without_statement(name, _closing())) or name)


def _also_called(behind: str) -> str:
    """The bracket behind a name in bold that says what else it is called: `**核销重构**（小名"扫除"）：…`."""
    bracket = BRACKETS.match(behind.lstrip())
    return bracket[0] if bracket and FORMER.match(bracket[1].strip()) else ""


def without_introduction(text: str) -> str:
    """`新起：对象存储替换，…` and `New: archive clean-up` without the word that brings the project in."""
    found = any_rule("projects", "introductions").match(fold(text))
    return text[found.end() :] if found and _same_length(text) else text


def _before_colon(text: str) -> str:
    """The text before its first colon or dash outside brackets: `先享后付接入（合作方：A、B）：…`."""
    hidden = _BRACKETS.sub(lambda bracket: "〓" * len(bracket[0]), text)
    return text[: len(_COLON.split(hidden, maxsplit=1)[0])]


def _without_statement(name: str, rule: re.Pattern[str]) -> str:
    rest = _COUNT.sub("", name)
    while (found := rule.search(fold(rest))) and _same_length(rest) and len(key(rest[: found.start()])) >= 2:
        rest, rule = rest[: found.start()].rstrip(), _before_closing()
    return rest


def _same_length(text: str) -> bool:
    # The ending is found in the folded text and cut from the original: only where the two run side by side.
    return len(fold(text)) == len(text)


def _without_description(name: str) -> str:
    name = unlabelled(name)
    _, aliases = bracketed(name)
    return name if aliases else re.sub(r"\s*[(（][^()（）]*[)）]$", "", name)


def is_bold_lead(head: str) -> bool:
    """Whether the line opens with a name in bold: `**Merchant portal 2.0** — 65 %`."""
    return _BOLD_LEAD.match(head) is not None


def is_labelled(head: str) -> bool:
    """Whether the line opens with a name, set off by bold, a colon or a dash."""
    return is_bold_lead(head) or _COLON.search(plain(head)) is not None


def is_group(name: str) -> bool:
    """Whether a line of this name only gathers projects (项目筹备)."""
    return key(name) in _groups()


@cache
def _groups() -> frozenset[str]:
    return frozenset(map(key, words("projects", "groups")))


def is_meeting(name: str) -> bool:
    """Whether a highlight of this name is a meeting or a notice, and no project."""
    folded = fold(name)
    within = pattern("projects", "not_projects_within").search(folded) is not None
    return within or pattern("projects", "not_projects", then="$").search(folded) is not None


def says_nothing(text: str) -> bool:
    """Whether the text is nothing but 无, 暂无, N/A, or that there was no incident (本周无生产事故)."""
    bare = fold(text).strip(" 。.!")
    quiet = not is_labelled(text) and any_rule("incidents", "none").fullmatch(bare)
    return bool(quiet) or pattern("projects", "none").fullmatch(bare) is not None


def is_name(name: str) -> bool:
    """Whether this can be a name at all: not empty, not a whole sentence, not 整体进度, not 91%."""
    if pattern("projects", "of_the_whole").fullmatch(fold(name)) or _BARE_SHARE.fullmatch(fold(name).strip()):
        return False
    return 2 <= len(key(name)) <= (LONGEST_NAME if has_cjk(name) else LONGEST_LATIN_NAME)
