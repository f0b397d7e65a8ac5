"""Which project a question speaks of: its words tried as they stand, then with ever less around the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.question.content import forms, is_trade_word
from bot.question.lexicon import lexicon, pattern, rule
from bot.question.likeness import is_elsewhere
from bot.question.linking import Linked, link
from bot.question.text import cut, trim, without
from store.linking.words import shortening
from store.reading.events import find_event
from store.records import ProjectName
from store.words.names import key
from store.words.normalise import fold, has_cjk
from store.words.regex import regex
from store.words.speaking import SCATTERED, most

# One word among others names a project for sure where it fits it as well as an abbreviation does.
SURE = 0.9
MOST_TOKENS = 8  # more of them are prose, and each is compared with every name
_VERSION = regex(r"\d+\.\d+|phase\s*\d+|[一二三四五六七八九十]+期")
_TOKENS = regex(r"[a-z0-9.+-]+|[\u3400-\u9fff]+")


def find_subject(words: str, projects: Sequence[ProjectName]) -> tuple[str, Linked]:
    """The words that name a project best, and what they name; `words` are known to ask how something stands."""
    tried = [words, *_less(words)]
    for heard in (False, True):
        for candidate in filter(None, tried):
            if (linked := link_words(candidate, projects, surely=True, heard=heard)).named:
                return candidate, linked
    last = next(iter(filter(None, tried[1:2])), words)
    return last, link_words(last, projects)


def _less(words: str) -> list[str]:
    """The words with ever less around the name: without an event, without what asks how much of it is
    done, without 项目 or 系统 at the end."""
    found = []
    event = find_event(fold(words)) if len(fold(words)) == len(words) else None
    if event:
        found.append(trim(without("words", "done", without("words", "when", cut(words, event[1])))))
    if counted := before_doing(words):
        found.append(counted)
    return [*found, *(shorter for text in [words, *found] if (shorter := _specific(text)))]


def before_doing(words: str) -> str:
    """The words before those that ask how much of something is done: of 国密做到几个, 国密; "" without such."""
    doing = rule("doing").search(fold(words)) if len(fold(words)) == len(words) else None
    return trim(words[: doing.start()]) if doing else ""


def link_words(words: str, projects: Sequence[ProjectName], *, surely: bool = False, heard: bool = True) -> Linked:
    """The project that the words name, all of them together or, where that is none, one of them.

    `POS 对账` is the 对账 of POS; in an English question the Chinese words are the name; and where a status is
    `surely` asked for, one word that names a project very well stands for the whole.
    """
    linked = link(words, projects, heard=heard)
    tokens = [token for token in _TOKENS.findall(fold(words)) if len(key(token)) > 1]
    if surely and len(tokens) == 1 and not linked.named and versions(words) <= versions(tokens[0]):
        alone = link(tokens[0], projects, heard=heard)  # flzx 哪, of flzx卡在哪
        return alone if alone.score >= SURE else linked
    if linked.named or not 1 < len(tokens) <= MOST_TOKENS:
        if linked.named or not surely:
            return linked
        alone = link(tokens[0], projects, heard=heard) if len(tokens) == 1 and key(tokens[0]) != key(words) else linked
        return alone if alone.named else _translated(tokens, projects) or linked
    if meant := _translated(tokens, projects):
        return meant
    each = {token: link(token, projects, heard=heard) for token in tokens}
    # A trade word names none of two: "feature platform migration" is no Connector migration.
    trade = {token for token in tokens if is_trade_word(token) and (token.isascii() or token in _activities())}
    named = [meant for token, meant in each.items() if meant.named and token not in trade]
    if len(named) == 2 and (part := _part(*named) or _part(*reversed(named))):
        return Linked(part, (), (part,), 1.0)
    if len(named) != 1 or versions(words) - versions(" ".join(_names(named[0]))):
        return linked
    if is_elsewhere(words, " ".join(_names(named[0]))):
        return linked  # of the Vietnam corridor, the one to Thailand tells nothing
    english = has_cjk(words) and all(token.isascii() for token, meant in each.items() if not meant.named)
    return named[0] if english or (surely and named[0].score >= SURE) else linked


def _translated(tokens: Sequence[str], projects: Sequence[ProjectName]) -> Linked | None:
    """The only project that holds each of the English words, some of them in Chinese: `dashboard` in 收单数据看板."""
    wanted = [forms(token) for token in tokens if token.isascii() and token not in _english_filler()]
    if not wanted or len(wanted) > MOST_TOKENS or not any(has_cjk(other) for word in wanted for other in word[1:]):
        return None
    found = [p for p in projects if all(most(word, [name for name, _ in p.names]) >= SCATTERED for word in wanted)]
    return Linked(found[0], (), (found[0],), SURE) if len(found) == 1 else None


@cache
def _english_filler() -> frozenset[str]:
    words = (*lexicon()["words"]["asking"], *lexicon()["words"]["filler"], *lexicon()["words"]["generic"])
    return frozenset(word for word in words if word.isascii())


@cache
def _activities() -> frozenset[str]:
    """What is done to things of all kinds: the 升级 of k8s升级."""
    return shortening("endings")


def versions(text: str) -> set[str]:
    """What tells a later stage from an earlier one: 2.0, phase 2, 二期."""
    return set(_VERSION.findall(fold(text)))


def _names(meant: Linked) -> list[str]:
    return [name for project in (meant.project, *meant.tied) if project for name, _ in project.names]


def part_beside(named: Linked, rest: str, projects: Sequence[ProjectName]) -> Linked | None:
    """`清结算平台 对账模块`: the part of one name that the words beside it name, or the other way round."""
    for words in filter(None, [rest, *_less(rest)]):
        other = link(words, projects)
        if other.named and (part := _part(named, other) or _part(other, named)):
            return Linked(part, (), (part,), 1.0)
    return None


def _part(whole: Linked, part: Linked) -> ProjectName | None:
    above = {project.subject for project in (whole.project, *whole.tied) if project}
    found = [project for project in (part.project, *part.tied) if project and project.parent in above]
    return found[0] if len(found) == 1 else None


def _specific(words: str) -> str | None:
    ending = re.search(pattern("words", "generic").pattern + r"\s*$", fold(words))
    return trim(words[: ending.start()]) or None if ending and len(fold(words)) == len(words) else None
