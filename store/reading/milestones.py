"""Dated events of a project: a date in the text together with what is to happen, or happened, on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from store.reading.clauses import Clause, clauses
from store.reading.events import event_in, find_event
from store.reading.vocabulary import any_rule, pattern, vocabulary
from store.records import Milestone
from store.words.dates import DateMention, find_dates, may_hold_dates
from store.words.normalise import fold
from store.words.regex import regex

# Dates are looked for in so many characters of a clause, which keeps a line of megabytes from taking minutes.
LONGEST_CLAUSE = 2000
LEAST_LABEL = 4  # characters between a day and a colon that make a name of it
_ASIDE = regex(r"^\s*\([^()]*\)")  # "11/7(下周二)", "2/6(春节前)"
_BARE_DAY = regex(r"(?:^|[:：])\s*\d{1,2}/\d{1,2}\s*$")
_FROM = regex(r"(?:由|从|\bfrom)\s*$")  # and not the 由 of 路由引擎4/15上线
_TO = regex(r"(?:至|到|为|改|\bto)\s*$")
_ARROW = r"(?:→|⇒|➔|➡|-{1,2}>|=>)"
_ARROW_ON, _ARROW_BEFORE = regex(rf"\s*{_ARROW}\s*$"), regex(rf"(?:至|到|为|\bto|{_ARROW})\s*$")
_AND_ANOTHER = regex(r"\s*(?:[、和及与&/]|and\b)")
_OF_INCIDENT = regex(r"\s*(?:的|日|那次)?[\u3400-\u9fff]{0,4}(?:事件|事故|故障|问题|incident|outage)")
_TIME_ONLY = regex(r"[\s\d:：.点半时()]*$")  # 12/14→12/21 10:00
_MOVING = (
    r"(?:move[sd]|moving|shift(?:s|ed)|slip(?:s|ped)|slid(?:es)?|postponed|delayed|pushed|rescheduled|change[sd]"
    r"|put back|brought forward|pulled in)"
)
_MOVES = regex(rf"\b{_MOVING}\b")
_MOVES_FROM = regex(rf"{_MOVING}\s+(?:back\s+|out\s+)?from\b")
# "Launch on 20 Oct with Apple; Google follows on 3 Nov", "Wave 1 was migrated on 4 Oct. Wave 2 is planned for 25 Oct".
_LIKEWISE = regex(
    r"[^\d]+(?: \d+)? (?:follows?|to follow|(?:is|are) (?:planned|scheduled|set|due))(?: (?:on|for|by|in))? "
)
_MOVES_ON = regex(r"(?:又|再|后|现|并|已)?(?:延期|推迟|延后|顺延|提前|调整|改期|改|延|挪|推|拖)(?:至|到|为)")
_MOVED_ON = regex(r"(?:延期|推迟|延后|顺延|提前|调整|改期|改|延|挪|推|拖)(?:至|到|为)\s*$")


def read_milestones(text: str, line: int, on: date) -> tuple[Milestone, ...]:
    """The milestones in `text`, whose first line is line `line` of a report of the day `on`.

    A date needs an event in its clause; 本周 and 上周 are no plans. A date that the report gives as the old one of a
    move ("原计划9/15提测，调整至9/22") is left out: it no longer is a plan.
    """
    if not may_hold_dates(text):
        return ()
    found: list[Milestone] = []
    parts = clauses(text)
    for at, clause in enumerate(parts):
        for mention, share in _shares(clause, on):
            beside = _beside(parts, at - 1, clause.line), _beside(parts, at + 1, clause.line)
            milestone = _milestone(clause, beside, mention, share, line, on)
            if milestone and _MOVES_ON.match(fold(clause.text).strip()):
                # "11/3提测，延期至12/1": the day before is no plan any more.
                found = [m for m in found if (m.event, m.line) != (milestone.event, milestone.line)]
            if milestone and not _known(milestone, found):
                found.append(milestone)
    return tuple(found)


def _beside(parts: Sequence[Clause], at: int, line: int) -> Clause | None:
    return parts[at] if 0 <= at < len(parts) and parts[at].line == line else None


def _known(milestone: Milestone, found: Iterable[Milestone]) -> bool:
    return any((m.event, m.start, m.end) == (milestone.event, milestone.start, milestone.end) for m in found)


def _shares(clause: Clause, on: date) -> list[tuple[DateMention, tuple[str, str]]]:
    """Each date of the clause with the text before and after it that no other date has a claim to."""
    alone = _BARE_DAY.search(clause.text) is not None  # "9/26，提测"
    mentions = _distinct(find_dates(clause.text[:LONGEST_CLAUSE], on, likely=alone))
    if not mentions:
        return []
    edges = [0, *[m.span[1] for m in mentions]], [*[m.span[0] for m in mentions], len(clause.text)]
    return [
        (
            m,
            (
                fold(clause.text[edges[0][i] : m.span[0]]),
                _ASIDE.sub("", fold(clause.text[m.span[1] : edges[1][i + 1]])),
            ),
        )
        for i, m in enumerate(mentions)
    ]


def _distinct(mentions: Sequence[DateMention]) -> list[DateMention]:
    """Without a word that only repeats the date before it: `10/27今日提测`."""
    return [
        mention
        for at, mention in enumerate(mentions)
        if not (
            at and mention.relative and (mention.start, mention.end) == (mentions[at - 1].start, mentions[at - 1].end)
        )
    ]


def _milestone(
    clause: Clause,
    beside: tuple[Clause | None, Clause | None],
    mention: DateMention,
    share: tuple[str, str],
    line: int,
    on: date,
) -> Milestone | None:
    before, after = share
    mention = _newest(mention, before, beside[0])
    event = _event(clause, *beside, mention, share)
    planned = pattern("event_rules", "planned").search(fold(clause.text[: mention.span[0]])) is not None
    if (
        event is None
        or _was_moved(before, after)
        or _is_undecided(clause)
        or (not planned and _is_this_week(mention, on))
    ):
        return None
    happened = not planned and _is_past(mention, on, before + after)
    doubtful = not happened and mention.end < on
    return Milestone(event, mention.start, mention.end, clause.text.strip(), line + clause.line, happened, doubtful)


def _named_by_day(after: str) -> str:
    """`11/11限流事故改进项：3个全部完成`: a day in a label is not when what stands behind that was done."""
    label, colon, rest = after.replace("：", ":").partition(":")
    told = find_event(rest) if colon and len(label.strip()) >= LEAST_LABEL and event_in(label) is None else None
    return label if told and told[0] in vocabulary()["event_rules"]["general"] else after


def _newest(mention: DateMention, before: str, previous: Clause | None) -> DateMention:
    """`Go-live shifts two days, from 14 to 16 July`: of a move told in the clause before only the new day holds."""
    if previous is None or mention.start == mention.end or not _FROM.search(before):
        return mention
    return replace(mention, start=mention.end) if _MOVES.search(fold(previous.text)) else mention


def _event(
    clause: Clause, previous: Clause | None, following: Clause | None, mention: DateMention, share: tuple[str, str]
) -> str | None:
    """The event that a date belongs to: behind it, before it, shared with another date, or in the clause beside it."""
    before, after = share
    behind, ahead = event_in(_named_by_day(after)), event_in(before)
    if behind in vocabulary()["event_rules"]["general"] and ahead and _ends_with_event(before):
        return ahead  # "首轮演练10/25已完成": the general word says how it went
    if ahead and _AND_ANOTHER.match(after) and _ends_with_event(before.rstrip(" :：")):
        return ahead  # 提测10/16、上线10/30: to each its own
    return (
        behind
        or ahead
        or _shared_event(clause, mention, after)
        or _event_alone(after, following)
        or _moved_event(clause, previous)
        or _event_right_before(clause, mention, previous)
    )


def _ends_with_event(before: str) -> bool:
    text = before.rstrip()
    return any(
        event_in(text[-length:]) and not event_in(text[-length:-1]) for length in (2, 3, 4) if len(text) >= length
    )


def _moved_event(clause: Clause, previous: Clause | None) -> str | None:
    """`提测因环境问题，由11/3推迟到11/10`: a move takes its event from the clause before it."""
    text = fold(clause.text).strip()
    moves = re.search(r"(?:由|从)[^，。]*(?:至|到|为)", text) is not None or _MOVES_ON.match(text) is not None
    moves = moves or re.match(r"(?:仍为|仍是|仍定|维持|保持|still)", text) is not None
    if previous is None:
        return None
    moves = moves or _LIKEWISE.match(text) is not None
    moves = moves or (text.startswith("from ") and _MOVES.search(fold(previous.text)) is not None)
    return event_in(fold(previous.text)) if moves else None


def _event_right_before(clause: Clause, mention: DateMention, previous: Clause | None) -> str | None:
    """`Code complete, 16 Feb`: a clause that is only a date takes the event that the clause before it ends with."""
    alone = clause.text.replace(mention.text, "", 1).strip(" ()（）") == ""
    if not alone or previous is None or re.search(r"\d", previous.text):
        return None
    before = fold(previous.text)
    return event_in(before) if _ends_with_event(before) or event_in(before[-20:]) else None


def _is_this_week(mention: DateMention, on: date) -> bool:
    """本周, 上周: when something was done, and no date of a plan; 本周四 is a day like any other."""
    return (
        mention.relative
        and mention.start != mention.end
        and mention.end.toordinal() <= on.toordinal() + 6 - on.weekday()
    )


def _is_undecided(clause: Clause) -> bool:
    return any_rule("event_rules", "undecided").search(fold(clause.text).strip()) is not None


def _is_past(mention: DateMention, on: date, text: str) -> bool:
    """A day gone by is told as it was. One that may still come (9月底 on 9/22) has happened only where 已 says so."""
    if mention.end <= on:
        return not mention.fuzzy or pattern("event_rules", "happened").search(text) is not None
    return mention.start <= on and "已" in text


def _shared_event(clause: Clause, mention: DateMention, after: str) -> str | None:
    """`上线由9/30提前至9/27`, `评审12/14→12/21 10:00` and `支付侧9/26、业务侧10/12上线`: several days of one clause may
    share its event."""
    before, behind = fold(clause.text[: mention.span[0]]), _ASIDE.sub("", fold(clause.text[mention.span[1] :]))
    if (_TIME_ONLY.match(after) or _MOVES_FROM.search(before)) and _ARROW_BEFORE.search(before):
        return event_in(before)
    return event_in(behind) if re.match(r"\s*[、和及与]", after) else None


def _failed(after: str) -> bool:
    return pattern("event_rules", "failed").search(after[:10]) is not None


def _was_moved(before: str, after: str) -> bool:
    """`11/23验收未通过`, `由11/10调整至11/24`, `3/15提测延期至3/19`, `3/15→3/19`, `因3/4事件上线推迟`,
    `写的9/5上线为笔误`: a day that doesn't hold."""
    moved_on = _MOVED_ON.search(after) or _ARROW_ON.match(after) or _OF_INCIDENT.match(after)
    if pattern("event_rules", "mistaken").search(after) or _failed(after) or moved_on:
        return True
    if pattern("event_rules", "failed").search(before):
        return True
    if _FROM.search(before):
        return _TO.search(after) is not None
    return pattern("event_rules", "moved", then=r"\s*$").search(before) is not None


def _event_alone(after: str, following: Clause | None) -> str | None:
    """`9/15，提测`: the event stands in the next clause when the date ends its own and nothing else is said."""
    if after.strip() or following is None or re.search(r"\d", following.text):
        return None
    event = event_in(fold(following.text))
    return event if event and len(following.text.strip()) <= len(event) + 2 else None
