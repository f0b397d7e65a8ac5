"""The production incidents of a range: what happened, how often and where, why, and what the answer was made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.answers.context import Context
from bot.answers.incident_asked import asks_amount, counted, head_of, said_of, told_of
from bot.answers.incident_cases import Case, Wanted, cite_incident
from bot.answers.incident_choice import FIELDS, chosen, nearest, presupposes
from bot.answers.incident_counts import (
    Row,
    by_month,
    by_severity,
    by_system,
    by_team,
    by_week,
    count_table,
    days_of,
    graded,
    most,
    recurrent,
    time_table,
)
from bot.answers.incident_figures import cite_mismatch, graded_figures, mismatch_para, mismatches, zero_figures
from bot.answers.incident_later import told_on
from bot.answers.incident_none import quiet_days
from bot.answers.incident_told import cause, cause_known, closed
from bot.answers.incident_view import (
    MOST_SHOWN,
    Part,
    Picture,
    cite_all,
    data,
    entry,
    field_entry,
    looked_in,
    missing_weeks,
    moment,
    proof_citations,
    proof_paras,
    source,
    tail,
)
from bot.answers.incident_worst import named, worst
from bot.answers.model import Answer, Block, Para, Style, plain, words_of
from bot.answers.period import Period, period
from bot.answers.trends import incident_chart
from bot.question.lexicon import pattern
from bot.question.sought import meets_demand
from bot.question.text import standard
from store.records import Citation, ReportRef
from store.words.normalise import fold

HEAD_LENGTH = 240
MOST_MISMATCHES = 3
MOST_ASKED_ELSEWHERE = 30  # incidents of a list for whose closing lines beside them are looked for, too
MOST_CHECKED = 60  # reports whose figures are held against their incidents
# 第38周的周报报了几次 counts what that report tells, also of the Sunday before.
_REPORTED = re.compile(
    r"周报(?:里|中|上)?(?:一共|总共|都)?(?:报|写|提|记|列)|\breports?\b.{0,20}\b(?:tell|say|mention|list)s?\b"
)
BEFORE = timedelta(days=60)  # an incident told again happened at most so long before its report


def answer_incidents(context: Context) -> Answer:
    """The incidents of the asked range (without one: ever), newest first, or what the aspect makes of them."""
    picture = _picture(context)
    part = ASPECTS.get(context.query.aspect or "", _listed)(picture) if picture.cases else _none(picture)
    checked, figures = _checked(picture)
    counted_there, sums, summed = _counted_by_figures(picture)
    later, laters = _told_on(picture)
    asked, query = picture.asked, context.query
    cited = dict.fromkeys([*part.cited, *figures, *summed, *laters])
    return Answer(
        question=query.question,
        kind=query.kind,
        lang=query.lang,
        found=_found(picture, part),
        head=plain(part.head + counted_there, Style.STRONG),
        blocks=(*part.blocks, *later, *sums, *checked, *tail(picture), *_proofs(picture)),
        citations=(*cited, *(() if part.cited or picture.wanted.said else proof_citations(picture))),
        range=(asked.start, asked.end) if asked.labelled else context.asked_range(),
        data={**data(picture), **part.data},
        suggestions=(context.say("answer.ask_more"),) if _rest(picture) else (),
        expands=tuple(f"/incidents {case.day.isoformat()} {case.title}" for case in picture.cases),
        shown=len(picture.cases) - _rest(picture),
        chart=incident_chart(picture),
    )


def _found(picture: Picture, part: Part) -> bool:
    if picture.cases:
        return part.told and _tells_who(picture)
    return bool(part.data.get("quiet")) or (picture.covered and _well_founded(picture))


def _tells_who(picture: Picture) -> bool:
    """Whether an incident tells of the person who is asked for: who rolled that release out."""
    told = [mention.record for case in picture.cases for mention in case.tellings]
    text = "\n".join(part for one in told for part in (one.title, one.impact, one.cause, one.handling) if part)
    asked = picture.context.query.question
    return pattern("words", "by_whom").search(fold(standard(asked))) is None or meets_demand(asked, text, last=True)


def _told_on(picture: Picture) -> tuple[list[Para], list[Citation]]:
    start = picture.asked.start
    return told_on(picture, _cases(picture.context, start - BEFORE, picture.asked.end)) if start else ([], [])


def _picture(context: Context) -> Picture:
    asked, wanted = period(context), Wanted(context)
    reported = asked.start is not None and _REPORTED.search(fold(context.query.question)) is not None
    every = _cases(context, asked.start - BEFORE if reported and asked.start else asked.start, asked.end)
    if reported:
        every = tuple(case for case in every if any(asked.holds(m.report.report_date) for m in case.tellings))
    fitting = chosen(context, wanted, every)
    fitting = fitting[: context.query.newest] if context.query.newest else fitting
    consulted = looked_in(context, asked, fitting)
    missing = missing_weeks(context, consulted, asked)
    return Picture(context, asked, wanted, every, fitting, consulted, missing, reported)


def _cases(context: Context, start: date | None, end: date) -> tuple[Case, ...]:
    told = context.library.incidents(context.viewer, context.as_of, start, end)
    return tuple(Case(group) for group in told)


def _rest(picture: Picture) -> int:
    return 0 if picture.counted else max(0, len(picture.cases) - picture.context.query.skip - len(picture.shown))


def _well_founded(picture: Picture) -> bool:
    """Whether "none" means something: nothing narrower was asked for, or something that reports know of, and nothing of
    an incident that somebody takes for told."""
    if picture.wanted.said and presupposes(picture.context):
        return False
    return not picture.wanted.terms or picture.wanted.known(_cases(picture.context, None, picture.context.as_of))


def _proofs(picture: Picture) -> list[Para]:
    none = not picture.cases and not picture.wanted.said
    return proof_paras(picture.context, proof_citations(picture)) if none else []


def _head(picture: Picture) -> str:
    """How many of which severity, with the range and what they were narrowed to."""
    say, words, count = picture.context.say, picture.wanted.said, len(picture.cases)
    filtered = "_filtered" if words else ""
    if picture.context.query.newest == 1:
        newest = named(picture.context, picture.cases[0])
        return say(f"incidents.head_newest{filtered}", range=picture.span, words=words, incident=newest)
    head = say(f"incidents.head{filtered}", range=picture.span, count=count, words=words)
    if count == 1:
        return say("incidents.head_one", head=head, incident=named(picture.context, picture.cases[0]))
    levels = graded(picture.context, picture.cases)
    return say("incidents.head_of", head=head, of=levels) if levels else head


def _none(picture: Picture) -> Part:
    """No incident: what there is all the same, what figures say of it, and when there was one before."""
    context, say, words = picture.context, picture.context.say, picture.wanted.said
    key = "head_none_filtered" if picture.covered and words else "head_none" if picture.covered else "head_uncovered"
    if not picture.covered and not picture.in_range and (quiet := quiet_days(context, picture.asked)):
        head = say("incidents.head_none", range=picture.span)
        return Part(head, proof_paras(context, quiet), quiet, {"quiet": True})
    head = say(f"incidents.{key}", range=picture.span, words=words)
    blocks: list[Block] = []
    if picture.in_range:
        blocks.append(Para(plain(say("incidents.others", count=len(picture.in_range)))))
    if not words or not picture.covered:
        return Part(head, blocks, ())
    if near := nearest(context, picture.wanted, picture.in_range) if presupposes(context) else None:
        blocks.append(Para((*plain(say("incidents.nearest", title=named(context, near))), *source(context, near))))
    ungraded = sum(not case.grade for case in picture.in_range)
    if ungraded and picture.wanted.grades:
        blocks.append(Para(plain(say("incidents.ungraded_others", count=ungraded), Style.WARN)))
    zeros = [m for grade in picture.wanted.grades for m in zero_figures(context, picture.consulted, grade)]
    cited = [context.cite(m.report, m.record.line, about=m.record.name) for m in zeros]
    if zeros:
        blocks.append(Para(plain(say("incidents.zero", name=zeros[0].record.name, quote=cited[0].quote.lstrip("-*• "),
                                     report=context.report(zeros[0].report), count=len(zeros)))))  # fmt: skip
    if before := _before(picture):
        blocks.append(Para((*plain(say("incidents.before", title=named(context, before))), *source(context, before))))
        cited.append(cite_incident(context, before.main))
    return Part(head, blocks, cited)


def _before(picture: Picture) -> Case | None:
    """The last incident before the range that fits, where the range leaves any out."""
    if picture.asked.start is None:
        return None
    every = _cases(picture.context, None, picture.asked.start - timedelta(days=1))
    return next((case for case in every if picture.wanted.fits(case)), None)


def _listed(picture: Picture) -> Part:
    context = picture.context
    if len(picture.cases) == 1 and not context.query.aspect and asks_amount(context):
        return _asked_field(picture, "impact")
    if len(picture.cases) == 1 and counted(context, picture.cases[0]):
        return _asked_field(picture)
    if len(picture.cases) == 1 and not context.query.aspect and (said := told_of(context, picture.cases[0])):
        case = picture.cases[0]
        cited = [*said.cited, *cite_all(picture, [case])]
        return Part(head_of(context, case, said, HEAD_LENGTH), entry(context, case)[1:], cited)
    blocks = [para for case in picture.shown for para in entry(picture.context, case)]
    return Part(_head(picture), [*blocks, *_more(picture)], cite_all(picture, picture.shown))


def _more(picture: Picture) -> list[Para]:
    rest = _rest(picture)
    return [Para(plain(picture.context.say("answer.more_by", count=rest), Style.DIM))] if rest else []


def _cite_newest(picture: Picture, cases: Sequence[Case]) -> list[Citation]:
    return [cite_incident(picture.context, case.main) for case in cases]


def _asked_field(picture: Picture, name: str = "") -> Part:
    """One thing about each incident; about a single one it stands in the first line."""
    context, name = picture.context, name or picture.context.query.aspect or ""
    answers = [(case, said_of(context, case, name)) for case in picture.shown]
    told = {"answers": [{"field": name, "text": said.text, "source": said.cited[0].report.source,
                         "line": said.cited[0].line} for _, said in answers]}  # fmt: skip
    cited = cite_all(picture, picture.shown)
    known = any(said.told for _, said in answers)
    if len(picture.cases) == 1:
        (case, said), *_ = answers
        below = [para for para in entry(context, case)[1:] if words_of(para.text) != said.text]
        return Part(head_of(context, case, said, HEAD_LENGTH), below, [*said.cited, *cited], told, known)
    blocks = [para for case in picture.shown for para in field_entry(context, case, name)]
    return Part(_head(picture), [*blocks, *_more(picture)], cited, told, known)


def _by_system(picture: Picture) -> Part:
    rows = by_system(picture.cases)
    several = any(len(case.systems) > 1 for case in picture.cases)
    note = [Para(plain(picture.context.say("incidents.several"), Style.DIM))] if several else []
    table = count_table(picture.context, rows, "columns.system", "incidents.unsaid")
    return Part(_counted_head(picture, rows), [*table, *note], _cite_newest(picture, picture.cases))


def _counted_head(picture: Picture, rows: Sequence[Row]) -> str:
    top = most(picture.context, rows)
    return picture.context.say("incidents.head_most", head=_head(picture), of=top) if top else _head(picture)


def _by_severity(picture: Picture) -> Part:
    table = count_table(picture.context, by_severity(picture.cases), "columns.severity", "incidents.ungraded")
    return Part(_head(picture), table, [c for case in picture.cases for c in cite_all(picture, [case])])


def _by_team(picture: Picture) -> Part:
    rows = by_team(picture.cases)
    table = count_table(picture.context, rows, "columns.team", "incidents.unsaid")
    return Part(_counted_head(picture, rows), table, _cite_newest(picture, picture.cases))


def _worst(picture: Picture) -> Part:
    return worst(picture) or _listed(picture)


def _unexplained(picture: Picture) -> Part:
    """Those of which no report gives a cause, or no more than that it is looked for; of one, what is told."""
    if len(picture.cases) == 1:
        return _asked_field(picture, "cause")
    context, unknown = picture.context, [case for case in picture.cases if not cause_known(picture.context, case)]
    sought = [case for case in unknown if cause(context, case)[0]]
    unsaid = [case for case in unknown if case not in sought]
    head = context.say("incidents.head_unexplained", range=picture.span, count=len(sought), unsaid=len(unsaid))
    blocks: list[Block] = [para for case in sought[:MOST_SHOWN] for para in field_entry(context, case, "cause")]
    if unsaid:
        blocks.append(Para(plain(context.say("incidents.no_cause_of", count=len(unsaid)))))
        blocks += [Para((*plain(f"{named(context, case)}  "), *source(context, case)), 1)
                   for case in unsaid[:MOST_SHOWN]]  # fmt: skip
    cited = [*cite_all(picture, sought[:MOST_SHOWN]), *_cite_newest(picture, unsaid[:MOST_SHOWN])]
    return Part(head, blocks, cited, {"sought": len(sought), "unexplained": len(unsaid)})


def _by_week(picture: Picture) -> Part:
    """Every week of the range, with those that had none, and those that no report covers."""
    counted, say = dict(by_week(picture.cases)), picture.context.say
    covered = {r.report_date - timedelta(days=r.report_date.weekday()) for r in picture.consulted}
    first = picture.asked.start - timedelta(days=picture.asked.start.weekday()) if picture.asked.start else None
    weeks = {week for week in covered if first is None or week >= first} | set(counted) | set(picture.missing)
    rows = [(week, counted.get(week, 0), "" if week in covered or week in counted else say("incidents.no_report"))
            for week in sorted(weeks)]  # fmt: skip
    table = time_table(picture.context, rows, "columns.week")
    return Part(_head(picture), table, _cite_newest(picture, picture.cases))


def _by_month(picture: Picture) -> Part:
    rows = [(first, count, "") for first, count in by_month(picture.cases)]
    table = time_table(picture.context, rows, "columns.month")
    return Part(_head(picture), table, _cite_newest(picture, picture.cases))


def _open(picture: Picture) -> Part:
    """Those that aren't over by the newest word on them, and apart from them those of which no report says it."""
    context, say = picture.context, picture.context.say
    newest = picture.cases[:MOST_ASKED_ELSEWHERE]
    tellers = {id(case): closed(context, case, beside=case in newest) for case in picture.cases}
    states = [(case, tellers[id(case)][0]) for case in picture.cases]
    still = [case for case, over in states if over is False]
    unsaid = [case for case, over in states if over is None]
    if len(states) == 1:
        return _asked_field(picture)
    over = len(states) - len(still) - len(unsaid)
    head = say("incidents.head_open", range=picture.span, open=len(still), closed=over, unsaid=len(unsaid))
    blocks: list[Block] = [para for case in still[:10] for para in field_entry(context, case, "open")]
    if unsaid:
        blocks.append(Para(plain(say("incidents.unsaid_open", count=len(unsaid)))))
        blocks += [Para((*plain(f"{moment(context, case)} {case.title}  "), *source(context, case)), 1)
                   for case in unsaid[:10]]  # fmt: skip
    cited = [*cite_all(picture, still[:10]), *_cite_newest(picture, unsaid[:10])]
    rest = [case for case, over in states if over]
    cited += [cite_incident(context, tellers[id(case)][1]) for case in rest]
    numbers = {"open": len(still), "closed": over, "unsaid": len(unsaid)}
    return Part(head, blocks, [*cited, *cite_all(picture, rest)], numbers)


