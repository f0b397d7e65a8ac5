"""One thing that is asked of an incident: what its own lines say of it, else a line elsewhere that does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.answers.context import Context
from bot.answers.incident_beside import lines_beside
from bot.answers.incident_cases import Case, cite_incident
from bot.answers.incident_told import cause_known, is_sought, later_words, newest_first
from bot.answers.incident_view import field_told, is_told, moment
from bot.answers.model import shortened
from bot.question.content import content
from bot.question.lexicon import lexicon, pattern
from bot.question.lexicon import rule as phrases
from bot.question.meant import called
from bot.question.text import standard
from store.linking.incidents import retells
from store.reading.clauses import clauses
from store.records import Citation, Hit
from store.words.normalise import fold, has_cjk
from store.words.speaking import SCATTERED, Wanted, most, stem

TOLD_LATER = timedelta(days=35)  # a cause that is found later than that is hardly told in a highlight
LOSS: Wanted = ("资损", "损失", "loss", "losses")
_ASKED_COUNT = re.compile(
    r"(?:多少|几)\s*个?\s*([\u3400-\u9fff]{1,3})|(?:影响|涉及)的?([\u3400-\u9fff]{1,3}?)数?最多"
    r"|(?:how many|the most)\s+([a-z]+)|^([a-z]+) (?:lost|affected|hit|impacted|declined|delayed)\b"
)
# What a number is asked for by, and what the clause that holds it says then (lexicon, `amount …`).
AMOUNTS = ("left", "paid", "recovered", "refunded", "reversed", "lost")
_MONEY = re.compile(
    r"多少钱|多少金额|多大金额|金额多|多少资金|how much money|what amount|多少万?[美欧]?元"
    r"|\b(?:usd|eur|euros?|dollars|pounds)\b"
)
_HOW_MANY_BEHIND = re.compile(r"[,;:\s]\s*how many\s*(?:exactly|in all|in total)?\W*$")
_CURRENCY = "(?:usd|eur|euros?|gbp|rmb|cny|dollars|pounds)"
_SUM = re.compile(
    rf"\d\s*[万亿千]?(?:元|美元)|金额\D{{0,3}}\d|\d\s*[万亿](?![\u3400-\u9fff])|\b{_CURRENCY}\s*\d|[$€¥£]\s*\d|\d\s*{_CURRENCY}\b"
)
_ANY_NUMBER = re.compile(r"\d|全[额部]|\ball\b|in full|无(?:资金)?(?:资损|损失)|\b(?:no|zero) (?:financial )?loss")
CLAUSES = ("actions", "figure")  # told by clauses of their own, whatever is counted
UNRELATED = ("cause", "duration", "recovered", "handling", "open", "actions")
_NUMBER = r"\d[\d,]*(?:\.\d+)?\s*[万亿千]?\s*"


@dataclass(frozen=True, slots=True)
class Said:
    """What the reports say of one thing about an incident; `told` is False where they don't."""

    text: str
    told: bool
    cited: tuple[Citation, ...]


def said_of(context: Context, case: Case, name: str) -> Said:
    """What is asked of the incident in the words of its newest telling that has it, or of a line elsewhere.

    A number that is asked for (多少笔, how many customers) is told by the clause that has it with its unit.
    """
    if name not in CLAUSES and (clause := counted(context, case)):
        return clause
    text, teller = field_told(context, case, name)
    told = is_told(context, case, name)
    lost = name == "impact" and any(word in fold(context.query.question) for word in LOSS)
    told = told and not (lost and most(LOSS, (text,)) < SCATTERED)
    sought = name == "cause" and told and not cause_known(context, case)  # 原因排查中: a highlight may know more
    cue = LOSS if lost else tuple(lexicon()["words"]["causes"]) if name == "cause" else ()
    if (not told or sought) and cue and (hit := _elsewhere(context, case, cue)):
        line, quoted = _line(hit, cue)
        return Said(quoted, True, (context.cite(hit.report, line, about=quoted), cite_incident(context, case.main)))
    if name == "cause" and (not told or sought) and (later := later_words(context, case)):
        words, mention = later[0]
        cited = tuple(cite_incident(context, one) for one in (mention, teller))
        return Said(context.say("incidents.later", text=text, later=words), True, cited)
    if name not in CLAUSES and asks_amount(context):
        return Said(context.say("incidents.no_amount"), False, (cite_incident(context, teller),))
    return Said(text, told, (cite_incident(context, teller),))


def _line(hit: Hit, cue: Wanted) -> tuple[int, str]:
    """The line of the item that speaks of it, and its text."""
    lines = hit.text.split("\n")
    at = max(range(len(lines)), key=lambda one: (most(cue, (lines[one],)), -one))
    return hit.line + at, lines[at].strip().lstrip("-*• ")


def _elsewhere(context: Context, case: Case, cue: Wanted) -> Hit | None:
    """A line of the team's reports of these weeks, in none of the incident's own lines, that speaks of the cue and of
    what the question calls the incident, or of the system that it happened in."""
    first = case.tellings[-1].report.report_date
    viewer = context.viewer.only(case.newest.report.team) if case.newest.report.team else context.viewer
    end = min(context.as_of, first + TOLD_LATER)
    asked = content(context.query.words, context.told)
    for wanted in filter(None, (asked, *(((fold(system),),) for system in case.systems))):
        hits = context.library.search_speaking(viewer, context.as_of, (*wanted, cue), case.day, end)
        found = [hit for hit in hits.hits if hits.exact and not case.holds(hit) and _says(hit, cue)]
        if found:
            return found[0]
    return None


