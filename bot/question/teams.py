"""Which team a question names: in full, shortened (`team_names`), or as it sounds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.question.content import Told
from bot.question.lexicon import command_words, pattern
from bot.question.query import Query
from bot.question.team_names import JOINTS, SHORTEST_LATIN, short_name, short_names
from bot.question.text import asks_which, cut
from store.reading.events import find_event
from store.words.normalise import fold, has_cjk
from store.words.regex import regex
from store.words.sounds import readings, spells

SHORTEST_INITIALS = 3  # letters of a Chinese name's initials: two of them are too many other things
_SYLLABLE = r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?[aeiouv]{1,3}(?:ng?|r)?"
_PINYIN = regex(rf"(?<![a-z0-9])(?=[a-z]{{5,}}){_SYLLABLE}{_SYLLABLE}+(?![a-z0-9])")
_SAID_OF = regex(r"\b(?:on|for|in|at|from|by|did|with)\s+$")
_DOES = regex(r"\s*(?:[:,]|'s\b|doing\b|working\b|$)")  # how is Issuing doing
# A name that is a word of asking, too, is the team's where somebody does something: did risk finish it, but no risk.
_DOES_THAT = regex(
    r"\b(?:did|does|has|have|will)\s\|\s(?:finish|complete|ship|deliver|launch|do|done|get|have|plan|report|say|send|own)"
    r"|\b(?:is|are)\s\|\s(?:[a-z]+ing|short)\b"
    r"|(?<!is )(?<!are )\b(?:in|from|by)\s\|\s*(?:$|[?,.]|between|since|in|during|from|for|this|last|so)"
)
_BEHIND = regex(r"[\s,，。?？!！:：、/的'’s\d\ue000-\uf8ff]")  # or a name, which private characters stand for
_LETTERS = regex(r"(?<![A-Za-z0-9])[A-Za-z]{2,6}(?![A-Za-z0-9])")
_NEXT = regex(r"[a-z0-9]+|.")


def take_team(query: Query, text: str, teams: Sequence[str], told: Told) -> tuple[Query, str]:
    """The team named in full, else by what is left without 中心, 组 or team (风控 of 风控中台), else by a beginning
    or an end that no other team has (跨境, 支付组 of 跨境支付组), where it stands; `told` as in `team_in`."""
    found = team_in(text, teams, told)
    return (replace(query, team=found[0]), cut(text, found[1])) if found else (query, text)


def names_in_full(team: str, text: str) -> bool:
    """Whether the text has the team's whole name."""
    return _written(team).search(fold(text)) is not None


def team_in(text: str, teams: Sequence[str], told: Told) -> tuple[str, tuple[int, int]] | None:
    """The team that the text names, and where; `told` says which words stand in the reports, so that no beginning of
    another name (跨境收款) is taken for the team."""
    folded = fold(text)
    if len(folded) != len(text):
        return None
    for team in sorted(teams, key=len, reverse=True):
        # A team that is called Metrics has its capital; who asks for metrics writes none.
        found = re.search(re.escape(team), text) if fold(team) in command_words() else _written(team).search(folded)
        if found:
            ending = re.match(pattern("words", "team_endings").pattern, folded[found.end() :])
            return team, (found.start(), found.end() + (ending.end() if ending else 0))
    names = short_names(tuple(teams))
    short = _by_short_name(folded, names.firm, told) or _by_last_word(folded, names.loose, told)
    short = short or _by_short_name(folded, names.ended, told, ended=True)
    return short or by_sound(folded, names.firm) or _by_initials(text, teams, told)


def _by_short_name(
    text: str, names: Mapping[str, Sequence[str]], told: Told, ended: bool = False
) -> tuple[str, tuple[int, int]] | None:
    """What the longest of the names that stands by itself in `text` means, where that is one team; names that have to
    be `ended` stand only before a team's ending."""
    for name in sorted(names, key=len, reverse=True):
        meant = names[name]
        if len(meant) == 1 and name in text and (span := _apart(text, name, told, ended)):
            return meant[0], span
    return None


def _by_last_word(text: str, names: Mapping[str, Sequence[str]], told: Told) -> tuple[str, tuple[int, int]] | None:
    """The team that is called by the last word of its name, unless that is asked for like a thing: 票务上线了吗."""
    found = _by_short_name(text, names, told)
    event = find_event(text[found[1][1] :].lstrip()) if found else None
    return found if event is None or event[1][0] > 0 or asks_which(text) else None


@lru_cache(maxsize=4096)
def _written(team: str) -> re.Pattern[str]:
    """The team's name as people write it: Risk Platform is Risk-Platform."""
    return re.compile(r"[\s_-]*".join(map(re.escape, JOINTS.split(fold(team)))))