def _recurrence(picture: Picture) -> Part:
    """What happened more than once, and when each time."""
    say, rows = picture.context.say, recurrent(picture.cases)
    if picture.wanted.said:
        days = days_of(picture.context, picture.cases)
        head = say("incidents.head_days", head=_head(picture), days=days)
    elif rows:
        names = most(picture.context, rows)
        head = say("incidents.head_recurrent", range=picture.span, count=len(rows))
        head = say("incidents.head_most", head=head, of=names) if names else head
    else:
        head = say("incidents.head_no_recurrence", range=picture.span, count=len(picture.cases))
    rows = rows[: len(rows) if not picture.wanted.said else 3]
    blocks: list[Block] = []
    for row in rows[:10]:
        name = say("incidents.of", name=row.name, count=row.count)
        blocks.append(Para((*plain(name, Style.STRONG), *plain(f"  {row.cases[0].newest.report.team or ''}")), 0, True))
        blocks += [Para((*plain(f"{moment(picture.context, case)} {case.title}  "),
                         *source(picture.context, case)), 1) for case in row.cases[:5]]  # fmt: skip
    cited = _cite_newest(picture, picture.cases if picture.wanted.said else [c for row in rows for c in row.cases])
    told = [{"name": row.name, "team": row.cases[0].newest.report.team, "count": row.count,
             "days": [case.day.isoformat() for case in row.cases]} for row in rows]  # fmt: skip
    return Part(head, blocks, cited, {"recurrent": told})


