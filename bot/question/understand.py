"""Words → `Query`: a command or cue words give the kind, the grammar of ranges takes its part, the rest is a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.question.lexicon import command_words, lexicon, pattern
from bot.question.linking import Linked, link, literal_name
from bot.question.query import Kind, Query
from store.reading.events import event_in, find_event
from store.records import ProjectName
from store.words.holidays import Holidays
from store.words.names import key
from store.words.normalise import fold, fold_with_offsets, has_cjk
from store.words.ranges import find_as_of, find_range

LONGEST_QUESTION = 500  # characters; what a person asks has no more, and matching names costs by length
_COMMAND = re.compile(r"\s*/\s*([^\s/]+)\s*(.*)", re.DOTALL)
SURE = 0.9
_PRIVATE = 0xE000  # characters that nobody writes stand in for those of a name while ranges are looked for
_PUNCTUATION = " \t\n\r,.?!:;，。？！：；、~～…\"'“”‘’「」"


@dataclass(frozen=True, slots=True)
class Known:
    """What the reports hold that a question can name, as far as the asker may see it."""

    projects: Sequence[ProjectName]
    teams: Sequence[str]


def understand(question: str, today: date, known: Known, holidays: Holidays | None, lang: str = "auto") -> Query:
    """The reading of `question` on the day `today`; `lang` is `zh`, `en`, or `auto` for the question's own."""
    text = question.strip()[:LONGEST_QUESTION]
    language = lang if lang in ("zh", "en") else language_of(text)
    query = Query(question=question, kind=Kind.UNKNOWN, lang=language, as_of=today)
    if not key(text) and fold(text) not in command_words():
        return replace(query, kind=Kind.HELP if text in ("", "/") else Kind.UNKNOWN)
    slash, kind, rest = _command(text)
    if slash and kind is None:
        return replace(query, command=slash)
    query, left = _timed_and_teamed(query, rest, today, known, holidays)
    known = replace(known, projects=[p for p in known.projects if query.team in (None, p.team)])
    if slash == "report" and kind is Kind.REPORT:
        found = _umbrella(query, left, known)
    else:
        found = _of_kind(query, kind, left, known) if kind else _plain(query, left, known)
    return _searching(found, rest) if found.kind is Kind.SEARCH else found


def _timed_and_teamed(
    query: Query, text: str, today: date, known: Known, holidays: Holidays | None
) -> tuple[Query, str]:
    """Range, day and team taken out of the text; the names of projects are no part of either (2024规划)."""
    hidden = {_PRIVATE + at: char for at, char in enumerate(text)}
    masked = text
    if literal := literal_name(text, known.projects):
        start, end = literal.span
        masked = text[:start] + "".join(chr(_PRIVATE + at) for at in range(start, end)) + text[end:]
    query, masked = _timed(query, masked, today, holidays)
    query, masked = _team(query, masked, known.teams)
    return query, masked.translate(hidden)


def _searching(query: Query, whole: str) -> Query:
    """A bare day is searched for as it stands (`/search 9/30`), and so are days to come, and a range alone."""
    asked = query.range
    bare = asked is not None and asked.start == asked.end and re.search(r"\d", asked.text) is not None
    ahead = asked is not None and asked.start is not None and asked.start > query.as_of
    if asked and (bare or ahead or not key(query.words)):
        return replace(query, range=None, words=trim(whole) if key(trim(whole)) else whole.strip())
    return query


def language_of(text: str) -> str:
    """The language of the words that are no names: `zh` or `en`; the reports' own, `zh`, where there are none.

    A Chinese name in an English question leaves it English (`when will 存管衍生 be tested?`), and a command is in no
    language (`/status POS`).
    """
    folded = fold(text.strip())
    head, _, rest = folded.lstrip("/ ").partition(" ")
    said = rest if head in command_words() or folded.startswith("/") else folded
    english = [word for word in re.findall(r"[a-z']+", said) if word in _english_words()]
    chinese = has_cjk(said) and any(pattern(table, name).search(said) for table, name in _chinese_entries())
    if english and not chinese:
        return "en"
    return "zh" if has_cjk(said) or len(said.split()) < 4 else "en"


