"""What the reports together say of an incident's cause, and whether it is over: the newest that says it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answers.context import Context
from bot.answers.incident_beside import lines_beside
from bot.answers.incident_cases import Case, cite_incident
from bot.question.lexicon import pattern as pattern_of
from bot.question.lexicon import rule
from store.linking.incidents import retells
from store.reading.clauses import clauses
from store.reading.vocabulary import pattern
from store.records import Incident, Mention
from store.words.normalise import fold

LONGEST_CLOSING = 80  # characters
Told = tuple[str, Mention[Incident]]
_MARK = re.compile(r"^(?:[-*•]\s*|\d{1,2}[.、)）]\s*)+(?=\D)")
_LABEL = re.compile(r"^(?:处置|处理|措施|解决措施|handling|resolution)\s*[:：]\s*|^\d{1,2}[.、)）]\s*", re.IGNORECASE)


def closed(context: Context, case: Case, beside: bool = True) -> tuple[bool | None, Mention[Incident]]:
    """Whether it is over, by the newest report that says so or says that it isn't; None where no report does.

    A line elsewhere that names it and its closing (4/10故障关闭) counts from the newest telling on.
    """
    over, teller = _closed_by_itself(context, case)
    for mention in lines_beside(context, case) if beside and not over else ():
        said = _said_aside(cite_incident(context, mention).quote)
        if said is not None and mention.report.report_date > case.newest.report.report_date:
            return said, mention
    return over, teller


def _closed_by_itself(context: Context, case: Case) -> tuple[bool | None, Mention[Incident]]:
    """The same by its own tellings."""
    for mention in case.tellings:
        said = mention.record.closed
        if said is None:
            said = _said_aside(cite_incident(context, mention).quote)
        if said is False and mention is not case.newest and retells(case.newest):
            return None, case.newest  # 原因排查中 holds no more where a newer report goes on with it
        if said is not None:
            return said, mention
    return None, case.newest


def _said_aside(text: str) -> bool | None:
    """The same by the last clause that speaks of it: 7/17关闭, closed 4 July, 继续跟进."""
    for clause in reversed([fold(clause.text) for clause in clauses(text)]):
        if rule("incident open").search(clause):
            return False
        if rule("incident closed").search(clause):
            return True
    return None


def says_closed(context: Context, mention: Mention[Incident]) -> bool:
    """Whether the report writes that it is closed, and not only that all works again (已恢复)."""
    quote = fold(cite_incident(context, mention).quote)
    return any(found.search(quote) for found in (rule("incident closed"), rule("incident state")))


def mended(context: Context, case: Case) -> Told | None:
    """The clause of the newest report by which it was mended: 当晚修复, 15:51恢复, service restored."""
    for mention in sorted((*lines_beside(context, case), *case.tellings), key=newest_first):
        parts = [clause.text.strip(" -*•|\n") for clause in clauses(cite_incident(context, mention).quote)]
        told = [part for part in parts if rule("incident mended").search(fold(part))]
        if told:
            return told[-1], mention
    return None


def actions(context: Context, case: Case) -> Told | None:
    """What the newest line says of what is done against another time, and by when: 改进项3个（…），4/30前完成."""
    for mention in sorted((*lines_beside(context, case), *case.tellings), key=newest_first):
        parts = [_bare(clause.text.strip()) for clause in clauses(cite_incident(context, mention).quote)]
        told = [at for at, part in enumerate(parts) if rule("incident action").search(fold(part))]
        due = [at + 1 for at in told if at + 1 < len(parts) and rule("incident due").search(fold(parts[at + 1]))]
        if told:
            return "；".join(parts[at].strip(" \n") for at in sorted({*told, *due})), mention
    return None


def figure(context: Context, case: Case) -> Told | None:
    """The clause that gives the figure that is asked for while it lasted: 成功率最低跌到96.3%."""
    names = [part for metric in context.query.metrics for part in _ends(fold(metric.name))]
    names += [found[0] for found in pattern_of("words", "figures").finditer(fold(context.query.question))]
    for mention in case.tellings:
        parts = [clause.text.strip(" -*•|\n") for clause in clauses(cite_incident(context, mention).quote)]
        told = [part for part in parts if re.search(r"\d", part) and any(name in fold(part) for name in names)]
        if told:
            return "；".join(told[:2]), mention
    return None


def _ends(name: str) -> tuple[str, ...]:
    """A figure's name and the end of it by which a line calls it: 成功率 of 支付成功率, success rate of others."""
    words = name.split()
    return (name, " ".join(words[-2:])) if len(words) > 1 else (name, name[-3:])


def newest_first(mention: Mention[Incident]) -> tuple[int, int]:
    """For sorting: the newest report first, and of one report the line that stands first."""
    return -mention.report.report_date.toordinal(), mention.record.line


def later_words(context: Context, case: Case) -> list[Told]:
    """The lines elsewhere that speak of it in reports after its own tellings, newest first."""
    later = [m for m in lines_beside(context, case) if m.report.report_date > case.newest.report.report_date]
    return [(_MARK.sub("", " ".join(cite_incident(context, m).quote.split())), m) for m in later]


def cause(context: Context, case: Case) -> Told:
    """The cause as the newest report puts it that knows one; else what is guessed, else that it is looked for; empty
    where no report speaks of any."""
    told = list(_told(context, case))
    known = [one for one in told if not is_sought(one[0])]
    found = [one for one in known if not _is_guess(one[0])]
    return next(iter(found or known or told), ("", case.newest))


def _told(context: Context, case: Case) -> Iterator[Told]:
    """What each report says of the cause, newest first: under its label, else in the clauses that speak of it."""
    for mention in case.tellings:
        labelled = mention.record.cause
        if labelled:
            yield labelled, mention
            continue
        said = [_bare(c.text) for c in clauses(cite_incident(context, mention).quote) if _gives_cause(c.text)]
        for group in ([s for s in said if not is_sought(s)], [s for s in said if is_sought(s)]):
            if group:
                yield "；".join(group[:2]), mention


def _gives_cause(clause: str) -> bool:
    return rule("incident cause").search(fold(clause)) is not None


def _is_guess(text: str) -> bool:
    return rule("incident guess").search(fold(text)) is not None


def is_sought(text: str) -> bool:
    """Whether a text says no more of a cause than that it is looked for (根因分析, 原因待查, under investigation)."""
    return rule("incident sought").search(fold(text)) is not None


def cause_known(context: Context, case: Case) -> bool:
    """Whether any report gives a cause, and not only that it is looked for."""
    return any(not is_sought(text) for text, _ in _told(context, case))


def closing(context: Context, teller: Mention[Incident], over: bool) -> str:
    """The words that say so, where they say more than that: 7/17关闭, 处理中, closed the same day."""
    rules = (pattern("incidents", "closed" if over else "open"), rule(f"incident {'closed' if over else 'open'}"))
    cells = (cell for clause in clauses(cite_incident(context, teller).quote) for cell in clause.text.split("|"))
    told = [part for cell in cells if any(found.search(fold(part := cell.strip(" -*•|\n"))) for found in rules)]
    plain_words = (context.say("incidents.closed"), context.say("incidents.open"))
    return told[-1] if told and len(told[-1]) <= LONGEST_CLOSING and fold(told[-1]) not in plain_words else ""


def _bare(clause: str) -> str:
    return _LABEL.sub("", _LABEL.sub("", clause.strip(" -*•|")))