def _counted_by_figures(picture: Picture) -> tuple[str, list[Para], list[Citation]]:
    """What the reports' own figures count of the one severity asked for, where that is more than the incidents whose
    severity is written, for the first line, and how it adds up: 2 are CD by their lines, and 事故数CD级 counts 4. The
    smaller number alone would be wrong. A week counts where most of it lies in the days asked for (10月 is 第42周 to
    第44周), and each is named, since what happened on which day no figure says."""
    context, wanted, asked = picture.context, picture.wanted, picture.asked
    if len(wanted.grades) != 1 or len(wanted.terms) > 1 or context.query.project or not picture.cases:
        return "", [], []
    inside = [report for report in picture.consulted if _mostly_in(report, asked)]
    told = graded_figures(context, inside, wanted.grades[0])
    total = sum(mention.record.value for mention in told)
    if total <= len(picture.cases):
        return "", [], []
    ungraded = sum(not case.grade for case in picture.in_range)
    words = context.say("incidents.counted_by_figures", name=told[0].record.name, total=f"{total:g}", ungraded=ungraded)
    terms = " + ".join(f"{m.report.label or m.report.report_date}: {m.record.value:g}" for m in told)
    adds_up = Para(plain(f"{told[0].record.name}: {terms} = {total:g}", Style.DIM))
    return words, [adds_up], [context.cite(m.report, m.record.line, about=m.record.name) for m in told]