def _chinese_entries() -> list[tuple[str, str]]:
    return [("cues", name) for name in lexicon()["cues"]] + [("words", "filler"), ("words", "when")]


@cache
def _english_words() -> frozenset[str]:
    entries = [entry for table in ("cues", "words") for words in lexicon()[table].values() for entry in words]
    return frozenset(word for entry in entries if not has_cjk(entry) for word in fold(entry).split())


def _command(text: str) -> tuple[str | None, Kind | None, str]:
    """The command that begins the question: its word where it has a slash, its kind, and what follows it."""
    if found := _COMMAND.match(text):
        word = fold(found[1])
        kind = command_words().get(word)
        return word, Kind(kind) if kind else None, found[2]
    head, _, rest = text.partition(" ")
    kind = command_words().get(fold(head).strip(":："))
    # 周报 alone is a command, but "report on POS" isn't one: plain words may be read further by their cues.
    return None, Kind(kind) if kind else None, rest if kind else text


def _timed(query: Query, text: str, today: date, holidays: Holidays | None) -> tuple[Query, str]:
    if as_of := find_as_of(text, today):
        query, text = replace(query, as_of=min(as_of[0], today)), _cut(text, as_of[1])
    if found := find_range(text, query.as_of, holidays):
        query, text = replace(query, range=found), _cut(text, found.span)
    return query, text


def _cut(text: str, span: tuple[int, int]) -> str:
    return f"{text[: span[0]]} {text[span[1] :]}"


def _team(query: Query, text: str, teams: Sequence[str]) -> tuple[Query, str]:
    for team in sorted(teams, key=len, reverse=True):
        at = fold(text).find(fold(team))
        if at >= 0 and len(fold(text)) == len(text):
            return replace(query, team=team), _cut(text, (at, at + len(team)))
    return query, text


def _umbrella(query: Query, rest: str, known: Known) -> Query:
    """`/report X`: X a question kind → that kind; else a week or a team → its report; else a project → its status."""
    _, kind, below = _command(rest.strip())
    if kind and kind is not Kind.REPORT:
        return _of_kind(query, kind, below, known)
    words = trim(_without("words", "latest", rest))
    if not words or ((query.team or query.range) and not link(words, known.projects).named):
        return replace(query, kind=Kind.REPORT, words=words)
    return _plain(query, rest, known)


def _of_kind(query: Query, kind: Kind, rest: str, known: Known) -> Query:
    if kind is Kind.SEARCH:
        return replace(query, kind=kind, words=rest.strip())
    if kind is Kind.STATUS:
        return _status(query, rest, known)
    rest = _without("cues", kind, rest)
    if kind is Kind.INCIDENTS:
        rest = _without("words", "incident fields", rest)
    if kind is Kind.REPORT:
        rest = _without("words", "latest", rest)
    return replace(query, kind=kind, words=trim(rest))


def _plain(query: Query, text: str, known: Known) -> Query:
    folded = fold(text)
    for name in lexicon()["cues"]:
        if pattern("cues", name).search(folded):
            found = _cued(query, Kind(name), text, known)
            if found:
                return found
    if _asks_of_event(text) and (found := _status(query, text, known)).named:
        return found
    words = trim(text)
    linked = _link(words, [project for project in known.projects if project.firm])
    if linked.named:
        return _with(query, words, linked, text)
    return replace(query, kind=Kind.SEARCH if words else Kind.UNKNOWN, words=words, near=linked.near)


def _asks_of_event(text: str) -> bool:
    """`分账2.0 全量了没`, `银行卡办理 提测时间`: an event, and words that ask whether or when."""
    folded = fold(text)
    asks = pattern("words", "done").search(folded) or pattern("words", "when").search(folded)
    return asks is not None and event_in(folded) is not None


def _cued(query: Query, kind: Kind, text: str, known: Known) -> Query | None:
    if kind is Kind.STATUS:
        found = _status(query, text, known)
        # A cue like 怎么样 beside words that name no project: what the reports say of them is searched for.
        return found if found.named or _is_name_alone(found.words) else None
    if kind is Kind.SEARCH:
        return replace(query, kind=kind, words=trim(_without("cues", kind, text)))
    if kind is Kind.REPORT and link(trim(_without("cues", kind, text)), known.projects).named:
        return None  # "status report of POS" asks for POS
    return _of_kind(query, kind, text, known)