def _by_initials(text: str, teams: Sequence[str], told: Told) -> tuple[str, tuple[int, int]] | None:
    """The one team whose initials stand in `text`, and where, with a team's ending: fkzt or fk中台 of 风控中台, MS of
    Merchant Services in capitals."""
    for run in _LETTERS.finditer(text):
        ending = re.match(pattern("words", "team_endings").pattern, fold(text[run.end() :]))
        meant = [team for team in teams if _are_initials(run[0], team, told)
                 or (ending and _spell(fold(run[0]), short_name(team)))]  # fmt: skip
        if len(meant) == 1:
            return meant[0], (run.start(), run.end() + (ending.end() if ending else 0))
    return None


def _are_initials(letters: str, team: str, told: Told) -> bool:
    if not has_cjk(team):
        parts = re.findall(r"[A-Z][a-z]+", team)
        return len(parts) > 1 and letters == "".join(part[0] for part in parts)
    return len(letters) >= SHORTEST_INITIALS and not told(fold(letters)) and _spell(fold(letters), fold(team))


def _spell(letters: str, name: str) -> bool:
    heard = readings(name)
    begun = zip(letters, heard, strict=False)
    return len(letters) == len(heard) > 1 and all(any(one.startswith(char) for one in said) for char, said in begun)


def by_sound(text: str, names: Mapping[str, Sequence[str]]) -> tuple[str, tuple[int, int]] | None:
    """What is meant by the one name that folded text spells in pinyin, and where, with a team's ending (组); `names`
    say what each may mean."""
    for run in _PINYIN.finditer(text):
        said = {meant[0] for name, meant in names.items()
                if has_cjk(name) and len(meant) == 1 and spells(run[0], readings(name))}  # fmt: skip
        if len(said) == 1:
            ending = re.match(pattern("words", "team_endings").pattern, text[run.end() :])
            return said.pop(), (run.start(), run.end() + (ending.end() if ending else 0))
    return None


def _apart(text: str, name: str, told: Told, ended: bool) -> tuple[int, int] | None:
    """Where a team's short name stands by itself or before words that go on with no name: 风控的项目, 风控组,
    跨境卡在哪, but not 跨境收款; where it has to be `ended`, only 风控组."""
    ending = pattern("words", "team_endings").pattern
    for found in re.finditer(re.escape(name), text):
        before, rest = text[: found.start()], text[found.end() :]
        if not re.search(rf"(?:^|[\s,，.。?？!！:：;；、/]|{pattern('words', 'before_team').pattern})$", before):
            continue
        if behind := re.match(rf"\s*{ending}", rest):
            return found.start(), found.end() + behind.end()
        if ended:
            continue
        if has_cjk(name) or has_cjk(rest[:1]):
            if _goes_on(name, rest, told):
                return found.span()
        elif _stands_alone(before, rest) if _is_no_other_word(name) else _does(before, rest):
            return found.span()
    return None


def _is_no_other_word(name: str) -> bool:
    """Whether a Latin name says by itself that it is one: Issuing, but not core or risk."""
    return len(name) > SHORTEST_LATIN and name not in command_words()


def _does(before: str, rest: str) -> bool:
    """Whether whoever has such a name does something: did risk finish, what is risk doing next."""
    return _DOES_THAT.search(f"{before}|{rest}") is not None


def _is_asked(rest: str) -> bool:
    """Whether what stands behind a Latin name goes on with no name: Issuing goals, Issuing 这周, but no Issuing BIN."""
    if re.match(r"\s*(?:[\u3400-\u9fff\ue000-\uf8ff]|w?\d)", rest):
        return True  # cross-border W46, onboarding 上周激活多少商户; onboarding backlog, with the figure's name hidden
    following = re.match(r"\s*([a-z]+)", rest)
    if following:
        return any(word in command_words() for word in (following[1], following[1].removesuffix("s")))
    return re.match(rf"\s*{pattern('words', 'beside_team').pattern}", rest) is not None


def _stands_alone(before: str, rest: str) -> bool:
    """Whether a Latin name between these is a team's: on Issuing, how is Issuing doing."""
    if re.match(r"[a-z0-9]", rest):
        return False
    return _SAID_OF.search(before) is not None or _DOES.match(rest) is not None or _is_asked(rest)


def _goes_on(name: str, rest: str, told: Told) -> bool:
    """Whether the text behind a team's short name is no part of a name that begins with it."""
    if not rest.strip() or _BEHIND.match(rest) or re.match(pattern("words", "beside_team").pattern, rest):
        return True
    following = _NEXT.match(rest)
    return following is not None and not told(name + following[0])
