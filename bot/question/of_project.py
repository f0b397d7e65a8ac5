"""A question of how a project stands: which project, which event, and what is asked of it besides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.question.ahead import days_ahead
from bot.question.content import Told, content
from bot.question.details import attribute_in
from bot.question.known import Known
from bot.question.lexicon import lexicon, pattern
from bot.question.linking import Linked, Literal, link, literal_name
from bot.question.query import Kind, Query
from bot.question.sought import is_common
from bot.question.subject import SURE, find_subject, link_words, part_beside
from bot.question.text import before_bracket, cut, trim, without
from store.reading.events import event_in, find_event
from store.records import ProjectName
from store.words.normalise import fold, has_cjk
from store.words.regex import regex
from store.words.speaking import SCATTERED, Wanted, most

# "做完了吗" asks how it stands, and not for the day of a 完成.
_INITIALS = regex(r"[a-z]{2,6}(?=[\u3400-\u9fff]{1,2}$)")  # ysf上, of "ysf上了没"
GENERAL_EVENTS = ("完成",)


def asks_of_event(text: str) -> bool:
    """`分账2.0 全量了没`, `银行卡办理 提测时间`: an event, and words that ask whether or when."""
    folded = fold(text)
    asks = pattern("words", "done").search(folded) or pattern("words", "when").search(folded)
    event = event_in(folded)
    return asks is not None and event is not None and event not in GENERAL_EVENTS


def of_project(query: Query, text: str, known: Known) -> Query:
    """The question as one of how a project stands: the project that the text names, or the names that come near."""
    firm = known.firm
    if literal := literal_name(text, firm):
        rest = cut(text, literal.span)
        part = part_beside(literal.linked, trim(without("cues", "status", rest)), firm)
        return with_project(query, literal.words, part or literal.linked, rest, known.told)
    if (told := told_name(text, known)) and not link(trim(text), firm, heard=False).project:
        return with_project(query, told.words, told.linked, cut(text, told.span), known.told)
    whole = link(trim(text), firm, heard=False)
    words, linked = find_subject(trim(without("cues", "status", text)), firm)
    # 对账平台进度 fits 对账平台2.0 best by its length alone: 对账平台 may be another as well.
    if whole.project and not (linked.tied and linked.score > whole.score):
        return with_project(query, trim(text), whole, text, known.told)
    if not linked.named:
        linked = link_words(words, known.projects)
    if not linked.named and (begun := _INITIALS.match(fold(words))):
        alone = link(begun[0], known.projects)
        linked = alone if alone.score >= SURE else linked
    return with_project(query, words, linked, text, known.told)


def told_name(text: str, known: Known) -> Literal | None:
    """The whole name of what only highlights tell (Halo, Kestrel), where it stands in the text by itself."""
    found = literal_name(text, known.projects)
    if found is None or found.linked.project is None or found.linked.project.firm:
        return None
    start, end = found.span
    beside = fold(text[:start][-1:] + text[end:][:1])
    name = fold(found.words)
    whole = has_cjk(name) or not re.search("[a-z0-9]", beside)
    said = event_in(name) or (name.isascii() and name.isalpha() and is_common(name))
    return found if whole and not said else None


def beyond(
    project: ProjectName, event: str | None, rest: str, told: Told, beside: frozenset[str] = frozenset()
) -> tuple[Wanted, ...]:
    """What the question asks of the project beside how it stands and when an event is."""
    asking = (("words", "when"), ("cues", "status"), ("words", "done"), ("words", "generic"))
    for table, name in (*(("attributes", name) for name in lexicon()["attributes"]), *asking):
        rest = without(table, name, rest)
    names = [name for name, _ in project.names]
    wanted = (one for one in content(rest, told) if one[0] not in beside)
    return tuple(one for one in wanted if not _is_named(one, names, event))


def _is_named(one: Wanted, names: Sequence[str], event: str | None) -> bool:
    """Whether the word is a part of a name, or of it and the event that is asked for: 对账上线 of POS对账."""
    said = find_event(one[0]) if event else None
    left = trim(cut(one[0], said[1])) if said else one[0]
    return not left or most(one, names) >= SCATTERED or most((left,), names) >= SCATTERED


def asks_when(text: str) -> bool:
    """Whether the text asks for a time."""
    return pattern("words", "when").search(fold(text)) is not None


def with_project(query: Query, words: str, linked: Linked, text: str, told: Told) -> Query:
    """The question of what `linked` names (`words`); `text` is what stands beside the name."""
    folded, asked = fold(text), query.range
    event = event_in(folded) if asks_when(text) or asks_of_event(text) else None
    if event_in(folded) and days_ahead(query):
        # "画像服务5/8能上线吗": no report of that day is meant, but what was planned for it.
        query, asked, event = replace(query, range=None), None, event_in(folded)
    asks_done = event_in(folded) and pattern("words", "done").search(folded)
    of_plan = asks_done or pattern("words", "missed").search(folded)
    if asked and asked.start == asked.end and asked.end <= query.as_of and of_plan:
        query, asked = replace(query, range=None), None  # "it missed Nov 14", 11/14上线了吗: the day is that of a plan
    if asked and asked.start == asked.end and asked.end <= query.as_of:
        # "4月15日时数币的进度" speaks of how it stood on that day, and not of a report of that day.
        query = replace(query, range=None, as_of=asked.end)
    return replace(
        query,
        kind=Kind.CHOICE if linked.tied else Kind.STATUS,
        words=words,
        project=linked.project,
        tied=linked.tied,
        near=linked.near,
        event=event,
        beyond=beyond(linked.project, event, text, told, before_bracket(query.question)) if linked.project else (),
        attribute=attribute_in(text),
    )