def _says(hit: Hit, cue: Wanted) -> bool:
    """Whether a line tells it, and not that it is still looked for (根因分析, 原因待查)."""
    text = _line(hit, cue)[1]
    return most(cue, (text,)) >= SCATTERED and not is_sought(text)


def asks_amount(context: Context) -> bool:
    """Whether a number is asked for, with its unit or as money."""
    question = fold(standard(context.query.question))
    return _asks_sum(context) or unit_asked(question) is not None or _verb(question) is not None


def _asks_sum(context: Context) -> bool:
    """Whether an amount of money is asked for; why the EUR payments were late asks for none."""
    return context.query.aspect not in UNRELATED and _MONEY.search(fold(standard(context.query.question))) is not None


def asks_money(context: Context) -> bool:
    """Whether money is asked for: what it cost, what was lost or paid for it."""
    question = fold(standard(context.query.question))
    return _asks_sum(context) or _verb(question) in ("lost", "paid")


def unit_asked(question: str) -> tuple[str, ...] | None:
    """The words for what is counted: 人 and its like for 多少人; None where nothing that the trade counts is."""
    groups: list[list[str]] = lexicon()["units"]["groups"]
    found = _ASKED_COUNT.search(question)
    if found is None:
        return _unit_before(question, groups)
    said = found[1] or found[2] or found[3] or found[4]
    for group in groups:
        if any(said.startswith(unit) if has_cjk(unit) else stem(said) == stem(unit) for unit in group):
            return tuple(group)
    return (found[3],) if found[3] else None


def _unit_before(question: str, groups: Sequence[Sequence[str]]) -> tuple[str, ...] | None:
    """The first unit of the words before a `how many` that ends the question: cards produced twice, how many."""
    end = _HOW_MANY_BEHIND.search(question)
    words = re.findall(r"[a-z]+", question[: end.start()]) if end else []
    stems = [(stem(word), group) for word in words for group in groups if stem(word) in {stem(u) for u in group}]
    return tuple(stems[0][1]) if stems else None


def counted(context: Context, case: Case) -> Said | None:
    """The clause of the newest telling that holds the number asked for, with its unit."""
    question = fold(standard(context.query.question))
    unit = unit_asked(question)
    verb, money = _verb(question), _asks_sum(context)
    if verb == "lost" and unit is not None:
        verb = None  # 影响几户，有资损没
    if verb == "lost" and context.query.aspect in UNRELATED:
        return None  # how long did the loss of the feed last
    if unit is None and not money and verb is None:
        return None
    rule = _counts(unit) if unit else _SUM if money else _ANY_NUMBER
    # What goes on with it counts what is left (剩余1笔2.5万美元), and not the whole.
    for mention in sorted(case.tellings, key=lambda one: verb is None and retells(one)):
        citation = cite_incident(context, mention)
        told = [part for part in _parts(citation.quote) if rule.search(fold(part)) and _speaks_of(verb, part)]
        if told:
            return Said("；".join(told[:2]), True, (citation,))
    return None


def _verb(question: str) -> str | None:
    """What a number is asked for by: left of 还剩几户, paid of 赔了多少."""
    return next((name for name in AMOUNTS if phrases(f"amount {name}").search(question)), None)


def _speaks_of(verb: str | None, clause: str) -> bool:
    """Whether a clause that counts speaks of what is asked for: 剩余26户, and not the 117户 that were hit."""
    return verb is None or phrases(f"amount {verb} told").search(fold(clause)) is not None


def _parts(quote: str) -> list[str]:
    """The clauses of the lines, and of a table's row of each cell."""
    cells = [cell for clause in clauses(quote) for cell in clause.text.split("|")]
    return [bare for cell in cells if (bare := cell.strip(" -*•\n"))]


def told_of(context: Context, case: Case) -> Said | None:
    """The clauses of the newest telling, or of a line beside them that names the incident, that speak of what is asked
    beside its name: 追回了吗, which version was it rolled back to."""
    question = fold(standard(context.query.question))
    asks = any(rule.search(question) for rule in (pattern("words", "yes or no"), phrases("which thing")))
    if not asks or pattern("cues", "incidents").search(question):
        return None  # 有没有P1事故 asks for incidents, and not for a thing of one
    words = [called(one) for one in content(context.query.words)]
    asked = [one for one in words if most(one, (case.title, *case.systems)) < SCATTERED]
    for mention in sorted((*lines_beside(context, case), *case.tellings), key=newest_first):
        citation = cite_incident(context, mention)
        parts = _parts(citation.quote)
        said = [sum(most(one, (part,)) >= SCATTERED for one in asked) for part in parts]
        told = [part for part, count in zip(parts, said, strict=True) if count and count == max(said)]
        if told:
            return Said("；".join(told[:2]), True, (citation,))
    return None


def _counts(unit: Sequence[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(u) if has_cjk(u) else rf"(?:[a-z]+ ){{0,2}}{re.escape(stem(u))}[a-z]*" for u in unit)
    return re.compile(rf"(?<![a-z0-9./-])(?<!\d:){_NUMBER}(?:[个名位户家]\s*)?(?:{words})")


def head_of(context: Context, case: Case, said: Said, length: int) -> str:
    """The first line: what is told, and of which incident."""
    title = f"{moment(context, case)} {case.title}"
    return context.say("incidents.head_field", text=shortened(said.text, length), title=title)