def _mostly_in(report: ReportRef, asked: Period) -> bool:
    first, last = max(report.period_start, asked.start or report.period_start), min(report.period_end, asked.end)
    return 2 * ((last - first).days + 1) > (report.period_end - report.period_start).days + 1


def _checked(picture: Picture) -> tuple[list[Para], list[Citation]]:
    """The figures that count incidents otherwise than their own report tells them."""
    context, reports = picture.context, picture.consulted[:MOST_CHECKED]
    others = [term for term in picture.wanted.terms if term not in picture.wanted.grades]
    if not reports or others or context.query.project or context.query.newest:
        return [], []
    first = min(report.period_start for report in reports) - BEFORE
    told = _cases(context, first, context.as_of)
    found = mismatches(context, reports, told)[:MOST_MISMATCHES]
    return [mismatch_para(context, one) for one in found], [c for one in found for c in cite_mismatch(context, one)]


ASPECTS: dict[str, Callable[[Picture], Part]] = {
    "by_system": _by_system,
    "by_severity": _by_severity,
    "by_week": _by_week,
    "by_month": _by_month,
    "open": _open,
    "recurrence": _recurrence,
    "worst": _worst,
    "by_team": _by_team,
    "unexplained": _unexplained,
    **dict.fromkeys(FIELDS, _asked_field),
}