def _is_name_alone(words: str) -> bool:
    return bool(key(words)) and " " not in words and len(words) <= 12


def _status(query: Query, text: str, known: Known) -> Query:
    firm = [project for project in known.projects if project.firm]
    if literal := literal_name(text, firm):
        return _with(query, literal.words, literal.linked, _cut(text, literal.span))
    whole = link(trim(text), firm)
    if whole.project:
        return _with(query, trim(text), whole, text)
    words = trim(_without("cues", "status", text))
    tried = [words, *_less(words)]
    for candidate in filter(None, tried):
        if (linked := _link(candidate, firm, surely=True)).named:
            return _with(query, candidate, linked, text)
    last = next(iter(filter(None, tried[1:2])), words)
    return _with(query, last, _link(last, known.projects), text)


def _less(words: str) -> list[str]:
    """The words with ever less around the name: without an event, without 项目 or 系统 at the end."""
    found = []
    event = find_event(fold(words)) if len(fold(words)) == len(words) else None
    if event:
        found.append(trim(_without("words", "done", _without("words", "when", _cut(words, event[1])))))
    return [*found, *(shorter for text in [words, *found] if (shorter := _specific(text)))]


def _link(words: str, projects: Sequence[ProjectName], *, surely: bool = False) -> Linked:
    """The project that the words name, all of them together or, where that is none, one of them.

    `POS 对账` is the 对账 of POS; in an English question the Chinese words are the name; and where a status is
    `surely` asked for, one word that names a project very well stands for the whole.
    """
    linked = link(words, projects)
    tokens = re.findall(r"[a-z0-9.+-]+|[\u3400-\u9fff]+", fold(words))
    if linked.named or not 1 < len(tokens) <= 8:
        return linked
    each = [meant for token in tokens if len(key(token)) > 1 and (meant := link(token, projects)).named]
    if len(each) == 2 and (part := _part(each[0], each[1]) or _part(each[1], each[0])):
        return Linked(part, (), (part,), 1.0)
    english = all(token.isascii() for token in tokens if not link(token, projects).named)
    enough = (english and has_cjk(words)) or (surely and len(each) == 1 and each[0].score >= SURE)
    return each[0] if len(each) == 1 and enough else linked


def _part(whole: Linked, part: Linked) -> ProjectName | None:
    above = {project.subject for project in (whole.project, *whole.tied) if project}
    found = [project for project in (part.project, *part.tied) if project and project.parent in above]
    return found[0] if len(found) == 1 else None


def _asks_when(text: str) -> bool:
    return pattern("words", "when").search(fold(text)) is not None


def _with(query: Query, words: str, linked: Linked, text: str) -> Query:
    event = event_in(fold(text)) if _asks_when(text) else None
    kind = Kind.CHOICE if linked.tied else Kind.STATUS
    return replace(
        query, kind=kind, words=words, project=linked.project, tied=linked.tied, near=linked.near, event=event
    )


def _specific(words: str) -> str | None:
    ending = re.search(pattern("words", "generic").pattern + r"\s*$", fold(words))
    return trim(words[: ending.start()]) or None if ending and len(fold(words)) == len(words) else None


def _without(table: str, name: str, text: str) -> str:
    """`text` without the words of one entry of the lexicon."""
    folded, offsets = fold_with_offsets(text)
    spans = [(offsets[m.start()], offsets[m.end() - 1] + 1) for m in pattern(table, name).finditer(folded) if m[0]]
    for span in reversed(spans):
        text = _cut(text, span)
    return text


def trim(text: str) -> str:
    """`text` without punctuation and filler words at its ends."""
    ends = pattern("words", "filler").pattern
    before = None
    while before != text:
        before = text = text.strip(_PUNCTUATION)
        folded = fold(text)
        if len(folded) != len(text):
            return text
        if head := re.match(ends, folded):
            text = text[head.end() :]
        elif tail := re.search(ends + "$", folded):
            text = text[: tail.start()]
    return text
